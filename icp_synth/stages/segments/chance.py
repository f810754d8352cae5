"""Whether people fall into groups more than chance would have it.

Any people can be divided, and some numbers of groups are found again more easily than
others. So the same things are dealt out anew, each person as many as before and each
thing as often (curveball trades, Strona et al. 2014), and divided in the same way: what
counts is how far the real division is above those.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from icp_synth.stages.segments.consensus import agreed, draw
from icp_synth.stages.segments.cuts import cut_of
from icp_synth.stages.segments.drawing import shared_of
from icp_synth.stages.segments.likeness import Floats, Table
from icp_synth.stages.segments.stability import (
    agreement,
    beyond_chance,
    member_matrix,
)

DEALS = 20
"""Chance does as well in under one case of twenty if none of so many does."""

_DRAWS = 20
"""Draws for each deal, and as many that judge: a third of what the people get."""

_ROUNDS = 5
"""Trades a person in each deal; so many mix a table well (Strona et al. 2014)."""

_SEED = 2

_Held = dict[int, tuple[int, ...]]


class Chance(NamedTuple):
    """What divisions are worth where everybody's things were dealt out anew.

    Attributes:
        agreements: How well other draws agree with the division (`agreement`), shape
            (deals, numbers).
        best: How often the best group is found again, chance taken off
            (`beyond_chance`), shape (deals, numbers).
    """

    agreements: Floats
    best: Floats


def by_chance(table: Table, numbers: Sequence[int]) -> Chance:
    """Return how good divisions are that chance makes, at each number of groups.

    Args:
        table: Who has what.
        numbers: Of groups.
    """
    agreements = np.zeros((DEALS, len(numbers)))
    best = np.zeros((DEALS, len(numbers)))
    for row, dealt in enumerate(_deals(table)):
        shared = shared_of(dealt)
        draws = draw(shared, numbers, times=_DRAWS)
        judges = draw(shared, numbers, judges=True, times=_DRAWS)
        for column, number in enumerate(numbers):
            cut = cut_of(number, agreed(draws, number))
            member = member_matrix(cut.labels, cut.large)
            agreements[row, column] = agreement(judges, number, cut.labels)
            best[row, column] = max(beyond_chance(judges, number, member), default=0.0)
    return Chance(agreements, best)


def _deals(table: Table) -> Iterator[Table]:
    chance = np.random.default_rng(_SEED)
    held = [_held(table, row) for row in range(len(table.people))]
    for _ in range(DEALS):
        for _ in range(_ROUNDS * len(held)):
            _trade(held, chance)
        yield table._replace(has=_has(table, held))


def _held(table: Table, row: int) -> _Held:
    """Return source → the features of it that a person has, which go together."""
    held: dict[int, list[int]] = {}
    for column in np.flatnonzero(table.has[row]).tolist():
        held.setdefault(int(table.sources[column]), []).append(column)
    return {source: tuple(columns) for source, columns in held.items()}


def _trade(held: list[_Held], chance: np.random.Generator) -> None:
    """Let two people deal out between them what only one of them has."""
    a, b = (int(one) for one in chance.choice(len(held), 2, replace=False))
    first, second = held[a], held[b]
    mine = sorted(first.keys() - second.keys())
    theirs = sorted(second.keys() - first.keys())
    if not mine or not theirs:
        return
    pool = [(one, first.pop(one)) for one in mine]
    pool += [(one, second.pop(one)) for one in theirs]
    order = chance.permutation(len(pool)).tolist()
    first.update([pool[i] for i in order[: len(mine)]])
    second.update([pool[i] for i in order[len(mine) :]])


def _has(table: Table, held: Sequence[_Held]) -> Floats:
    has = np.zeros_like(table.has)
    for row, things in enumerate(held):
        has[row, [one for columns in things.values() for one in columns]] = 1.0
    return has
