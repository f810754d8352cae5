"""Gather many statements in small groups, whose means can be linked in their place.

A seeded sample is linked, and the clusters that come out are where k-means begins: the
groups of a sample are a far better beginning than single statements are. So there are
never more groups than the sample has statements.

Source: Cutting, Karger, Pedersen & Tukey 1992 (SIGIR, "buckshot").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MICRO_GROUPS = 2000
"""Statements of the sample, and so most micro-groups."""

_PASSES = 1
_SEED = 0
_BLOCK = 4096

_SPARSE = 0.1
"""Most of a table of vectors that is no zero, where it is kept without zeros."""

Vectors = NDArray[np.float32]
Rows: TypeAlias = "Vectors | csr_array"
Labels = NDArray[np.int64]


class MicroGroups(NamedTuple):
    """Small groups of rows.

    Attributes:
        labels: The group of each row, shape (n,).
        nearness: Mean cosine of each row with the others of its group, shape (n,); 1
            for one that is alone.
    """

    labels: Labels
    nearness: NDArray[np.float64]


def micro_groups(vectors: Vectors, link: Callable[[Vectors], Labels]) -> MicroGroups:
    """Gather rows in at most 2,000 groups by k-means, from a linked sample on.

    Args:
        vectors: Unit vectors, shape (n, d), n at least 2,000.
        link: Gives each row of the sample the number of its cluster.
    """
    random = np.random.default_rng(_SEED)
    sample = np.sort(random.choice(len(vectors), MICRO_GROUPS, replace=False))
    _, clusters = np.unique(link(vectors[sample]), return_inverse=True)
    centres = means_of(vectors[sample], clusters)
    rows = packed(vectors)
    labels = _nearest(rows, centres)
    # A fixed number of passes: stopping early would hang on a sum of floats.
    for _ in range(_PASSES):
        some = np.bincount(labels, minlength=len(centres))[:, None] > 0
        centres = np.where(some, means_of(rows, labels, len(centres)), centres)
        labels = _nearest(rows, centres)
    return MicroGroups(labels, _nearness(rows, labels))


def packed(vectors: Vectors) -> Rows:
    """Return vectors without their zeros, where these are most of them.

    Those of the embedded embedder hold some thirty numbers of two thousand: products
    of many take a quarter of the time so.
    """
    from scipy.sparse import csr_array

    if np.count_nonzero(vectors) > _SPARSE * vectors.size:
        return vectors
    return csr_array(vectors)


def means_of(rows: Rows, labels: Labels, count: int | None = None) -> Vectors:
    """Return the mean of each group's rows.

    The dot product of two such means is the mean cosine of their statements.

    Args:
        rows: Unit vectors, shape (n, d).
        labels: The group of each, from 0; shape (n,).
        count: Groups, where the last ones may be empty.

    Returns:
        Shape (groups, d), not of length 1; zeros where a group is empty.
    """
    from scipy.sparse import csr_array

    n = len(labels)
    sizes = np.bincount(labels, minlength=count or 0)
    member = csr_array(
        (np.ones(n, dtype=np.float32), (labels, np.arange(n))), shape=(len(sizes), n)
    )
    sums = member @ rows
    dense = sums if isinstance(sums, np.ndarray) else sums.toarray()
    means: Vectors = dense / np.maximum(sizes, 1).astype(np.float32)[:, None]
    return means


def _nearest(rows: Rows, centres: Vectors) -> Labels:
    """Return the centre at the least Euclidean distance of each row."""
    half = np.einsum("ij,ij->i", centres, centres) / np.float32(2)
    across = np.ascontiguousarray(centres.T)
    return np.concatenate(
        [
            np.argmax(rows[at : at + _BLOCK] @ across - half, axis=1)
            for at in range(0, rows.shape[0], _BLOCK)
        ]
    )


def _nearness(rows: Rows, labels: Labels) -> NDArray[np.float64]:
    sizes, means = np.bincount(labels), means_of(rows, labels)
    to_mean = np.concatenate(
        [
            _each_dot(rows[at : at + _BLOCK], means[labels[at:][:_BLOCK]])
            for at in range(0, rows.shape[0], _BLOCK)
        ]
    ).astype(np.float64)
    # The mean of a group holds the row itself, whose cosine with itself is 1.
    others = sizes[labels] - 1
    mean = (to_mean * (others + 1) - 1.0) / np.maximum(others, 1)
    nearness: NDArray[np.float64] = np.where(others > 0, np.round(mean, 6), 1.0)
    return nearness


def _each_dot(rows: Rows, means: Vectors) -> Vectors:
    """Return the dot product of each row with the mean at its place."""
    if isinstance(rows, np.ndarray):
        products: Vectors = np.einsum("ij,ij->i", rows, means)
        return products
    return np.asarray(rows.multiply(means).sum(axis=1), np.float32)
