"""Values refuse what cannot be: spans, quotes, claims without evidence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st
from pydantic import ValidationError

from icp_synth.domain.insights import Quote
from icp_synth.domain.passages import Passage, RenderedTurn, Slice
from icp_synth.domain.profiles import Claim, persona_type
from icp_synth.domain.spans import Span
from icp_synth.domain.statistics import wilson
from tests.factories import make_transcript

places = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
    lambda ends: Span(start=min(ends), end=max(ends))
)


@given(places, places)
def test_overlap_is_the_number_of_code_points_in_both(one: Span, two: Span) -> None:
    both = set(range(one.start, one.end)) & set(range(two.start, two.end))
    assert one.overlap(two) == two.overlap(one) == len(both)
    assert 0.0 <= one.overlap_of_shorter(two) <= 1.0
    if one.holds(two) and len(two):
        assert one.overlap_of_shorter(two) == 1.0


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2)])
def test_a_span_that_is_none_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValidationError, match="0 <= start <= end"):
        Span(start=start, end=end)


def test_a_span_counts_code_points() -> None:
    assert Span(start=1, end=3).of("a訪👩b") == "訪👩"


def test_a_value_is_frozen_and_closed() -> None:
    span = Span(start=0, end=1)
    with pytest.raises(ValidationError, match="frozen"):
        span.end = 2  # type: ignore[misc]  # that is what is tested
    with pytest.raises(ValidationError, match="extra"):
        Span.model_validate({"start": 0, "end": 1, "colour": "red"})


def test_a_quote_is_as_long_as_its_span() -> None:
    with pytest.raises(ValidationError, match="do not fit"):
        Quote(start=0, end=3, text="four", turn=0)
    assert Quote(start=2, end=6, text="four", turn=0).span == Span(start=2, end=6)


def claim(**more: Any) -> Claim:
    values: dict[str, Any] = {
        "id": "c",
        "field": "pain/problem",
        "text": "It hurts.",
        "basis": "evidence",
        "insights": ("i",),
        "supports": ("Ann",),
        "unjudged": ("Bob",),
        **more,
    }
    return Claim.model_validate(values)


@pytest.mark.parametrize("lacks", [{"insights": ()}, {"supports": ()}])
def test_evidence_without_insights_cannot_be_built(lacks: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="cites no insight"):
        claim(**lacks)
    assert claim(basis="inference", **lacks).basis == "inference"


@pytest.mark.parametrize("stance", ["contradicts", "silent", "unjudged"])
def test_nobody_stands_on_two_sides_of_a_claim(stance: str) -> None:
    with pytest.raises(ValidationError, match="in two places"):
        claim(**{"unjudged": (), stance: ("Ann",)})


@pytest.mark.parametrize(
    ("n", "kind"),
    [
        (0, "proto"),
        (4, "proto"),
        (5, "qualitative"),
        (49, "qualitative"),
        (50, "statistical"),
    ],
)
def test_a_personas_type_is_what_its_sample_carries(n: int, kind: str) -> None:
    assert persona_type(n) == kind


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0)],
)
def test_wilsons_interval_has_its_textbook_values(
    k: int, n: int, low: float, high: float
) -> None:
    found = wilson(k, n)
    assert found is not None
    assert found == pytest.approx((low, high), abs=5e-5)


def test_an_interval_of_nobody_is_unknown() -> None:
    assert wilson(0, 0) is None


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share(counts: tuple[int, int]) -> None:
    k, n = counts
    found = wilson(k, n)
    assert found is not None
    assert 0.0 <= found[0] <= k / n <= found[1] <= 1.0


def test_a_transcript_knows_its_participants_turns_and_whose_word_stands_where() -> (
    None
):
    transcript = make_transcript(
        [("Q", "interviewer", "How?"), ("Ann", "participant", "So.")]
    )
    (turn,) = transcript.participant_turns()
    assert turn.span.of(transcript.text) == "So."
    assert transcript.turn_at(turn.start) == turn
    assert transcript.turn_at(turn.start - 1) is None
    assert transcript.turn_at(turn.end) is None


def test_a_passages_body_is_what_can_be_cited() -> None:
    question = Slice(turn=0, start=0, end=4, use="context")
    answer = Slice(turn=1, start=6, end=9, use="body")
    passage = Passage(
        id="p",
        transcript="t",
        participant="Ann",
        slices=(question, answer),
        tokens=2,
    )
    assert passage.body() == (answer,)


def test_a_rendered_turn_leads_back_by_a_shift() -> None:
    shown = RenderedTurn(
        number=3,
        speaks="participant",
        participant="Ann",
        use="body",
        text="ab",
        start=7,
    )
    assert [shown.canonical(0), shown.canonical(2)] == [7, 9]
