"""Group like statements of different people: themes, one kind at a time.

Average linkage on cosine distance, cut at a fixed threshold that belongs to the
vectors (`THRESHOLDS`), so that one more interview moves no rule. Above 3,000
statements a kind, seeded mini-batch k-means first makes at most 2,000 micro-groups
and the linkage runs over their centres (domain reference, 3.13).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import KINDS, Kind
from icp_synth.domain.insights import Insight
from icp_synth.domain.values import Value

VERSION = "themes/1"

THRESHOLDS = {"embedded": 0.62}
"""Embedder's name up to the version → largest mean cosine distance in a theme."""

_OTHER_THRESHOLD = 0.45
"""For dense vectors of a model's endpoint."""

_DIRECT_LIMIT = 3000
_MICRO_GROUPS = 2000
_PASSES = 5
_SEED = 0
_LEAST_PEOPLE = 2


class ThemeGroup(Value):
    """Like insights of at least two people, most central first; no name yet."""

    kind: Kind
    insights: tuple[Insight, ...]
    participants: tuple[str, ...]


def threshold_for(embedder: str) -> float:
    """Return the cut that belongs to an embedder's vectors."""
    return THRESHOLDS.get(embedder.split("-", 1)[0], _OTHER_THRESHOLD)


def group_themes(
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    threshold: float,
) -> tuple[ThemeGroup, ...]:
    """Group the statements of each kind.

    Args:
        insights: Of all participants, duplicates of one person already merged.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        threshold: Largest average cosine distance within a theme, 0 to 2.

    Returns:
        Themes of at least two participants: most people first, then most
        mentions, then by the first insight's id. The order in which insights are
        given changes nothing.
    """
    # It comes with scikit-learn and has no types.
    from threadpoolctl import (  # type: ignore[import-untyped]
        threadpool_limits,
    )

    themes: list[ThemeGroup] = []
    # Ties of the linkage fall by row: by place in the source, which a corrected
    # typo leaves as it is, and not by id, which it changes.
    in_order = sorted(range(len(insights)), key=lambda i: _place(insights[i]))
    rows = {k: [i for i in in_order if insights[i].kind == k] for k in KINDS}
    # One thread, so that no order of summing decides.
    with threadpool_limits(limits=1):
        labels = {kind: _cluster(vectors[rows[kind]], threshold) for kind in KINDS}
    for kind in KINDS:
        members: dict[int, list[int]] = defaultdict(list)
        for row, label in zip(rows[kind], labels[kind], strict=True):
            members[int(label)].append(row)
        for group in members.values():
            people = sorted({insights[i].participant for i in group})
            if len(people) >= _LEAST_PEOPLE:
                ordered = _central_first(group, vectors, insights)
                themes.append(
                    ThemeGroup(
                        kind=kind,
                        insights=tuple(insights[i] for i in ordered),
                        participants=tuple(people),
                    )
                )
    themes.sort(
        key=lambda theme: (
            -len(theme.participants),
            -len(theme.insights),
            theme.insights[0].id,
        )
    )
    return tuple(themes)


def _place(insight: Insight) -> tuple[str, int, str]:
    return insight.transcript, insight.quotes[0].start, insight.id


def _cluster(vectors: NDArray[np.float32], threshold: float) -> NDArray[np.int64]:
    """Return a cluster number for each row."""
    if len(vectors) <= _DIRECT_LIMIT:
        return _average_linkage(vectors, threshold)
    return _by_micro_groups(vectors, threshold)


def _by_micro_groups(
    vectors: NDArray[np.float32], threshold: float
) -> NDArray[np.int64]:
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
    merged = _average_linkage(centres[used], threshold)[inverse]
    # The first row of a cluster gives it its number.
    labels[near] = labels[near][_first_of_each(merged)]
    if not near.all():
        rest = labels[~near]
        labels[~near] = rest[_first_of_each(_cluster(vectors[~near], threshold))]
    return labels


def _first_of_each(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each row the first row with its label."""
    _, first, which = np.unique(labels, return_index=True, return_inverse=True)
    rows: NDArray[np.int64] = first[which]
    return rows


def _average_linkage(
    vectors: NDArray[np.float32], threshold: float
) -> NDArray[np.int64]:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    if len(vectors) < 2:
        return np.zeros(len(vectors), dtype=np.int64)
    # In double precision and rounded, ties stay ties in whatever order they came.
    rows = vectors.astype(np.float64)
    distances = np.round(1.0 - rows @ rows.T, 6)
    np.fill_diagonal(distances, 0.0)
    condensed = squareform(np.maximum(distances, distances.T), checks=False)
    tree = linkage(np.maximum(condensed, 0.0), method="average")
    labels: NDArray[np.int64] = fcluster(tree, threshold, criterion="distance").astype(
        np.int64
    )
    return labels


def _central_first(
    group: Sequence[int],
    vectors: NDArray[np.float32],
    insights: Sequence[Insight],
) -> list[int]:
    rows = vectors[list(group)].astype(np.float64)
    nearness = np.round(rows @ rows.mean(axis=0), 6)
    order = sorted(
        range(len(group)), key=lambda k: (-float(nearness[k]), insights[group[k]].id)
    )
    return [group[k] for k in order]
