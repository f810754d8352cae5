"""Distances of people after what they have in common was drawn anew, many at a time.

What two people share is counted source by source once, for every pair. A draw weighs
the sources by how often each was drawn, so that many draws are one product of sparse
counts with their weights, instead of a product of the whole table for each draw.

Distances of pairs stand in one row: those of the first person with all after them, then
those of the second, and so on (as `scipy.spatial.distance.squareform` has it).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.stages.segments.likeness import Floats, Table, scale_between

_CELLS = 2_000_000
"""Distances that are made at a time, which bounds the memory."""

_MOST_AT_A_TIME = 16

Rows = NDArray[np.int64]


class Shared(NamedTuple):
    """What the people of a table have and share, by the source that it comes from.

    Attributes:
        first: The first person of each pair.
        second: The second.
        both: Weight of what a pair shares, sparse, shape (pairs, sources).
        own: Weight of what a person has, shape (people, sources).
        kinds: Of each two languages that meet whether they are one, and their pairs;
            empty where everybody speaks the same.
        within: Pairs of one language.
        across: Pairs of two.
    """

    first: Rows
    second: Rows
    both: Any
    own: Floats
    kinds: tuple[tuple[bool, Rows], ...]
    within: Rows
    across: Rows


def shared_of(table: Table) -> Shared:
    """Return what the people of a table share, pair by pair."""
    n = len(table.people)
    first, second = np.triu_indices(n, 1)
    sources = int(table.sources.max()) + 1
    order = np.argsort(table.sources, kind="stable")
    starts = np.searchsorted(table.sources[order], np.arange(sources))
    own = np.add.reduceat((table.has * table.weights)[:, order], starts, axis=1)
    same = table.languages[first] == table.languages[second]
    return Shared(
        first=first,
        second=second,
        both=_both(table, sources),
        own=own,
        kinds=_kinds(table.languages, first, second),
        within=np.flatnonzero(same),
        across=np.flatnonzero(~same),
    )


def _both(table: Table, sources: int) -> Any:
    from scipy.sparse import coo_array

    n = len(table.people)
    pairs_of = lru_cache(maxsize=None)(partial(np.triu_indices, k=1))
    rows = []
    for held in (np.flatnonzero(has) for has in table.has.T):
        one, other = pairs_of(len(held))
        a, b = held[one], held[other]
        rows.append(a * (2 * n - a - 1) // 2 + b - a - 1)
    times = [len(one) for one in rows]
    columns, weights = (np.repeat(of, times) for of in (table.sources, table.weights))
    shared = weights, (np.concatenate(rows), columns)
    return coo_array(shared, shape=(n * (n - 1) // 2, sources)).tocsr()


def _kinds(
    languages: NDArray[np.int64], first: Rows, second: Rows
) -> tuple[tuple[bool, Rows], ...]:
    spoken = np.unique(languages).tolist()
    if len(spoken) < 2:
        return ()
    low = np.minimum(languages[first], languages[second])
    high = np.maximum(languages[first], languages[second])
    return tuple(
        (one == other, found)
        for one in spoken
        for other in spoken
        if one <= other and len(found := np.flatnonzero((low == one) & (high == other)))
    )


def drawn_distances(shared: Shared, seed: int, times: int) -> Iterator[Floats]:
    """Yield the distances of all pairs in each draw, shape (pairs,).

    What the people have in common is drawn anew with replacement, all that comes from
    one source together.

    Args:
        shared: Who has and shares what.
        seed: Of the draws.
        times: How many draws.
    """
    chance = np.random.default_rng(seed)
    n = shared.own.shape[1]
    block = max(1, min(_MOST_AT_A_TIME, _CELLS // max(len(shared.first), 1)))
    for begin in range(0, times, block):
        size = min(block, times - begin)
        drawn = (chance.integers(0, n, n) for _ in range(size))
        counts = np.array([np.bincount(one, minlength=n) for one in drawn], float).T
        both = np.ascontiguousarray((shared.both @ counts).T)
        own = np.ascontiguousarray((shared.own @ counts).T)
        for i in range(size):
            yield _distances(shared, both[i], own[i])


def _distances(shared: Shared, both: Floats, own: Floats) -> Floats:
    """Return weighted Jaccard distances between languages alike; see `distances_of`."""
    either = own[shared.first] + own[shared.second] - both
    alike = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    if shared.kinds:
        alike *= _scales(shared, alike)
    distances: Floats = np.round(1.0 - np.minimum(alike, 1.0), 9)
    return distances


def _scales(shared: Shared, alike: Floats) -> Floats:
    scales = np.ones_like(alike)
    usual = float(alike.mean())
    priors = {
        same: float(alike[rows].mean()) if len(rows) else 0.0
        for same, rows in ((True, shared.within), (False, shared.across))
    }
    for same, rows in shared.kinds:
        scales[rows] = scale_between(alike[rows], usual, priors[same])
    return scales
