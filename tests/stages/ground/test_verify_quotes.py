"""The quotes of any tool, checked against the transcripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from icp_synth.errors import NameClash, SourceFailed
from icp_synth.stages.ground import (
    QuoteRow,
    Verification,
    load_quotes,
    parse_quotes,
    verify,
)
from tests.factories import make_transcript

ANN = make_transcript(
    [
        ("Q", "interviewer", "How do exports work?"),
        (
            "Ann",
            "participant",
            "Every Monday I spend two hours on it. It breaks a lot.",
        ),
    ],
    id="calls/ann",
)
BOB = make_transcript(
    [("Bob", "participant", "It never breaks for us, and it is quick.")], id="calls/bob"
)


def _rows(*rows: dict[str, Any]) -> tuple[QuoteRow, ...]:
    return parse_quotes("\n".join(map(json.dumps, rows)).encode(), "quotes.jsonl")


def _check(*rows: dict[str, Any]) -> Verification:
    return verify(_rows(*rows), [ANN, BOB])


def test_the_dump_has_the_shape_of_the_contract() -> None:
    found = _check(
        {"text": "It breaks a lot", "transcript": "ann"},
        {"text": "It breaks a lot … on it", "transcript": "ann"},
        {"text": "Every Monday I spend … It breaks a lot"},
    )
    dumped = json.loads(found.model_dump_json())
    assert dumped["counts"] == {"exact": 1, "elided": 1, "not_found": 1}
    first, _, third = dumped["quotes"]
    start = ANN.text.index("It breaks a lot")
    assert first | {"reason": "", "line": None, "nearest": None} == {
        "row": 1,
        "transcript": "calls/ann",
        "text": "It breaks a lot",
        "status": "exact",
        "start": start,
        "end": start + 15,
        "parts": [],
        "reason": "",
        "line": None,
        "nearest": None,
    }
    assert (third["start"], third["end"]) == (None, None)
    assert [part["text"] for part in third["parts"]] == [
        "Every Monday I spend",
        "It breaks a lot",
    ]


def test_without_a_name_all_transcripts_are_searched() -> None:
    found = _check({"text": "it is quick"}, {"text": "we like the colours of it"})
    assert [quote.transcript for quote in found.quotes] == ["calls/bob", None]
    assert [quote.status for quote in found.quotes] == ["exact", "not_found"]


@pytest.mark.parametrize("name", ["calls/bob", "bob", "calls/bob.txt", "bob.txt"])
def test_a_transcript_may_be_named_in_short(name: str) -> None:
    found = _check({"text": "it is quick", "transcript": name})
    assert found.quotes[0].transcript == "calls/bob"
    assert found.quotes[0].status == "exact"


def test_a_name_that_fits_two_transcripts_is_refused() -> None:
    other = make_transcript([("Bob", "participant", "Fine.")], id="old/bob")
    with pytest.raises(NameClash, match=r"row 1.*old/bob"):
        verify(_rows({"text": "it is quick", "transcript": "bob"}), [BOB, other])


def test_a_table_row_may_be_named_by_its_id() -> None:
    row = make_transcript([("Bob", "participant", "It is quick.")], id="all.csv#007")
    found = verify(_rows({"text": "it is quick", "transcript": "007"}), [row])
    assert found.quotes[0].status == "folded"


def test_the_wrong_transcript_is_told_from_the_right_one() -> None:
    found = _check({"text": "it is quick", "transcript": "ann"})
    assert found.quotes[0].status == "not_found"
    assert "calls/bob" in found.quotes[0].reason


def test_an_unknown_transcript_is_not_found_and_says_so() -> None:
    found = _check({"text": "it is quick", "transcript": "carl"})
    assert found.quotes[0].status == "not_found"
    assert "carl" in found.quotes[0].reason


def test_a_named_participant_must_be_the_one_who_says_it() -> None:
    found = _check(
        {"text": "it is quick", "participant": "Bob"},
        {"text": "it is quick", "participant": "Ann"},
    )
    assert [quote.status for quote in found.quotes] == ["exact", "not_found"]


def test_a_short_quote_needs_transcript_and_turn() -> None:
    found = _check(
        {"text": "two hours"},
        {"text": "two hours", "transcript": "ann"},
        {"text": "two hours", "transcript": "ann", "turn": 1},
    )
    statuses = [quote.status for quote in found.quotes]
    assert statuses == ["too_short", "too_short", "exact"]


def test_elided_quotes_pass_only_when_they_are_allowed_to() -> None:
    found = _check(
        {"text": "It breaks a lot"},
        {"text": "Every Monday I spend … It breaks a lot"},
        {"text": "Every Monday I spend three hours on it"},
    )
    assert [quote.row for quote in found.unverified()] == [2, 3]
    assert [quote.row for quote in found.unverified(allow_elided=True)] == [3]


def test_unknown_roles_are_taken_for_participants_and_said() -> None:
    unknown = make_transcript(
        [("A", None, "How do exports work?"), ("B", None, "They work quite slowly.")]
    )
    rows = _rows(
        {"text": "How do exports work?"},
        {"text": "work quite slowly", "participant": "B"},
    )
    found = verify(rows, [unknown])
    assert [quote.status for quote in found.quotes] == ["exact", "exact"]
    assert all("Nobody knows who speaks" in quote.reason for quote in found.quotes)


def test_a_file_without_turns_is_searched_as_a_whole() -> None:
    plain = make_transcript([("A", None, "They work quite slowly.")])
    plain = plain.model_copy(update={"turns": ()})
    found = verify(_rows({"text": "work quite slowly"}), [plain])
    assert found.quotes[0].status == "exact"


def test_without_transcripts_nothing_is_found() -> None:
    found = verify(_rows({"text": "it is quick"}), [])
    assert found.counts == {"not_found": 1}


def test_csv_rows_count_from_the_first_after_the_header(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv"
    path.write_bytes(
        "\ufefftext,transcript,participant,note\r\n"
        '"It breaks\na lot",ann,,x\r\nit is quick,,Bob,y\r\n'.encode()
    )
    rows = load_quotes(path)
    assert [(row.row, row.text, row.transcript, row.participant) for row in rows] == [
        (1, "It breaks\na lot", "ann", None),
        (2, "it is quick", None, "Bob"),
    ]


def test_a_report_gives_its_quoted_passages(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        "# Findings\n\n“Every Monday I spend two hours” and:\n\n"
        "> It is quick, and it never breaks.\n> — Bob\n",
        encoding="utf-8",
    )
    found = verify(load_quotes(path), [ANN, BOB])
    assert [(quote.row, quote.line, quote.status) for quote in found.quotes] == [
        (1, 3, "exact"),
        (2, 5, "not_found"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("q.jsonl", b'{"text": "a"}\n\n{"text": 3}', "line 3"),
        ("q.jsonl", b'{"text": "a"}\n{oops', "line 2"),
        ("q.jsonl", b'["a"]', "line 1"),
        ("q.jsonl", b'{"text": "a", "transcript": 7}', "line 1"),
        ("q.jsonl", b'{"text": "a", "turn": "x"}', "line 1"),
        ("q.csv", b"quote\nit is quick\n", "header"),
        ("q.csv", b"", "header"),
        ("q.csv", b"text\nit is quick\na,b,c\n", "row 2"),
        ("q.csv", b'text\nit is quick\n"open\n', "row 2"),
        ("q.md", b"caf\xe9", "byte 3"),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    name: str, data: bytes, place: str
) -> None:
    with pytest.raises(SourceFailed) as caught:
        parse_quotes(data, name)
    assert caught.value.place == place
    assert name in str(caught.value)
    assert caught.value.hint


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFailed, match="missing"):
        load_quotes(tmp_path / "missing.csv")
