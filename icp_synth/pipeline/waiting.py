"""What a run waits for: the requests that are not answered, and how to get answers."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from icp_synth.domain.chat import ChatRequest
from icp_synth.llm.connect import why_not
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import Ledger

_STATE = "pending_requests"


def pending_requests(work: Work) -> dict[str, ChatRequest]:
    """Return key → request of what this run could not answer."""
    return {one.key(): one for one in work.desk.pending}


def pending_steps(work: Work) -> tuple[str, ...]:
    """Return the steps that have requests without an answer, sorted."""
    return tuple(sorted({request.step for request in work.desk.pending}))


def remember_requests(work: Work) -> list[ChatRequest]:
    """Keep what is not answered, so that an import knows what was asked.

    Requests of earlier runs stay until they are answered: a batch may be under way.

    Returns:
        The requests of this run without an answer, each once.
    """
    requests = pending_requests(work)
    if requests or work.settings.model is not None:
        runs, replies = work.ledger.runs, work.ledger.replies
        kept: dict[str, Any] = (runs.get_state(_STATE) or {}).get("requests", {})
        kept |= {key: one.model_dump(mode="json") for key, one in requests.items()}
        open_ones = {k: one for k, one in kept.items() if replies.get_reply(k) is None}
        state = {"requests": open_ones, "current": sorted(requests)}
        runs.set_state(_STATE, state)
    return list(requests.values())


def asked(ledger: Ledger) -> tuple[Mapping[str, ChatRequest], frozenset[str]] | None:
    """Return what was asked and may be answered, and which of it the last run needs.

    None where no request was ever made here.
    """
    state = ledger.runs.get_state(_STATE)
    if state is None:
        return None
    requests = {
        key: ChatRequest.model_validate(one)
        for key, one in sorted(state["requests"].items())
    }
    return requests, frozenset(state["current"])


def next_step(work: Work) -> str:
    """Say what is missing and how to get it; empty when nothing is."""
    number = len(pending_requests(work))
    settings, steps = work.settings, pending_steps(work)
    if not number or settings.model is None:
        return ""
    project = f"--project {shlex.quote(str(work.folder))}"
    flags = [project, f"--model {shlex.quote(settings.model)}"]
    for name in ("prompts", "embedding"):
        value = getattr(settings, name)
        flags += [f"--{name} {shlex.quote(value)}"] if value else []
    if settings.language != "en":
        flags.append(f"--language {settings.language}")
    if len(steps) == 1:
        flags.append(f"--step {steps[0]}")
    many = "1 answer is" if number == 1 else f"{number} answers are"
    return (
        f"{many} missing: {why_not(settings.model)} Or make the requests with "
        f"`icp-synth batch export {' '.join(flags)} -o requests.jsonl`, have them "
        f"answered, take the answers in with `icp-synth batch import ANSWERS {project}`"
        " and run again."
    )
