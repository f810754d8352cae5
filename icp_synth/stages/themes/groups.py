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
from icp_synth.stages.themes.alike import alike, by_vectors
from icp_synth.stages.themes.clusters import (
    DIRECT_LIMIT,
    Labels,
    cosine_distances,
    cut_clusters,
    cut_distances,
    one_thread,
)
from icp_synth.stages.themes.meaning import Meanings, apart

VERSION = "themes/2"

THRESHOLDS = {"embedded": 0.85}
"""Embedder's name up to the version → largest mean cosine distance in a theme."""

_OTHER_THRESHOLD = 0.45
"""For dense vectors of a model's endpoint."""

THRESHOLD_OF_QUOTES = 0.9
"""Largest mean distance in a theme of quotes, where those that share no meaning are as
far apart as any two."""

LIKENESS_OF_QUOTES = 0.2
"""Least cosine of a quote with what the other people of its theme said."""

_LEAST_PEOPLE = 2
_BLOCK = 4096


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
    meanings: Meanings | None = None,
) -> tuple[ThemeGroup, ...]:
    """Group the statements of each kind.

    Args:
        insights: Of all participants, duplicates of one person already merged.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        threshold: Largest average cosine distance within a theme, 0 to 2.
        likeness: Least cosine of a statement with the mean of what the theme's other
            people said; what is less alike leaves it. 0 keeps all. Short quotes
            chain by chance words, and a heap of them is no theme.
        meanings: What the statements are about, a row each, where they are quotes:
            two that share no meaning are far apart, whatever word they share.

    Returns:
        Themes of at least two participants: most people first, then most
        mentions, then by the first insight's id. The order in which insights are
        given changes nothing.
    """
    people = numbers_of(insights)
    ordered_rows = in_order(insights)

    def of_kind(kind: Kind) -> list[ThemeGroup]:
        rows = [i for i in ordered_rows if insights[i].kind == kind]
        groups = (
            _alike(cluster, vectors, people, likeness)
            for cluster in clusters_of(rows, vectors, threshold, meanings)
            if len(cluster) >= _LEAST_PEOPLE
        )
        return [
            _theme(_central_first(group, vectors, insights), insights)
            for group in groups
            if len(set(people[group].tolist())) >= _LEAST_PEOPLE
        ]

    with one_thread():
        themes = [theme for kind in KINDS for theme in of_kind(kind)]
    themes.sort(
        key=lambda theme: (
            -len(theme.participants),
            -len(theme.insights),
            theme.insights[0].id,
        )
    )
    return tuple(themes)


def _theme(rows: Sequence[int], insights: Sequence[Insight]) -> ThemeGroup:
    members = tuple(insights[i] for i in rows)
    return ThemeGroup(
        kind=members[0].kind,
        insights=members,
        participants=tuple(sorted({one.participant for one in members})),
    )


def _alike(
    group: Sequence[int],
    vectors: NDArray[np.float32],
    people: NDArray[np.int64],
    likeness: float,
) -> list[int]:
    """Return the rows that resemble what the group's other people said."""
    rows = np.asarray(group)
    if likeness <= 0:
        return list(group)
    if len(np.unique(people[rows])) < _LEAST_PEOPLE:
        return []
    kept: list[int] = rows[
        alike(people[rows], by_vectors(vectors[rows]), likeness)
    ].tolist()
    return kept


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


def numbers_of(insights: Sequence[Insight]) -> NDArray[np.int64]:
    """Return a number for the person of each insight, by name."""
    names = sorted({one.participant for one in insights})
    number = {name: i for i, name in enumerate(names)}
    return np.array([number[one.participant] for one in insights], dtype=np.int64)


def clusters_of(
    rows: Sequence[int],
    vectors: NDArray[np.float32],
    threshold: float,
    meanings: Meanings | None = None,
) -> Iterator[list[int]]:
    """Yield the rows of each cluster, alone ones too.

    Too many to be linked one by one are clustered first, and each cluster is then cut
    by what its quotes mean. To be called within `one_thread`.
    """
    if meanings is None:
        (labels,) = cut_clusters(vectors[list(rows)], [threshold])
        yield from _gathered(rows, labels)
    elif len(rows) > DIRECT_LIMIT:
        for part in clusters_of(rows, vectors, threshold):
            whole = len(part) == 1 or len(part) > DIRECT_LIMIT
            yield from (
                [part] if whole else clusters_of(part, vectors, threshold, meanings)
            )
    else:
        distances = cosine_distances(vectors[list(rows)])
        apart(distances, meanings.pairs(rows))
        (labels,) = cut_distances(distances, [threshold])
        yield from _gathered(rows, labels)


def _gathered(rows: Sequence[int], labels: Labels) -> Iterator[list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for row, label in zip(rows, labels.tolist(), strict=True):
        members[label].append(row)
    yield from members.values()


def _central_first(
    group: Sequence[int],
    vectors: NDArray[np.float32],
    insights: Sequence[Insight],
) -> list[int]:
    rows = vectors[list(group)]
    centre = rows.mean(axis=0, dtype=np.float64)
    nearness = np.concatenate(
        [
            np.round(rows[at : at + _BLOCK].astype(np.float64) @ centre, 6)
            for at in range(0, len(rows), _BLOCK)
        ]
    )
    order = sorted(
        range(len(group)), key=lambda k: (-float(nearness[k]), insights[group[k]].id)
    )
    return [group[k] for k in order]
