"""The formulas of chance-corrected agreement, for many resamples at once.

Every coefficient here is a function of sums over units, so that a bootstrap draw is
the same function of weighted sums. All arrays have the draws as their first axis;
the data themselves are one draw with weight 1 everywhere. NaN is "undefined".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int64]

Level = Literal["nominal", "ordinal", "interval"]
COEFFICIENTS = ("percent", "kappa", "alpha", "ac1", "pabak")


class UnitSums:
    """What one table of ratings adds to each coefficient, unit by unit.

    Args:
        codes: Category index a rating, -1 where it is missing; shape
            (annotators, units).
        values: The categories as numbers, in the order of the scale; shape (K,).
    """

    def __init__(self, codes: Codes, values: Floats) -> None:
        k = len(values)
        self.values = values
        given = codes >= 0
        # counts[u, c]: annotators who gave unit u the category c.
        counts = (codes[:, :, None] == np.arange(k)).sum(axis=0)
        self.counts = counts.astype(np.float64)
        raters = self.counts.sum(axis=1)
        self.rated = (raters > 0).astype(np.float64)
        self.paired = (raters > 1).astype(np.float64)
        pairs = raters * (raters - 1)
        same = (self.counts * (self.counts - 1)).sum(axis=1)
        self.observed = _divide(same, pairs, fill=0.0)
        self.shares = _divide(self.counts, raters[:, None], fill=0.0)
        # Krippendorff's coincidences: ordered pairs within a unit over raters - 1.
        both = self.counts[:, :, None] * self.counts[:, None, :]
        both -= np.eye(k) * self.counts[:, None, :]
        spare = (raters - 1)[:, None, None]
        self.coincidences = _divide(both, spare, fill=0.0, where=spare > 0)
        # One K x K table of cells for each pair of annotators, unit by unit.
        self.tables = [
            _cells(codes[a], codes[b], given[a] & given[b], k)
            for a in range(len(codes))
            for b in range(a + 1, len(codes))
        ]

    def all(self, weights: Floats, level: Level) -> dict[str, Floats]:
        """Return each coefficient for each draw.

        Args:
            weights: How often a draw holds each unit; shape (draws, units).
            level: Level of measurement for alpha.

        Returns:
            By name of coefficient, an array of shape (draws,).
        """
        percent = _divide(weights @ self.observed, weights @ self.paired)
        evenly = np.full_like(percent, 1 / max(1, len(self.values)))
        return {
            "percent": percent,
            "kappa": self._kappa(weights),
            "alpha": self._alpha(weights, level),
            "ac1": self._ac1(weights, percent),
            "pabak": _corrected(percent, evenly),
        }

    def _kappa(self, weights: Floats) -> Floats:
        """Cohen 1960 a pair of annotators; Light 1971 for the mean over pairs."""
        k = len(self.values)
        each = []
        for cells in self.tables:
            table = (weights @ cells).reshape(len(weights), k, k)
            total = table.sum(axis=(1, 2))
            observed = _divide(np.trace(table, axis1=1, axis2=2), total)
            chance = (table.sum(axis=2) * table.sum(axis=1)).sum(axis=1)
            each.append(_corrected(observed, _divide(chance, total * total)))
        pairs = np.stack(each)
        known = ~np.isnan(pairs)
        return _divide(np.where(known, pairs, 0.0).sum(axis=0), known.sum(axis=0))

    def _alpha(self, weights: Floats, level: Level) -> Floats:
        """Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", D."""
        k = len(self.values)
        units = self.coincidences.reshape(len(self.coincidences), k * k)
        table = (weights @ units).reshape(len(weights), k, k)
        totals = table.sum(axis=2)
        n = totals.sum(axis=1)
        distance = _distances(totals, self.values, level)
        observed = (table * distance).sum(axis=(1, 2))
        expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
        return 1 - _divide((n - 1) * observed, expected)

    def _ac1(self, weights: Floats, percent: Floats) -> Floats:
        """Gwet 2008, equations 7 and 8; categories of the scale count unused too."""
        k = len(self.values)
        if k < 2:
            return np.full(len(weights), np.nan)
        rated = weights @ self.rated
        shares = _divide(weights @ self.shares, rated[:, None])
        return _corrected(percent, (shares * (1 - shares)).sum(axis=1) / (k - 1))


def _cells(first: Codes, second: Codes, both: NDArray[np.bool_], k: int) -> Floats:
    cells = np.zeros((len(first), k * k))
    rows = np.flatnonzero(both)
    cells[rows, first[rows] * k + second[rows]] = 1.0
    return cells


def _distances(totals: Floats, values: Floats, level: Level) -> Floats:
    """Return squared differences of categories; shape (draws or 1, K, K)."""
    k = len(values)
    if level == "nominal":
        return 1 - np.eye(k)[None]
    if level == "interval":
        return np.asarray((values[:, None] - values[None, :]) ** 2)[None]
    # Ordinal: what lies between two categories, half of each end counted. That is
    # the difference of their mid-ranks in the draw.
    middle = np.cumsum(totals, axis=1) - totals / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)


def _corrected(observed: Floats, chance: Floats) -> Floats:
    """Return (observed - chance) / (1 - chance); undefined at chance 1."""
    room = np.where(1 - chance < 1e-12, 0.0, 1 - chance)
    return _divide(observed - chance, room)


def _divide(
    top: NDArray[np.float64],
    bottom: NDArray[np.float64] | NDArray[np.int64],
    *,
    fill: float = np.nan,
    where: NDArray[np.bool_] | None = None,
) -> Floats:
    out = np.full(np.broadcast_shapes(top.shape, bottom.shape), fill)
    defined = bottom != 0 if where is None else where
    np.divide(top, bottom, out=out, where=defined)
    return out
