"""Run the stages in order, write what they made, and say how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
from icp_synth.domain.values import Value
from icp_synth.errors import Stopped
from icp_synth.pipeline.assemble import Assembly
from icp_synth.pipeline.coverage import coverage
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.ingest import BAD
from icp_synth.pipeline.registry import go_through
from icp_synth.pipeline.session import open_work
from icp_synth.pipeline.status import COVERAGE_STATE, FAILURES_STATE
from icp_synth.pipeline.unchanged import (
    OUTPUTS,
    inputs_digest,
    kept_result,
    remember,
)
from icp_synth.pipeline.waiting import (
    next_step,
    pending_requests,
    pending_steps,
    remember_requests,
)
from icp_synth.pipeline.work import Work
from icp_synth.project.decisions import bind, read_decisions
from icp_synth.project.files import preflight, write_atomic
from icp_synth.project.names import write_names

RunStatus = Literal["done", "partial", "waiting", "stopped"]

EXIT_CODES: Mapping[RunStatus, int] = {
    "done": 0,
    "partial": 3,
    "waiting": 3,
    "stopped": 4,
}


class RunResult(Value):
    """How a run ended; the object that `run --json` prints.

    Attributes:
        transcripts: How many are read.
        quarantined: Quotes that were refused.
        calls: Requests that left the machine in this run.
        pending: Requests that are still to be answered.
        cost: US dollars; None where a price is not known, 0 where nothing was sent.
        seconds: Of this run.
        out: Where the outputs lie; None for those that were not written.
        message: What to do next, where something is left to do.
    """

    status: RunStatus
    transcripts: int
    participants: int
    insights: int
    quarantined: int
    themes: int
    icps: int
    personas: int
    calls: int
    pending: int
    cost: float | None
    seconds: float
    out: Mapping[str, str | None]
    message: str = ""
    pending_steps: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code of contracts.md."""
        return EXIT_CODES[self.status]


def run(
    folder: Path,
    flags: Mapping[str, Any],
    *,
    emit: Emit,
    now: str,
    clock: Callable[[], float] = time.monotonic,
) -> RunResult:
    """Take the sources of study.toml from files to report.

    What was done before is not done again; an interrupted run goes on where it was.

    Args:
        folder: The project folder, with its sources in study.toml.
        flags: As for `icp_synth.settings.resolve`.
        emit: Told of stages and progress.
        now: ISO 8601, for the manifest and the log of calls.
        clock: Seconds, for the duration alone.

    Raises:
        ProjectLocked: Another process writes this project.
        EndpointRefused: The endpoint refuses the key or the model.
        StorageError: The disk is full or not writable.
        Interrupted: By the user.
    """
    began = clock()
    inputs = inputs_digest(folder, flags)
    kept = kept_result(folder, inputs)
    if kept is not None:
        same = RunResult.model_validate(kept)
        seconds = round(clock() - began, 3)
        out = _out(folder, written=True)
        more = {"seconds": seconds, "calls": 0, "cost": 0.0, "out": out}
        return same.model_copy(update=more)
    with open_work(folder, flags, emit=emit, now=now) as work:
        preflight(folder / "out")
        stopped = ""
        try:
            go_through(work)
        except Stopped as reason:
            stopped = str(reason)
        synthesis = None
        if "draft" in work.stages and (work.insights or not work.desk.failures):
            synthesis = _write(work, work.settings.created or now)
        _note_for_status(work)
        remember_requests(work)
        result = _result(work, synthesis, stopped, round(clock() - began, 3))
        if not stopped and _all_answered(work):
            kept = result.model_dump(mode="json")
            remember(folder, work.ledger, inputs=inputs, result=kept)
    return result


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


def _write(work: Work, created: str) -> Synthesis:
    """Write names.json and the three outputs, each whole or not at all.

    While answers are missing, ids are as they will be for now: names.json stays, so
    that the run that has all of them gives the same ids as if nothing had failed.
    """
    from icp_synth.exports.html import to_html
    from icp_synth.exports.json import to_json
    from icp_synth.exports.markdown import to_markdown

    assembly = Assembly(work, created)
    synthesis = _decided(work, assembly.synthesis())
    transcripts = {one.id: one for one in work.transcripts}
    language = work.settings.language
    body = to_json(synthesis)
    outputs = {
        "synthesis.json": body,
        "report.html": to_html(synthesis, transcripts, language=language),
        "report.md": to_markdown(synthesis, transcripts, language=language),
    }
    if _all_answered(work):
        write_names(work.folder, assembly.assignment.names)
    for name, text in outputs.items():
        write_atomic(work.folder / "out" / name, text)
    manifest = synthesis.manifest.model_dump(mode="json")
    work.ledger.runs.put_synthesis(
        synthesis_version(synthesis), manifest=manifest, body=body
    )
    return synthesis


def synthesis_version(synthesis: Synthesis) -> str:
    """Return the content hash of a synthesis, whenever it was made."""
    from icp_synth.domain.ids import content_id

    content = synthesis.model_dump(mode="json")
    del content["manifest"]["created"]
    return content_id("syn", content)


def _decided(work: Work, synthesis: Synthesis) -> Synthesis:
    """Put people's decisions on the claims that they were made about."""
    decisions = read_decisions(work.folder)
    if not decisions.records:
        return synthesis
    profiles: list[Icp | Persona] = [*synthesis.icps, *synthesis.personas]
    claims = [claim for profile in profiles for claim in profile.claims]
    bound = bind(decisions.records, claims, work.texts())
    decided = iter(bound.claims)
    new = [
        _with_claims(
            profile, tuple(_edited(next(decided), bound.texts) for _ in profile.claims)
        )
        for profile in profiles
    ]
    coverage = {
        **synthesis.coverage,
        "decisions": {
            "bound": sum(one.decision is not None for one in bound.claims),
            "lost": len(bound.lost),
            "problems": len(decisions.problems),
        },
    }
    return synthesis.model_copy(
        update={
            "icps": tuple(one for one in new if isinstance(one, Icp)),
            "personas": tuple(one for one in new if isinstance(one, Persona)),
            "coverage": coverage,
        }
    )


def _edited(claim: Claim, texts: Mapping[str, str]) -> Claim:
    text = texts.get(claim.id)
    return claim if text is None else claim.model_copy(update={"text": text})


def _with_claims(profile: Icp | Persona, claims: tuple[Claim, ...]) -> Icp | Persona:
    """Return the profile with decided claims; `reviewed` when nothing is left open."""
    settled = claims and all(
        claim.decision is not None and not claim.decision.stale for claim in claims
    )
    reviewed = profile.status == "draft" and settled
    status = "reviewed" if reviewed else profile.status
    return profile.model_copy(update={"claims": claims, "status": status})


def _result(
    work: Work, synthesis: Synthesis | None, stopped: str, seconds: float
) -> RunResult:
    totals = work.desk.budget.totals
    icps = synthesis.icps if synthesis is not None else ()
    personas = synthesis.personas if synthesis is not None else ()
    return RunResult(
        status=_status(work, stopped=bool(stopped)),
        transcripts=len(work.transcripts),
        participants=len(work.people),
        insights=len(work.insights),
        quarantined=len(work.quarantined),
        themes=len(work.themes),
        icps=sum(one.status != "too_little" for one in icps),
        personas=sum(one.status != "too_little" for one in personas),
        calls=totals.calls,
        pending=len(pending_requests(work)),
        cost=totals.cost,
        seconds=seconds,
        out=_out(work.folder, written=synthesis is not None),
        message=stopped or next_step(work) or _partly(work),
        pending_steps=pending_steps(work),
    )


def _out(folder: Path, *, written: bool) -> dict[str, str | None]:
    names = zip(("synthesis", "report", "markdown"), OUTPUTS, strict=True)
    return {key: str(folder / "out" / name) if written else None for key, name in names}


def _status(work: Work, *, stopped: bool) -> RunStatus:
    if stopped:
        return "stopped"
    if work.desk.pending:
        return "waiting"
    bad = any(one.status in BAD for one in work.ledger.transcripts.reports())
    failed = any(counts.failed for counts in work.stages.values())
    return "partial" if bad or failed else "done"


def _partly(work: Work) -> str:
    """Say what was left out, and what to do about it."""
    if _status(work, stopped=False) == "done":
        return ""
    which = f"`icp-synth status --project {work.folder}` says which and why"
    if not work.desk.failures:
        return f"Some sources were left out: {which}."
    return f"Some calls failed: {which}. Run again to ask only for these."
