"""Find the files that are to be read: folders, globs, files and standard input.

Walking never leaves the folder that was given: a link that points outside is
refused and reported, one that points inside is passed over, since its target is
walked anyway.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from icp_synth.domain.transcripts import SourceReport
from icp_synth.errors import NotFound, SourceFailed, SourceRefused
from icp_synth.project.passed import is_passed_file, is_passed_folder
from icp_synth.project.sources import (
    STDIN,
    STDIN_NAME,
    Found,
    FoundFile,
    cannot_read,
)

Predicate = Callable[[str], bool]


class _Rules(NamedTuple):
    claims: Predicate
    is_table: Predicate


def find_sources(
    paths: Sequence[str | Path],
    *,
    claims: Predicate,
    is_table: Predicate,
    base: Path | None = None,
) -> Found:
    """Find the files that are to be read.

    Args:
        paths: Folders, globs, files, or `-` for standard input.
        claims: Tells by a file's name whether a reader takes it.
        is_table: Tells by its name whether it must be named to be taken.
        base: What relative paths are relative to; the working folder otherwise.

    Returns:
        Files sorted by name, and what was passed over.

    Raises:
        NotFound: A path that was given is not there, or a glob fits nothing.
    """
    rules = _Rules(claims, is_table)
    found = _Collector()
    for given in paths:
        _take(str(given), base or Path(), rules, found)
    files = sorted(found.files.values(), key=lambda file: (file.name, file.where))
    return Found(
        files=tuple(files),
        ignored=tuple(sorted(found.ignored)),
        reports=tuple(sorted(found.reports, key=lambda report: report.path)),
        studies=tuple(found.at_root("study.toml")),
        people=tuple(found.at_root("participants.csv")),
        accounts=tuple(found.at_root("accounts.csv")),
    )


class _Collector:
    """What was found so far; a file that two paths lead to is taken once."""

    def __init__(self) -> None:
        self.files: dict[str, FoundFile] = {}
        self.ignored: set[str] = set()
        self.reports: list[SourceReport] = []
        self.roots: list[Path] = []

    def take(self, file: FoundFile) -> None:
        key = os.path.realpath(file.path) if file.path else STDIN
        self.files.setdefault(key, file)

    def report(self, name: str, error: SourceFailed | SourceRefused) -> None:
        status = "refused" if isinstance(error, SourceRefused) else "failed"
        self.reports.append(
            SourceReport(id=name, path=name, status=status, reason=str(error))
        )

    def at_root(self, name: str) -> Iterator[Path]:
        for root in self.roots:
            if (root / name).is_file():
                yield root / name


def _take(given: str, base: Path, rules: _Rules, found: _Collector) -> None:
    if given == STDIN:
        found.take(FoundFile(STDIN_NAME, None, given))
        return
    path = base / Path(given).expanduser()
    if path.is_dir():
        found.roots.append(path)
        _walk(path, path, given, rules, found)
    elif path.exists() or path.is_symlink():
        # A link that was named is followed: somebody asked for it.
        found.take(FoundFile(path.name, path.resolve(), given))
    elif glob.has_magic(given):
        _take_glob(given, base, rules, found)
    else:
        msg = f"There is no file or folder {given}."
        raise NotFound(msg, hint="Check the path; quote a glob.")


def _take_glob(given: str, base: Path, rules: _Rules, found: _Collector) -> None:
    """Take what a glob fits; names are relative to its fixed part.

    Tables are taken when the glob's own ending names them.
    """
    fixed = _fixed_part(given)
    root = base / fixed
    pattern = given[len(fixed) :].lstrip("/")
    hits = sorted(glob.glob(pattern, root_dir=root, recursive=True))
    if not hits:
        msg = f"Nothing fits {given}."
        raise NotFound(msg, hint="Check the path and its wildcards.")
    tables = rules.is_table(given)
    named = _Rules(rules.claims, (lambda _: False) if tables else rules.is_table)
    for hit in hits:
        path = root / hit
        if any(is_passed_folder(part) for part in Path(hit).parts[:-1]):
            continue
        if not path.is_dir():
            _consider(path, root, given, named, found)
        elif "**" not in pattern:
            _enter(path, root, given, rules, found)


def _fixed_part(given: str) -> str:
    parts = given.split("/")
    magic = next(n for n, part in enumerate(parts) if glob.has_magic(part))
    return "/".join(parts[:magic]) + ("/" if magic else "")


def _walk(
    folder: Path, root: Path, source: str, rules: _Rules, found: _Collector
) -> None:
    """Walk a folder without following links, in the order of names."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        found.report(_name(folder, root), cannot_read(error))
        return
    for entry in ordered:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            _enter(path, root, source, rules, found)
        else:
            _consider(path, root, source, rules, found)


def _enter(
    folder: Path, root: Path, source: str, rules: _Rules, found: _Collector
) -> None:
    """Walk a folder below the root, unless it is the program's or a project."""
    if folder.is_symlink():
        _consider(folder, root, source, rules, found)
    elif is_passed_folder(folder.name) or (folder / "study.toml").exists():
        found.ignored.add(f"{_name(folder, root)}/")
    else:
        _walk(folder, root, source, rules, found)


def _consider(
    path: Path, root: Path, source: str, rules: _Rules, found: _Collector
) -> None:
    """Take a file, pass over it, or report why it is refused."""
    name = _name(path, root)
    if path.is_symlink():
        _consider_link(path, root, name, rules, found)
    elif (
        is_passed_file(path.name)
        or not rules.claims(path.name)
        or rules.is_table(path.name)
    ):
        found.ignored.add(name)
    elif not _is_utf8(name):
        msg = "The file's name is not UTF-8"
        found.report(
            name.encode("utf-8", "replace").decode(),
            SourceRefused(msg, code="bad_name", hint="Rename the file."),
        )
    else:
        found.take(FoundFile(name, path, source))


def _consider_link(
    path: Path, root: Path, name: str, rules: _Rules, found: _Collector
) -> None:
    target = Path(os.path.realpath(path))
    inside = target.is_relative_to(os.path.realpath(root))
    wanted = rules.claims(path.name) or target.is_dir()
    if inside or not wanted or is_passed_file(path.name):
        found.ignored.add(name)
        return
    msg = "The link points outside the folder"
    hint = "Copy the file here, or give its own path."
    found.report(name, SourceRefused(msg, code="link_outside", hint=hint))


def _name(path: Path, root: Path) -> str:
    relative = PurePosixPath(path.relative_to(root).as_posix())
    return root.name or "." if relative == PurePosixPath() else str(relative)


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
