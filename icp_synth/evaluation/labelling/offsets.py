"""Offsets of other programs, turned into code points.

JavaScript counts UTF-16 code units: a character outside the basic plane, such as an
emoji, counts two. Label Studio stored such offsets at first and stores code points
since late 2021 (HumanSignal/label-studio#1347, #1559); doccano stores them unless a
project counts grapheme clusters (doccano/doccano#2290). Where a text holds no such
character both ways of counting agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

Unit = Literal["code-points", "utf-16"]
UNITS: tuple[Unit, ...] = get_args(Unit)

SameWords = Callable[[str, str], bool]
"""Tells whether given words are those that stand in a text."""

_ASTRAL = 0xFFFF


class Marked(NamedTuple):
    """A stretch as exported: offsets in an unknown unit, its words where given."""

    start: int
    end: int
    text: str | None


class Ruler:
    """Turns offsets into one text into code points.

    Args:
        text: In which they count.
        unit: What they count.

    Example:
        >>> Ruler("a😀b", "utf-16").code_point(3)
        2
    """

    def __init__(self, text: str, unit: Unit) -> None:
        sizes = (2 if unit == "utf-16" and ord(one) > _ASTRAL else 1 for one in text)
        self._places = {
            at: index for index, at in enumerate(accumulate(sizes, initial=0))
        }

    def code_point(self, offset: int) -> int | None:
        """Return the code point, None past the end or inside a character."""
        return self._places.get(offset)


def units_of(
    text: str, marked: Sequence[Marked], same_words: SameWords
) -> tuple[Unit, ...]:
    """Return what the offsets of an annotation may count.

    Args:
        text: In which they count.
        marked: All stretches of one annotation.
        same_words: Tells whether given words are those that stand there.

    Returns:
        One unit where the stretches settle it, or it makes no difference; both where
        nothing tells them apart; none where neither fits.
    """
    if not any(ord(one) > _ASTRAL for one in text):
        return ("code-points",)
    places = {unit: _places(marked, Ruler(text, unit)) for unit in UNITS}
    fitting = tuple(
        unit for unit in UNITS if _fits(text, marked, places[unit], same_words)
    )
    if len(fitting) == len(UNITS) and places["code-points"] == places["utf-16"]:
        return ("code-points",)
    return fitting


_Places = list[tuple[int | None, int | None]]


def _places(marked: Sequence[Marked], ruler: Ruler) -> _Places:
    return [(ruler.code_point(one.start), ruler.code_point(one.end)) for one in marked]


def _fits(
    text: str, marked: Sequence[Marked], places: _Places, same_words: SameWords
) -> bool:
    return all(
        start is not None
        and end is not None
        and (one.text is None or same_words(one.text, text[start:end]))
        for one, (start, end) in zip(marked, places, strict=True)
    )
