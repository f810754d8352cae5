"""Charts of the library `leather` as SVG that a page can hold.

leather computes scales, ticks and axes. What it writes is then made the page's own:
colours and fonts go, classes come in their place (the style knows light, dark and
paper), figures are rounded, so that the same data give the same bytes, and a title and
a description are put in for those who listen. The library is imported inside the
functions: a report without charts does not need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from math import floor, log10
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from icp_synth.exports.charts.shapes import (
    OURS,
    Drawer,
    Mark,
    Written,
    band,
    marks,
    shape,
    writing,
)
from icp_synth.exports.escaping import show_plain

if TYPE_CHECKING:
    from leather import Chart

_FIGURE = re.compile(r"-?\d+\.\d+(?:E[+-]?\d+)?")
ROW = 40
"""Height of a row of a chart that stands beside a table; the style knows it too."""

ROWS_WIDTH = 340
"""Width of such a chart; it is not scaled, or its rows would leave the table's."""

_MARGIN = 0.05
"""What leather leaves free on every side, as a share of the width."""

_BELOW = 52
"""Height of leather's ticks and name below the plot."""

_LIBRARY = {
    "tick_color": "rail",
    "zero_color": "rail zero",
    "label_color": "tick",
    "axis_title_color": "axis",
}
"""Colours of leather's own theme, and the class that stands for each."""


class Axis(NamedTuple):
    """The range of an axis, its name, its ticks and how they are written."""

    low: float
    high: float
    name: str
    ticks: tuple[float, ...]
    write: Callable[[float], str]


def round_ticks(last: float, most: int = 6) -> tuple[float, ...]:
    """Return multiples of 1, 2 or 5 times a power of ten, from 0 to at most `last`.

    Args:
        last: Where the axis ends, above 0.
        most: Steps at most.

    Example:
        >>> round_ticks(125)
        (0.0, 25.0, 50.0, 75.0, 100.0, 125.0)
        >>> round_ticks(509)
        (0.0, 100.0, 200.0, 300.0, 400.0, 500.0)
    """
    power = 10.0 ** floor(log10(last / most))
    step = next(
        power * one for one in (1, 2, 2.5, 5, 10) if last / (power * one) <= most
    )
    return tuple(round(at * step, 6) for at in range(floor(last / step) + 1))


def available() -> bool:
    """Tell whether the library is installed; tables stand alone where it is not."""
    return find_spec("leather") is not None


def colour(style: str) -> str:
    """Return what stands for a class where leather takes a colour."""
    return f"{OURS}{style}"


def chart_over(across: Axis, up: Axis) -> Chart:
    """Return an empty chart with its two axes."""
    import leather

    chart = leather.Chart()
    chart.set_x_scale(_scale(across))
    chart.set_y_scale(_scale(up))
    chart.add_x_axis(
        ticks=list(across.ticks), tick_formatter=_writer(across), name=across.name
    )
    chart.add_y_axis(ticks=list(up.ticks), tick_formatter=_writer(up), name=up.name)
    return chart


def rows_axis(rows: int) -> Axis:
    """Return the axis of a chart with a numbered row for each row of a table."""
    return Axis(
        low=0.5,
        high=rows + 0.5,
        name="",
        ticks=tuple(float(row) for row in range(1, rows + 1)),
        write=lambda value: str(round(rows + 1 - value)),
    )


def rows_size(rows: int) -> tuple[int, int]:
    """Return width and height of such a chart: each row is `ROW` high."""
    edges = 2 * round(_MARGIN * ROWS_WIDTH)
    return ROWS_WIDTH, edges + _BELOW + ROW * rows


def add_line(
    chart: Chart, points: Sequence[tuple[float, float]], style: str, width: float = 2
) -> None:
    """Draw a line through the points."""
    import leather

    class Line(leather.Line):  # type: ignore[misc]  # the library has no types
        def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
            del series, palette
            return []

    series = leather.Series(list(points))
    chart.add_series(series, Line(stroke_color=colour(style), width=width))


def add_band(
    chart: Chart, points: Sequence[tuple[float, float, float]], style: str
) -> None:
    """Fill the stretch between two heights: (x, low, high) each."""
    _add(chart, [(x, high) for x, _, high in points], band(points, style))


def add_marks(
    chart: Chart, points: Sequence[Mark], texts: Sequence[Written] = ()
) -> None:
    """Draw points with their whiskers and labels, and texts beside them.

    Both are one layer: over several, leather leaves room for a legend.
    """
    _add(chart, [(mark.x, mark.y) for mark in points], marks(points, texts))


def add_words(chart: Chart, texts: Sequence[Written]) -> None:
    """Write texts at points of the chart, or below it."""
    _add(chart, [(one.x, one.y) for one in texts], writing(texts))


def as_svg(
    chart: Chart,
    size: tuple[int, int],
    *,
    key: str,
    title: str,
    about: str,
    below: int = 0,
) -> Markup:
    """Return the chart as an SVG element.

    Args:
        chart: With at least one layer.
        size: Width and height in units of the picture; it is as wide as its place.
        key: Unique in the page; names of its parts begin with it.
        title: What it shows, in words.
        about: What is to be seen in it, in words.
        below: Room for words below the axis, beside the height.
    """
    width, height = size
    root = ElementTree.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {width} {height + below}",
            "role": "img",
            "aria-labelledby": f"{key}-t {key}-d",
        },
    )
    ElementTree.SubElement(root, "title", id=f"{key}-t").text = show_plain(title)
    ElementTree.SubElement(root, "desc", id=f"{key}-d").text = show_plain(about)
    group = chart.to_svg_group(width, height)
    background = group.find("rect")
    if background is not None:
        group.remove(background)
    root.append(group)
    classes = _classes()
    for element in group.iter():
        _make_ours(element, classes)
    _drop_bare(group)
    if group.find(".//a") is not None:
        # An image has no links in it for those who listen.
        root.set("role", "group")
    text = ElementTree.tostring(root, encoding="unicode")
    return Markup(text)  # noqa: S704 - written by ElementTree, which escapes


def _scale(axis: Axis) -> Any:
    """Return a scale that ends where the axis does: leather's own rounds outwards."""
    import leather

    class Exact(leather.Linear):  # type: ignore[misc]  # the library has no types
        def project(self, value: Any, range_min: Any, range_max: Any) -> float:
            share = (float(value) - axis.low) / (axis.high - axis.low)
            return float(range_min) + share * (float(range_max) - float(range_min))

    return Exact(axis.low, axis.high)


def _writer(axis: Axis) -> Callable[[Any, int, int], str]:
    def write(value: Any, index: int, count: int) -> str:
        del index, count
        return axis.write(float(value))

    return write


def _add(chart: Chart, points: Sequence[tuple[float, float]], draw: Drawer) -> None:
    import leather

    chart.add_series(leather.Series(list(points)), shape(draw))


def _classes() -> dict[str, str]:
    from leather import theme

    return {str(getattr(theme, name)): style for name, style in _LIBRARY.items()}


def _make_ours(element: ElementTree.Element, classes: dict[str, str]) -> None:
    for name in ("font-family", "font-size"):
        element.attrib.pop(name, None)
    styles = element.get("class", "").split()
    for name in ("fill", "stroke"):
        value = element.get(name)
        if value is None or value in {"none", "currentColor"}:
            continue
        if value.startswith(OURS):
            styles.append(value.removeprefix(OURS))
        elif value in classes:
            styles.extend(classes[value].split())
        del element.attrib[name]
    if styles:
        element.set("class", " ".join(dict.fromkeys(styles)))
    for name, value in element.attrib.items():
        element.set(name, _FIGURE.sub(_rounded, value))


def _drop_bare(group: ElementTree.Element) -> None:
    """Take out the axes that have no name and no number: they say nothing."""
    for parent in list(group.iter()):
        for axis in list(parent):
            if axis.get("class", "").startswith("axis ") and not any(
                (text.text or "").strip() for text in axis.iter("text")
            ):
                parent.remove(axis)


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found.group()):.1f}"
