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
from icp_synth.pipeline.events import Emit, StageBegan, StageEnded
from icp_synth.pipeline.registry import STAGES, Stage
from icp_synth.pipeline.session import open_work
from icp_synth.pipeline.status import COVERAGE_STATE
from icp_synth.pipeline.unchanged import kept_result, remember
from icp_synth.pipeline.work import Work
from icp_synth.project.decisions import bind, read_decisions
from icp_synth.project.files import write_atomic
from icp_synth.project.ledger import StageCounts
from icp_synth.project.names import write_names

RunStatus = Literal["done", "partial", "waiting", "stopped"]

EXIT_CODES: Mapping[RunStatus, int] = {
    "done": 0,
    "partial": 3,
    "waiting": 3,
    "stopped": 4,
}

_BAD_SOURCES = ("left_out", "refused", "failed")


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
    kept = kept_result(folder, flags)
    if kept is not None:
        same = RunResult.model_validate(kept)
        seconds = round(clock() - began, 3)
        return same.model_copy(update={"seconds": seconds, "calls": 0, "cost": 0.0})
    with open_work(folder, flags, emit=emit, now=now) as work:
        stopped = ""
        try:
            go_through(work)
        except Stopped as reason:
            stopped = str(reason)
        counted = coverage(work)["characters"]
        work.ledger.runs.set_state(COVERAGE_STATE, counted)
        out = None
        if "draft" in work.stages:
            out = _write(work, work.settings.created or now)
        result = _result(work, out, stopped, round(clock() - began, 3))
        if result.status == "done":
            remember(work, flags, result.model_dump(mode="json"))
    return result


def go_through(work: Work) -> None:
    """Run the stages until the end, or until one must wait for answers."""
    for position, stage in enumerate(STAGES):
        counts = _do(stage, work)
        if stage.needs_all and counts.pending:
            _skip(work, STAGES[position + 1 :])
            return


def _do(stage: Stage, work: Work) -> StageCounts:
    work.emit(StageBegan(stage=stage.name))
    counts = stage.run(work)
    work.stages[stage.name] = counts
    work.ledger.runs.put_stages({stage.name: counts})
    work.emit(StageEnded(stage=stage.name, **counts.model_dump()))
    work.desk.check()
    return counts


def _skip(work: Work, stages: tuple[Stage, ...]) -> None:
    work.ledger.runs.put_stages({stage.name: StageCounts() for stage in stages})


def _write(work: Work, created: str) -> Synthesis:
    """Write names.json and the three outputs, each whole or not at all."""
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
    steps = tuple(sorted({request.step for request in work.desk.pending}))
    out = work.folder / "out"
    written = synthesis is not None
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
        pending=len(work.desk.pending),
        cost=totals.cost,
        seconds=seconds,
        out={
            "synthesis": str(out / "synthesis.json") if written else None,
            "report": str(out / "report.html") if written else None,
            "markdown": str(out / "report.md") if written else None,
        },
        message=stopped or _next_step(work, steps),
        pending_steps=steps,
    )


def _status(work: Work, *, stopped: bool) -> RunStatus:
    if stopped:
        return "stopped"
    if work.desk.pending:
        return "waiting"
    bad = any(one.status in _BAD_SOURCES for one in work.ledger.transcripts.reports())
    failed = any(counts.failed for counts in work.stages.values())
    return "partial" if bad or failed else "done"


def _next_step(work: Work, steps: tuple[str, ...]) -> str:
    if not steps:
        return ""
    step = f" --step {steps[0]}" if len(steps) == 1 else ""
    model = work.settings.model
    return (
        f"{len(work.desk.pending)} answers are missing. Make the requests with "
        f"`icp-synth batch export --project {work.folder} --model {model}{step} "
        f"-o requests.jsonl`, have them answered, take the answers in with "
        f"`icp-synth batch import ANSWERS --project {work.folder}` and run again; "
        "or give a key or --base-url."
    )
