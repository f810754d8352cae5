"""Names of cards: written ones, quotes, and several people's words that were joined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

from icp_synth.domain.exclusions import ExclusionCode
from icp_synth.domain.profiles import Icp, Persona, Synthesis
from icp_synth.exports.brief_names import OMITTED, brief
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.people import segment_names
from icp_synth.exports.statements import Said, title
from icp_synth.exports.words import LANGUAGES, Words

_CODES = frozenset(get_args(ExclusionCode))
"""What who is not ideal is called until people call them something else."""

JOINT = " · "
"""What joins the parts of a name."""


@dataclass(frozen=True)
class Title:
    """A card's name.

    A name of several people's words ("… · …") is shown as those quotes, each with
    whose it is: joined, it would be a sentence that nobody said.

    Attributes:
        said: The whole.
        parts: The quotes that it joins, where it joins some; else empty.
    """

    said: Said
    parts: tuple[Said, ...] = ()

    @property
    def whole(self) -> tuple[Said, ...]:
        """Its quotes or words, each with all that it says."""
        return self.parts or (self.said,)

    @property
    def heads(self) -> tuple[tuple[Said, bool], ...]:
        """The same for a heading, and whether a long quote is cut short there."""
        return tuple(_short(part) for part in self.whole)

    @property
    def plain(self) -> str:
        """The name for links and tables, quotes in the marks of their language."""
        return JOINT.join(
            f"{_marked(part)} {OMITTED}" if cut else _marked(part)
            for part, cut in self.heads
        )


def title_of(card: Icp | Persona, evidence: Evidence, words: Words) -> Title:
    """Return the name of a card, its quotes cut out of their sources."""
    if card.status == "too_little":
        return Title(Said(words("card.too_little"), None, None))
    if card.name in _CODES:
        return Title(Said(words(f"exclusion.{card.name}"), None, None))
    cited = [name for claim in card.claims for name in claim.insights]
    whole = title(card.name, cited, evidence)
    if whole.citation is not None or JOINT not in card.name:
        return Title(whole)
    parts = tuple(title(part, cited, evidence) for part in card.name.split(JOINT))
    return Title(whole, parts if any(part.citation for part in parts) else ())


def segment_titles(
    synthesis: Synthesis, evidence: Evidence, words: Words
) -> tuple[str, ...]:
    """Return what the segments are called: quotes in marks, a number without a label.

    A segment that an ICP was drafted from is called as that is, here and everywhere.
    """
    drafted = [icp for icp in synthesis.icps if icp.status != "too_little"]
    named = {icp.segment: title_of(icp, evidence, words).plain for icp in drafted[::-1]}
    labels = segment_names(synthesis, words)
    return tuple(
        named.get(segment.id) or _label(label)
        for segment, label in zip(synthesis.segments, labels, strict=True)
    )


def _short(said: Said) -> tuple[Said, bool]:
    """Return a quote that is short enough for a heading; written words stay whole."""
    text = said.text if said.citation is None else brief(said.text)
    return replace(said, text=text), text != said.text


def _label(label: str) -> str:
    text = brief(label)
    return label if text == label else f"{text} {OMITTED}"


def _marked(said: Said) -> str:
    if said.citation is None:
        return said.text
    table = LANGUAGES["zh" if said.language == "zh" else "en"]
    return table["quote.marks"].format(text=said.text)
