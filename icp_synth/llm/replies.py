"""Ask many requests: cached answers first, the rest live, each kept as it arrives.

Every reply is filed by what was asked, so the order of completion, the number in
flight and a crash in between change nothing: a rerun asks for what is missing. Only
an answer that ended by itself and fits its schema is kept; anything else is an
outcome with a code, never a silent loss.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    EndpointRefused,
    IcpSynthError,
    Interrupted,
    Stopped,
    StorageError,
)
from icp_synth.interrupts import again
from icp_synth.llm.completion import LIMIT
from icp_synth.llm.loop import run_here
from icp_synth.llm.protocol import (
    ChatModel,
    ChatReply,
    ChatRequest,
    Closing,
    ReplyStore,
)
from icp_synth.llm.repair import parse_answer
from icp_synth.llm.usage import Budget

GRACE: Final = 20.0
"""Seconds that calls in flight may take to finish after Ctrl-C."""

STAGGER: Final = 0.006
"""Seconds between the starts of two workers, a little more than a call's CPU time.

Answers that were asked for together come back together and wait for one another, again
and again: 32 in flight lose a tenth. Nor is a wrong key sent 32 times.
"""

_ENDINGS: Final = {
    "length": ("truncated", "The answer was cut off at its token limit."),
    "refused": ("refused", "The model refused to answer."),
    "filtered": ("filtered", "The provider's content filter stopped the answer."),
    "empty": ("empty", "The answer was empty."),
}


@dataclass(frozen=True)
class Answered:
    """There is a usable reply; `cached` means that nothing was sent for it."""

    reply: ChatReply
    cached: bool


@dataclass(frozen=True)
class Failed:
    """The call ended without a usable reply.

    Attributes:
        code: `truncated`, `refused`, `filtered`, `empty`, `invalid`, or a
            CallFailed's outcome.
        message: One line for a person, with what to do.
        reply: What came back, if anything did; never kept.
    """

    code: str
    message: str
    reply: ChatReply | None = None


@dataclass(frozen=True)
class Pending:
    """Not asked: no model, or asking was stopped before its turn."""


Outcome = Answered | Failed | Pending


@dataclass(frozen=True)
class Answers:
    """What became of each request.

    Attributes:
        outcomes: Key → outcome, in the order of the requests.
        stopped: Why asking ended early (key refused, quota, budget, disk, Ctrl-C);
            None when every request had its turn.
    """

    outcomes: Mapping[str, Outcome]
    stopped: IcpSynthError | None = None

    def check(self) -> None:
        """Raise the reason why asking ended early, if it did."""
        if self.stopped is not None:
            raise self.stopped


OnOutcome = Callable[[ChatRequest, Outcome], None]


async def ask_all(
    requests: Iterable[ChatRequest],
    *,
    store: ReplyStore,
    model: ChatModel | None,
    concurrency: int = 8,
    budget: Budget | None = None,
    on_outcome: OnOutcome | None = None,
) -> Answers:
    """Answer requests from the store and, where they are missing, by the model.

    Equal requests are asked once. A refused key, a used-up quota, a reached budget or
    a full disk stops the dispatch; calls in flight are finished and kept. When the
    task is cancelled, they get `GRACE` seconds, then the cancellation goes on.

    Args:
        requests: In a fixed order.
        store: Where replies are kept.
        model: None leaves what is missing `Pending`.
        concurrency: Most calls in flight.
        budget: Counts usage, and stops at its limit if it has one.
        on_outcome: Told of each outcome as it is known, `Pending` at the end.
    """
    asking = _Asking(store, model, budget or Budget(), on_outcome)
    await asking.run(requests, concurrency)
    return asking.answers()


def answer(
    requests: Iterable[ChatRequest],
    *,
    store: ReplyStore,
    model: ChatModel | None,
    concurrency: int = 8,
    budget: Budget | None = None,
    on_outcome: OnOutcome | None = None,
) -> Answers:
    """Do `ask_all` from synchronous code; Ctrl-C ends it with `Interrupted`.

    The first Ctrl-C lets calls in flight finish (`GRACE`), the second does not. The
    model's connections are closed at the end. Arguments are those of `ask_all`.
    """
    asking = _Asking(store, model, budget or Budget(), on_outcome)
    asking.look_up(requests)
    if asking.todo:
        try:
            run_here(asking.ask_and_close(concurrency))
        except KeyboardInterrupt:
            asking.stop(
                Interrupted(
                    "Interrupted; the answers that came in are kept.",
                    hint=f"Next: {again()} goes on from here.",
                )
            )
    return asking.answers()


class _Asking:
    """One round: what is known, what is to be asked, and why it stopped."""

    def __init__(
        self,
        store: ReplyStore,
        model: ChatModel | None,
        budget: Budget,
        on_outcome: OnOutcome | None,
    ) -> None:
        self._store = store
        self._model = model
        self._budget = budget
        self._on_outcome = on_outcome
        self._requests: dict[str, ChatRequest] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._stopped: IcpSynthError | None = None
        self.todo: deque[str] = deque()

    async def run(self, requests: Iterable[ChatRequest], concurrency: int) -> None:
        self.look_up(requests)
        await self._ask(concurrency)

    async def ask_and_close(self, concurrency: int) -> None:
        try:
            await self._ask(concurrency)
        finally:
            await _close(self._model)

    def look_up(self, requests: Iterable[ChatRequest]) -> None:
        """Serve what is kept and queue the rest."""
        for request in requests:
            key = request.key()
            if key in self._requests:
                continue
            self._requests[key] = request
            kept = self._store.get_reply(key)
            if kept is not None and kept.finish == "stop" and kept.text:
                self._budget.hit()
                self._settle(key, Answered(kept, cached=True))
            elif self._model is not None:
                self.todo.append(key)

    def answers(self) -> Answers:
        """Return the outcomes in the order of the requests."""
        for key, request in self._requests.items():
            if key not in self._outcomes:
                self._outcomes[key] = Pending()
                if self._on_outcome is not None:
                    self._on_outcome(request, self._outcomes[key])
        ordered = {key: self._outcomes[key] for key in self._requests}
        return Answers(outcomes=ordered, stopped=self._stopped)

    def stop(self, reason: IcpSynthError) -> None:
        """Ask nothing more; the first reason stays."""
        self._stopped = self._stopped or reason
        self.todo.clear()

    async def _ask(self, concurrency: int) -> None:
        if self._model is None or not self.todo:
            return
        model = self._model
        workers = [
            asyncio.create_task(self._work(model, at * STAGGER))
            for at in range(min(concurrency, len(self.todo)))
        ]
        try:
            await asyncio.wait(workers, return_when=asyncio.FIRST_EXCEPTION)
        except asyncio.CancelledError:
            self.todo.clear()
            await asyncio.wait(workers, timeout=GRACE)
            raise
        finally:
            for worker in workers:
                worker.cancel()
            ended = await asyncio.gather(*workers, return_exceptions=True)
        for error in ended:
            if isinstance(error, Exception):
                raise error

    async def _work(self, model: ChatModel, after: float) -> None:
        await asyncio.sleep(after)
        while self.todo:
            key = self.todo.popleft()
            try:
                outcome = await self._one(model, key, self._requests[key])
            except (EndpointRefused, Stopped, StorageError) as reason:
                self.stop(reason)
                return
            self._settle(key, outcome)

    async def _one(self, model: ChatModel, key: str, request: ChatRequest) -> Outcome:
        outcome = await self._call(model, request)
        if isinstance(outcome, Failed) and outcome.code == "truncated":
            roomier = with_more_room(request)
            if roomier is not None:
                # Filed under what was asked first, or a rerun would pay again.
                outcome = _second(outcome, await self._call(model, roomier), roomier)
        if isinstance(outcome, Answered):
            # What is kept is what was said, not how long that took this time.
            kept = outcome.reply.model_copy(update={"seconds": None})
            self._store.put_reply(request, kept)
        return outcome

    async def _call(self, model: ChatModel, request: ChatRequest) -> Outcome:
        amount = self._budget.reserve(request)
        try:
            reply = await model.complete(request)
        except CallFailed as error:
            # Not answered in time, or answered with rubbish: billed all the same.
            if error.outcome == "timeout" or isinstance(error, AnswerUnusable):
                self._budget.settle_unknown(request, amount)
            else:
                self._budget.settle(request, amount, None)
            return Failed(error.outcome, str(error))
        except BaseException:
            self._budget.settle(request, amount, None)
            raise
        self._budget.settle(request, amount, reply)
        return judge(request, reply)

    def _settle(self, key: str, outcome: Outcome) -> None:
        self._outcomes[key] = outcome
        if self._on_outcome is not None:
            self._on_outcome(self._requests[key], outcome)


async def _close(model: ChatModel | None) -> None:
    if model is not None and isinstance(model, Closing):
        await model.aclose()


def judge(request: ChatRequest, reply: ChatReply) -> Answered | Failed:
    """Return whether a reply may be kept: how it ended first, then its schema.

    Args:
        request: What was asked.
        reply: What came back, live or from a batch.
    """
    if reply.finish in _ENDINGS:
        code, message = _ENDINGS[reply.finish]
        return Failed(code, message, reply)
    try:
        parse_answer(reply.text, request.response_schema)
    except AnswerUnusable as error:
        return Failed(error.outcome, error.message, reply)
    return Answered(reply, cached=False)


def _second(first: Failed, outcome: Outcome, roomier: ChatRequest) -> Outcome:
    if not isinstance(outcome, Answered) or first.reply is None:
        return outcome
    reply = outcome.reply
    note = f"{LIMIT} raised to {roomier.parameters[LIMIT]}"
    changed = {
        "attempts": reply.attempts + first.reply.attempts,
        "notes": (*reply.notes, note),
    }
    return Answered(reply.model_copy(update=changed), cached=False)


def with_more_room(request: ChatRequest) -> ChatRequest | None:
    """Return the request with twice the room for its answer, None if it names none."""
    room = request.parameters.get(LIMIT)
    if not isinstance(room, int):
        return None
    parameters = {**request.parameters, LIMIT: room * 2}
    return request.model_copy(update={"parameters": parameters})
