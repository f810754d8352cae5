"""Take sources into a project and read them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from icp_synth.domain.brief import Study
from icp_synth.domain.ids import sha256_bytes
from icp_synth.domain.transcripts import SourceReport, Transcript
from icp_synth.errors import NameClash, NotFound, ReadError, SettingsError
from icp_synth.pipeline.events import Advanced, Emit, Said, silent
from icp_synth.pipeline.work import Work
from icp_synth.project.brief import FILE
from icp_synth.project.brief_edit import add_sources, keep_reading_flags, take_over
from icp_synth.project.files import write_atomic
from icp_synth.project.ledger import StageCounts
from icp_synth.project.people import ParticipantRow, parse_people, persons
from icp_synth.project.sources import STDIN, Found, find_sources, read_file
from icp_synth.settings import Settings
from icp_synth.stages.read import (
    ReadOptions,
    ReadResult,
    claims,
    failure,
    is_table,
    propose_joins,
    read_source,
    without_duplicates,
)

IGNORED_STATE = "ignored"
JOINS_STATE = "joins"
_PEOPLE = "participants.csv"
_ACCOUNTS = "accounts.csv"
_STDIN_FOLDER = "stdin"
_READING_FLAGS = (
    *("interviewers", "participants", "single_speaker"),
    *("id_column", "text_column"),
)


def add(
    folder: Path,
    paths: Sequence[str],
    *,
    emit: Emit,
    flags: Mapping[str, Any] | None = None,
) -> tuple[str, ...]:
    """Add paths to the sources of study.toml, with the flags that read them.

    A study.toml at the root of a given folder starts the project's, where the
    project has none. Standard input is kept as a file of the project.

    Args:
        folder: The project folder; made if it is not there.
        paths: Files, folders, globs, or `-`.
        emit: Told what was taken over.
        flags: Who speaks as what, and columns of tables.

    Returns:
        What was not among the sources before.

    Raises:
        NotFound: A path is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given = [_kept_stdin(folder) if path == STDIN else Path(path) for path in paths]
    found = find_sources(given, claims=claims, is_table=is_table)
    if not (folder / FILE).exists() and found.studies:
        take_over(folder, found.studies[0])
        emit(Said(message=f"The study brief is taken over from {found.studies[0]}."))
    tables = [path for path in given if path.is_file() and is_table(path.name)]
    added = add_sources(
        folder, [path for path in given if path not in tables], tables=tables
    )
    keep_reading_flags(
        folder, **{k: v for k, v in (flags or {}).items() if k in _READING_FLAGS}
    )
    return added


def keep_accounts(folder: Path, table: str) -> None:
    """Make a table the project's accounts.csv.

    Raises:
        NotFound: It is not there.
    """
    path = Path(table)
    if not path.is_file():
        msg = f"There is no accounts table at {path}."
        raise NotFound(msg, hint="Give a CSV file with one account a row.")
    folder.mkdir(parents=True, exist_ok=True)
    if path.resolve() != (folder / _ACCOUNTS).resolve():
        write_atomic(folder / _ACCOUNTS, path.read_bytes())


def _kept_stdin(folder: Path) -> Path:
    """Keep standard input under a name made from its content."""
    data = sys.stdin.buffer.read()
    path = folder / _STDIN_FOLDER / f"{sha256_bytes(data)[:12]}.txt"
    write_atomic(path, data)
    return path


def find(folder: Path, study: Study) -> Found:
    """Find the source files of a study.

    Raises:
        NotFound: A source is not there any more.
    """
    paths = [*study.sources.paths, *study.sources.tables]
    return find_sources(paths, claims=claims, is_table=is_table, base=folder)


def found_sources(folder: Path, study: Study) -> tuple[list[Path], list[Path]]:
    """Return the source files, and the files beside them that decide names."""
    found = find(folder, study)
    files = [file.path for file in found.files if file.path is not None]
    return files, [*found.people]


def ingest(folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str) -> None:
    """Read and cut all sources, and no more.

    Raises:
        NameClash: Two sources have one name.
        SettingsError: participants.csv does not hold together.
    """
    from icp_synth.pipeline.registry import STAGES
    from icp_synth.pipeline.session import open_work

    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        for stage in STAGES[:2]:
            work.ledger.runs.put_stages({stage.name: stage.run(work)})


def read(work: Work) -> StageCounts:
    """Read every source; one that cannot be read is a line of status."""
    study, folder = work.study, work.folder
    found = find(folder, study)
    rows = _rows(folder, found)
    options = read_options(work.settings)
    results = read_files(found, options, rows, emit=work.emit)
    kept = without_duplicates(results)
    transcripts = sorted(
        (one for result in kept for one in result.transcripts), key=lambda one: one.id
    )
    reports = sorted(
        [*found.reports, *(one for result in kept for one in result.reports)],
        key=lambda one: (one.path, one.id),
    )
    people = persons(person for result in kept for person in result.people)
    with work.ledger.transaction():
        work.ledger.transcripts.put_all(reports, transcripts)
        work.ledger.transcripts.put_people(people)
        work.ledger.runs.set_state(IGNORED_STATE, len(found.ignored))
        work.ledger.runs.set_state(
            JOINS_STATE,
            [
                f"{one.label} may be one person: {', '.join(one.participants)}; give "
                f"--participant {one.label!r} or one name in {_PEOPLE} to join them"
                for one in propose_joins(transcripts)
            ],
        )
    work.transcripts = tuple(one for one in transcripts if one.left_out is None)
    heard = {name for one in work.transcripts for name in one.participants}
    work.people = {one.id: one for one in people if one.id in heard}
    return _counts(reports)


def _counts(reports: Sequence[SourceReport]) -> StageCounts:
    bad = sum(one.status in {"refused", "failed"} for one in reports)
    done = sum(one.status == "read" for one in reports)
    return StageCounts(done=done, failed=bad, skipped=len(reports) - bad - done)


def _rows(folder: Path, found: Found) -> tuple[ParticipantRow, ...]:
    """Return the project's rows of participants.csv, else those beside the sources."""
    own = folder / _PEOPLE
    return _parsed([own] if own.is_file() else found.people)


def _parsed(files: Sequence[Path]) -> tuple[ParticipantRow, ...]:
    rows: list[ParticipantRow] = []
    for path in files:
        try:
            rows += parse_people(path.read_bytes()).rows
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror}."
            raise SettingsError(msg, hint="Check its rights.") from error
    return tuple(rows)


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


def full_name(name: str, names: Sequence[str]) -> str:
    """Return the full name of a transcript from a part that is unique.

    A name, a name without its ending, or without its folder will do.

    Raises:
        NotFound: None fits.
        NameClash: Several fit.
    """
    if name in names:
        return name
    fitting = sorted(one for one in names if name in _short_forms(one))
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        msg = f"{name!r} fits several transcripts: {', '.join(fitting)}."
        raise NameClash(msg, hint="Give the whole name.")
    msg = f"There is no transcript {name!r}."
    raise NotFound(msg, hint="`icp-synth status` lists them.")


def _short_forms(full: str) -> set[str]:
    path = PurePosixPath(full)
    _, mark, item = full.rpartition("#")
    forms = {path.name, path.stem, path.with_suffix("").as_posix()}
    return forms | ({item} if mark else set())


def read_all(
    paths: Sequence[str], settings: Settings
) -> tuple[list[Transcript], tuple[SourceReport, ...]]:
    """Read files without a project.

    Args:
        paths: Files, folders or globs.
        settings: Who speaks as what.

    Returns:
        Transcripts, those of unknown roles among them, and the reports of files
        that could not be read.

    Raises:
        NotFound: A path is not there.
    """
    found = find_sources(paths, claims=claims, is_table=is_table)
    results = read_files(found, read_options(settings), _parsed(found.people))
    reports = [*found.reports, *(one for result in results for one in result.reports)]
    return (
        [one for result in results for one in result.transcripts],
        tuple(one for one in reports if one.status in {"refused", "failed"}),
    )


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
