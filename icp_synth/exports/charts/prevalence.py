"""How many people say each theme, with the interval of each share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.charts.shapes import Mark
from icp_synth.exports.words import Words

MOST = 20
_LEAST = 3


@dataclass(frozen=True)
class PrevalenceShown:
    """The picture, and the themes of its rows by number."""

    picture: Markup
    rows: tuple[tuple[int, ThemeShown], ...]


def prevalence_shown(
    themes: Sequence[ThemeShown], words: Words
) -> PrevalenceShown | None:
    """Return a plot of the best supported themes.

    None for under three themes, and where charts cannot be drawn.
    """
    best = sorted(themes, key=lambda one: (-one.theme.n, one.theme.id))[:MOST]
    if len(best) < _LEAST or not drawing.available():
        return None
    rows = len(best)
    chart = drawing.chart_over(
        drawing.Axis(
            low=0,
            high=100,
            name=words("prevalence.across"),
            ticks=(0.0, 25.0, 50.0, 75.0, 100.0),
            write=lambda value: f"{value:g}",
        ),
        drawing.rows_axis(rows),
    )
    drawing.add_marks(chart, [_mark(one, rows - at) for at, one in enumerate(best)])
    picture = drawing.as_svg(
        chart,
        drawing.rows_size(rows),
        key="prevalence-chart",
        title=words("prevalence.title"),
        about=words("prevalence.about", n=rows),
    )
    return PrevalenceShown(picture, tuple(enumerate(best, start=1)))


def _mark(one: ThemeShown, y: float) -> Mark:
    low, high = one.theme.interval or (None, None)
    return Mark(
        x=100 * one.theme.n / one.theme.of if one.theme.of else 0,
        y=y,
        low=None if low is None else 100 * low,
        high=None if high is None else 100 * high,
        label="",
        style=f"kind {one.theme.kind}",
    )
