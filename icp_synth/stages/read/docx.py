"""DOCX: Teams (new and old), Google Meet, `Name: text`, bold names, tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document, Notice
from icp_synth.stages.read.cues import counted
from icp_synth.stages.read.heads import Line
from icp_synth.stages.read.labels import find_heads
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.rows import Sheet, is_talk, parts_of_talk, read_sheet
from icp_synth.stages.read.text import FOOTER, after_meet_notes
from icp_synth.stages.read.times import is_timing_line, parse_timing
from icp_synth.stages.read.turns import Part, build_text
from icp_synth.stages.read.word_file import Paragraph, Table, open_word_file
from icp_synth.stages.read.words import label_key

READER = "docx/1"

_LONGEST_NAME = 60


class _Found(NamedTuple):
    """Parts of talk, and how many lines stood outside them."""

    parts: list[Part]
    left_out: int
    notices: tuple[Notice, ...] = ()


def read(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a DOCX file.

    Args:
        data: The file's bytes.
        options: Names that are labels; columns of a table of texts.

    Returns:
        One document; for a file that is but a table of texts, one a row.

    Raises:
        SourceFailed: No DOCX, cut short, or encrypted.
        SourceRefused: Unsafe to unpack.
    """
    word = open_word_file(data)
    paragraphs = [block for block in word.blocks if isinstance(block, Paragraph)]
    sheets = [_sheet(block) for block in word.blocks if isinstance(block, Table)]
    talk = [sheet for sheet in sheets if is_talk(sheet)]
    found = _from_tables(talk, paragraphs) if talk else _from_lines(paragraphs, options)
    if not talk and not any(part.label for part in found.parts):
        texts = [sheet for sheet in sheets if sheet.text_column(options) is not None]
        if texts:
            return read_sheet(texts[0], options, reader=READER)
    text, turns = build_text(found.parts)
    notices = list(found.notices)
    if word.deleted:
        message = f"{word.deleted} stretches that tracked changes delete were not read."
        notices.append(Notice(code="tracked_changes", message=message))
    if word.text_boxes:
        message = f"{word.text_boxes} text boxes were not read."
        notices.append(Notice(code="text_boxes", message=message))
    return (
        Document(
            text=text,
            turns=turns,
            sha256=sha256_bytes(data),
            reader=READER,
            notices=tuple(notices),
            counts=counted(
                paragraphs_left_out=found.left_out,
                table_rows_left_out=sum(
                    len(sheet.rows) for sheet in sheets if sheet not in talk
                ),
            ),
        ),
    )


def _sheet(table: Table) -> Sheet:
    return Sheet.of([list(row) for row in table.rows])


def _from_tables(talk: Sequence[Sheet], paragraphs: Sequence[Paragraph]) -> _Found:
    parts = [part for sheet in talk for part in parts_of_talk(sheet)]
    return _Found(parts, sum(bool(line.text.strip()) for line in paragraphs))


def _from_lines(paragraphs: Sequence[Paragraph], options: ReadOptions) -> _Found:
    lines = [Line(line.text, line.bold) for line in paragraphs]
    if any(is_timing_line(line.text) for line in lines):
        return _old_teams(lines)
    return _labelled(lines, options)


def _old_teams(lines: Sequence[Line]) -> _Found:
    """Read three lines a turn: a timing line, the name, the words."""
    blocks: list[list[str]] = []
    left_out, notices = 0, []
    for index, line in enumerate(lines):
        text = line.text.strip()
        if is_timing_line(text):
            if parse_timing(text) is None:
                message = "A broken timing line; its turn has no time."
                notices.append(
                    Notice(code="broken_cue", message=message, line=index + 1)
                )
            blocks.append([text])
        elif blocks and text and not FOOTER.match(text):
            blocks[-1].append(text)
        else:
            left_out += bool(text)
    named = _are_named(blocks)
    parts = [_old_teams_part(block, named=named) for block in blocks]
    return _Found(parts, left_out, tuple(notices))


def _are_named(blocks: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first line below the timing lines is a name.

    Every block then has words below it, and names come again in a longer file.
    """
    firsts = [block[1] for block in blocks if len(block) > 2]
    several = len(firsts) == sum(len(block) > 1 for block in blocks) > 0
    short = all(len(name) <= _LONGEST_NAME for name in firsts)
    return several and short and (len(firsts) < 4 or len(set(firsts)) < len(firsts))


def _old_teams_part(block: Sequence[str], *, named: bool) -> Part:
    start, end = parse_timing(block[0]) or (None, None)
    if named:
        return Part(block[1] if len(block) > 1 else None, _lines(block[2:]), start, end)
    return Part(None, _lines(block[1:]), start, end)


def _labelled(lines: Sequence[Line], options: ReadOptions) -> _Found:
    """Read paragraphs that name their speakers; without labels all is one turn."""
    found = find_heads(lines, known=options.known_labels)
    heads = after_meet_notes(found, lines, strict=True)
    if not heads.accepted:
        words = [line.text for line in lines if line.text.strip()]
        return _Found([Part(None, _lines(words))], 0, heads.notices)
    accepted = {head.line: head for head in heads.accepted}
    ends = {anchor.line for anchor in heads.anchors}
    refused = {head.line for head in heads.refused}
    speakers = {label_key(head.label) for head in heads.accepted}
    parts: list[tuple[Part, list[str]]] = []
    left_out = 0
    inside = False
    for index, line in enumerate(lines):
        head = accepted.get(index)
        if head:
            parts.append((Part(head.label, "", head.start_ms), []))
            parts[-1][1].append(line.text[head.text_start :])
            inside = True
        elif index in ends or FOOTER.match(line.text) or _is_note(line, speakers):
            inside = False
            left_out += 1
        elif index in refused and parts:
            parts.append((Part(None, "", breaks=True), [line.text]))
            inside = True
        elif inside:
            parts[-1][1].append(line.text)
        else:
            left_out += bool(line.text.strip())
    return _Found(
        [part._replace(text=_lines(texts)) for part, texts in parts],
        left_out,
        heads.notices,
    )


def _is_note(line: Line, speakers: Collection[str]) -> bool:
    """Tell whether a line speaks about a speaker: **Anna** stopped transcription."""
    return line.bold > 0 and label_key(line.text[: line.bold]) in speakers


def _lines(texts: Sequence[str]) -> str:
    return "\n".join(_stripped(texts))


def _stripped(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        if text.strip():
            yield text.strip()
