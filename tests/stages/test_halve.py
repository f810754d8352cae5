"""A window cut in two loses no word that a participant said."""

from __future__ import annotations

from hypothesis import given, strategies as st

from icp_synth.domain.passages import Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.llm.tokens import estimate_v1
from icp_synth.stages.chunk import Budgets, chunk
from icp_synth.stages.halve import halve
from tests.factories import Said, make_transcript

LONG = "It broke again. " * 30


def window_of(said: list[Said]) -> tuple[Window, Transcript]:
    talk = make_transcript(said)
    (window,) = chunk(talk, estimate_v1, Budgets(window=100_000)).windows
    return window, talk


def bodies(window: Window, talk: Transcript) -> str:
    pieces = [one for one in window.slices if one.use == "body"]
    return "".join(one.span.of(talk.text) for one in pieces)


def words_of(window: Window, talk: Transcript) -> list[tuple[str, str]]:
    return [(one.use, one.span.of(talk.text).strip()) for one in window.slices]


turns = st.lists(
    st.tuples(st.booleans(), st.text(alphabet="ab .?\n", min_size=1, max_size=400)),
    min_size=1,
    max_size=12,
)


@given(turns)
def test_the_bodies_of_the_halves_are_those_of_the_window(
    said: list[tuple[bool, str]],
) -> None:
    talk = make_transcript(
        [
            ("Ann", "participant", words) if speaks else ("Q", "interviewer", words)
            for speaks, words in said
        ]
    )
    for window in chunk(talk, estimate_v1, Budgets(window=100_000)).windows:
        two = halve(window, talk)
        if two is None:
            assert len(bodies(window, talk)) < 400
            continue
        parts = [bodies(one, talk) for one in two]
        assert "".join(parts) == bodies(window, talk)
        assert all(parts)
        assert two[0].id != two[1].id


def test_it_is_cut_before_the_question_nearest_to_the_middle() -> None:
    window, talk = window_of(
        [
            ("Q", "interviewer", "One?"),
            ("Ann", "participant", LONG),
            ("Q", "interviewer", "Two?"),
            ("Ann", "participant", LONG),
        ]
    )
    two = halve(window, talk)
    assert two is not None
    assert [words_of(one, talk)[0] for one in two] == [
        ("context", "One?"),
        ("context", "Two?"),
    ]


def test_between_two_answers_the_question_is_repeated_as_context() -> None:
    window, talk = window_of(
        [
            ("Q", "interviewer", "How is it?"),
            ("Ann", "participant", LONG),
            ("Bob", "participant", LONG),
        ]
    )
    two = halve(window, talk)
    assert two is not None
    assert words_of(two[1], talk) == [("context", "How is it?"), ("body", LONG.strip())]


def test_one_long_turn_is_cut_at_the_end_of_a_sentence() -> None:
    window, talk = window_of([("Ann", "participant", LONG)])
    two = halve(window, talk)
    assert two is not None
    assert bodies(two[0], talk).endswith("again. ")
    assert abs(two[0].tokens - two[1].tokens) < window.tokens / 4


def test_a_turn_without_any_break_is_cut_in_the_middle() -> None:
    window, talk = window_of([("Ann", "participant", "x" * 500)])
    two = halve(window, talk)
    assert two is not None
    assert [len(bodies(one, talk)) for one in two] == [250, 250]


def test_a_short_window_is_not_cut() -> None:
    window, talk = window_of([("Ann", "participant", "It broke.")])
    assert halve(window, talk) is None
