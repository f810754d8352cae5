"""One connection to the ledger: settings, transactions, and errors in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icp_synth.errors import IcpSynthError, ProjectLocked, StorageError
from icp_synth.failpoints import failpoint
from icp_synth.project.migrations import DAMAGED_HINT, check_to_read, migrate

_BUSY_SECONDS = 5.0
_SLICE = 500
"""Values in one `IN (…)`; SQLite takes at least 999."""

_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC"}
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}


class Database:
    """A connection in autocommit mode, with transactions that nest.

    Args:
        path: The database file.
        write: Open for writing: made and migrated if need be. Only the holder of
            the project's lock may. Otherwise it is opened read-only, never
            checkpoints, and reads a snapshot beside a writer.

    Raises:
        ProjectTooNew: A later version of the program wrote it.
        NotFound: It is empty, and is not opened for writing.
        StorageError: It cannot be opened, or is damaged.
    """

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self._depth = 0
        with self._errors():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}",
                uri=True,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                # In a notebook the event loop runs in a thread of its own (llm.loop);
                # one thread at a time uses the connection.
                check_same_thread=False,
            )
            try:
                self._prepare(write=write)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, *, write: bool) -> None:
        run = self._connection.execute
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA mmap_size = 0")
        if not write:
            check_to_read(self._connection, self.path)
            return
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA secure_delete = ON")
        migrate(self._connection, self.path)

    def close(self) -> None:
        """Close; the last writer folds the write-ahead log into the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what happens inside one durable step; an inner one joins it.

        Do not wait for anything inside: whatever is written meanwhile would be
        durable only at the end of the outermost block.
        """
        if self._depth:
            yield
            return
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
            failpoint("before_commit")
            with self._errors():
                self._connection.execute("COMMIT")
        finally:
            self._depth = 0
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        failpoint("after_commit")

    def run(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Execute one statement and return its cursor."""
        with self._errors():
            return self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute one statement for each row of values, as one transaction."""
        with self.transaction(), self._errors():
            self._connection.executemany(statement, rows)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self._errors():
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        with self._errors():
            found: tuple[Any, ...] | None = self._connection.execute(
                statement, values
            ).fetchone()
            return found

    def rows_in(
        self, statement: str, before: Sequence[Any], keys: Sequence[str]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query that ends in `IN {keys}`, slice by slice.

        Args:
            statement: With `{keys}` where the list of keys stands.
            before: Values of the placeholders before it.
            keys: Any number of them.
        """
        for at in range(0, len(keys), _SLICE):
            part = keys[at : at + _SLICE]
            marks = f"({', '.join('?' * len(part))})"
            yield from self.rows(statement.format(keys=marks), [*before, *part])

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as cause:
            error = _ours(cause, self.path)
            if error is None:
                raise
            raise error from cause


def _ours(cause: sqlite3.DatabaseError, path: Path) -> IcpSynthError | None:
    """Return our error for what SQLite said; None where it is our own mistake."""
    name: str = getattr(cause, "sqlite_errorname", "") or ""
    kind = "_".join(name.split("_")[:2])
    if kind == "SQLITE_BUSY":
        return ProjectLocked(
            f"{path} is in use by another process.",
            hint="Wait until it ends and run the same command again.",
        )
    if name in _FULL:
        return StorageError(
            f"Cannot write {path}: {cause}.",
            hint="Free some space and run the same command again; nothing is lost.",
        )
    if kind in _DAMAGED:
        return StorageError(
            f"{path} is damaged: {cause}.",
            hint=DAMAGED_HINT,
        )
    if kind in {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM"}:
        return StorageError(
            f"Cannot open or write {path}: {cause}.",
            hint="Check that the folder is there and writable, and run again.",
        )
    return None
