"""What is drawn in a chart beside the library's lines: bands, marks, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree

from icp_synth.exports.charts.labels import (
    HEIGHT,
    Area,
    Circle,
    Label,
    apart,
    text_width,
)
from icp_synth.exports.escaping import show_plain

OURS = "as-"
"""How a class is given where leather wants a colour."""

_HALF = HEIGHT / 2


class Mark(NamedTuple):
    """A point with a whisker and a label; `low` and `high` are along x.

    `short` is the label where there is no room for the whole beside it. `href` and
    `about`, where given, are where it leads and what it says to those who
    point at it.
    """

    x: float
    y: float
    low: float | None
    high: float | None
    label: str
    style: str
    radius: float = 4.5
    short: str = ""
    href: str = ""
    about: str = ""


class Written(NamedTuple):
    """A text at a point; `anchor` is `start`, `middle` or `end`."""

    x: float
    y: float
    text: str
    anchor: str
    style: str = "axis"
    down: float = 0


class Canvas(NamedTuple):
    """What is drawn into, its size, and the projections of both axes."""

    group: ElementTree.Element
    width: float
    height: float
    across: Callable[[float], str]
    up: Callable[[float], str]


Drawer = Callable[[Canvas], None]


def shape(draw: Drawer) -> Any:
    """Return a shape of leather's that calls `draw` with the place to draw in."""
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
            canvas = Canvas(
                group,
                width,
                height,
                lambda x: f"{float(x_scale.project(x, 0, width)):.1f}",
                lambda y: f"{float(y_scale.project(y, height, 0)):.1f}",
            )
            draw(canvas)
            return group

    return Ours()


def band(points: Sequence[tuple[float, float, float]], style: str) -> Drawer:
    """Return what fills the stretch between two heights: (x, low, high) each."""

    def draw(on: Canvas) -> None:
        there = [f"{on.across(x)} {on.up(high)}" for x, _, high in points]
        back = [f"{on.across(x)} {on.up(low)}" for x, low, _ in reversed(points)]
        path = f"M{'L'.join([*there, *back])}Z"
        ElementTree.SubElement(on.group, "path", {"d": path, "class": style})

    return draw


def marks(all_of_them: Sequence[Mark], texts: Sequence[Written] = ()) -> Drawer:
    """Return what draws points with their whiskers and labels, and texts."""

    def draw(on: Canvas) -> None:
        for mark in all_of_them:
            x, y = on.across(mark.x), on.up(mark.y)
            into = _linked(on.group, mark)
            if mark.low is not None and mark.high is not None:
                ends = {"x1": on.across(mark.low), "x2": on.across(mark.high)}
                line = {"y1": y, "y2": y, "class": f"whisker {mark.style}"}
                ElementTree.SubElement(into, "line", {**ends, **line})
            dot = {"cx": x, "cy": y, "r": f"{mark.radius:.1f}"}
            ElementTree.SubElement(
                into, "circle", {**dot, "class": f"mark {mark.style}"}
            )
        _label([mark for mark in all_of_them if mark.label], on)
        writing(texts)(on)

    return draw


def writing(texts: Sequence[Written]) -> Drawer:
    """Return what writes texts at points of the chart."""

    def draw(on: Canvas) -> None:
        for one in texts:
            at = {
                "x": on.across(one.x),
                "y": on.up(one.y),
                "dy": f"{one.down:g}",
                "text-anchor": one.anchor,
                "class": one.style,
            }
            ElementTree.SubElement(on.group, "text", at).text = show_plain(one.text)

    return draw


def _linked(group: ElementTree.Element, mark: Mark) -> ElementTree.Element:
    """Return what a mark is drawn into: a link where it leads somewhere."""
    if not mark.href:
        return group
    link = ElementTree.SubElement(group, "a", href=mark.href)
    ElementTree.SubElement(link, "title").text = show_plain(mark.about)
    return link


def _label(marked: Sequence[Mark], on: Canvas) -> None:
    """Write the labels beside the circles, a line to those that had to go far."""
    labels = [mark.label for mark in marked]
    circles, places = _placed(marked, labels, on)
    if any(
        place.led and mark.short for mark, place in zip(marked, places, strict=True)
    ):
        labels = [
            mark.short if place.led and mark.short else mark.label
            for mark, place in zip(marked, places, strict=True)
        ]
        circles, places = _placed(marked, labels, on)
    for at, (mark, text) in enumerate(zip(marked, labels, strict=True)):
        circle, place = circles[at], places[at]
        if place.led:
            # As far as the label's edge, or the line would go through its words.
            half = circle.width / 2
            ends = {
                "x1": f"{circle.x:.1f}",
                "y1": f"{circle.y:.1f}",
                "x2": f"{min(max(circle.x, place.x - half), place.x + half):.1f}",
                "y2": f"{min(max(circle.y, place.y - _HALF), place.y + _HALF):.1f}",
            }
            ElementTree.SubElement(on.group, "line", {**ends, "class": "leader"})
        x, anchor = _held(circle, place)
        there = {"x": f"{x:.1f}", "y": f"{place.y:.1f}", "dy": "4"}
        style = {"text-anchor": anchor, "class": "tick"}
        into = _linked(on.group, mark)
        ElementTree.SubElement(into, "text", {**there, **style}).text = show_plain(text)


def _held(circle: Circle, place: Label) -> tuple[float, str]:
    """Return where a text is held: at the end that is nearest to its circle.

    How wide it comes out is only guessed.
    """
    half = circle.width / 2
    if place.x - half >= circle.x:
        return place.x - half, "start"
    if place.x + half <= circle.x:
        return place.x + half, "end"
    return place.x, "middle"


def _placed(
    marked: Sequence[Mark], labels: Sequence[str], on: Canvas
) -> tuple[list[Circle], tuple[Label, ...]]:
    circles = [
        Circle(
            float(on.across(mark.x)),
            float(on.up(mark.y)),
            mark.radius,
            text_width(show_plain(label)),
        )
        for mark, label in zip(marked, labels, strict=True)
    ]
    return circles, apart(circles, Area(on.width, on.height))
