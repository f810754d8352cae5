"""Requests out to a file, answers back in: a run without an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.errors import NotFound, SettingsError
from icp_synth.llm.batch import ImportReport, export_line, import_lines
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.registry import go_through
from icp_synth.pipeline.session import open_work, price
from icp_synth.pipeline.waiting import asked, remember_requests
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import Call

STEPS = ("extract", "themes", "draft")


def pending(
    folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str
) -> list[ChatRequest]:
    """Return the requests that can be asked now; nothing is sent.

    They are kept in the ledger, so that `take_in` knows what was asked with which
    prompts without going through the stages again.

    Raises:
        NotFound: The project has no sources.
        SettingsError: No model is named.
    """
    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        if work.settings.model is None:
            msg = "No model is named, so there is nothing to ask."
            raise SettingsError(msg, hint="Give --model NAME, as for `run`.")
        go_through(work)
        return remember_requests(work)


def check_step(step: str | None) -> None:
    """Refuse a step that asks no model.

    Raises:
        SettingsError: There is no such step.
    """
    if step is not None and step not in STEPS:
        msg = f"There is no step {step!r} that asks a model."
        raise SettingsError(msg, hint=f"Choose one of {', '.join(STEPS)}.")


def to_lines(requests: Iterable[ChatRequest], step: str | None = None) -> list[str]:
    """Return OpenAI Batch lines, of one step or of all.

    Args:
        requests: As `pending` gave them.
        step: `extract`, `themes` or `draft`; None for all.

    Raises:
        SettingsError: There is no such step.
    """
    check_step(step)
    return [export_line(one) for one in requests if step in {None, one.step}]


def take_in(
    folder: Path, lines: Iterable[str], *, emit: Emit, now: str
) -> ImportReport:
    """Take answers in; each is checked and costed like a live one.

    Args:
        folder: The project folder.
        lines: Of a batch's output or error file.
        emit: Told of what happens.
        now: ISO 8601, for the log of calls.

    Raises:
        NotFound: Nothing was asked in this project yet, so no answer can fit.

    Returns:
        What became of the lines; `missing` are requests of the steps that the lines
        belong to, or of all where no line fits.
    """
    with open_work(folder, {}, emit=emit, now=now, ask=False) as work:
        known = asked(work.ledger)
        if known is None:
            msg = f"No requests were made in {folder}, so no answer can fit."
            hint = "Make them first: icp-synth batch export --model NAME -o FILE."
            raise NotFound(msg, hint=hint)
        requests, current = known
        with work.ledger.transaction():
            report = import_lines(lines, requests, work.ledger.replies)
            for key in report.accepted:
                reply = work.ledger.replies.get_reply(key)
                if reply is not None:
                    work.ledger.runs.record_call(_call(work, requests[key], reply, now))
    steps = _steps(report, requests)
    missing = tuple(
        key
        for key in report.missing
        if key in current and (not steps or requests[key].step in steps)
    )
    return report.model_copy(update={"missing": missing})


def _steps(report: ImportReport, requests: Mapping[str, ChatRequest]) -> frozenset[str]:
    """Return the steps that a file's lines belong to; none where nothing matched."""
    keys = (*report.accepted, *report.duplicate, *(one.key for one in report.failed))
    return frozenset(requests[key].step for key in keys if key in requests)


def _call(work: Work, request: ChatRequest, reply: ChatReply, now: str) -> Call:
    cost = price(work.settings, request.model)
    spent = cost.of(reply.usage) if cost is not None else None
    return Call(
        run=now,
        key=request.key(),
        step=request.step,
        model=request.model,
        endpoint=reply.endpoint,
        outcome="done",
        usage=reply.usage,
        cost=float(spent) if spent is not None else None,
        at=now,
    )
