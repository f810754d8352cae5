"""Decide whether a segment states an insight, and of which kinds and categories."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded import model
from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.features import Read, Segment, read_turn
from icp_synth.analysts.embedded.sentences import length
from icp_synth.domain.fields import KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_NEVER = {
    "en": frozenset({"meta", "question", "irony", "negated_wish", "reported"}),
    "zh": frozenset({"meta", "irony", "negated_wish", "reported"}),
}
"""Guards that end it. A Chinese request mostly has the form of a question."""

_LEAST_WORDS = 4
_LEAST_CHARACTERS = 7
_OWN = frozenset({"role", "firmographic", "technology", "budget_price", "demographic"})
"""Traits that must be the speaker's own and real: not a friend's, not supposed."""

_SPEAKER = re.compile(r"\b(?:i|i'm|i've|i'd|we|we're|we've)\b|我")


class Verdict(NamedTuple):
    """What a segment states, how likely, and what was seen in it."""

    kind: Kind
    category: str
    chance: float
    seen: Read


def judge_turn(turn: Sequence[Segment], held: model.Table) -> list[tuple[Verdict, ...]]:
    """Return what each segment of a turn states: nothing, one kind, or several.

    Greetings, thanks, questions, irony and fragments state nothing; so does talk of
    other people's companies.

    Args:
        turn: All its segments, in order.
        held: The weights to read with.
    """
    return [
        _verdicts(segment, seen, held)
        for segment, seen in zip(turn, read_turn(turn), strict=True)
    ]


def _verdicts(segment: Segment, seen: Read, held: model.Table) -> tuple[Verdict, ...]:
    least = _LEAST_CHARACTERS if segment.language == "zh" else _LEAST_WORDS
    if length(segment.text) < least or seen.guards & _NEVER[segment.language]:
        return ()
    chances = model.kinds(seen, segment.language, held)
    own = _SPEAKER.search(plain(segment.text)) is not None
    found = (
        Verdict(kind, model.category(seen, kind, held), chances[kind], seen)
        for kind in KINDS
        if chances[kind] >= model.threshold(segment.language)
    )
    return tuple(verdict for verdict in found if not _foreign(verdict, own=own))


def _foreign(verdict: Verdict, *, own: bool) -> bool:
    """Tell whether a trait is one of other people, or only supposed."""
    if verdict.kind != "trait":
        return False
    if "others" in verdict.seen.guards and not own:
        return True
    return verdict.category in _OWN and bool(
        verdict.seen.guards & {"others", "hypothetical"}
    )
