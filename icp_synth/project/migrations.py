"""The ledger's schema, version by version, and the way from one to the next.

`PRAGMA user_version` holds the number. A step runs in one transaction with the
change of the number, after a backup of the whole database; so a crash leaves the
old version or the new one, and the backup beside it. A database that is made here
holds nothing on its way up, and is not backed up.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from icp_synth.errors import NotFound, ProjectTooNew, StorageError
from icp_synth.failpoints import failpoint
from icp_synth.project.files import writing_to

Step = tuple[str, ...]
"""The statements that lead from one version to the next, in order."""

_FIRST: Step = (
    """CREATE TABLE stamps (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        sha256 TEXT NOT NULL)""",
    """CREATE TABLE reports (
        position INTEGER PRIMARY KEY, id TEXT NOT NULL, status TEXT NOT NULL,
        body TEXT NOT NULL)""",
    """CREATE TABLE transcripts (
        id TEXT PRIMARY KEY, taken INTEGER NOT NULL CHECK (taken IN (0, 1)),
        text_sha256 TEXT NOT NULL, body TEXT NOT NULL, text TEXT NOT NULL,
        chunked TEXT)""",
    """CREATE TABLE transcript_participants (
        transcript TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        participant TEXT NOT NULL,
        PRIMARY KEY (transcript, participant)) WITHOUT ROWID""",
    """CREATE INDEX transcripts_of_participant
        ON transcript_participants (participant)""",
    """CREATE TABLE people (
        id TEXT PRIMARY KEY, position INTEGER NOT NULL, body TEXT NOT NULL)""",
    """CREATE TABLE windows (
        transcript TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        position INTEGER NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (transcript, position)) WITHOUT ROWID""",
    """CREATE TABLE passages (
        transcript TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        position INTEGER NOT NULL, id TEXT NOT NULL, participant TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (transcript, position)) WITHOUT ROWID""",
    "CREATE INDEX passages_by_id ON passages (id)",
    "CREATE INDEX passages_of_participant ON passages (participant)",
    """CREATE TABLE readings (
        serial INTEGER PRIMARY KEY,
        transcript TEXT NOT NULL REFERENCES transcripts ON DELETE CASCADE,
        window TEXT NOT NULL, fingerprint TEXT NOT NULL, outcome TEXT NOT NULL,
        reason TEXT, counts TEXT NOT NULL,
        UNIQUE (window, fingerprint))""",
    "CREATE INDEX readings_of_transcript ON readings (transcript)",
    """CREATE TABLE insights (
        reading INTEGER NOT NULL REFERENCES readings ON DELETE CASCADE,
        position INTEGER NOT NULL, id TEXT NOT NULL, participant TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (reading, position)) WITHOUT ROWID""",
    "CREATE INDEX insights_of_participant ON insights (participant)",
    """CREATE TABLE quarantined (
        reading INTEGER NOT NULL REFERENCES readings ON DELETE CASCADE,
        position INTEGER NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (reading, position)) WITHOUT ROWID""",
    """CREATE TABLE replies (
        serial INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, step TEXT NOT NULL,
        model TEXT NOT NULL, prompt TEXT NOT NULL, request TEXT NOT NULL,
        body BLOB NOT NULL, checksum TEXT NOT NULL)""",
    """CREATE TABLE reply_about (
        transcript TEXT NOT NULL,
        reply INTEGER NOT NULL REFERENCES replies ON DELETE CASCADE,
        PRIMARY KEY (transcript, reply)) WITHOUT ROWID""",
    "CREATE INDEX about_of_reply ON reply_about (reply)",
    """CREATE TABLE embeddings (
        embedder TEXT NOT NULL, key TEXT NOT NULL, dimension INTEGER NOT NULL,
        vector BLOB NOT NULL, UNIQUE (embedder, key))""",
    """CREATE TABLE stages (
        name TEXT PRIMARY KEY, done INTEGER NOT NULL, failed INTEGER NOT NULL,
        skipped INTEGER NOT NULL, pending INTEGER NOT NULL, total INTEGER NOT NULL,
        CHECK (done + failed + skipped + pending = total))""",
    """CREATE TABLE syntheses (
        serial INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE,
        manifest TEXT NOT NULL, body BLOB NOT NULL)""",
    "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE calls (
        serial INTEGER PRIMARY KEY, run TEXT NOT NULL, key TEXT NOT NULL,
        step TEXT NOT NULL, model TEXT NOT NULL, endpoint TEXT NOT NULL,
        outcome TEXT NOT NULL, attempts INTEGER NOT NULL, input_tokens INTEGER,
        output_tokens INTEGER, cached_tokens INTEGER, cost REAL,
        estimated INTEGER NOT NULL, at TEXT NOT NULL)""",
    "CREATE INDEX calls_of_run ON calls (run)",
)

_TIMED_CALLS: Step = ("ALTER TABLE calls ADD COLUMN seconds REAL",)

STEPS: tuple[Step, ...] = (_FIRST, _TIMED_CALLS)
"""Step i leads from version i to i + 1; the newest version is their number."""


_TABLE = re.compile(r"CREATE TABLE (\w+)")

DAMAGED_HINT = (
    "Put a backup in its place, or delete .icp/ and run again: names and decisions lie"
    " outside it, paid answers do not."
)


def migrate(
    connection: sqlite3.Connection, path: Path, *, steps: Sequence[Step] = STEPS
) -> int:
    """Bring an open ledger to the newest version.

    Args:
        connection: In autocommit mode (`isolation_level=None`), the only writer.
        path: The database file; backups are written beside it as `NAME.vN.bak`.
        steps: The way up; another one in tests.

    Returns:
        The version found. Equal to `len(steps)` when nothing was to be done.

    Raises:
        ProjectTooNew: A later version of the program wrote it.
        StorageError: The backup cannot be written, or the file is no ledger.
    """
    found = check_version(connection, path, newest=len(steps))
    check_tables(connection, path, steps=steps[:found])
    for version in range(found, len(steps)):
        if found:
            _back_up(connection, path.with_name(f"{path.name}.v{version}.bak"))
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in steps[version]:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        failpoint("before_migration_commit")
        connection.execute("COMMIT")
    return found


def check_tables(
    connection: sqlite3.Connection, path: Path, *, steps: Sequence[Step] = STEPS
) -> None:
    """Refuse a file whose tables are not those of its version.

    Args:
        connection: Open.
        path: The database file.
        steps: That led to its version; none, and it must hold no table at all.

    Raises:
        StorageError: It is no ledger, or one that lost tables.
    """
    wanted = {name for step in steps for sql in step for name in _TABLE.findall(sql)}
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    there = {name for (name,) in rows if not name.startswith("sqlite_")}
    odd = wanted - there if steps else there
    if odd:
        what = "lacks" if steps else "is no ledger and holds"
        msg = f"{path} is damaged: it {what} the table {min(odd)}."
        raise StorageError(msg, hint=DAMAGED_HINT)


def check_to_read(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that cannot be read as a ledger.

    Raises:
        NotFound: It is empty: whatever was to make it never did.
        ProjectTooNew: A later version of the program wrote it.
        StorageError: It is no ledger, or one that lost tables.
    """
    found = check_version(connection, path)
    check_tables(connection, path, steps=STEPS[:found])
    if not found:
        msg = f"The ledger {path} is empty."
        raise NotFound(msg, hint="`icp-synth run` makes it anew.")


def check_version(
    connection: sqlite3.Connection, path: Path, *, newest: int = len(STEPS)
) -> int:
    """Return the schema's version.

    Raises:
        ProjectTooNew: It is later than `newest`.
    """
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > newest:
        msg = f"{path} has schema version {found}; this program knows up to {newest}."
        hint = "Upgrade it: pip install --upgrade icp-synth."
        raise ProjectTooNew(msg, hint=hint)
    return found


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database with SQLite's own backup; never the file of a live one."""
    with writing_to(target):
        target.unlink(missing_ok=True)
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
    finally:
        copy.close()
