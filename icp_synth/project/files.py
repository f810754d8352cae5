"""Write files whole or not at all.

A file is written beside its final name, flushed to the disk, renamed over it, and
the folder is flushed too: a crash at any point leaves the old file or the new one.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from icp_synth.errors import SettingsError, StorageError, UsageError
from icp_synth.failpoints import failpoint

_RENAME_PAUSES = (0.05, 0.2, 0.5)
"""Seconds between attempts to rename over a file that another program has open."""

_ORPHAN = re.compile(r"^\..+\.(\d+)\.tmp$")

_HINTS = {
    errno.ENOSPC: "Free some space and run the same command again; nothing is lost.",
    errno.EDQUOT: "Your disk quota is used up: free some space and run again.",
    errno.EACCES: "Make the folder writable for you, or choose another --project.",
    errno.EPERM: "Make the folder writable for you, or choose another --project.",
    errno.EROFS: "The disk is read-only: copy the project to one that is not.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
}
_OTHER_HINT = "Check the disk and run the same command again; nothing is lost."


def storage_error(
    cause: OSError, path: Path, *, size: int | None = None
) -> StorageError:
    """Return the error that names the path, the bytes and the way out.

    Args:
        cause: What the system said.
        path: The file that should have been written.
        size: How many bytes it would have held, if that is known.
    """
    file = next((one for one in (path, *path.parents) if one.is_file()), None)
    if file is not None and cause.errno in {errno.EEXIST, errno.ENOTDIR}:
        return StorageError(
            f"{file} is a file, and a folder is needed there.",
            hint="Name a folder, or move the file away.",
        )
    if cause.errno == errno.ENOENT and not path.parent.is_dir():
        return _no_folder(path)
    what = f"{path} ({size} bytes)" if size is not None else str(path)
    reason = os.strerror(cause.errno) if cause.errno else str(cause)
    return StorageError(
        f"Cannot write {what}: {reason}.",
        hint=_HINTS.get(cause.errno or 0, _OTHER_HINT),
    )


def _no_folder(path: Path) -> StorageError:
    """Return the error about a folder that the system does not let be made."""
    absent = path.absolute().parent
    while not absent.parent.is_dir():
        absent = absent.parent
    return StorageError(
        f"The folder {absent} cannot be made: {absent.parent} takes no new folders.",
        hint="Choose another place, in a folder of yours, e.g. --project ~/study.",
    )


@contextmanager
def writing_to(path: Path, *, size: int | None = None) -> Iterator[None]:
    """Turn every OSError inside into a StorageError about `path`."""
    try:
        yield
    except OSError as cause:
        raise storage_error(cause, path, size=size) from cause


def write_atomic(path: Path, data: bytes | str) -> None:
    """Put `data` under `path`, whole or not at all.

    Args:
        path: The final name; its folder is made if need be.
        data: The content; a str is written as UTF-8 with the line ends it has.

    Raises:
        StorageError: The disk is full, or the folder cannot be written.
        UsageError: There is a folder of that name.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with writing_to(path, size=len(content)):
        if path.is_dir():
            msg = f"{path} is a folder, and a file was to be written."
            raise UsageError(msg, hint=f"Name a file in it: {path / 'NAME'}.")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_durably(temporary, content)
            _rename(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        failpoint("after_rename")
        sync_folder(path.parent)


def read_text(path: Path) -> str:
    """Return the text of a file that people write, with the line ends that it has.

    Raises:
        SettingsError: It is not UTF-8, or not readable.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        msg = f"{path} is not UTF-8: {cause.reason} at byte {cause.start}."
        raise SettingsError(msg, hint="Save it as UTF-8 and run again.") from cause
    except OSError as cause:
        msg = f"{path} cannot be read: {cause.strerror}."
        raise SettingsError(msg, hint="Make it readable and run again.") from cause


def preflight(folder: Path, *, size: int = 4096) -> None:
    """Find out before any paid call whether `folder` can be written.

    Args:
        folder: Made if it is not there.
        size: Bytes of the probe that is written, flushed and removed.

    Raises:
        StorageError: It cannot; the message names the folder.
    """
    probe = folder / f".probe.{os.getpid()}.tmp"
    with writing_to(folder, size=size):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            _write_durably(probe, b"\0" * size)
        finally:
            probe.unlink(missing_ok=True)


def remove_orphans(folder: Path) -> tuple[str, ...]:
    """Remove the temporary files that a killed process left in `folder`.

    Only names that `write_atomic` gives are touched, and none of a process that
    still lives.

    Returns:
        The names that were removed, sorted.
    """
    removed = []
    for path in sorted(folder.glob(".*.tmp")):
        match = _ORPHAN.match(path.name)
        if match and not process_lives(int(match[1])):
            with writing_to(path):
                path.unlink(missing_ok=True)
            removed.append(path.name)
    return tuple(removed)


def process_lives(pid: int) -> bool:
    """Tell whether another process with this number runs on this machine."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can do that."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        failpoint("after_temp_write")
        os.fsync(file.fileno())
    failpoint("after_fsync")


def _rename(source: Path, target: Path) -> None:
    """Rename; where another program holds the target open, wait and try again."""
    for pause in _RENAME_PAUSES:
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)
