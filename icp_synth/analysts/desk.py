"""Where requests are answered: from what is kept, from a model, or not yet.

One path for live, cached and imported answers. An answer that does not fit its
schema is asked for once more, with what was wrong; then what can be read of it is
kept, or its work counts as failed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from icp_synth.analysts.protocol import Asked
from icp_synth.domain.chat import ChatReply, ChatRequest
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

    Attributes:
        value: What the reply was read as, when done.
        reason: A stable code and a sentence, when failed.
        code: The code by itself.
        reply: That was read.
    """

    outcome: Literal["done", "failed", "pending"]
    value: T | None = None
    reason: str | None = None
    code: str = ""
    reply: ChatReply | None = None


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

    def settle(
        self,
        asked: Sequence[Asked[T]],
        *,
        before: int = 0,
        spare: Collection[str] = (),
    ) -> list[Settled[T]]:
        """Answer all, and once more those that do not fit their schema.

        Args:
            asked: In a fixed order.
            before: Items of the step that were done already, for `on_progress`.
            spare: Codes of failures that the caller has another way for, and
                gives to `fail` where that is at an end.

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
                outcome = self._better(one, outcome, second[again[position].key()])
            results.append(self._read(one, outcome, spare))
        return results

    def _better(self, asked: Asked[T], first: Outcome, second: Outcome) -> Outcome:
        """Keep the second answer; or what can be read of it, or else of the first."""
        kept = second.reply if isinstance(second, Answered) else None
        if isinstance(second, Failed):
            replies = [one.reply for one in (second, first) if isinstance(one, Failed)]
            kept = next((one for one in replies if _reads(asked, one)), None)
        if kept is None:
            return second
        # Filed under what was asked first, or a rerun would pay again.
        self._store.put_reply(asked.request, kept)
        return Answered(kept, cached=False)

    def fail(self, request: ChatRequest, reason: str) -> None:
        """Remember a request that ended without an answer that can be used."""
        self.failures.append(Failure(request.step, request.about, reason))

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

    def _read(
        self, asked: Asked[T], outcome: Outcome, spare: Collection[str]
    ) -> Settled[T]:
        if isinstance(outcome, Pending):
            self.pending.append(asked.request)
            return Settled("pending")
        if isinstance(outcome, Answered):
            try:
                value = asked.read(outcome.reply)
            except AnswerUnusable as error:
                outcome = Failed(error.outcome, error.message, outcome.reply)
            else:
                return Settled("done", value, reply=outcome.reply)
        reason = f"{outcome.code}: {outcome.message}"
        if outcome.code not in spare:
            self.fail(asked.request, reason)
        return Settled("failed", reason=reason, code=outcome.code)


def _reads(asked: Asked[T], reply: ChatReply | None) -> bool:
    """Tell whether a reply that was cut short by nothing can be read."""
    if reply is None or reply.finish != "stop":
        return False
    try:
        asked.read(reply)
    except AnswerUnusable:
        return False
    return True
