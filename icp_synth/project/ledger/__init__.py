"""The ledger: what machines made, in one SQLite file under `.icp/`.

One table group a module; `Ledger` opens the file and holds them:

| attribute     | holds                                                     |
| ------------- | --------------------------------------------------------- |
| `transcripts` | sources as read, people, file stamps                      |
| `chunks`      | windows and passages                                      |
| `readings`    | insights and quarantined quotes of each window            |
| `replies`     | model replies (a `ReplyStore`)                            |
| `vectors`     | embeddings by text                                        |
| `runs`        | state by name, stage counts, syntheses, calls and usage   |

Writing is for the one process that holds the project's lock, over one connection;
any number of others may read a snapshot beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from icp_synth.errors import NotFound
from icp_synth.project.files import preflight, remove_orphans
from icp_synth.project.ledger.chunks import ChunkTable
from icp_synth.project.ledger.connection import Database
from icp_synth.project.ledger.readings import ReadingTable
from icp_synth.project.ledger.records import (
    Call,
    FileStamp,
    Integrity,
    Reading,
    ReadingOutcome,
    StageCounts,
    UsageTotals,
)
from icp_synth.project.ledger.replies import ReplyTable
from icp_synth.project.ledger.runs import RunTable
from icp_synth.project.ledger.transcripts import TranscriptTable
from icp_synth.project.ledger.vectors import VectorTable
from icp_synth.project.lock import hold, lock_path

__all__ = [
    "Call",
    "FileStamp",
    "Integrity",
    "Ledger",
    "Reading",
    "ReadingOutcome",
    "StageCounts",
    "UsageTotals",
    "ledger_path",
]


def ledger_path(project: Path) -> Path:
    """Return where a project's ledger lies."""
    return project / ".icp" / "ledger.sqlite"


class Ledger:
    """An open ledger. Use `Ledger.open`.

    Args:
        database: Open, of the newest schema.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        self.transcripts = TranscriptTable(database)
        self.chunks = ChunkTable(database)
        self.readings = ReadingTable(database)
        self.replies = ReplyTable(database)
        self.vectors = VectorTable(database)
        self.runs = RunTable(database)

    @classmethod
    @contextmanager
    def open(cls, project: Path, *, write: bool) -> Iterator[Ledger]:
        """Open the ledger of a project for the length of a `with` block.

        Args:
            project: The project folder.
            write: Take the project's lock, clear what a killed process left, check
                that the folder can be written, make or migrate the ledger.
                Otherwise read a snapshot, beside a writer if there is one.

        Raises:
            ProjectLocked: To write, while another process does.
            ProjectTooNew: A later version of the program wrote it.
            NotFound: To read, where there is no ledger yet, or an empty one.
            StorageError: The disk is full, or the folder cannot be written.

        Example:
            ```python
            with Ledger.open(Path("study"), write=True) as ledger:
                ledger.runs.set_state("digest", "4f…")
            ```
        """
        path = ledger_path(project)
        if not write:
            with _closing(_open_to_read(path)) as database:
                yield cls(database)
            return
        with hold(lock_path(project)):
            preflight(path.parent)
            for folder in (project, path.parent, project / "out"):
                remove_orphans(folder)
            with _closing(Database(path, write=True)) as database:
                yield cls(database)

    def transaction(self) -> AbstractContextManager[None]:
        """Make many writes one durable step, which is also much faster.

        Nothing may be awaited inside: an answer that another task stores meanwhile
        would become durable only at its end.
        """
        return self._db.transaction()

    def integrity(self) -> Integrity:
        """Check the whole file, its references, and the checksum of every reply."""
        checks = ("PRAGMA integrity_check", "PRAGMA foreign_key_check")
        said = [row for check in checks for row in self._db.rows(check)]
        version = self._db.row("PRAGMA user_version") or (0,)
        return Integrity(
            problems=tuple(" ".join(map(str, row)) for row in said if row != ("ok",)),
            damaged_replies=tuple(self.replies.damaged_keys()),
            sqlite=sqlite3.sqlite_version,
            schema_version=version[0],
        )


def _open_to_read(path: Path) -> Database:
    if not path.is_file():
        msg = f"There is no ledger at {path}."
        raise NotFound(
            msg,
            hint="Run `icp-synth run PATH…` first, or name the project: --project DIR.",
        )
    return Database(path, write=False)


@contextmanager
def _closing(database: Database) -> Iterator[Database]:
    try:
        yield database
    finally:
        database.close()
