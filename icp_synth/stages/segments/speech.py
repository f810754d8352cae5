"""Whether segments tell how people talk instead of who they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import comb

from icp_synth.domain.segments import SegmentCode
from icp_synth.stages.segments.find import Segmentation
from icp_synth.stages.segments.likeness import Talk, languages_of

_ALPHA = 0.05
_FAR = 0.8
"""AUC from which the length of the talk tells a segment from the others."""

_TOLD = 0.8
"""Share of those of lesser languages that the segments single out."""

_BY_CHANCE = 0.1
"""Chance under which it is no chance that the unassigned share a language."""


def speech_codes(found: Segmentation, talk: Talk) -> tuple[SegmentCode, ...]:
    """Return what should be told of segments that follow length or language.

    - `follows_length`: how much people say differs between the segments
      (Kruskal and Wallis, p < .05), and one of them is told from the rest by it
      (`length_auc` of 0.8 or more).
    - `follows_language`: segments tell at least eight in ten of those who do not speak
      the commonest language.
    - `unassigned_language`: all who fit no segment speak one language, which chance
      would make of as many people in less than one case of ten.
    """
    said: dict[SegmentCode, bool] = {
        "follows_length": _differs_in_length(found.groups, talk)
        and (length_auc(found.groups, talk) or 0.0) >= _FAR,
        "follows_language": _follows_language(found.groups, talk),
        "unassigned_language": _one_language_left(found, talk),
    }
    return tuple(code for code, holds in said.items() if holds)


def length_auc(groups: Sequence[Sequence[str]], talk: Talk) -> float | None:
    """Return how far length tells a segment from the others, of the one it tells best.

    The chance that somebody of the segment says more sentences than somebody of the
    others, or less, whichever is greater: 0.5 tells nothing, 1 everything. None where
    there is one segment, or nothing is known.
    """
    lengths = _lengths(groups, talk)
    if len(lengths) < 2:
        return None
    return max(
        _auc(own, [one for j, rest in enumerate(lengths) if j != i for one in rest])
        for i, own in enumerate(lengths)
    )


def _lengths(groups: Sequence[Sequence[str]], talk: Talk) -> list[list[int]]:
    known = [
        [talk.sentences[name] for name in group if name in talk.sentences]
        for group in groups
    ]
    return [one for one in known if one]


def _auc(own: Sequence[int], rest: Sequence[int]) -> float:
    above = sum((a > b) + (a == b) / 2 for a in own for b in rest)
    share = above / (len(own) * len(rest))
    return round(max(share, 1 - share), 4)


def _differs_in_length(groups: Sequence[Sequence[str]], talk: Talk) -> bool:
    from scipy.stats import kruskal

    lengths = _lengths(groups, talk)
    if len(lengths) < 2 or len({one for group in lengths for one in group}) < 2:
        return False
    return float(kruskal(*lengths).pvalue) < _ALPHA


def _follows_language(groups: Sequence[Sequence[str]], talk: Talk) -> bool:
    people = [name for group in groups for name in group]
    spoken = dict(zip(people, languages_of(people, talk), strict=True))
    other = len(people) - max(Counter(spoken.values()).values(), default=0)
    missed = sum(
        len(group) - max(Counter(spoken[name] for name in group).values())
        for group in groups
    )
    return other > 0 and (other - missed) / other >= _TOLD


def _one_language_left(found: Segmentation, talk: Talk) -> bool:
    people = sorted(
        {*found.unassigned, *(name for group in found.groups for name in group)}
    )
    spoken = dict(zip(people, languages_of(people, talk), strict=True))
    left = {spoken[name] for name in found.unassigned}
    if len(left) != 1 or not found.groups:
        return False
    speakers = sum(one in left for one in spoken.values())
    drawn = len(found.unassigned)
    return comb(speakers, drawn) / comb(len(people), drawn) < _BY_CHANCE
