"""Open a project for one run: settings, ledger, analyst, vectors, desk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.protocol import Analyst
from icp_synth.domain.brief import Study
from icp_synth.embedding.protocol import Embedder
from icp_synth.errors import SettingsError
from icp_synth.llm.connect import connect, model_name
from icp_synth.llm.protocol import ChatModel, ChatRequest
from icp_synth.llm.replies import Answered, Failed, Outcome
from icp_synth.llm.usage import Budget, Price, price_of
from icp_synth.pipeline.events import Advanced, Emit
from icp_synth.pipeline.sources import require_sources
from icp_synth.pipeline.work import Work
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Call, Ledger
from icp_synth.prompting import check_folder
from icp_synth.settings import Settings, resolve


@contextmanager
def open_work(
    folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str, ask: bool = True
) -> Iterator[Work]:
    """Open a project to write, for the length of a `with` block.

    Args:
        folder: The project folder.
        flags: As for `icp_synth.settings.resolve`.
        emit: Told of what happens.
        now: ISO 8601; logged with calls.
        ask: Send what is not answered yet; otherwise answer from the store alone.

    Raises:
        NotFound: The project has no sources.
        ProjectLocked: Another process writes this project.
        SettingsError: A setting does not fit.
    """
    study = load_study(folder)
    require_sources(folder, study)
    settings = resolve(flags, os.environ, study)
    with Ledger.open(folder, write=True) as ledger:
        yield Work(
            folder=folder,
            ledger=ledger,
            study=study,
            settings=settings,
            analyst=analyst_of(settings, study),
            embedder=embedder_of(settings),
            desk=_desk(settings, ledger, emit, now=now, ask=ask),
            emit=emit,
        )


def analyst_of(settings: Settings, study: Study) -> Analyst:
    """Return who reads: a model where one is named, else the embedded analyst."""
    if settings.model is None:
        from icp_synth.analysts.embedded import EmbeddedAnalyst

        return EmbeddedAnalyst()
    from icp_synth.analysts.llm import LlmAnalyst

    prompts = Path(settings.prompts) if settings.prompts else None
    if prompts is not None:
        check_folder(prompts)
    return LlmAnalyst(
        model_name(settings.model),
        study.brief,
        prompts=prompts,
        parameters=settings.parameters,
    )


def embedder_of(settings: Settings) -> Embedder:
    """Return what makes vectors: the embedded hashing, or an endpoint's model.

    Raises:
        SettingsError: An endpoint's vectors are wanted and it cannot be reached.
    """
    if settings.embedding in {None, "embedded"}:
        from icp_synth.embedding.embedded import EmbeddedEmbedder

        return EmbeddedEmbedder()
    from icp_synth.embedding.openai import OpenAIEmbedder
    from icp_synth.llm.vectors import connect_vectors

    client = connect_vectors(
        str(settings.embedding), base_url=settings.base_url, timeout=settings.timeout
    )
    if client is None:
        msg = f"There is no key or address for the vectors of {settings.embedding!r}."
        hint = (
            "Set OPENAI_API_KEY, or base_url under [model] of study.toml; or give"
            " --embedding embedded."
        )
        raise SettingsError(msg, hint=hint)
    return OpenAIEmbedder(client)


def price(settings: Settings, model: str | None = None) -> Price | None:
    """Return the price of a model, or None where nobody knows it.

    Args:
        settings: With own prices, if there are any.
        model: Name without prefix; the one that reads when None.
    """
    name = model or (model_name(settings.model) if settings.model else None)
    if name is None:
        return None
    given, made = settings.prices
    own = {"input": given, "output": made or 0} if given is not None else None
    return price_of(name, {name: own} if own else None)


def _desk(
    settings: Settings, ledger: Ledger, emit: Emit, *, now: str, ask: bool
) -> Desk:
    model: ChatModel | None = None
    if settings.model is not None and ask:
        model = connect(
            settings.model,
            base_url=settings.base_url,
            timeout=settings.timeout,
            concurrency=settings.in_flight,
        )
    cost = price(settings)

    def log(request: ChatRequest, outcome: Outcome) -> None:
        if isinstance(outcome, Failed) or (
            isinstance(outcome, Answered) and not outcome.cached
        ):
            ledger.runs.record_call(_call(request, outcome, cost, now))

    budget = Budget(settings.budget, price=cost)

    def show(step: str, done: int, total: int) -> None:
        spent = budget.totals.cost
        emit(Advanced(stage=step, done=done, total=total, cost=spent))

    return Desk(
        ledger.replies,
        model,
        in_flight=settings.in_flight,
        budget=budget,
        on_outcome=log,
        on_progress=show,
    )


def _call(
    request: ChatRequest, outcome: Answered | Failed, cost: Price | None, now: str
) -> Call:
    reply = outcome.reply
    spent = cost.of(reply.usage) if cost is not None and reply is not None else None
    return Call(
        run=now,
        key=request.key(),
        step=request.step,
        model=request.model,
        endpoint=reply.endpoint if reply is not None else "",
        outcome="done" if isinstance(outcome, Answered) else outcome.code,
        attempts=reply.attempts if reply is not None else 1,
        usage=reply.usage if reply is not None else Call.model_fields["usage"].default,
        cost=float(spent) if spent is not None else None,
        at=now,
    )
