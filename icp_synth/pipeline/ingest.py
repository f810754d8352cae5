"""Read the sources of a project, or files without one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from icp_synth.domain.ids import content_id
from icp_synth.domain.transcripts import Notice, Person, SourceReport, Transcript
from icp_synth.errors import ReadError, SettingsError
from icp_synth.pipeline.events import Advanced, Emit, Said, silent
from icp_synth.pipeline.sources import find
from icp_synth.project.ledger import StageCounts
from icp_synth.project.passed import is_passed_file
from icp_synth.project.people import ParticipantRow, parse_people, persons
from icp_synth.project.sources import Found, read_file
from icp_synth.project.walking import find_sources
from icp_synth.settings import Settings
from icp_synth.stages.read import (
    ReadOptions,
    ReadResult,
    claims,
    failure,
    is_table,
    propose_joins,
    read_source,
    why_passed_over,
    without_duplicates,
)
from icp_synth.stages.read.words import label_key

if TYPE_CHECKING:
    from icp_synth.pipeline.work import Work

IGNORED_STATE = "ignored"
PASSED_OVER_STATE = "passed_over"
JOINS_STATE = "joins"
READ_STATE = "read"
"""A hash of what the last reading gave, whichever command did it."""

_PEOPLE = "participants.csv"
_REASONS_SHOWN = 20
BAD = frozenset({"left_out", "refused", "failed"})
"""What became of a source that makes a run partial."""


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
    """Read every source; one that cannot be read is a line of status."""
    found = find(work.folder, work.study)
    rows = _rows(work, found)
    options = read_options(work.settings)
    kept = without_duplicates(read_files(found, options, rows, emit=work.emit))
    transcripts = sorted(
        (one for result in kept for one in result.transcripts), key=lambda one: one.id
    )
    reports = sorted(
        [*found.reports, *(one for result in kept for one in result.reports)],
        key=lambda one: (one.path, one.id),
    )
    people = persons(person for result in kept for person in result.people)
    _record(work, found, reports, transcripts, people)
    _tell_reasons(work.emit, reports)
    _tell_guesses(work.emit, reports)
    _tell_unused_names(work.emit, options, transcripts)
    work.transcripts = tuple(one for one in transcripts if one.left_out is None)
    heard = {name for one in work.transcripts for name in one.participants}
    work.people = {one.id: one for one in people if one.id in heard}
    return _counts(reports)


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
    joins = [
        f"{one.label} may be one person: {', '.join(one.participants)}; give "
        f"--participant {one.label!r} or one name in {_PEOPLE} to join them"
        for one in propose_joins(transcripts)
    ]
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
        runs.set_state(JOINS_STATE, joins)
        runs.set_state(READ_STATE, content_id("read", *content))


def _tell_reasons(emit: Emit, reports: Sequence[SourceReport]) -> None:
    """Say why files are not taken, a line each; a broken table may have many."""
    bad = [one for one in reports if one.status in BAD]
    for one in bad[:_REASONS_SHOWN]:
        emit(Said(message=f"{one.id}: {one.status}: {one.reason}"))
    if len(bad) > _REASONS_SHOWN:
        rest = len(bad) - _REASONS_SHOWN
        emit(Said(message=f"and {rest} more: `icp-synth status` says why."))


def _tell_guesses(emit: Emit, reports: Sequence[SourceReport]) -> None:
    """Say once a file what was guessed about its encoding or columns."""
    told = {
        f"{one.path.partition('#')[0]}: {notice.message}": None
        for one in reports
        for notice in one.notices
        if notice.code.endswith("_guessed")
    }
    for message in told:
        emit(Said(message=message))


def _tell_unused_names(
    emit: Emit, options: ReadOptions, transcripts: Sequence[Transcript]
) -> None:
    """Say which names of `--interviewer` and `--participant` nobody has."""
    labels = {
        label_key(turn.label)
        for one in transcripts
        for turn in one.turns
        if turn.label is not None
    }
    given = {
        "--interviewer": options.interviewers,
        "--participant": options.participants,
    }
    for flag, names in given.items():
        for name in names:
            if label_key(name) not in labels:
                emit(Said(message=f"{flag}: no speaker is called {name!r}."))


def _counts(reports: Sequence[SourceReport]) -> StageCounts:
    bad = sum(one.status in {"refused", "failed"} for one in reports)
    done = sum(one.status == "read" for one in reports)
    return StageCounts(done=done, failed=bad, skipped=len(reports) - bad - done)


def _rows(work: Work, found: Found) -> tuple[ParticipantRow, ...]:
    """Return the project's rows of participants.csv, else those beside the sources.

    What of them is not used is said: unknown columns, and files that are no source.
    """
    own = work.folder / _PEOPLE
    rows, notices = _parsed([own] if own.is_file() else found.people)
    for notice in notices:
        work.emit(Said(message=notice.message))
    known = {PurePosixPath(_nfc(file.where)).name for file in found.files}
    for row in rows:
        name = PurePosixPath(_nfc(row.file)).name
        if name not in known and name.partition("#")[0] not in known:
            message = f"{_PEOPLE}, row {row.row}: no source is called {row.file}."
            work.emit(Said(message=message))
    return rows


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/"))


def _parsed(
    files: Sequence[Path],
) -> tuple[tuple[ParticipantRow, ...], tuple[Notice, ...]]:
    rows: list[ParticipantRow] = []
    notices: list[Notice] = []
    for path in files:
        try:
            parsed = parse_people(path.read_bytes())
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror}."
            raise SettingsError(msg, hint="Check its rights.") from error
        rows += parsed.rows
        notices += parsed.notices
    return tuple(rows), tuple(notices)


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
    rows, _ = _parsed(found.people)
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
