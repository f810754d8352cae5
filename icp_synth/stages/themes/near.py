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
        every = _products(vectors, theme, np.zeros_like(theme), mean)
        lengths = np.sqrt(np.maximum(np.diag(every), 0.0))
        every -= _products(vectors, theme, person, mean)
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
    vectors: csr_array,
    theme: NDArray[np.int64],
    part: NDArray[np.int64],
    mean: Floats,
) -> Floats:
    """Return the dot products of the themes' sums, shape (themes, themes).

    The mean is taken off here and not from the rows, which would fill them.

    Args:
        vectors: A row an insight.
        theme: The number of each one's theme.
        part: The number of the part that it belongs to: products are those within
            parts, summed.
        mean: What is taken off each row.
    """
    from scipy.sparse import csr_array

    rows = vectors.tocoo()
    count, parts, wide = int(theme.max()) + 1, int(part.max()) + 1, len(mean)
    # A part has columns of its own, so that only what is in one meets.
    sums = csr_array(
        (rows.data, (theme[rows.row], part[rows.row] * wide + rows.col)),
        shape=(count, parts * wide),
    )
    sizes = csr_array((np.ones(len(theme)), (theme, part)), shape=(count, parts))
    on_mean = np.asarray(vectors @ mean)
    to_mean = csr_array((on_mean, (theme, part)), shape=(count, parts))
    crossed = (to_mean @ sizes.T).toarray()
    products: Floats = (sums @ sums.T).toarray() - crossed - crossed.T
    products += (sizes @ sizes.T).toarray() * float(mean @ mean)
    return products


def _standard(cosines: Floats) -> Floats:
    pairs = cosines[np.triu_indices(len(cosines), 1)]
    width = float(pairs.std()) if len(pairs) else 0.0
    if width < _NOTHING:
        return np.full_like(cosines, np.inf)
    standard: Floats = np.round((cosines - pairs.mean()) / width, _DIGITS)
    return standard
