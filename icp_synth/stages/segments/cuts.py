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
        cuts: How many groups, people alone included.
        labels: The group of each person.
        silhouette: Mean over the people.
    """

    cuts: int
    labels: Labels
    silhouette: float

    @property
    def large(self) -> tuple[int, ...]:
        """Labels of the groups of at least three people, sorted."""
        sizes = Counter(self.labels.tolist())
        return tuple(sorted(one for one, n in sizes.items() if n >= LEAST_PEOPLE))


def divide(distances: Floats, numbers: Sequence[int]) -> list[Labels]:
    """Return the group of each person at each number of groups.

    Average linkage; the order of the people decides ties alone.
    """
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    tree = linkage(squareform(distances, checks=False), method="average")
    return [fcluster(tree, k, criterion="maxclust").astype(np.int64) for k in numbers]


def candidates(distances: Floats) -> list[Cut]:
    """Return the divisions into two to eight groups of at least three people."""
    numbers = range(2, min(len(distances) - 1, _MOST_CUTS) + 1)
    found = []
    for k, labels in zip(numbers, divide(distances, numbers), strict=True):
        score = round(float(np.mean(silhouettes(distances, labels))), 6)
        cut = Cut(k, labels, score)
        if 2 <= len(cut.large) <= _MOST_SEGMENTS:
            found.append(cut)
    return found


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
