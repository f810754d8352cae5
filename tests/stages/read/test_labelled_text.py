"""Plain text and Markdown: the two-pass speaker rule and exact spans."""

import pytest

from icp_synth.domain.transcripts import Document
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.text import read


def one(text: str, options: ReadOptions | None = None) -> Document:
    (document,) = read(text.encode(), options or ReadOptions())
    return document


def said(document: Document) -> list[tuple[str | None, str]]:
    return [
        (turn.label, document.text[turn.start : turn.end]) for turn in document.turns
    ]


def test_the_text_is_untouched_but_for_mark_and_line_ends() -> None:
    text = (
        "\ufeffAnna:  caf\u0065\u0301 \r\n\r\n  Bob: a\u00ad\u200b  \rAnna: b\r\nBob: c"
    )
    document = one(text)
    assert (
        document.text
        == "Anna:  caf\u0065\u0301 \n\n  Bob: a\u00ad\u200b  \nAnna: b\nBob: c"
    )


def test_a_turn_is_stripped_and_leaves_its_label_out() -> None:
    document = one("Title\n\nAnna:  one \n\n more  \n\nBob: two\nAnna: x\nBob: y\n")
    assert said(document)[0] == ("Anna", "one \n\n more")
    assert document.turns[0].start == len("Title\n\nAnna:  ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anna: ", "Bob: "),
        ("Anna : ", "Bob : "),
        ("**Anna:** ", "**Bob:** "),
        ("**Anna**: ", "**Bob**: "),
        ("### Anna：\n", "### Bob：\n"),
        ("### Anna\n", "### Bob\n"),
        ("[00:01:05] Anna: ", "[00:01:09] Bob: "),
        ("Anna (00:01:05): ", "Bob (00:01:09): "),
        ("Anna  0:05  \n", "Bob  1:02:10\n"),
        ("**Anna**\n", "**Bob**\n"),
        ("Anna:\n", "Bob:\n"),
        ("- **Anna:** ", "- **Bob:** "),
        ("> Anna: ", "> Bob: "),
        ("王小明：", "李大同："),
        ("المحاور: ", "الضيف: "),
        ("\u200fAnna\u200e: ", "\u200fBob\u200e: "),
        ("spk_0: ", "spk_1: "),
        ("Q: ", "A: "),
    ],
)
def test_labels_are_found_in_every_form(first: str, second: str) -> None:
    text = f"{first}words one\n\n{second}words two\n\n{first}three\n\n{second}four\n"
    document = one(text)
    assert [words for _, words in said(document)] == [
        "words one",
        "words two",
        "three",
        "four",
    ]
    assert len({turn.label for turn in document.turns}) == 2


def test_times_beside_a_label_become_milliseconds() -> None:
    document = one("Anna  0:05\nhi\n\nBob  1:02:10\nho\n\nAnna  1:02:12\nx\n")
    assert [turn.start_ms for turn in document.turns] == [5000, 3730000, 3732000]


def test_a_time_behind_a_bold_name_is_no_part_of_the_words() -> None:
    document = one("**Jo:** [00:01:00] hi\n\n**Al:** ho\n\n**Jo:** x\n")
    assert said(document)[0] == ("Jo", "hi")
    assert document.turns[0].start_ms == 60000


def test_addresses_clock_times_and_talk_are_no_labels() -> None:
    text = (
        "Anna: look\nhttps://example.com is it\nat 10:30 we met\n"
        "and then the thing that I said was: no\nBob: fine\nAnna: yes\nBob: ok\n"
    )
    document = one(text)
    assert [label for label, _ in said(document)] == ["Anna", "Bob", "Anna", "Bob"]
    assert said(document)[0][1].endswith("was: no")


def test_a_refused_label_ends_the_turn_and_is_told() -> None:
    text = "Anna: mine\nBob: his\nNote to self: whose\nand this\nAnna: x\nBob: y\n"
    document = one(text)
    assert said(document)[1:3] == [
        ("Bob", "his"),
        (None, "Note to self: whose\nand this"),
    ]
    (notice,) = document.notices
    assert (notice.code, notice.line) == ("label_refused", 3)


def test_a_name_that_speaks_once_is_taken_in_the_form_of_the_others() -> None:
    document = one("Interviewer:\nWhy?\n\nES1:\nBecause.\n\nInterviewer: Thanks.\n")
    assert said(document) == [
        ("Interviewer", "Why?"),
        ("ES1", "Because."),
        ("Interviewer", "Thanks."),
    ]


def test_two_short_lines_of_an_interview_are_enough() -> None:
    document = one("Interviewer: What hurts?\n\nMaria: The close takes nine days.\n")
    assert [label for label, _ in said(document)] == ["Interviewer", "Maria"]


def test_a_vouched_name_is_a_label_wherever_it_stands() -> None:
    text = "### Anna：\none\n\n### Bob：\ntwo\n\nnote from carla: three\n"
    document = one(text, ReadOptions(participants=("Note from Carla",)))
    assert said(document)[-1] == ("note from carla", "three")


def test_a_colon_in_the_words_of_a_heading_file_is_talk() -> None:
    block = (
        "### 唐鳳：\n我的意思是：這樣\n\n第一個：價格\n\n第一個：時間\n\n"
        "### 陳炳榮：\n好\n\n"
    )
    document = one(block * 3)
    assert {label for label, _ in said(document)} == {"唐鳳", "陳炳榮"}
    assert not document.notices


def test_items_of_a_list_are_talk() -> None:
    text = "Anna: two things\n- Price: high\n- Time: long\nBob: oh\nAnna: x\nBob: y\n"
    assert [label for label, _ in said(one(text))] == ["Anna", "Bob", "Anna", "Bob"]


def test_fields_above_the_talk_are_no_speakers() -> None:
    text = (
        "Interviewer: Jane Doe\nName: Anna\nDate: 2 May\n\n"
        "JD: Why?\nAL: Price.\nJD: Only?\nAL: Yes.\n"
    )
    assert [label for label, _ in said(one(text))] == ["JD", "AL", "JD", "AL"]


def test_front_matter_is_data_and_belongs_to_no_turn() -> None:
    front = "---\nparticipant: Anna\ndate: 2026-05-02\nquote_ok: no\n---\n"
    text = front + "Anna: hi\nBo: x\nBo: y\n"
    document = one(text)
    assert document.meta == {
        "participant": "Anna",
        "date": "2026-05-02",
        "quote_ok": "no",
    }
    assert said(document)[0] == ("Anna", "hi")


@pytest.mark.parametrize(
    "block",
    ["a: &x [1]\nb: *x\n", "a: !!python/object/apply:os.system [ls]\n", "a: [\n"],
)
def test_front_matter_builds_nothing_but_plain_data(block: str) -> None:
    document = one(f"---\n{block}---\nAnna: hi\nAnna: ho\n")
    assert document.meta == {}
    assert [notice.code for notice in document.notices] == ["front_matter_unreadable"]


def test_the_summary_of_a_meet_document_is_nobody_s_words() -> None:
    text = (
        "Notes\nAnna: will send the file\nBob: agreed\n\n"
        "Call - Transcript\n00:00:00\n\nAnna: Month end.\nBob: Why?\n\n"
        "00:05:12\n\nAnna: Nine days.\nBob: Oh.\n\nTranscription ended after 00:06:00\n"
    )
    assert said(one(text)) == [
        ("Anna", "Month end."),
        ("Bob", "Why?"),
        ("Anna", "Nine days."),
        ("Bob", "Oh."),
    ]


def test_lines_of_whisper_are_turns_of_nobody_known() -> None:
    document = one(
        "[00:43.810 --> 00:47.850]  Hello.\n[00:48.000 --> 00:49.000]  Hi.\n"
    )
    assert said(document) == [(None, "Hello."), (None, "Hi.")]
    assert document.turns[0].start_ms == 43810


def test_a_text_without_labels_is_one_turn() -> None:
    assert said(one("  just words\n\nand more \n")) == [
        (None, "just words\n\nand more")
    ]


def test_names_alone_on_their_line_are_found_when_they_come_again() -> None:
    text = (
        "Jonas Rosland  \nHi.\n\nVicky Wei  \nHello.\n\n"
        "Jonas Rosland\nSo?\n\nVicky Wei\nWell.\n"
    )
    assert [label for label, _ in said(one(text))] == [
        "Jonas Rosland",
        "Vicky Wei",
        "Jonas Rosland",
        "Vicky Wei",
    ]


def test_a_rule_below_a_turn_is_no_part_of_it() -> None:
    document = one("Anna: one\n\n---\n\nBob: two\n* * *\n\nAnna: x\nBob: y\n")
    assert said(document)[:2] == [("Anna", "one"), ("Bob", "two")]
