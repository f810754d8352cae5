"""One writer a folder: an advisory lock whose file says who holds it.

The system's own lock (`flock`) decides, and it ends with its process, however that
ends; so a file that a dead process left behind is taken over. The JSON in the file
is for people. A file that names another machine is not taken over: over a network
`flock` may not reach, and a process number means nothing there.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from icp_synth.domain.values import Value
from icp_synth.errors import ProjectLocked
from icp_synth.project.files import process_lives, writing_to

PROJECT_LOCK = Path(".icp", "lock")


class Holder(Value):
    """Who holds a lock: process number, machine, and since when (ISO 8601, UTC)."""

    pid: int
    host: str
    started: str


def lock_path(project: Path) -> Path:
    """Return the lock file of a project's ledger."""
    return project / PROJECT_LOCK


@contextmanager
def hold(path: Path) -> Iterator[Holder]:
    """Hold the lock at `path` for the length of a `with` block.

    Args:
        path: The lock file; made, with its folder, if it is not there.

    Yields:
        What was written into it.

    Raises:
        ProjectLocked: Another process (or another part of this one) holds it.
        StorageError: The file cannot be written.

    Example:
        ```python
        with hold(lock_path(project)):
            ...  # nobody else writes the ledger now
        ```
    """
    with writing_to(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        mine = _take(descriptor, path)
        try:
            yield mine
        finally:
            _write(descriptor, "")
    finally:
        os.close(descriptor)


def holder(path: Path) -> Holder | None:
    """Return who holds the lock at `path`, for messages; None when nobody does.

    It goes by the file's words and takes no lock, so that asking never gets in the
    way of a process that is about to take it.
    """
    try:
        found = _parse(path.read_bytes())
    except OSError:
        return None
    if found is None or found.host != socket.gethostname():
        return found
    mine = found.pid == os.getpid()
    return found if mine or process_lives(found.pid) else None


def _take(descriptor: int, path: Path) -> Holder:
    here = socket.gethostname()
    with writing_to(path):
        taken = _try_lock(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        found = _parse(os.read(descriptor, 4096))
    if not taken or (found is not None and found.host != here):
        raise _locked(path, found)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    mine = Holder(pid=os.getpid(), host=here, started=started)
    with writing_to(path):
        _write(descriptor, mine.model_dump_json())
    return mine


def _locked(path: Path, found: Holder | None) -> ProjectLocked:
    who = (
        f"process {found.pid} on {found.host} since {found.started}"
        if found
        else "another process"
    )
    return ProjectLocked(
        f"{path} is held by {who}.",
        hint="Wait until it ends, or stop it; if it runs no more, delete that file.",
    )


def _parse(body: bytes) -> Holder | None:
    try:
        return Holder.model_validate(json.loads(body))
    except ValueError:  # empty, half written, or of another program
        return None


def _write(descriptor: int, body: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, body.encode("utf-8"))


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20
    """The locked byte lies far behind the body: Windows locks forbid reading."""

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
