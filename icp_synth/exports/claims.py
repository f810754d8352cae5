"""Claims as a report shows them: who is for and against, and how sure it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.profiles import Claim
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import field_kind, field_label
from icp_synth.exports.people import anchor
from icp_synth.exports.statements import Said, Voices, title, voices
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class ClaimShown:
    """A claim with its people.

    Attributes:
        anchor: Of this claim in this card; empty for claims about the whole study.
        k: Supporters within the card's group; of `n`. Equal to `supports` and `of`
            for a claim about the whole study.
        supports: Supporters in the whole study; with the next three it is a
            partition of the study's `of` participants.
        parts: The parts of its confidence in words, each 0 to 1.
    """

    claim: Claim
    anchor: str
    label: str
    part: str
    said: Said
    k: int
    n: int
    supports: int
    contradicts: int
    silent: int
    unjudged: int
    of: int
    voices: Voices
    counter: Voices
    parts: tuple[tuple[str, float], ...]


class ClaimMaker:
    """Turns claims into what is shown.

    Args:
        evidence: Cuts and numbers the quotes.
        of: Participants of the study.
        words: The report's language.
    """

    def __init__(self, evidence: Evidence, *, of: int, words: Words) -> None:
        self._evidence = evidence
        self._of = of
        self._words = words

    def claims(
        self,
        claims: Sequence[Claim],
        group: Collection[str] | None = None,
        *,
        card: str = "",
    ) -> tuple[ClaimShown, ...]:
        """Return claims, in their order.

        Args:
            claims: Of one card, or about the whole study.
            group: The people of the card; None for everybody.
            card: The card's anchor; its claims get anchors of their own.
        """
        return tuple(self._claim(claim, group, card) for claim in claims)

    def _claim(
        self, claim: Claim, group: Collection[str] | None, card: str
    ) -> ClaimShown:
        words = self._words
        said = title(claim.text, claim.insights, self._evidence)
        inside = [name for name in claim.supports if group is None or name in group]
        return ClaimShown(
            claim=claim,
            anchor=anchor("c", f"{card}/{claim.id}") if card else "",
            label=field_label(claim.field, words),
            part=field_kind(claim.field),
            said=said,
            k=len(inside),
            n=self._of if group is None else len(group),
            supports=len(claim.supports),
            contradicts=len(claim.contradicts),
            silent=len(claim.silent),
            unjudged=len(claim.unjudged),
            of=self._of,
            voices=voices(
                claim.insights,
                self._evidence,
                among=group,
                without=said.citation,
                visible=1,
            ),
            counter=voices(claim.counter, self._evidence, visible=1),
            parts=_parts(claim.confidence.parts, words),
        )


def _parts(parts: Mapping[str, float], words: Words) -> tuple[tuple[str, float], ...]:
    return tuple(
        (words.named("confidence", name), value)
        for name, value in sorted(parts.items())
    )
