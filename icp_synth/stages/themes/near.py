"""How alike themes are in what their people said around the quotes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.insights import Insight
from icp_synth.stages.themes.clusters import one_thread
from icp_synth.stages.themes.groups import ThemeGroup

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_DIGITS = 6
_NOTHING = 1e-9

Floats = NDArray[np.float64]


def nearness(
    themes: Sequence[ThemeGroup], around: Mapping[str, Collection[str]]
) -> Floats:
    """Return how alike themes are, in standard deviations over all their pairs.

    Each insight is a vector of the matters around it, rare ones weighing more, less
    the mean of all. Two themes are as alike as these vectors of different people are:
    what one person says of both is no sign that they belong together.

    Args:
        themes: Whose insights are keys of `around`.
        around: Insight → matters named in and beside its quotes.

    Returns:
        Shape (themes, themes), symmetric; 0 is how alike two themes mostly are. All
        are infinite where pairs do not differ, as of two themes: nothing tells them
        apart from others.
    """
    said = [one for theme in themes for one in theme.insights]
    people = {
        name: i for i, name in enumerate(sorted({one.participant for one in said}))
    }
    theme = np.repeat(np.arange(len(themes)), [len(one.insights) for one in themes])
    person = np.array([people[one.participant] for one in said], dtype=np.int64)
    with one_thread():
        vectors = _vectors(said, around)
        mean = np.asarray(vectors.mean(axis=0)).ravel()
        every = _products(vectors, theme, mean, len(themes))
        lengths = np.sqrt(np.maximum(np.diag(every), 0.0))
        for one in range(len(people)):
            own = person == one
            places, of_own = np.unique(theme[own], return_inverse=True)
            every[np.ix_(places, places)] -= _products(
                vectors[own], of_own, mean, len(places)
            )
    cosines = every / np.maximum(np.outer(lengths, lengths), _NOTHING)
    return _standard(np.round(cosines, _DIGITS))


def _vectors(
    said: Sequence[Insight], around: Mapping[str, Collection[str]]
) -> csr_array:
    """Return a row of length 1 for each insight; zeros where it shares no matter."""
    from scipy.sparse import csr_array

    naming = Counter(matter for one in said for matter in around[one.id])
    shared = sorted(matter for matter, times in naming.items() if times > 1)
    column = {matter: i for i, matter in enumerate(shared)}
    rows, columns, weights = [], [], []
    for row, one in enumerate(said):
        own = sorted(matter for matter in around[one.id] if matter in column)
        rarity = [math.log(len(said) / naming[matter]) for matter in own]
        length = math.hypot(*rarity)
        if length > _NOTHING:
            rows += [row] * len(own)
            columns += [column[matter] for matter in own]
            weights += [one / length for one in rarity]
    return csr_array(
        (np.array(weights, np.float64), (rows, columns)), shape=(len(said), len(column))
    )


def _products(
    vectors: csr_array, theme: NDArray[np.int64], mean: Floats, count: int
) -> Floats:
    """Return the dot products of the themes' sums, shape (count, count).

    The mean is taken off here and not from the rows, which would fill them.

    Args:
        vectors: A row an insight.
        theme: The number of each one's theme.
        mean: What is taken off each row.
        count: Of themes.
    """
    from scipy.sparse import csr_array

    n = len(theme)
    member = csr_array((np.ones(n), (theme, np.arange(n))), shape=(count, n))
    sums = member @ vectors
    sizes = np.bincount(theme, minlength=count).astype(np.float64)
    to_mean = np.outer(np.asarray(sums @ mean), sizes)
    products: Floats = (sums @ sums.T).toarray() - to_mean - to_mean.T
    products += np.outer(sizes, sizes) * float(mean @ mean)
    return products


def _standard(cosines: Floats) -> Floats:
    pairs = cosines[np.triu_indices(len(cosines), 1)]
    width = float(pairs.std()) if len(pairs) else 0.0
    if width < _NOTHING:
        return np.full_like(cosines, np.inf)
    standard: Floats = np.round((cosines - pairs.mean()) / width, _DIGITS)
    return standard
