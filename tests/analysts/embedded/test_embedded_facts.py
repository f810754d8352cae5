"""Profile facts: what is taken, in which form, and what is left alone."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.facts import facts
from icp_synth.domain.fields import PROFILE_FIELDS

Expected = tuple[str, str, float | None, float | None, str | None, str | None]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "We're about two hundred people.",
            ("headcount_company", "about two hundred people", 200, 200, "people", None),
        ),
        (
            "Our company has between 40 and 50 employees.",
            (
                "headcount_company",
                "between 40 and 50 employees",
                40,
                50,
                "people",
                None,
            ),
        ),
        (
            "We were twelve back then and now we're forty-one.",
            ("headcount_company", "forty-one", 41, 41, "people", None),
        ),
        (
            "We're forty people, no, sorry, forty-five people now.",
            ("headcount_company", "forty-five", 45, 45, "people", None),
        ),
        (
            "My team is six people.",
            ("headcount_department", "six people", 6, 6, "people", None),
        ),
        (
            "I've been doing payroll for almost fifteen years.",
            ("experience", "almost fifteen years", 15, 15, "years", None),
        ),
        (
            "We've used it for two to three years.",
            ("tenure", "two to three years", 2, 3, "years", None),
        ),
        (
            "We pay NT$3,000 a month.",
            ("price_paid", "NT$3,000 a month", 3000, 3000, "per month", "TWD"),
        ),
        (
            "It costs us 12 euros per user per month.",
            (
                "price_paid",
                "12 euros per user per month",
                12,
                12,
                "per month per user",
                "EUR",
            ),
        ),
        (
            "Our budget is around fifty thousand dollars a year.",
            (
                "budget",
                "fifty thousand dollars a year",
                50_000,
                50_000,
                "per year",
                "USD",
            ),
        ),
        (
            "We run three warehouses.",
            ("sites", "three warehouses", 3, 3, "sites", None),
        ),
        (
            "我們公司現在有三百多人。",
            ("headcount_company", "三百多人", 300, 399, "people", None),
        ),
        (
            "以前我們只有十二個人，現在四十一個人。",
            ("headcount_company", "四十一個人", 41, 41, "people", None),
        ),
        (
            "我們大概兩百人左右，不對，兩百二十人。",
            ("headcount_company", "兩百二十人", 220, 220, "people", None),
        ),
        (
            "我們一個月付三千塊。",
            ("price_paid", "三千塊", 3000, 3000, "per month", "TWD"),
        ),
        (
            "我们一个月付三千块。",
            ("price_paid", "三千块", 3000, 3000, "per month", "CNY"),
        ),
        ("我們用了兩年了。", ("tenure", "兩年", 2, 2, "years", None)),
    ],
)
def test_a_fact_is_read_with_its_normal_form(said: str, expected: Expected) -> None:
    found = facts(said)
    assert [(fact.field, fact.value) for fact in found] == [expected[:2]]
    normal = found[0].normal
    assert normal is not None
    assert (normal.low, normal.high, normal.unit, normal.currency) == expected[2:]


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("I'm the operations manager at a bakery.", "role", "the operations manager"),
        ("We're a plumbing wholesaler.", "industry", "plumbing wholesaler"),
        ("I open it every morning.", "usage_frequency", "every morning"),
        ("My boss has to approve that.", "decision_role", "My boss has to approve"),
        ("We keep the stock in Excel.", "technology", "Excel"),
        ("I live in Leeds with two cats.", "place", "Leeds"),
        ("我在這間公司擔任營運經理。", "role", "營運經理"),
        ("我們用 Excel 記帳。", "technology", "Excel"),
        ("這個要老闆簽核才可以買。", "decision_role", "要老闆簽"),
    ],
)
def test_a_fact_is_read_as_said(said: str, field: str, value: str) -> None:
    assert (field, value) in [(fact.field, fact.value) for fact in facts(said)]


@pytest.mark.parametrize(
    "said",
    [
        "My cousin's firm has three hundred employees.",
        "Our biggest customer has 500 employees.",
        "At my last company we had 900 people.",
        "If we were 500 people we would need it.",
        "We're not 200 people.",
        "Are we 200 people?",
        "My boss says we're 300 people.",
        "We have two people doing the books.",
        "I don't think we pay 400 dollars a month.",
        "We stopped using Excel.",
        "朋友的公司有五百個人。",
        "以前我們公司有五百個人。",
        "如果我們有五百個人就需要。",
        "我們有三個人負責對帳。",
        "他們公司用 Excel 記帳。",
    ],
)
def test_what_is_not_the_speakers_own_and_now_is_left_alone(said: str) -> None:
    assert facts(said) == []


def test_fields_are_those_of_the_catalogue_and_values_are_slices() -> None:
    said = (
        "I'm the owner of a small bakery. We're nineteen people and we have two shops. "
        "We pay 90 dollars a month and I use it every day. We do orders in Excel."
    )
    found = facts(said)
    assert len(found) >= 5
    for fact in found:
        assert fact.field in PROFILE_FIELDS
        assert fact.value in said
        assert fact.place.start <= fact.at.start
