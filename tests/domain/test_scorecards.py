"""Three grades, weights, must-haves; unknown is a range and never "not fit"."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.conditions import Condition, Known
from icp_synth.domain.scorecards import Scorecard, ScorecardRow, UnknownPolicy, grade


def between(low: float, high: float) -> Condition:
    return Condition(operator="between", value=(low, high))


SIZE = ScorecardRow(
    field="headcount_company", perfect_fit=between(10, 50), viable=between(5, 100),
    weight=2,
)  # fmt: skip
TRADE = ScorecardRow(
    field="industry",
    perfect_fit=Condition(operator="in", value=("bakery",)),
    viable=Condition(operator="in", value=("café",)),
)
BUDGET = ScorecardRow(
    field="budget", perfect_fit=Condition(operator=">=", value=1000), must_have=True
)
CARD = Scorecard(rows=(SIZE, TRADE, BUDGET))


def facts(**known: Known) -> dict[str, list[Known]]:
    return {field: [value] for field, value in known.items()}


# By hand: weights 2, 1, 1, so all points are 2·(2+1+1) = 8.
HAND = [
    # 2·2 + 1·2 + 1·2 = 8 of 8
    (facts(headcount_company=50, industry="bakery", budget=1000), 100.0, "perfect_fit"),
    # 2·1 + 1·2 + 1·2 = 6 of 8
    (facts(headcount_company=51, industry="bakery", budget=2000), 75.0, "perfect_fit"),
    # 2·1 + 1·1 + 1·2 = 5 of 8
    (facts(headcount_company=5, industry="café", budget=2000), 62.5, "viable"),
    # 2·0 + 1·0 + 1·2 = 2 of 8
    (facts(headcount_company=101, industry="hotel", budget=2000), 25.0, "not_fit"),
    # 2·2 + 1·2 + 1·0 = 6 of 8, and the must-have fails
    (facts(headcount_company=20, industry="bakery", budget=999), 75.0, "excluded"),
]


@pytest.mark.parametrize(("known", "total", "tier"), HAND)
def test_the_table_that_was_worked_out_by_hand(
    known: dict[str, list[Known]], total: float, tier: str
) -> None:
    graded = grade(CARD, known)
    assert (graded.total, graded.low, graded.high) == (total, total, total)
    assert graded.tier == tier
    assert graded.coverage == 1.0


@pytest.mark.parametrize(
    ("policy", "total"), [("known_only", 100.0), ("low", 50.0), ("middle", 75.0)]
)
def test_an_unknown_criterion_follows_the_policy_and_its_range_is_told(
    policy: UnknownPolicy, total: float
) -> None:
    # Known: size 2·2 = 4 of 4. Unknown: the trade and the budget, 2 of the weight 4.
    graded = grade(
        CARD.model_copy(update={"unknown": policy}), facts(headcount_company=20)
    )
    assert graded.total == total
    assert (graded.low, graded.high) == (50.0, 100.0)
    assert graded.coverage == 0.5
    assert [row.grade for row in graded.rows] == ["perfect_fit", None, None]


def test_an_unknown_must_have_needs_a_check_and_excludes_nobody() -> None:
    assert grade(CARD, facts(headcount_company=500)).tier == "needs_check"


def test_less_than_half_of_the_weight_says_nothing() -> None:
    card = Scorecard(rows=(SIZE, TRADE))
    assert grade(card, facts(industry="bakery")).tier == "needs_check"
    assert grade(card, facts(industry="bakery")).total == 100.0
    assert grade(card, facts(headcount_company=20)).tier == "viable"


TOOL = ScorecardRow(
    field="technology", perfect_fit=Condition(operator="in", value=("Xero",)), weight=9
)
ROLE = ScorecardRow(
    field="seniority", perfect_fit=Condition(operator="in", value=("owner",))
)


def test_who_has_the_size_of_a_bakery_is_no_perfect_one_yet() -> None:
    card = Scorecard(rows=(SIZE, TRADE))
    unknown = grade(card, facts(headcount_company=20))
    assert (unknown.total, unknown.tier) == (100.0, "viable")
    told = grade(card, facts(headcount_company=20, industry="bakery"))
    assert told.tier == "perfect_fit"
    without = grade(Scorecard(rows=(SIZE,)), facts(headcount_company=20))
    assert without.tier == "perfect_fit", "no trade is asked for"


def test_nothing_of_what_firm_it_is_makes_no_perfect_fit() -> None:
    card = Scorecard(rows=(TOOL, TRADE))
    assert grade(card, facts(technology="Xero")).tier == "viable"
    both = facts(technology="Xero", industry="bakery")
    assert grade(card, both).tier == "perfect_fit"
    assert grade(Scorecard(rows=(ROLE,)), facts(seniority="owner")).tier == (
        "perfect_fit"
    )


@pytest.mark.parametrize(("known", "total", "tier"), HAND)
def test_what_a_shifting_group_gave_is_to_be_checked_at_best(
    known: dict[str, list[Known]], total: float, tier: str
) -> None:
    graded = grade(CARD.model_copy(update={"unsteady": True}), known)
    assert graded.total == total
    fits = tier in {"perfect_fit", "viable"}
    assert graded.tier == ("needs_check" if fits else tier)


def test_who_is_unknown_is_neither_fit_nor_not_fit() -> None:
    graded = grade(Scorecard(rows=(SIZE,)), {})
    assert (graded.total, graded.low, graded.high) == (None, 0.0, 100.0)
    assert graded.tier == "unknown"


@given(
    st.dictionaries(
        st.sampled_from(["headcount_company", "industry", "budget"]),
        st.sampled_from([1, 7, 20, 500, 5000, "bakery", "café", "hotel"]),
    )
)
def test_the_total_lies_within_its_range(known: dict[str, Known]) -> None:
    graded = grade(CARD, {field: [value] for field, value in known.items()})
    assert 0 <= graded.low <= graded.high <= 100
    if graded.total is not None:
        assert graded.low <= graded.total <= graded.high
