"""Themes in two dimensions, near ones near one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median, quantiles

from markupsafe import Markup

from icp_synth.domain.themes import ThemeMap
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.charts.labels import shortened
from icp_synth.exports.charts.shapes import Mark
from icp_synth.exports.formatting import percent
from icp_synth.exports.words import Words

MOST = 30
NAMED = 7
"""Themes whose names stand on the map; the list beside it names all."""

LITTLE = 0.2
"""Share of the differences under which the map is said to show little."""

REACH = 2.5
"""Interquartile ranges around the median within which the themes are drawn."""

WIDTH = 880
_EDGE = 24
_LOWEST = 260
_HIGHEST = 600
_LARGEST = 15.0
_NAME = 26
_LEAST = 3


@dataclass(frozen=True)
class PlaneShown:
    """The picture, how much of the likeness it shows, and the themes by number.

    Attributes:
        little: So little of it that nearness hardly means anything.
    """

    picture: Markup
    note: str
    little: bool
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
    note = words("plane.share", share=share) if share else words("plane.no_share")
    known = {one.theme.id: points[one.theme.id] for _, one in shown}
    drawn = _nearer(known)
    if drawn != known:
        note += ("" if words.language == "zh" else " ") + words("plane.nearer")
    return PlaneShown(
        picture=_picture(shown, drawn, words),
        note=note,
        little=found.share is not None and found.share < LITTLE,
        rows=tuple(shown),
    )


def _picture(
    shown: Sequence[tuple[int, ThemeShown]],
    points: Mapping[str, tuple[float, float]],
    words: Words,
) -> Markup:
    across, up, size = _frame([points[one.theme.id] for _, one in shown])
    chart = drawing.chart_over(across, up)
    most = max(one.theme.n for _, one in shown)
    drawing.add_marks(
        chart,
        [
            Mark(
                *points[one.theme.id],
                low=None,
                high=None,
                label=_label(number, one),
                short=str(number),
                style=f"kind {one.theme.kind}",
                # The area, not the width, is as large as the number of people.
                radius=_LARGEST * sqrt(one.theme.n / most),
                href=f"#{one.anchor}",
                about=_about(number, one, words),
            )
            # Large ones first, so that small ones lie on top of them.
            for number, one in shown
        ],
    )
    return drawing.as_svg(
        chart,
        size,
        key="plane-chart",
        title=words("plane.title"),
        about=words("plane.about", n=len(shown)),
    )


def _label(number: int, one: ThemeShown) -> str:
    """Return the number, with the name of the largest ones."""
    if number > NAMED:
        return str(number)
    return f"{number} {shortened(one.said.text, _NAME)}"


def _about(number: int, one: ThemeShown, words: Words) -> str:
    people = words("count.of_people", k=one.theme.n, n=one.theme.of)
    return f"{number} {one.said.text}{words.aside(people)}"


def _nearer(
    points: Mapping[str, tuple[float, float]],
) -> dict[str, tuple[float, float]]:
    """Return the points, those far from all others no farther than `REACH`.

    One theme that is unlike all others would press the rest into a knot. The axes
    have no meaning of their own, so that nothing is misread by its distance.
    """
    across, up = (_reach([one[axis] for one in points.values()]) for axis in (0, 1))
    return {
        name: (_within(x, across), _within(y, up)) for name, (x, y) in points.items()
    }


def _reach(values: Sequence[float]) -> tuple[float, float]:
    """Return from where to where values are drawn; all where half of them are one."""
    low, _, high = quantiles(values, n=4, method="inclusive")
    if low == high:
        return min(values), max(values)
    middle, far = median(values), REACH * (high - low)
    return middle - far, middle + far


def _within(value: float, reach: tuple[float, float]) -> float:
    return min(max(value, reach[0]), reach[1])


def _frame(
    places: Sequence[tuple[float, float]],
) -> tuple[drawing.Axis, drawing.Axis, tuple[int, int]]:
    """Return both axes on one scale, as far as the points reach, and the size."""
    (left, right), (low, high) = (
        (min(values), max(values)) for values in zip(*places, strict=True)
    )
    wide, tall = right - left or 1.0, high - low or 1.0
    inner = WIDTH - 2 * _EDGE
    height = min(max(inner * tall / wide, _LOWEST), _HIGHEST)
    unit = max(wide / inner, tall / height)
    axes = [
        drawing.Axis(middle - half, middle + half, "", (0.0,), lambda _: "")
        for middle, half in (
            ((left + right) / 2, unit * WIDTH / 2),
            ((low + high) / 2, unit * (height + 2 * _EDGE) / 2),
        )
    ]
    return axes[0], axes[1], (WIDTH, round(height + 2 * _EDGE))
