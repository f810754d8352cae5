"""Metrics of planted counts, undefined values and intervals."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from icp_synth.evaluation.metrics import METRICS, Row, rows


def of(*cases: Mapping[str, int]) -> dict[tuple[str, str], Row]:
    return {(row.name, row.mode): row for row in rows(cases, "m")}


def items(
    *, tp: int = 0, fa: int = 0, fn: int = 0, kind: str = "pain"
) -> dict[str, int]:
    counts = {"tp": tp, "fa": fa, "fn": fn}
    return counts | {f"{name}.pain": n for name, n in counts.items()}


def test_names_and_modes_are_distinct() -> None:
    names = [(one.name, one.mode) for one in METRICS]
    assert len(names) == len(set(names))


def test_a_perfect_reading_scores_one() -> None:
    row = of(*[items(tp=2)] * 5)["item_f1", "codebook"]
    assert (row.value, row.ci_low, row.ci_high) == (1.0, 1.0, 1.0)
    assert (row.n_items, row.n_cases, row.reason) == (10, 5, None)


def test_sums_run_over_interviews_before_anything_is_divided() -> None:
    found = of(items(tp=9, fa=1), items(fa=0, fn=10, tp=0))
    assert found["item_precision", "codebook"].value == 0.9
    assert found["item_recall", "codebook"].value == pytest.approx(9 / 19, abs=1e-6)
    assert found["item_f1", "codebook"].value == pytest.approx(18 / 29, abs=1e-6)


def test_an_empty_reading_has_a_recall_of_0_and_no_precision() -> None:
    found = of(items(fn=3), items(fn=2))
    assert found["item_recall", "codebook"].value == 0.0
    assert found["item_precision", "codebook"].value is None
    row = found["item_f1", "codebook"]
    assert row.value is None
    assert row.ci_low is None
    assert row.reason is not None
    assert "undefined" in row.reason


def test_a_reading_that_is_all_wrong_scores_0() -> None:
    assert of(items(fa=3, fn=3))["item_f1", "codebook"].value == 0.0


def test_the_mean_over_kinds_leaves_undefined_kinds_out_and_says_so() -> None:
    found = of(*[items(tp=1)] * 5)
    row = found["item_f1_macro", "codebook"]
    assert row.value == 1.0
    assert row.reason == "2 of 3 kinds undefined and left out"
    assert found["item_f1.trait", "codebook"].value is None


@pytest.mark.parametrize("number", [1, 2, 4])
def test_few_interviews_have_a_value_and_no_interval(number: int) -> None:
    row = of(*[items(tp=1, fa=1)] * number)["item_precision", "codebook"]
    assert (row.value, row.ci_low, row.ci_high) == (0.5, None, None)
    assert row.reason == f"no interval: it needs at least 5 interviews, not {number}"


def test_no_interview_has_no_value() -> None:
    row = of()["item_f1", "codebook"]
    assert (row.value, row.n_cases, row.reason) == (
        None,
        0,
        "no interview was scored",
    )


def test_draws_without_a_value_are_left_out_and_counted() -> None:
    cases = [*[items(tp=1)] * 3, *[items(fn=1)] * 3]
    row = of(*cases)["item_precision", "codebook"]
    assert (row.value, row.ci_low) == (1.0, 1.0)
    assert row.reason is not None
    assert row.reason.startswith("undefined in ")


def test_with_many_draws_without_a_value_there_is_no_interval() -> None:
    row = of(items(tp=1), *[items(fn=1)] * 4)["item_precision", "codebook"]
    assert (row.value, row.ci_low, row.ci_high) == (1.0, None, None)
    assert row.reason is not None
    assert row.reason.startswith("no interval: undefined in ")


def test_the_interval_holds_the_value_and_is_the_same_twice() -> None:
    cases = [items(tp=n, fa=9 - n, fn=4) for n in range(1, 9)]
    first, second = of(*cases), of(*cases)
    assert first == second
    row = first["item_f1", "codebook"]
    assert row.value is not None
    assert row.ci_low is not None
    assert row.ci_high is not None
    assert row.ci_low < row.value < row.ci_high


def test_category_accuracy_is_given_on_pairs_and_end_to_end() -> None:
    found = of({**items(tp=4, fn=4), "category": 3}, items())
    assert found["category_accuracy", "matched"].value == 0.75
    assert found["category_accuracy", "end_to_end"].value == 0.375


def test_windows_and_quotes_are_rates_of_what_came() -> None:
    counts = {
        "windows": 4,
        "windows_done": 2,
        "windows_failed": 1,
        "windows_pending": 1,
        "windows_truncated": 1,
        "raw_quotes": 10,
        "raw_exact": 6,
        "raw_folded": 2,
        "raw_elided": 1,
        "raw_stitched": 1,
        "kept": 9,
        "kept_verbatim": 9,
    }
    found = of(counts, {})
    assert found["window_coverage", "contract"].value == 0.75
    truncated = found["windows_truncated", "contract"].value
    assert truncated == pytest.approx(1 / 3, abs=1e-6)
    assert found["verified_rate", "raw"].value == 0.8
    assert found["quarantine_rate", "raw"].value == 0.1
    assert found["quote_status.elided", "raw"].value == 0.1
    assert found["verbatim_rate", "kept"].value == 1.0
