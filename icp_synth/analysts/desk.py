"""Where requests are answered: from what is kept, from a model, or not yet.

One path for live, cached and imported answers. An answer that does not fit its
schema is asked for once more, with what was wrong; then its work counts as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from icp_synth.analysts.protocol import Asked
from icp_synth.domain.chat import ChatRequest
from icp_synth.errors import AnswerUnusable, IcpSynthError
from icp_synth.llm.protocol import ChatModel, ReplyStore
from icp_synth.llm.replies import (
    Answered,
    Failed,
    OnOutcome,
    Outcome,
    Pending,
    answer,
)
from icp_synth.llm.usage import Budget

T = TypeVar("T")

OnProgress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Settled(Generic[T]):
    """What became of one request: a value, or why there is none.

    `reason` is None when done; a stable code and a sentence when failed.
    """

    outcome: Literal["done", "failed", "pending"]
    value: T | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Failure:
    """A request that ended without an answer that can be used.

    Attributes:
        step: Of the pipeline.
        about: The transcripts whose words were asked about.
        reason: A stable code and a sentence.
    """

    step: str
    about: tuple[str, ...]
    reason: str


class Desk:
    """Answers what analysts ask, and remembers what it could not.

    Args:
        store: Where replies are kept.
        model: None answers from the store alone.
        in_flight: Most calls at the same time.
        budget: Counts usage, and stops at its limit.
        on_outcome: Told of each answer as it is known.
        on_progress: Told of the step, how much of it is done, and how much there is.
    """

    def __init__(
        self,
        store: ReplyStore,
        model: ChatModel | None = None,
        *,
        in_flight: int = 8,
        budget: Budget | None = None,
        on_outcome: OnOutcome | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._store = store
        self._model = model
        self._in_flight = in_flight
        self._on_outcome = on_outcome
        self._on_progress = on_progress
        self._stopped: IcpSynthError | None = None
        self.budget = budget or Budget()
        self.pending: list[ChatRequest] = []
        self.failures: list[Failure] = []

    def settle(self, asked: Sequence[Asked[T]], *, before: int = 0) -> list[Settled[T]]:
        """Answer all, and once more those that do not fit their schema.

        Args:
            asked: In a fixed order.
            before: Items of the step that were done already, for `on_progress`.

        Returns:
            One result for each, in the order given. Where asking was stopped, the
            rest is `pending`, and `check` says why.
        """
        outcomes = self._answer([one.request for one in asked], before=before)
        again = {
            position: one.again(outcome.reply, outcome.message)
            for position, one in enumerate(asked)
            if isinstance(outcome := outcomes[one.request.key()], Failed)
            and outcome.code == "invalid"
            and outcome.reply is not None
        }
        firm = before + len(asked) - len(again)
        second = self._answer(list(again.values()), before=firm)
        results = []
        for position, one in enumerate(asked):
            outcome = outcomes[one.request.key()]
            if position in again:
                outcome = second[again[position].key()]
                if isinstance(outcome, Answered):
                    # Filed under what was asked first, or a rerun would pay again.
                    self._store.put_reply(one.request, outcome.reply)
            results.append(self._read(one, outcome))
        return results

    def check(self) -> None:
        """Raise the reason why asking was stopped, if it was.

        Raises:
            Stopped: By budget or quota.
            EndpointRefused: The endpoint refuses the key or the model.
            Interrupted: By the user.
        """
        if self._stopped is not None:
            raise self._stopped

    def _answer(
        self, requests: Sequence[ChatRequest], *, before: int
    ) -> dict[str, Outcome]:
        done = before

        def tell(request: ChatRequest, outcome: Outcome) -> None:
            nonlocal done
            if self._on_outcome is not None:
                self._on_outcome(request, outcome)
            if self._on_progress is not None and not isinstance(outcome, Pending):
                done += 1
                self._on_progress(request.step, done, before + len(requests))

        answers = answer(
            requests,
            store=self._store,
            model=self._model if self._stopped is None else None,
            concurrency=self._in_flight,
            budget=self.budget,
            on_outcome=tell,
        )
        self._stopped = self._stopped or answers.stopped
        return dict(answers.outcomes)

    def _read(self, asked: Asked[T], outcome: Outcome) -> Settled[T]:
        if isinstance(outcome, Answered):
            try:
                return Settled("done", asked.read(outcome.reply))
            except AnswerUnusable as error:
                return self._failed(asked.request, error.outcome, error.message)
        if isinstance(outcome, Failed):
            return self._failed(asked.request, outcome.code, outcome.message)
        self.pending.append(asked.request)
        return Settled("pending")

    def _failed(self, request: ChatRequest, code: str, message: str) -> Settled[T]:
        reason = f"{code}: {message}"
        self.failures.append(Failure(request.step, request.about, reason))
        return Settled("failed", reason=reason)
