"""Which quotes share more than one word: two words that carry matter, or a concept.

Quotes that share a single word mostly share nothing else: "I can't even think of one"
and "even the covers" are no theme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.embedding.named import matters_in

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_OFTEN = 0.04
"""A concept of more than this share of the quotes is the study's own topic."""

_TOPIC = 20
"""Quotes that name it, at least: in a dozen quotes a theme of four is no topic."""

_LEAST = 2
"""Words that two quotes share, at least; a concept counts as both."""

_APART = 1.0
"""Distance of two quotes that share no meaning: as far as any two unlike ones."""

Distances = NDArray[np.float64]


def too_often(quotes: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the concepts that so many quotes name that they tell none apart."""
    naming = Counter(name for one in quotes for name in one if name[0] == "#")
    many = max(_OFTEN * len(quotes), _TOPIC)
    return frozenset(name for name, times in naming.items() if times > many)


def apart(distances: Distances, pairs: NDArray[np.bool_]) -> None:
    """Move quotes that share no meaning far apart, in place."""
    np.maximum(distances, _APART, out=distances, where=~pairs)


class Meanings(NamedTuple):
    """What the quotes of a study are about.

    Attributes:
        held: 1 where a quote is about a matter, and the square root of 2 for a concept
            that tells quotes apart; shape (quotes, matters).
    """

    held: csr_array

    def pairs(self, rows: Sequence[int]) -> NDArray[np.bool_]:
        """Return which of some quotes share a concept or two other matters.

        Returns:
            Shape (rows, rows), symmetric; True on the diagonal.
        """
        some = self.held[np.asarray(rows, np.int64)]
        found: NDArray[np.bool_] = (some @ some.T).toarray() > _LEAST - 0.5
        np.fill_diagonal(found, val=True)
        return found


def meanings_of(quotes: Sequence[str]) -> Meanings:
    """Return what quotes are about, each row one."""
    from scipy.sparse import csr_array

    found = [matters_in(text) for text in quotes]
    often = too_often(found)
    names = sorted({name for one in found for name in one})
    column = {name: at for at, name in enumerate(names)}
    rows = [row for row, one in enumerate(found) for _ in one]
    columns = [column[name] for one in found for name in sorted(one)]
    # Narrow numbers: the pairs of 3,000 quotes take 72 MB in wide ones.
    weight = np.array(
        [_LEAST if one[0] == "#" and one not in often else 1 for one in names],
        np.float32,
    )
    held = csr_array(
        (np.sqrt(weight[columns]), (rows, columns)), shape=(len(found), len(names))
    )
    return Meanings(held)
