"""The canonical text of timed and structured formats: one block a turn."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from icp_synth.domain.transcripts import Turn

MERGE_GAP_MS = 2000
"""Cues of one speaker with at most this gap make one turn."""

_CJK = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)


class Part(NamedTuple):
    """A stretch of talk as the file gives it, before it becomes part of a turn.

    Attributes:
        label: As in the file; None where there is none.
        text: Without label, tags and time.
        start_ms: Milliseconds; None is unknown.
        end_ms: Milliseconds; None is unknown.
        inherits: Without a label, it may go on the turn before it.
        breaks: It never goes on the turn before it.
    """

    label: str | None
    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    inherits: bool = False
    breaks: bool = False


def join_texts(texts: Iterable[str]) -> str:
    """Join pieces by one space, or by nothing between two CJK characters.

    Example:
        >>> join_texts(["so what", "made you", "看見", "了嗎"])
        'so what made you 看見了嗎'
    """
    joined: list[str] = []
    for text in (text.strip() for text in texts):
        if not text:
            continue
        if joined and not (_CJK.match(joined[-1][-1]) and _CJK.match(text[0])):
            joined.append(" ")
        joined.append(text)
    return "".join(joined)


def build_text(parts: Iterable[Part]) -> tuple[str, tuple[Turn, ...]]:
    """Merge parts to turns and write the canonical text.

    Args:
        parts: In the order of the file; those without words are passed over.

    Returns:
        The text (`LABEL: TEXT`, blocks joined by one empty line), and its turns,
        whose spans leave the label out.
    """
    blocks: list[str] = []
    turns: list[Turn] = []
    position = 0
    for group in _merge(parts):
        label = group[0].label
        text = join_texts(part.text for part in group)
        head = f"{label}: " if label else ""
        start = position + len(head)
        ends = [part.end_ms for part in group if part.end_ms is not None]
        turns.append(
            Turn(
                index=len(turns),
                start=start,
                end=start + len(text),
                label=label,
                start_ms=group[0].start_ms,
                end_ms=max(ends, default=None),
            )
        )
        blocks.append(head + text)
        position = start + len(text) + 2
    return "\n\n".join(blocks), tuple(turns)


def _merge(parts: Iterable[Part]) -> list[list[Part]]:
    groups: list[list[Part]] = []
    for part in parts:
        if not part.text.strip():
            continue
        if groups and _goes_on(groups[-1][0], groups[-1][-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _goes_on(first: Part, last: Part, part: Part) -> bool:
    """Tell whether the part is of the same turn as the parts before it."""
    if part.breaks or last.end_ms is None or part.start_ms is None:
        return False
    if part.start_ms - last.end_ms > MERGE_GAP_MS:
        return False
    if part.label is None:
        return first.label is None or part.inherits
    return part.label == first.label
