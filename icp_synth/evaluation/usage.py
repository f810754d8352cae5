"""Cost, tokens and latency beside quality.

| metric | definition |
| --- | --- |
| `cost_per_case` | cost of all calls / interviews |
| `cost_per_item` | cost of all calls / items that stand |
| `tokens_in`, `tokens_out`, `tokens_cached` | sums over calls |
| `retry_rate` | attempts beyond the first / attempts |
| `latency_p50`, `latency_p95` | seconds of a call, linear between neighbours |

All in mode `usage` and without an interval. An unknown price is None, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.evaluation.metrics import Row
from icp_synth.project.ledger.records import UsageTotals

MODE = "usage"

LATENCY = ("latency_p50", "latency_p95")
"""Rows that differ from machine to machine: never a part of what a run is."""


def usage_rows(
    totals: UsageTotals,
    *,
    model: str,
    cases: int,
    items: int,
    seconds: Sequence[float] = (),
) -> tuple[Row, ...]:
    """Return what a reading cost, in the currency of its prices.

    Args:
        totals: Of all calls that the reading rests on.
        model: Whose reading it is.
        cases: Interviews that were read, each counted once an epoch.
        items: Items that stand after the check, in all of them.
        seconds: How long each call took; empty where nobody measured it.
    """
    unsaid = (
        f"{totals.unknown} calls whose tokens nobody said are in no sum"
        if totals.unknown
        else None
    )
    unpriced = (
        None
        if totals.cost is not None
        else f"the price of {totals.unpriced} calls is unknown"
    )
    extra = totals.attempts - totals.calls
    retries = extra / totals.attempts if totals.attempts else None
    no_time = None if seconds else "no call was timed"
    figures: list[tuple[str, float | None, int, str | None]] = [
        ("cost_per_case", _per(totals.cost, cases), cases, unpriced),
        ("cost_per_item", _per(totals.cost, items), items, unpriced),
        ("tokens_in", totals.input_tokens, totals.calls, unsaid),
        ("tokens_out", totals.output_tokens, totals.calls, unsaid),
        ("tokens_cached", totals.cached_tokens, totals.calls, unsaid),
        ("retry_rate", retries, totals.attempts, None),
        ("latency_p50", _percentile(seconds, 0.50), len(seconds), no_time),
        ("latency_p95", _percentile(seconds, 0.95), len(seconds), no_time),
    ]
    return tuple(
        Row(
            name=name,
            mode=MODE,
            model=model,
            value=None if value is None else round(value, 6),
            ci_low=None,
            ci_high=None,
            n_items=n_items,
            n_cases=cases,
            method="",
            reason=reason
            or ("undefined: nothing to divide by" if value is None else None),
        )
        for name, value, n_items, reason in figures
    )


def _per(cost: float | None, number: int) -> float | None:
    return None if cost is None or not number else cost / number


def _percentile(values: Sequence[float], share: float) -> float | None:
    """Return a percentile, linear between neighbours (Hyndman & Fan 1996, type 7)."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
