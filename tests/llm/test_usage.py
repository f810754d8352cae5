from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from icp_synth.errors import BudgetReached, SettingsError
from icp_synth.llm.protocol import ChatReply, Usage
from icp_synth.llm.usage import Budget, Price, UsageTotals, expected, price_of
from tests.llm.helpers import GOOD, request

PRICE = Price(input=Decimal(2), output=Decimal(8), cached=Decimal("0.5"))


def test_cached_tokens_have_their_own_price() -> None:
    usage = Usage(input_tokens=1_000_000, output_tokens=500_000, cached_tokens=400_000)
    assert PRICE.of(usage) == Decimal("1.2") + Decimal("0.2") + Decimal(4)


def test_a_dated_snapshot_costs_what_its_model_costs() -> None:
    assert price_of("gpt-4.1-2025-04-14") == price_of("gpt-4.1")
    assert price_of("gpt-4.1") is not None


def test_an_unknown_price_is_none_and_never_zero() -> None:
    assert price_of("my-own-model") is None
    totals = UsageTotals()
    totals.add(Usage(input_tokens=10, output_tokens=1), None)
    assert totals.cost is None


def test_study_toml_goes_before_the_table() -> None:
    own = {"gpt-4.1": {"input": 0.1, "output": 0.2}}
    assert price_of("gpt-4.1", own) == Price(
        input=Decimal("0.1"), output=Decimal("0.2")
    )


@pytest.mark.parametrize("wrong", [{}, {"input": "much"}, {"in": 1}])
def test_a_price_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="dollars a million"):
        price_of("x", {"x": wrong})


@given(st.permutations([(1, 3), (7, 11), (13, 17), (999_983, 7), (3, 1_000_003)]))
def test_the_sum_does_not_depend_on_the_order(counts: list[tuple[int, int]]) -> None:
    totals = UsageTotals()
    for sent, answered in counts:
        usage = Usage(input_tokens=sent, output_tokens=answered)
        totals.add(usage, Price(input=Decimal("0.1"), output=Decimal("0.7")))
    sent, answered = 1_000_007, 1_000_041
    assert totals.priced == (sent + 7 * answered) / Decimal(10_000_000)


def test_what_is_reserved_is_at_least_what_a_plain_answer_costs() -> None:
    asked = request(parameters={"max_tokens": 100})
    assert expected(asked).output_tokens == 100
    assert (expected(asked).input_tokens or 0) > 20


def test_no_call_goes_out_that_could_pass_the_limit() -> None:
    asked = request(parameters={"max_tokens": 1_000})
    one = Budget(price=PRICE).reserve(asked)
    budget = Budget(float(one) * 2.5, price=PRICE)
    budget.reserve(asked)
    budget.reserve(asked)
    with pytest.raises(BudgetReached, match="under way"):
        budget.reserve(asked)
    assert budget.reserved == 2 * one


def test_settling_gives_the_difference_back() -> None:
    asked = request(parameters={"max_tokens": 1_000})
    budget = Budget(1.0, price=PRICE)
    amount = budget.reserve(asked)
    usage = Usage(input_tokens=100, output_tokens=10)
    budget.settle(asked, amount, ChatReply(text=GOOD, usage=usage, attempts=2))
    assert budget.reserved == 0
    assert budget.spent == PRICE.of(usage)
    assert (budget.totals.calls, budget.totals.input_tokens) == (2, 100)


def test_a_failed_call_costs_nothing_but_a_timeout_may() -> None:
    asked = request()
    budget = Budget(1.0, price=PRICE)
    budget.settle(asked, budget.reserve(asked), None)
    assert budget.spent == 0
    amount = budget.reserve(asked)
    budget.settle_unknown(asked, amount)
    assert budget.spent == amount
    assert budget.totals.estimated == 1


def test_missing_usage_is_estimated_and_flagged() -> None:
    asked = request()
    budget = Budget(1.0, price=PRICE)
    budget.settle(asked, budget.reserve(asked), ChatReply(text=GOOD))
    assert budget.totals.estimated == 1
    assert budget.spent > 0


def test_under_a_budget_an_unknown_price_is_the_dearest() -> None:
    known, unknown = Budget(1.0, price=PRICE), Budget(1.0)
    assert unknown.reserve(request()) > known.reserve(request())


def test_without_a_limit_it_only_counts() -> None:
    budget = Budget()
    for _ in range(100):
        budget.reserve(request(parameters={"max_tokens": 10**9}))
