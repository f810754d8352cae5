"""One file in, transcripts and reports out; a bad file is a report."""

import pytest

from icp_synth.errors import NameClash
from icp_synth.project.people import ParticipantRow
from icp_synth.stages.read import (
    ReadOptions,
    claims,
    is_table,
    read_source,
    without_duplicates,
)
from icp_synth.stages.read.registry import BUILT_IN, reader_for

TALK = b"Interviewer: why?\nAnna: nine days\n" * 2


@pytest.mark.parametrize(
    "name", ["a.txt", "a.md", "a.vtt", "a.srt", "a.docx", "a.json", "a.csv", "a.jsonl"]
)
@pytest.mark.parametrize("data", [b"", b" \n\r\n ", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_of_any_format_is_left_out(name: str, data: bytes) -> None:
    (report,) = read_source(data, name).reports
    assert report.status == "left_out"
    assert "empty" in (report.reason or "")


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.vtt", b"WEBVTT\n\nwords", "refused"),
        ("a.docx", b"PK\3\4 cut", "failed"),
        ("a.json", b"{", "refused"),
        ("a.csv", b"a,b\n1,2\n", "refused"),
        ("a.pdf", b"%PDF-1.7", "refused"),
        ("a.xyz", b"\x00\x01", "refused"),
        ("a.txt", bytes(range(256)) * 8, "refused"),
    ],
)
def test_a_bad_file_is_one_report_with_a_way_out(
    name: str, data: bytes, status: str
) -> None:
    result = read_source(data, name)
    (report,) = result.reports
    assert (report.status, report.id, result.transcripts) == (status, name, ())
    assert report.reason
    assert report.notices[0].code


def test_a_report_says_who_spoke_and_what_decided() -> None:
    (report,) = read_source(TALK, "a.txt").reports
    assert (report.status, report.turns, report.roles_by) == ("read", 4, "labels")
    assert report.participants == ("a.txt#Anna",)
    assert report.interviewers == ("Interviewer",)


def test_a_left_out_file_keeps_its_text() -> None:
    result = read_source(b"only words", "a.txt")
    assert result.transcripts[0].text == "only words"
    assert result.transcripts[0].left_out == result.reports[0].reason


def test_rows_of_a_table_are_transcripts_of_their_own() -> None:
    data = b'id,text\nx,"AI: why?\nUser: a"\ny,"AI: why?\nUser: b"\n'
    rows = (
        ParticipantRow(file="t.csv", label="User", company="Acme"),
        ParticipantRow(file="t.csv#y", label="User", participant="Yan"),
    )
    result = read_source(data, "t.csv", rows=rows)
    assert [transcript.id for transcript in result.transcripts] == [
        "t.csv#x",
        "t.csv#y",
    ]
    assert [person.id for person in result.people] == ["t.csv#x#User", "Yan"]
    assert result.people[0].company == "Acme"


def test_a_broken_row_fails_and_the_others_go_on() -> None:
    data = b'{"id": "a", "text": "Q: x?\\nA: y"}\n{"id": \n'
    reports = read_source(data, "t.jsonl").reports
    assert [report.status for report in reports] == ["read", "failed"]
    assert "row 2" in (reports[1].reason or "")


def test_the_same_content_twice_is_one_transcript() -> None:
    results = [read_source(TALK, "b.txt"), read_source(b"\xef\xbb\xbf" + TALK, "a.txt")]
    second, first = without_duplicates(results)
    assert [report.status for report in first.reports] == ["read"]
    assert [report.status for report in second.reports] == ["duplicate"]
    assert second.reports[0].reason == "the same content as a.txt"
    assert (second.transcripts, second.people) == ((), ())


def test_files_that_are_left_out_are_no_duplicates() -> None:
    results = [read_source(b"", "a.txt"), read_source(b"", "b.txt")]
    statuses = [r.reports[0].status for r in without_duplicates(results)]
    assert statuses == ["left_out", "left_out"]


def test_two_transcripts_of_one_name_are_refused_with_both_paths() -> None:
    one = read_source(TALK, "a.txt", path="x/a.txt")
    other = read_source(TALK + b"Anna: more\n", "a.txt", path="y/a.txt")
    with pytest.raises(NameClash, match=r"x/a\.txt and y/a\.txt"):
        without_duplicates([one, other])


def test_captions_without_speakers_are_pointed_out() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n"
    (transcript,) = read_source(data, "GMT1.cc.vtt").transcripts
    assert "captions_only" in [notice.code for notice in transcript.notices]


@pytest.mark.parametrize(
    ("data", "version"),
    [
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n", "vtt/1"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nhi\n", "srt/1"),
        (b'{"segments": []}', "whisper/1"),
        (b"Anna: hi", "text/1"),
    ],
)
def test_standard_input_is_told_by_how_it_starts(data: bytes, version: str) -> None:
    assert reader_for("stdin", data).version == version


def test_endings_are_claimed_in_any_case_and_only_once() -> None:
    endings = [ending for reader in BUILT_IN for ending in reader.endings]
    assert len(endings) == len(set(endings))
    assert claims("A.VTT")
    assert not claims("a.png")
    assert is_table("a.csv")
    assert not is_table("a.txt")


def test_a_row_without_a_text_is_told_with_its_column() -> None:
    found = read_source(b"id,text,firm\n1\n2,,Bolt\n", "t.csv")
    reasons = [report.reason or "" for report in found.reports]
    assert "line 2 has no cell in column “text”" in reasons[0]
    assert "line 3 has nothing in column “text”" in reasons[1]


@pytest.mark.parametrize("written", ["Super-User", "SUPER USER", "Super_user"])
def test_a_group_has_one_spelling_however_it_is_written(written: str) -> None:
    row = ParticipantRow(file="a.txt", label="Anna", group=written)
    (person,) = read_source(TALK, "a.txt", rows=(row,)).people
    assert person.group == "super-user"


def test_options_are_not_shared_between_files() -> None:
    options = ReadOptions()
    rows = (ParticipantRow(file="a.txt", label="Carla"),)
    read_source(TALK, "a.txt", options=options, rows=rows)
    assert options == ReadOptions()
