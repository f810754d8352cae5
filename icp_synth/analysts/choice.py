"""Who reads, by the settings, and where its requests are answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.protocol import Analyst
from icp_synth.domain.brief import Study
from icp_synth.llm.connect import connect, model_name
from icp_synth.llm.protocol import ChatModel, ChatRequest
from icp_synth.llm.replies import Answered, Failed, Outcome
from icp_synth.llm.usage import Budget, Price, price_of
from icp_synth.project.ledger import Call, Ledger
from icp_synth.prompting import check_folder
from icp_synth.settings import Settings

Show = Callable[[str, int, int, float | None], None]
"""Told of a step, how much of it is done, how much there is, and dollars spent."""


def analyst_of(settings: Settings, study: Study, *, held_out: bool = False) -> Analyst:
    """Return who reads: a model where one is named, else the embedded analyst.

    Args:
        settings: Which model, and with which prompts.
        study: Of which a model sees a part.
        held_out: The embedded analyst reads a text that it learnt from with weights
            that did not see it: the only figure on such a text that says anything.
    """
    if settings.model is None:
        from icp_synth.analysts.embedded import EmbeddedAnalyst

        return EmbeddedAnalyst(held_out=held_out)
    from icp_synth.analysts.llm import LlmAnalyst

    prompts = Path(settings.prompts) if settings.prompts else None
    if prompts is not None:
        check_folder(prompts)
    return LlmAnalyst(
        model_name(settings.model),
        study.brief,
        prompts=prompts,
        parameters=settings.parameters,
        gleaning=settings.gleaning,
    )


def trained_on(analyst: Analyst) -> frozenset[str]:
    """Return the SHA-256 of each text that the analyst's shipped weights learnt from.

    A figure on such a text says nothing about others. What a language model learnt
    from is not known here: the answer for one is empty, as for an analyst that reads
    each text with weights that did not see it.
    """
    if analyst.model is not None or getattr(analyst, "held_out", False):
        return frozenset()
    from icp_synth.analysts.embedded.model import weights

    return frozenset(weights()["sources"].values())


def held_out_from(analyst: Analyst, text_sha256: str) -> bool:
    """Tell whether a text was learnt from and is read by weights that did not see it.

    Args:
        analyst: As `analyst_of(…, held_out=True)` gives it.
        text_sha256: Of the canonical text.
    """
    if analyst.model is not None or not getattr(analyst, "held_out", False):
        return False
    from icp_synth.analysts.embedded.model import fold_of

    return fold_of(text_sha256) is not None


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


def desk_of(
    settings: Settings, ledger: Ledger, *, now: str, ask: bool, show: Show
) -> Desk:
    """Return the desk that answers from a ledger, and from a model where there is one.

    Args:
        settings: Which model, where, at what price and within which budget.
        ledger: Keeps replies and the log of calls; open to write.
        now: ISO 8601; logged with calls.
        ask: Send what is not answered yet; otherwise answer from the store alone.
        show: Told of each answer.
    """
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

    def tell(step: str, done: int, total: int) -> None:
        show(step, done, total, budget.totals.cost)

    return Desk(
        ledger.replies,
        model,
        in_flight=settings.in_flight,
        budget=budget,
        on_outcome=log,
        on_progress=tell,
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
        seconds=reply.seconds if reply is not None else None,
        at=now,
    )
