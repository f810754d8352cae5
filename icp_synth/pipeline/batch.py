"""Requests out to a file, answers back in: a run without an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from icp_synth.domain.chat import ChatRequest
from icp_synth.errors import SettingsError
from icp_synth.llm.batch import ImportReport, export_line, import_lines
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.run import go_through
from icp_synth.pipeline.session import open_work, price
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import Call

_STATE = "pending_requests"
STEPS = ("extract", "themes", "draft")


def pending(
    folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str
) -> list[ChatRequest]:
    """Return the requests that can be asked now; nothing is sent.

    They are kept in the ledger, so that `take_in` knows what was asked with which
    prompts without going through the stages again.

    Raises:
        SettingsError: No model is named.
    """
    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        if work.settings.model is None:
            msg = "No model is named, so there is nothing to ask."
            raise SettingsError(msg, hint="Give --model NAME, as for `run`.")
        go_through(work)
        requests = {one.key(): one for one in work.desk.pending}
        _remember(work, requests)
    return list(requests.values())


def _remember(work: Work, requests: Mapping[str, ChatRequest]) -> None:
    kept: dict[str, Any] = work.ledger.runs.get_state(_STATE) or {}
    known = work.ledger.replies.known(list(kept))
    kept = {key: one for key, one in kept.items() if key not in known}
    kept.update({key: one.model_dump(mode="json") for key, one in requests.items()})
    work.ledger.runs.set_state(_STATE, kept)


def to_lines(requests: Iterable[ChatRequest], step: str | None = None) -> list[str]:
    """Return OpenAI Batch lines, of one step or of all.

    Args:
        requests: As `pending` gave them.
        step: `extract`, `themes` or `draft`; None for all.

    Raises:
        SettingsError: There is no such step.
    """
    if step is not None and step not in STEPS:
        msg = f"There is no step {step!r} that asks a model."
        raise SettingsError(msg, hint=f"Choose one of {', '.join(STEPS)}.")
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
    """
    with open_work(folder, {}, emit=emit, now=now, ask=False) as work:
        kept: dict[str, Any] = work.ledger.runs.get_state(_STATE) or {}
        wanted = {
            key: ChatRequest.model_validate(one) for key, one in sorted(kept.items())
        }
        store = work.ledger.replies
        with work.ledger.transaction():
            report = import_lines(lines, wanted, store)
            for key in report.accepted:
                reply = store.get_reply(key)
                if reply is None:
                    continue
                cost = price(work.settings, wanted[key].model)
                spent = cost.of(reply.usage) if cost is not None else None
                work.ledger.runs.record_call(
                    Call(
                        run=now,
                        key=key,
                        step=wanted[key].step,
                        model=wanted[key].model,
                        endpoint=reply.endpoint,
                        outcome="done",
                        usage=reply.usage,
                        cost=float(spent) if spent is not None else None,
                        at=now,
                    )
                )
    return report
