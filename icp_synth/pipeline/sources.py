"""What a study is made from: sources are added, found again, and asked for by name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from icp_synth.domain.brief import Study
from icp_synth.domain.ids import sha256_bytes
from icp_synth.errors import NameClash, NotFound
from icp_synth.pipeline.commands import command
from icp_synth.pipeline.events import Emit, Said
from icp_synth.pipeline.people import people_files, read_people
from icp_synth.project.brief import FILE, load_study
from icp_synth.project.brief_edit import add_sources, keep_reading_flags, take_over
from icp_synth.project.files import write_atomic
from icp_synth.project.hypotheses_file import keep_hypotheses as keep_file
from icp_synth.project.people import ParticipantRow, rows_for
from icp_synth.project.sources import STDIN, Found, FoundFile, check_names, plain
from icp_synth.project.walking import find_sources
from icp_synth.stages.read import claims, is_table

_ACCOUNTS = "accounts.csv"
_STDIN_FOLDER = "stdin"
_READING_FLAGS = (
    *("interviewers", "participants", "single_speaker"),
    *("encoding", "id_column", "text_column"),
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


def add_unread(folder: Path, paths: Sequence[str], *, emit: Emit) -> tuple[str, ...]:
    """Add paths as `add` does; files of one name are refused before anything is.

    Nothing is read, so rows of a table are not compared, and a file that holds no
    interview counts as one.

    Raises:
        NameClash: Two files have one name.
        NotFound: A path is not there.
    """
    sources = load_study(folder).sources
    standing = [as_typed(folder, one) for one in (*sources.paths, *sources.tables)]
    given = [path for path in paths if path != STDIN]
    gone = set(_missing(standing))
    held = [path for path in standing if path not in gone]
    found = find_sources([*held, *given], claims=claims, is_table=is_table)
    rows, _ = read_people(people_files(folder, found))
    check_names(
        (_name_of(file, rows), file.where)
        for file in found.files
        if not is_table(file.name)
    )
    return add(folder, paths, emit=emit)


def _name_of(file: FoundFile, rows: Sequence[ParticipantRow]) -> str:
    own = rows_for(rows, file.name, path=file.where)
    return next((row.transcript for row in own if row.transcript), None) or file.name


@contextmanager
def unless_refused(folder: Path) -> Iterator[None]:
    """Leave study.toml as it was where names clash, or what was named is not there."""
    path = folder / FILE
    before = path.read_bytes() if path.is_file() else None
    try:
        yield
    except (NameClash, NotFound):
        if before is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != before:
            write_atomic(path, before)
        raise


def keep_accounts(folder: Path, table: str) -> None:
    """Make a table the project's accounts.csv.

    Raises:
        NotFound: It is not there.
    """
    path = Path(table)
    if not path.is_file():
        msg = f"There is no accounts table at {path}."
        raise NotFound(msg, hint="Give a CSV file with one account a row.")
    if path.resolve() != (folder / _ACCOUNTS).resolve():
        write_atomic(folder / _ACCOUNTS, path.read_bytes())


def keep_hypotheses(folder: Path, path: Path) -> None:
    """Make a file of hypotheses the project's own.

    Raises:
        NotFound: It is not there.
        UsageError: It does not hold together; file and line are named.
    """
    keep_file(folder, path, load_study(folder).brief.own_categories())


def _kept_stdin(folder: Path) -> Path:
    """Keep standard input under a name made from its content."""
    data = sys.stdin.buffer.read()
    path = folder / _STDIN_FOLDER / f"{sha256_bytes(data)[:12]}.txt"
    write_atomic(path, data)
    return path


def find(folder: Path, study: Study) -> Found:
    """Find the source files of a study.

    Raises:
        NotFound: A source is not there any more, or no file of any is taken.
    """
    require_sources(folder, study)
    paths = [*study.sources.paths, *study.sources.tables]
    try:
        found = find_sources(paths, claims=claims, is_table=is_table, base=folder)
    except NotFound as error:
        raise _gone(folder, paths) from error
    if not found.files and not found.reports:
        msg = f"No transcript is in {', '.join(paths)}."
        if found.ignored:
            msg += f" Passed over: {', '.join(found.ignored[:5])}."
        hint = "Give transcripts, or a table with one interview a row by its name."
        raise NotFound(msg, hint=hint)
    return found


def _gone(folder: Path, paths: Sequence[str]) -> NotFound:
    """Return what is said of sources that are not there any more."""
    gone = _missing([as_typed(folder, path) for path in paths])
    are = "is" if len(gone) == 1 else "are"
    ways = " && ".join(command(folder, "sources", "remove", path) for path in gone)
    return NotFound(
        f"{', '.join(gone)} {are} not there any more, and stood among the sources of"
        f" {folder / FILE}.",
        hint=f"Put it back, or take it out ({ways}) and give `run` its new path.",
    )


def _missing(paths: Sequence[str]) -> list[str]:
    """Return those of some sources, as typed, that lead nowhere."""
    missing = []
    for path in paths:
        try:
            find_sources([path], claims=claims, is_table=is_table)
        except NotFound:
            missing.append(path)
    return missing


def as_typed(folder: Path, source: str) -> str:
    """Return a source of study.toml as it is typed where the command was called.

    Args:
        folder: The project folder, as it was given.
        source: As study.toml has it: relative to the folder.
    """
    return plain((folder / Path(source)).as_posix())


def require_sources(folder: Path, study: Study) -> None:
    """Refuse a project that has none, before anything is made for it.

    Raises:
        NotFound: There are none.
    """
    if not (study.sources.paths or study.sources.tables):
        msg = f"The project {folder} has no sources."
        raise NotFound(msg, hint="Give some: icp-synth run PATH… --project DIR.")


def full_name(name: str, names: Sequence[str]) -> str:
    """Return the full name of a transcript.

    A name, an id, a name without its ending, or without its folder will do where only
    one transcript fits.

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
