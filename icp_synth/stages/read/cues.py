"""Cues of timed captions: timing lines, the words below them, nothing lost.

Lines with an arrow are counted by a scan of its own. What was parsed and what was
reported as skipped add up to that count, or the file is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from icp_synth.domain.transcripts import Document, Notice
from icp_synth.errors import SourceFailed, SourceRefused
from icp_synth.stages.read.times import is_timing_line, parse_timing

ROLL_UP_SHARE = 0.3
"""Share of cues that must repeat the one before, for captions to be roll-up."""

_STARTS_WITH_DIGIT = re.compile(r"\s*-?\d")
_INDEX = re.compile(r"\s*\d+\s*$")
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*|\d[\d:.]*|/|\.[^<>]*)>")
_COMMENT = re.compile(r"\s*(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_SHOWN = 200


class Cue(NamedTuple):
    """One timing line and the lines below it, as in the file.

    `line` is that of the timing line, from 1; times are milliseconds.
    """

    line: int
    start_ms: int
    end_ms: int
    lines: tuple[str, ...]


class Timed(NamedTuple):
    """What a captions file holds.

    Attributes:
        cues: In the order of the file.
        skipped: Timing lines that were reported and not read.
        notices: One for each of those, and for what else was passed over.
        left_out: Lines outside cues: notes, styles, stray text.
    """

    cues: tuple[Cue, ...]
    skipped: int
    notices: tuple[Notice, ...]
    left_out: int


def count_timing_lines(text: str) -> int:
    """Count every line with an arrow, well-formed or not."""
    return sum(is_timing_line(line) for line in text.split("\n"))


def parse_cues(text: str, *, blank_ends: bool) -> Timed:
    r"""Read the cues of a captions file.

    Args:
        text: Line ends are `\n`.
        blank_ends: A blank line ends a cue (VTT); otherwise only the next index
            and timing line do (SRT).

    Returns:
        Cues, and what was skipped with its line and reason.
    """
    return _CueScanner(text.split("\n"), blank_ends=blank_ends).scan()


class _CueScanner:
    """Walks over the lines once; holds the cue that is open."""

    def __init__(self, lines: Sequence[str], *, blank_ends: bool) -> None:
        self._lines = lines
        self._blank_ends = blank_ends
        self._cues: list[Cue] = []
        self._notices: list[Notice] = []
        self._skipped = 0
        self._left_out = 0
        self._timing: tuple[int, int, int] | None = None
        self._broken: int | None = None
        self._body: list[str] = []
        self._start = 0

    def scan(self) -> Timed:
        for index, line in enumerate(self._lines):
            if is_timing_line(line):
                self._on_arrow(index, line)
            elif self._blank_ends and not line.strip():
                self._close()
            else:
                if not self._body:
                    self._start = index
                self._body.append(line)
        self._close()
        return Timed(
            tuple(self._cues), self._skipped, tuple(self._notices), self._left_out
        )

    def _on_arrow(self, index: int, line: str) -> None:
        timing = parse_timing(line)
        if timing is None and self._timing and not _STARTS_WITH_DIGIT.match(line):
            self._body.append(line)
            self._skip(index, "arrow_in_text", "An arrow in a cue's words", line)
            return
        if self._body and self._is_id():
            self._body.pop()
        self._close()
        if timing is None:
            self._broken = index
            return
        if timing[1] < timing[0]:
            self._notices.append(
                Notice(
                    code="negative_cue",
                    message="A cue ends before it starts; its words were read.",
                    line=index + 1,
                    text=line[:_SHOWN],
                )
            )
        self._timing = (index, *timing)

    def _is_id(self) -> bool:
        """Tell whether the line before a timing line is its id (SRT: a number)."""
        if self._blank_ends:
            return self._timing is None and self._broken is None
        return bool(_INDEX.match(self._body[-1]))

    def _skip(self, index: int, code: str, message: str, text: str) -> None:
        self._skipped += 1
        self._notices.append(
            Notice(code=code, message=message, line=index + 1, text=text[:_SHOWN])
        )

    def _close(self) -> None:
        body = [line for line in self._body if line.strip()]
        self._body = []
        if self._broken is not None:
            index, self._broken = self._broken, None
            text = "\n".join((self._lines[index], *body))
            message = "A broken timing line; the cue was not read."
            self._skip(index, "broken_cue", message, text)
        elif self._timing is not None:
            index, start, end = self._timing
            self._timing = None
            self._cues.append(Cue(index + 1, start, end, tuple(body)))
        else:
            self._left_out += len(body)
            self._tell_stray(body)

    def _tell_stray(self, body: Sequence[str]) -> None:
        """Say where words stand that belong to no cue; headers and notes do not."""
        if not body or not (self._cues or self._skipped) or _COMMENT.match(body[0]):
            return
        self._notices.append(
            Notice(
                code="text_outside_cues",
                message=f"{len(body)} lines belong to no cue and were not read.",
                line=self._start + 1,
                text=body[0][:_SHOWN],
            )
        )


def plain(text: str) -> str:
    """Remove tags and decode entities.

    Example:
        >>> plain("<i>R&amp;D</i><00:01.000> costs")
        'R&D costs'
    """
    if "<" in text:
        text = _TAG.sub("", text)
    return html.unescape(text) if "&" in text else text


def without_roll_up(cues: Sequence[Cue]) -> tuple[list[Cue], int]:
    """Undo captions that repeat each line in the next cue.

    A cue whose lines all stand in the one before is dropped; leading lines that
    end the one before are removed. Nothing is done unless at least 30 % of the
    cues show the pattern, or people who say `yes` twice would lose one.

    Args:
        cues: Lines without tags.

    Returns:
        The cues, and how many were dropped.
    """
    pairs = pairwise(cues)
    known = [0, *(_repeated(a.lines, b.lines) for a, b in pairs)][: len(cues)]
    if sum(map(bool, known)) < ROLL_UP_SHARE * len(cues):
        return list(cues), 0
    kept = [
        cue._replace(lines=cue.lines[repeated:])
        for cue, repeated in zip(cues, known, strict=True)
        if repeated < len(cue.lines) or not cue.lines
    ]
    return kept, len(cues) - len(kept)


def _repeated(before: tuple[str, ...], lines: tuple[str, ...]) -> int:
    """Return how many leading lines only repeat the cue before."""
    if lines and set(lines) <= set(before):
        return len(lines)
    longest = min(len(before), len(lines))
    return next(
        (n for n in range(longest, 0, -1) if before[-n:] == lines[:n]),
        0,
    )


def check_complete(text: str, document: Document) -> Document:
    """Assert that timing lines = parsed + reported as skipped, and keep the counts.

    Args:
        text: The decoded file.
        document: With `parsed_cues`, `skipped_cues`, `roll_up_cues` in its counts.

    Returns:
        The document, with `timing_lines` among its counts.

    Raises:
        SourceRefused: There is no timing line at all.
        SourceFailed: The numbers do not add up.
    """
    counts = document.counts
    found = count_timing_lines(text)
    if not found:
        msg = "No timing line stands in the file"
        raise SourceRefused(
            msg,
            code="no_timing_lines",
            hint="Export the captions again; plain text goes into a .txt file.",
        )
    told = sum(counts.get(name, 0) for name in ("parsed_cues", "skipped_cues"))
    if found != told + counts.get("roll_up_cues", 0):
        msg = f"{found} timing lines stand in the file and {told} were accounted for"
        raise SourceFailed(
            msg, code="cues_lost", hint="Please report this file as a fault."
        )
    return document.model_copy(update={"counts": {"timing_lines": found, **counts}})


def counted(**counts: int) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: count for name, count in counts.items() if count}
