"""Whose words are not read: `consent`, from participants.csv, tables, front matter."""

from __future__ import annotations

import pytest

from icp_synth.domain.transcripts import Transcript
from icp_synth.project.people import ParticipantRow
from icp_synth.stages.read import ReadResult, read_source

PAIR = (
    "Interviewer: Why?\n\nAnna: Because exports are slow.\n\n"
    "Bob: I never export.\n\nInterviewer: And then?\n\nAnna: I wait.\n\nBob: Me too.\n"
)


def read(text: str = PAIR, *rows: ParticipantRow, name: str = "talk.txt") -> ReadResult:
    return read_source(text.encode(), name, rows=rows)


def row(file: str = "talk.txt", **values: object) -> ParticipantRow:
    return ParticipantRow.model_validate({"file": file, **values})


def withheld(transcript: Transcript) -> set[str]:
    return {turn.label or "" for turn in transcript.turns if turn.withheld}


@pytest.mark.parametrize("word", ["no", "No", "false", "0", "n", "否"])
def test_turns_of_somebody_who_does_not_consent_are_nobody_s(word: str) -> None:
    rows = (row(label="Anna"), row(label="Bob", consent=word))
    found = read(PAIR, *rows)
    (talk,) = found.transcripts
    assert talk.participants == ("talk.txt#Anna",)
    assert withheld(talk) == {"Bob"}
    assert {turn.speaks for turn in talk.turns if turn.label == "Bob"} == {None}
    assert [person.label for person in found.people] == ["Anna"]
    assert talk.left_out is None


@pytest.mark.parametrize("word", ["yes", "signed 2026-03-01", "oral", "none needed"])
def test_any_other_words_about_consent_withhold_nothing(word: str) -> None:
    (talk,) = read(PAIR, row(label="Anna", consent=word), row(label="Bob")).transcripts
    assert withheld(talk) == set()
    assert len(talk.participants) == 2


def test_the_status_says_who_is_not_read() -> None:
    rows = (row(label="Anna"), row(label="Bob", participant="B. K.", consent="no"))
    (report,) = read(PAIR, *rows).reports
    assert "B. K." in {one.code: one.message for one in report.notices}["no_consent"]


def test_a_transcript_is_left_out_when_no_other_participant_is_in_it() -> None:
    rows = (row(label="Anna", consent="no"), row(label="Bob", consent="no"))
    found = read(PAIR, *rows)
    assert found.reports[0].status == "left_out"
    assert "consent is no" in (found.reports[0].reason or "")
    assert found.people == ()


def test_a_no_that_fits_no_single_speaker_holds_for_all() -> None:
    assert read(PAIR, row(consent="no")).reports[0].status == "left_out"
    front = "---\ninterviewer: Interviewer\nconsent: no\n---\n"
    assert read(front + PAIR).reports[0].status == "left_out"


def test_a_no_in_one_file_holds_for_that_person_in_every_file() -> None:
    rows = (
        row(label="Bob", participant="B. K."),
        row("other.txt", label="Robert", participant="B. K.", consent="no"),
        row(label="Anna"),
    )
    (talk,) = read(PAIR, *rows).transcripts
    assert withheld(talk) == {"Bob"}


def test_a_row_of_a_table_may_refuse_by_its_column() -> None:
    text = 'id,text,consent\n1,"Q: Why?\nA: So",no\n2,"Q: When?\nA: Now",yes\n'
    found = read(text, name="talks.csv")
    assert [one.status for one in found.reports] == ["left_out", "read"]


def test_a_label_of_a_table_s_row_is_not_taken_for_another_speaker() -> None:
    text = 'id,text\n1,"Interviewer: Why?\nAnna: So\nInterviewer: ?\nAnna: x"\n'
    rows = (row("talks.csv", label="Bob", consent="no"),)
    assert read(text, *rows, name="talks.csv").reports[0].status == "read"


def test_quotes_are_refused_for_all_where_the_file_says_so() -> None:
    found = read(f"---\ninterviewer: Interviewer\nquote_ok: nein\n---\n{PAIR}")
    assert [person.quote_ok for person in found.people] == [False, False]
