"""Seven fit signals: people for and against, what can be observed, a score by rule."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.fields import SIGNALS
from icp_synth.domain.fit import Signal
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.measurable import AFTER_PURCHASE
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.draft.observables import CATALOGUE
from icp_synth.stages.draft.scorecards import Facts
from icp_synth.stages.draft.signals import score, signals_of
from tests.synthesis_factory import make_insight

FOUR = frozenset({"p0", "p1", "p2", "p3"})


def said(name: str, *signs: str, at: int = 0, **more: Any) -> Insight:
    return make_insight(name, f"{name} says {at}.", at=at, signals=signs, **more)


def claim(field: str, insight: Insight) -> Claim:
    return Claim(
        id=f"clm-{field}",
        field=field,
        text="Something they share.",
        basis="evidence",
        insights=(insight.id,),
        supports=(insight.participant,),
    )


def test_all_seven_are_there_and_one_without_an_observable_is_not_operational() -> None:
    signals = signals_of(FOUR, [said("p0", "+able")])
    assert list(signals) == list(SIGNALS)
    one = signals["able"]
    assert one["status"] == "not_operational"
    assert one["for"].participants == ("p0",)
    assert (one["observable"], one["threshold"], one["score"]) == (None, None, None)


def test_people_are_counted_and_not_mentions() -> None:
    insights = [
        said("p0", "+ready", at=0),
        said("p0", "+ready", at=90),
        said("p1", "-ready"),
        said("elsewhere", "+ready"),
    ]
    ready = signals_of(FOUR, insights)["ready"]
    assert ready["for"].participants == ("p0",)
    assert len(ready["for"].insights) == 2
    assert ready["against"].participants == ("p1",)
    assert ready["of"] == 4


BUDGET = Criterion(
    field="budget",
    operator="between",
    value=(500, 900),
    unit="EUR per month",
    status="evidence",
    coverage=Coverage(known=3, of=4),
    claim="clm-budget",
)


def amounts(*given: float) -> Facts:
    return {
        f"p{i}": {
            "budget": [
                Normal(low=amount, high=amount, unit="per month", currency="EUR")
            ]
        }
        for i, amount in enumerate(given)
    }


SIX = frozenset(f"p{i}" for i in range(6))


def able(facts: Facts, *speak: str) -> Signal:
    insights = [said(name, "+able") for name in speak]
    return signals_of(SIX, insights, criteria=[BUDGET], facts=facts)["able"]


def test_the_least_figure_of_those_who_speak_for_it_is_the_threshold() -> None:
    found = able(amounts(500, 700, 900, 100, 200), "p0", "p1", "p2")
    assert found["status"] == "operational"
    assert (found["observable"], found["data_field"]) == ("budget_at_least", "budget")
    assert found["threshold"] == Condition(
        operator=">=", value=500, unit="EUR per month"
    )
    assert found["claims"] == ("clm-budget",)
    assert found["score"] == 2


@pytest.mark.parametrize(
    ("figures", "operational"),
    [
        ((500, 700, 900), False),
        ((500, 700, 900, 100), False),
        ((500, 700, 900, 600, 800), False),
        ((500, 700, 900, 100, 800), False),
        ((500, 700, 900, 100, 200), True),
    ],
)
def test_a_figure_that_everybody_has_is_nothing_to_go_by(
    figures: tuple[float, ...], *, operational: bool
) -> None:
    """The least figure of a whole group is not missed by any of it."""
    found = able(amounts(*figures), "p0", "p1", "p2")
    assert (found["status"] == "operational") is operational
    assert (found["score"] is not None) is operational


@pytest.mark.parametrize(
    ("tools", "operational"),
    [
        (("Xero", "Xero", "Sage", "Sage"), True),
        (("Xero", "Sage", "Sage", "Sage"), False),
        (("Xero", "Xero", "Xero", "Xero"), False),
        (("Xero", "Xero", "Sage"), False),
    ],
)
def test_a_tool_shows_success_where_two_have_it_and_others_do_not(
    tools: tuple[str, ...], *, operational: bool
) -> None:
    facts: Facts = {f"p{i}": {"technology": [tool]} for i, tool in enumerate(tools)}
    xero = BUDGET.model_copy(
        update={"field": "technology", "operator": "=", "value": "Xero", "unit": None}
    )
    fine = [said(name, "+success_potential") for name in ("p0", "p1")]
    alone = fine[: tools[:2].count("Xero")]
    found = signals_of(SIX, alone, criteria=[xero], facts=facts)["success_potential"]
    assert (found["status"] == "operational") is operational


def test_how_soon_they_decide_is_told_by_the_longest_of_those_for_it() -> None:
    days = [20, 10, 30, 90, 200]
    facts: Facts = {
        f"p{i}": {"sales_cycle": [Normal(low=n, high=n, unit="days")]}
        for i, n in enumerate(days)
    }
    cycle = BUDGET.model_copy(
        update={"field": "sales_cycle", "value": (10, 200), "unit": "days"}
    )
    quick = [said(f"p{i}", "+acquisition_efficiency") for i in range(3)]
    found = signals_of(SIX, quick, criteria=[cycle], facts=facts)
    told = found["acquisition_efficiency"]["threshold"]
    assert told == Condition(operator="<=", value=30, unit="days")


def test_an_observable_that_most_who_speak_for_it_lack_shows_nothing() -> None:
    facts = {**amounts(500, 700), "p4": amounts(100)["p0"], "p5": amounts(90)["p0"]}
    two_of_three = able(facts, "p0", "p1", "p2")
    assert two_of_three["status"] == "operational"
    half = able(facts, "p0", "p1", "p2", "p3")
    assert (half["status"], half["score"]) == ("not_operational", None)
    assert able(facts)["status"] == "not_operational"


PATTERN: dict[str, Any] = {"kind": "trait", "category": "purchase_pattern"}


@pytest.mark.parametrize(
    ("quotes", "operational"),
    [
        (("We had a demo", "So I tried it on the free month", "先試用"), True),
        (("I did three demos in one week", "we keep a spreadsheet", "I rang"), False),
        (("we keep a spreadsheet", "we pay by card", "in January"), False),
    ],
)
def test_how_they_buy_is_a_demo_only_where_their_words_name_one(
    quotes: tuple[str, ...], *, operational: bool
) -> None:
    told = [
        said(f"p{i}", "+willing", quote=quote, **PATTERN)
        for i, quote in enumerate(quotes)
    ]
    shared = claim("trait/purchase_pattern", told[0])
    willing = signals_of(FOUR, told, claims=[shared])["willing"]
    assert (willing["status"] == "operational") is operational
    unnamed = claim("trait/purchase_pattern", said("p0", quote="We pay.", **PATTERN))
    assert signals_of(FOUR, told, claims=[unnamed])["willing"]["score"] is None


@pytest.mark.parametrize(
    ("quote", "counts"),
    [
        ("I told a colleague with a cleaning firm", True),
        ("There is a lady who took it because of me", True),
        ("我有介紹她", True),
        ("I'd tell them if they asked", False),
        ("I would recommend it", False),
        ("a vet told me about it", False),
    ],
)
def test_who_would_recommend_it_has_referred_nobody(
    quote: str, *, counts: bool
) -> None:
    one = said(
        "p0", "+advocacy_potential", kind="motivation", category="advocacy", quote=quote
    )
    found = signals_of(FOUR, [one], claims=[claim("motivation/advocacy", one)])
    assert (found["advocacy_potential"]["observable"] == "referrals") is counts


def test_a_theme_of_the_icp_is_observed_as_an_event_on_record() -> None:
    event = said("p0", "+ready", kind="motivation", category="trigger")
    ready = signals_of(FOUR, [event], claims=[claim("motivation/trigger", event)])[
        "ready"
    ]
    assert (ready["observable"], ready["data_field"]) == (
        "trigger_event",
        "other:trigger",
    )
    assert ready["score"] == 1


def test_an_event_that_only_some_of_those_for_it_tell_of_shows_nothing() -> None:
    event = said("p0", "+ready", kind="motivation", category="trigger")
    others = [said(name, "+ready") for name in ("p1", "p2")]
    told = claim("motivation/trigger", event)
    ready = signals_of(FOUR, [event, *others], claims=[told])["ready"]
    assert ready["status"] == "not_operational"


def test_nothing_that_only_customers_have_is_observed() -> None:
    sources = {one.source for proposals in CATALOGUE.values() for one in proposals}
    assert not sources & AFTER_PURCHASE


def test_where_the_reader_sets_no_sign_the_categories_speak() -> None:
    insights = [
        make_insight("p0", kind="motivation", category="advocacy"),
        said("p1", "+ready"),
    ]
    signals = signals_of(FOUR, insights)
    assert signals["advocacy_potential"]["read_by"] == "categories"
    assert signals["advocacy_potential"]["for"].participants == ("p0",)
    assert signals["ready"]["read_by"] == "signs"


def read_by_words(*signs: str, **more: Any) -> Insight:
    return said("p0", *signs, statement_origin="verbatim", **more)


@pytest.mark.parametrize(
    ("more", "counts"),
    [
        ({"quote": "I really had a very hard time of it", "intensity": 2}, False),
        ({"quote": "it had to stop before the audit", "intensity": 2}, True),
        ({"quote": "it cost us three days", "intensity": 3}, True),
        ({"quote": "they love to cut my sentences", "intensity": 3}, False),
        ({"kind": "motivation", "category": "goal", "intensity": 3}, False),
    ],
)
def test_by_words_ready_needs_a_problem_that_presses(
    more: dict[str, Any], *, counts: bool
) -> None:
    ready = signals_of(FOUR, [read_by_words("+ready", **more)])["ready"]
    assert bool(ready["for"].participants) is counts


def test_a_sign_goes_when_its_category_was_changed() -> None:
    objection = read_by_words("-willing", category="objection")
    retyped = read_by_words("-willing", category="problem")
    assert signals_of(FOUR, [objection])["willing"]["against"].participants == ("p0",)
    assert signals_of(FOUR, [retyped])["willing"]["against"].participants == ()


def test_a_gain_shows_success_where_it_is_had_of_the_product() -> None:
    gains = [
        make_insight(name, name, kind="motivation", category="desired_gain", quote=said)
        for name, said in (("p0", "Jobwren gave me time"), ("p1", "pencils save time"))
    ]
    named = signals_of(FOUR, gains, product="Jobwren")["success_potential"]
    assert named["for"].participants == ("p0",)
    assert signals_of(FOUR, gains)["success_potential"]["for"].participants == ()


def test_a_side_of_which_no_sign_can_be_read_is_told_and_costs_the_full_score() -> None:
    events = [
        make_insight(
            name, name, kind="motivation", category="trigger", signals=("+willing",),
            statement_origin="verbatim",
        )
        for name in sorted(FOUR)
    ]  # fmt: skip
    told = claim("motivation/trigger", events[0])
    ready = signals_of(FOUR, events, claims=[told])["ready"]
    assert (ready["read_by"], ready["unread"]) == ("categories", ("against",))
    assert ready["score"] == 1
    assert signals_of(FOUR, events)["willing"]["unread"] == ()
    assert signals_of(FOUR, [said("p0", "+ready")])["ready"]["unread"] == ()


@pytest.mark.parametrize(
    ("speaks", "against", "expected"),
    [
        (0, 0, None),
        (3, 1, 2),
        (2, 0, 1),
        (3, 2, 1),
        (1, 1, 1),
        (1, 2, 0),
        (0, 1, 0),
    ],
)
def test_the_rule_of_the_score(speaks: int, against: int, expected: int | None) -> None:
    assert score(speaks, against) == expected


def test_every_signal_has_something_proposed_for_it() -> None:
    assert set(CATALOGUE) == set(SIGNALS)
