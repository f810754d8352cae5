"""The exact twin: every vector against every query, in NumPy.

It is the fallback when chroma is missing or broken, the last word on scores and ties
when it is not, and the oracle of the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from icp_synth.index.corpus import Corpus, Entry, Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS = 8192
"""Rows a slice: bounds the memory of the float64 copy."""

_PLACES = 6
"""Decimals of a score: the order must not hang on how a sum was grouped."""


def rank(
    corpus: Corpus,
    queries: NDArray[np.float32],
    *,
    among: Sequence[Entry],
    limit: int,
) -> tuple[tuple[Hit, ...], ...]:
    """Return the best entries for each query, by score, then id.

    Args:
        corpus: Where vectors and texts come from.
        queries: Unit vectors, shape (m, dimension).
        among: The entries that may be found.
        limit: Most hits a query.
    """
    if not among or limit < 1:
        return ((),) * len(queries)
    ordered = sorted(among)
    scores = _scores(corpus, queries, [entry.id for entry in ordered])
    return tuple(_best(corpus, ordered, line, limit) for line in scores)


def _scores(
    corpus: Corpus, queries: NDArray[np.float32], ids: Sequence[str]
) -> NDArray[np.float64]:
    """Return rounded cosines, shape (m, len(ids))."""
    import numpy as np

    wide = queries.astype(np.float64)
    parts = [
        wide @ corpus.vectors(ids[at : at + _ROWS]).astype(np.float64).T
        for at in range(0, len(ids), _ROWS)
    ]
    whole: NDArray[np.float64] = np.concatenate(parts, axis=1)
    return whole.round(_PLACES) + 0.0  # no negative zero


def _best(
    corpus: Corpus, ordered: Sequence[Entry], scores: NDArray[np.float64], limit: int
) -> tuple[Hit, ...]:
    import numpy as np

    order = np.argsort(-scores, kind="stable")[:limit]
    return tuple(
        Hit(
            passage=entry.id,
            transcript=entry.transcript,
            participant=entry.participant,
            start=entry.start,
            end=entry.end,
            text=corpus.text(entry),
            score=float(scores[at]),
        )
        for at in order.tolist()
        for entry in (ordered[at],)
    )
