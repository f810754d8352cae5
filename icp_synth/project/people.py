"""participants.csv: one row a speaker, written by people."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, NoReturn, get_args

from pydantic import ValidationError

from icp_synth.domain.transcripts import Notice, Person, Speaks, Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import SettingsError

COLUMNS = (
    "file",
    "label",
    "transcript",
    "participant",
    "speaks",
    "company",
    "account",
    "job",
    "group",
    "date",
    "language",
    "kind_of_source",
    "consent",
    "quote_ok",
    "media",
)
"""The columns, of which only `file` is required."""

_YES = frozenset({"yes", "y", "true", "1", "ok", "ja", "是", "可"})
_NO = frozenset({"no", "n", "false", "0", "nein", "否", "不可"})
_FORMULA = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
_NAME = "participants.csv"


class ParticipantRow(Value):
    """A row: a speaker of a file, and what is known of them.

    Attributes:
        file: The file's path within its source, or relative to the project; of a
            table's row `FILE#ID`.
        label: The speaker's label in the file; None speaks for the only
            participant.
        row: Where it stands, the header being row 1.
        consent: Any words; those that `says_no` knows keep a person's turns unread.
        quote_ok: None is not said.
    """

    file: str
    label: str | None = None
    transcript: str | None = None
    participant: str | None = None
    speaks: Speaks | None = None
    company: str | None = None
    account: str | None = None
    job: str | None = None
    group: str | None = None
    date: str | None = None
    language: str | None = None
    kind_of_source: str | None = None
    consent: str | None = None
    quote_ok: bool | None = None
    media: str | None = None
    row: int = 0


class PeopleFile(NamedTuple):
    """The rows, and columns that nobody knows here."""

    rows: tuple[ParticipantRow, ...]
    notices: tuple[Notice, ...] = ()


def parse_people(data: bytes) -> PeopleFile:
    """Read participants.csv.

    Args:
        data: UTF-8, with or without a byte order mark; separated by commas,
            semicolons or tabs.

    Raises:
        SettingsError: Not UTF-8, no column `file`, or a row that does not hold
            together; the message names the row.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{_NAME} is not UTF-8 (byte {error.start})."
        raise SettingsError(msg, hint="Save it as CSV UTF-8.") from error
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[ParticipantRow] = []
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not header:
                header = _header(cells)
                continue
            rows.append(_row(header, cells, reader.line_num))
    except csv.Error as error:
        msg = f"{_NAME}, line {reader.line_num}: {error}."
        raise SettingsError(msg, hint="Save it as CSV UTF-8 again.") from error
    _check(rows)
    return PeopleFile(tuple(rows), _unknown(header))


def says_no(value: object) -> bool:
    """Tell whether a cell (`consent`, `quote_ok`) refuses something.

    Example:
        >>> says_no(False), says_no(" No "), says_no("否"), says_no(None)
        (True, True, True, False)
    """
    if isinstance(value, str):
        return value.strip().casefold() in _NO
    return value is False


def rows_for(
    rows: Iterable[ParticipantRow], name: str, *, path: str = ""
) -> tuple[ParticipantRow, ...]:
    """Return the rows of one transcript, the exact name before a longer path.

    Args:
        rows: All rows.
        name: The transcript's path within its source, with `#ID` for a table row.
        path: Its path as the project sees it, where that differs.

    Returns:
        Rows whose `file` is the name or the path; else those that the path ends
        with, which tells apart two folders with files of one name; else those of
        which one is the end of the other. An end begins at a folder's border.
    """
    wanted = [_folded(name), _folded(path)] if path else [_folded(name)]
    exact = tuple(row for row in rows if _folded(row.file) in wanted)
    if exact:
        return exact
    ends = tuple(
        row for row in rows if path and wanted[1].endswith(f"/{_folded(row.file)}")
    )
    if ends:
        return ends
    return tuple(
        row
        for row in rows
        if any(_one_ends_other(_folded(row.file), folded) for folded in wanted)
    )


def persons(found: Iterable[Person]) -> tuple[Person, ...]:
    """Merge what several transcripts say of a person; the first that says it wins.

    Returns:
        One value a participant, sorted by id. A single `quote_ok` that is False
        keeps all of the person's words out of published quotes.
    """
    merged: dict[str, Person] = {}
    for person in found:
        known = merged.get(person.id)
        merged[person.id] = _merge(known, person) if known else person
    return tuple(merged[name] for name in sorted(merged))


def template(transcripts: Iterable[Transcript]) -> str:
    """Write a participants.csv to be filled in, one row a speaker.

    Args:
        transcripts: As read; what was decided stands in `speaks`.

    Returns:
        CSV text with a header. A cell that a spreadsheet would take for a formula
        starts with an apostrophe, which `parse_people` removes.
    """
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for transcript in sorted(transcripts, key=lambda item: item.path):
        for row in _speakers(transcript):
            writer.writerow({key: _safe(value) for key, value in row.items()})
    return stream.getvalue()


def _speakers(transcript: Transcript) -> list[dict[str, str]]:
    seen: dict[str | None, dict[str, str]] = {}
    for turn in transcript.turns:
        if turn.label in seen or (turn.label is None and transcript.participants == ()):
            continue
        seen[turn.label] = {
            "file": transcript.path,
            "label": turn.label or "",
            "participant": turn.participant or "",
            "speaks": turn.speaks or "",
            "date": transcript.date or "",
            "language": "" if transcript.language == "und" else transcript.language,
        }
    return list(seen.values()) or [{"file": transcript.path}]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _header(cells: Sequence[str]) -> list[str]:
    header = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    if "file" not in header:
        msg = f"{_NAME} has no column “file”; its columns are {', '.join(header)}."
        raise SettingsError(
            msg, hint=f"The first line must name columns: {', '.join(COLUMNS)}."
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        msg = f"{_NAME} names the column “{twice[0]}” twice."
        raise SettingsError(msg, hint="Remove one of them.")
    return header


def _unknown(header: Sequence[str]) -> tuple[Notice, ...]:
    unknown = [name for name in header if name and name not in COLUMNS]
    if not unknown:
        return ()
    message = f"{_NAME}: columns that are not used: {', '.join(unknown)}."
    return (Notice(code="unknown_column", message=message, line=1),)


def _row(header: Sequence[str], cells: Sequence[str], line: int) -> ParticipantRow:
    if any(cell.strip() for cell in cells[len(header) :]):
        _fail(line, f"it has {len(cells)} cells and the header {len(header)}")
    values: dict[str, object] = {
        name: cell
        for name, raw in zip(header, cells, strict=False)
        if name in COLUMNS and (cell := _unquoted(raw.strip()))
    }
    if "file" not in values:
        _fail(line, "the cell “file” is empty")
    speaks = str(values.get("speaks", "")).casefold()
    if speaks:
        if speaks not in get_args(Speaks):
            _fail(line, f"“speaks” is participant or interviewer, not “{speaks}”")
        values["speaks"] = speaks
    if "quote_ok" in values:
        values["quote_ok"] = _yes_or_no(str(values["quote_ok"]), line)
    try:
        return ParticipantRow.model_validate({**values, "row": line})
    except ValidationError as error:
        _fail(line, str(error.errors()[0]["msg"]))


def _unquoted(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _yes_or_no(cell: str, line: int) -> bool:
    word = cell.casefold()
    if word not in _YES | _NO:
        _fail(line, f"“quote_ok” is yes or no, not “{cell}”")
    return word in _YES


def _fail(line: int, why: str) -> NoReturn:
    msg = f"{_NAME}, row {line}: {why}."
    raise SettingsError(msg, hint="Correct the row and try again.")


def _check(rows: Sequence[ParticipantRow]) -> None:
    """Refuse two rows for one speaker, and two names for one transcript."""
    speakers: dict[tuple[str, str], int] = {}
    names: dict[str, ParticipantRow] = {}
    for row in rows:
        file = _folded(row.file)
        speaker = (file, _folded(row.label or "").casefold())
        if speaker in speakers:
            label = f", label “{row.label}”" if row.label else ""
            _fail(row.row, f"row {speakers[speaker]} is for {row.file}{label} too")
        speakers[speaker] = row.row
        if row.transcript:
            other = names.setdefault(file, row)
            if other.transcript != row.transcript:
                _fail(
                    row.row,
                    f"{row.file} is called “{row.transcript}” here and"
                    f" “{other.transcript}” in row {other.row}",
                )


def _folded(path: str) -> str:
    path = unicodedata.normalize("NFC", path.replace("\\", "/"))
    return path.removeprefix("./")


def _one_ends_other(one: str, other: str) -> bool:
    return one.endswith(f"/{other}") or other.endswith(f"/{one}")


def _merge(known: Person, other: Person) -> Person:
    values: Mapping[str, object] = {
        name: getattr(other, name)
        for name in Person.model_fields
        if getattr(known, name) is None
    }
    quote_ok = known.quote_ok and other.quote_ok
    return known.model_copy(update={**values, "quote_ok": quote_ok})
