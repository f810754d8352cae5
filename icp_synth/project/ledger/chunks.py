"""Windows and passages, under the fingerprint of what cut them."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.passages import Passage, Window
from icp_synth.project.ledger.connection import Database

_TAKEN = "JOIN transcripts t ON t.id = transcript AND t.taken = 1"


class ChunkTable:
    """What `chunk` made of each transcript that is taken.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(
        self,
        transcript: str,
        fingerprint: str,
        *,
        windows: Sequence[Window],
        passages: Sequence[Passage],
    ) -> None:
        """Make these the windows and passages of one transcript.

        Args:
            transcript: Its name; it must be in the ledger.
            fingerprint: Of what cut it: chunker version, counter, budgets.
            windows: In order.
            passages: In order.
        """
        with self._db.transaction():
            for table in ("windows", "passages"):
                self._db.run(f"DELETE FROM {table} WHERE transcript = ?", [transcript])
            self._db.run_many(
                "INSERT INTO windows VALUES (?, ?, ?, ?)",
                (
                    (transcript, position, window.id, window.model_dump_json())
                    for position, window in enumerate(windows)
                ),
            )
            self._db.run_many(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
                (
                    (
                        transcript,
                        position,
                        one.id,
                        one.participant,
                        one.model_dump_json(),
                    )
                    for position, one in enumerate(passages)
                ),
            )
            self._db.run(
                "UPDATE transcripts SET chunked = ? WHERE id = ?",
                [fingerprint, transcript],
            )

    def fingerprints(self) -> dict[str, str]:
        """Return transcript → fingerprint of what cut it, where it is cut."""
        return dict(
            self._db.rows(
                "SELECT id, chunked FROM transcripts"
                " WHERE taken = 1 AND chunked IS NOT NULL ORDER BY id"
            )
        )

    def windows(self, transcript: str | None = None) -> tuple[Window, ...]:
        """Return the windows of one transcript, or of all, in order."""
        rows = self._rows("windows", transcript)
        return tuple(Window.model_validate_json(body) for body in rows)

    def passages(self, transcript: str | None = None) -> tuple[Passage, ...]:
        """Return the passages of one transcript, or of all, in order."""
        rows = self._rows("passages", transcript)
        return tuple(Passage.model_validate_json(body) for body in rows)

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return transcript → how many windows and passages it has."""
        rows = self._db.rows(
            "SELECT t.id, (SELECT count(*) FROM windows WHERE transcript = t.id),"
            " (SELECT count(*) FROM passages WHERE transcript = t.id)"
            " FROM transcripts t WHERE t.taken = 1 ORDER BY t.id"
        )
        return {name: (windows, passages) for name, windows, passages in rows}

    def _rows(self, table: str, transcript: str | None) -> list[str]:
        query = f"SELECT c.body FROM {table} c {_TAKEN}"
        if transcript is None:
            rows = self._db.rows(f"{query} ORDER BY transcript, position")
        else:
            rows = self._db.rows(
                f"{query} WHERE transcript = ? ORDER BY position", [transcript]
            )
        return [body for (body,) in rows]
