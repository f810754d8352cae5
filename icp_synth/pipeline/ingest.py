"""Read the sources of a project, or files without one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from icp_synth.domain.ids import content_id
from icp_synth.domain.transcripts import Person, SourceReport, Transcript
from icp_synth.errors import NameClash, NotFound, ReadError
from icp_synth.pipeline.commands import command
from icp_synth.pipeline.events import Advanced, Emit, Said, silent
from icp_synth.pipeline.joins import tell_joins, told_apart
from icp_synth.pipeline.people import (
    PEOPLE,
    people_files,
    read_people,
    rows_of_nothing,
)
from icp_synth.pipeline.remarks import (
    MOST,
    REMARKS_STATE,
    Remarks,
    guesses,
    tell_copies,
    why_not_taken,
    with_copies,
)
from icp_synth.pipeline.sources import as_typed, find
from icp_synth.pipeline.speakers import (
    Unknown,
    refuse_typed,
    tell_standing,
    unknown_names,
)
from icp_synth.project.ledger import StageCounts
from icp_synth.project.passed import is_passed_file
from icp_synth.project.people import ParticipantRow, persons
from icp_synth.project.sources import Found, read_file
from icp_synth.project.walking import find_sources
from icp_synth.settings import Settings
from icp_synth.stages.read import (
    JoinProposal,
    ReadOptions,
    ReadResult,
    claims,
    failure,
    is_table,
    near_copies,
    propose_joins,
    read_source,
    why_passed_over,
    without_duplicates,
)

if TYPE_CHECKING:
    from icp_synth.pipeline.work import Work

IGNORED_STATE = "ignored"
PASSED_OVER_STATE = "passed_over"
JOINS_STATE = "joins"
READ_STATE = "read"
"""A hash of what the last reading gave, whichever command did it."""


def ingest(folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str) -> None:
    """Read and cut all sources, and no more.

    Raises:
        NameClash: Two sources have one name.
        SettingsError: participants.csv does not hold together.
    """
    from icp_synth.pipeline.registry import STAGES, do
    from icp_synth.pipeline.session import open_work

    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        for stage in STAGES[:2]:
            do(stage, work)


def read(work: Work) -> StageCounts:
    """Read every source; one that cannot be read is a line of status.

    Raises:
        NameClash: Two sources have one name.
        NotFound: A source is gone, or a name of the command line fits no speaker.
        SettingsError: participants.csv does not hold together.
    """
    found = find(work.folder, work.study)
    rows, unused = read_people(people_files(work.folder, found))
    options = read_options(work.settings)
    results = read_files(found, options, rows, emit=work.emit)
    unknown = _checked_names(work, options, results)
    kept = _without_duplicates(work.folder, results)
    transcripts = sorted(
        (one for result in kept for one in result.transcripts), key=lambda one: one.id
    )
    copies = near_copies(transcripts)
    reports = sorted(
        [*found.reports, *(one for result in kept for one in result.reports)],
        key=lambda one: (one.path, one.id),
    )
    people = persons(person for result in kept for person in result.people)
    joins = propose_joins(transcripts)
    remarks = Remarks(
        names=(
            *(notice.message for notice in unused),
            *rows_of_nothing(rows, found),
            *tell_standing(unknown),
        ),
        sources=why_not_taken(reports),
        guesses=guesses(reports),
        copies=tell_copies(copies),
        joins=_joins_line(work, joins),
    )
    told = with_copies(reports, copies)
    _record(work, found, told, transcripts, people)
    with work.ledger.transaction():
        work.ledger.runs.set_state(JOINS_STATE, [told_apart(one) for one in joins])
        work.ledger.runs.set_state(REMARKS_STATE, remarks.model_dump(mode="json"))
    for line in remarks.lines(work.folder, most=MOST):
        work.emit(Said(message=line))
    work.transcripts = tuple(one for one in transcripts if one.left_out is None)
    heard = {name for one in work.transcripts for name in one.participants}
    work.people = {one.id: one for one in people if one.id in heard}
    return _counts(reports)


def _checked_names(
    work: Work, options: ReadOptions, results: Sequence[ReadResult]
) -> tuple[Unknown, ...]:
    """Return names of study.toml that fit nobody; refuse those that were typed.

    What could not be decoded is said first: the speaker may be in there.
    """
    decoded = [one for result in results for one in result.transcripts]
    unknown = unknown_names(options, work.flags, decoded)
    try:
        refuse_typed(unknown, decoded)
    except NotFound:
        lost = [one for result in results for one in result.reports]
        lost = [one for one in lost if one.status in {"refused", "failed"}]
        for line in why_not_taken(lost)[:MOST]:
            work.emit(Said(message=line))
        raise
    return unknown


def _without_duplicates(
    folder: Path, results: Sequence[ReadResult]
) -> tuple[ReadResult, ...]:
    try:
        return without_duplicates(results)
    except NameClash as error:
        remove = command(folder, "sources", "remove", "PATH")
        hint = (
            f"Rename one, name it in the column transcript of {PEOPLE}, or leave one of"
            f" the paths out (`{remove}`, where it is a source already)."
        )
        raise NameClash(error.message, hint=hint) from error


def _joins_line(work: Work, joins: Sequence[JoinProposal]) -> tuple[str, ...]:
    sources = (*work.study.sources.paths, *work.study.sources.tables)
    line = tell_joins(
        work.folder,
        joins,
        source=as_typed(work.folder, sources[0]),
        named=work.settings.participants,
    )
    return (line,) if line else ()


def _record(
    work: Work,
    found: Found,
    reports: Sequence[SourceReport],
    transcripts: Sequence[Transcript],
    people: Sequence[Person],
) -> None:
    content = (
        [one.model_dump(mode="json") for one in (*reports, *people)],
        [
            [one.id, one.text_sha256, [[t.speaks, t.participant] for t in one.turns]]
            for one in transcripts
        ],
    )
    runs = work.ledger.runs
    with work.ledger.transaction():
        work.ledger.transcripts.put_all(reports, transcripts)
        work.ledger.transcripts.put_people(people)
        runs.set_state(IGNORED_STATE, len(found.ignored))
        passed_over = {
            name: ""
            if is_passed_file(PurePosixPath(name).name)
            else why_passed_over(name)
            for name in found.ignored
        }
        runs.set_state(PASSED_OVER_STATE, passed_over)
        runs.set_state(READ_STATE, content_id("read", *content))


def _counts(reports: Sequence[SourceReport]) -> StageCounts:
    bad = sum(one.status in {"refused", "failed"} for one in reports)
    done = sum(one.status == "read" for one in reports)
    return StageCounts(done=done, failed=bad, skipped=len(reports) - bad - done)


def read_options(settings: Settings) -> ReadOptions:
    """Return the settings that decide how a file is read."""
    return ReadOptions(
        interviewers=settings.interviewers,
        participants=settings.participants,
        single_speaker=settings.single_speaker,
        encoding=settings.encoding,
        id_column=settings.id_column,
        text_column=settings.text_column,
    )


def read_all(
    paths: Sequence[str], settings: Settings, *, without: Path | None = None
) -> tuple[list[Transcript], tuple[SourceReport, ...]]:
    """Read files without a project.

    Args:
        paths: Files, folders or globs.
        settings: Who speaks as what.
        without: A file that is no transcript, wherever it lies: quotes that were
            looked for in their own report would all be found.

    Returns:
        Transcripts, those of unknown roles among them, and the reports of files
        that could not be read.

    Raises:
        NotFound: A path is not there.
    """
    found = find_sources(paths, claims=claims, is_table=is_table)
    if without is not None:
        files = (one for one in found.files if not _same_file(one.path, without))
        found = found._replace(files=tuple(files))
    rows, _ = read_people(found.people)
    results = read_files(found, read_options(settings), rows)
    reports = [*found.reports, *(one for result in results for one in result.reports)]
    return (
        [one for result in results for one in result.transcripts],
        tuple(one for one in reports if one.status in {"refused", "failed"}),
    )


def _same_file(one: Path | None, other: Path) -> bool:
    return one is not None and one.resolve() == other.resolve()


def read_files(
    found: Found,
    options: ReadOptions,
    rows: Sequence[ParticipantRow],
    *,
    emit: Emit = silent,
) -> list[ReadResult]:
    """Read the files that were found; a bad one gives a report and no error."""
    results: list[ReadResult] = []
    for position, file in enumerate(found.files, start=1):
        try:
            data = read_file(file)
        except ReadError as error:
            results.append(ReadResult((), (failure(file.name, error),)))
        else:
            results.append(
                read_source(
                    data, file.name, options=options, rows=rows, path=file.where
                )
            )
        emit(Advanced(stage="read", done=position, total=len(found.files)))
    return results
