"""A criterion can be looked up: motives and words without a measure are refused."""

from __future__ import annotations

import pytest

from icp_synth.domain.conditions import Wanted
from icp_synth.domain.measurable import REASONS, RULES, lint_criterion


def code(field: str, operator: str, value: Wanted) -> str | None:
    refusal = lint_criterion(field, operator, value)
    return refusal.code if refusal else None


def money(unit: str | None) -> str | None:
    refusal = lint_criterion("budget", ">=", 1_000_000, unit=unit)
    return refusal.code if refusal else None


@pytest.mark.parametrize(
    "value",
    [
        "ambitious",
        "Ambitious founders",
        "wants to grow",
        "有野心的公司",
        "積極",
        "渴望创新",
    ],
)
def test_a_motive_is_no_criterion(value: str) -> None:
    assert code("industry", "=", value) == "motive"
    assert code("other:attitude", "=", value) == "motive"


@pytest.mark.parametrize(
    "value",
    [
        "innovative",
        "an innovative company",
        "forward-thinking firms",
        "tech-savvy",
        "large",
        "small businesses",
        "very successful companies",
        "創新企業",
        "创新",
        "中小型企業",
        "成熟的公司",
    ],
)
def test_a_word_without_a_measure_is_no_criterion(value: str) -> None:
    assert code("industry", "=", value) == "unmeasurable"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("industry", "e-commerce"),
        ("industry", "small engine repair"),
        ("industry", "professional services"),
        ("industry", "冷凍空調維修"),
        ("role", "quality manager"),
        ("role", "digital advertising manager"),
        ("decision_role", "owner decides"),
        ("technology", "Agile CRM"),
        ("geography", "Great Britain"),
        ("other:plan", "yearly"),
    ],
)
def test_what_a_table_can_tell_is_one(field: str, value: str) -> None:
    assert code(field, "=", value) is None


def test_the_example_of_the_field_can_be_written() -> None:
    assert code("industry", "=", "e-commerce") is None
    assert money("EUR") is None
    assert code("headcount_company", "between", (10, 1000)) is None
    assert code("role", "in", ("digital ad manager", "head of marketing")) is None


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("motivation/goal", "=", "sell more", "motive"),
        ("pain/fear", "=", "losing data", "motive"),
        ("trait/behaviour", "=", "checks twice", "unmeasurable"),
        ("ambitious", "=", "yes", "motive"),
        ("shoe_size", "=", "42", "unknown_field"),
        ("other:", "=", "42", "unknown_field"),
        ("maturity", "=", "early", "free_text"),
        ("sex", "=", "female", "protected"),
        ("industry", ">=", "bakery", "wrong_operator"),
        ("headcount_company", "=", "forty", "no_figure"),
        ("headcount_company", "between", (10,), "no_figure"),
        ("headcount_company", ">=", float("nan"), "no_figure"),
        ("budget", ">=", 1000, "no_currency"),
        ("price_paid", "between", (30, 60), "after_purchase"),
        ("tenure", ">=", 2, "after_purchase"),
        ("usage_frequency", "=", "daily", "after_purchase"),
        ("industry", "=", " ", "empty"),
        ("industry", "in", (), "empty"),
        ("sites", "between", (9, 2), "ends_reversed"),
    ],
)
def test_every_refusal_has_its_code_and_reason(
    field: str, operator: str, value: Wanted, expected: str
) -> None:
    refusal = lint_criterion(field, operator, value)
    assert refusal is not None
    assert refusal.code == expected
    assert refusal.reason


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("GBP per year", None),
        ("EUR", None),
        ("per month", "no_currency"),
        (None, "no_currency"),
    ],
)
def test_an_amount_needs_a_currency(unit: str | None, expected: str | None) -> None:
    assert money(unit) == expected


def test_every_code_has_a_reason() -> None:
    assert set(RULES) == set(REASONS)


def test_a_protected_field_needs_the_studys_word() -> None:
    allowed = lint_criterion("age", "between", (30, 40), allow_protected={"age"})
    assert allowed is None


def test_the_word_that_gave_it_away_is_named() -> None:
    refusal = lint_criterion("industry", "=", "truly innovative bakeries")
    assert refusal is not None
    assert refusal.word == "innovative"
