"""How alike people are: weighted Jaccard over what holds for them.

One table holds themes (a person is in them or not), topics that a person comes back
to, and profile facts: a category is its word, a number the band that it falls into
(`icp_synth.stages.facts`). Banding makes a number a feature like the others, which is
Gower's way of mixing kinds with a step for a slope: 40 and 45 people are one band, 40
and 400 are two, and who did not say is unlike nobody for it. What two people both
lack counts nothing: silence in an interview is no likeness.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_FEATURES = 2


class Table(NamedTuple):
    """Who has what, as far as at least two people have it.

    Attributes:
        people: Sorted; those with at least two shared features.
        has: 1 where a person has a feature, shape (people, features).
        weights: One a feature: `ln((n + 1) / people who have it)`.
        sources: One a feature: the number of the source that it comes from.
    """

    people: tuple[str, ...]
    has: Floats
    weights: Floats
    sources: NDArray[np.int64]


def table_of(
    features: Mapping[str, frozenset[str]], sources: Mapping[str, str] | None = None
) -> Table:
    """Return the table of those who share at least two things with others.

    Args:
        features: Participant → names of what holds for them.
        sources: Feature → what it comes from; features of one source are resampled
            together. By default each is its own.
    """
    holders = Counter(one for has in features.values() for one in has)
    people = tuple(
        sorted(
            name
            for name, has in features.items()
            if sum(holders[one] > 1 for one in has) >= LEAST_FEATURES
        )
    )
    counts = Counter(one for name in people for one in features[name])
    names = sorted(one for one, n in counts.items() if n > 1)
    column = {one: i for i, one in enumerate(names)}
    has = np.zeros((len(people), len(names)))
    for row, name in enumerate(people):
        for one in features[name]:
            if one in column:
                has[row, column[one]] = 1.0
    weights = np.array([math.log((len(people) + 1) / counts[one]) for one in names])
    given = [(sources or {}).get(one, one) for one in names]
    number = {source: i for i, source in enumerate(sorted(set(given)))}
    return Table(
        people=people,
        has=has,
        weights=weights,
        sources=np.array([number[source] for source in given], dtype=np.int64),
    )


def distances_of(has: Floats, weights: Floats) -> Floats:
    """Return weighted Jaccard distances, shape (people, people)."""
    both = (has * weights) @ has.T
    own = has @ weights
    either = own[:, None] + own[None, :] - both
    distances = 1.0 - np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    np.fill_diagonal(distances, 0.0)
    rounded: Floats = np.round(distances, 9)
    return rounded
