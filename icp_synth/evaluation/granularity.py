"""Splits and merges: where a reading cuts what is said finer or coarser than a label.

One label that several predictions meet is a split, several labels that one prediction
meets are a merge. Of a split one prediction is the pair and the others are false
alarms; of a merge one label is the pair and the others are missed. Those others are
counted here, so that granularity can be told from error.
"""

from __future__ import annotations

from typing import NamedTuple

from icp_synth.evaluation.matching import LEAST, Matching, Overlaps


class Granularity(NamedTuple):
    """Positions of what only granularity explains.

    Attributes:
        split: Labels that have their pair and meet a false alarm as well.
        pieces: Those false alarms; an exact duplicate is none of them.
        merged: Predictions that have their pair and meet a missed label as well.
        swallowed: Those missed labels.
    """

    split: tuple[int, ...]
    pieces: tuple[int, ...]
    merged: tuple[int, ...]
    swallowed: tuple[int, ...]


def granularity(overlaps: Overlaps, matching: Matching) -> Granularity:
    """Return the splits and merges that a matching leaves.

    A false alarm or a missed label is given to the one pair that it overlaps most.

    Args:
        overlaps: Of all labels and predictions.
        matching: Of the same ones.

    Example:
        >>> from icp_synth.domain.spans import Span
        >>> from icp_synth.evaluation.matching import Item
        >>> def pain(start: int, end: int) -> Item:
        ...     spans = (Span(start=start, end=end),)
        ...     return Item(kind="pain", category="fear", spans=spans)
        >>> found = Overlaps.of([pain(0, 20)], [], [pain(0, 9), pain(10, 20)])
        >>> granularity(found, found.match()).split
        (0,)
    """
    shares, contents = overlaps.agreed, overlaps.contents
    seen = {contents[pair.prediction] for pair in matching.pairs}
    pieces: dict[int, int] = {}
    for at in matching.false_alarms:
        if contents[at] in seen:
            continue
        seen.add(contents[at])
        labels = [pair.label for pair in matching.pairs]
        best = max(labels, key=lambda row: (shares[row, at], -row), default=None)
        if best is not None and shares[best, at] >= LEAST:
            pieces[at] = best
    swallowed: dict[int, int] = {}
    for row in matching.missed:
        taken = [pair.prediction for pair in matching.pairs]
        best = max(taken, key=lambda at: (shares[row, at], -at), default=None)
        if best is not None and shares[row, best] >= LEAST:
            swallowed[row] = best
    return Granularity(
        split=tuple(sorted(set(pieces.values()))),
        pieces=tuple(sorted(pieces)),
        merged=tuple(sorted(set(swallowed.values()))),
        swallowed=tuple(sorted(swallowed)),
    )
