"""What stands in a project: sources, roles, stages, coverage, cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from icp_synth.domain.transcripts import SourceReport
from icp_synth.domain.values import Value
from icp_synth.domain.versions import ReviewDue, review_due
from icp_synth.pipeline.commands import command
from icp_synth.pipeline.ingest import (
    IGNORED_STATE,
    JOINS_STATE,
    PASSED_OVER_STATE,
)
from icp_synth.pipeline.remarks import BAD, REMARKS_STATE, Remarks
from icp_synth.pipeline.unchanged import BEGUN_STATE
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger, StageCounts
from icp_synth.project.lock import holder, lock_path

COVERAGE_STATE = "coverage"
FAILURES_STATE = "failures"
READING_STATE = "reading_counts"


class Status(Value):
    """What `status --json` and `ingest --json` print.

    Attributes:
        transcripts: One line a file or row.
        ignored: Files and folders that were passed over.
        ignored_names: Which they are, sorted.
        ignored_reasons: Name → why, and what to do, where that is worth saying.
        stages: Name → counts.
        cost: Calls, tokens and dollars so far, of all runs; `dollars` is None where
            the price of a call is not known, and `priced` the part that is.
        coverage: Code points of participant turns by what became of them.
        joins: Labels that stand in several files and may be one person.
        unused: Names of study.toml and participants.csv that fit nothing.
        failures: Requests that the last run could not have answered, and why.
        reading: What the last run's reading counted: quotes by status, and beside
            them `repaired`, `invalid_items`, `gleaned`, `split` and so on.
        skipped: Stage → why items were skipped → how many.
        unfinished: That the last run is under way, or did not come to its end.
        review: Until when the newest synthesis stands; `code` is `overdue` after that
            day. None where there is none.
    """

    transcripts: tuple[SourceReport, ...]
    ignored: int
    stages: Mapping[str, StageCounts]
    cost: Mapping[str, Any]
    ignored_names: tuple[str, ...] = ()
    ignored_reasons: Mapping[str, str] = {}
    coverage: Mapping[str, int] = {}
    joins: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    reading: Mapping[str, int] = {}
    skipped: Mapping[str, Mapping[str, int]] = {}
    unfinished: str = ""
    review: ReviewDue | None = None

    @property
    def exit_code(self) -> int:
        """3 where a source was left out, refused or failed."""
        return 3 if any(one.status in BAD for one in self.transcripts) else 0

    def to_json(self) -> dict[str, Any]:
        """Return the object as contracts.md gives it, totals included."""
        body = self.model_dump(mode="json")
        for name, counts in self.stages.items():
            body["stages"][name]["total"] = counts.total
        return body


def status(folder: Path, *, today: date | None = None) -> Status:
    """Read the project's state, beside a run that may be going on.

    Args:
        folder: The project folder.
        today: The day to judge the date of review by; not judged without it.

    Raises:
        NotFound: There is no ledger yet.
    """
    from icp_synth.pipeline.registry import SKIPPED_STATE, STAGE_NAMES

    with Ledger.open(folder, write=False) as ledger:
        kept = ledger.runs.stages()
        totals = ledger.runs.usage_totals()
        passed_over = ledger.runs.get_state(PASSED_OVER_STATE) or {}
        chunks = ledger.chunks.counts()
        reports = tuple(
            one.model_copy(
                update=dict(
                    zip(
                        ("windows", "passages"),
                        chunks.get(one.id, (0, 0)),
                        strict=True,
                    )
                )
            )
            for one in ledger.transcripts.reports()
        )
        return Status(
            transcripts=reports,
            ignored=ledger.runs.get_state(IGNORED_STATE) or 0,
            ignored_names=tuple(sorted(passed_over)),
            ignored_reasons={name: why for name, why in passed_over.items() if why},
            stages={name: kept.get(name, StageCounts()) for name in STAGE_NAMES},
            cost={
                "calls": totals.calls,
                "input_tokens": totals.input_tokens,
                "output_tokens": totals.output_tokens,
                "cached_tokens": totals.cached_tokens,
                "dollars": totals.cost,
                "priced": totals.priced,
                "unpriced": totals.unpriced,
                "unknown": totals.unknown,
            },
            coverage=ledger.runs.get_state(COVERAGE_STATE) or {},
            joins=tuple(ledger.runs.get_state(JOINS_STATE) or ()),
            unused=Remarks.model_validate(
                ledger.runs.get_state(REMARKS_STATE) or {}
            ).names,
            failures=tuple(ledger.runs.get_state(FAILURES_STATE) or ()),
            reading=ledger.runs.get_state(READING_STATE) or {},
            skipped=ledger.runs.get_state(SKIPPED_STATE) or {},
            unfinished=_unfinished(folder, ledger.runs.get_state(BEGUN_STATE)),
            review=review_of(folder, ledger.runs.created(), today),
        )


def _unfinished(folder: Path, begun: str | None) -> str:
    """Say of a run that began and has not come to its end how it stands."""
    if begun is None:
        return ""
    if holder(lock_path(folder)) is not None:
        return f"A run is under way since {begun}; the counts are of what it has done."
    return (
        f"The last run, begun {begun}, did not finish; the counts are of what it had "
        f"done. `{command(folder, 'run')}` with the options that it had goes on from "
        "there."
    )


def review_of(
    folder: Path, created: str | None, today: date | None
) -> ReviewDue | None:
    """Return until when the newest synthesis stands.

    Args:
        folder: The project folder, whose study.toml may name a day.
        created: When that synthesis was made; None where there is none.
        today: The day to judge by.

    Returns:
        None where there is no synthesis or no day to judge by.
    """
    if created is None or today is None:
        return None
    return review_due(created, load_study(folder).review.by, today)
