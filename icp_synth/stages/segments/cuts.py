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


def divide(distances: Floats, numbers: Sequence[int]) -> list[Labels]:
    """Return the group of each person at each number of groups.

    Average linkage; the order of the people decides ties alone.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(distances, checks=False), method="average")
    return [fcluster(tree, k, criterion="maxclust").astype(np.int64) for k in numbers]


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
