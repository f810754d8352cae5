"""Find segments: people who share themes and facts more than with the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.values import Value

VERSION = "segments/1"

LEAST_PEOPLE = 3
_MOST_SEGMENTS = 8
_MOST_CUTS = 3 * _MOST_SEGMENTS
"""More cuts than segments, so that people who fit nowhere can stand alone."""
_LEAST_SILHOUETTE = 0.02
_LEAST_FEATURES = 2


class Segmentation(Value):
    """Groups of at least three people, and those who fit nowhere.

    `silhouette` is of the chosen number of groups, None where there was no choice.
    """

    groups: tuple[tuple[str, ...], ...]
    unassigned: tuple[str, ...]
    silhouette: float | None = None


def find_segments(features: Mapping[str, frozenset[str]]) -> Segmentation:
    """Group people by what they share.

    Average linkage on weighted Jaccard distance, where a feature weighs
    `ln((n + 1) / people who have it)`, so that what everybody shares separates
    next to nobody. The number of groups is the one of the best mean silhouette;
    groups under three people and people with a negative silhouette stay unassigned.

    Args:
        features: Participant → names of themes and facts that hold for them.

    Returns:
        Largest group first, then by first name; one group of all who share
        something where no division is better than none.

    Source:
        Silhouette: Rousseeuw 1987.
    """
    holders = Counter(one for has in features.values() for one in has)
    people = sorted(
        name
        for name, has in features.items()
        if sum(holders[one] > 1 for one in has) >= _LEAST_FEATURES
    )
    if len(people) < LEAST_PEOPLE:
        return Segmentation(groups=(), unassigned=tuple(sorted(features)))
    distances = _jaccard(people, features)
    labels, best = _choose(distances)
    fits = _silhouettes(distances, labels)
    groups: dict[int, list[str]] = defaultdict(list)
    for i, name in enumerate(people):
        if best is None or fits[i] >= 0:
            groups[int(labels[i])].append(name)
    kept = [tuple(names) for names in groups.values() if len(names) >= LEAST_PEOPLE]
    kept.sort(key=lambda names: (-len(names), names))
    placed = {name for names in kept for name in names}
    return Segmentation(
        groups=tuple(kept),
        unassigned=tuple(sorted(name for name in features if name not in placed)),
        silhouette=best,
    )


def _jaccard(
    people: Sequence[str], features: Mapping[str, frozenset[str]]
) -> NDArray[np.float64]:
    """Return weighted Jaccard distances, shape (people, people)."""
    counts = Counter(one for name in people for one in features[name])
    names = sorted(one for one, n in counts.items() if n > 1)
    column = {one: i for i, one in enumerate(names)}
    has = np.zeros((len(people), len(names)))
    for row, name in enumerate(people):
        for one in features[name]:
            if one in column:
                has[row, column[one]] = 1.0
    weights = np.array([math.log((len(people) + 1) / counts[one]) for one in names])
    both = (has * weights) @ has.T
    own = has @ weights
    either = own[:, None] + own[None, :] - both
    distances = 1.0 - np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    np.fill_diagonal(distances, 0.0)
    rounded: NDArray[np.float64] = np.round(distances, 9)
    return rounded


def _choose(distances: NDArray[np.float64]) -> tuple[NDArray[np.int64], float | None]:
    """Return labels for the number of groups with the best mean silhouette."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = len(distances)
    whole = np.zeros(n, dtype=np.int64)
    tree = linkage(squareform(distances, checks=False), method="average")
    best: tuple[float, NDArray[np.int64]] | None = None
    for k in range(2, min(n - 1, _MOST_CUTS) + 1):
        labels = fcluster(tree, k, criterion="maxclust").astype(np.int64)
        sizes = Counter(labels.tolist())
        large = [label for label, size in sizes.items() if size >= LEAST_PEOPLE]
        if not 2 <= len(large) <= _MOST_SEGMENTS:
            continue
        score = round(float(np.mean(_silhouettes(distances, labels))), 6)
        if best is None or score > best[0]:
            best = (score, labels)
    if best is None or best[0] < _LEAST_SILHOUETTE:
        return whole, None
    return best[1], best[0]


def _silhouettes(
    distances: NDArray[np.float64], labels: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return each person's silhouette; 0 for one who stands alone."""
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
    result: NDArray[np.float64] = np.where(alone, 0.0, scores)
    return result
