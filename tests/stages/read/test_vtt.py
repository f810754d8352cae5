"""WebVTT as Zoom, Teams, Stream and YouTube write it."""

import pytest

from icp_synth.domain.transcripts import Document
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.vtt import read

ZOOM = """WEBVTT

1
00:00:03.210 --> 00:00:06.480
Host One: So what made you look for a new tool?

2
00:00:06.900 --> 00:00:11.050
Guest B.: Honestly, month end. It took: nine days.

3
00:00:10.500 --> 00:00:12.000
Every month.

4
00:00:15.000 --> 00:00:16.000
Somebody coughs.

5
00:00:17.000 --> 00:00:18.000
Host One: Nine?

6
00:00:18.000 --> 00:00:19.000
Guest B.: Nine.
"""

TEAMS = """WEBVTT

8f1c/12-0
0:0:5.100 --> 0:0:8.200
<v Lastname, Firstname (Contractor)>So what made you
look?</v>

NOTE Confidence: 0.9

8f1c/13-0
00:00:08.300 --> 00:00:09.000
<v.loud R&amp;D>Month&nbsp;end.</v> <v Lastname, Firstname (Contractor)>Oh.

8f1c/14-0
00:00:09.100 --> 00:00:09.900
nobody's words
"""

ROLL_UP = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000
so<00:00:00.500><c> what</c><00:00:00.900><c> made</c>

00:00:02.000 --> 00:00:02.010
so what made

00:00:02.010 --> 00:00:04.000
so what made
you<00:00:02.500><c> look</c>
"""


def one(text: str, options: ReadOptions | None = None) -> Document:
    (document,) = read(text.encode(), options or ReadOptions())
    return document


def said(document: Document) -> list[tuple[str | None, str]]:
    return [
        (turn.label, document.text[turn.start : turn.end]) for turn in document.turns
    ]


def test_zoom_names_stand_before_the_words_and_only_the_first_colon_splits() -> None:
    assert said(one(ZOOM)) == [
        ("Host One", "So what made you look for a new tool?"),
        ("Guest B.", "Honestly, month end. It took: nine days. Every month."),
        (None, "Somebody coughs."),
        ("Host One", "Nine?"),
        ("Guest B.", "Nine."),
    ]


def test_the_canonical_text_is_one_block_a_turn() -> None:
    assert one(ZOOM.replace("\n", "\r\n")).text == (
        "Host One: So what made you look for a new tool?\n\n"
        "Guest B.: Honestly, month end. It took: nine days. Every month.\n\n"
        "Somebody coughs.\n\nHost One: Nine?\n\nGuest B.: Nine."
    )


def test_a_turn_keeps_the_first_start_and_the_last_end_in_milliseconds() -> None:
    turn = one(ZOOM).turns[1]
    assert (turn.start_ms, turn.end_ms) == (6900, 12000)


def test_voices_apply_to_their_own_words_and_are_never_inherited() -> None:
    assert said(one(TEAMS)) == [
        ("Lastname, Firstname (Contractor)", "So what made you look?"),
        ("R&D", "Month\xa0end."),
        ("Lastname, Firstname (Contractor)", "Oh."),
        (None, "nobody's words"),
    ]


def test_a_voice_is_carried_on_when_that_was_asked_for() -> None:
    carried = one(TEAMS, ReadOptions(vtt_carry_speaker=True))
    assert said(carried)[-1] == (
        "Lastname, Firstname (Contractor)",
        "Oh. nobody's words",
    )


def test_old_times_without_leading_zeros_are_read() -> None:
    assert one(TEAMS).turns[0].start_ms == 5100


def test_roll_up_captions_are_read_once() -> None:
    document = one(ROLL_UP)
    assert document.text == "so what made you look"
    assert document.counts["roll_up_cues"] == 1
    assert document.counts["parsed_cues"] == 2


def test_people_may_repeat_themselves_where_captions_do_not_roll() -> None:
    cues = [
        f"00:00:0{n}.000 --> 00:00:0{n}.900\n{word}\n"
        for n, word in enumerate(["yes", "yes", "no", "well", "then"])
    ]
    assert one("WEBVTT\n\n" + "\n".join(cues)).text == "yes yes no well then"


def test_broken_cues_are_told_with_their_line_and_the_rest_is_read() -> None:
    text = (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\none\n\n"
        "00:00:xx.000 --> 00:00:04.000\nlost\n\n"
        "00:00:05,000 -> 00:00:06,000\nthree\n"
    )
    document = one(text)
    assert [words for _, words in said(document)] == ["one", "three"]
    (notice,) = document.notices
    assert (notice.code, notice.line) == ("broken_cue", 6)
    assert notice.text is not None
    assert "lost" in notice.text
    assert document.counts["timing_lines"] == 3
    assert document.counts["parsed_cues"] + document.counts["skipped_cues"] == 3


def test_an_arrow_in_the_words_stays_in_the_words() -> None:
    document = one("WEBVTT\n\n00:01.000 --> 00:02.000\nfrom A --> to B\nand on\n")
    assert document.text == "from A --> to B and on"
    assert [notice.code for notice in document.notices] == ["arrow_in_text"]


def test_a_file_without_header_is_read_with_a_warning() -> None:
    document = one("00:01.000 --> 00:02.000\nhi\n")
    assert document.text == "hi"
    assert [notice.code for notice in document.notices] == ["no_header"]


def test_chinese_cues_are_joined_by_nothing() -> None:
    cues = (
        "00:01.000 --> 00:02.000\n王小明：我們每個月\n\n"
        "00:02.100 --> 00:03.000\n要九天\n"
    )
    again = "\n00:09.000 --> 00:09.500\n王小明：對\n"
    assert one("WEBVTT\n\n" + cues + again).text == (
        "王小明: 我們每個月要九天\n\n王小明: 對"
    )


def test_words_below_no_cue_are_left_out_and_told() -> None:
    document = one("WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n\nstray words\n")
    assert document.counts["lines_outside_cues"] == 1
    assert [notice.line for notice in document.notices] == [6]


def test_a_file_without_timing_lines_is_refused_with_a_way_out() -> None:
    with pytest.raises(SourceRefused) as refused:
        one("WEBVTT\n\njust words\n")
    assert refused.value.code == "no_timing_lines"
    assert refused.value.hint
