"""Run the stages in order, write what they made, and say how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.profiles import Synthesis
from icp_synth.errors import Stopped
from icp_synth.pipeline.commands import command
from icp_synth.pipeline.coverage import coverage
from icp_synth.pipeline.events import Emit, Said
from icp_synth.pipeline.outputs import write
from icp_synth.pipeline.registry import go_through
from icp_synth.pipeline.remarks import BAD
from icp_synth.pipeline.result import OUTPUTS, RunResult, RunStatus, outputs_of
from icp_synth.pipeline.session import open_work
from icp_synth.pipeline.status import (
    COVERAGE_STATE,
    FAILURES_STATE,
    READING_STATE,
)
from icp_synth.pipeline.unchanged import BEGUN_STATE, remember
from icp_synth.pipeline.waiting import (
    next_step,
    pending_requests,
    pending_steps,
    remember_requests,
)
from icp_synth.pipeline.work import Work
from icp_synth.project.files import preflight

READER_STATE = "reader"
"""Who made the outputs, and with which `--model`."""


def full_run(
    folder: Path, flags: Mapping[str, Any], *, inputs: str, emit: Emit, now: str
) -> RunResult:
    """Do all stages, whatever was done before.

    Args:
        folder: The project folder.
        flags: As for `icp_synth.settings.resolve`.
        inputs: What the run depends on, as `unchanged.inputs_digest` gives it.
        emit: Told of stages and progress.
        now: ISO 8601, for the manifest and the log of calls.

    Returns:
        How it ended; `seconds` is left to whoever has a clock.
    """
    with open_work(folder, flags, emit=emit, now=now) as work:
        preflight(folder / "out")
        work.ledger.runs.set_state(BEGUN_STATE, now)
        stopped = ""
        try:
            go_through(work)
        except Stopped as reason:
            stopped = str(reason)
        whole = _all_answered(work)
        synthesis = None
        if "draft" in work.stages and (work.insights or not work.desk.failures):
            created = work.settings.created or now
            _tell_replaced(work)
            synthesis = write(work, created, keep_names=whole)
        _note_for_status(work)
        remember_requests(work)
        result = _result(work, synthesis, stopped)
        if whole and work.transcripts and not stopped:
            kept = result.model_dump(mode="json")
            remember(folder, work.ledger, inputs=inputs, result=kept)
        work.ledger.runs.set_state(BEGUN_STATE, None)
    return result


def _tell_replaced(work: Work) -> None:
    """Say where the outputs of another reader are replaced, and keep who read now."""
    kept = work.ledger.runs.get_state(READER_STATE)
    now = {
        "reader": work.analyst.model or "the embedded analyst",
        "flag": work.settings.model or "",
    }
    written = (work.folder / "out" / OUTPUTS["synthesis"]).is_file()
    if written and kept is not None and kept["reader"] != now["reader"]:
        message = f"The outputs of {kept['reader']} are replaced by {now['reader']}'s"
        if kept["flag"]:
            message += (
                f"; to have them again, run with --model {kept['flag']}, or write it"
                " as name under [model] of study.toml"
            )
        work.emit(Said(message=f"{message}."))
    work.ledger.runs.set_state(READER_STATE, now)


def _all_answered(work: Work) -> bool:
    """Tell whether a rerun could do no better: only sources are wrong, if anything."""
    return not (work.desk.pending or work.desk.failures)


def _note_for_status(work: Work) -> None:
    failures = [
        f"{', '.join(one.about) or one.step}: {one.reason}"
        for one in work.desk.failures
    ]
    with work.ledger.transaction():
        runs = work.ledger.runs
        runs.set_state(COVERAGE_STATE, coverage(work)["characters"])
        runs.set_state(FAILURES_STATE, failures)
        counts: Counter[str] = Counter()
        for reading in work.readings.values():
            counts.update(reading.counts)
        runs.set_state(READING_STATE, dict(sorted(counts.items())))


def _result(work: Work, synthesis: Synthesis | None, stopped: str) -> RunResult:
    totals = work.desk.budget.totals
    icps = synthesis.icps if synthesis is not None else ()
    personas = synthesis.personas if synthesis is not None else ()
    return RunResult(
        status=_status(work, stopped=bool(stopped)),
        transcripts=len(work.transcripts),
        participants=len(work.people),
        insights=len(work.published()),
        quarantined=len(work.quarantined),
        themes=len(work.themes),
        icps=sum(one.status != "too_little" for one in icps),
        personas=sum(one.status != "too_little" for one in personas),
        calls=totals.calls,
        pending=len(pending_requests(work)),
        cost=totals.cost,
        seconds=0.0,
        out=outputs_of(work.folder, written=synthesis is not None),
        message=stopped or next_step(work) or _partly(work),
        pending_steps=pending_steps(work),
    )


def _status(work: Work, *, stopped: bool) -> RunStatus:
    if stopped:
        return "stopped"
    if work.desk.pending:
        return "waiting"
    bad = any(one.status in BAD for one in work.ledger.transcripts.reports())
    failed = any(counts.failed for counts in work.stages.values())
    return "partial" if bad or failed or work.desk.failures else "done"


def _partly(work: Work) -> str:
    """Say what was left out, and what to do about it."""
    if _status(work, stopped=False) == "done":
        return ""
    which = f"`{command(work.folder, 'status')}` says which and why"
    if work.desk.failures:
        return f"Some calls failed: {which}. Run again to ask only for these."
    reports = work.ledger.transcripts.reports()
    counts = Counter(one.status for one in reports if one.status in BAD)
    kinds = ", ".join(f"{n} {status}" for status, n in sorted(counts.items()))
    if work.transcripts:
        of = f"{counts.total()} of {len(reports)} sources"
        return f"Not everything was read ({of}: {kinds}): {which}."
    kept = "" if not _stands(work) else " The report that stands was left as it is."
    return f"Nothing could be read ({kinds}): {which}.{kept}"


def _stands(work: Work) -> bool:
    """Tell whether an earlier run left a report."""
    return any((work.folder / "out" / name).is_file() for name in OUTPUTS.values())
