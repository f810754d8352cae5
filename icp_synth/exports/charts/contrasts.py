"""The contrast plot: how two groups of people differ, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icp_synth.domain.contrasts import Contrast, Difference
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.statements import Said
from icp_synth.exports.words import Words

SHOWN = 12
"""Differences in a plot; the others are counted."""

_ROW = 24
_NAME = 22
_EDGES = 84


@dataclass(frozen=True)
class DifferenceShown:
    """A row beside the plot; `anchor` is that of the theme's card, or empty."""

    number: int
    said: Said
    anchor: str
    first: str
    second: str
    difference: str
    lift: str
    q: str
    verdict: str
    code: str


@dataclass(frozen=True)
class ContrastShown:
    """Two groups side by side.

    Attributes:
        picture: None where people are too few, or nothing can be drawn.
        few: So few people that nothing could be told apart.
        left: Differences that are not shown.
    """

    key: str
    title: str
    note: str
    picture: Markup | None
    rows: tuple[DifferenceShown, ...]
    left: int
    few: bool


def contrasts_shown(
    contrasts: Sequence[Contrast],
    themes: Mapping[str, ThemeShown],
    *,
    said: Callable[[Difference], Said],
    named: Callable[[str], str],
    words: Words,
) -> tuple[ContrastShown, ...]:
    """Return a plot and a table for each contrast that tested something.

    Args:
        contrasts: As published.
        themes: Shown themes by name: what the rows lead to.
        said: From a difference to what its feature is called.
        named: From the name of a group or segment to its words.
        words: The report's language.
    """
    return tuple(
        _contrast(number, contrast, themes, (said, named), words)
        for number, contrast in enumerate(contrasts, start=1)
        if contrast.differences
    )


def _contrast(
    number: int,
    contrast: Contrast,
    themes: Mapping[str, ThemeShown],
    called: tuple[Callable[[Difference], Said], Callable[[str], str]],
    words: Words,
) -> ContrastShown:
    said, named = called
    first = named(contrast.first)
    second = named(contrast.second) if contrast.second else words("contrast.others")
    title = words(
        "contrast.title",
        first=first,
        second=second,
        n=contrast.n[0],
        m=contrast.n[1],
    )
    rows = tuple(
        _row(place, one, said(one), themes, words)
        for place, one in enumerate(contrast.differences[:SHOWN], start=1)
    )
    note = words.count("contrast.tests", contrast.tests)
    few = all(one.verdict == "too_few" for one in contrast.differences)
    if few:
        note = f"{note} {words('contrast.all_too_few')}"
    key = f"contrast-{number}"
    return ContrastShown(
        key=key,
        title=title,
        note=note,
        picture=_picture(contrast, key, title, (first, second), words)
        if drawing.available() and not few
        else None,
        few=few,
        rows=rows,
        left=max(0, len(contrast.differences) - SHOWN),
    )


def _row(
    number: int,
    one: Difference,
    said: Said,
    themes: Mapping[str, ThemeShown],
    words: Words,
) -> DifferenceShown:
    theme = themes.get(one.feature)
    low, high = one.interval
    return DifferenceShown(
        number=number,
        said=said,
        anchor=theme.anchor if theme else "",
        first=words("count.of", k=one.first.k, n=one.first.n),
        second=words("count.of", k=one.second.k, n=one.second.n),
        difference=f"{_points(one.difference)} ({_points(low)} … {_points(high)})",
        lift="–" if one.lift is None else f"{one.lift:.1f}×",
        q=f"{one.q:.2f}",
        verdict=words(f"contrast.{one.verdict}"),
        code=one.verdict,
    )


def _short(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _picture(
    contrast: Contrast, key: str, title: str, names: tuple[str, str], words: Words
) -> Markup:
    shown = contrast.differences[:SHOWN]
    rows = len(shown)
    chart = drawing.chart_over(
        drawing.Axis(
            low=-1,
            high=1,
            name=words(
                "contrast.across", second=_short(names[1]), first=_short(names[0])
            ),
            ticks=(-1.0, -0.5, 0.0, 0.5, 1.0),
            write=_points,
        ),
        drawing.Axis(
            low=0,
            high=rows + 1,
            name="",
            ticks=tuple(float(row) for row in range(1, rows + 1)),
            write=lambda value: str(round(rows + 1 - value)),
        ),
    )
    drawing.add_marks(
        chart,
        [
            drawing.Mark(
                x=one.difference,
                y=rows - at,
                low=one.interval[0],
                high=one.interval[1],
                label="",
                style="yes" if one.verdict == "different" else "maybe",
            )
            for at, one in enumerate(shown)
        ],
    )
    return drawing.as_svg(
        chart,
        (460, _EDGES + _ROW * (rows + 1)),
        key=key,
        title=title,
        about=words("contrast.about", n=rows),
    )
