"""Divide people by their distances, at every number of groups that is a candidate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.stages.segments.likeness import Floats

LEAST_PEOPLE = 3
_MOST_SEGMENTS = 8
_MOST_CUTS = 3 * _MOST_SEGMENTS
"""More cuts than segments, so that people who fit nowhere can stand alone."""

Labels = NDArray[np.int64]


class Cut(NamedTuple):
    """The people divided into a number of groups.

    Attributes:
        number: How many groups, people alone included.
        labels: The group of each person.
        large: Labels of the groups of at least three people, sorted.
    """

    number: int
    labels: Labels
    large: tuple[int, ...]

    @property
    def divides(self) -> bool:
        """Whether two to eight groups are large enough to be segments."""
        return 2 <= len(self.large) <= _MOST_SEGMENTS


def cut_of(number: int, labels: Labels) -> Cut:
    """Return a division with the groups that could be segments."""
    sizes = Counter(labels.tolist())
    large = sorted(one for one, n in sizes.items() if n >= LEAST_PEOPLE)
    return Cut(number, labels, tuple(large))


def divide(distances: Floats, number: int) -> Labels:
    """Return the group of each person where they fall into so many groups.

    Average linkage; the order of the people decides ties alone.

    Args:
        distances: Shape (people, people).
        number: Of groups; fewer where several would come apart at once.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(distances, checks=False), method="average")
    return fcluster(tree, number, criterion="maxclust").astype(np.int64)


def partitions(distances: Floats, numbers: Sequence[int]) -> NDArray[np.int16]:
    """Return who is with whom at each number of groups, shape (numbers, people).

    The groups are those of `divide`, numbered otherwise; fast, for thousands of draws.

    Args:
        distances: Of pairs in one row (`drawing`).
        numbers: Of groups.
    """
    from scipy.cluster.hierarchy import linkage

    tree = linkage(distances, method="average")
    n = len(tree) + 1
    above = np.arange(2 * n - 1)
    merged = tree[:, :2].astype(np.int64)
    above[merged[:, 0]] = above[merged[:, 1]] = np.arange(n, 2 * n - 1)
    labels = np.empty((len(numbers), n), dtype=np.int16)
    for i, number in enumerate(numbers):
        inside = n
        if number < n:
            # As many merges as it takes, and all that are no farther than the last.
            height = tree[n - number - 1, 2]
            inside += int(np.searchsorted(tree[:, 2], height, side="right"))
        top = np.where(above < inside, above, np.arange(2 * n - 1))[:inside]
        while not np.array_equal(further := top[top], top):
            top = further
        rank = np.cumsum(top == np.arange(inside)) - 1
        labels[i] = rank[top[:n]]
    return labels


def numbers_of(people: int) -> range:
    """Return the numbers of groups into which so many people are divided."""
    return range(2, min(people - 1, _MOST_CUTS) + 1)


def silhouettes(distances: Floats, labels: Labels) -> Floats:
    """Return each person's silhouette; 0 for one who stands alone.

    Source:
        Rousseeuw 1987.
    """
    groups, own = np.unique(labels, return_inverse=True)
    if len(groups) < 2:
        return np.zeros(len(labels))
    member = np.eye(len(groups))[own]
    sums = distances @ member
    sizes = member.sum(axis=0)
    rows = np.arange(len(labels))
    alone = sizes[own] == 1
    inner = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outer = means.min(axis=1)
    widest = np.maximum(inner, outer)
    scores = np.divide(
        outer - inner, widest, out=np.zeros_like(outer), where=widest > 0
    )
    result: Floats = np.where(alone, 0.0, scores)
    return result
