"""Files that are read: what is known of one, its bytes, and two of one name.

Which they are is found in `project.walking`.
"""

from __future__ import annotations

import os
import posixpath
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from icp_synth.domain.transcripts import SourceReport
from icp_synth.errors import NameClash, NotFound, SourceFailed, SourceRefused

MAX_BYTES = 256_000_000
"""A larger file is refused before it is read."""

STDIN = "-"
STDIN_NAME = "stdin"

_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class FoundFile(NamedTuple):
    """A source file.

    Attributes:
        name: POSIX path within its source; a single file's is its file name.
        path: Where it lies; None for standard input.
        source: The path, glob or file that was given.
    """

    name: str
    path: Path | None
    source: str

    @property
    def where(self) -> str:
        """The path for people: as given, or `-`."""
        return STDIN if self.path is None else self.path.as_posix()


class Found(NamedTuple):
    """What walking found.

    Attributes:
        files: Sorted by name, then by path; each file once.
        ignored: Names that were passed over, sorted; a folder counts once.
        reports: Files and folders that could not be entered, or are refused.
        studies: study.toml at the root of a given folder, in the order given.
        people: participants.csv there.
        accounts: accounts.csv there.
    """

    files: tuple[FoundFile, ...]
    ignored: tuple[str, ...] = ()
    reports: tuple[SourceReport, ...] = ()
    studies: tuple[Path, ...] = ()
    people: tuple[Path, ...] = ()
    accounts: tuple[Path, ...] = ()


def read_file(file: FoundFile) -> bytes:
    """Read a found file; only regular files, never through a link.

    Raises:
        SourceRefused: Not a regular file, or larger than `MAX_BYTES`.
        SourceFailed: It cannot be opened or read.
        NotFound: It is standard input, which the caller reads.
    """
    if file.path is None:
        msg = "Standard input is no file."
        raise NotFound(msg, hint="Read it before asking for files.")
    try:
        handle = os.open(file.path, _OPEN_FLAGS)
    except OSError as error:
        raise cannot_read(error) from error
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            msg = "This is no regular file"
            raise SourceRefused(
                msg, code="not_regular", hint="Give a file, or copy it to one."
            )
        if status.st_size > MAX_BYTES:
            msg = (
                f"The file has {status.st_size:,} bytes; at most {MAX_BYTES:,} are read"
            )
            raise SourceRefused(msg, code="too_large", hint="Split it into interviews.")
        try:
            return stream.read(MAX_BYTES + 1)
        except OSError as error:
            raise cannot_read(error) from error


def check_names(named: Iterable[tuple[str, str]]) -> None:
    """Refuse two transcripts of one name.

    Args:
        named: Name and path of each transcript.

    Raises:
        NameClash: With both paths.
    """
    seen: dict[str, str] = {}
    for name, path in named:
        if name in seen:
            both = f"{plain(seen[name])} and {plain(path)}"
            msg = f"Two transcripts are called “{name}”: {both}."
            raise NameClash(
                msg,
                hint="Rename one, name it in the column transcript of"
                " participants.csv, or leave one of the paths out.",
            )
        seen[name] = path


def plain(path: str) -> str:
    """Return a path without the way through the project folder, as people type it.

    Example:
        >>> plain("study/../talks/anna.txt")
        'talks/anna.txt'
    """
    return path if path == STDIN else posixpath.normpath(path)


def duplicates_of(hashed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, for each repeated content, the first by name that holds it.

    Args:
        hashed: Name and content hash of each file.

    Example:
        >>> duplicates_of([("b.txt", "x"), ("a.txt", "x")])
        {'b.txt': 'a.txt'}
    """
    first: dict[str, str] = {}
    again: dict[str, str] = {}
    for name, content in sorted(hashed):
        if content in first:
            again[name] = first[content]
        else:
            first[content] = name
    return again


def cannot_read(error: OSError) -> SourceFailed:
    """Return what is said of a file or folder that the system does not open."""
    msg = f"It cannot be read: {error.strerror or error}"
    return SourceFailed(
        msg, code="unreadable", hint="Check the rights of the file and its folder."
    )
