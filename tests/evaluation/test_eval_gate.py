"""The gate: what is lower than asked, undefined or missing does not pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.gate import load_limits, misses, parse_limits
from icp_synth.evaluation.metrics import Row


def row(name: str, value: float | None, *, mode: str = "codebook") -> Row:
    return Row(
        name=name,
        mode=mode,
        model="m",
        value=value,
        ci_low=None,
        ci_high=None,
        n_items=1,
        n_cases=1,
        reason=None if value is not None else "undefined: nothing to divide by",
    )


ROWS = {
    "set": [
        row("item_f1", 0.4, mode="tau=0.46"),
        row("item_f1", 0.6),
        row("item_f1.pain", None),
        row("quarantine_rate", 0.05, mode="raw"),
    ]
}


def test_a_number_is_the_least_item_f1_by_the_codebook() -> None:
    assert misses(parse_limits(["0.6"]), ROWS) == ()
    (said,) = misses(parse_limits(["0.61"]), ROWS)
    assert said == "set, m: item_f1 is 0.6000, wanted at least 0.61"


def test_a_metric_can_be_named_with_its_mode() -> None:
    (said,) = misses(parse_limits(["item_f1:tau=0.46=0.5"]), ROWS)
    assert "0.4000" in said


def test_what_is_undefined_or_missing_fails() -> None:
    said = misses(parse_limits(["item_f1.pain=0.1", "charm=0.1"]), ROWS)
    assert "n/a (undefined" in said[0]
    assert "no metric charm" in said[1]


def test_a_file_names_folders_models_and_bounds(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(
        "[set.m]\nitem_f1 = 0.6\n'quarantine_rate:raw' = { most = 0.02 }\n"
        "[other.m]\nitem_f1 = 0.9\n",
        "utf-8",
    )
    (said,) = misses(load_limits(path), ROWS)
    assert said == "set, m: quarantine_rate is 0.0500, wanted at most 0.02"


def test_a_gate_about_nothing_that_was_measured_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text("[other.m]\nitem_f1 = 0.9\n", "utf-8")
    with pytest.raises(UsageError, match="nothing was checked"):
        misses(load_limits(path), ROWS)


@pytest.mark.parametrize(
    "text",
    ["set = 1", "[set]\nm = 1", "[set.m]\nitem_f1 = 'high'", "[set.m]\nx = {at = 1}"],
)
def test_a_file_that_does_not_hold_together_is_refused(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=r"thresholds\.toml"):
        load_limits(path)


def test_neither_a_number_nor_a_file_is_refused() -> None:
    with pytest.raises(NotFound, match="neither a number"):
        parse_limits(["high"])
