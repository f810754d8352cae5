"""How material stands in a prompt: fenced, an entry a line, marks at the margin.

Whatever a transcript or a brief says, none of it can pass for another entry, for the
mark of another turn or for the end of the material.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from icp_synth.analysts.protocol import ThemeToName
from icp_synth.domain.ids import sha256_text
from icp_synth.domain.passages import RenderedTurn

INDENT = "    "
"""Before each further line of an entry."""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def fence(*texts: str) -> str:
    """Return a delimiter made from the material, so that it cannot foresee it."""
    return f"=== {sha256_text(chr(0).join(texts))[:16]} ==="


def one_line_each(texts: Iterable[str]) -> list[str]:
    """Return each text as one line, so that none can pass for another entry."""
    return [" ".join(text.split()) for text in texts]


def by_person(theme: ThemeToName) -> list[str]:
    """Return the statements, each behind the mark of its person where that is told."""
    lines = one_line_each(theme.statements)
    if not theme.people:
        return lines
    return [
        f"P{person}: {line}" for person, line in zip(theme.people, lines, strict=True)
    ]


def people_numbers(turns: Iterable[RenderedTurn]) -> Mapping[str, int]:
    """Number the participants in order of speech; names are not sent."""
    numbers: dict[str, int] = {}
    for turn in turns:
        if turn.participant is not None:
            numbers.setdefault(turn.participant, len(numbers) + 1)
    return numbers


def indented(text: str) -> str:
    """Return a text with its further lines indented; nothing else is added."""
    return _LINE_END.sub(lambda end: end.group() + INDENT, text)


def turn_line(turn: RenderedTurn, numbers: Mapping[str, int]) -> str:
    """Return a turn with its mark at the margin, where nothing else stands.

    Its further lines are indented, so that no words of a speaker can pass for the
    mark of another turn. Only white space is added, which grounding folds.
    """
    who = f"P{numbers[turn.participant]}" if turn.participant else "I"
    mark = ", context" if turn.use == "context" and who != "I" else ""
    return f"[{turn.number} {who}{mark}] {indented(turn.text)}"
