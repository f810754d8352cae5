"""What runs leave: stage counts, syntheses, calls, and small facts by name."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

from icp_synth.domain.chat import Usage
from icp_synth.domain.ids import canonical_json
from icp_synth.project.ledger.connection import Database
from icp_synth.project.ledger.records import Call, StageCounts, UsageTotals


class RunTable:
    """The record of runs.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def get_state(self, name: str) -> Any:
        """Return the JSON value kept under `name`, or None."""
        row = self._db.row("SELECT value FROM state WHERE name = ?", [name])
        return json.loads(row[0]) if row else None

    def set_state(self, name: str, value: Any) -> None:
        """Keep a JSON value under `name`; None forgets it."""
        with self._db.transaction():
            if value is None:
                self._db.run("DELETE FROM state WHERE name = ?", [name])
            else:
                self._db.run(
                    "INSERT OR REPLACE INTO state VALUES (?, ?)",
                    [name, canonical_json(value)],
                )

    def put_stages(self, stages: Mapping[str, StageCounts]) -> None:
        """Keep the counts of these stages; others stay as they are."""
        self._db.run_many(
            "INSERT OR REPLACE INTO stages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (name, one.done, one.failed, one.skipped, one.pending, one.total)
                for name, one in stages.items()
            ),
        )

    def stages(self) -> dict[str, StageCounts]:
        """Return stage → counts, by name."""
        rows = self._db.rows(
            "SELECT name, done, failed, skipped, pending FROM stages ORDER BY name"
        )
        return {
            name: StageCounts(done=done, failed=failed, skipped=skipped, pending=rest)
            for name, done, failed, skipped, rest in rows
        }

    def put_synthesis(
        self, version: str, *, manifest: Mapping[str, Any], body: str
    ) -> None:
        """Keep a synthesis as it was written; an equal version is kept once.

        Args:
            version: Its content hash.
            manifest: How it was made.
            body: The text of synthesis.json.
        """
        with self._db.transaction():
            self._db.run("DELETE FROM syntheses WHERE version = ?", [version])
            self._db.run(
                "INSERT INTO syntheses (version, manifest, body) VALUES (?, ?, ?)",
                [
                    version,
                    canonical_json(dict(manifest)),
                    zlib.compress(body.encode("utf-8"), level=1),
                ],
            )

    def synthesis(self, version: str | None = None) -> str | None:
        """Return the text of a synthesis, the newest when no version is named."""
        row = self._db.row(
            "SELECT body FROM syntheses WHERE ?1 IS NULL OR version = ?1"
            " ORDER BY serial DESC LIMIT 1",
            [version],
        )
        return zlib.decompress(row[0]).decode("utf-8") if row else None

    def versions(self) -> tuple[str, ...]:
        """Return the versions of all syntheses, oldest first."""
        rows = self._db.rows("SELECT version FROM syntheses ORDER BY serial")
        return tuple(version for (version,) in rows)

    def created(self) -> str | None:
        """Return when the newest synthesis was made; None where there is none."""
        row = self._db.row(
            "SELECT manifest FROM syntheses ORDER BY serial DESC LIMIT 1"
        )
        return str(json.loads(row[0]).get("created", "")) if row else None

    def record_call(self, call: Call) -> None:
        """Log one request that left the machine."""
        usage = call.usage
        with self._db.transaction():
            self._db.run(
                "INSERT INTO calls (run, key, step, model, endpoint, outcome,"
                " attempts, input_tokens, output_tokens, cached_tokens, cost,"
                " estimated, seconds, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(call.run, call.key, call.step, call.model, call.endpoint),
                    *(call.outcome, call.attempts),
                    *(usage.input_tokens, usage.output_tokens, usage.cached_tokens),
                    *(call.cost, call.estimated, call.seconds, call.at),
                ],
            )

    def calls(self, run: str | None = None) -> tuple[Call, ...]:
        """Return the logged calls of one run, or of all, in order."""
        rows = self._db.rows(
            "SELECT run, key, step, model, endpoint, outcome, attempts,"
            " input_tokens, output_tokens, cached_tokens, cost, estimated,"
            f" {self._seconds()}, at"
            " FROM calls WHERE ?1 IS NULL OR run = ?1 ORDER BY serial",
            [run],
        )
        return tuple(_call(row) for row in rows)

    def call_seconds(self, model: str) -> tuple[float, ...]:
        """Return how long the answered calls of a model took, in order.

        Calls that failed, answers that came by files and calls that an older version
        logged have no time and are not among them.

        Args:
            model: Name without prefix.
        """
        rows = self._db.rows(
            f"SELECT {self._seconds()} AS took FROM calls WHERE model = ?"
            " AND outcome = 'done' AND took IS NOT NULL ORDER BY serial",
            [model],
        )
        return tuple(took for (took,) in rows)

    def _seconds(self) -> str:
        """Return the column, or NULL in an older ledger that is open to read."""
        columns = self._db.rows("SELECT name FROM pragma_table_info('calls')")
        return "seconds" if ("seconds",) in columns else "NULL"

    def usage_totals(
        self, run: str | None = None, *, model: str | None = None
    ) -> UsageTotals:
        """Return what the calls of one run, of one model, or of all have used."""
        where = "FROM calls WHERE (?1 IS NULL OR run = ?1)"
        where += " AND (?2 IS NULL OR model = ?2)"
        row = self._db.row(
            "SELECT count(*), coalesce(sum(attempts), 0),"
            " coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),"
            " coalesce(sum(cached_tokens), 0), coalesce(sum(cost), 0.0),"
            " coalesce(sum(input_tokens IS NULL), 0), coalesce(sum(cost IS NULL"
            f" AND (outcome = 'done' OR input_tokens IS NOT NULL)), 0) {where}",
            [run, model],
        )
        outcomes = self._db.rows(
            f"SELECT outcome, count(*) {where} GROUP BY outcome ORDER BY outcome",
            [run, model],
        )
        calls, attempts, given, made, cached, cost, unknown, unpriced = row or (0,) * 8
        return UsageTotals(
            calls=calls,
            attempts=attempts,
            input_tokens=given,
            output_tokens=made,
            cached_tokens=cached,
            cost=None if unpriced else cost,
            priced=cost,
            unpriced=unpriced,
            unknown=unknown,
            by_outcome=dict(outcomes),
        )


def _call(row: tuple[Any, ...]) -> Call:
    run, key, step, model, endpoint, outcome, attempts, *rest = row
    given, made, cached, cost, estimated, seconds, at = rest
    return Call(
        run=run,
        key=key,
        step=step,
        model=model,
        endpoint=endpoint,
        outcome=outcome,
        attempts=attempts,
        usage=Usage(input_tokens=given, output_tokens=made, cached_tokens=cached),
        cost=cost,
        estimated=bool(estimated),
        seconds=seconds,
        at=at,
    )
