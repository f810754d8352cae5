"""How often a group is found again when other things had been talked about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from icp_synth.stages.segments.cuts import Labels, divide
from icp_synth.stages.segments.likeness import Floats, Table, distances_of

DRAWS = 60
_SEED = 0


def stabilities(
    table: Table, divisions: Sequence[tuple[int, Floats]]
) -> list[tuple[float, ...]]:
    """Return how stable each group of each division is, 0 to 1.

    What the people have in common is drawn anew with replacement, all that comes from
    one source together; they are divided again into as many groups, and each group's
    largest Jaccard overlap with a new one is averaged over the draws. Things are drawn
    and not people, since a group of three is gone as soon as one of them is not drawn;
    what one person carries is asked by leaving them out.

    Args:
        table: Who has what.
        divisions: Number of groups to cut into, and the groups that are looked for:
            1 where a person (row) is in a group (column).

    Returns:
        One tuple a division, one figure a group.

    Source:
        Mean of the largest Jaccard: Hennig 2007.
    """
    numbers = [number for number, _ in divisions]
    totals = [np.zeros(member.shape[1]) for _, member in divisions]
    draws = 0
    for distances in _draws(table):
        draws += 1
        found = divide(distances, numbers)
        for i, labels in enumerate(found):
            totals[i] += _largest_jaccard(divisions[i][1], labels)
    return [
        tuple(round(float(one), 4) for one in total / max(draws, 1)) for total in totals
    ]


def member_matrix(labels: Labels, kept: Sequence[int]) -> Floats:
    """Return 1 where a person has one of the kept labels, shape (people, kept)."""
    member: Floats = (labels[:, None] == np.array(kept)[None, :]).astype(np.float64)
    return member


def _draws(table: Table) -> Iterator[Floats]:
    chance = np.random.default_rng(_SEED)
    n = int(table.sources.max()) + 1
    for _ in range(DRAWS):
        drawn = np.bincount(chance.integers(0, n, n), minlength=n)
        yield distances_of(table, table.weights * drawn[table.sources])


def _largest_jaccard(member: Floats, labels: Labels) -> Floats:
    groups, own = np.unique(labels, return_inverse=True)
    found = np.eye(len(groups))[own]
    both = member.T @ found
    either = member.sum(axis=0)[:, None] + found.sum(axis=0)[None, :] - both
    overlap = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    largest: Floats = overlap.max(axis=1)
    return largest
