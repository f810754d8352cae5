"""The form that a person fills in: a table that spreadsheet programs open.

One row a label. A row with nothing but a quote (and its turn) holds a further quote
of the label above. Cells that a program would take for a formula begin with an
apostrophe, which is taken off again when the form is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import SourceRefused
from icp_synth.evaluation.labelling.given import PARTS, Draft, DraftQuote, Problem
from icp_synth.evaluation.labelling.settle import Body
from icp_synth.stages.read.decode import decode

ENDING = ".csv"
COLUMNS = (
    "turn",
    "kind",
    "category",
    "quote",
    *PARTS,
)
_NEEDED = ("category", "quote")
_OF_QUOTE = ("turn", "quote")
_MARK = "﻿"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_MOST = 32_767
"""Characters that a spreadsheet's cell holds; the csv module's limit is raised."""


def form_text(labels: Sequence[Body], transcript: Transcript) -> str:
    """Return a form as CSV, to be written in UTF-8.

    Args:
        labels: With which it is filled; none for an empty one.
        transcript: The text, for the numbers of turns.
    """
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for label in labels:
        for row in _rows(label, transcript):
            writer.writerow({name: guarded(cell) for name, cell in row.items()})
    # Excel takes a file for UTF-8 only by this mark.
    return _MARK + stream.getvalue()


def is_filled(data: bytes) -> bool:
    """Tell whether a form holds anything below its head."""
    return bool(b"".join(data.splitlines()[1:]).strip(b",; \t\0"))


def read_form(data: bytes, file: str) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Return the labels of a form, or what is wrong with the form itself.

    Commas, semicolons or tabs part the cells, whichever the head uses; blank rows
    are passed over; columns may stand in any order.

    Args:
        data: The file's bytes, in any encoding that interviews may have.
        file: Its path, for messages.
    """
    try:
        text = decode(data).text
    except SourceRefused as error:
        return (), (Problem(file=file, message=str(error)),)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    if len(text) > _MOST:
        csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        said = f"it is no valid CSV: {error}"
        return (), (Problem(file=file, line=reader.line_num, message=said),)
    columns = [cell.strip().casefold() for cell in rows[0]] if rows else []
    problems = tuple(_faults_of_head(columns, file))
    if problems:
        return (), problems
    return _drafts(rows[1:], columns, file)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what a cell held before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _rows(label: Body, transcript: Transcript) -> Iterator[dict[str, str]]:
    first, *further = label["quotes"]
    explicit = label.get("explicit")
    verbatim = label.get("statement_origin") == "verbatim"
    yield {
        **_of_quote(first, transcript),
        "kind": label["kind"],
        "category": label["category"],
        "statement": "" if verbatim else label["statement"],
        "explicit": "" if explicit is None else ("yes" if explicit else "no"),
        "intensity": str(label.get("intensity") or ""),
        "signals": " ".join(one[1:] + one[0] for one in label.get("signals") or ()),
        "attribute": label.get("attribute") or "",
        "value": label.get("value") or "",
        "status": label.get("status") or "",
        "note": label.get("note") or "",
    }
    for quote in further:
        yield _of_quote(quote, transcript)


def _of_quote(quote: Mapping[str, object], transcript: Transcript) -> dict[str, str]:
    start = quote["start"]
    turn = transcript.turn_at(start) if isinstance(start, int) else None
    number = "" if turn is None else str(turn.index)
    return {"turn": number, "quote": str(quote["text"])}


def _faults_of_head(columns: Sequence[str], file: str) -> Iterator[Problem]:
    wanted = ", ".join(COLUMNS)
    for name in _NEEDED:
        if name not in columns:
            said = f"there is no such column; the head is {wanted}"
            yield Problem(file=file, line=1, field=name, message=said)
    for name in dict.fromkeys(columns):
        if name and columns.count(name) > 1:
            said = "there are two columns of this name"
            yield Problem(file=file, line=1, field=name, message=said)
        if name and name not in COLUMNS:
            said = f"nobody knows this column; the head is {wanted}"
            yield Problem(file=file, line=1, field=name, message=said)


def _drafts(
    rows: Sequence[Sequence[str]], columns: Sequence[str], file: str
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for number, cells in _filled(rows):
        if any(cell.strip() for cell in cells[len(columns) :]):
            said = "the row has more cells than the head: is a quote mark missing?"
            problems.append(Problem(file=file, line=number, message=said))
            continue
        row = {
            name: unguarded(cell)
            for name, cell in zip(columns, cells, strict=False)
            if name
        }
        quote = DraftQuote(
            text=row.get("quote", ""), turn=row.get("turn", ""), line=number
        )
        own = {name: row[name] for name in row if name not in _OF_QUOTE}
        if any(cell.strip() for cell in own.values()):
            drafts.append(Draft(**own, quotes=(quote,), line=number))
        elif drafts:
            quotes = (*drafts[-1].quotes, quote)
            drafts[-1] = drafts[-1].model_copy(update={"quotes": quotes})
        else:
            said = "a quote alone belongs to the label above, and there is none"
            problems.append(
                Problem(file=file, line=number, field="category", message=said)
            )
    return tuple(drafts), tuple(problems)


def _filled(rows: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows that hold anything, numbered as a spreadsheet shows them."""
    for number, cells in enumerate(rows, start=2):
        if any(cell.strip() for cell in cells):
            yield number, cells
