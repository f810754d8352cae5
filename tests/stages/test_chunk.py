"""Windows and passages: exact slices that lose nothing and repeat only context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.domain.passages import Passage, Slice, Window
from icp_synth.domain.transcripts import Speaks, Transcript
from icp_synth.llm.tokens import estimate_v1
from icp_synth.stages.chunk import Budgets, Chunks, chunk
from tests.factories import Said, make_transcript

PATHOLOGICAL = {
    "no separator": "x" * 3000,
    "only spaces": " " * 3000,
    "only line ends": "\n" * 3000,
    "chinese without punctuation": "訪" * 2000,
    "chinese": "我們每週都要盤點，很累。真的很累！" * 60,
    "emoji with joiners": "👩‍🍳👨‍👩‍👧‍👦" * 200,
    "separators of two characters": ". ! ? ; , " * 300,
    "separators at both ends": "\n\n" + "a. b" * 500 + "\n\n",
    "combining marks": "e\u0301" * 1500,
    "one long word": "word " * 50 + "y" * 2000 + " word" * 50,
    "regular expression's own signs": "a.*b(c)[d]\\. $^|?+{2} " * 150,
}

words = st.text(alphabet="ab .!?;,\n訪談。，👩\u200d\u0301\u2028", max_size=120)
speakers: list[tuple[str | None, Speaks | None]] = [
    ("Q", "interviewer"),
    ("A", "participant"),
    ("B", "participant"),
    (None, None),
]


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    said: list[Said] = []
    for _ in range(draw(st.integers(0, 12))):
        label, speaks = draw(st.sampled_from(speakers))
        text = draw(words) * draw(st.sampled_from([1, 1, 1, 30]))
        said.append((label, speaks, text))
    return make_transcript(said)


def covered(transcript: Transcript, pieces: list[Slice]) -> Counter[int]:
    return Counter(at for piece in pieces for at in range(piece.start, piece.end))


def said_by_participants(transcript: Transcript) -> Counter[int]:
    return Counter(
        at
        for turn in transcript.participant_turns()
        for at in range(turn.start, turn.end)
    )


def bodies(held: Sequence[Window | Passage]) -> list[Slice]:
    return [piece for one in held for piece in one.slices if piece.use == "body"]


def check_partition(transcript: Transcript, chunks: Chunks) -> None:
    expected = said_by_participants(transcript)
    assert covered(transcript, bodies(chunks.windows)) == expected
    assert covered(transcript, bodies(chunks.passages)) == expected


@given(transcripts(), st.integers(1, 80), st.integers(1, 40))
@settings(max_examples=200)
def test_bodies_partition_what_participants_said(
    transcript: Transcript, window: int, passage: int
) -> None:
    chunks = chunk(transcript, estimate_v1, Budgets(window=window, passage=passage))
    check_partition(transcript, chunks)
    every: list[Window | Passage] = [*chunks.windows, *chunks.passages]
    for held in every:
        assert any(piece.use == "body" for piece in held.slices)
        for piece in held.slices:
            turn = transcript.turns[piece.turn]
            assert turn.span.holds(piece.span)
            assert piece.start < piece.end
            assert (piece.use == "body") <= (turn.speaks == "participant")
        order = [(piece.start, piece.end) for piece in held.slices]
        assert all(a[1] <= b[0] for a, b in pairwise(order))


@given(transcripts(), st.integers(40, 120))
@settings(max_examples=100)
def test_no_window_or_passage_exceeds_its_budget(
    transcript: Transcript, budget: int
) -> None:
    chunks = chunk(transcript, estimate_v1, Budgets(window=budget, passage=budget))
    assert all(one.tokens <= budget for one in chunks.windows)
    assert all(one.tokens <= budget for one in chunks.passages)


@given(transcripts(), st.integers(1, 60))
@settings(max_examples=50)
def test_the_same_transcript_gives_the_same_ids(
    transcript: Transcript, budget: int
) -> None:
    sizes = Budgets(window=budget, passage=budget)
    first = chunk(transcript, estimate_v1, sizes)
    assert chunk(transcript, estimate_v1, sizes) == first
    ids = [one.id for one in first.windows]
    assert len(set(ids)) == len(ids)
    assert [one.index for one in first.windows] == list(range(len(ids)))


@pytest.mark.parametrize("name", PATHOLOGICAL)
@pytest.mark.parametrize("budget", [1, 7, 50])
def test_splitting_loses_nothing_of_odd_texts(name: str, budget: int) -> None:
    text = PATHOLOGICAL[name]
    transcript = make_transcript(
        [("Q", "interviewer", "Why?"), ("A", "participant", text)]
    )
    chunks = chunk(transcript, estimate_v1, Budgets(window=budget, passage=budget))
    check_partition(transcript, chunks)


def test_a_usual_interview_is_one_window_with_its_questions_as_context() -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", "How do you count stock?"),
            ("A", "participant", "By hand, every Sunday."),
            ("Q", "interviewer", "And then?"),
            ("A", "participant", "I type it in."),
        ]
    )
    (window,) = chunk(transcript, estimate_v1).windows
    assert [piece.use for piece in window.slices] == [
        "context",
        "body",
        "context",
        "body",
    ]
    assert window.tokens == sum(
        estimate_v1(piece.span.of(transcript.text)) for piece in window.slices
    )


def test_at_a_cut_the_last_question_is_repeated_as_context() -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", "What went wrong?"),
            ("A", "participant", "It broke again and again. " * 40),
        ]
    )
    windows = chunk(transcript, estimate_v1, Budgets(window=100)).windows
    assert len(windows) > 1
    for window in windows:
        question, *answer = window.slices
        assert question.use == "context"
        assert question.span.of(transcript.text) == "What went wrong?"
        assert all(piece.use == "body" for piece in answer)


def test_windows_are_cut_before_a_question_where_whole_exchanges_fit() -> None:
    exchange: list[Said] = [
        ("Q", "interviewer", "What went wrong this time?"),
        ("A", "participant", "It broke again. " * 5),
    ]
    transcript = make_transcript(exchange * 10)
    windows = chunk(transcript, estimate_v1, Budgets(window=100)).windows
    assert len(windows) > 1
    for window in windows:
        assert window.slices[0].use == "context"
        assert window.slices[-1].use == "body"


def test_a_long_monologue_of_the_interviewer_does_not_swell_a_window() -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", "Let me explain the study at length. " * 100),
            ("A", "participant", "Fine. " * 40),
            ("Q", "interviewer", "Thank you, that is all there is. " * 100),
        ]
    )
    chunks = chunk(transcript, estimate_v1, Budgets(window=100))
    check_partition(transcript, chunks)
    assert all(window.tokens <= 100 for window in chunks.windows)
    assert chunks.windows[0].slices[0].use == "context"


def test_a_transcript_without_participants_has_no_windows() -> None:
    transcript = make_transcript([("Q", "interviewer", "Anyone?"), (None, None, "…")])
    assert chunk(transcript, estimate_v1) == Chunks(windows=(), passages=())


def test_empty_turns_make_no_windows_and_no_passages() -> None:
    transcript = make_transcript(
        [("Q", "interviewer", "Anyone?"), ("A", "participant", "")]
    )
    assert chunk(transcript, estimate_v1) == Chunks(windows=(), passages=())


def test_a_passage_holds_one_answer_with_the_question_before_it() -> None:
    transcript = make_transcript(
        [
            ("Q", "interviewer", "Who pays?"),
            ("A", "participant", "I do."),
            ("B", "participant", "And I sign."),
        ]
    )
    first, second = chunk(transcript, estimate_v1).passages
    text = transcript.text
    assert [piece.span.of(text) for piece in first.slices] == ["Who pays?", "I do."]
    assert first.participant == "A"
    assert [piece.span.of(text) for piece in second.slices] == ["I do.", "And I sign."]
    assert [piece.use for piece in second.slices] == ["context", "body"]
    assert second.participant == "B"


def test_the_counter_is_asked_about_once_for_each_stretch() -> None:
    asked: Counter[str] = Counter()

    def count(text: str) -> int:
        asked[text] += 1
        return estimate_v1(text)

    said: list[Said] = []
    for number in range(200):
        speaks: Speaks = "participant" if number % 2 else "interviewer"
        said.append((speaks, speaks, f"Turn number {number} says this and that."))
    transcript = make_transcript(said)
    chunk(transcript, count, Budgets(window=2000, passage=100))
    # Once a place: the 100 questions and the 100 answers differ by their number.
    assert set(asked.values()) == {1}
