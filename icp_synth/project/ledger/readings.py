"""What analysts made of windows: insights, quarantined quotes, outcomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from icp_synth.domain.ids import canonical_json
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.project.ledger.connection import Database
from icp_synth.project.ledger.records import Reading


class ReadingTable:
    """One reading for each window and analyst fingerprint.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, reading: Reading) -> None:
        """Keep one reading, in place of an earlier one of the same window."""
        self.put_many([reading])

    def put_many(self, readings: Iterable[Reading]) -> None:
        """Keep several readings in one transaction."""
        with self._db.transaction():
            for reading in readings:
                self._put(reading)

    def _put(self, reading: Reading) -> None:
        self._db.run(
            "DELETE FROM readings WHERE window = ? AND fingerprint = ?",
            [reading.window, reading.fingerprint],
        )
        serial = self._db.run(
            "INSERT INTO readings"
            " (transcript, window, fingerprint, outcome, reason, counts)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [
                reading.transcript,
                reading.window,
                reading.fingerprint,
                reading.outcome,
                reading.reason,
                canonical_json(dict(reading.counts)),
            ],
        ).lastrowid
        self._db.run_many(
            "INSERT INTO insights VALUES (?, ?, ?, ?, ?)",
            (
                (serial, position, one.id, one.participant, one.model_dump_json())
                for position, one in enumerate(reading.insights)
            ),
        )
        self._db.run_many(
            "INSERT INTO quarantined VALUES (?, ?, ?, ?)",
            (
                (serial, position, one.reason, one.model_dump_json())
                for position, one in enumerate(reading.quarantined)
            ),
        )

    def get(self, window: str, fingerprint: str) -> Reading | None:
        """Return the reading of one window by this analyst, or None."""
        return self.of([window], fingerprint).get(window)

    def of(self, windows: Sequence[str], fingerprint: str) -> dict[str, Reading]:
        """Return window → reading by this analyst, in the order asked.

        Windows that were not read are not in the answer.
        """
        heads = {
            window: (serial, transcript, outcome, reason, counts)
            for serial, transcript, window, outcome, reason, counts in self._db.rows_in(
                "SELECT serial, transcript, window, outcome, reason, counts"
                " FROM readings WHERE fingerprint = ? AND window IN {keys}",
                [fingerprint],
                windows,
            )
        }
        insights = self._bodies("insights", windows, fingerprint)
        refused = self._bodies("quarantined", windows, fingerprint)
        found = {}
        for window in windows:
            if window not in heads:
                continue
            serial, transcript, outcome, reason, counts = heads[window]
            found[window] = Reading(
                transcript=transcript,
                window=window,
                fingerprint=fingerprint,
                outcome=outcome,
                reason=reason,
                insights=tuple(
                    Insight.model_validate_json(body)
                    for body in insights.get(serial, ())
                ),
                quarantined=tuple(
                    Quarantined.model_validate_json(body)
                    for body in refused.get(serial, ())
                ),
                counts=json.loads(counts),
            )
        return found

    def outcomes(
        self, windows: Sequence[str], fingerprint: str
    ) -> dict[str, tuple[str, str | None]]:
        """Return window → (outcome, reason), without reading any insight."""
        return {
            window: (outcome, reason)
            for window, outcome, reason in self._db.rows_in(
                "SELECT window, outcome, reason FROM readings"
                " WHERE fingerprint = ? AND window IN {keys}",
                [fingerprint],
                windows,
            )
        }

    def insight_ids_of(self, participant: str) -> tuple[str, ...]:
        """Return the ids of every insight of one person, by any analyst, sorted."""
        rows = self._db.rows(
            "SELECT DISTINCT id FROM insights WHERE participant = ? ORDER BY id",
            [participant],
        )
        return tuple(name for (name,) in rows)

    def _bodies(
        self, table: str, windows: Sequence[str], fingerprint: str
    ) -> dict[int, list[str]]:
        bodies: dict[int, list[str]] = {}
        for serial, body in self._db.rows_in(
            f"SELECT r.serial, c.body FROM {table} c"
            " JOIN readings r ON r.serial = c.reading"
            " WHERE r.fingerprint = ? AND r.window IN {keys}"
            " ORDER BY r.serial, c.position",
            [fingerprint],
            windows,
        ):
            bodies.setdefault(serial, []).append(body)
        return bodies
