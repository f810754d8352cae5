"""From what a reader wrote to what may be published."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import (
    InsightDraft,
    Normal,
    QuoteDraft,
    QuoteStatus,
)
from icp_synth.domain.passages import Rendered, RenderedTurn
from icp_synth.domain.transcripts import Transcript
from icp_synth.stages.ground import Grounded, Locator, ground
from tests.factories import make_transcript

TALK = make_transcript(
    [
        ("Q", "interviewer", "How do exports work?"),
        (
            "Ann",
            "participant",
            "Every Monday I spend two hours on it. It breaks a lot.",
        ),
        ("Q", "interviewer", "So you would say it is slow, right?"),
        ("Ann", "participant", "Mm, yes. It is quite slow. We use Excel for the rest."),
        ("Bob", "participant", "For me it is fine as it is."),
    ],
    id="talk",
    times=[0, 2_000, 9_000, None, 15_000],
)


def _draft(*quotes: tuple[int, str], **fields: Any) -> InsightDraft:
    values: dict[str, Any] = {
        "kind": "pain",
        "category": "problem",
        "statement": "They lose two hours a week.",
        "quotes": tuple(QuoteDraft(turn=turn, text=text) for turn, text in quotes),
    }
    return InsightDraft(**(values | fields))


def _ground(*drafts: InsightDraft, transcript: Transcript = TALK) -> Grounded:
    return ground(drafts, transcript)


def test_a_quote_becomes_a_slice_with_its_turn_time_and_speaker() -> None:
    found = _ground(_draft((1, "every monday I spend two hours")))
    (insight,) = found.insights
    (quote,) = insight.quotes
    assert insight.participant == "Ann"
    assert insight.transcript == "talk"
    assert quote.text == "Every Monday I spend two hours"
    assert TALK.text[quote.start : quote.end] == quote.text
    assert (quote.turn, quote.time, quote.alignment) == (1, 2_000, "folded")
    assert found.counts == {"quotes": 1, "folded": 1}
    assert found.quarantined == ()


@pytest.mark.parametrize(
    ("turn", "text", "status"),
    [
        (1, "Every Monday I spend three hours on it", "altered_number"),
        (1, "Every Monday I never spend two hours on it", "altered_negation"),
        (1, "Every Tuesday I spend two hours on it", "altered_words"),
        (1, "Every Monday I spend It is quite slow", "stitched"),
        (0, "How do exports work?", "interviewer"),
        (1, "We love the new dashboard", "not_found"),
        (1, "a lot", "exact"),
        (1, "It", "too_short"),
    ],
)
def test_what_is_refused_is_kept_with_its_status(
    turn: int, text: str, status: QuoteStatus
) -> None:
    found = _ground(_draft((turn, text)))
    assert found.counts == {"quotes": 1, status: 1}
    if status == "exact":
        assert len(found.insights) == 1
        return
    assert found.insights == ()
    (refused,) = found.quarantined
    assert (refused.quote, refused.reason) == (text, status)
    assert refused.transcript == "talk"
    assert refused.statement == "They lose two hours a week."


def test_an_insight_stands_on_the_quotes_that_pass() -> None:
    found = _ground(_draft((1, "It breaks a lot"), (1, "It breaks all the time now")))
    assert [quote.text for quote in found.insights[0].quotes] == ["It breaks a lot"]
    assert len(found.quarantined) == 1


def test_a_draft_without_a_quote_is_counted() -> None:
    found = _ground(_draft())
    assert found.insights == ()
    assert [refused.reason for refused in found.quarantined] == ["no_quote"]
    assert found.counts == {"no_quote": 1}


def test_a_wrong_turn_is_mended_marked_and_counted() -> None:
    found = _ground(_draft((3, "Every Monday I spend two hours")))
    (quote,) = found.insights[0].quotes
    assert (quote.turn, quote.moved) == (1, True)
    assert found.counts == {"quotes": 1, "exact": 1, "moved": 1}


def test_an_elided_quote_is_kept_as_its_parts() -> None:
    found = _ground(_draft((1, "Every Monday I spend … It breaks a lot")))
    texts = [quote.text for quote in found.insights[0].quotes]
    assert texts == ["Every Monday I spend", "It breaks a lot"]
    assert found.counts == {"quotes": 1, "elided": 1, "elided_parts": 2}


def test_a_part_that_does_not_pass_by_itself_is_refused() -> None:
    found = _ground(_draft((1, "two hours on it … It")))
    assert [quote.text for quote in found.insights[0].quotes] == ["two hours on it"]
    (refused,) = found.quarantined
    assert (refused.quote, refused.reason) == ("It", "too_short")
    assert found.counts["elided_parts_refused"] == 1


def test_the_first_quotes_speaker_has_the_insight() -> None:
    found = _ground(_draft((1, "It breaks a lot"), (4, "it is fine as it is")))
    (insight,) = found.insights
    assert insight.participant == "Ann"
    assert [refused.reason for refused in found.quarantined] == ["two_speakers"]
    assert found.counts == {"quotes": 2, "exact": 2, "two_speakers": 1}


def test_the_same_span_is_kept_once() -> None:
    found = _ground(_draft((1, "It breaks a lot"), (1, "it BREAKS a lot")))
    assert len(found.insights[0].quotes) == 1
    assert found.counts["duplicate_quotes"] == 1


def test_the_same_insight_is_kept_once() -> None:
    draft = _draft((1, "It breaks a lot"))
    found = _ground(draft, draft)
    assert len(found.insights) == 1
    assert found.counts["duplicate_insights"] == 1


@pytest.mark.parametrize(
    ("kind", "category"), [("pain", "goal"), ("trait", "mood"), ("pain", "compliance")]
)
def test_an_unknown_category_is_quarantined(kind: Kind, category: str) -> None:
    found = _ground(_draft((1, "It breaks a lot"), kind=kind, category=category))
    assert found.insights == ()
    assert [refused.reason for refused in found.quarantined] == ["unknown_category"]
    assert found.counts == {"quotes": 1, "exact": 1, "unknown_category": 1}


def test_the_studys_own_categories_are_known_under_their_kind() -> None:
    extra = [("pain", "compliance")]
    own = _draft((1, "It breaks a lot"), category="compliance")
    assert len(ground([own], TALK, extra=extra).insights) == 1
    other = own.model_copy(update={"kind": "motivation"})
    assert ground([other], TALK, extra=extra).insights == ()


def test_signals_need_their_sign_and_a_place_on_the_list() -> None:
    signals = ("+ready", "-able", "ready", "+rich", "+ready")
    found = _ground(_draft((1, "It breaks a lot"), signals=signals))
    assert found.insights[0].signals == ("+ready", "-able")
    assert found.counts["signals_dropped"] == 3


def test_a_trait_has_an_attribute_and_no_intensity() -> None:
    fields = {
        "kind": "trait",
        "category": "technology",
        "attribute": "Software",
        "value": "Excel",
        "intensity": 2,
    }
    found = _ground(_draft((3, "We use Excel for the rest"), **fields))
    (insight,) = found.insights
    assert (insight.attribute, insight.value) == ("technology", "Excel")
    assert insight.intensity is None
    assert found.counts["intensity_dropped"] == 1


def test_a_pain_has_an_intensity_and_no_attribute() -> None:
    fields = {"attribute": "tool", "normal": Normal(low=2), "intensity": 3}
    found = _ground(_draft((1, "It breaks a lot"), **fields))
    (insight,) = found.insights
    assert (insight.attribute, insight.normal) == (None, None)
    assert insight.intensity == 3
    assert found.counts["attributes_dropped"] == 1


def test_an_answer_that_was_put_into_the_mouth_is_flagged() -> None:
    found = _ground(
        _draft((3, "It is quite slow")), _draft((3, "We use Excel for the rest"))
    )
    assert [insight.quotes[0].leading for insight in found.insights] == [True, False]


def test_insights_stand_by_their_place_in_the_source() -> None:
    found = _ground(_draft((3, "It is quite slow")), _draft((1, "It breaks a lot")))
    assert [insight.quotes[0].turn for insight in found.insights] == [1, 3]


def test_an_id_is_of_the_content_and_not_of_the_company_it_keeps() -> None:
    one, other = _draft((1, "It breaks a lot")), _draft((3, "It is quite slow"))
    alone = _ground(one).insights[0].id
    assert alone.startswith("ins-")
    assert alone == _ground(other, one).insights[0].id
    changed = one.model_copy(update={"statement": "Another one."})
    assert _ground(changed).insights[0].id != alone


def test_context_cannot_be_cited() -> None:
    turn = TALK.turns[1]
    rendered = Rendered(
        window="w",
        transcript="talk",
        language="en",
        turns=(
            RenderedTurn(
                number=1,
                speaks="participant",
                participant="Ann",
                use="context",
                text=turn.span.of(TALK.text),
                start=turn.start,
            ),
        ),
    )
    locator = Locator(TALK)
    draft = _draft((1, "It breaks a lot"))
    found = ground([draft], TALK, rendered=rendered, locator=locator)
    assert found.insights == ()
    assert found.quarantined[0].reason == "not_found"
    assert len(ground([draft], TALK, locator=locator).insights) == 1


def test_every_raw_quote_has_one_status() -> None:
    found = _ground(
        _draft((1, "It breaks a lot"), (1, "It breaks all the time now")),
        _draft((0, "How do exports work?"), category="mood"),
        _draft((1, "Every Monday I spend … It breaks a lot")),
    )
    statuses = {"exact", "altered_words", "interviewer", "elided", "not_found"}
    by_status = sum(found.counts.get(status, 0) for status in statuses)
    assert by_status == found.counts["quotes"] == 4
