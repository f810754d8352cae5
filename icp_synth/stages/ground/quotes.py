"""Collect the quotes of any tool's output: JSON lines, tables, reports in prose."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.values import Value
from icp_synth.errors import ReadError, SourceFailed
from icp_synth.stages.ground.prose import passages

_TABLES = {".csv": ",", ".tsv": "\t"}
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_HINT = 'Each row needs "text"; "transcript", "participant" and "turn" may be given.'


class QuoteRow(Value):
    """A quote to be checked.

    Attributes:
        row: Counts from 1: the line of JSON lines, the data row of a table, the
            quoted passage of a report.
        text: The words.
        transcript: The transcript that is said to hold them: its name, or the name
            without its ending.
        participant: Who is said to say them: a name or a label.
        turn: Index of the turn that is said to hold them.
        line: Line of a report where the passage begins, from 1.
    """

    row: int
    text: str
    transcript: str | None = None
    participant: str | None = None
    turn: int | None = None
    line: int | None = None


def load_quotes(path: Path) -> tuple[QuoteRow, ...]:
    """Read the quotes of a file; its ending says what it is.

    Args:
        path: `.jsonl` or `.ndjson`, `.csv` or `.tsv`; anything else is a report.

    Raises:
        SourceFailed: It cannot be read, is not UTF-8, or a row does not fit.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "not readable"
        msg = f"{path}: {reason}"
        raise SourceFailed(
            msg,
            code="unreadable",
            hint="Give a file of quotes that exists and may be read.",
        ) from error
    return parse_quotes(data, path.name)


def parse_quotes(data: bytes, name: str) -> tuple[QuoteRow, ...]:
    """Read the quotes of a file's bytes.

    Args:
        data: UTF-8, with or without a byte order mark.
        name: The file's name; its ending says what it is, and errors begin with it.

    Raises:
        SourceFailed: It is not UTF-8, or a row does not fit.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name} is not UTF-8"
        raise SourceFailed(
            msg,
            code="not_utf8",
            place=f"byte {error.start}",
            hint="Save it as UTF-8 and check it again.",
        ) from error
    ending = Path(name).suffix.lower()
    if ending in _JSON_LINES:
        return tuple(_json_lines(text, name))
    if ending in _TABLES:
        return tuple(_table(text, name, _TABLES[ending]))
    return tuple(
        QuoteRow(row=row, text=found.text, line=found.line)
        for row, found in enumerate(passages(text), start=1)
    )


def _json_lines(text: str, name: str) -> Iterator[QuoteRow]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except json.JSONDecodeError as error:
            raise _misfit(name, f"line {number}", f"no JSON: {error.msg}") from error
        if not isinstance(entry, dict):
            raise _misfit(name, f"line {number}", "no JSON object")
        yield _row(entry, number, name, f"line {number}")


def _table(text: str, name: str, delimiter: str) -> Iterator[QuoteRow]:
    lines = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True
    )
    number = 0
    try:
        if "text" not in (lines.fieldnames or ()):
            raise _misfit(name, "header", 'no column "text"')
        for number, entry in enumerate(lines, start=1):
            if None in entry:
                raise _misfit(name, f"row {number}", "more cells than the header")
            yield _row(entry, number, name, f"row {number}")
    except csv.Error as error:
        raise _misfit(name, f"row {number + 1}", f"no CSV: {error}") from error


def _row(entry: Mapping[str, Any], number: int, name: str, place: str) -> QuoteRow:
    text = entry.get("text")
    if not isinstance(text, str):
        raise _misfit(name, place, 'no "text"')
    return QuoteRow(
        row=number,
        text=text,
        transcript=_name(entry, "transcript", name, place),
        participant=_name(entry, "participant", name, place),
        turn=_turn(entry.get("turn"), name, place),
    )


def _name(entry: Mapping[str, Any], key: str, name: str, place: str) -> str | None:
    value = entry.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise _misfit(name, place, f'"{key}" is no text')
    return value.strip() or None


def _turn(value: object, name: str, place: str) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    raise _misfit(name, place, '"turn" is no whole number')


def _misfit(name: str, place: str, what: str) -> ReadError:
    return SourceFailed(f"{name}: {what}", code="bad_row", place=place, hint=_HINT)
