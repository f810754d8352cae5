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
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree

from markupsafe import Markup

from icp_synth.exports.charts.labels import Circle, apart
from icp_synth.exports.escaping import show_plain

if TYPE_CHECKING:
    from leather import Chart

_FIGURE = re.compile(r"-?\d+\.\d+(?:E[+-]?\d+)?")
_OURS = "as-"
"""How a class is given where leather wants a colour."""

ROW = 36
"""Height of a row of a chart that stands beside a table; the style knows it too."""

ROWS_WIDTH = 400
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


class Mark(NamedTuple):
    """A point with a whisker and a label; `low` and `high` are along x."""

    x: float
    y: float
    low: float | None
    high: float | None
    label: str
    style: str
    radius: float = 4.5


class Axis(NamedTuple):
    """The range of an axis, its name, its ticks and how they are written."""

    low: float
    high: float
    name: str
    ticks: tuple[float, ...]
    write: Callable[[float], str]


def available() -> bool:
    """Tell whether the library is installed; tables stand alone where it is not."""
    return find_spec("leather") is not None


def colour(style: str) -> str:
    """Return what stands for a class where leather takes a colour."""
    return f"{_OURS}{style}"


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
    shape = _shape(_band_drawer(points, style))
    _add(chart, [(x, high) for x, _, high in points], shape)


def add_marks(chart: Chart, marks: Sequence[Mark]) -> None:
    """Draw points with their whiskers and labels."""
    shape = _shape(_mark_drawer(marks))
    _add(chart, [(mark.x, mark.y) for mark in marks], shape)


def as_svg(
    chart: Chart, size: tuple[int, int], *, key: str, title: str, about: str
) -> Markup:
    """Return the chart as an SVG element.

    Args:
        chart: With at least one layer.
        size: Width and height in units of the picture; it is as wide as its place.
        key: Unique in the page; names of its parts begin with it.
        title: What it shows, in words.
        about: What is to be seen in it, in words.
    """
    width, height = size
    root = ElementTree.Element(
        "svg",
        {
            "class": "chart",
            "viewBox": f"0 0 {width} {height}",
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


def _add(chart: Chart, points: Sequence[tuple[float, float]], shape: Any) -> None:
    import leather

    chart.add_series(leather.Series(list(points)), shape)


Drawer = Callable[
    [ElementTree.Element, Callable[[float], str], Callable[[float], str]], None
]


def _shape(draw: Drawer) -> Any:
    """Return a shape of leather's that calls `draw` with the two projections."""
    from leather.shapes import Shape

    class Ours(Shape):  # type: ignore[misc]  # the library has no types
        def validate_series(self, series: Any) -> None:
            del series

        def legend_to_svg(self, series: Any, palette: Any) -> list[Any]:
            del series, palette
            return []

        def to_svg(
            self,
            width: float,
            height: float,
            x_scale: Any,
            y_scale: Any,
            series: Any,
            palette: Any,
        ) -> ElementTree.Element:
            del series, palette
            group = ElementTree.Element("g")
            draw(
                group,
                lambda x: f"{float(x_scale.project(x, 0, width)):.1f}",
                lambda y: f"{float(y_scale.project(y, height, 0)):.1f}",
            )
            return group

    return Ours()


def _band_drawer(points: Sequence[tuple[float, float, float]], style: str) -> Drawer:
    def draw(
        group: ElementTree.Element,
        across: Callable[[float], str],
        up: Callable[[float], str],
    ) -> None:
        there = [f"{across(x)} {up(high)}" for x, _, high in points]
        back = [f"{across(x)} {up(low)}" for x, low, _ in reversed(points)]
        path = f"M{'L'.join([*there, *back])}Z"
        ElementTree.SubElement(group, "path", {"d": path, "class": style})

    return draw


def _mark_drawer(marks: Sequence[Mark]) -> Drawer:
    def draw(
        group: ElementTree.Element,
        across: Callable[[float], str],
        up: Callable[[float], str],
    ) -> None:
        for mark in marks:
            x, y = across(mark.x), up(mark.y)
            if mark.low is not None and mark.high is not None:
                ends = {"x1": across(mark.low), "x2": across(mark.high)}
                line = {"y1": y, "y2": y, "class": f"whisker {mark.style}"}
                ElementTree.SubElement(group, "line", {**ends, **line})
            dot = {"cx": x, "cy": y, "r": f"{mark.radius:.1f}"}
            ElementTree.SubElement(
                group, "circle", {**dot, "class": f"mark {mark.style}"}
            )
        _label(group, [mark for mark in marks if mark.label], across, up)

    return draw


def _label(
    group: ElementTree.Element,
    marks: Sequence[Mark],
    across: Callable[[float], str],
    up: Callable[[float], str],
) -> None:
    """Write the labels beside the circles, a line to those that had to go far."""
    circles = [
        Circle(float(across(one.x)), float(up(one.y)), one.radius, len(one.label))
        for one in marks
    ]
    for mark, circle, place in zip(marks, circles, apart(circles), strict=True):
        x, y = f"{place.x:.1f}", f"{place.y:.1f}"
        if place.led:
            ends = {"x1": f"{circle.x:.1f}", "y1": f"{circle.y:.1f}", "x2": x, "y2": y}
            ElementTree.SubElement(group, "line", {**ends, "class": "leader"})
        at = {"x": x, "y": y, "dy": "4", "text-anchor": "middle", "class": "tick"}
        ElementTree.SubElement(group, "text", at).text = show_plain(mark.label)


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
        if value.startswith(_OURS):
            styles.append(value.removeprefix(_OURS))
        elif value in classes:
            styles.extend(classes[value].split())
        del element.attrib[name]
    if styles:
        element.set("class", " ".join(dict.fromkeys(styles)))
    for name, value in element.attrib.items():
        element.set(name, _FIGURE.sub(_rounded, value))


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found.group()):.1f}"
