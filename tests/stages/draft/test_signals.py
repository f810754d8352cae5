"""Seven fit signals: people for and against, what can be observed, a score by rule."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.fields import SIGNALS
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.draft.signals import CATALOGUE, score, signals_of
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
    able = signals["able"]
    assert able["status"] == "not_operational"
    assert able["for"].participants == ("p0",)
    assert (able["observable"], able["threshold"], able["score"]) == (None, None, None)


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


def test_a_figure_of_the_icp_gives_the_threshold_and_then_there_is_a_score() -> None:
    budget = Criterion(
        field="budget",
        operator="between",
        value=(500, 900),
        unit="EUR per month",
        status="evidence",
        coverage=Coverage(known=3, of=4),
        claim="clm-budget",
    )
    insights = [said(name, "+able") for name in ("p0", "p1", "p2")]
    able = signals_of(FOUR, insights, criteria=[budget])["able"]
    assert able["status"] == "operational"
    assert (able["observable"], able["data_field"]) == ("budget_at_least", "budget")
    assert able["threshold"] == Condition(
        operator=">=", value=500, unit="EUR per month"
    )
    assert able["claims"] == ("clm-budget",)
    assert able["score"] == 2


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


def test_where_the_reader_sets_no_sign_the_categories_speak() -> None:
    insights = [
        make_insight("p0", kind="motivation", category="advocacy"),
        said("p1", "+ready"),
    ]
    signals = signals_of(FOUR, insights)
    assert signals["advocacy_potential"]["read_by"] == "categories"
    assert signals["advocacy_potential"]["for"].participants == ("p0",)
    assert signals["ready"]["read_by"] == "signs"


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
