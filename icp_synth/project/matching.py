"""Which of the things found now is which of those found before.

Pure functions over candidates and the places of their anchors; `names` keeps the
file. The weight of a pair is half the Jaccard of participants and half the Jaccard of
anchors, at least 0.5, within one sort and kind; the matching is the one of greatest
total weight (Kuhn 1955, by `scipy.optimize.linear_sum_assignment`), ties to the older
id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from icp_synth.domain.reviews import Anchor
from icp_synth.domain.values import Value
from icp_synth.project.anchors import Places, in_common, jaccard

Sort = Literal["theme", "theme_group", "segment", "icp", "persona"]

LEAST = 0.5
"""Least weight at which a name is inherited."""

_MERGED = 0.5
"""Share of a vanished thing's anchors in another that makes it merged into that."""

_GRAIN = 100_000
"""Weights are compared in steps of 1e-5, so that rounding decides no tie."""


class Candidate(Value):
    """Something a run found that needs a name.

    Attributes:
        sort: What it is.
        kind: Names pass only within one kind: a theme's `pain`, an ICP's `account`;
            empty where there are none.
        label: What it says now; shown in names.json, and no part of the matching.
        participants: Names of the people in it.
        anchors: Of the quotes in it.
    """

    sort: Sort
    kind: str = ""
    label: str = ""
    participants: tuple[str, ...]
    anchors: tuple[Anchor, ...] = ()


def weight(
    one: Candidate, other: Candidate, *, places: Places, other_places: Places
) -> float:
    """Return how far two things are the same, 0 to 1.

    Half the Jaccard of participants, half that of anchors; where neither has an
    anchor, the Jaccard of participants alone.

    Args:
        one: A thing.
        other: Another.
        places: Where the anchors of `one` stand now.
        other_places: Where those of `other` do.
    """
    mine, theirs = set(one.participants), set(other.participants)
    people = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    if not places and not other_places:
        return people
    larger = max(places.size, other_places.size)
    at_most = min(places.size, other_places.size) / larger
    if (people + at_most) / 2 < LEAST:
        return 0.0
    return (people + jaccard(places, other_places)) / 2


def match(
    old: Sequence[Candidate],
    new: Sequence[Candidate],
    *,
    old_places: Sequence[Places],
    new_places: Sequence[Places],
) -> dict[int, int]:
    """Return old index → new index of the matching of greatest total weight.

    Args:
        old: Things that have a name, by id: early ones win ties.
        new: Things that were found now.
        old_places: Where the anchors of each of `old` stand now.
        new_places: Where those of each of `new` do.
    """
    columns: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, candidate in enumerate(new):
        columns[candidate.sort, candidate.kind].append(j)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, name in enumerate(old):
        rows[name.sort, name.kind].append(i)
    pairs: dict[int, int] = {}
    for group in sorted(set(rows) & set(columns)):
        weights = [
            [
                weight(
                    old[i],
                    new[j],
                    places=old_places[i],
                    other_places=new_places[j],
                )
                for j in columns[group]
            ]
            for i in rows[group]
        ]
        for row, column in _heaviest(weights):
            pairs[rows[group][row]] = columns[group][column]
    return dict(sorted(pairs.items()))


def _heaviest(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of the heaviest matching; ties to early ones.

    Pairs under the least weight count nothing. A pair of an early row and an early
    column has a bonus, so small that all of them together stay under one grain of
    weight; it is a product, so that of equal things the first goes to the first.
    """
    rows, columns = len(weights), len(weights[0])
    scale = rows * columns * min(rows, columns) + 1
    values = [
        [
            round(value * _GRAIN) * scale + (rows - row) * (columns - column)
            if value >= LEAST
            else 0
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(weights)
    ]
    if not any(map(any, values)):
        return []
    from scipy.optimize import linear_sum_assignment

    found = zip(*linear_sum_assignment(values, maximize=True), strict=True)
    pairs = [(int(row), int(column)) for row, column in found]
    return [(row, column) for row, column in pairs if values[row][column]]


def mergers(
    old: Sequence[Candidate],
    new: Sequence[Candidate],
    *,
    old_places: Sequence[Places],
    new_places: Sequence[Places],
    matched: Mapping[int, int],
) -> dict[int, int]:
    """Return old index → new index for names that went into something else.

    A name without a match is merged into the like thing that holds most of its
    anchors, if that is at least half of them.

    Args:
        old: As given to `match`.
        new: As given to `match`.
        old_places: As given to `match`.
        new_places: As given to `match`.
        matched: What `match` returned.
    """
    found = {}
    for i, name in enumerate(old):
        if i in matched or not old_places[i].found:
            continue
        shares = [
            (in_common(old_places[i], new_places[j]) / old_places[i].size, -j)
            for j, candidate in enumerate(new)
            if (candidate.sort, candidate.kind) == (name.sort, name.kind)
        ]
        share, at = max(shares, default=(0.0, 0))
        if share >= _MERGED:
            found[i] = -at
    return found
