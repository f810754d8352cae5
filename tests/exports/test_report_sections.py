"""What the report says beside quotes: segments, sections, signals, matrix, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.exclusions import Exclusion, Readmission, Referral
from icp_synth.domain.fit import Signal, Voices
from icp_synth.domain.insights import Normal
from icp_synth.domain.measurable import RefusedCriterion
from icp_synth.domain.profiles import Confidence, NegativeIcp, Synthesis
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.sections import Phrase, Place, Section
from icp_synth.domain.themes import ParentTheme
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import IcpSynthError
from icp_synth.exports.formatting import normal_in_words, recording
from icp_synth.exports.html import to_html
from icp_synth.exports.report import Report, build_report
from tests.exports.synthesis_factory import (
    ALSO,
    CLOSE,
    by_id,
    synthesis,
    transcripts,
)


def report(
    texts: Mapping[str, Transcript] | None = None, **values: Any
) -> tuple[Report, str]:
    texts = texts or transcripts()
    made = synthesis(texts, **values)
    found = build_report(made, by_id(texts), language="en")
    return found, to_html(found)


def plain() -> Synthesis:
    return synthesis(transcripts())


def test_a_segment_is_told_by_what_its_people_share_more_than_others() -> None:
    segment = plain().segments[0].model_copy(update={"stability": 0.7})
    made, page = report(segments=(segment,))
    (shown,) = made.segments
    assert shown.shared[0].k == 3
    assert (shown.shared[0].others, shown.shared[0].of_others) == (1, 3)
    assert shown.stability == "comes back in part; its edges move (0.70)"
    assert "3 of 3 here, 1 of 3 elsewhere" in page


def test_who_was_not_heard_is_no_other_fits_no_segment_and_lowers_no_median() -> None:
    unheard = ("dai", "fei")
    frame = plain().frame.model_copy(update={"unheard": unheard})
    before, _ = report()
    made, page = report(frame=frame)
    assert [one.id for one in made.unassigned] == ["eve"]
    assert made.segments[0].shared[0].of_others == 1
    assert "of 1 elsewhere" in page
    assert {one.person.id for one in made.heard.little}.isdisjoint(unheard)
    assert made.heard.median > before.heard.median


def test_a_segment_that_people_made_says_so() -> None:
    decided = {"decided": True, "by": "Kim"}
    segment = plain().segments[0].model_copy(update=decided)
    assert report(segments=(segment,))[0].segments[0].decided.startswith("put together")


def test_a_title_of_several_peoples_words_is_shown_as_their_quotes() -> None:
    icp = plain().icps[0].model_copy(update={"name": f"{CLOSE} · {ALSO}"})
    made, page = report(icps=(icp,))
    title = made.icps[0].name
    assert [part.text for part in title.parts] == [CLOSE, ALSO]
    assert [part.citation.who.id for part in title.parts if part.citation] == [
        "ann",
        "cem",
    ]
    assert title.plain == f"“{CLOSE}” · “{ALSO}”"
    assert f"{CLOSE} · {ALSO}" not in page


def _signal(**values: Any) -> Signal:
    given: dict[str, Any] = {
        "status": "operational",
        "for": Voices(participants=("ann", "bea")),
        "against": Voices(participants=("cem",)),
        "of": 3,
        "read_by": "signs",
        "observable": "budget_at_least",
        "data_field": "budget",
        "threshold": Condition(operator=">=", value=200.0, unit="EUR per month"),
        "claims": (),
        "score": 1,
    }
    return Signal(**{**given, **values})  # type: ignore[typeddict-item]


def test_fit_signals_stand_in_their_order_with_what_can_be_observed() -> None:
    silent = _signal(
        status="not_operational",
        observable=None,
        data_field=None,
        threshold=None,
        score=None,
    )
    icp = (
        plain()
        .icps[0]
        .model_copy(update={"signals": {"able": _signal(), "ready": silent}})
    )
    made, page = report(icps=(icp,))
    first, second = made.icps[0].signals
    assert (first.key, second.key) == ("ready", "able")
    assert (second.speaks, second.against, second.of) == (2, 1, 3)
    assert second.threshold == "at least 200 EUR per month"
    assert "not operational" in page


def test_a_refused_condition_says_which_word_gave_it_away() -> None:
    refused = RefusedCriterion(
        field="maturity",
        operator="=",
        value="innovative",
        code="unmeasurable",
        word="innovative",
    )
    icp = plain().icps[0].model_copy(update={"refused": (refused,)})
    (shown,) = report(icps=(icp,))[0].icps[0].refused
    assert shown.condition == "maturity is innovative"
    assert shown.reason == "nobody can look it up in a table"


def test_a_scorecard_row_is_in_words() -> None:
    row = ScorecardRow(
        field="sites",
        perfect_fit=Condition(operator=">=", value=3.0, unit="sites"),
        must_have=True,
    )
    icp = plain().icps[0].model_copy(update={"scorecard": Scorecard(rows=(row,))})
    made, page = report(icps=(icp,))
    assert made.icps[0].scorecard[0].perfect == "at least 3 sites"
    assert "perfect fit 75" in page


def _persona(**sections: Section) -> dict[str, Any]:
    persona = plain().personas[0]
    return {"personas": (persona.model_copy(update={"sections": sections}),)}


def test_an_empty_section_says_no_evidence() -> None:
    made, page = report(**_persona(fears=Section(status="no_evidence")))
    assert made.personas[0].persona is not None
    assert made.personas[0].persona.sections[0].title == "Fears"
    assert "The rules recognised nothing on: Fears" in " ".join(page.split())


def test_a_section_leads_to_its_claims_and_the_claim_is_there() -> None:
    claim = plain().personas[0].claims[0]
    section = Section(status="evidence", claims=(claim.id,), participants=("ann",))
    made, page = report(**_persona(pains=section))
    shown = made.personas[0].persona
    assert shown is not None
    anchor = shown.sections[0].claims[0].anchor
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}"' in page


def test_words_they_use_are_cut_out_of_what_they_said() -> None:
    texts = transcripts()
    start = texts["ann"].text.index(CLOSE)
    place = Place(transcript="ann.txt", start=start, end=start + len(CLOSE))
    phrase = Phrase(
        text=CLOSE,
        participants=("ann", "bea"),
        n=2,
        of=3,
        elsewhere=0,
        lift=2.0,
        places=(place,),
    )
    section = {"pains": Section(status="no_evidence")}
    persona = (
        plain().personas[0].model_copy(update={"sections": section, "words": (phrase,)})
    )
    made = report(personas=(persona,))[0].personas[0].persona
    assert made is not None
    assert made.phrases[0].text == CLOSE


def test_words_of_the_interviewer_are_nobodys_words() -> None:
    question = transcripts()["ann"].text.index("The close is painful")
    place = Place(transcript="ann.txt", start=question, end=question + 9)
    phrase = Phrase(
        text="The close",
        participants=("ann",),
        n=1,
        of=3,
        elsewhere=0,
        lift=1.0,
        places=(place,),
    )
    section = {"pains": Section(status="no_evidence")}
    persona = (
        plain().personas[0].model_copy(update={"sections": section, "words": (phrase,)})
    )
    with pytest.raises(IcpSynthError, match="Nobody says"):
        report(personas=(persona,))


def _negative() -> NegativeIcp:
    icp = plain().icps[0].model_dump()
    again = Readmission(
        code="meets_criterion",
        icp="icp-1",
        field="sites",
        operator=">=",
        value=3.0,
        missed_by=("eve",),
        known=1,
    )
    return NegativeIcp.model_validate(
        {
            **icp,
            "id": "not-1",
            "reason": Exclusion(code="churned"),
            "refer_to": Referral(status="evidence", named={"Rivalsoft": Voices()}),
            "readmit_when": (again,),
        }
    )


def test_who_is_not_ideal_says_why_where_to_and_when_again() -> None:
    made, page = report(negative=(_negative(),))
    assert made.negative[0].negative is not None
    for words in (
        "They left.",
        "Rivalsoft",
        "sites at least 3",
        "1 of 1 of whom it is known",
    ):
        assert words in page


def test_a_claim_that_stands_in_two_cards_is_one_row_of_the_matrix() -> None:
    made, page = report()
    (row,) = made.matrix.rows
    by_person = dict(
        zip([one.id for one in made.matrix.columns], row.cells, strict=True)
    )
    assert by_person["ann"] == "supports"
    assert by_person["eve"] == "contradicts"
    assert by_person["dai"] == "silent"
    assert 'aria-label="say otherwise"' in page
    (part,) = made.matrix.parts
    assert part.card.anchor == made.icps[0].anchor
    assert part.rows == made.matrix.rows


def test_the_matrix_tells_apart_what_its_card_tells_apart() -> None:
    icp = plain().icps[0]
    claim = next(one for one in icp.claims if one.basis == "evidence")
    claim = claim.model_copy(
        update={"supports": ("ann", "bea"), "unjudged": ("cem", "fei")}
    )
    looked_at = claim.model_copy(update={"looked_at": claim.unjudged[:1]})
    fact = claim.model_copy(
        update={"field": "company_age", "other_value": claim.unjudged[:1]}
    )
    elsewhere = claim.model_copy(
        update={"field": "company_age", "not_comparable": claim.unjudged[:1]}
    )
    trade = fact.model_copy(update={"field": "industry"})
    for one, first, others in (
        (looked_at, "unplaced", "unjudged"),
        (fact, "other_value", "not_stated"),
        (elsewhere, "not_comparable", "not_stated"),
        (trade, "other_words", "not_stated"),
    ):
        made, page = report(icps=(icp.model_copy(update={"claims": (one,)}),))
        (row,) = made.matrix.rows
        ids = [who.id for who in made.matrix.columns]
        by_person = dict(zip(ids, row.cells, strict=True))
        assert (by_person["cem"], by_person["fei"]) == (first, others)
        assert dict(row.claim.stances) == Counter(row.cells)
        # The legend tells what occurs, and nothing else.
        assert set(made.matrix.stances) == set(row.cells)
        matrix = page.split('<section id="matrix"')[1].split("</section>")[0]
        assert f'<i class="is-{first}"' in matrix


def test_confidence_shows_its_parts() -> None:
    icp = plain().icps[0]
    sure = Confidence(value=0.4, parts={"agreement": 0.8})
    claim = icp.claims[0].model_copy(update={"confidence": sure})
    _, page = report(icps=(icp.model_copy(update={"claims": (claim,)}),))
    assert "confidence middling 0.40" in page
    assert "agreement of those who took a side" in page


def test_themes_stand_under_their_group_and_the_others_apart() -> None:
    first = plain().themes[0]
    second = first.model_copy(update={"id": "theme-3"})
    third = first.model_copy(update={"id": "theme-4"})
    parent = ParentTheme(
        id="group-1",
        version="v",
        kind="pain",
        label=CLOSE,
        themes=("theme-1", "theme-3"),
        participants=first.participants,
        n=4,
        of=6,
    )
    made, _ = report(themes=(first, second, third), theme_groups=(parent,))
    board = made.boards[0]
    assert [one.theme.id for one in board.groups[0].themes] == ["theme-1", "theme-3"]
    assert [one.theme.id for one in board.alone] == ["theme-4"]


def test_a_theme_that_one_person_dominates_is_marked() -> None:
    theme = plain().themes[0].model_copy(update={"dominated_by": "ann"})
    assert "mostly ann" in report(themes=(theme,))[1]


def test_k_of_those_who_were_asked_stands_beside_k_of_all() -> None:
    asked = {"asked": 5, "said_when_asked": 3}
    theme = plain().themes[0].model_copy(update=asked)
    assert "3 of 5 who were asked" in report(themes=(theme,))[1]


def test_turns_that_fed_nothing_and_people_heard_too_little_are_counted() -> None:
    made, _ = report()
    assert (made.heard.cited, made.heard.all) == (5, 6)
    assert made.heard.turns[0].path.startswith("dai")
    assert [one.person.id for one in made.heard.little] == ["dai"]
    assert sum(made.heard.places.counts) == 8


def test_a_filter_is_offered_only_where_it_divides() -> None:
    made, page = report()
    assert [one.field for one in made.filters.each] == ["group"]
    assert made.filters.each[0].options[0] == ("super-user", "super-user", 4)
    assert '<form class="filters" id="filters" hidden' in page


@pytest.mark.parametrize(
    ("media", "time", "expected"),
    [
        ("calls/ann 1.mp3", 725_400, "../calls/ann%201.mp3#t=725"),
        ("https://x.test/a.mp4#s", 9_000, "https://x.test/a.mp4#t=9"),
        ("javascript:alert(1)", 9_000, None),
        ("/etc/passwd", 9_000, None),
        ("calls/ann.mp3", None, None),
        (None, 9_000, None),
    ],
)
def test_a_moment_of_a_recording_has_an_address_where_both_are_known(
    media: str | None, time: int | None, expected: str | None
) -> None:
    assert recording(media, time) == expected


def test_a_quote_leads_into_its_recording() -> None:
    texts = {
        name: one.model_copy(update={"media": "calls/a.mp3"})
        for name, one in transcripts().items()
    }
    assert 'href="../calls/a.mp3#t=725"' in report(texts)[1]


def test_a_year_is_written_as_a_year_and_a_count_with_its_thousands() -> None:
    year = Normal(low=1987, high=1987, unit="year founded")
    assert normal_in_words(year) == "1987 year founded"
    assert normal_in_words(Normal(low=1987, unit="people")) == "≥ 1,987 people"
    assert normal_in_words(Normal(low=12, high=15, unit="years")) == "12–15 years"
