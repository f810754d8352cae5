"""Tables: CSV, TSV and JSONL with one interview, or one turn, a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import Document, Notice
from icp_synth.errors import SourceRefused
from icp_synth.stages.read.cues import counted
from icp_synth.stages.read.decode import decode
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.rows import Row, Sheet, is_talk, parts_of_talk, read_sheet
from icp_synth.stages.read.strict_json import load_json
from icp_synth.stages.read.turns import build_text

READER = "table/1"

_MAX_CELL = 100_000_000
_DELIMITERS = ",;\t|"


def read_csv(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a CSV or TSV file with a header; the separator is told by the header.

    Args:
        data: The file's bytes.
        options: Encoding, columns, names that are labels.

    Returns:
        One document a row; one in all when each row is a turn.

    Raises:
        SourceRefused: No text, no usable columns, or quotes that never close.
    """
    decoded = decode(data, encoding=options.encoding)
    documents = _documents(_csv_sheet(decoded.text), data, options)
    return _with_notices(documents, decoded.notices)


def read_jsonl(data: bytes, options: ReadOptions) -> Sequence[Document]:
    """Read a file with one JSON object a line; keys are columns.

    A line that is no object becomes a document that failed; the others go on.

    Args:
        data: The file's bytes.
        options: Encoding, columns, names that are labels.

    Raises:
        SourceRefused: No line of it is a JSON object.
    """
    decoded = decode(data, encoding=options.encoding)
    documents = _documents(_json_sheet(decoded.text), data, options)
    return _with_notices(documents, decoded.notices)


def _with_notices(
    documents: Sequence[Document], notices: Sequence[Notice]
) -> Sequence[Document]:
    return tuple(
        document.model_copy(update={"notices": (*notices, *document.notices)})
        for document in documents
    )


def _documents(sheet: Sheet, data: bytes, options: ReadOptions) -> tuple[Document, ...]:
    if options.text_column or not is_talk(sheet):
        return read_sheet(sheet, options, reader=READER)
    text, turns = build_text(parts_of_talk(sheet))
    document = Document(
        text=text,
        turns=turns,
        sha256=sha256_bytes(data),
        reader=READER,
        counts=counted(rows=len(sheet.rows)),
    )
    return (document,)


def _csv_sheet(text: str) -> Sheet:
    # The csv module's limit is one for the process; raising it is all that helps.
    csv.field_size_limit(_MAX_CELL)
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=_delimiter(text), strict=True)
    rows: list[Row] = []
    header: tuple[str, ...] = ()
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = tuple(cell.strip() for cell in cells)
                continue
            rows.append(Row(tuple(cells), reader.line_num, _width(cells, header)))
    except csv.Error as error:
        msg = f"The table does not hold together: {error}"
        raise SourceRefused(
            msg,
            code="broken_table",
            place=f"line {reader.line_num}",
            hint="Export it again as CSV with quoted cells.",
        ) from error
    return Sheet(header, tuple(rows))


def _width(cells: Sequence[str], header: Sequence[str]) -> str:
    """Tell what is wrong with a row; cells missing at its end count as empty."""
    if not any(cell.strip() for cell in cells[len(header) :]):
        return ""
    return f"The row has {len(cells)} cells and the header {len(header)}."


def _delimiter(text: str) -> str:
    """Return the separator that splits the header into most cells."""
    first = text.lstrip("\n\r")[:65536]
    return max(_DELIMITERS, key=lambda mark: _cells_of_header(first, mark))


def _cells_of_header(text: str, delimiter: str) -> int:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return len(next(reader, []))
    except csv.Error:
        return 0


def _json_sheet(text: str) -> Sheet:
    header: dict[str, int] = {}
    found: list[tuple[dict[str, str], int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells, problem = _json_row(line, number)
        for name in cells:
            header.setdefault(name, len(header))
        found.append((cells, number, problem))
    if found and not header:
        msg = "No line of the file is a JSON object with values"
        raise SourceRefused(
            msg, code="broken_table", hint="Write one object a line (JSONL)."
        )
    rows = (
        Row(tuple(cells.get(name, "") for name in header), number, problem)
        for cells, number, problem in found
    )
    return Sheet(tuple(header), tuple(rows))


def _json_row(line: str, number: int) -> tuple[dict[str, str], str]:
    try:
        value = load_json(line, place=f"line {number}")
    except SourceRefused as error:
        return {}, error.message
    if not isinstance(value, dict):
        return {}, "The line is no JSON object."
    return {
        name: "" if cell is None else str(cell)
        for name, cell in value.items()
        if cell is None or isinstance(cell, (str, int, float))
    }, ""
