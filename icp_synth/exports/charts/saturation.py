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
from icp_synth.exports.words import Words

_LEAST = 3
"""Interviews below which there is no curve to look at."""


@dataclass(frozen=True)
class SaturationShown:
    """The answer to "have we interviewed enough?".

    Attributes:
        answer: In one sentence.
        verdicts: One sentence a threshold.
        picture: None where there are too few interviews for a curve.
        rows: (interview, found, interval of found, new) for the table beside it.
        counted: What it is measured on.
        groups: The answer for each group known beforehand, in words.
        footnote: How the source of the method writes it; empty where nothing is.
    """

    answer: str
    verdicts: tuple[str, ...]
    picture: Markup | None
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
        picture=_picture(found, words) if enough else None,
        rows=tuple(
            (
                str(point.interview),
                f"{point.found:g}",
                "{:g}–{:g}".format(*point.found_interval),
                f"{point.new:g}",
            )
            for point in found.curve
        ),
        counted=words(
            "saturation.caution",
            themes=words.count("saturation.themes", found.themes),
            singles=words.count("saturation.singles", found.singles),
        ),
        groups=tuple(_group(one, words) for one in found.groups),
        footnote=words("saturation.footnote", label=", ".join(labels))
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
        return words(f"saturation.{point.verdict}", share=share)
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


def _picture(found: Saturation, words: Words) -> Markup:
    last = found.participants
    most = max(point.found_interval[1] for point in found.curve)
    step = max(1, round(last / 8))
    high = max(5, -(-int(most) // 5) * 5)
    chart = drawing.chart_over(
        drawing.Axis(
            low=0,
            high=last,
            name=words("saturation.across"),
            ticks=tuple(float(x) for x in range(0, last + 1, step)),
            write=lambda value: f"{value:g}",
        ),
        drawing.Axis(
            low=0,
            high=high,
            name=words("saturation.up"),
            ticks=tuple(round(high * part / 5, 1) for part in range(6)),
            write=lambda value: f"{value:g}",
        ),
    )
    drawing.add_band(
        chart,
        [(0, 0, 0), *((p.interview, *p.found_interval) for p in found.curve)],
        "band",
    )
    drawing.add_line(
        chart, [(0, 0), *((p.interview, p.found) for p in found.curve)], "line"
    )
    drawing.add_line(chart, [(p.interview, p.new) for p in found.curve], "line second")
    end = found.curve[-1]
    return drawing.as_svg(
        chart,
        (560, 320),
        key="saturation-chart",
        title=words("saturation.title"),
        about=words(
            "saturation.about", themes=f"{end.found:g}", n=last, new=f"{end.new:g}"
        ),
    )
