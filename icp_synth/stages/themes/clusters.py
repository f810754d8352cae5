"""Cut statements into clusters: average linkage on cosine distance.

Above 3,000 statements, seeded mini-batch k-means first makes at most 2,000
micro-groups and the linkage runs over their centres (domain reference, 3.13).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_DIRECT_LIMIT = 3000
_MICRO_GROUPS = 2000
_PASSES = 5
_SEED = 0

Labels = NDArray[np.int64]


def cut_clusters(vectors: NDArray[np.float32], cuts: Sequence[float]) -> list[Labels]:
    """Return a cluster number for each row, at each cut.

    Args:
        vectors: Unit vectors, shape (n, d).
        cuts: Largest average cosine distances within a cluster, 0 to 2.

    Returns:
        One array of shape (n,) a cut. The rows' order decides ties alone.
    """
    # It comes with scikit-learn and has no types.
    from threadpoolctl import (  # type: ignore[import-untyped]
        threadpool_limits,
    )

    # One thread, so that no order of summing decides.
    with threadpool_limits(limits=1):
        if len(vectors) <= _DIRECT_LIMIT:
            return _average_linkage(vectors, cuts)
        return [_by_micro_groups(vectors, cut) for cut in cuts]


def _by_micro_groups(vectors: NDArray[np.float32], threshold: float) -> Labels:
    """Cluster centres of micro-groups; a row far from its centre is none of them."""
    from sklearn.cluster import MiniBatchKMeans

    # A fixed number of passes: stopping early would hang on a sum of floats.
    micro = MiniBatchKMeans(
        n_clusters=_MICRO_GROUPS,
        init="random",
        n_init=1,
        max_iter=_PASSES,
        max_no_improvement=None,
        batch_size=4096,
        random_state=_SEED,
    ).fit(vectors)
    centres = micro.cluster_centers_.astype(np.float32)
    lengths = np.linalg.norm(centres, axis=1, keepdims=True)
    centres /= np.maximum(lengths, 1e-12)
    nearness = np.einsum("ij,ij->i", vectors, centres[micro.labels_])
    near = nearness >= 1.0 - threshold
    labels = np.arange(len(vectors), dtype=np.int64)
    if not near.any():
        return labels
    used, inverse = np.unique(micro.labels_[near], return_inverse=True)
    merged = _average_linkage(centres[used], [threshold])[0][inverse]
    # The first row of a cluster gives it its number.
    labels[near] = labels[near][_first_of_each(merged)]
    if not near.all():
        rest = labels[~near]
        (again,) = cut_clusters(vectors[~near], [threshold])
        labels[~near] = rest[_first_of_each(again)]
    return labels


def _first_of_each(labels: Labels) -> Labels:
    """Return for each row the first row with its label."""
    _, first, which = np.unique(labels, return_index=True, return_inverse=True)
    rows: Labels = first[which]
    return rows


def _average_linkage(
    vectors: NDArray[np.float32], cuts: Sequence[float]
) -> list[Labels]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(vectors) < 2:
        return [np.zeros(len(vectors), dtype=np.int64) for _ in cuts]
    # In double precision and rounded, ties stay ties in whatever order they came.
    rows = vectors.astype(np.float64)
    distances = np.round(1.0 - rows @ rows.T, 6)
    np.fill_diagonal(distances, 0.0)
    condensed = squareform(np.maximum(distances, distances.T), checks=False)
    tree = linkage(np.maximum(condensed, 0.0), method="average")
    return [fcluster(tree, cut, criterion="distance").astype(np.int64) for cut in cuts]
