"""JSON of the Whisper family: openai-whisper, its API, WhisperX, whisper.cpp."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document, Notice
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.cues import counted
from icp_synth.stages.read.decode import decode
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.strict_json import load_json
from icp_synth.stages.read.turns import Part, build_text

READER = "whisper/1"

_MAX_BAD_SHARE = 0.02
"""whisper.cpp cuts characters between tokens, so JSON may lose more bytes."""

_REPETITIVE = 2.4
_SILENT = 0.6
_KNOWN = (
    "segments with text (openai-whisper, its API, WhisperX), a bare list of them"
    " (faster-whisper), or transcription (whisper.cpp)"
)


def read(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read the JSON of a Whisper program.

    Args:
        data: The file's bytes.
        options: Encoding.

    Returns:
        One document. A segment without a speaker takes the one that most of its
        words have; ties, and words without any, leave it nobody's.

    Raises:
        SourceRefused: No valid JSON, or of another shape.
    """
    bad = 0.0 if options.encoding else _MAX_BAD_SHARE
    decoded = decode(data, encoding=options.encoding, max_bad_share=bad)
    segments, timing = _segments(load_json(decoded.text))
    parts = [_part(segment, timing) for segment in segments]
    text, turns = build_text(parts)
    return (
        Document(
            text=text,
            turns=turns,
            sha256=sha256_bytes(data),
            reader=READER,
            notices=(*decoded.notices, *_flags(segments, parts)),
            counts=counted(
                segments=len(segments),
                empty_segments=sum(not part.text.strip() for part in parts),
            ),
        ),
    )


def looks_like_json(head: bytes) -> bool:
    """Tell whether a file starts as a JSON object or a list of them does."""
    start = b"".join(head.removeprefix(b"\xef\xbb\xbf").split())
    return start.startswith((b'{"', b"[{"))


_Timing = Callable[[Mapping[str, Any]], tuple[int | None, int | None]]


def _segments(value: object) -> tuple[list[Mapping[str, Any]], _Timing]:
    """Find the list of segments and how it writes times."""
    timing: _Timing = _in_seconds
    found: object = value
    if isinstance(value, dict):
        if isinstance(value.get("transcription"), list):
            found, timing = value["transcription"], _in_offsets
        elif isinstance(value.get("segments"), list):
            found = value["segments"]
        elif isinstance(value.get("text"), str):
            found = [{"text": value["text"]}]
    if not isinstance(found, list) or not all(_is_segment(item) for item in found):
        msg = "The JSON is no transcript that is known here"
        raise SourceRefused(
            msg,
            code="unknown_json",
            hint=f"Expected {_KNOWN}; export as VTT or SRT instead.",
        )
    return found, timing


def _is_segment(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("text"), str)


def _in_seconds(segment: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return _milliseconds(segment.get("start")), _milliseconds(segment.get("end"))


def _in_offsets(segment: Mapping[str, Any]) -> tuple[int | None, int | None]:
    offsets = segment.get("offsets")
    if not isinstance(offsets, dict):
        return None, None
    return _whole(offsets.get("from")), _whole(offsets.get("to"))


def _milliseconds(seconds: object) -> int | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    return round(seconds * 1000)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _part(segment: Mapping[str, Any], timing: _Timing) -> Part:
    start, end = timing(segment)
    return Part(_speaker(segment), segment["text"].strip(), start, end)


def _speaker(segment: Mapping[str, Any]) -> str | None:
    named = _name(segment.get("speaker"))
    words = segment.get("words")
    if named or not isinstance(words, list):
        return named
    votes = Counter(
        name
        for word in words
        if isinstance(word, dict) and (name := _name(word.get("speaker")))
    )
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _name(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return " ".join(str(value).split()) or None


def _flags(
    segments: Sequence[Mapping[str, Any]], parts: Sequence[Part]
) -> Iterator[Notice]:
    """Tell what Whisper is known to get wrong; nothing is removed."""
    repeated = sum(_above(s.get("compression_ratio"), _REPETITIVE) for s in segments)
    if repeated:
        message = f"{repeated} segments repeat themselves and may be made up."
        yield Notice(code="repetition", message=message)
    silent = sum(_above(s.get("no_speech_prob"), _SILENT) for s in segments)
    if silent:
        message = f"{silent} segments may be silence with made-up words."
        yield Notice(code="silence", message=message)
    starts = [part.start_ms for part in parts if part.start_ms is not None]
    backwards = sum(b < a for a, b in pairwise(starts))
    if backwards:
        message = f"Times run backwards in {backwards} places; the file's order stays."
        yield Notice(code="times_backwards", message=message)


def _above(value: object, limit: float) -> bool:
    return isinstance(value, (int, float)) and value > limit
