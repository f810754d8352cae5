from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from icp_synth.errors import (
    AnswerUnusable,
    BudgetReached,
    CallFailed,
    EndpointRefused,
    EndpointUnavailable,
    Interrupted,
    QuotaExhausted,
    StorageError,
)
from icp_synth.llm import replies
from icp_synth.llm.protocol import ChatReply, ChatRequest, Finish, Usage
from icp_synth.llm.replies import (
    Answered,
    Failed,
    Outcome,
    Pending,
    answer,
    ask_all,
)
from icp_synth.llm.scripted import Line, ScriptedChat
from icp_synth.llm.usage import Budget, Price
from tests.llm.helpers import GOOD, MemoryStore, request

SOME = [request(f"{at}: text") for at in range(6)]


def codes(outcomes: list[Outcome]) -> list[str]:
    return [
        one.code if isinstance(one, Failed) else type(one).__name__.lower()
        for one in outcomes
    ]


def test_every_answer_is_kept_and_the_second_time_nothing_is_asked() -> None:
    store, model = MemoryStore(), ScriptedChat(lambda _: GOOD)
    first = answer(SOME, store=store, model=model)
    second = answer(SOME, store=store, model=model)
    assert len(model.history) == 6
    assert all(
        isinstance(one, Answered) and one.cached for one in second.outcomes.values()
    )
    assert list(first.outcomes) == [one.key() for one in SOME]


def test_equal_requests_are_asked_once() -> None:
    model = ScriptedChat(lambda _: GOOD)
    answers = answer([SOME[0]] * 5, store=MemoryStore(), model=model)
    assert len(model.history) == len(answers.outcomes) == 1


def test_without_a_model_what_is_not_kept_is_pending() -> None:
    store = MemoryStore()
    answer(SOME[:2], store=store, model=ScriptedChat(lambda _: GOOD))
    answers = answer(SOME[:4], store=store, model=None)
    assert codes(list(answers.outcomes.values())) == ["answered"] * 2 + ["pending"] * 2
    answers.check()


@pytest.mark.parametrize(
    ("finish", "code"),
    [
        ("length", "truncated"),
        ("refused", "refused"),
        ("filtered", "filtered"),
        ("empty", "empty"),
    ],
)
def test_an_answer_that_did_not_end_by_itself_is_never_kept(
    finish: Finish, code: str
) -> None:
    store = MemoryStore()
    model = ScriptedChat([ChatReply(text=GOOD, finish=finish)])
    outcome = answer(SOME[:1], store=store, model=model).outcomes[SOME[0].key()]
    assert isinstance(outcome, Failed)
    assert outcome.code == code
    assert outcome.reply is not None
    assert store.kept == {}


@pytest.mark.parametrize("text", ["I would say no", '{"pains": "none"}'])
def test_an_answer_that_does_not_fit_is_handed_back_and_not_kept(text: str) -> None:
    store = MemoryStore()
    answers = answer(SOME[:1], store=store, model=ScriptedChat([text]))
    outcome = answers.outcomes[SOME[0].key()]
    assert isinstance(outcome, Failed)
    assert (outcome.code, outcome.reply and outcome.reply.text) == ("invalid", text)
    assert store.kept == {}


def test_a_truncated_answer_gets_twice_the_room_once() -> None:
    asked = request(parameters={"max_tokens": 100})
    cut = ChatReply(text="{", finish="length")
    store, model = MemoryStore(), ScriptedChat([cut, GOOD])
    answer([asked], store=store, model=model)
    assert [one.parameters["max_tokens"] for one in model.history] == [100, 200]
    kept = store.kept[asked.key()]
    assert (kept.attempts, kept.notes) == (2, ("max_tokens raised to 200",))


def test_a_twice_truncated_answer_is_truncated() -> None:
    cut = ChatReply(text="{", finish="length")
    asked = request(parameters={"max_tokens": 100})
    model = ScriptedChat([cut, cut, GOOD])
    answers = answer([asked], store=MemoryStore(), model=model)
    assert codes(list(answers.outcomes.values())) == ["truncated"]
    assert len(model.history) == 2


def test_one_poison_request_fails_and_the_others_do_not() -> None:
    poison = EndpointUnavailable("down", outcome="server_error", hint="Try later.")
    script = {one.key(): GOOD for one in SOME} | {SOME[3].key(): poison}
    store = MemoryStore()
    answers = answer(SOME, store=store, model=ScriptedChat(script))
    assert answers.stopped is None
    assert answers.outcomes[SOME[3].key()] == Failed("server_error", "down Try later.")
    assert len(store.kept) == 5


@pytest.mark.parametrize(
    "reason", [EndpointRefused("key"), QuotaExhausted("quota"), StorageError("full")]
)
def test_what_concerns_all_calls_stops_the_dispatch(reason: Exception) -> None:
    store = MemoryStore()
    model = ScriptedChat([GOOD, reason, GOOD, GOOD])
    answers = answer(SOME, store=store, model=model, concurrency=1)
    assert answers.stopped is reason
    assert codes(list(answers.outcomes.values())) == ["answered"] + ["pending"] * 5
    assert len(model.history) == 2
    with pytest.raises(type(reason)):
        answers.check()


class Held:
    """A model whose calls end when they are let go."""

    name = "held"

    def __init__(self, line: Callable[[ChatRequest], str | Exception]) -> None:
        self._line = line
        self.begun: list[ChatRequest] = []
        self.let_go = asyncio.Event()
        self.closed = 0

    async def complete(self, request: ChatRequest) -> ChatReply:
        self.begun.append(request)
        line = self._line(request)
        if isinstance(line, Exception):
            raise line
        await self.let_go.wait()
        return ChatReply(text=line)

    async def aclose(self) -> None:
        self.closed += 1


def test_calls_in_flight_are_finished_and_kept_when_asking_stops() -> None:
    store = MemoryStore()

    def line(asked: ChatRequest) -> str | Exception:
        if asked != SOME[2]:
            return GOOD
        model.let_go.set()
        return QuotaExhausted("quota")

    model = Held(line)
    answers = answer(SOME, store=store, model=model, concurrency=3)
    assert isinstance(answers.stopped, QuotaExhausted)
    assert set(store.kept) == {SOME[0].key(), SOME[1].key()}
    assert model.closed == 1


def test_a_cancelled_task_finishes_what_is_in_flight_and_stays_cancelled() -> None:
    store, model = MemoryStore(), Held(lambda _: GOOD)

    async def run() -> None:
        asking = asyncio.create_task(
            ask_all(SOME, store=store, model=model, concurrency=2)
        )
        while len(model.begun) < 2:
            await asyncio.sleep(0)
        asking.cancel()
        await asyncio.sleep(0)
        model.let_go.set()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(run())
    assert set(store.kept) == {SOME[0].key(), SOME[1].key()}


def test_grace_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "GRACE", 0.0)
    store, model = MemoryStore(), Held(lambda _: GOOD)

    async def run() -> None:
        asking = asyncio.create_task(ask_all(SOME, store=store, model=model))
        while not model.begun:
            await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

    asyncio.run(run())
    assert store.kept == {}


def test_ctrl_c_ends_with_interrupted_and_what_came_in() -> None:
    store = MemoryStore()
    tasks: list[asyncio.Task[None]] = []

    async def let_go_later() -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        model.let_go.set()

    def line(asked: ChatRequest) -> str:
        if asked == SOME[1]:
            os.kill(os.getpid(), signal.SIGINT)
            tasks.append(asyncio.create_task(let_go_later()))
        return GOOD

    model = Held(line)
    answers = answer(SOME, store=store, model=model, concurrency=2)
    assert isinstance(answers.stopped, Interrupted)
    assert codes(list(answers.outcomes.values())) == ["answered"] * 2 + ["pending"] * 4
    assert len(store.kept) == 2


def test_a_bug_is_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        answer(SOME, store=MemoryStore(), model=ScriptedChat([ZeroDivisionError()]))


@given(st.lists(st.integers(0, 7), min_size=12, max_size=12), st.integers(1, 16))
def test_the_order_of_completion_changes_nothing(
    delays: list[int], concurrency: int
) -> None:
    store = MemoryStore()
    left = iter(delays)

    class Shuffled:
        name = "shuffled"

        async def complete(self, request: ChatRequest) -> ChatReply:
            for _ in range(next(left)):
                await asyncio.sleep(0)
            return ChatReply(text=GOOD, usage=Usage(input_tokens=3, output_tokens=1))

    answers = answer(SOME, store=store, model=Shuffled(), concurrency=concurrency)
    alone = answer(SOME, store=MemoryStore(), model=Shuffled(), concurrency=1)
    assert answers == alone
    assert list(answers.outcomes) == [one.key() for one in SOME]


def test_every_outcome_is_told_once() -> None:
    told: list[tuple[str, Outcome]] = []
    script: list[Line] = [
        GOOD,
        CallFailed("x", outcome="bad_request"),
        QuotaExhausted("quota"),
    ]
    answers = answer(
        SOME,
        store=MemoryStore(),
        model=ScriptedChat(script),
        concurrency=1,
        on_outcome=lambda request, outcome: told.append((request.key(), outcome)),
    )
    assert dict(told) == answers.outcomes
    assert len(told) == 6


PRICE = Price(input=Decimal(1_000), output=Decimal(1_000))


def test_a_budget_is_never_passed_by_more_than_what_is_in_flight() -> None:
    usage = Usage(input_tokens=100, output_tokens=50)
    asked = [request(f"{at}", parameters={"max_tokens": 100}) for at in range(50)]
    one = Budget(price=PRICE).reserve(asked[0])
    budget = Budget(float(one) * 20, price=PRICE)
    model = ScriptedChat(lambda _: ChatReply(text=GOOD, usage=usage))
    answers = answer(
        asked, store=MemoryStore(), model=model, concurrency=16, budget=budget
    )
    assert isinstance(answers.stopped, BudgetReached)
    assert budget.limit is not None
    assert budget.spent <= budget.limit
    assert budget.reserved == 0
    assert 0 < len(model.history) < 50
    kinds = codes(list(answers.outcomes.values()))
    assert kinds.count("answered") == len(model.history)


def test_usage_counts_answers_failures_and_what_was_there() -> None:
    usage = Usage(input_tokens=10, output_tokens=2)
    budget = Budget(price=PRICE)
    store = MemoryStore()
    script: list[Line] = [
        ChatReply(text=GOOD, usage=usage),
        ChatReply(text="no", usage=usage),
        EndpointUnavailable("slow", outcome="timeout"),
        AnswerUnusable("no JSON", outcome="malformed"),
    ]
    answer(
        SOME[:4], store=store, model=ScriptedChat(script), concurrency=1, budget=budget
    )
    answer(SOME[:1], store=store, model=None, budget=budget)
    assert budget.totals.calls == 4
    assert budget.totals.cached == 1
    assert budget.totals.estimated == 2
    assert (budget.totals.cost or 0) > 0.024


def test_it_runs_where_an_event_loop_runs_already() -> None:
    async def notebook() -> int:
        model = ScriptedChat(lambda _: GOOD)
        return len(answer(SOME, store=MemoryStore(), model=model).outcomes)

    assert asyncio.run(notebook()) == 6


def test_a_damaged_kept_answer_is_asked_again() -> None:
    store = MemoryStore()
    store.kept[SOME[0].key()] = ChatReply(text="", finish="stop")
    answers = answer(SOME[:1], store=store, model=ScriptedChat([GOOD]))
    assert codes(list(answers.outcomes.values())) == ["answered"]
    assert not isinstance(answers.outcomes[SOME[0].key()], Pending)
