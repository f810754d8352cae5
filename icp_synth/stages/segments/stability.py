"""How often a group is found again when other things had been talked about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.stages.segments.consensus import Draws, draw
from icp_synth.stages.segments.cuts import Labels
from icp_synth.stages.segments.drawing import shared_of
from icp_synth.stages.segments.likeness import Floats, Table

_SEED = 3


def stabilities(
    table: Table, divisions: Sequence[tuple[int, Floats]]
) -> list[tuple[float, ...]]:
    """Return how stable each group of each division is, 0 to 1.

    What the people have in common is drawn anew (`consensus.draw`), they are divided
    again into as many groups, and each group's largest Jaccard overlap with a new one
    is averaged over the draws.

    Args:
        table: Who has what.
        divisions: Number of groups to cut into, and the groups that are looked for:
            1 where a person (row) is in a group (column).

    Returns:
        One tuple a division, one figure a group.

    Source:
        Mean of the largest Jaccard: Hennig 2007.
    """
    draws = draw(
        shared_of(table), sorted({number for number, _ in divisions}), judges=True
    )
    return [found_again(draws, number, member) for number, member in divisions]


def found_again(draws: Draws, number: int, member: Floats) -> tuple[float, ...]:
    """Return how stable groups are in draws that were made already.

    Args:
        draws: Divisions, into `number` groups among others.
        number: Of groups to cut into.
        member: 1 where a person (row) is in a group (column).
    """
    found = draws.of(number)
    total = np.zeros(member.shape[1])
    for labels in found:
        total += _largest_jaccard(member, labels)
    return tuple(round(float(one), 4) for one in total / len(found))


def beyond_chance(draws: Draws, number: int, member: Floats) -> tuple[float, ...]:
    """Return the same with chance taken off: 0 what as large a group of anybody gets.

    A group of nearly everybody is found again in any division. So what each group
    reaches with the people of the draw's groups exchanged at random is taken off:
    `(found - random) / (1 - random)`.
    """
    found = draws.of(number)
    shuffled = np.random.default_rng(_SEED).permuted(found, axis=1)
    own, random = np.zeros(member.shape[1]), np.zeros(member.shape[1])
    for labels, exchanged in zip(found, shuffled, strict=True):
        own += _largest_jaccard(member, labels)
        random += _largest_jaccard(member, exchanged)
    n = len(found)
    above = np.divide(
        own - random, n - random, out=np.zeros_like(own), where=random < n
    )
    return tuple(round(float(one), 4) for one in above)


def agreement(draws: Draws, number: int, labels: Labels) -> float:
    """Return how well a division agrees with those of the draws, chance taken off.

    The mean adjusted Rand index, so that one group of nearly everybody, which any
    division finds again, counts as little as it says.

    Source:
        Hubert and Arabie 1985.
    """
    found = [_adjusted_rand(labels, one) for one in draws.of(number)]
    return round(float(np.mean(found)), 4)


def member_matrix(labels: Labels, kept: Sequence[int]) -> Floats:
    """Return 1 where a person has one of the kept labels, shape (people, kept)."""
    member: Floats = (labels[:, None] == np.array(kept)[None, :]).astype(np.float64)
    return member


def _largest_jaccard(member: Floats, labels: NDArray[np.int16]) -> Floats:
    found = np.eye(int(labels.max()) + 1)[labels]
    both = member.T @ found
    either = member.sum(axis=0)[:, None] + found.sum(axis=0)[None, :] - both
    overlap = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    largest: Floats = overlap.max(axis=1)
    return largest


def _adjusted_rand(first: Labels, second: NDArray[np.int16]) -> float:
    groups = int(second.max()) + 1
    both = _pairs(np.bincount(first * groups + second))
    one, other = _pairs(np.bincount(first)), _pairs(np.bincount(second))
    expected = one * other / (len(first) * (len(first) - 1) / 2)
    most = (one + other) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(sizes: NDArray[np.int64]) -> float:
    return float((sizes * (sizes - 1) / 2).sum())
