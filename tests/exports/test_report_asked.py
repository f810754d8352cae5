"""What a reader needs before anything else: goal, questions, term, and what is weak."""

from __future__ import annotations

import re
from typing import Any

import pytest

from icp_synth.domain.exclusions import Exclusion, Readmission, Referral
from icp_synth.domain.fit import Voices
from icp_synth.domain.positioning import MessageMatch, MessagePart, Positioning, Reason
from icp_synth.domain.profiles import NegativeIcp, Synthesis
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.full_synthesis import full, recorded
from tests.exports.synthesis_factory import by_id, make_claim

TEXTS = recorded()
PLAIN = full(TEXTS)
FOUND = PLAIN.icps[1]


def built(**values: Any) -> Report:
    return build_report(full(TEXTS, **values), by_id(TEXTS), language="en")


def told(**values: Any) -> str:
    return to_markdown(built(**values))


def flagged(outcome: str) -> dict[str, Any]:
    flag = {
        "profile": FOUND.id,
        "claim": FOUND.claims[0].id,
        "field": FOUND.claims[0].field,
        "text": FOUND.claims[0].text,
        "reason": "words",
        "what": "",
        "outcome": outcome,
    }
    return {"coverage": {"challenge": {"flagged": [flag]}}}


def test_a_sentence_that_was_kept_is_marked_wherever_it_is_a_claim() -> None:
    report = built(**flagged("flagged"))
    claim = report.icps[0].claims[0]
    assert claim.flag == "its quotes do not say this"
    mark = ">to be checked</span>"
    # In the overview, on the card, and in the table of claims and people.
    assert to_html(report).count(mark) >= 3
    assert "**(to be checked)**" in told(**flagged("flagged"))


def test_a_sentence_that_was_cut_marks_no_claim() -> None:
    assert built(**flagged("cut")).icps[0].claims[0].flag == ""


def test_goal_and_term_stand_before_the_overview() -> None:
    positioning = Positioning(goal="More gyms that stay")
    page = to_html(built(positioning=positioning))
    head = page[: page.index('<section id="overview"')]
    assert "More gyms that stay" in head
    assert "Look at it again by 2027-11-22." in head
    assert "More gyms that stay" in told(positioning=positioning).split("## ")[0]


def test_a_date_of_review_that_the_study_names_is_the_one_shown() -> None:
    manifest = PLAIN.manifest
    settings = {**manifest.settings, "review_by": "2026-09-01"}
    named = manifest.model_copy(update={"settings": settings})
    assert built(manifest=named).asked.review == "2026-09-01"


def asked() -> tuple[ResearchQuestion, ...]:
    near = ResearchQuestion(
        question="What hurts?",
        status="near",
        claims=(FOUND.claims[0].id, "clm-gone"),
        themes=tuple(one.id for one in PLAIN.themes),
        participants=("ann", "bea"),
        n=2,
        of=6,
    )
    nothing = ResearchQuestion(question="Why do they leave?", status="not_answered")
    return near, nothing


def test_each_question_has_its_answers_or_says_that_it_has_none() -> None:
    report = built(questions=asked())
    first, second = report.asked.questions
    assert first.answers[0].anchor == report.icps[0].claims[0].anchor
    assert first.people == 2
    assert second.answers == ()
    page = to_html(report)
    assert "the rules recognised no answer" in page
    assert page.index('id="overview"') < page.index("What hurts?")
    assert page.index("What hurts?") < page.index('id="icps"')
    assert "- Why do they leave? **the rules recognised no answer**" in told(
        questions=asked()
    )


def test_what_one_person_each_answers_stands_under_its_question() -> None:
    (own, *_) = PLAIN.insights
    each = ResearchQuestion(
        question="What was before?", status="near", single=(own.id,), n=1, of=6
    )
    (shown,) = built(questions=(each,)).asked.questions
    assert [one.insight.id for one in shown.single.all] == [own.id]
    text = told(questions=(each,))
    assert "  - one person each:\n    - " in text
    question = to_html(built(questions=(each,))).partition("What was before?")[2]
    assert own.quotes[0].text[:20] in question.partition("</section>")[0]


def test_a_question_is_not_answered_twice_in_the_same_words() -> None:
    texts = [
        one.said.text for one in built(questions=asked()).asked.questions[0].answers
    ]
    assert len(texts) == len(set(texts))


def test_what_rests_on_the_same_insights_is_one_answer_with_its_card() -> None:
    claim = FOUND.claims[0]
    again = claim.model_copy(update={"id": "clm-again", "text": "Said anew"})
    persona = PLAIN.personas[0].model_copy(update={"claims": (again,)})
    question = asked()[0].model_copy(
        update={"claims": (claim.id, "clm-again"), "themes": ()}
    )
    report = built(personas=(persona,), questions=(question,))
    (answer,) = report.asked.questions[0].answers
    assert answer.card == report.icps[0].name.plain


def test_who_was_asked_is_told_with_the_question_as_untrusted_words() -> None:
    first, *others = PLAIN.themes
    known = {"asked": 4, "said_when_asked": 3, "asked_by": "What is <b> lost?"}
    themes = (first.model_copy(update=known), *others)
    page = to_html(built(themes=themes))
    assert "3 of the 4 who were asked “What is &lt;b&gt; lost?” or the like" in page
    assert r"3 of the 4 who were asked *What is \<b> lost*? or" in told(themes=themes)


def test_one_persons_sentence_that_names_a_theme_of_several_is_an_example() -> None:
    theme = next(one for one in PLAIN.themes if one.n > 1)
    mine = {one.id: one for one in PLAIN.insights}[theme.insights[0]]
    named = theme.model_copy(update={"label": "She counts by hand"})
    written = mine.model_copy(
        update={"statement": "She counts by hand", "statement_origin": "written"}
    )
    insights = tuple(written if one.id == mine.id else one for one in PLAIN.insights)
    themes = tuple(named if one.id == theme.id else one for one in PLAIN.themes)
    boards = built(themes=themes, insights=insights).boards
    (shown,) = [
        one for board in boards for one in board.themes if one.theme.id == theme.id
    ]
    assert shown.said.example


def test_a_reading_that_quotes_nearly_all_says_that_it_chose_little() -> None:
    counts = {"cited": 84, "read_uncited": 10, "unread": 6, "all": 100}
    much = told(coverage={"characters": counts})
    assert "84 % of all that participants said is quoted: nearly everything" in much
    few = told(coverage={"characters": counts | {"cited": 20}})
    assert "20 % of all that participants said is quoted." in few


def test_a_quote_that_stands_for_several_is_an_example() -> None:
    several, one_person = PLAIN.insights[:2], PLAIN.insights[:1]
    quote = one_person[0].quotes[0].text
    for cited, example in ((several, True), (one_person, False)):
        claim = make_claim(quote, tuple(cited))
        report = built(icps=(FOUND.model_copy(update={"claims": (claim,)}),))
        assert report.icps[0].claims[0].said.example is example


def test_a_theme_titled_by_a_quote_says_for_example() -> None:
    page = to_html(built())
    cards = re.findall(r'class="called">(.*?)</h', page, re.DOTALL)
    quoted = [card for card in cards if "<q " in card]
    assert quoted
    assert all('class="eg"' in card for card in quoted)


def test_claims_that_rest_on_the_same_quotes_are_one_row() -> None:
    claim = FOUND.claims[0]
    again = claim.model_copy(update={"id": "clm-again", "text": "Said anew"})
    persona = PLAIN.personas[0].model_copy(update={"claims": (again,)})
    rows = built(personas=(persona,)).matrix.rows
    assert [row.claim.claim.id for row in rows].count("clm-again") == 0
    assert claim.id in [row.claim.claim.id for row in rows]


def _negative() -> NegativeIcp:
    own = PLAIN.insights[0]
    said = Voices(participants=(own.participant,), insights=(own.id,))
    again = Readmission(
        code="stated",
        field="pain/problem",
        missed_by=(own.participant,),
        known=1,
        text="They come back when it closes by itself",
        insights=(own.id,),
    )
    return NegativeIcp.model_validate(
        {
            **FOUND.model_dump(),
            "id": "not-1",
            "claims": (),
            "reason": Exclusion(code="churned", said=said),
            "refer_to": Referral(
                doubted={"Rivalsoft": said}, not_taken={"Thirdsoft": said}
            ),
            "readmit_when": (again,),
        }
    )


def test_who_left_says_why_what_they_ran_down_and_when_they_return() -> None:
    report = built(negative=(_negative(),))
    parts = report.negative[0].negative
    assert parts is not None
    assert [one.who.id for one in parts.said.all] == [PLAIN.insights[0].participant]
    assert parts.referrals == ()
    assert [one.name for one in parts.doubted] == ["Rivalsoft"]
    for page in (to_html(report), told(negative=(_negative(),))):
        assert "They come back when it closes by itself" in page
        assert "Looked at or tried, and run down" in page
        assert "Looked at, not taken" in page
        assert "Thirdsoft" in page
        assert "The rules recognised nothing on where they are better served." in page


def test_a_message_in_parts_and_reasons_of_one_are_shown() -> None:
    own = PLAIN.insights[0]
    match = MessageMatch(
        sentence="It closes and it pays",
        code="not_found_by_likeness",
        parts=(
            MessagePart(text="It closes", supports=("ann",)),
            MessagePart(text="It pays"),
        ),
        n=6,
    )
    reason = Reason(
        participant=own.participant, quote=own.quotes[0].text, insight=own.id
    )
    positioning = Positioning(message=(match,), reasons=(reason,))
    page = to_html(built(positioning=positioning))
    assert "nothing alike was found" in page
    assert "Reasons that one person gives" in page
    assert "*It closes*: 1" in told(positioning=positioning)


@pytest.mark.parametrize("synthesis", [PLAIN, full(TEXTS, negative=(_negative(),))])
def test_every_footnote_of_everything_is_referred_to(synthesis: Synthesis) -> None:
    text = to_markdown(build_report(synthesis, by_id(TEXTS), language="en"))
    notes = re.findall(r"^\[\^(e\d+)\]: ", text, re.MULTILINE)
    assert set(re.findall(r"\[\^(e\d+)\](?!:)", text)) == set(notes)


def test_the_plain_text_holds_every_section_of_the_page() -> None:
    text = told(negative=(_negative(),))
    for section in (
        *("Why us", "What was believed beforehand", "Who it is not for"),
        *("Minority views", "What was checked", "What fed this report"),
    ):
        assert f"\n## {section}\n" in text


def test_what_is_left_out_on_paper_is_named_there() -> None:
    page = to_html(built())
    line = re.search(r'<p class="paper">(.*?)</p>', page)
    assert line
    assert "Quotes board" in line.group(1)
    for name in re.findall(r'<section id="(\w+)"[^>]* class="screen"', page):
        title = re.search(rf'id="{name}-h">(.*?)<', page)
        assert title
        assert title.group(1) in line.group(1)
