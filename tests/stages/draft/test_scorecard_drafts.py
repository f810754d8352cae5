"""A scorecard drafted from criteria; criteria that separate without exception."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.conditions import Condition
from icp_synth.domain.fields import Level
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Coverage, Criterion
from icp_synth.domain.scorecards import grade_row
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import claims_of, criteria_of, draft_profiles, refused_of
from icp_synth.stages.draft.overlaps import facts_by_account
from icp_synth.stages.draft.scorecards import (
    Facts,
    draft_scorecard,
    with_knock_outs,
)
from tests.synthesis_factory import make_findings, make_insight, make_trait

SIX = [f"p{i}" for i in range(6)]
OUTSIDE = "q"
PEOPLE = {
    name: Person(id=name, label=name, company=f"of {name}") for name in (*SIX, OUTSIDE)
}
NOTHING = Wordings(texts={})


def criterion(field: str, operator: str, value: Any, **more: Any) -> Criterion:
    given = {
        "field": field,
        "operator": operator,
        "value": value,
        "status": "evidence",
        "coverage": Coverage(known=3, of=3),
        "claim": f"clm-{value}",
        **more,
    }
    return Criterion.model_validate(given)


def test_a_range_is_perfect_and_half_to_twice_it_is_viable() -> None:
    (row,) = draft_scorecard(
        [criterion("headcount_company", "between", (10, 50), unit="people", weight=1.5)]
    ).rows
    assert row.perfect_fit == Condition(
        operator="between", value=(10, 50), unit="people"
    )
    assert row.viable == Condition(operator="between", value=(5, 100), unit="people")
    assert row.weight == 1.5
    assert not row.must_have


def test_words_of_three_people_are_perfect_and_words_of_two_viable() -> None:
    (row,) = draft_scorecard(
        [
            criterion("industry", "=", "bakery", weight=1.0),
            criterion("industry", "=", "café", status="assumption", weight=2.0),
        ]
    ).rows
    assert row.perfect_fit == Condition(operator="in", value=("bakery",))
    assert row.viable == Condition(operator="in", value=("café",))
    assert (row.weight, row.status) == (2.0, "evidence")
    assert row.claims == ("clm-bakery", "clm-café")


def test_words_that_only_two_gave_are_perfect_assumptions() -> None:
    (row,) = draft_scorecard(
        [criterion("industry", "=", "café", status="assumption")]
    ).rows
    assert row.perfect_fit == Condition(operator="in", value=("café",))
    assert row.viable is None
    assert row.status == "assumption"


@pytest.mark.parametrize("field", ["tenure", "price_paid"])
def test_what_only_customers_have_grades_nobody(field: str) -> None:
    assert draft_scorecard([criterion(field, "between", (2, 5))]) == draft_scorecard([])


def test_half_of_a_count_is_a_whole_number() -> None:
    (row,) = draft_scorecard(
        [criterion("headcount_company", "between", (41, 320), unit="people")]
    ).rows
    assert row.viable is not None
    assert row.viable.value == (21, 640)


def test_a_weight_is_of_lift_of_how_many_it_holds_for_and_of_how_many_are_known() -> (
    None
):
    traits = [make_trait(name, "industry", "bakery") for name in SIX[:3]]
    traits += [make_trait("p3", "industry", "hotel")]
    traits += [make_trait("p5", "industry", "school")]
    study = make_findings(PEOPLE, traits=traits)
    (icp,), _ = draft_profiles(study, [SIX[:5]])
    (one,) = criteria_of(icp, claims_of(study, icp, NOTHING))
    # Lift of those known: (3.5 / 5) / (0.5 / 2) = 2.8; log2(3.8) · 3/4 · 4/5 = 1.16.
    assert icp.seeds[0].lift == 2.8
    assert one.weight == 1.16


FACTS = {
    "a": {"headcount_company": [20.0]},
    "b": {"headcount_company": [30.0]},
    "c": {"headcount_company": [40.0]},
    "d": {"headcount_company": [3.0]},
    "e": {"headcount_company": [4.0]},
    "f": {"headcount_company": [25.0]},
}
SIZE = criterion("headcount_company", "between", (20, 40))


TOO_SMALL = make_insight("d", "It was too small a firm for it.", category="objection")
RAIN = make_insight("e", "Rain moves the whole plan.", at=90)


def knocks(inside: str, outside: str, *, reason: Insight = TOO_SMALL) -> bool:
    (one,) = with_knock_outs(
        [SIZE], FACTS, inside=inside, outside=outside, reasons=[reason]
    )
    return one.effect == "knock_out"


def test_what_all_have_and_none_of_the_others_may_knock_out() -> None:
    assert knocks("abc", "de")
    assert not knocks("abc", "d"), "one person is no evidence"
    assert not knocks("ab", "de"), "two people are too few"
    assert not knocks("abc", "def"), "one of those who left has it too"
    assert not knocks("abcd", "e"), "one of the ICP's own misses it"
    marked = with_knock_outs(
        [SIZE], FACTS, inside="abc", outside="de", reasons=[TOO_SMALL]
    )
    assert draft_scorecard(marked).rows[0].must_have


def test_who_left_over_the_weather_and_is_small_shows_nothing_of_size() -> None:
    assert knocks("abc", "de", reason=TOO_SMALL)
    assert not knocks("abc", "de", reason=RAIN)


def test_an_assumption_knocks_nobody_out() -> None:
    assumed = SIZE.model_copy(update={"status": "assumption"})
    (one,) = with_knock_outs(
        [assumed], FACTS, inside="abc", outside="de", reasons=[TOO_SMALL]
    )
    assert one.effect == "weight"


def graded(size: float | Normal, *apart: float | Normal) -> str | None:
    """Return the grade of a size by a knock-out of 20 to 40 people."""
    criterion_ = SIZE.model_copy(update={"effect": "knock_out", "unit": "people"})
    left = [{"headcount_company": [one]} for one in apart]
    (row,) = draft_scorecard([criterion_], left).rows
    return grade_row(row, [size])


def test_a_knock_out_keeps_out_those_from_whom_it_was_drawn() -> None:
    """With half to twice a range viable, a firm of 12 that left would pass 20 to 40."""
    assert graded(12) == "viable", "nobody of that size left"
    assert graded(12, 12, 3) == "not_fit"
    assert graded(70, 12, 3) == "viable", "on the other side nobody left"
    assert graded(12, 12, 60) == graded(70, 12, 60) == "not_fit"
    assert graded(15, 3, 5) == "viable", "they are out by the wider range as well"
    reaching = Normal(low=8, high=12, unit="people")
    assert graded(12, reaching) == "not_fit"
    paid = Normal(low=12, high=12, unit="per month", currency="EUR")
    assert graded(12, paid) == "viable", "an amount is no size"


def test_words_of_those_who_left_are_not_viable_under_a_knock_out() -> None:
    held = [
        criterion("industry", "=", "bakery", effect="knock_out"),
        criterion("industry", "=", "café"),
        criterion("industry", "=", "hotel", status="assumption"),
    ]
    (row,) = draft_scorecard(
        held, [{"industry": ["café"]}, {"industry": ["school"]}]
    ).rows
    assert row.perfect_fit == Condition(operator="in", value=("bakery",))
    assert row.viable == Condition(operator="in", value=("hotel",))


def test_three_colleagues_are_one_account_and_knock_nobody_out() -> None:
    """Of an ICP of companies, companies are counted, inside and outside."""
    fits, misses = (Normal(low=n, high=n, unit="people") for n in (30, 3))
    facts: Facts = {
        **{name: {"headcount_company": [fits]} for name in "abcgh"},
        **{name: {"headcount_company": [misses]} for name in "de"},
    }
    people = {name: Person(id=name, label=name) for name in "abcdegh"}
    colleagues = {name: Person(id=name, label=name, company="one") for name in "abc"}
    left = {name: Person(id=name, label=name, company="gone") for name in "de"}

    def knocks_out(people: Mapping[str, Person], inside: str, level: Level) -> bool:
        here, there = (
            facts_by_account(people, facts, names, level=level)
            for names in (inside, "de")
        )
        known = {**here, **there}
        (one,) = with_knock_outs(
            [SIZE], known, inside=here, outside=there, reasons=[TOO_SMALL]
        )
        return one.effect == "knock_out"

    together = {**people, **colleagues}
    assert knocks_out(together, "abc", "person")
    assert not knocks_out(together, "abc", "account"), "one company"
    assert not knocks_out(together, "abcg", "account"), "two companies"
    assert knocks_out(together, "abcgh", "account"), "three companies"
    assert not knocks_out({**together, **left}, "abcgh", "account"), "one that left"


def test_facts_that_cannot_be_measured_are_refused_with_the_reason() -> None:
    traits = [
        *(make_trait(name, "industry", "innovative companies") for name in SIX),
        *(make_trait(name, "headcount_company", "40", at=90, normal=Normal(
            low=40, high=40, unit="people")) for name in SIX),
    ]  # fmt: skip
    study = make_findings(PEOPLE, traits=traits)
    (icp,), _ = draft_profiles(study, [SIX])
    claims = claims_of(study, icp, NOTHING)
    assert [one.field for one in criteria_of(icp, claims)] == ["headcount_company"]
    refused, missed = refused_of(icp, claims)
    assert (missed.field, missed.code) == ("industry", "no_kind")
    assert (refused.field, refused.code) == ("industry", "unmeasurable")
    assert refused.word == "innovative"
    assert refused.claim in {one.id for one in claims}


def test_a_protected_fact_of_people_is_a_criterion_only_when_the_study_says_so() -> (
    None
):
    traits = [make_trait(name, "sex", "female", category="demographic") for name in SIX]
    study = make_findings(PEOPLE, traits=traits)
    (icp,), _ = draft_profiles(study, [SIX], level="person")
    claims = claims_of(study, icp, NOTHING)
    assert criteria_of(icp, claims) == ()
    assert [one.code for one in refused_of(icp, claims)] == ["protected"]
    (allowed,) = criteria_of(icp, claims, allow_protected=("sex",))
    assert allowed.value == "female"


def test_the_preset_for_consumers_drafts_icps_of_people() -> None:
    traits = [make_trait(name, "seniority", "owner", category="role") for name in SIX]
    study = make_findings(PEOPLE, traits=traits)
    (of_companies,), _ = draft_profiles(study, [SIX])
    (of_people,), _ = draft_profiles(study, [SIX], level="person")
    assert (len(of_companies.accounts), of_people.accounts) == (6, ())
    assert [seed.field for seed in of_people.seeds] == ["seniority"]
    assert of_companies.seeds == ()
