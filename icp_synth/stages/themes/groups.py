"""Group like statements of different people: themes, one kind at a time.

The cut is a fixed threshold that belongs to the vectors (`THRESHOLDS`), so that one
more interview moves no rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import KINDS, Kind
from icp_synth.domain.insights import Insight
from icp_synth.domain.values import Value
from icp_synth.stages.themes.clusters import cut_clusters

VERSION = "themes/1"

THRESHOLDS = {"embedded": 0.85}
"""Embedder's name up to the version → largest mean cosine distance in a theme."""

_OTHER_THRESHOLD = 0.45
"""For dense vectors of a model's endpoint."""

LIKENESS_OF_QUOTES = 0.35
"""Least cosine of a quote with what the other people of its theme said."""

_LEAST_PEOPLE = 2
_TRIMS = 3


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
    *,
    likeness: float = 0.0,
) -> tuple[ThemeGroup, ...]:
    """Group the statements of each kind.

    Args:
        insights: Of all participants, duplicates of one person already merged.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        threshold: Largest average cosine distance within a theme, 0 to 2.
        likeness: Least cosine of a statement with the mean of what the theme's other
            people said; what is less alike leaves it. 0 keeps all. Short quotes
            chain by chance words, and a heap of them is no theme.

    Returns:
        Themes of at least two participants: most people first, then most
        mentions, then by the first insight's id. The order in which insights are
        given changes nothing.
    """
    ordered_rows = in_order(insights)
    themes: list[ThemeGroup] = []
    for kind in KINDS:
        rows = [i for i in ordered_rows if insights[i].kind == kind]
        for cluster in clusters_of(rows, vectors, threshold):
            group = _alike(cluster, vectors, insights, likeness)
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


def _alike(
    group: Sequence[int],
    vectors: NDArray[np.float32],
    insights: Sequence[Insight],
    likeness: float,
) -> list[int]:
    """Return the rows that resemble what the group's other people said."""
    kept = list(group)
    for _ in range(_TRIMS if likeness > 0 else 0):
        near = [
            row for row in kept if _nearness(row, kept, vectors, insights) >= likeness
        ]
        if near == kept:
            break
        kept = near
    return kept


def _nearness(
    row: int,
    group: Sequence[int],
    vectors: NDArray[np.float32],
    insights: Sequence[Insight],
) -> float:
    """Return the cosine of a row with the mean of the other people's rows."""
    person = insights[row].participant
    others = [one for one in group if insights[one].participant != person]
    if not others:
        return 0.0
    mean = vectors[others].astype(np.float64).mean(axis=0)
    length = float(np.linalg.norm(mean))
    return round(float(vectors[row] @ mean) / length, 6) if length else 0.0


def in_order(insights: Sequence[Insight]) -> list[int]:
    """Return row numbers by place in the source.

    Ties of the linkage fall by row: by place, which a corrected typo leaves as it
    is, and not by id, which it changes.
    """
    return sorted(
        range(len(insights)),
        key=lambda i: (
            insights[i].transcript,
            insights[i].quotes[0].start,
            insights[i].id,
        ),
    )


def clusters_of(
    rows: Sequence[int], vectors: NDArray[np.float32], threshold: float
) -> Iterator[list[int]]:
    """Yield the rows of each cluster, alone ones too."""
    (labels,) = cut_clusters(vectors[list(rows)], [threshold])
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in zip(rows, labels, strict=True):
        members[int(label)].append(row)
    yield from members.values()


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
