from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence

import pytest

from icp_synth.errors import (
    CallFailed,
    EndpointRefused,
    EndpointUnavailable,
    QuotaExhausted,
    RateLimited,
)
from icp_synth.llm.protocol import ChatReply
from icp_synth.llm.retry import Policy, Retrier, Retrying
from icp_synth.llm.scripted import Line, ScriptedChat
from tests.llm.helpers import GOOD, FakeTime, request


def limited(seconds: float | None = None) -> RateLimited:
    return RateLimited("slow down", outcome="rate_limited", retry_after=seconds)


def down(status: int | None = 503) -> EndpointUnavailable:
    return EndpointUnavailable("down", outcome="server_error", status=status)


def retrying(
    script: Sequence[Line], time: FakeTime, policy: Policy | None = None
) -> tuple[Retrying, ScriptedChat]:
    model = ScriptedChat(script)
    retrier = Retrier(policy or Policy(), clock=time.clock, sleep=time.sleep)
    return Retrying(model, retrier), model


def complete(model: Retrying) -> ChatReply:
    return asyncio.run(model.complete(request()))


def test_a_burst_of_errors_passes_and_every_try_is_counted() -> None:
    time = FakeTime()
    model, _ = retrying([down(500), down(502), down(503), down(529), GOOD], time)
    assert complete(model).attempts == 5
    assert model.retrier.tally == {"server_error": 4, "answered": 1}


def test_waits_double_up_to_the_cap_with_half_of_them_jitter() -> None:
    time = FakeTime()
    model, _ = retrying([down()] * 5 + [GOOD], time, Policy(base=1, cap=4))
    complete(model)
    for slept, full in zip(time.slept, [1, 2, 4, 4, 4], strict=True):
        assert full / 2 <= slept <= full


def test_the_jitter_depends_on_seed_and_request_alone() -> None:
    def waits(seed: int) -> list[float]:
        time = FakeTime()
        complete(retrying([down(), down(), GOOD], time, Policy(seed=seed))[0])
        return time.slept

    assert waits(1) == waits(1)
    assert waits(1) != waits(2)


def test_retry_after_is_obeyed_and_hardly_passed() -> None:
    time = FakeTime()
    model, _ = retrying([limited(7), GOOD], time)
    complete(model)
    assert 7 <= time.now <= 7.7


def test_what_never_answers_fails_after_all_tries() -> None:
    time = FakeTime()
    model, scripted = retrying([down()] * 9, time, Policy(tries=4))
    with pytest.raises(EndpointUnavailable, match="after 4 tries"):
        complete(model)
    assert len(scripted.history) == 4


def test_an_address_without_a_server_is_given_up_sooner() -> None:
    model, scripted = retrying([down(status=None)] * 9, FakeTime())
    with pytest.raises(EndpointUnavailable, match="after 3 tries"):
        complete(model)
    assert len(scripted.history) == 3


@pytest.mark.parametrize(
    "error",
    [
        QuotaExhausted("no money"),
        EndpointRefused("no key"),
        CallFailed("no", outcome="bad_request"),
    ],
)
def test_what_waiting_does_not_mend_is_not_tried_again(error: Exception) -> None:
    time = FakeTime()
    model, scripted = retrying([error, GOOD], time)
    with pytest.raises(type(error)):
        complete(model)
    assert len(scripted.history) == 1
    assert time.slept == []


def test_a_longer_pause_than_our_patience_fails_at_once_for_all() -> None:
    time = FakeTime()
    model, scripted = retrying([limited(3_600), GOOD], time)
    with pytest.raises(RateLimited, match="asks to wait"):
        complete(model)
    with pytest.raises(RateLimited, match="asks to wait"):
        complete(model)
    assert len(scripted.history) == 1
    assert time.slept == []


def together(
    retrier: Retrier, calls: list[Callable[[], Awaitable[str]]]
) -> list[str | BaseException]:
    async def run() -> list[str | BaseException]:
        tasks = (retrier.run(call, key=str) for call in calls)
        done = await asyncio.gather(*tasks, return_exceptions=True)
        return [one if isinstance(one, BaseException) else one[0] for one in done]

    return asyncio.run(run())


def test_one_429_pauses_everybody() -> None:
    time = FakeTime()
    retrier = Retrier(concurrency=1, clock=time.clock, sleep=time.sleep)
    answers: Iterator[RateLimited | str] = iter([limited(10), *["ok"] * 4])
    asked_at: list[float] = []

    async def call() -> str:
        asked_at.append(time.now)
        answer = next(answers)
        if isinstance(answer, RateLimited):
            raise answer
        return answer

    assert together(retrier, [call] * 4) == ["ok"] * 4
    assert asked_at[0] == 0
    assert min(asked_at[1:]) >= 10


def test_a_wave_of_429s_halves_what_is_in_flight_once() -> None:
    time = FakeTime()
    retrier = Retrier(concurrency=8, clock=time.clock, sleep=time.sleep)
    inside = most = 0
    first = asyncio.Event()
    refused = 0

    async def call() -> str:
        nonlocal inside, most, refused
        inside += 1
        try:
            if refused < 8:
                refused += 1
                if refused == 8:
                    first.set()
                await first.wait()
                raise limited(1)
            most = max(most, inside)
            await asyncio.sleep(0)
            return "ok"
        finally:
            inside -= 1

    assert together(retrier, [call] * 8) == ["ok"] * 8
    assert most <= 5
    assert retrier.gate.limit in {5, 6}


def test_concurrency_recovers_with_success() -> None:
    retrier = Retrier(concurrency=8)
    retrier.gate.halve(retrier.gate.wave)
    assert retrier.gate.limit == 4

    async def call() -> str:
        return "ok"

    together(retrier, [call] * 40)
    assert retrier.gate.limit == 8


def test_the_circuit_opens_after_failures_in_a_row_and_the_rest_is_not_asked() -> None:
    time = FakeTime()
    policy = Policy(tries=3, breaker=6, outage=0)
    retrier = Retrier(policy, concurrency=1, clock=time.clock, sleep=time.sleep)
    asked = 0

    async def call() -> str:
        nonlocal asked
        asked += 1
        raise down()

    done = together(retrier, [call] * 10)
    assert asked == 6
    outcomes = [one.outcome for one in done if isinstance(one, CallFailed)]
    assert len(outcomes) == 10
    assert "circuit_open" in outcomes


def test_a_burst_over_everything_in_flight_does_not_open_the_circuit() -> None:
    time = FakeTime()
    retrier = Retrier(concurrency=32, clock=time.clock, sleep=time.sleep)
    bad = iter(range(64))

    async def call() -> str:
        await asyncio.sleep(0)
        if next(bad, None) is not None:
            raise down()
        return "ok"

    assert together(retrier, [call] * 100) == ["ok"] * 100


def test_where_nobody_ever_answered_the_circuit_opens_at_once() -> None:
    time = FakeTime()
    retrier = Retrier(concurrency=8, clock=time.clock, sleep=time.sleep)
    asked = 0

    async def call() -> str:
        nonlocal asked
        asked += 1
        raise down(status=None)

    together(retrier, [call] * 500)
    assert asked < 40
    assert time.now < 5


def test_one_poison_call_does_not_open_the_circuit() -> None:
    time = FakeTime()
    retrier = Retrier(Policy(breaker=3, outage=0), clock=time.clock, sleep=time.sleep)

    def call(at: int) -> Callable[[], Awaitable[str]]:
        async def one() -> str:
            if at == 3:
                raise down()
            return "ok"

        return one

    done = together(retrier, [call(at) for at in range(20)])
    assert [at for at, one in enumerate(done) if one != "ok"] == [3]


def test_a_cancelled_wait_at_the_gate_leaves_its_place_to_the_next() -> None:
    retrier = Retrier(concurrency=1)
    release = asyncio.Event()

    async def slow() -> str:
        await release.wait()
        return "slow"

    async def run() -> list[str]:
        first = asyncio.create_task(retrier.run(slow, key=str))
        second = asyncio.create_task(retrier.run(slow, key=str))
        third = asyncio.create_task(retrier.run(slow, key=str))
        await asyncio.sleep(0)
        second.cancel()
        release.set()
        return [(await first)[0], (await third)[0]]

    assert asyncio.run(run()) == ["slow", "slow"]


def test_one_retrier_serves_several_event_loops() -> None:
    retrier = Retrier(concurrency=1)

    async def call() -> str:
        await asyncio.sleep(0)
        return "ok"

    assert together(retrier, [call] * 3) == together(retrier, [call] * 3)
