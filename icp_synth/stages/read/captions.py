"""Speakers of cues that carry them as a prefix: `Name: text`, `- A`, `>> NAME:`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from icp_synth.domain.transcripts import Notice
from icp_synth.stages.read.cues import Cue
from icp_synth.stages.read.heads import Line, change_mark
from icp_synth.stages.read.labels import find_heads
from icp_synth.stages.read.turns import Part, join_texts

_DASH = re.compile(r"\s*[-\u2013\u2014]\s*(?=\S)")


class _Piece(NamedTuple):
    """A line of a cue; `fresh` tells that a mark announces another speaker."""

    cue: int
    text: str
    fresh: bool


def label_cues(
    cues: Sequence[Cue], known: Collection[str]
) -> tuple[list[Part], tuple[Notice, ...]]:
    """Split cues at the speakers that their lines name.

    A cue without a prefix goes on the turn before it when the gap allows.

    Args:
        cues: Lines without tags.
        known: Names that somebody vouched for.

    Returns:
        Parts in the order of the file, and notices about refused labels, whose
        `line` is that of the cue's timing line.
    """
    pieces = list(_pieces(cues))
    heads = find_heads([Line(piece.text) for piece in pieces], known=known, cues=True)
    accepted = {head.line: head for head in heads.accepted}
    refused = {head.line for head in heads.refused}
    groups: list[tuple[Part, list[str]]] = []
    previous: int | None = None
    for index, piece in enumerate(pieces):
        head = accepted.get(index)
        text = piece.text[head.text_start :] if head else piece.text
        if head or piece.fresh or index in refused or piece.cue != previous:
            cue = cues[piece.cue]
            breaks = not head and (piece.fresh or index in refused)
            part = Part(
                label=head.label if head else None,
                text="",
                start_ms=cue.start_ms,
                end_ms=cue.end_ms,
                inherits=True,
                breaks=breaks,
            )
            groups.append((part, []))
        groups[-1][1].append(text)
        previous = piece.cue
    parts = [part._replace(text=join_texts(texts)) for part, texts in groups]
    notices = tuple(
        notice.model_copy(update={"line": cues[pieces[notice.line - 1].cue].line})
        if notice.line
        else notice
        for notice in heads.notices
    )
    return parts, notices


def _pieces(cues: Sequence[Cue]) -> Iterator[_Piece]:
    for number, cue in enumerate(cues):
        dashed = len(cue.lines) > 1 and all(_DASH.match(line) for line in cue.lines)
        for line in cue.lines:
            mark = _DASH.match(line)
            cut = mark.end() if dashed and mark else change_mark(line)
            yield _Piece(number, line[cut:], fresh=cut > 0)
