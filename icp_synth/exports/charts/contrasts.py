"""The contrast plot: how two groups of people differ, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icp_synth.domain.contrasts import Contrast, Difference
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.charts.labels import shortened
from icp_synth.exports.charts.shapes import Mark, Written
from icp_synth.exports.statements import Said
from icp_synth.exports.words import Words

SHOWN = 10
"""Differences in a plot; the others are counted."""

_NAME = 26
_LINE = 16
"""Height of a line below the axis."""

_DESCRIBED = "descriptive"

_NO_LIFT = "0.0×"
"""Nobody here, or nobody among the others: the shares themselves say more."""


@dataclass(frozen=True)
class DifferenceShown:
    """A row beside the plot; `anchor` is that of the theme's card, or empty.

    `lift` is empty where one of the two shares is none.
    """

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
        judged: The verdicts differ from one another.
        described: Of a segment, which was cut from these same answers: no test.
        people: What the two counts of a row are, one below the other.
        left: Differences that are not shown, of those that are counted.
    """

    key: str
    title: str
    note: str
    picture: Markup | None
    rows: tuple[DifferenceShown, ...]
    people: str
    left: int
    few: bool
    judged: bool
    described: bool = False


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
    tested = [one for one in contrast.differences if one.verdict != "too_few"]
    few = not tested
    shown = (tested or contrast.differences)[:SHOWN]
    rows = tuple(
        _row(place, one, said(one), themes, words)
        for place, one in enumerate(shown, start=1)
    )
    key = f"contrast-{number}"
    return ContrastShown(
        key=key,
        title=title,
        note=_note(contrast, tested, words),
        picture=_picture(shown, key, title, (first, second), words)
        if drawing.available() and not few
        else None,
        few=few,
        judged=len({one.verdict for one in shown}) > 1,
        described=any(one.verdict == _DESCRIBED for one in contrast.differences),
        rows=rows,
        people=words(f"contrast.{'pair' if contrast.second else 'here'}"),
        left=max(0, len(tested or contrast.differences) - SHOWN),
    )


def _note(contrast: Contrast, tested: Sequence[Difference], words: Words) -> str:
    """Return how much was tested, and how much of it can be told from chance."""
    described = sum(one.verdict == _DESCRIBED for one in tested)
    if described:
        return words.count("contrast.described", described)
    notes = [words.count("contrast.tests", contrast.tests)]
    if not tested:
        return " ".join((*notes, words("contrast.all_too_few")))
    different = sum(one.verdict == "different" for one in tested)
    notes.append(words.count("contrast.found", different))
    if rare := len(contrast.differences) - len(tested):
        notes.append(words.count("contrast.rare", rare))
    return " ".join(notes)


def _row(
    number: int,
    one: Difference,
    said: Said,
    themes: Mapping[str, ThemeShown],
    words: Words,
) -> DifferenceShown:
    theme = themes.get(one.feature)
    low, high = one.interval
    lift = f"{one.lift or 0:.1f}×"
    return DifferenceShown(
        number=number,
        said=said,
        anchor=theme.anchor if theme else "",
        first=words("count.of", k=one.first.k, n=one.first.n),
        second=words("count.of", k=one.second.k, n=one.second.n),
        difference=f"{_points(one.difference)} ({_points(low)} … {_points(high)})",
        lift="" if lift == _NO_LIFT else lift,
        q="–" if one.q is None else f"{one.q:.2f}",
        verdict=words(f"contrast.{one.verdict}"),
        code=one.verdict,
    )


def _points(share: float) -> str:
    points = round(100 * share)
    return f"{points:+d}".replace("-", "−") if points else "0"


def _picture(
    shown: Sequence[Difference],
    key: str,
    title: str,
    names: tuple[str, str],
    words: Words,
) -> Markup:
    rows = len(shown)
    chart = drawing.chart_over(
        drawing.Axis(
            low=-1,
            high=1,
            # Its two ends are named instead, on lines of their own: names are long.
            name=" ",
            ticks=(-1.0, -0.5, 0.0, 0.5, 1.0),
            write=_points,
        ),
        drawing.rows_axis(rows),
    )
    first, second = (shortened(name, _NAME) for name in names)
    left = words("contrast.more_left", name=second)
    right = words("contrast.more_right", name=first)
    drawing.add_marks(
        chart,
        [
            Mark(
                x=one.difference,
                y=rows - at,
                low=one.interval[0],
                high=one.interval[1],
                label="",
                style="yes" if one.verdict == "different" else "maybe",
            )
            for at, one in enumerate(shown)
        ],
        [
            Written(-1, 0.5, left, "start", down=42),
            Written(1, 0.5, right, "end", down=42 + _LINE),
        ],
    )
    return drawing.as_svg(
        chart,
        drawing.rows_size(rows),
        key=key,
        title=title,
        about=words("contrast.about", n=rows),
        below=_LINE,
    )
