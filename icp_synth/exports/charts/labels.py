"""Labels beside circles, so that none lies on another."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin
from typing import NamedTuple
from unicodedata import east_asian_width

HEIGHT = 13.0
"""Of a label, as the style sets it."""

_LETTER = 7.9
_WIDE = 13.0
"""Of Chinese, Japanese and Korean characters."""

_GAP = 4.0
_STEP = 5.0
_ROUNDS = 40
_TURNS = (0, 1, 7, 2, 6, 3, 5, 4)
"""Eighths of a circle in the order in which they are tried: beside it first."""


class Circle(NamedTuple):
    """A circle, and how wide its label is."""

    x: float
    y: float
    radius: float
    width: float


class Area(NamedTuple):
    """The size of the plot, which labels keep to where they can."""

    width: float
    height: float


class Label(NamedTuple):
    """The middle of a label; `led` where it lies so far off that a line leads to it."""

    x: float
    y: float
    led: bool


def text_width(text: str) -> float:
    """Return about how wide a label is: the fonts that show it are not known.

    Example:
        >>> text_width("12") < text_width("十二")
        True
    """
    wide = sum(east_asian_width(one) in "WF" for one in text)
    return _LETTER * (len(text) - wide) + _WIDE * wide


def shortened(text: str, letters: int) -> str:
    """Return a text no wider than so many Latin letters, cut with an ellipsis.

    Example:
        >>> shortened("all the others", 8)
        'all the…'
    """
    if text_width(text) <= letters * _LETTER:
        return text
    kept = text
    while kept and text_width(kept) > (letters - 1) * _LETTER:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def apart(circles: Sequence[Circle], area: Area | None = None) -> tuple[Label, ...]:
    """Return a place for each label, in the order of the circles.

    Each takes the first free place on rings that widen around its circle: free of the
    labels before it, and on the first rings of the circles as well.

    Example:
        >>> first, second = apart([Circle(0, 0, 5, 8), Circle(0, 0, 5, 8)])
        >>> abs(first.x - second.x) >= 8 or abs(first.y - second.y) >= 13
        True
    """
    placed: list[tuple[Label, float]] = []
    for circle in circles:
        label = _free(circle, circles, placed, area)
        placed.append((label, circle.width))
    return tuple(label for label, _ in placed)


def _free(
    circle: Circle,
    circles: Sequence[Circle],
    placed: Sequence[tuple[Label, float]],
    area: Area | None,
) -> Label:
    width = circle.width
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
            blocked = ring < _ROUNDS // 2 and (
                _leaves(tried, width, area)
                or any(_covers(tried, width, one) for one in circles)
            )
            if not blocked and not any(_meet(tried, width, *one) for one in placed):
                return tried
    return tried


def _meet(one: Label, width: float, other: Label, other_width: float) -> bool:
    across = abs(one.x - other.x) < (width + other_width) / 2 + _GAP
    return across and abs(one.y - other.y) < HEIGHT


def _leaves(label: Label, width: float, area: Area | None) -> bool:
    """Tell whether the label leaves the plot."""
    if area is None:
        return False
    across = label.x - width / 2 < 0 or label.x + width / 2 > area.width
    return across or not HEIGHT / 2 <= label.y <= area.height - HEIGHT / 2


def _covers(label: Label, width: float, circle: Circle) -> bool:
    """Tell whether the label's box meets the circle."""
    across = max(abs(label.x - circle.x) - width / 2, 0.0)
    up = max(abs(label.y - circle.y) - HEIGHT / 2, 0.0)
    return hypot(across, up) < circle.radius
