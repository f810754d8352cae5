"""Themes in two dimensions, near ones near one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from icp_synth.domain.themes import ThemeMap
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.formatting import percent
from icp_synth.exports.words import Words

MOST = 30
_LEAST = 3


@dataclass(frozen=True)
class PlaneShown:
    """The picture, how much of the likeness it shows, and the themes by number."""

    picture: Markup
    note: str
    rows: tuple[tuple[int, ThemeShown], ...]


def plane_shown(
    found: ThemeMap, themes: Sequence[ThemeShown], words: Words
) -> PlaneShown | None:
    """Return the map of the shown themes, most people first.

    None for under three themes, and where charts cannot be drawn.
    """
    points: Mapping[str, tuple[float, float]] = {
        one.theme: (one.x, one.y) for one in found.points
    }
    placed = [one for one in themes if one.theme.id in points]
    placed.sort(key=lambda one: (-one.theme.n, one.theme.id))
    shown = list(enumerate(placed[:MOST], start=1))
    if len(shown) < _LEAST or not drawing.available():
        return None
    share = "" if found.share is None else percent(found.share)
    return PlaneShown(
        picture=_picture(shown, points, words),
        note=words("plane.share", share=share) if share else words("plane.no_share"),
        rows=tuple(shown),
    )


def _picture(
    shown: Sequence[tuple[int, ThemeShown]],
    points: Mapping[str, tuple[float, float]],
    words: Words,
) -> Markup:
    places = [points[one.theme.id] for _, one in shown]
    chart = drawing.chart_over(
        _blank([x for x, _ in places]), _blank([y for _, y in places])
    )
    most = max(one.theme.n for _, one in shown)
    drawing.add_marks(
        chart,
        [
            drawing.Mark(
                *points[one.theme.id],
                low=None,
                high=None,
                label=str(number),
                style=f"kind {one.theme.kind}",
                radius=3 + 9 * sqrt(one.theme.n / most),
            )
            # Large ones first, so that small ones lie on top of them.
            for number, one in shown
        ],
    )
    return drawing.as_svg(
        chart,
        (560, 560),
        key="plane-chart",
        title=words("plane.title"),
        about=words("plane.about", n=len(shown)),
    )


def _blank(values: Sequence[float]) -> drawing.Axis:
    """Return an axis without ticks as far as the points reach; zero lies on it."""
    low, high = min(*values, 0.0), max(*values, 0.0)
    edge = 0.08 * (high - low) or 1.0
    return drawing.Axis(low - edge, high + edge, "", (0.0,), lambda _: "")
