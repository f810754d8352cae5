"""A page of a synthesis that has everything: each part is shown, and said plainly."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.profiles import Confidence
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.sections import Section
from icp_synth.exports.claims import Sure
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.full_synthesis import (
    CUT_SENTENCE,
    REFUSED_NAME,
    TEST,
    full,
    recorded,
)
from tests.exports.synthesis_factory import by_id, make_claim, synthesis

TEXTS = recorded()


def built(**values: Any) -> Report:
    return build_report(full(TEXTS, **values), by_id(TEXTS), language="en")


def section(report: Report, name: str) -> str:
    """Return a section's words without its elements."""
    html = to_html(report)
    # Every section of the page begins on a line of its own with its name.
    start = html.index(f'<section id="{name}"')
    end = re.compile(
        r'\n<section id="\w+" aria-labelledby="\w+-h"(?: class="screen")?>'
    ).search(html, start + 1)
    found = html[start : end.start() if end else None]
    return unescape(" ".join(re.sub("<[^>]+>", " ", found).split()))


def test_an_assumed_icp_says_so_and_how_each_condition_will_be_tested() -> None:
    report = built()
    card = report.icps[-1]
    assert (card.assumed, card.members, card.size) == (
        True,
        (),
        "0 companies, 0 people",
    )
    words = section(report, "icps")
    assert "From a hypothesis, not from interviews" in words
    assert "untested: nobody of it was interviewed" in words
    assert "assumption" in words
    assert "60 %" in words
    assert TEST in words


def test_icps_that_interviews_gave_stand_before_what_was_assumed() -> None:
    assert [card.assumed for card in built().icps] == [False, True]


def test_what_was_assumed_is_weighed_with_both_sides_and_its_test() -> None:
    words = section(built(), "top_down")
    for said in (
        "Gym chains",
        "0 of 2 borne out by interviews",
        "believed to 60 %",
        TEST,
    ):
        assert said in words
    assert "Said against it" in words
    assert "1 by likeness of words alone" in words


def test_rivals_differences_reasons_and_the_message_are_shown_by_people() -> None:
    words = section(built(), "positioning")
    assert "It closes the month." in words
    assert "Rivalsoft 1 of 6 participants" in words
    assert "Closes in a day" in words
    assert "praised by 1" in words
    assert (
        "The month closes itself somebody says otherwise 1 of 5 say otherwise 1"
        in words
    )
    assert "Not linked to the goal or to what sets us apart" in words


def test_who_says_both_is_shown_beside_what_speaks_against() -> None:
    claim = built().icps[0].claims[0]
    assert [one.who.id for one in claim.divided.all] == ["eve"]
    assert "The same people said this for it as well" in section(built(), "icps")


def test_kinds_of_source_that_carry_a_claim_are_told_where_there_are_several() -> None:
    assert "2 kinds of source: interview 2, survey 1" in section(built(), "icps")
    plain = build_report(synthesis(TEXTS), by_id(TEXTS), language="en")
    assert plain.icps[0].claims[0].sources == ()
    assert not plain.sources.kinds
    assert [one.kind for one in built().sources.transcripts][:3] == [
        "survey",
        "support call",
        "interview",
    ]


def test_a_minority_view_names_the_claim_that_it_contradicts() -> None:
    (view,) = built().minority
    assert view.against is not None
    assert view.against.claim.id == built().icps[0].claims[0].claim.id
    assert not view.decisive
    assert "The opposite of what 4 people say:" in section(built(), "minority")


def test_a_minority_view_that_is_put_with_all_force_is_decisive() -> None:
    plain = full(TEXTS)
    strong = tuple(one.model_copy(update={"intensity": 3}) for one in plain.insights)
    assert built(insights=strong).minority[0].decisive


def test_claims_that_somebody_contradicts_stand_in_the_overview() -> None:
    report = built()
    assert [one.contradicts for one in report.contested] == [1]
    assert "1 say otherwise, 4 say so" in section(report, "overview")


def test_cut_sentences_refused_names_and_lost_decisions_are_told() -> None:
    report = built()
    flagged = report.checks.flagged[0]
    assert (flagged.cut, flagged.claim) == (
        True,
        (report.icps[0].claims[0].anchor, report.icps[0].name.plain),
    )
    words = section(report, "checks")
    for said in (CUT_SENTENCE, "adds a number: 40", REFUSED_NAME, "adds a name"):
        assert said in words
    assert "1 decision lost its place" in words
    assert "2 claims were judged against people" in words


def test_without_checks_there_is_no_section_of_them() -> None:
    report = built(coverage={})
    assert not report.checks.there
    assert 'id="checks"' not in to_html(report)


def test_how_well_the_segments_hold_is_said_in_sentences() -> None:
    report = built()
    assert report.division[0].startswith("Taken together they are a pattern")
    assert "moves 10 % of the others" in report.division[1]
    assert (
        report.segments[0].moved
        == "20 % of its people change group when one is left out"
    )
    # Figures that sections say in words are not told again as a list of names.
    assert report.sources.counts == ()


def test_a_quote_leads_into_its_recording_from_where_it_is_shown() -> None:
    html = to_html(built())
    assert 'href="https://calls.test/ann.mp4#t=725"' in html
    assert html.count("#t=725") > 1


def test_claims_of_a_kind_stand_by_the_people_of_their_card() -> None:
    plain = full(TEXTS)
    close = [one for one in plain.insights if one.kind == "pain"]
    few = make_claim("few", tuple(close[:1]))
    many = make_claim("many", tuple(close[:3]))
    abroad = make_claim("abroad", tuple(close[3:]))
    icp = plain.icps[1].model_copy(update={"claims": (abroad, few, many)})
    shown = built(icps=(icp,)).icps[0].claims
    assert [(one.said.text, one.k) for one in shown] == [
        ("many", 3),
        ("few", 1),
        ("abroad", 0),
    ]


@pytest.mark.parametrize(
    ("value", "level"),
    [(0.24, "low"), (0.25, "middling"), (0.49, "middling"), (0.5, "high")],
)
def test_confidence_has_a_word_beside_its_figure(value: float, level: str) -> None:
    plain = full(TEXTS)
    icp = plain.icps[1]
    sure = {"confidence": Confidence(value=value)}
    claims = (icp.claims[0].model_copy(update=sure),)
    report = built(icps=(icp.model_copy(update={"claims": claims}),))
    assert report.icps[0].claims[0].sure == Sure(level, f"{value:.2f}", ())


def test_a_condition_holds_its_row_of_the_scorecard_and_leads_to_its_claim() -> None:
    plain = full(TEXTS)
    icp = plain.icps[1]
    perfect = Condition(operator="between", value=(50, 200), unit="people")
    viable = Condition(operator="between", value=(25, 400), unit="people")
    rows = (
        ScorecardRow(
            field="headcount_company", perfect_fit=perfect, viable=viable, weight=3
        ),
        ScorecardRow(
            field="sites", perfect_fit=Condition(operator=">=", value=2.0), weight=1
        ),
    )
    trait = next(one for one in plain.insights if one.kind == "trait")
    size = make_claim("50–200 people", (trait,), field="headcount_company")
    criterion = icp.criteria[0].model_copy(update={"claim": size.id})
    report = built(
        icps=(
            icp.model_copy(
                update={
                    "criteria": (criterion,),
                    "claims": (*icp.claims, size),
                    "scorecard": Scorecard(rows=rows),
                }
            ),
        )
    )
    card = report.icps[0]
    (row,) = card.criteria
    behind = next(one for one in card.claims if one.behind)
    assert (row.share, row.viable) == ("75", "between 25–400 people")
    assert (behind.claim.id, behind.anchor) == (size.id, row.anchor)
    assert behind.fact
    # What no condition says is still shown, as a scorecard of its own.
    assert [one.field for one in card.scorecard] == ["sites"]
    assert "people in the company: 50–200 people" in section(report, "icps")


def test_a_section_that_a_question_says_already_points_to_it() -> None:
    plain = full(TEXTS)
    persona = plain.personas[0]
    pains = Section(
        status="evidence", claims=(persona.claims[0].id,), participants=("ann",)
    )
    changed = {"sections": {"pains": pains}, "empathy": {"pains": pains}}
    report = built(personas=(persona.model_copy(update=changed),))
    parts = report.personas[0].persona
    assert parts is not None
    assert parts.sections[0].above == "What are their pains?"
    told = "Said above already: Pains (under “What are their pains?”)."
    assert told in section(report, "personas")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_is_written_in_both_languages(language: str) -> None:
    report = build_report(full(TEXTS), by_id(TEXTS), language=language)
    assert to_html(report)
    assert to_markdown(report)
