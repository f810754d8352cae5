"""Themes in two dimensions: principal components of their centres."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.themes import ThemeMap, ThemePoint
from icp_synth.stages.themes.clusters import one_thread

_DIGITS = 4
_NOTHING = 1e-9


def map_themes(names: Sequence[str], centres: NDArray[np.float64]) -> ThemeMap:
    """Place themes so that near ones stand near one another, as far as that goes.

    Principal components of the centres, which is classical scaling of their Euclidean
    distances. An axis points to where the name with the largest coordinate is (the
    first of equal ones), so that the same themes give the same map.

    Args:
        names: Of the themes; they must differ.
        centres: One a theme, as `theme_centres` gives them, shape (len(names), d).

    Returns:
        Points in the order given, scaled to -1 to 1 by the wider axis, and the share
        of variance that they show. The order of the themes moves no point.

    Source:
        Gower 1966 (Biometrika 53).
    """
    order = sorted(range(len(names)), key=lambda i: names[i])
    rows = centres[order]
    points = np.zeros((len(names), 2))
    share: float | None = None
    if len(names) > 2:
        from scipy.linalg import eigh

        rows = rows - rows.mean(axis=0)
        with one_thread():
            products = rows @ rows.T
            last = len(names) - 1
            values, axes = eigh(products, subset_by_index=[last - 1, last])
        total = float(np.trace(products))
        if total > _NOTHING:
            widths = np.maximum(values[::-1], 0.0)
            points = axes[:, ::-1] * np.sqrt(widths)
            points = np.column_stack([_turned(column) for column in points.T])
            share = round(float(widths.sum()) / total, _DIGITS)
            points /= np.abs(points).max()
    at = {
        names[i]: (round(float(x), _DIGITS) + 0.0, round(float(y), _DIGITS) + 0.0)
        for i, (x, y) in zip(order, points, strict=True)
    }
    return ThemeMap(
        points=tuple(
            ThemePoint(theme=one, x=at[one][0], y=at[one][1]) for one in names
        ),
        share=share,
    )


def _turned(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a coordinate with the sign by which its largest value is positive."""
    largest = int(np.argmax(np.round(np.abs(column), 9)))
    return column if column[largest] >= 0 else -column
