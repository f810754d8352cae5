"""Labels beside circles, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import NamedTuple

HEIGHT = 13.0
"""Of a label, as the style sets it."""

_DIGIT = 8.0
_GAP = 3.0
_STEP = 5.0
_ROUNDS = 40
_TURNS = (0, 1, 7, 2, 6, 3, 5, 4)
"""Eighths of a circle in the order in which they are tried: beside it first."""


class Circle(NamedTuple):
    """A circle, and how long its label is in characters."""

    x: float
    y: float
    radius: float
    length: int


class Label(NamedTuple):
    """The middle of a label; `led` where it lies so far off that a line leads to it."""

    x: float
    y: float
    led: bool


def apart(circles: Sequence[Circle]) -> tuple[Label, ...]:
    """Return a place for each label, in the order of the circles.

    Each takes the first free place on rings that widen around its circle: free of the
    labels before it, and on the first rings of the circles as well.

    Example:
        >>> first, second = apart([Circle(0, 0, 5, 1), Circle(0, 0, 5, 1)])
        >>> abs(first.x - second.x) >= 8 or abs(first.y - second.y) >= 13
        True
    """
    placed: list[tuple[Label, float]] = []
    for circle in circles:
        label = _free(circle, circles, placed)
        placed.append((label, _DIGIT * circle.length))
    return tuple(label for label, _ in placed)


def _free(
    circle: Circle, circles: Sequence[Circle], placed: Sequence[tuple[Label, float]]
) -> Label:
    width = _DIGIT * circle.length
    tried = Label(circle.x, circle.y, led=False)
    for ring in range(_ROUNDS):
        for eighth in _TURNS:
            angle = eighth * pi / 4
            far = circle.radius + _GAP + ring * _STEP
            tried = Label(
                circle.x + (far + width / 2) * cos(angle),
                circle.y + (far + HEIGHT / 2) * sin(angle),
                led=ring > 1,
            )
            # Among many circles a label may lie on one, and never on a label.
            blocked = ring < _ROUNDS // 2 and any(
                _covers(tried, width, one) for one in circles
            )
            if not blocked and not any(_meet(tried, width, *one) for one in placed):
                return tried
    return tried


def _meet(one: Label, width: float, other: Label, other_width: float) -> bool:
    across = abs(one.x - other.x) < (width + other_width) / 2
    return across and abs(one.y - other.y) < HEIGHT


def _covers(label: Label, width: float, circle: Circle) -> bool:
    """Tell whether the label's box meets the circle."""
    across = max(abs(label.x - circle.x) - width / 2, 0.0)
    up = max(abs(label.y - circle.y) - HEIGHT / 2, 0.0)
    return hypot(across, up) < circle.radius
