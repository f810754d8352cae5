"""JSON of openai-whisper, its API, WhisperX, faster-whisper and whisper.cpp."""

import json

import pytest

from icp_synth.domain.transcripts import Document
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.whisper import read


def one(value: object) -> Document:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    (document,) = read(data, ReadOptions())
    return document


def test_segments_without_speakers_make_turns_by_their_gaps() -> None:
    document = one(
        {
            "text": " So what?",
            "segments": [
                {"start": 0.0, "end": 1.5, "text": " So", "compression_ratio": 3.0},
                {"start": 1.6, "end": 2, "text": " what?"},
                {"start": 9, "end": 10, "text": " Month end."},
            ],
        }
    )
    assert document.text == "So what?\n\nMonth end."
    assert document.turns[1].start_ms == 9000
    assert [notice.code for notice in document.notices] == ["repetition"]


def test_a_missing_speaker_is_voted_for_by_the_words() -> None:
    words = [{"word": "a", "speaker": "S1"}, {"word": "b", "speaker": "S1"}]
    tie = [{"word": "a", "speaker": "S1"}, {"word": "b", "speaker": "S2"}]
    document = one(
        {
            "segments": [
                {"start": 0, "end": 1, "text": "one", "speaker": "S0"},
                {"start": 1, "end": 2, "text": "two", "words": [*words, {"word": "3"}]},
                {"start": 2, "end": 3, "text": "three", "words": tie},
            ]
        }
    )
    assert [turn.label for turn in document.turns] == ["S0", "S1", None]
    assert document.text == "S0: one\n\nS1: two\n\nthree"


def test_a_bare_list_and_diarized_json_are_read() -> None:
    segments = [
        {
            "type": "transcript.text.segment",
            "start": 0,
            "end": 1,
            "text": "a",
            "speaker": "A",
        },
        {
            "type": "transcript.text.segment",
            "start": 1,
            "end": 2,
            "text": "b",
            "speaker": "B",
        },
    ]
    assert one(segments).text == one({"segments": segments}).text == "A: a\n\nB: b"


def test_whisper_cpp_counts_in_milliseconds_and_may_cut_characters() -> None:
    segment = {"offsets": {"from": 4020, "to": 7990}, "text": " Month end."}
    data = json.dumps({"transcription": [segment]}).encode()
    document = one(data.replace(b"end.", b"end\xe6"))
    assert document.turns[0].start_ms == 4020
    assert document.text == "Month end\ufffd"
    assert [notice.code for notice in document.notices] == ["bad_bytes"]


def test_characters_may_be_escaped_in_two_halves() -> None:
    assert one(b'[{"text": "\\ud83d\\ude00"}]').text == "\U0001f600"


def test_times_that_run_backwards_keep_the_order_of_the_file() -> None:
    document = one(
        [{"start": 5, "end": 6, "text": "a"}, {"start": 1, "end": 2, "text": "b"}]
    )
    assert document.text == "a b"
    assert [notice.code for notice in document.notices] == ["times_backwards"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"segments": [{"start": NaN, "text": "a"}]}', "invalid_json"),
        (b'{"segments": [{"start": 1e400, "text": "a"}]}', "invalid_json"),
        (b'{"segments": [], "segments": []}', "invalid_json"),
        (b'{"segments": [', "invalid_json"),
        (b"[" * 200_000, "json_too_deep"),
        (b'[{"text": "a\\ud83d b"}]', "invalid_json"),
        (b'{"utterances": []}', "unknown_json"),
        (b'{"segments": ["a"]}', "unknown_json"),
        (b"[" + b"1" * 5000 + b"]", "invalid_json"),
    ],
)
def test_json_that_is_no_transcript_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        one(data)
    assert refused.value.code == code
