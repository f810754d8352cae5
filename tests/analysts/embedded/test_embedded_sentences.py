"""Cutting speech into sentences, segments and clauses."""

from __future__ import annotations

from hypothesis import given, strategies as st

from icp_synth.analysts.embedded.sentences import (
    Piece,
    clauses,
    is_chinese,
    length,
    segments,
    sentences,
)
from icp_synth.analysts.embedded.trim import MOST_WORDS, tidy, trim


def of(text: str, pieces: list[Piece]) -> list[str]:
    return [piece.of(text) for piece in pieces]


def test_sentences_end_at_marks_and_line_breaks() -> None:
    text = "We use it daily. Do we like it? Yes!\nIt costs 3.50 a day, e.g. for tea."
    assert of(text, sentences(text)) == [
        "We use it daily.",
        "Do we like it?",
        "Yes!",
        "It costs 3.50 a day, e.g. for tea.",
    ]


def test_chinese_sentences_end_at_full_width_marks() -> None:
    text = "我們用了三年。真的很方便！你們呢？"
    assert of(text, sentences(text)) == ["我們用了三年。", "真的很方便！", "你們呢？"]


def test_a_sentence_that_turns_round_is_two_segments() -> None:
    text = (
        "The reports are really nice to read, but the import breaks every other week."
    )
    assert len(segments(text)) == 2


def test_a_run_on_is_cut_where_clauses_begin() -> None:
    text = (
        "we start in the morning and we open the list of jobs for that day and then "
        "somebody calls because a driver is ill and so we move everything by hand and "
        "it takes until noon before anybody knows where to go"
    )
    found = segments(text)
    assert len(found) > 1
    assert all(length(piece.of(text)) >= 6 for piece in found)


def test_a_condition_stays_with_its_consequence() -> None:
    text = (
        "如果系統可以直接把發票送到會計那邊，"
        "我們就不用每個月底留下來加班一筆一筆重新輸入，也不會再打錯"
    )
    first = segments(text)[0].of(text)
    assert first.startswith("如果")
    assert "就不用" in first


@given(st.text(alphabet="ab, .?!\n我們，。 but", max_size=200))
def test_pieces_are_ordered_and_inside_the_text(text: str) -> None:
    for found in (sentences(text), segments(text)):
        ends = [0, *(end for _, end in found)]
        for before, piece in zip(ends, found, strict=False):
            assert before <= piece.start < piece.end <= len(text)


def test_clauses_cover_what_is_said() -> None:
    text = "I check the list, and then I call the driver"
    assert of(text, clauses(text, Piece(0, len(text)))) == [
        "I check the list",
        "and then I call the driver",
    ]


def test_mixed_talk_counts_as_chinese_by_its_words() -> None:
    assert is_chinese("我們用 Excel 記帳")
    assert not is_chinese("We call it 試算表 here in the office")


def test_fillers_go_and_the_words_stay() -> None:
    said = "Yeah, so, I mean, we type everything twice, you know."
    assert tidy(said) == "we type everything twice"
    assert tidy("嗯，其實，我們每天都要重打一次。") == "我們每天都要重打一次"


def test_a_quote_is_never_longer_than_the_limit_when_clauses_allow() -> None:
    text = ", and ".join(["we move the boxes to the other side of the hall"] * 8)
    trimmed = trim(text, Piece(0, len(text))).of(text)
    assert trimmed in text
    assert length(trimmed) <= MOST_WORDS


@given(st.text(alphabet="so, we but (like) it.我們，嗯 ", min_size=1, max_size=120))
def test_trimming_only_moves_the_ends(text: str) -> None:
    piece = Piece(0, len(text))
    trimmed = trim(text, piece)
    assert piece.start <= trimmed.start <= trimmed.end <= piece.end
