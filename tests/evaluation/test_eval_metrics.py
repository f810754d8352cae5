"""Metrics of planted counts, undefined values and intervals."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from icp_synth.evaluation import metrics
from icp_synth.evaluation.fields import FIELDS
from icp_synth.evaluation.metrics import METRICS, Row, metrics_of, rows


def of(*cases: Mapping[str, int]) -> dict[tuple[str, str], Row]:
    return {(row.name, row.mode): row for row in rows(cases, "m")}


def items(
    *, tp: int = 0, fa: int = 0, fn: int = 0, kind: str = "pain"
) -> dict[str, int]:
    counts = {"tp": tp, "fa": fa, "fn": fn}
    return counts | {f"{name}.pain": n for name, n in counts.items()}


def test_names_and_modes_are_distinct() -> None:
    counts = ["category_tp.fear", "category_fa.problem", "own:share:whole"]
    names = [(one.name, one.mode) for one in metrics_of(counts)]
    assert len(names) == len(set(names))


def test_a_perfect_reading_scores_one() -> None:
    row = of(*[items(tp=2)] * 5)["item_f1", "codebook"]
    assert (row.value, row.n_items, row.n_cases) == (1.0, 10, 5)


def test_a_value_that_never_moves_has_no_interval_of_width_zero() -> None:
    row = of(*[items(tp=2)] * 5)["item_f1", "codebook"]
    assert (row.ci_low, row.ci_high, row.method) == (None, None, "")
    assert row.reason == "no interval: every resample gives the same value"


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
    assert row.reason is not None
    assert row.reason.endswith("2 of 3 parts undefined and left out")
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
    cases = [*[items(tp=1)] * 2, *[items(tp=1, fa=1)] * 2, *[items(fn=1)] * 3]
    row = of(*cases)["item_precision", "codebook"]
    assert (row.value, row.ci_high) == (0.666667, 1.0)
    assert row.reason is not None
    assert row.reason.startswith("undefined in ")


def test_with_many_draws_without_a_value_there_is_no_interval() -> None:
    row = of(items(tp=1), *[items(fn=1)] * 4)["item_precision", "codebook"]
    assert (row.value, row.ci_low, row.ci_high) == (1.0, None, None)
    assert row.reason is not None
    assert row.reason.startswith("no interval: ")
    assert row.reason.endswith("of 10000 resamples are undefined")


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


def test_categories_and_own_metrics_add_rows() -> None:
    counts = {"category_tp.fear": 3, "category_fn.fear": 1}
    counts |= {"own:share:part": 1, "own:share:whole": 4}
    found = of(counts, {})
    assert found["item_recall.fear", "category"].value == 0.75
    assert found["share", "own"].value == 0.25
    assert len(found) == len(METRICS) + 3 + 3 + 1 + 1


def test_the_terms_of_an_interview_give_its_value() -> None:
    (f1,) = [one for one in METRICS if (one.name, one.mode) == ("item_f1", "codebook")]
    tally = f1.tally("anna", items(tp=3, fa=1, fn=1))
    assert tally is not None
    assert (tally.part, tally.whole, tally.score) == (6, 8, 0.75)
    empty = f1.tally("anna", items(fn=1))
    assert empty is not None
    assert (empty.whole, empty.score) == (1, None)


def test_a_mean_over_kinds_has_no_terms() -> None:
    (macro,) = [
        one for one in METRICS if (one.name, one.mode) == ("item_f1_macro", "codebook")
    ]
    assert macro.tally("anna", items(tp=3)) is None


def test_every_metric_stands_in_the_table_of_the_module() -> None:
    table = metrics.__doc__ or ""
    named = set(re.findall(r"`([a-z_0-9]+)[`.]", table))
    fields = {f"{name}_accuracy" for name in FIELDS}
    codes = {name for name in (one.name for one in METRICS) if "windows_" in name}
    for one in METRICS:
        name = one.name.partition(".")[0]
        name = name.replace("_precision", "_f1").replace("_recall", "_f1")
        assert name in named | fields | codes, one.name
