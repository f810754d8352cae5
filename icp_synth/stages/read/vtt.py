"""WebVTT: Zoom (`Name: text`), Teams and Stream (`<v Name>`), automatic captions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document, Notice
from icp_synth.stages.read.captions import label_cues
from icp_synth.stages.read.cues import (
    Cue,
    check_complete,
    counted,
    parse_cues,
    plain,
    without_roll_up,
)
from icp_synth.stages.read.decode import decode, unify_line_ends
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.turns import Part, build_text, join_texts

READER = "vtt/1"

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>|(</v>)")


def read(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a WebVTT file.

    Args:
        data: The file's bytes.
        options: Encoding, names that are labels, `vtt_carry_speaker`.

    Returns:
        One document.

    Raises:
        SourceRefused: No text, or no timing line in it.
    """
    decoded = decode(data, encoding=options.encoding)
    text = unify_line_ends(decoded.text)
    header = text[: text.find("\n")] if "\n" in text else text
    has_header = header.startswith("WEBVTT") and "-->" not in header
    timed = parse_cues(text[len(header) :] if has_header else text, blank_ends=True)
    notices = [*decoded.notices, *timed.notices]
    if not has_header:
        notices.append(
            Notice(code="no_header", message="The line WEBVTT is missing.", line=1)
        )
    dropped = 0
    if any(_VOICE.search(line) for cue in timed.cues for line in cue.lines):
        parts = list(_voices(timed.cues, carry=options.vtt_carry_speaker))
    else:
        cues, dropped = without_roll_up([_cleaned(cue) for cue in timed.cues])
        parts, told = label_cues(cues, options.known_labels)
        notices.extend(told)
    canonical, turns = build_text(parts)
    document = Document(
        text=canonical,
        turns=turns,
        sha256=sha256_bytes(data),
        reader=READER,
        notices=tuple(notices),
        counts=counted(
            parsed_cues=len(timed.cues) - dropped,
            skipped_cues=timed.skipped,
            roll_up_cues=dropped,
            lines_outside_cues=timed.left_out,
        ),
    )
    return (check_complete(text, document),)


def _cleaned(cue: Cue) -> Cue:
    lines = (plain(line).strip() for line in cue.lines)
    return cue._replace(lines=tuple(line for line in lines if line))


def _voices(cues: Sequence[Cue], *, carry: bool) -> Iterator[Part]:
    """Yield one part for each `<v>`; words outside are nobody's, unless carried."""
    carried: str | None = None
    for cue in cues:
        for label, text in _split_voices("\n".join(cue.lines), carried):
            if carry and label:
                carried = label
            yield Part(label, text, cue.start_ms, cue.end_ms)


def _split_voices(text: str, label: str | None) -> Iterator[tuple[str | None, str]]:
    outside, position = label, 0
    for match in _VOICE.finditer(text):
        yield label, _words(text[position : match.start()])
        name = " ".join(html.unescape(match[1] or "").split())
        label = outside if match[2] else name or None
        position = match.end()
    yield label, _words(text[position:])


def _words(text: str) -> str:
    return join_texts(plain(line) for line in text.split("\n"))
