"""The embedded analyst: reads with cues and a small linear model, and only quotes.

It needs no key, no network and no download. It writes no statements of its own: a
statement is the insight's first quote. It is a baseline, and its pages say so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded import cues as cue_file, model as weights
from icp_synth.analysts.embedded.drafting import Drafting, Item
from icp_synth.analysts.embedded.facts import facts
from icp_synth.analysts.embedded.judge import judge_turn
from icp_synth.analysts.embedded.opposition import judge_claim
from icp_synth.analysts.embedded.theme_names import name_themes
from icp_synth.analysts.embedded.trim import quoted, trim_around
from icp_synth.analysts.embedded.turns import answers
from icp_synth.analysts.embedded.wording import (
    name_groups,
    word_skeleton,
)
from icp_synth.analysts.protocol import Drafts
from icp_synth.domain.fields import KIND_OF, Kind
from icp_synth.domain.ids import sha256_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from icp_synth.analysts.embedded.features import Read
    from icp_synth.analysts.embedded.turns import Answer
    from icp_synth.analysts.protocol import (
        ClaimToJudge,
        GroupToName,
        Skeleton,
        ThemeToName,
        Verdicts,
        Wordings,
    )
    from icp_synth.domain.passages import Rendered


class EmbeddedAnalyst:
    """Reads interviews without a model.

    Args:
        held_out: Read a text that the shipped weights learnt from with those of the
            fold that did not see it, so that a figure on it says something about
            other texts. Any other text is read as ever.

    Example:
        >>> EmbeddedAnalyst().name
        'embedded-v1'
    """

    name = "embedded-v1"
    model: str | None = None
    guesses_kinds = True

    def __init__(self, *, held_out: bool = False) -> None:
        self.held_out = held_out

    def fingerprints(self) -> Mapping[str, str]:
        """Return `extract`, over all code and data, and each data file by itself."""
        files = {
            name: f"{name}@{version}#{sha256_bytes(data)[:12]}"
            for name, version, data in cue_file.files()
        }
        mode = "+held-out" if self.held_out else ""
        return {"extract": f"{self.name}#{_code()}{mode}", **files}

    def extract(self, rendered: Rendered) -> Drafts:
        """Read one window; every draft is one verbatim quote, or a few that agree."""
        fold = weights.fold_of(rendered.text_sha256) if self.held_out else None
        return read_window(rendered, weights.table(fold))

    def name_themes(self, themes: Sequence[ThemeToName], language: str) -> Wordings:
        """Name each theme by a central quote; who says the opposite is not held."""
        del language  # A quote stays in the language in which it was said.
        return name_themes(themes)

    def name_groups(self, groups: Sequence[GroupToName], language: str) -> Wordings:
        """Name each group of themes by the words that all of them share."""
        del language  # Words stay in the language in which they were said.
        return name_groups(groups)

    def draft(self, skeleton: Skeleton, language: str) -> Wordings:
        """Keep the claims as they stand, and title them by what defines the group."""
        del language  # Labels come in the report's language; quotes stay as said.
        return word_skeleton(skeleton)

    def judge(self, claim: ClaimToJudge) -> Verdicts:
        """Say `contradicts` where the words show it; nothing is known of the rest."""
        return judge_claim(claim)


def read_window(rendered: Rendered, held: weights.Table) -> Drafts:
    """Return the drafts of one window, read with some weights."""
    drafting = Drafting()
    for answer in answers(rendered):
        for item in _items(answer, held):
            drafting.add(answer.turn, item)
    return Drafts(drafts=tuple(drafting.drafts))


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a hash of everything that decides a reading, cues and code alike."""
    package = resources.files("icp_synth.analysts.embedded")
    parts = [
        file.read_bytes()
        for folder in (package, package / "data")
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.is_file()
    ]
    return sha256_bytes(b"\0".join(parts))[:12]


def _items(answer: Answer, held: weights.Table) -> Iterator[Item]:
    """Yield what a turn states, in order; a fact joins the trait that states it."""
    text = answer.turn.text
    asked = answer.segments[0].question if answer.segments else ""
    stated = facts(text, asked)
    read = judge_turn(answer.segments, held)
    for at, (piece, segment) in enumerate(
        zip(answer.places, answer.segments, strict=True)
    ):
        own = [fact for fact in stated if piece.start <= fact.at.start < piece.end]
        for verdict in read[at]:
            fact = own.pop(0) if own and verdict.kind == "trait" else None
            wanted = _wanted(verdict.seen, verdict.kind, segment.language)
            yield Item(
                segment=at,
                pieces=(trim_around(text, piece, fact.at),)
                if fact is not None
                else quoted(text, piece, wanted),
                kind=verdict.kind,
                category=fact.category if fact else verdict.category,
                fact=fact,
                chance=verdict.chance,
                sure=verdict.chance > weights.joins(segment.language),
            )
        for fact in own:
            quotes = (trim_around(text, piece, fact.at),)
            yield Item(at, quotes, "trait", fact.category, fact, 1.0, sure=True)


def _wanted(seen: Read, kind: Kind, language: str) -> re.Pattern[str] | None:
    """Return what a quote must hold: the cues of its kind."""
    names = {cue.name for cue in seen.cues if KIND_OF[cue.category] == kind}
    patterns = [
        cue.pattern.pattern
        for cue in cue_file.cue_set(language).cues
        if cue.name in names
    ]
    return _union(tuple(patterns)) if patterns else None


@lru_cache(maxsize=4096)
def _union(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
