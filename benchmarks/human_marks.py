"""What people coded, as their files hold it: Word comments, workbooks, marked text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Stretch = tuple[int, int]
"""Half-open, in code points of the text."""

LABELS: Final = (
    "relevant",
    "functional",
    "nfr",
    "system user",
    "current process",
    "scope",
)
"""Columns of the workbook that label turns; any value but 0 is a label."""

_MARK = re.compile(r"\*\*(.+?)\*\*<sup>(.*?)</sup>", re.DOTALL)
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Coded:
    """An answer with the stretches that somebody coded.

    Attributes:
        text: The answer, stripped.
        spans: What is marked, by place.
        lost: Marks that do not stand in the text.
    """

    text: str
    spans: tuple[Stretch, ...]
    lost: int = 0


@dataclass(frozen=True)
class Turn:
    """A row of the workbook: who speaks, what, and the labels that are not 0."""

    speaker: str
    text: str
    labels: frozenset[str]


def marked(text: str) -> Coded:
    """Read `**words**<sup>code; code</sup>` marks out of a text.

    Example:
        >>> marked("It is **slow**<sup>speed</sup>.")
        Coded(text='It is slow.', spans=((6, 10),), lost=0)
    """
    plain, spans, at = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark.group(1))))
        plain += mark.group(1)
        at = mark.end()
    return Coded(plain + text[at:], tuple(spans))


def moved(coded: Coded, text: str) -> Coded:
    """Put the marks of one copy of a text on another one, words by words."""
    found: list[Stretch] = []
    lost = 0
    for start, end in coded.spans:
        words = coded.text[start:end].split()
        pattern = r"\s+".join(map(re.escape, words))
        places = [one.span() for one in re.finditer(pattern, text)] if words else []
        if places:
            found.append(min(places, key=lambda place: abs(place[0] - start)))
        else:
            lost += 1
    return Coded(text, tuple(sorted(found)), lost)


def commented(path: Path) -> list[Coded]:
    """Read answers of a Word file whose comments are codes; `-----` parts answers."""
    from docx import Document
    from docx.oxml.ns import qn

    answers: list[Coded] = []
    text, spans = "", []
    began: dict[str, int] = {}
    for paragraph in Document(str(path)).element.body.iter(qn("w:p")):
        start = len(text)
        for node in paragraph.iter():
            if node.tag == qn("w:t"):
                text += node.text or ""
            elif node.tag == qn("w:commentRangeStart"):
                began[node.get(qn("w:id"))] = len(text)
            elif node.tag == qn("w:commentRangeEnd"):
                spans.append((began.pop(node.get(qn("w:id"))), len(text)))
        if text[start:].strip() == "-----":
            answers.append(_stripped(text[:start], spans))
            text, spans = "", []
        else:
            text += "\n"
    return [*answers, _stripped(text, spans)]


def _stripped(text: str, spans: Iterable[Stretch]) -> Coded:
    left = len(text) - len(text.lstrip())
    kept = text.strip()
    moved = ((max(0, a - left), min(len(kept), b - left)) for a, b in spans)
    return Coded(kept, tuple(sorted(one for one in moved if one[0] < one[1])))


def turns(path: Path) -> list[Turn]:
    """Read the labelled turns of the workbook, without its row of totals."""
    from docx.oxml import parse_xml  # resolves no entities

    with zipfile.ZipFile(path) as book:
        strings = parse_xml(book.read("xl/sharedStrings.xml"))
        sheet = parse_xml(book.read("xl/worksheets/sheet2.xml"))
    shared = [
        "".join(one.text or "" for one in entry.iter(f"{_SHEET}t"))
        for entry in strings.iter(f"{_SHEET}si")
    ]
    rows = []
    for row in sheet.iter(f"{_SHEET}row"):
        cells = {}
        for cell in row:
            value = cell.find(f"{_SHEET}v")
            if value is not None:
                said = value.text or ""
                column = re.sub(r"\d", "", cell.get("r"))
                cells[column] = shared[int(said)] if cell.get("t") == "s" else said
        rows.append(cells)
    names = rows[0]
    named = [{names[column]: v for column, v in row.items()} for row in rows[1:]]
    return [
        Turn(
            speaker=row["speaker_name"],
            text=" ".join(row["text"].split()),
            labels=frozenset(name for name in LABELS if row.get(name, "0") != "0"),
        )
        for row in named
        if row.get("speaker_name")
    ]


def transcript_of(interview: Sequence[Turn]) -> tuple[str, list[Stretch]]:
    """Return the turns as a transcript, and where each one's words stand in it."""
    text, places = "", []
    for turn in interview:
        text += f"{turn.speaker}: "
        places.append((len(text), len(text) + len(turn.text)))
        text += f"{turn.text}\n\n"
    return text, places
