"""Decide whether a segment states an insight, and of which kind and category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded import model
from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.features import Read, Segment, read
from icp_synth.analysts.embedded.sentences import length
from icp_synth.domain.fields import KIND_OF, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

_NEVER = frozenset({"meta", "question", "irony", "negated_wish", "reported"})
_LEAST_WORDS = 5
_LEAST_CHARACTERS = 9
_LEAST_CUE = 1.3
_TRAIT_SHARE = 0.75
_OWN = frozenset({"role", "firmographic", "technology", "budget_price", "demographic"})
"""Traits that must be the speaker's own and real: not a friend's, not supposed."""

_SPEAKER = re.compile(r"\b(?:i|i'm|i've|i'd|we|we're|we've)\b|我")
_OTHER_SUBJECT = re.compile(
    r"他|她|它|牠|大家|人類|人民|社會|政府|有些人|有的人|別人|你|您|民眾|國家|世界|一般人"
)
"""In Chinese talk without an `I` or `we`, a word that gives it another subject."""


class Verdict(NamedTuple):
    """What a segment states, and what was seen in it."""

    kind: Kind
    category: str
    seen: Read


def judge(segment: Segment) -> Verdict | None:
    """Return kind and category of a segment, or None where it states nothing.

    Greetings, thanks, questions, irony and fragments state nothing; so does talk of
    other people's companies.
    """
    chinese = segment.language == "zh"
    least = _LEAST_CHARACTERS if chinese else _LEAST_WORDS
    if length(segment.text) < least:
        return None
    seen = read(segment)
    own = _SPEAKER.search(plain(segment.text)) is not None
    if seen.guards & _NEVER or (chinese and not own and _of_others(segment)):
        return None
    chances: Mapping[Kind, float] = model.kinds(seen, segment.language)
    if chinese:
        chances = _sober(chances, seen)
    kind = max(chances, key=lambda name: (chances[name], name))
    if chances[kind] < model.threshold(segment.language):
        return None
    verdict = Verdict(kind, model.category(seen, kind), seen)
    return None if _foreign(verdict, own=own) else verdict


def _of_others(segment: Segment) -> bool:
    return _OTHER_SUBJECT.search(plain(segment.text)) is not None


def _foreign(verdict: Verdict, *, own: bool) -> bool:
    """Tell whether a trait is one of other people, or only supposed."""
    if verdict.kind != "trait":
        return False
    if "others" in verdict.seen.guards and not own:
        return True
    return verdict.category in _OWN and bool(
        verdict.seen.guards & {"others", "hypothetical"}
    )


def _sober(chances: Mapping[Kind, float], seen: Read) -> dict[Kind, float]:
    """Ask Chinese talk for a cue of the kind, and traits for a speaker in it.

    The shared weights come from English talk, where what has no cue is often a trait.
    """
    held: dict[Kind, float] = dict.fromkeys(chances, 0.0)
    for cue in seen.cues:
        held[KIND_OF[cue.category]] += cue.weight * cue.sign
    sober = {
        kind: chance if held[kind] >= _LEAST_CUE else 0.0
        for kind, chance in chances.items()
    }
    if "first" not in seen.features or "others" in seen.guards:
        sober["trait"] = 0.0
    sober["trait"] *= _TRAIT_SHARE
    return sober
