"""Reading: from the bytes of a file to transcripts, and one report for each."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.transcripts import (
    Document,
    Notice,
    Person,
    SourceReport,
    Transcript,
)
from icp_synth.errors import ReadError, SourceRefused
from icp_synth.project.people import ParticipantRow, rows_for, says_no
from icp_synth.stages.read.copies import NearCopy, near_copies, without_duplicates
from icp_synth.stages.read.naming import JoinProposal, propose_joins, to_transcript
from icp_synth.stages.read.options import ReadOptions
from icp_synth.stages.read.registry import (
    TEXT,
    Reader,
    claims,
    is_table,
    reader_for,
    readers,
    why_passed_over,
)
from icp_synth.stages.read.results import ReadResult

__all__ = [
    "JoinProposal",
    "NearCopy",
    "ReadOptions",
    "ReadResult",
    "Reader",
    "claims",
    "failure",
    "is_table",
    "near_copies",
    "propose_joins",
    "read_source",
    "readers",
    "why_passed_over",
    "without_duplicates",
]

_CAPTIONS_ONLY = ".cc.vtt"


def read_source(
    data: bytes,
    name: str,
    *,
    options: ReadOptions | None = None,
    rows: Sequence[ParticipantRow] = (),
    path: str = "",
) -> ReadResult:
    r"""Read one file; a bad one gives a report and never an error.

    Args:
        data: The file's bytes.
        name: Path within its source, POSIX; it chooses the reader.
        options: Flags of the command line.
        rows: Rows of participants.csv, of this file or of all.
        path: The path as the project sees it, where rows may use it.

    Returns:
        Transcripts and reports in the order of the file.

    Example:
        >>> talk = b"Interviewer: What hurts?\n\nAnna: Month end.\n"
        >>> read_source(talk, "anna.txt").reports[0].participants
        ('anna.txt#Anna',)
    """
    options = options or ReadOptions()
    own = _rows_of_file(rows, name, path)
    named = [label for row in own for label in (row.label, row.participant) if label]
    refusing = {row.participant for row in rows if says_no(row.consent)}
    options = options.model_copy(
        update={
            "labels": (*options.labels, *named),
            "refusing": tuple(sorted(name for name in refusing if name)),
        }
    )
    try:
        reader = TEXT if _is_blank(data) else reader_for(name, data)
        documents = reader.read(data, options)
    except ReadError as error:
        return ReadResult((), (failure(name, error),), name=name, path=path)
    transcripts: list[Transcript] = []
    reports: list[SourceReport] = []
    people: list[Person] = []
    for document in documents:
        place = name if document.item is None else f"{name}#{document.item}"
        broken = _broken(document, place)
        if broken:
            reports.append(broken)
            continue
        found = to_transcript(
            _with_advice(document, name),
            place,
            options=options,
            rows=_rows_of_item(own, name, place, path),
        )
        transcripts.append(found.transcript)
        reports.append(_report(found.transcript))
        people.extend(found.people)
    if not documents:
        reports.append(_nothing(name))
    return ReadResult(
        tuple(transcripts), tuple(reports), tuple(people), name=name, path=path
    )


def failure(name: str, error: ReadError) -> SourceReport:
    """Return the report of a file that could not be read.

    The reason gives what is wrong, where, and one way out.
    """
    refused = isinstance(error, SourceRefused)
    notice = Notice(code=error.code, message=str(error))
    return SourceReport(
        id=name,
        path=name,
        status="refused" if refused else "failed",
        reason=str(error),
        notices=(notice,),
    )


def _is_blank(data: bytes) -> bool:
    """Tell whether a file holds white space and a byte order mark at most."""
    return not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe")


def _rows_of_file(
    rows: Sequence[ParticipantRow], name: str, path: str
) -> tuple[ParticipantRow, ...]:
    """Return the rows of a file, with those of single rows of a table."""
    whole = rows_for(rows, name, path=path)
    items = tuple(row for row in rows if "#" in row.file and row not in whole)
    stems = [
        row.model_copy(update={"file": row.file.split("#", 1)[0]}) for row in items
    ]
    return whole + tuple(
        item
        for item, stem in zip(items, stems, strict=True)
        if rows_for((stem,), name, path=path)
    )


def _rows_of_item(
    rows: Sequence[ParticipantRow], name: str, place: str, path: str
) -> tuple[ParticipantRow, ...]:
    """Return the rows of a transcript; a table's own rows only tell who speaks."""
    if place == name:
        return tuple(row for row in rows if rows_for((row,), name, path=path))
    suffix = place.removeprefix(name)
    own = rows_for(rows, place, path=f"{path}{suffix}" if path else "")
    return own or tuple(
        row.model_copy(update={"transcript": None, "participant": None})
        for row in rows_for(rows, name, path=path)
    )


def _with_advice(document: Document, name: str) -> Document:
    if not name.lower().endswith(_CAPTIONS_ONLY):
        return document
    message = "A .cc.vtt file names no speakers; the .transcript.vtt beside it does."
    notice = Notice(code="captions_only", message=message)
    return document.model_copy(update={"notices": (*document.notices, notice)})


def _broken(document: Document, place: str) -> SourceReport | None:
    for notice in document.notices:
        if notice.code == "broken_row":
            return SourceReport(
                id=place,
                path=place,
                status="failed",
                reason=f"{notice.message} (row {notice.line})",
                notices=document.notices,
            )
    return None


def _nothing(name: str) -> SourceReport:
    reason = "the file is empty: no words of a participant stand in it"
    return SourceReport(id=name, path=name, status="left_out", reason=reason)


def _report(transcript: Transcript) -> SourceReport:
    return SourceReport(
        id=transcript.id,
        path=transcript.path,
        status="left_out" if transcript.left_out else "read",
        reason=transcript.left_out,
        participants=transcript.participants,
        interviewers=transcript.interviewers,
        roles_by=transcript.roles_by,
        turns=len(transcript.turns),
        notices=transcript.notices,
    )
