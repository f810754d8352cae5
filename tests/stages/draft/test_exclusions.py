"""Startup Sams are flagged, with why, where else, and when they may come back."""

from __future__ import annotations

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.conditions import Condition
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Icp
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import Findings, claims_of
from icp_synth.stages.draft.exclusions import (
    Excluded,
    exclusion_of,
    find_excluded,
    readmissions_of,
    referral_of,
)
from icp_synth.stages.draft.scorecards import known_facts
from tests.synthesis_factory import make_findings, make_insight, make_trait

SAMS = ("sam", "sia", "sol")
GROUPS = {"best": "super-user", "gone": "churned", "bad": "Poor fit", "off": "lost"}


def study(*more: Insight) -> Findings:
    names = (*SAMS, *GROUPS)
    people = {
        name: Person(id=name, label=name, company=f"of {name}", group=GROUPS.get(name))
        for name in names
    }
    keen = [
        make_insight(
            name, f"{name} loves it", kind="motivation", category="like", at=10,
            quote="I love this, it is great",
        )
        for name in (*SAMS, "best")
    ]  # fmt: skip
    broke = [
        make_insight(
            name, f"{name} cannot pay", category="objection", at=200,
            quote="but we have no budget for it this year",
        )
        for name in (*SAMS, "best")
    ]  # fmt: skip
    size = [
        make_trait(
            name, "headcount_company", "3", at=400,
            normal=Normal(low=3, high=3, unit="people"),
        )
        for name in SAMS
    ]  # fmt: skip
    everything = [*keen, *broke, *size, *more]
    return make_findings(people, traits=everything)


def by_code(found: Findings) -> dict[str, Excluded]:
    return {one.code: one for one in find_excluded(found)}


def test_planted_sams_are_flagged_and_a_super_user_is_not() -> None:
    found = by_code(study())
    assert list(found) == ["churned", "lost", "poor_fit", "keen_not_able"]
    sams = found["keen_not_able"]
    assert sams.profile.participants == SAMS
    assert sams.keen_not_able == SAMS
    assert sams.profile.status == "draft"
    assert found["churned"].profile.participants == ("gone",)
    assert found["churned"].profile.status == "too_little"


def test_who_pays_is_no_sam() -> None:
    paid = make_trait(
        "sam", "price_paid", "30 dollars", at=600, category="budget_price",
        normal=Normal(low=30, high=30, currency="USD"),
    )  # fmt: skip
    assert by_code(study(paid))["keen_not_able"].keen_not_able == ("sia", "sol")


@pytest.mark.parametrize(
    ("quote", "flagged"),
    [
        ("we simply can't afford it", True),
        ("there is no money for tools like that", True),
        ("I don't have the budget", True),
        ("我們沒有預算", True),
        ("小公司真的付不起", True),
        ("there is no problem with the budget", False),
        ("we have a budget of two thousand", False),
        ("I cannot say a bad word", False),
    ],
)
def test_the_words_for_no_money(quote: str, *, flagged: bool) -> None:
    people = {"x": Person(id="x", label="x")}
    told = [
        make_insight("x", "keen", kind="motivation", category="like", at=1),
        make_insight("x", "money", category="objection", quote=quote, at=90),
    ]
    found = find_excluded(make_findings(people, traits=told))
    assert bool(found) is flagged


def test_a_readers_sign_tells_as_well_as_words() -> None:
    people = {"x": Person(id="x", label="x")}
    told = [make_insight("x", "hm", at=1, signals=("+ready", "-able"))]
    (one,) = find_excluded(make_findings(people, traits=told))
    assert one.code == "keen_not_able"


def test_the_card_says_why_and_names_only_what_they_named() -> None:
    left = make_insight(
        "sam", "sam goes to CrewPlum", at=700, category="problem",
        quote="we will take CrewPlum, it is free",
    )  # fmt: skip
    found = study(left)
    sams = by_code(found)["keen_not_able"]
    claims = claims_of(found, sams.profile, Wordings(texts={}))
    reason = exclusion_of(sams, claims)
    assert reason.keen.participants == reason.not_able.participants == SAMS
    insights = tuple(found.insights.values())
    referral = referral_of(sams, insights, ["CrewPlum", "Fieldmoor"])
    assert {name: one.participants for name, one in referral.named.items()} == {
        "CrewPlum": ("sam",)
    }
    assert referral_of(sams, insights, ["Fieldmoor"]).status == "no_evidence"


def icp(*rows: ScorecardRow) -> Icp:
    given = {
        "id": "icp-1",
        "version": "v",
        "name": "x",
        "status": "draft",
        "segment": None,
        "type": "account",
        "n": 3,
        "scorecard": Scorecard(rows=rows),
        "criteria": [
            {
                "field": one.field,
                "operator": one.perfect_fit.operator,
                "value": one.perfect_fit.value,
                "status": "evidence",
                "coverage": {"known": 3, "of": 3},
            }
            for one in rows
        ],
    }
    return Icp.model_validate(given)


SIZE = ScorecardRow(
    field="headcount_company",
    perfect_fit=Condition(operator="between", value=(10, 50), unit="people"),
    claims=("clm-size",),
)
BUDGET = ScorecardRow(
    field="budget", perfect_fit=Condition(operator="between", value=(500, 900))
)


def test_they_may_come_back_when_they_meet_the_criteria_they_miss() -> None:
    found = study()
    sams = by_code(found)["keen_not_able"]
    facts = known_facts(found.facts)
    size, money = readmissions_of(sams, [icp(SIZE, BUDGET)], facts)
    assert (size.code, size.icp, size.field) == (
        "meets_criterion",
        "icp-1",
        "headcount_company",
    )
    assert (size.missed_by, size.known, size.claims) == (SAMS, 3, ("clm-size",))
    assert (money.code, money.operator, money.value) == ("has_budget", ">=", 500)
    grown = {name: {"headcount_company": [12.0]} for name in SAMS}
    (left,) = readmissions_of(sams, [icp(SIZE, BUDGET)], grown)
    assert left.code == "has_budget"


def test_without_an_icp_that_states_a_budget_the_condition_has_no_figure() -> None:
    sams = by_code(study())["keen_not_able"]
    (money,) = readmissions_of(sams, [], {})
    assert (money.icp, money.operator, money.value) == (None, None, None)
