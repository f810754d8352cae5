"""Figures in words, and where they stand on a scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from icp_synth.evaluation.tallies import Counts
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class Strip:
    """A point with its whiskers on a scale, all in percent of its width.

    `goal` is where the ceiling stands, `zero` where a difference would be none.
    """

    at: str | None
    low: str | None = None
    high: str | None = None
    goal: str | None = None
    zero: str | None = None


@dataclass(frozen=True)
class Figure:
    """A metric of one reader, as a table shows it.

    Attributes:
        who: Model, baseline or ceiling.
        role: `model`, `baseline` or `ceiling`.
        value: E.g. `0.54`, or `n/a`.
        interval: E.g. `0.49–0.59`; empty where there is none.
        items: What it is a figure of.
        cases: Interviews.
        why: Why there is no value or interval, or what else is to be known.
        strip: None where there is no value.
    """

    who: str
    role: str
    value: str
    interval: str
    items: str
    cases: str
    why: str
    strip: Strip | None


def score(value: float | None, *, words: Words) -> str:
    """Return a score with two decimals, or `n/a`.

    What two decimals would hide, or would clutter, has two digits or none.

    Example:
        >>> from icp_synth.evaluation.report.words import words_of
        >>> score(0.5379, words=words_of("en"))
        '0.54'
    """
    return words("value.none") if value is None else _written(value)


def signed(value: float | None, *, words: Words) -> str:
    """Return a difference with its sign, or `n/a`."""
    if value is None:
        return words("value.none")
    rounded = round(value, 2)
    return "0.00" if rounded == 0 else f"{rounded:+.2f}".replace("-", "−")


def interval(low: float | None, high: float | None) -> str:
    """Return both limits, or nothing where one is missing."""
    if low is None or high is None:
        return ""
    return f"{_written(low)}–{_written(high)}"


def place(value: float | None, low: float = 0.0, high: float = 1.0) -> str | None:
    """Return where a value stands between two ends, in percent, kept inside."""
    if value is None:
        return None
    share = (value - low) / (high - low)
    return f"{100 * min(1.0, max(0.0, share)):.2f}"


def figure(
    row: Mapping[str, Any],
    words: Words,
    *,
    role: str = "model",
    goal: float | None = None,
) -> Figure:
    """Return a row of result.json as a table shows it.

    Args:
        row: `value`, `ci_low`, `ci_high`, `n_items`, `n_cases`, `reason`; all but
            `value` may be missing.
        words: Of the page.
        role: `model`, `baseline` or `ceiling`.
        goal: Where the ceiling stands.
    """
    value, low, high = (row.get(name) for name in ("value", "ci_low", "ci_high"))
    strip = None
    if value is not None:
        strip = Strip(
            at=place(value), low=place(low), high=place(high), goal=place(goal)
        )
    return Figure(
        who=str(row.get("label") or _reader(row.get("model") or "", words)),
        role=role,
        value=score(value, words=words),
        interval=interval(low, high),
        items=_count(row.get("n_items")),
        cases=_count(row.get("n_cases")),
        why=str(row.get("reason") or ""),
        strip=strip,
    )


def metric_label(name: str, mode: str, words: Words) -> str:
    """Return a metric in words, e.g. `Item F1, pains`.

    Args:
        name: As in result.json, e.g. `item_f1.pain`.
        mode: As there; named where the metric has several.
        words: Of the page.
    """
    family, _, of = name.partition(".")
    label = words.named(f"metric.{mode}", family)
    if f"metric.{mode}.{family}" not in words.table:
        label = words.named("metric", family)
    if not of:
        return label
    group = "reason" if family == "quote_status" else "kind"
    group = "category" if mode == "category" else group
    return words("metric.of", metric=label, of=words.named(group, of).lower())


@dataclass(frozen=True)
class CaseTotals:
    """One interview of one model, summed over epochs.

    `counts` has found, spurious and missed items, the others are as in result.json.
    """

    counts: Counts
    labels: int
    predicted: int
    absorbed: int
    epochs: int


def case_totals(run: Mapping[str, Any]) -> dict[str, CaseTotals]:
    """Return by interview what a model got right, summed over its epochs.

    Args:
        run: One of `runs` of result.json.
    """
    by_case: dict[str, list[Mapping[str, Any]]] = {}
    for case in run.get("cases", ()):
        by_case.setdefault(case["name"], []).append(case)
    return {name: _totals(name, readings) for name, readings in by_case.items()}


def _totals(name: str, readings: Sequence[Mapping[str, Any]]) -> CaseTotals:
    def total(what: str) -> int:
        return sum(one.get(what, 0) for one in readings)

    return CaseTotals(
        counts=Counts(interview=name, tp=total("tp"), fa=total("fa"), fn=total("fn")),
        labels=total("labels"),
        predicted=total("predicted"),
        absorbed=total("absorbed"),
        epochs=len(readings),
    )


def reach(values: Iterable[float | None], *, least: float = 0.05) -> float:
    """Return how far a scale around 0 must go, in steps of .05."""
    furthest = max((abs(one) for one in values if one is not None), default=0.0)
    return max(least, ceil(round(furthest * 20, 6)) / 20)


def rows_named(
    rows: Sequence[Mapping[str, Any]], name: str, mode: str
) -> list[Mapping[str, Any]]:
    """Return the rows of one metric in one mode, in their order."""
    return [row for row in rows if row["name"] == name and row["mode"] == mode]


def _written(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2g}" if 0 < abs(value) < 0.005 else f"{value:.2f}"


def _reader(model: str, words: Words) -> str:
    """Return a reader's name; a baseline of ours in words."""
    return words.table.get(model.replace(":", ".", 1), model)


def _count(number: Any) -> str:
    return "" if number is None else f"{number:,}"
