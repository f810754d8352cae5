"""Tables with an interview, or a turn, a row."""

import hashlib

import pytest

from icp_synth.errors import SourceRefused
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.tables import read_csv, read_jsonl

CSV = (
    b'transcript_id,date,text\r\nc1,2026-05-02,"AI: Why?\r\nUser: Price.\r\nAI: So?\r\n'
    b'User: Yes."\r\nc2,,"AI: And?\nUser: No."\r\n'
)


def test_a_row_is_an_interview_and_the_guess_is_told() -> None:
    first, second = read_csv(CSV, ReadOptions())
    assert (first.item, second.item) == ("c1", "c2")
    assert first.text == "AI: Why?\nUser: Price.\nAI: So?\nUser: Yes."
    assert [turn.label for turn in first.turns] == ["AI", "User", "AI", "User"]
    assert first.meta["date"] == "2026-05-02"
    (notice,) = first.notices
    assert notice.code == "columns_guessed"
    assert "“text”" in notice.message


def test_the_hash_is_of_the_cell_before_line_ends_change() -> None:
    (first, _) = read_csv(CSV, ReadOptions())
    cell = "AI: Why?\r\nUser: Price.\r\nAI: So?\r\nUser: Yes."
    assert first.sha256 == hashlib.sha256(cell.encode()).hexdigest()


def test_columns_may_be_told_and_a_wrong_one_is_named() -> None:
    options = ReadOptions(id_column="date", text_column="transcript_id")
    with pytest.raises(SourceRefused, match="transcript_id, date, text"):
        read_csv(CSV, ReadOptions(text_column="words"))
    assert [document.text for document in read_csv(CSV, options)] == ["c1", "c2"]


def test_an_id_that_stands_twice_is_refused_with_its_rows() -> None:
    data = b"id,text\na,one\na,two\n"
    with pytest.raises(SourceRefused) as refused:
        read_csv(data, ReadOptions(id_column="id"))
    assert refused.value.place == "rows 2, 3"


def test_rows_without_a_unique_id_are_numbered() -> None:
    documents = read_csv(b"id;text\na;one\na;two\n", ReadOptions())
    assert [document.item for document in documents] == ["row-1", "row-2"]


def test_a_column_of_speakers_makes_each_row_a_turn() -> None:
    data = b"speaker,start,end,text\nAnna,0:01,0:02,hi\nBo,0:03,0:04,ho\n"
    (document,) = read_csv(data, ReadOptions())
    assert document.text == "Anna: hi\n\nBo: ho"
    assert document.turns[1].start_ms == 3000


def test_whisper_s_table_is_one_talk_in_milliseconds() -> None:
    (document,) = read_csv(
        b"start\tend\ttext\n0\t7680\thello\n9000\t9900\tyou\n", ReadOptions()
    )
    assert document.text == "hello you"
    assert document.turns[0].end_ms == 9900


def test_jsonl_is_a_table_and_its_broken_lines_are_told() -> None:
    data = b'{"id": "a", "text": "Q: x?\\nA: y"}\n{"id": "b", "text": NaN}\n'
    good, bad = read_jsonl(data, ReadOptions())
    assert good.text == "Q: x?\nA: y"
    assert [(n.code, n.line) for n in bad.notices if n.code == "broken_row"] == [
        ("broken_row", 2)
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n1,2\n", "no_column"),
        (b'id,text\na,"never closed\n', "broken_table"),
    ],
)
def test_a_table_without_interviews_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read_csv(data, ReadOptions())
    assert refused.value.code == code


def test_a_row_with_words_beyond_the_header_fails_by_itself() -> None:
    documents = read_csv(b"id,text\na,one\nb,two,three\nc\n", ReadOptions())
    assert [any(n.code == "broken_row" for n in d.notices) for d in documents] == [
        False,
        True,
        False,
    ]


def test_an_interview_may_be_longer_than_the_csv_module_s_limit() -> None:
    (document,) = read_csv(b'id,text\na,"' + b"x " * 200_000 + b'"\n', ReadOptions())
    assert len(document.text) == 400_000
