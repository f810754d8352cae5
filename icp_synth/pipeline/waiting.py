"""What a run waits for: the requests that are not answered, and how to get answers."""

from __future__ import annotations

from icp_synth.analysts.waiting import how_to_answer, remember
from icp_synth.domain.chat import ChatRequest
from icp_synth.pipeline.work import Work
from icp_synth.settings import WINDOW


def pending_requests(work: Work) -> dict[str, ChatRequest]:
    """Return key → request of what this run could not answer."""
    return {one.key(): one for one in work.desk.pending}


def pending_steps(work: Work) -> tuple[str, ...]:
    """Return the steps that have requests without an answer, sorted."""
    return tuple(sorted({request.step for request in work.desk.pending}))


def remember_requests(work: Work) -> list[ChatRequest]:
    """Keep what is not answered, so that an import knows what was asked.

    Returns:
        The requests of this run without an answer, each once.
    """
    requests = list(pending_requests(work).values())
    remember(work.ledger, requests, model=work.settings.model, beside=False)
    return requests


def next_step(work: Work) -> str:
    """Say what is missing and how to get it; empty when nothing is."""
    settings, steps = work.settings, pending_steps(work)
    if settings.model is None:
        return ""
    flags: list[str] = []
    for name in ("prompts", "embedding", "challenge"):
        value = getattr(settings, name)
        flags += [f"--{name}", value] if value else []
    if settings.language != "en":
        flags += ["--language", settings.language]
    flags += ["--gleaning", str(settings.gleaning)] if settings.gleaning else []
    flags += ["--window", str(settings.window)] if settings.window != WINDOW else []
    if len(steps) == 1:
        flags += ["--step", steps[0]]
    return how_to_answer(
        len(pending_requests(work)),
        model=settings.model,
        place=["--project", str(work.folder)],
        flags=flags,
    )
