"""Hypotheses weighed against planted interviews: the gym case, and single fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from icp_synth.analysts.embedded.analyst import EmbeddedAnalyst
from icp_synth.domain.challenges import Stance
from icp_synth.domain.hypotheses import Hypothesis, TopDown
from icp_synth.domain.insights import Normal
from icp_synth.domain.likeness import nobody_judges
from icp_synth.domain.profiles import Fact
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.pipeline.likeness import judge_by, likeness_by, near_for
from icp_synth.stages.facts import gather_facts
from icp_synth.stages.guide import load_catalogue
from icp_synth.stages.hypotheses import (
    Said,
    icp_id,
    propose_test,
    top_down,
    weigh,
)
from tests.gym_factory import GYMS, SHOPS, gym_study
from tests.synthesis_factory import make_insight

EMBEDDER = EmbeddedEmbedder()

GYM = (
    Hypothesis(icp="Gym chains", field="industry", value="gym", scope=True),
    Hypothesis(
        icp="Gym chains",
        field="role",
        operator="in",
        value=("gym manager", "retail purchaser"),
        confidence=0.5,
        test="Ask who signs.",
    ),
    Hypothesis(icp="Gym chains", field="sites", operator=">=", value=3),
    Hypothesis(
        icp="Gym chains", field="headcount_company", operator="between", value=(20, 200)
    ),
    Hypothesis(
        icp="Gym chains",
        field="pain/problem",
        operator="says",
        value="Members and stock are kept in two systems",
    ),
    Hypothesis(icp="Gym chains", field="budget", operator=">=", value=5000, unit="EUR"),
)


def said_in_the_gym_study(**more: Any) -> Said:
    study = gym_study()
    return Said(
        people=frozenset(one.id for one in study.transcripts),
        facts=gather_facts(study.insights),
        insights=study.insights,
        likeness=likeness_by(EMBEDDER.embed),
        near=near_for(EMBEDDER.name),
        **more,
    )


def gym_icp(bottom_up: dict[str, Sequence[str]] | None = None) -> TopDown:
    found = {"icp-account-01": SHOPS} if bottom_up is None else bottom_up
    (one,) = top_down(GYM, said_in_the_gym_study(), found)
    return one


def test_the_gym_case_gives_an_icp_of_its_own() -> None:
    found = gym_icp()
    assert found.code == "separate"
    assert found.name == "Gym chains"
    assert found.participants == GYMS
    assert (found.nearest, found.overlap) == (None, 0.0)


def test_the_shops_say_nothing_against_a_hypothesis_about_gyms() -> None:
    industry, roles, *_ = gym_icp().weighed
    assert industry.outside == SHOPS
    assert industry.contradicts == ()
    assert roles.outside == SHOPS


def test_three_supporters_and_nobody_against_make_evidence() -> None:
    statuses = {one.hypothesis.field: one.status for one in gym_icp().weighed}
    assert statuses == {
        "industry": "evidence",
        "role": "evidence",
        "sites": "assumption",
        "headcount_company": "assumption",
        "pain/problem": "assumption",
        "budget": "assumption",
    }


def test_one_against_keeps_an_assumption_whatever_the_support() -> None:
    sites = gym_icp().weighed[2]
    assert sites.supports == ("gus", "hana", "ivo")
    assert sites.contradicts == ("jo",)
    assert len(sites.insights) == 3
    assert len(sites.counter) == 1


def test_who_gave_no_figure_is_silent() -> None:
    headcount, budget = gym_icp().weighed[3], gym_icp().weighed[5]
    assert headcount.supports == ("gus", "hana")
    assert headcount.silent == ("ivo",)
    assert budget.silent == GYMS


def test_what_is_worded_alike_and_judged_by_nobody_is_unclear() -> None:
    pain = gym_icp().weighed[4]
    assert pain.supports == ()
    assert pain.unclear == ("gus", "hana", "ivo")
    assert pain.by_likeness == pain.unclear
    assert len(pain.near) == 3


def test_a_denial_in_the_same_words_is_never_support() -> None:
    hypothesis = Hypothesis(
        field="motivation/goal",
        operator="says",
        value="They want to switch to a new tool",
    )
    denial = "We want to keep our tool and never switch to a new tool"
    insights = [
        make_insight(name, denial, kind="motivation", category="goal", quote=denial)
        for name in ("ann", "bob", "cyd")
    ]
    for judge in (nobody_judges, judge_by(EmbeddedAnalyst(), "why_us")):
        found = weigh(
            hypothesis,
            Said(
                people=("ann", "bob", "cyd"),
                facts={},
                insights=insights,
                likeness=likeness_by(EMBEDDER.embed),
                near=near_for(EMBEDDER.name),
                judge=judge,
            ),
        )
        assert (found.supports, found.status) == ((), "assumption")
        assert {*found.unclear, *found.contradicts} == {"ann", "bob", "cyd"}


def test_each_person_stands_in_one_place() -> None:
    for one in gym_icp().weighed:
        places = (one.supports, one.contradicts, one.silent, one.unclear, one.outside)
        everybody = [name for place in places for name in place]
        assert sorted(everybody) == sorted((*SHOPS, *GYMS))


def test_criteria_hold_what_can_be_measured_and_claims_hold_all() -> None:
    found = gym_icp()
    criteria = {one.field: one for one in found.criteria}
    assert set(criteria) == {"industry", "role", "sites", "headcount_company", "budget"}
    assert criteria["role"].status == "evidence"
    assert criteria["role"].value == ("gym manager", "retail purchaser")
    assert criteria["budget"].unit == "EUR"
    assert criteria["sites"].coverage.model_dump() == {"known": 4, "of": 4}
    claims = {one.field: one for one in found.claims}
    assert claims["budget"].basis == "inference"
    assert claims["role"].basis == "evidence"
    assert claims["pain/problem"].basis == "inference"
    assert set(claims["sites"].unjudged) == set(SHOPS)
    assert [one.claim for one in found.criteria] == [
        claims[one.field].id for one in found.criteria
    ]


def test_criteria_carry_confidence_and_test_and_the_scope_knocks_out() -> None:
    criteria = {one.field: one for one in gym_icp().criteria}
    assert (criteria["role"].confidence, criteria["role"].test) == (
        0.5,
        "Ask who signs.",
    )
    assert (criteria["sites"].confidence, criteria["sites"].test) == (None, "")
    knocks_out = {name for name, one in criteria.items() if one.effect == "knock_out"}
    assert knocks_out == {"industry"}


def test_a_hypothesis_without_a_test_is_given_one() -> None:
    (found,) = top_down(
        GYM, said_in_the_gym_study(), {}, propose=lambda one: f"Ask of {one.field}."
    )
    tests = {one.hypothesis.field: one.test for one in found.weighed}
    assert tests["role"] == "Ask who signs."
    assert tests["sites"] == "Ask of sites."
    assert tests["pain/problem"] == "Ask of pain/problem."
    assert {one.test for one in found.criteria} <= set(tests.values())


def test_a_separate_icp_has_an_id_made_of_its_name_and_an_overlapping_none() -> None:
    assert gym_icp().icp == icp_id("Gym chains")
    assert gym_icp({"a": GYMS}).icp is None
    assert icp_id("Gym chains") == icp_id("  gym  CHAINS ")
    assert icp_id("Gym chains") != icp_id("Pools")


def test_one_name_is_one_icp_and_what_is_said_twice_is_one_assumption() -> None:
    again = [
        GYM[0].model_copy(update={"icp": "gym  Chains", "line": 9}),
        GYM[2].model_copy(update={"icp": "GYM CHAINS", "value": 4.0}),
    ]
    (found,) = top_down([*GYM, *again], said_in_the_gym_study(), {})
    assert found.name == "Gym chains"
    assert len(found.weighed) == len(GYM) + 1
    assert len({one.id for one in found.claims}) == len(found.claims)


def test_a_vaguer_word_is_not_what_is_excluded_either() -> None:
    said = Fact(value="director", insights=("i",))
    excluded = {"operator": "not in", "value": ("marketing director",)}
    assert _weighed("role", said, **excluded) == "unclear"


def test_an_assumed_criterion_that_cannot_be_looked_up_is_refused() -> None:
    assumed = [
        Hypothesis(icp="Gym chains", field="industry", value="gym", scope=True),
        Hypothesis(icp="Gym chains", field="industry", value="innovative"),
        Hypothesis(icp="Gym chains", field="budget", operator=">=", value=5000),
        Hypothesis(icp="Gym chains", field="tenure", operator=">=", value=2),
    ]
    (found,) = top_down(assumed, said_in_the_gym_study(), {})
    assert [one.field for one in found.criteria] == ["industry"]
    assert {one.field: one.code for one in found.refused} == {
        "industry": "unmeasurable",
        "budget": "no_currency",
        "tenure": "after_purchase",
    }
    assert {one.claim for one in found.refused} <= {one.id for one in found.claims}


PLANS = [
    ({"field": "sites", "operator": ">=", "value": 3}, "column `sites`"),
    ({"field": "industry", "value": "gym"}, "column `industry`"),
    ({"field": "budget", "operator": ">=", "value": 500}, "invoices"),
    ({"field": "role", "value": "owner"}, "in their own interviews"),
    ({"field": "pain/fear", "operator": "says", "value": "Audits."}, "brings up"),
    ({"field": "industry", "value": "gym", "scope": True}, "Recruit"),
    ({"field": "age", "operator": ">=", "value": 40}, "on record"),
    ({"field": "other:fleet", "value": "vans"}, "on record"),
]


@pytest.mark.parametrize(("given", "said"), PLANS)
def test_a_proposed_test_says_where_to_look_and_what_to_ask(
    given: dict[str, Any], said: str
) -> None:
    hypothesis = Hypothesis.model_validate(given)
    asked = load_catalogue().for_subject(hypothesis.field)
    plan = propose_test(hypothesis, asked.en if asked else None)
    assert said in plan
    assert hypothesis.text().rstrip(".") in plan
    never = "No question" in plan
    assert never == (hypothesis.field in {"age", "other:fleet"})
    if asked is not None and not never:
        assert asked.en in plan
    chinese = propose_test(hypothesis, asked.zh if asked else None, language="zh")
    assert chinese != plan
    assert hypothesis.text().rstrip(".") in chinese


def test_an_icp_of_the_same_people_is_no_second_one() -> None:
    found = gym_icp({"icp-account-01": SHOPS, "icp-account-02": ("gus", "hana", "ivo")})
    assert found.code == "overlaps"
    assert found.nearest == "icp-account-02"
    assert found.overlap == 0.75


def test_an_icp_of_nobody_interviewed_is_all_assumption() -> None:
    hypotheses = [Hypothesis(icp="Ports", field="industry", value="port", scope=True)]
    (found,) = top_down(hypotheses, said_in_the_gym_study(), {"a": SHOPS})
    assert found.code == "untested"
    assert found.counts == {"evidence": 0, "assumption": 1}
    assert found.claims[0].basis == "inference"


def test_without_a_scope_its_people_are_those_who_meet_more_than_they_contradict() -> (
    None
):
    hypotheses = [
        one.model_copy(update={"scope": False}) for one in GYM if one.field != "budget"
    ]
    (found,) = top_down(hypotheses, said_in_the_gym_study(), {"a": SHOPS})
    assert found.participants == ("gus", "hana", "ivo")
    assert found.weighed[0].contradicts == SHOPS
    assert found.weighed[0].status == "assumption"


def test_the_order_of_insights_changes_nothing() -> None:
    said = said_in_the_gym_study()
    turned = Said(
        people=said.people,
        facts=said.facts,
        insights=tuple(reversed(said.insights)),
        likeness=said.likeness,
        near=said.near,
    )
    assert top_down(GYM, turned, {"a": SHOPS}) == top_down(GYM, said, {"a": SHOPS})


def test_a_judge_turns_what_is_near_against_a_hypothesis() -> None:
    def judge(sentence: str, statements: Sequence[str]) -> list[Stance]:
        del sentence
        return ["contradicts" if "another" in one else "supports" for one in statements]

    pain = weigh(GYM[4], said_in_the_gym_study(judge=judge), GYMS)
    assert pain.contradicts == ("hana",)
    assert pain.supports == ("gus", "ivo")
    assert pain.by_likeness == ()


def _weighed(field: str, fact: Fact, **more: Any) -> str:
    hypothesis = Hypothesis.model_validate({"field": field, **more})
    said = Said(
        people=("ann",),
        facts={"ann": {field: (fact,)}},
        insights=(),
        likeness=lambda some, others: [[0.0 for _ in others] for _ in some],
        near=0.5,
    )
    one = weigh(hypothesis, said)
    places = ("supports", "contradicts", "silent", "unclear")
    return next(place for place in places if getattr(one, place))


def _figure(low: float | None, high: float | None, **more: Any) -> Fact:
    return Fact(
        value="said", normal=Normal(low=low, high=high, **more), insights=("i",)
    )


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        (_figure(24, 24, unit="months"), "supports"),
        (_figure(18, 18, unit="months"), "contradicts"),
        (_figure(3, 3, unit="年"), "supports"),
        (_figure(1998, 1998, unit="year founded"), "unclear"),
        (_figure(1, 5, unit="years"), "unclear"),
        (_figure(3, None, unit="years"), "supports"),
        (Fact(value="ages", insights=("i",)), "unclear"),
    ],
)
def test_durations_are_compared_in_the_fields_unit(fact: Fact, place: str) -> None:
    assert _weighed("tenure", fact, operator=">=", value=2) == place


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        (_figure(100, 100, unit="per month", currency="GBP"), "supports"),
        (_figure(90, 90, unit="month", currency="GBP"), "contradicts"),
        (_figure(1300, 1300, unit="per year", currency="GBP"), "supports"),
        (_figure(5000, 5000, unit="per year", currency="EUR"), "unclear"),
        (_figure(5000, 5000, currency="GBP"), "unclear"),
    ],
)
def test_sums_are_compared_in_one_currency_and_period(fact: Fact, place: str) -> None:
    said = {"operator": ">=", "value": 1200, "unit": "GBP per year"}
    assert _weighed("price_paid", fact, **said) == place


@pytest.mark.parametrize(
    ("field", "value", "said", "place"),
    [
        ("industry", "gym", "Gyms", "supports"),
        ("industry", "gym", "gymkhana club", "contradicts"),
        ("industry", "健身房", "連鎖健身房", "supports"),
        ("role", "manager", "gym manager", "supports"),
        ("technology", "Xero", "Excel", "unclear"),
        ("role", "marketing director", "director", "unclear"),
        ("role", "marketing director", "the marketing director, EMEA", "supports"),
        ("role", "行銷主管", "主管", "unclear"),
    ],
)
def test_words_are_compared_as_words(
    field: str, value: str, said: str, place: str
) -> None:
    assert _weighed(field, Fact(value=said, insights=("i",)), value=value) == place
