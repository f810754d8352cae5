"""SubRip, as tidy and as broken as it comes."""

import pytest

from icp_synth.domain.transcripts import Document
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.srt import read


def one(text: str) -> Document:
    (document,) = read(text.encode(), ReadOptions())
    return document


def said(document: Document) -> list[tuple[str | None, str]]:
    return [
        (turn.label, document.text[turn.start : turn.end]) for turn in document.turns
    ]


def test_names_are_split_off_and_dashes_are_two_speakers() -> None:
    text = (
        "1\n00:00:05,100 --> 00:00:08,200\nHost: So what made you look?\n\n"
        "2\n00:00:08,300 --> 00:00:11,050\n- Month end.\n- How long?\n\n"
        "3\n00:00:20,000 --> 00:00:21,000\nHost: Right.\n"
    )
    assert said(one(text)) == [
        ("Host", "So what made you look?"),
        (None, "Month end."),
        (None, "How long?"),
        ("Host", "Right."),
    ]


def test_a_blank_line_inside_a_cue_ends_nothing() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\nsecond\n\n"
        "2\n00:00:02,500 --> 00:00:03,000\nthird\n"
    )
    assert one(text).text == "first second third"


def test_missing_indices_dots_and_tags_are_no_trouble() -> None:
    text = (
        "00:00:01.000 --> 00:00:02.000\n{\\an8}<i>R&amp;D</i> costs x < 5 > 3\n\n"
        "7\n00:00:02,000 --> 00:00:01,000\n2019\n"
    )
    document = one(text)
    assert document.text == "R&D costs x < 5 > 3 2019"
    assert [notice.code for notice in document.notices] == ["negative_cue"]


def test_change_marks_start_a_new_turn() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\n>> ANNA: We left.\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n>> Why?\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n>> ANNA: Price.\n"
    )
    assert said(one(text)) == [("ANNA", "We left."), (None, "Why?"), ("ANNA", "Price.")]


def test_a_service_s_footer_is_left_out_and_counted() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nwords\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nTranscribed by https://otter.ai\n"
    )
    document = one(text)
    assert document.text == "words"
    assert document.counts["lines_outside_cues"] == 1


def test_a_file_without_timing_lines_is_refused() -> None:
    with pytest.raises(SourceRefused, match="timing"):
        one("1\nwords\n")
