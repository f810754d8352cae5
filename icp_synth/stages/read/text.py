"""Plain text and Markdown: the canonical text is the decoded text itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document, Notice, Turn
from icp_synth.stages.read.decode import decode, unify_line_ends
from icp_synth.stages.read.front_matter import read_front_matter
from icp_synth.stages.read.heads import Anchor, Candidate, Line
from icp_synth.stages.read.labels import Heads, find_heads
from icp_synth.stages.read.options import ReadOptions

READER = "text/1"

_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_RULE = re.compile(r"\s{0,3}([-*_=])(?:[ \t]?\1){2,}$")
_LONGEST_RULE = 200
FOOTER = re.compile(
    r"\s*(?:Transcribed by https?://otter\.ai|Transcription ended after\b"
    r"|This editable transcript was computer generated)"
)
"""Lines that a service writes below a transcript."""

_MEET = re.compile(r"(?:\s|#)*00:00:00\s*$")
_FRONT_NAMES = ("label", "participant", "participants", "interviewer", "interviewers")


class _Mark(NamedTuple):
    """Where a turn opens; `label` None is a turn of nobody known."""

    line: int
    text_start: int
    label: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


def read(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a TXT or Markdown file.

    Args:
        data: The file's bytes.
        options: Encoding, and names that are labels.

    Returns:
        One document.

    Raises:
        SourceRefused: The bytes are no text that can be decoded.
    """
    decoded = decode(data, encoding=options.encoding)
    document = parse(unify_line_ends(decoded.text), options, reader=READER)
    return (
        document.model_copy(
            update={
                "sha256": sha256_bytes(data),
                "notices": (*decoded.notices, *document.notices),
            }
        ),
    )


def parse(text: str, options: ReadOptions, *, reader: str) -> Document:
    r"""Find the turns of a labelled text; shared by files and table cells.

    Args:
        text: Canonical text: line ends are `\n`.
        options: Names that are labels.
        reader: Name and version for the document.

    Returns:
        A document whose `sha256` is still to be set.
    """
    front = read_front_matter(text)
    lines = [Line(line) for line in text[front.length :].split("\n")]
    known = (*options.known_labels, *_names_in(front.meta))
    heads = after_meet_notes(find_heads(lines, known=known), lines)
    marks = _marks(heads, lines)
    turns = _cut(text, front.length, lines, marks)
    empty = sum(mark.label is not None for mark in marks) - sum(
        turn.label is not None for turn in turns
    )
    return Document(
        text=text,
        turns=turns,
        sha256="",
        reader=reader,
        meta=front.meta,
        notices=(*front.notices, *_in_file(heads.notices, text, front.length)),
        counts={"empty_turns": empty} if empty else {},
    )


def after_meet_notes(
    heads: Heads, lines: Sequence[Line], *, strict: bool = False
) -> Heads:
    """Leave out labels before the transcript of a Google Meet document.

    Such a file opens with a summary that no participant spoke. The transcript
    starts with the first section anchor, `00:00:00`.

    Args:
        heads: As found.
        lines: Of the whole file.
        strict: Any `HH:MM:SS` that stands alone is such an anchor (DOCX).
    """
    anchor = next(
        (
            found
            for found in heads.anchors
            if found.bare
            and lines[found.line].text.count(":") == 2
            and (strict or _MEET.match(lines[found.line].text))
        ),
        None,
    )
    if anchor is None or not any(c.line > anchor.line for c in heads.accepted):
        return heads
    return heads._replace(
        accepted=tuple(c for c in heads.accepted if c.line > anchor.line),
        refused=tuple(c for c in heads.refused if c.line > anchor.line),
    )


def _in_file(notices: Sequence[Notice], text: str, front: int) -> tuple[Notice, ...]:
    """Count lines from the start of the file, front matter included."""
    above = text.count("\n", 0, front)
    if not above:
        return tuple(notices)
    return tuple(
        notice.model_copy(update={"line": notice.line + above})
        if notice.line
        else notice
        for notice in notices
    )


def _names_in(meta: dict[str, str]) -> list[str]:
    values = ";".join(meta.get(key, "") for key in _FRONT_NAMES)
    return [name.strip() for name in values.split(";") if name.strip()]


def _marks(heads: Heads, lines: Sequence[Line]) -> list[_Mark]:
    """Order what opens and ends turns; a text without any is one turn."""
    opened: dict[int, _Mark] = {}
    for anchor in heads.anchors:
        opened[anchor.line] = _at_anchor(anchor)
    for refused in heads.refused:
        opened[refused.line] = _Mark(refused.line, 0)
    for head in heads.accepted:
        opened[head.line] = _at_label(head)
    if not heads.accepted and not heads.anchors:
        return [_Mark(0, 0)]
    for index, line in enumerate(lines):
        if index in opened:
            continue
        if FOOTER.match(line.text) or _HEADING.match(line.text):
            opened[index] = _Mark(index, len(line.text))
    marks = [opened[index] for index in sorted(opened)]
    first = next(
        (n for n, mark in enumerate(marks) if mark.label or mark.start_ms is not None),
        len(marks),
    )
    return marks[first:]


def _at_label(head: Candidate) -> _Mark:
    return _Mark(head.line, head.text_start, head.label, head.start_ms)


def _at_anchor(anchor: Anchor) -> _Mark:
    return _Mark(anchor.line, anchor.text_start, None, anchor.start_ms, anchor.end_ms)


def _cut(
    text: str, offset: int, lines: Sequence[Line], marks: Sequence[_Mark]
) -> tuple[Turn, ...]:
    """Cut the text at the marks; a turn is stripped at both ends."""
    starts: list[int] = []
    for line in lines:
        starts.append(offset)
        offset += len(line.text) + 1
    ends = [starts[mark.line] for mark in marks[1:]] + [len(text)]
    turns: list[Turn] = []
    for mark, end in zip(marks, ends, strict=True):
        span = _strip(text, starts[mark.line] + mark.text_start, end)
        if span[0] < span[1]:
            turns.append(
                Turn(
                    index=len(turns),
                    start=span[0],
                    end=span[1],
                    label=mark.label,
                    start_ms=mark.start_ms,
                    end_ms=mark.end_ms,
                )
            )
    return tuple(turns)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and rules (`---`) at its ends."""
    while start < end and text[start].isspace():
        start += 1
    end = _strip_right(text, start, end)
    while start < end:
        line = max(start, text.rfind("\n", start, end) + 1)
        if end - line > _LONGEST_RULE or not _RULE.match(text, line, end):
            break
        end = _strip_right(text, start, line)
    return start, end


def _strip_right(text: str, start: int, end: int) -> int:
    while start < end and text[end - 1].isspace():
        end -= 1
    return end
