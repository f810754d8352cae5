"""Who speaks as what, and what participants are called."""

import pytest

from icp_synth.domain.transcripts import Transcript
from icp_synth.project.people import ParticipantRow
from icp_synth.stages.read import ReadOptions, propose_joins, read_source

TWO = "Anna: {0}\nBob: {1}\n" * 3


def one(
    text: str,
    *,
    name: str = "talk.txt",
    rows: tuple[ParticipantRow, ...] = (),
    options: ReadOptions | None = None,
) -> Transcript:
    (transcript,) = read_source(
        text.encode(), name, options=options, rows=rows
    ).transcripts
    return transcript


def row(**values: object) -> ParticipantRow:
    return ParticipantRow.model_validate({"file": "talk.txt", **values})


SILENT = TWO.format("hm", "so")


def test_a_named_interviewer_leaves_all_others_participants() -> None:
    text = SILENT + "Eva: well\nEva: yes\n"
    found = one(text, options=ReadOptions(interviewers=("anna",)))
    assert found.interviewers == ("Anna",)
    assert found.participants == ("talk.txt#Bob", "talk.txt#Eva")
    assert found.roles_by == "--interviewer"


def test_a_named_participant_leaves_all_others_interviewers() -> None:
    found = one(SILENT, options=ReadOptions(participants=("Bob",)))
    assert (found.participants, found.interviewers) == (("Bob",), ("Anna",))
    assert found.roles_by == "--participant"


def test_a_flag_counts_only_where_the_name_occurs() -> None:
    text = "Interviewer: why?\nAnna: hm\n" * 2
    found = one(text, options=ReadOptions(interviewers=("唐鳳",)))
    assert found.roles_by == "labels"
    assert found.participants == ("talk.txt#Anna",)


def test_flags_come_before_rows_and_rows_before_labels() -> None:
    text = "Interviewer: why?\nAnna: hm\n" * 2
    rows = (row(label="Interviewer", speaks="participant", participant="Ina"),)
    assert one(text, rows=rows).participants == ("Ina",)
    assert one(text, rows=rows).roles_by == "participants.csv"
    flagged = one(text, rows=rows, options=ReadOptions(interviewers=("Interviewer",)))
    assert flagged.participants == ("talk.txt#Anna",)


def test_a_speaker_without_a_row_is_no_evidence_and_is_told() -> None:
    found = one(SILENT + "Eva: a\nEva: b\n", rows=(row(label="Bob"),))
    assert found.participants == ("talk.txt#Bob",)
    assert [notice.code for notice in found.notices] == ["speaker_without_row"]


def test_front_matter_decides_after_rows() -> None:
    found = one("---\nparticipant: Bob\ndate: 2026-01-02\n---\n" + SILENT)
    assert (found.participants, found.roles_by) == (("Bob",), "front matter")
    assert found.date == "2026-01-02"


@pytest.mark.parametrize(
    "label",
    [
        "Interviewer",
        "MODERATOR",
        "Host",
        "ＡＩ",
        "Assistant",
        "Q",
        "訪談者",
        "主持人",
        "采访者",
        "問",
        "Interviewer 2",
        "Host One",
    ],
)
def test_labels_that_ask_are_known_in_both_scripts(label: str) -> None:
    found = one(f"{label}：為什麼？\nEva：因為價格\n" * 2)
    assert found.interviewers == (label,)
    assert found.roles_by == "labels"


def test_letters_that_take_turns_are_a_pair() -> None:
    assert one("I: why?\nR: price\n" * 3).participants == ("talk.txt#R",)
    assert one("I: why?\nI: tell\nR: price\n" * 3).left_out is not None


def test_behaviour_decides_between_two_who_differ_enough() -> None:
    found = one(TWO.format("Why? How?", "Because the close takes nine whole days."))
    assert (found.roles_by, found.interviewers) == ("behaviour", ("Anna",))


@pytest.mark.parametrize(
    "text",
    [
        SILENT,
        TWO.format("Why?", "Why?"),
        TWO.format("Why is the close so very long for you all?", "Price."),
        TWO.format("Why?", "Price is all.") + "Eva: yes\nEva: no\n",
    ],
)
def test_without_a_decision_the_file_is_left_out_with_a_way_out(text: str) -> None:
    found = one(text)
    assert found.left_out is not None
    assert "--interviewer" in found.left_out
    assert "participants.csv" in found.left_out
    assert found.participants == ()


def test_only_the_flag_or_a_row_makes_a_text_without_labels_evidence() -> None:
    text = "Nine days, every month."
    assert "--single-speaker" in (one(text).left_out or "")
    flagged = one(text, options=ReadOptions(single_speaker=True))
    assert flagged.participants == ("talk.txt",)
    named = one(text, rows=(row(participant="Anna", speaks="participant"),))
    assert named.participants == ("Anna",)


def test_a_single_speaker_flag_leaves_labelled_files_alone() -> None:
    assert one(SILENT, options=ReadOptions(single_speaker=True)).left_out is not None


def test_turns_of_nobody_known_are_no_evidence() -> None:
    text = "Interviewer: why?\nAnna: hm\nNote to self: x\nInterviewer: so?\nAnna: y\n"
    roles = [(turn.label, turn.speaks) for turn in one(text).turns]
    assert (None, None) in roles


def test_a_shared_screen_is_no_participant() -> None:
    text = "Interviewer: why?\nAnna: hm\nAnna’s Presentation: x\n" * 2
    assert one(text).participants == ("talk.txt#Anna",)


def test_only_interviewers_are_left_out() -> None:
    assert "no participant" in (one("Interviewer: a\nHost: b\n" * 2).left_out or "")


def test_generic_labels_are_never_joined_even_when_a_flag_names_them() -> None:
    found = one("AI: why?\nUser: x\n" * 2, options=ReadOptions(participants=("User",)))
    assert found.participants == ("talk.txt#User",)


def test_two_labels_of_one_row_name_are_one_person() -> None:
    rows = (row(label="Anna", participant="P1"), row(label="Bob", participant="P1"))
    assert one(SILENT, rows=rows).participants == ("P1",)


def test_a_row_names_transcript_person_and_what_is_known() -> None:
    rows = (
        row(
            transcript="T1",
            participant="P1",
            company="Acme",
            date="2026-02-03",
            language="zh",
            media="a.mp3",
            kind_of_source="interview",
            quote_ok=False,
        ),
    )
    result = read_source(b"Q: why?\nA: so\nQ: a?\nA: b\n", "talk.txt", rows=rows)
    (transcript,), (person,) = result.transcripts, result.people
    assert (transcript.id, transcript.path) == ("T1", "talk.txt")
    assert (transcript.date, transcript.language) == ("2026-02-03", "zh")
    assert (transcript.media, transcript.source_kind) == ("a.mp3", "interview")
    assert (person.id, person.label, person.company) == ("P1", "A", "Acme")
    assert person.quote_ok is False


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Q: why is it so?\nA: because we have to do it in the end\n", "en"),
        ("問：為什麼？\n答：我們用 Excel 對帳，每個月要九天\n", "zh"),
        ("Q: pourquoi donc?\nA: parce que nous devons tout refaire\n", "und"),
        ("Q: なぜですか\nA: 毎月九日かかるからです\n", "ja"),
    ],
)
def test_the_language_is_the_participant_s(text: str, language: str) -> None:
    assert one(text * 3).language == language


def test_the_same_proper_name_in_two_files_is_proposed_for_joining() -> None:
    talk = "Interviewer: why?\nAnna: x\nUser: y\n" * 2
    found = [one(talk, name="a.txt"), one(talk, name="b.txt")]
    (proposal,) = propose_joins(found)
    assert proposal.label == "Anna"
    assert proposal.participants == ("a.txt#Anna", "b.txt#Anna")


@pytest.mark.parametrize(
    "label", ["Unknown Speaker", "Unidentified Speaker 2", "Other Participant", "SPK_1"]
)
def test_placeholders_of_a_transcriber_are_never_proposed(label: str) -> None:
    talk = f"Interviewer: why?\n{label}: x\n" * 2
    assert propose_joins([one(talk, name="a.txt"), one(talk, name="b.txt")]) == ()


def test_a_proposal_tells_whether_a_flag_alone_would_join() -> None:
    alone = "Interviewer: why?\nAnna: x\n" * 2
    beside = "Interviewer: why?\nAnna: x\nBob: y\n" * 2
    asking = "Anna: why?\nInterviewer: so?\nBob: y\n" * 2
    both = [one(alone, name="a.txt"), one(alone, name="b.txt")]
    (simple,) = propose_joins(both)
    assert (simple.alone, simple.asks) == (True, 0)
    (anna,) = propose_joins([*both, one(beside, name="c.txt")])
    assert (anna.alone, anna.asks) == (False, 0)
    asks = one(asking, name="d.txt", options=ReadOptions(interviewers=("Anna",)))
    (anna,) = propose_joins([*both, asks])
    assert (anna.alone, anna.asks) == (True, 1)
