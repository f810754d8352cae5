"""Cost, tokens and latency: unknown is None, never 0."""

from __future__ import annotations

from icp_synth.evaluation.metrics import Row
from icp_synth.evaluation.usage import usage_rows
from icp_synth.project.ledger.records import UsageTotals

TOTALS = UsageTotals(
    calls=4,
    attempts=5,
    input_tokens=1000,
    output_tokens=200,
    cached_tokens=50,
    cost=0.5,
    priced=0.5,
)


def of(
    totals: UsageTotals = TOTALS, *, items: int = 10, seconds: tuple[float, ...] = ()
) -> dict[str, Row]:
    found = usage_rows(totals, model="m", cases=2, items=items, seconds=seconds)
    return {row.name: row for row in found}


def test_cost_is_given_by_interview_and_by_item() -> None:
    found = of()
    assert found["cost_per_case"].value == 0.25
    assert found["cost_per_item"].value == 0.05
    assert found["tokens_in"].value == 1000
    assert found["tokens_out"].value == 200
    assert found["tokens_cached"].value == 50
    assert found["retry_rate"].value == 0.2
    assert {row.mode for row in found.values()} == {"usage"}


def test_an_unknown_price_is_no_price() -> None:
    found = of(TOTALS.model_copy(update={"cost": None, "unpriced": 3}))
    assert found["cost_per_case"].value is None
    assert found["cost_per_item"].reason == "the price of 3 calls is unknown"


def test_a_reading_without_calls_costs_nothing_that_is_known() -> None:
    found = of(UsageTotals())
    assert found["cost_per_case"].value == 0.0
    assert found["retry_rate"].value is None


def test_no_item_has_no_cost_of_one() -> None:
    assert of(items=0)["cost_per_item"].value is None


def test_calls_whose_tokens_nobody_said_are_named() -> None:
    row = of(TOTALS.model_copy(update={"unknown": 2}))["tokens_in"]
    assert row.value == 1000
    assert row.reason == "2 calls whose tokens nobody said are in no sum"


def test_latency_is_a_percentile_of_calls_and_unknown_without_times() -> None:
    found = of(seconds=(4.0, 1.0, 2.0, 3.0))
    assert found["latency_p50"].value == 2.5
    assert found["latency_p95"].value == 3.85
    assert of()["latency_p50"].value is None
    assert of()["latency_p50"].reason == "no call was timed"
