"""The saturation curve: themes found so far, by the number of people heard."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from icp_synth.domain.saturation import (
    GroupSaturation,
    Saturation,
    SaturationPoint,
)
from icp_synth.exports.charts import drawing
from icp_synth.exports.charts.shapes import Written
from icp_synth.exports.formatting import figure
from icp_synth.exports.words import Words

_LEAST = 3
"""Interviews below which there is no curve to look at."""

_WIDTH = 480
_BEYOND = 1.08
_DIGITS = 5
"""Room for the figures beside both panels, or their people would not stand in line."""

_CLOSE = 0.6
"""Of a step: a tick nearer to the last person would touch its number."""


@dataclass(frozen=True)
class SaturationShown:
    """The answer to "have we interviewed enough?".

    Attributes:
        answer: In one sentence.
        verdicts: One sentence a threshold.
        picture: None where there are too few interviews for a curve.
        added: What each person adds, below it; None where the other is.
        rows: (interview, found, interval of found, new) for the table beside it.
        counted: What it is measured on.
        groups: The answer for each group known beforehand, in words.
        footnote: How the source of the method writes it; empty where nothing is.
    """

    answer: str
    verdicts: tuple[str, ...]
    picture: Markup | None
    added: Markup | None
    rows: tuple[tuple[str, str, str, str], ...]
    counted: str
    groups: tuple[str, ...] = ()
    footnote: str = ""


def saturation_shown(found: Saturation, words: Words) -> SaturationShown:
    """Return the curve with what it says, in words."""
    verdicts = tuple(_verdict(point, words) for point in found.points)
    labels = [point.label for point in found.points if point.label]
    enough = len(found.curve) >= _LEAST and found.themes > 0 and drawing.available()
    return SaturationShown(
        answer=_answer(found, words),
        verdicts=verdicts,
        picture=_sofar(found, words) if enough else None,
        added=_new(found, words) if enough else None,
        rows=tuple(
            (
                str(point.interview),
                f"{point.found:,.0f}",
                "{:,.0f}–{:,.0f}".format(*point.found_interval),
                f"{point.new:,.0f}",
            )
            for point in found.curve
        ),
        counted=words(
            "saturation.caution",
            themes=words.count("saturation.themes", found.themes),
            singles=words.count("saturation.singles", found.singles),
        ),
        groups=tuple(_group(one, words) for one in found.groups),
        footnote=words("saturation.footnote", label=words.listed(labels))
        if labels
        else "",
    )


def _group(one: GroupSaturation, words: Words) -> str:
    return words(
        "saturation.group",
        name=words.named("group.name", one.name.replace("_", "-")),
        n=one.participants,
        answer=_answer(one, words),
    )


def _answer(found: Saturation | GroupSaturation, words: Words) -> str:
    codes = {point.verdict for point in found.points}
    if not codes or "cannot_tell" in codes:
        return words.count("saturation.answer_cannot_tell", found.participants)
    for code in ("too_few", "not_reached"):
        if code in codes:
            return words(f"saturation.answer_{code}", n=found.participants)
    return words("saturation.answer_reached", n=found.participants)


def _verdict(point: SaturationPoint, words: Words) -> str:
    share = f"{100 * point.threshold:g}"
    if point.median is None:
        orders = f"{100 * point.orders:.0f}"
        return words(f"saturation.{point.verdict}", share=share, orders=orders)
    high = str(point.high) if point.high is not None else words("saturation.later")
    return words(
        f"saturation.{point.verdict}_at",
        share=share,
        median=point.median,
        run=point.run,
        low=point.low if point.low is not None else "–",
        high=high,
        orders=f"{100 * point.orders:.0f}",
    )


def _sofar(found: Saturation, words: Words) -> Markup:
    """Return what was found by the number of people heard, with its band."""
    end = found.curve[-1]
    most = max(point.found_interval[1] for point in found.curve)
    chart = drawing.chart_over(_people(found), _height(words("saturation.up"), most))
    band = [(0, 0, 0), *((p.interview, *p.found_interval) for p in found.curve)]
    drawing.add_band(chart, band, "band")
    line = [(0, 0), *((p.interview, p.found) for p in found.curve)]
    drawing.add_line(chart, line, "line")
    told = f"{words('saturation.found')} {figure(end.found)}"
    drawing.add_words(chart, [Written(end.interview, end.found, told, "end", down=-8)])
    return drawing.as_svg(
        chart,
        (_WIDTH, 260),
        key="saturation-chart",
        title=words("saturation.title"),
        about=words(
            "saturation.about",
            themes=f"{end.found:g}",
            n=end.interview,
            new=f"{end.new:g}",
        ),
    )


def _new(found: Saturation, words: Words) -> Markup:
    """Return what each person adds, with the thresholds that call it little."""
    end = found.curve[-1]
    little = [(point, _little(point, found)) for point in found.points]
    most = max([point.new for point in found.curve] + [least for _, least in little])
    chart = drawing.chart_over(
        _people(found, words("saturation.across")),
        _height(words("saturation.up_new"), most, steps=3),
    )
    drawing.add_line(chart, [(p.interview, p.new) for p in found.curve], "line second")
    texts = [
        Written(
            end.interview,
            end.new,
            f"{words('saturation.new')} {end.new:g}",
            "end",
            down=-8,
        )
    ]
    for point, least in little:
        ends = [(0, least), (found.participants, least)]
        drawing.add_line(chart, ends, "line limit", width=1)
        # Beside the plot; at nothing it would touch the axis, which says as much.
        if least > 0:
            told = f"\u2007{100 * point.threshold:g} %"
            texts.append(Written(found.participants, least, told, "start", down=1))
    drawing.add_words(chart, texts)
    return drawing.as_svg(
        chart,
        (_WIDTH, 200),
        key="saturation-new",
        title=words("saturation.title_new"),
        about=words("saturation.about_new", new=f"{end.new:g}"),
    )


def _little(point: SaturationPoint, found: Saturation) -> float:
    """Return how much a person may add at a threshold: its share of the base."""
    base = found.curve[min(found.base, len(found.curve)) - 1].found
    return point.threshold * base / point.run


def _people(found: Saturation, name: str = "") -> drawing.Axis:
    """Return the axis of the people heard; the last of them is numbered."""
    last = float(found.participants)
    ticks = drawing.round_ticks(last)
    step = ticks[1]
    kept = [tick for tick in ticks if last - tick > _CLOSE * step or tick == last]
    return drawing.Axis(
        low=0,
        # Room for what stands at the ends of the lines.
        high=_BEYOND * last,
        name=name,
        ticks=tuple(dict.fromkeys([*kept, last])),
        write=lambda value: f"{value:g}",
    )


def _height(name: str, most: float, steps: int = 5) -> drawing.Axis:
    """Return the axis of a count; both panels leave as much room for its figures."""
    ticks = drawing.round_ticks(most, steps)
    high = max(most, ticks[1])
    return drawing.Axis(
        low=0,
        high=high,
        name=name,
        ticks=ticks,
        write=lambda value: figure(value).rjust(_DIGITS, "\u2007"),
    )
