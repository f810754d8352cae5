"""A condition holds, does not, or what is known does not tell."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.conditions import (
    Condition,
    Known,
    condition_of,
    holds,
    matches,
    meet,
)
from icp_synth.domain.insights import Normal

MARY = Condition(operator="between", value=(10, 1000), unit="people")
OLLIE = Condition(operator="<=", value=9, unit="people")


@pytest.mark.parametrize(
    ("staff", "mary", "ollie"),
    [(9, False, True), (10, True, False), (1000, True, False), (1001, False, False)],
)
def test_ten_and_a_thousand_staff_are_marys_and_nine_are_ollies(
    staff: int, *, mary: bool, ollie: bool
) -> None:
    assert matches(MARY, staff) is mary
    assert matches(OLLIE, staff) is ollie


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (Normal(low=35, high=60, unit="people"), True),
        (Normal(low=5, high=9, unit="people"), False),
        (Normal(low=5, high=20, unit="people"), None),
        (Normal(low=10, unit="people"), None),
        (Normal(low=1001, unit="people"), False),
        (Normal(low=40, high=40, unit="sites"), None),
        (Normal(unit="people"), None),
        ("1,000", True),
        ("about forty", None),
    ],
)
def test_a_range_over_the_end_and_another_unit_do_not_tell(
    said: Known, *, told: bool | None
) -> None:
    assert matches(MARY, said) is told


@pytest.mark.parametrize(
    ("field", "unit", "said", "told"),
    [
        ("headcount_company", "people", Normal(low=40, high=40, unit="員工"), True),
        ("headcount_company", "employees", Normal(low=9, high=9, unit="人"), False),
        ("headcount_company", "people", Normal(low=40, high=40, unit="vans"), None),
        ("sites", "sites", Normal(low=40, high=40, unit="buildings"), True),
        ("tenure", "years", Normal(low=240, high=240, unit="months"), True),
        ("budget", "EUR per month", Normal(low=40, unit="月", currency="EUR"), None),
        (
            "budget",
            "EUR per month",
            Normal(low=40, high=40, unit="每月", currency="EUR"),
            True,
        ),
        ("budget", "EUR per month", Normal(low=40, high=40, unit="每月"), None),
        ("budget", "per month", Normal(low=40, high=40, currency="EUR"), None),
    ],
)
def test_units_are_compared_by_what_they_mean(
    field: str, unit: str, said: Normal, *, told: bool | None
) -> None:
    wanted = Condition(operator="between", value=(10, 1000), unit=unit)
    assert holds(wanted, field, [said]) is told


def test_conditions_meet_in_the_unit_of_their_field() -> None:
    two = Condition(operator=">=", value=2, unit="years")
    months = Condition(operator="<=", value=30, unit="months")
    assert meet(two, months, "tenure") is True
    assert meet(two, months.model_copy(update={"value": 20.0}), "tenure") is False
    assert meet(two, months) is None


@pytest.mark.parametrize(
    ("span", "operator"),
    [
        (Normal(low=2, high=5), "between"),
        (Normal(low=2), ">="),
        (Normal(high=5), "<="),
    ],
)
def test_a_range_is_a_condition_with_its_open_end(span: Normal, operator: str) -> None:
    assert condition_of(span).operator == operator
    assert matches(condition_of(span), span) is True


@given(
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
    st.floats(-1e6, 1e6),
)
def test_between_is_at_least_and_at_most(a: float, b: float, value: float) -> None:
    low, high = sorted((a, b))
    least = matches(Condition(operator=">=", value=low), value)
    most = matches(Condition(operator="<=", value=high), value)
    both = matches(Condition(operator="between", value=(low, high)), value)
    assert both is (least and most)


def test_words_are_compared_without_case_and_marks() -> None:
    trade = Condition(operator="in", value=("Bakery", "hotel"))
    assert [matches(trade, word) for word in ("bakery.", "The Hotel", "school")] == [
        True,
        True,
        False,
    ]
    assert matches(Condition(operator="not in", value=("hotel",)), "Hotel") is False
    with pytest.raises(ValueError, match="no operator"):
        matches(Condition(operator="like", value="x"), "x")


def test_another_tool_is_no_no_but_another_trade_is() -> None:
    xero = Condition(operator="=", value="Xero")
    assert holds(xero, "technology", ["Excel", "xero"]) is True
    assert holds(xero, "technology", ["Excel"]) is None
    assert holds(xero, "industry", ["Excel"]) is False
    assert holds(xero, "industry", []) is None


def test_of_several_figures_the_last_counts() -> None:
    assert holds(MARY, "headcount_company", [9, 12]) is True


def test_two_conditions_meet_where_one_account_can_fulfil_both() -> None:
    assert meet(MARY, OLLIE) is False
    assert meet(MARY, Condition(operator=">=", value=1000)) is True
    assert meet(MARY, Condition(operator="<=", value=9, unit="sites")) is None
    assert meet(MARY, Condition(operator="=", value="bakery")) is None
    some = Condition(operator="in", value=("a", "b"))
    assert meet(some, Condition(operator="=", value="B")) is True
    assert meet(some, Condition(operator="not in", value=("a", "b"))) is False
    assert meet(Condition(operator="not in", value=("a",)), some) is True
