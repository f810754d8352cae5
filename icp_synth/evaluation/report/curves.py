"""Curves over thresholds: points of result.json as paths of a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from icp_synth.evaluation.report.figures import metric_label
from icp_synth.exports.words import Words

LEFT, RIGHT, TOP, BOTTOM = 34.0, 262.0, 12.0, 208.0
"""Edges of the field, in the picture's own units (360 by 240)."""

_TICKS = 5


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what it says."""

    at: str
    text: str


@dataclass(frozen=True)
class Trace:
    """One line of a picture.

    Attributes:
        name: In words.
        path: `d` of an SVG path; points without a value interrupt it.
        end: Height at which its name stands.
        points: (x, y) in figures, for the table.
        dash: Which of the dash patterns it has.
    """

    name: str
    path: str
    end: str
    points: tuple[tuple[str, str], ...]
    dash: int


@dataclass(frozen=True)
class Chart:
    """The curves of one model in one mode, on one pair of axes.

    `used` is the threshold that the run's figures rest on, None where it is not known
    or not on the axis.
    """

    title: str
    axis: str
    used: Tick | None
    traces: tuple[Trace, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


Point = tuple[float, float | None]


def charts(
    curves: Sequence[Mapping[str, Any]], words: Words, used: Mapping[str, float]
) -> tuple[Chart, ...]:
    """Return one picture for each model and mode.

    Args:
        curves: `name`, `mode`, `model` and `points`, pairs of threshold and value
            (0 to 1, or None); curves without points are left out.
        words: Of the page.
        used: By mode the threshold that the figures rest on.
    """
    filled = [curve for curve in curves if curve["points"]]

    def group(curve: Mapping[str, Any]) -> tuple[str, str]:
        return (curve["model"], curve["mode"])

    ordered = sorted(filled, key=group)
    return tuple(
        _chart(model, mode, list(members), words, used.get(mode))
        for (model, mode), members in groupby(ordered, key=group)
    )


def _chart(
    model: str,
    mode: str,
    members: Sequence[Mapping[str, Any]],
    words: Words,
    used: float | None,
) -> Chart:
    all_points = [_points(curve) for curve in members]
    xs = [x for points in all_points for x, _ in points]
    low, high = min(xs), max(xs)
    width = (high - low) or 1.0
    ends = _apart([_y(_last(points)) for points in all_points])
    traces = tuple(
        _trace(curve, points, (low, width), end, number, words)
        for number, (curve, points, end) in enumerate(
            zip(members, all_points, ends, strict=True)
        )
    )
    mark = None
    if used is not None and low <= used <= high:
        mark = Tick(f"{_x(used, low, width):.1f}", f"{used:.2f}")
    across = [low + width * step / (_TICKS - 1) for step in range(_TICKS)]
    return Chart(
        title=f"{model} · {words.named('curve', mode)}",
        axis=words.named("curve", mode),
        used=mark,
        traces=traces,
        across=tuple(Tick(f"{_x(x, low, width):.1f}", f"{x:.2f}") for x in across),
        up=tuple(
            Tick(f"{_y(y / 4):.1f}", f"{y / 4:.2f}".rstrip("0").rstrip("."))
            for y in range(5)
        ),
    )


def _points(curve: Mapping[str, Any]) -> list[Point]:
    return sorted((float(x), y) for x, y in curve["points"])


def _trace(
    curve: Mapping[str, Any],
    points: Sequence[Point],
    scale: tuple[float, float],
    end: float,
    number: int,
    words: Words,
) -> Trace:
    low, width = scale
    path, pen = [], "M"
    for x, y in points:
        if y is None:
            pen = "M"
            continue
        path.append(f"{pen}{_x(x, low, width):.1f} {_y(y):.1f}")
        pen = "L"
    none = words("value.none")
    return Trace(
        name=metric_label(curve["name"], curve["mode"], words),
        path="".join(path),
        end=f"{end:.1f}",
        points=tuple(
            (f"{x:.2f}", none if y is None else f"{y:.3f}") for x, y in points
        ),
        dash=number % 4,
    )


def _last(points: Sequence[Point]) -> float:
    return next((y for _, y in reversed(points) if y is not None), 0.0)


def _apart(heights: Sequence[float], *, least: float = 14.0) -> list[float]:
    """Move names that would cover one another, keeping their order."""
    placed: dict[int, float] = {}
    floor = TOP - least
    for at in sorted(range(len(heights)), key=lambda one: heights[one]):
        floor = max(heights[at], floor + least)
        placed[at] = floor
    over = max(0.0, floor - BOTTOM)
    return [placed[at] - over for at in range(len(heights))]


def _x(x: float, low: float, width: float) -> float:
    return LEFT + (RIGHT - LEFT) * (x - low) / width


def _y(y: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * min(1.0, max(0.0, y))
