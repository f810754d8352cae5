"""Cut statements into clusters: average linkage on cosine distance.

Above 3,000 statements, seeded mini-batch k-means first makes at most 2,000
micro-groups and the linkage runs over their centres (domain reference, 3.13).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from icp_synth.stages.themes.micro import means_of, micro_groups, packed

DIRECT_LIMIT = 3000
"""Most statements that are linked one by one."""

_FEW = 100
"""Rows of which dense products are quicker in any case."""

_ROUNDS = 4
"""What lies far from its micro-group is clustered again, at most so often."""

Labels = NDArray[np.int64]
Distances = NDArray[np.float64]


@contextmanager
def one_thread() -> Iterator[None]:
    """Let linear algebra run on one thread, so that no order of summing decides."""
    # It comes with scikit-learn and has no types.
    from threadpoolctl import (  # type: ignore[import-untyped]
        threadpool_limits,
    )

    with threadpool_limits(limits=1):
        yield


def cut_clusters(vectors: NDArray[np.float32], cuts: Sequence[float]) -> list[Labels]:
    """Return a cluster number for each row, at each cut.

    Args:
        vectors: Unit vectors, shape (n, d).
        cuts: Largest average cosine distances within a cluster, 0 to 2.

    Returns:
        One array of shape (n,) a cut. The rows' order decides ties alone, within
        `one_thread`.
    """
    if len(vectors) <= DIRECT_LIMIT:
        return cut_distances(cosine_distances(vectors), cuts)
    return [_by_micro_groups(vectors, cut) for cut in cuts]


def cosine_distances(vectors: NDArray[np.float32]) -> Distances:
    """Return the cosine distances of all pairs of rows.

    Args:
        vectors: Unit vectors, shape (n, d).

    Returns:
        Shape (n, n), symmetric, 0 to 2, rounded so that ties stay ties in whatever
        order the rows come.
    """
    rows = packed(vectors) if len(vectors) > _FEW else vectors
    exact = rows.astype(np.float64)
    products = exact @ exact.T
    distances: Distances
    distances = products if isinstance(products, np.ndarray) else products.toarray()
    # In place: a matrix of 3,000 by 3,000 takes 72 MB each time it is copied.
    np.subtract(1.0, distances, out=distances)
    np.round(distances, 6, out=distances)
    np.fill_diagonal(distances, 0.0)
    return np.maximum(distances, 0.0, out=distances)


def cut_distances(distances: Distances, cuts: Sequence[float]) -> list[Labels]:
    """Link by average distance and return a cluster number for each row, at each cut.

    Args:
        distances: Shape (n, n), symmetric, with zeros on the diagonal.
        cuts: Largest average distances within a cluster.

    Returns:
        One array of shape (n,) a cut.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(distances) < 2:
        return [np.zeros(len(distances), dtype=np.int64) for _ in cuts]
    tree = linkage(squareform(distances, checks=False), method="average")
    return [fcluster(tree, cut, criterion="distance").astype(np.int64) for cut in cuts]


def _by_micro_groups(vectors: NDArray[np.float32], threshold: float) -> Labels:
    """Link the means of micro-groups; a row far from its group is none of it."""

    def link(rows: NDArray[np.float32]) -> Labels:
        return cut_distances(cosine_distances(rows), [threshold])[0]

    # The first row of a group gives it its number.
    labels = np.arange(len(vectors), dtype=np.int64)
    rest = labels.copy()
    for _ in range(_ROUNDS):
        rows = vectors if len(rest) == len(vectors) else vectors[rest]
        if len(rest) <= DIRECT_LIMIT:
            labels[rest] = rest[_first_of_each(link(rows))]
            break
        groups = micro_groups(rows, link)
        near = groups.nearness >= 1.0 - threshold
        labels[rest[near]] = rest[near][_first_of_each(groups.labels[near])]
        rest = rest[~near]
    firsts, which, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    # The largest, where they are too many to be linked.
    largest = np.sort(np.argsort(-sizes, kind="stable")[:DIRECT_LIMIT])
    place = np.full(len(firsts), -1)
    place[largest] = np.arange(len(largest))
    linked = place[which] >= 0
    means = means_of(vectors[linked], place[which][linked])
    labels[linked] = firsts[largest[_first_of_each(link(means))]][place[which][linked]]
    return labels


def _first_of_each(labels: Labels) -> Labels:
    """Return for each row the first row with its label."""
    _, first, which = np.unique(labels, return_index=True, return_inverse=True)
    rows: Labels = first[which]
    return rows
