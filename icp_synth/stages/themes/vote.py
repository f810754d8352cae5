"""Let like quotes of several people settle the kind of one that nothing else settles.

A reader without a model guesses the kind of one sentence at a time. What most
people praise by their own words ("I'd fight to keep it") is no pain, whatever else they
name. Where a quote has
no word that tells its kind, what most others say who mean the same is better evidence
than the guess. A quote with such a word keeps its kind whatever others say, and so
does a fact, since its pattern is certain. Only what is near enough to be one matter
votes; people vote, once for each kind they were read in, and more than half of them
must agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight, Intensity, insight_id
from icp_synth.stages.themes.alike import alike, by_vectors
from icp_synth.stages.themes.clusters import one_thread
from icp_synth.stages.themes.groups import (
    LIKENESS_OF_QUOTES,
    THRESHOLD_OF_QUOTES,
    clusters_of,
    in_order,
    numbers_of,
)
from icp_synth.stages.themes.meaning import Meanings

_THRESHOLD = 0.8
"""Largest mean distance of quotes that vote together: nearer than a theme's."""

_LIKENESS = 0.35
"""Least cosine of a quote that votes with what the other people said."""

_LEAST_PEOPLE = 2

Told = Callable[[str, str], tuple[Intensity, tuple[str, ...]]]
"""Quote and category → how strongly it is put, and the fit signals it speaks for."""


def vote_kinds(
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    meanings: Meanings,
    *,
    sure: Collection[str],
    praise: Mapping[str, str],
    told: Told,
    text_hashes: Mapping[str, str],
) -> tuple[Insight, ...]:
    """Give quotes whose kind is unsure that of most people who mean the same.

    Args:
        insights: Of all participants, each of quotes.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        meanings: What they are about, a row each.
        sure: Ids of those that hold a word which tells their kind; they vote, and
            keep it.
        praise: Ids of those that praise by their own words → category. Pains of which
            most people speak so are motivations before anybody votes, and stay so.
        told: What a changed one is told anew by.
        text_hashes: Transcript name → hash of its canonical text, for new ids.

    Returns:
        In the order given; changed ones have new ids.
    """
    voted = list(insights)
    kept = set(sure)
    for i, category in _praised(insights, vectors, meanings, praise).items():
        voted[i] = _changed(insights[i], "motivation", category, told, text_hashes)
        kept.add(voted[i].id)
    insights = tuple(voted)
    free = [i for i in in_order(insights) if insights[i].attribute is None]
    people = numbers_of(insights)
    with one_thread():
        clusters = list(clusters_of(free, vectors, _THRESHOLD, meanings))
    for cluster in clusters:
        rows = np.array(cluster, dtype=np.int64)
        if len(np.unique(people[rows])) < _LEAST_PEOPLE:
            continue
        near = rows[alike(people[rows], by_vectors(vectors[rows]), _LIKENESS)]
        group = [insights[i] for i in near.tolist()]
        kind = _winner(group)
        if kind is None:
            continue
        category = _category(group, kind)
        for i in near.tolist():
            if insights[i].kind != kind and insights[i].id not in kept:
                voted[i] = _changed(insights[i], kind, category, told, text_hashes)
    return tuple(voted)


def _praised(
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    meanings: Meanings,
    praise: Mapping[str, str],
) -> dict[int, str]:
    """Return the rows of pains of which most people speak in praise, with a category.

    They change together, and with them what else their theme says: one alone would only
    leave those who mean the same.
    """
    pains = [
        i
        for i in in_order(insights)
        if insights[i].kind == "pain" and insights[i].attribute is None
    ]
    people = numbers_of(insights)
    with one_thread():
        clusters = clusters_of(pains, vectors, THRESHOLD_OF_QUOTES, meanings)
        praised = [
            one for one in clusters if any(insights[i].id in praise for i in one)
        ]
    found: dict[int, str] = {}
    for cluster in praised:
        rows = np.array(cluster, dtype=np.int64)
        near = rows[alike(people[rows], by_vectors(vectors[rows]), LIKENESS_OF_QUOTES)]
        own = {
            i: praise[insights[i].id] for i in near.tolist() if insights[i].id in praise
        }
        count = len(np.unique(people[list(own)]))
        if count < _LEAST_PEOPLE or 2 * count <= len(np.unique(people[near])):
            continue
        most = min(Counter(own.values()).items(), key=lambda one: (-one[1], one[0]))[0]
        found |= {i: own.get(i, most) for i in near.tolist()}
    return found


def _winner(group: Sequence[Insight]) -> Kind | None:
    """Return the kind in which more than half of the people were read."""
    people = {one.participant for one in group}
    votes = Counter(kind for kind, _ in {(one.kind, one.participant) for one in group})
    agreed = [
        kind
        for kind, count in votes.items()
        if 2 * count > len(people) and count >= _LEAST_PEOPLE
    ]
    # Two kinds of as many people each settle nothing.
    best = [kind for kind in agreed if votes[kind] == max(votes.values())]
    return best[0] if len(best) == 1 else None


def _category(group: Sequence[Insight], kind: Kind) -> str:
    counts = Counter(one.category for one in group if one.kind == kind)
    return min(counts, key=lambda name: (-counts[name], name))


def _changed(
    insight: Insight,
    kind: Kind,
    category: str,
    told: Told,
    text_hashes: Mapping[str, str],
) -> Insight:
    intensity, signals = told(insight.quotes[0].text, category)
    changed = insight.model_copy(
        update={
            "kind": kind,
            "category": category,
            "intensity": None if kind == "trait" else intensity,
            "signals": () if kind == "trait" else signals,
        }
    )
    new = insight_id(text_hashes[insight.transcript], changed)
    return changed.model_copy(update={"id": new})
