"""Trying again: back-off, one pause for all, fewer at once, and a circuit breaker.

The doors try once and say what happened; whether to try again is decided here and
nowhere else (the SDKs' own retries are off, or there would be three times three).

- 429 pauses *everyone* until the time the endpoint named, and halves how many may be
  in flight, once a wave; successes bring it back one by one.
- 5xx, broken connections and time-outs back off exponentially with a cap. Until the
  endpoint has answered once, fewer tries are made: a wrong address is found quickly.
- After a number of such failures in a row, over a minute, the circuit opens: the rest
  fails at once, nothing is lost, and the next run asks for it again.

The jitter comes from a hash of seed, key and try, so that it is the same in each run
whatever the order of completion.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self, TypeVar

from icp_synth.domain.ids import sha256_text
from icp_synth.errors import CallFailed, EndpointUnavailable, RateLimited
from icp_synth.llm.protocol import ChatModel, ChatReply, ChatRequest, Closing

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]


@dataclass(frozen=True)
class Policy:
    """How often, and how long, in seconds.

    Attributes:
        tries: Most tries a call, the first one included.
        limited_tries: The same after a 429 (limits are often by the minute).
        first_tries: The same while nobody ever answered at this address.
        base: Back-off before the second try; doubles with each.
        cap: Longest back-off.
        patience: Longest pause that is waited out; asked for more, the call fails
            at once and a later run takes it up.
        breaker: Failures in a row, over all calls, that open the circuit.
        outage: Seconds that they must last; not asked for at an address where nobody
            ever answered.
        seed: Of the jitter.
    """

    tries: int = 6
    limited_tries: int = 12
    first_tries: int = 3
    base: float = 1.0
    cap: float = 30.0
    patience: float = 300.0
    breaker: int = 20
    outage: float = 60.0
    seed: int = 0


DEFAULT: Final = Policy()


class Gate:
    """Lets so many in at once; the number falls by half and recovers by one.

    It holds no lock of an event loop, so one gate serves several loops in turn.
    """

    def __init__(self, limit: int) -> None:
        self.most = limit
        self.limit = limit
        self.wave = 0
        self._inside = 0
        self._good = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def __aenter__(self) -> Self:
        if self._inside < self.limit and not self._waiting:
            self._inside += 1
            return self
        place = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._leave()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        self._inside -= 1
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._inside < self.limit:
            place = self._waiting.popleft()
            if not place.done():
                self._inside += 1
                place.set_result(None)

    def halve(self, wave: int) -> None:
        """Halve the limit, once for all calls that went out in the same wave."""
        if wave == self.wave:
            self.wave += 1
            self._good = 0
            self.limit = max(1, self.limit // 2)

    def recover(self) -> None:
        """Count a success; as many as the limit raise it by one."""
        if self.limit == self.most:
            return
        self._good += 1
        if self._good >= self.limit:
            self._good = 0
            self.limit += 1
            self._let_in()


class Retrier:
    """Runs calls against one endpoint and tries them again where that helps.

    Attributes:
        tally: Outcome code → how many tries ended so; `timeout` may be billed twice.
    """

    def __init__(
        self,
        policy: Policy = DEFAULT,
        *,
        concurrency: int = 8,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.policy = policy
        self.gate = Gate(concurrency)
        self.tally: Counter[str] = Counter()
        self._clock = clock
        self._sleep = sleep
        self._resume_at = 0.0
        self._in_a_row = 0
        self._failing_since = 0.0
        self._contacted = False

    async def run(
        self, call: Callable[[], Awaitable[T]], *, key: Callable[[], str]
    ) -> tuple[T, int]:
        """Call until it answers, and return the answer with the number of tries.

        Args:
            call: Makes one attempt; its errors say what happened.
            key: Gives the call's name, a part of the jitter; only asked after a
                failure, since hashing a long request takes a while.

        Raises:
            CallFailed: The last try's error, when no further try may help.
        """
        attempt = 0
        while True:
            attempt += 1
            try:
                return await self._once(call), attempt
            except (RateLimited, EndpointUnavailable) as error:
                self.tally[error.outcome] += 1
                if attempt >= self._tries(error):
                    raise _given_up(error, attempt) from None
                await self._wait(error, attempt, key())

    async def _once(self, call: Callable[[], Awaitable[T]]) -> T:
        await self._pause()
        async with self.gate:
            # A pause may have begun while this call stood at the gate.
            await self._pause()
            self._check_circuit()
            wave = self.gate.wave
            try:
                answer = await call()
            except CallFailed as error:
                self._note(error, wave)
                raise
            self._in_a_row = 0
            self._contacted = True
            self.gate.recover()
            self.tally["answered"] += 1
            return answer

    def _note(self, error: CallFailed, wave: int) -> None:
        """Learn from one failed try."""
        self._contacted = self._contacted or error.status is not None
        if not isinstance(error, EndpointUnavailable):
            self._in_a_row = 0
        else:
            if self._in_a_row == 0:
                self._failing_since = self._clock()
            self._in_a_row += 1
        if isinstance(error, RateLimited):
            self.gate.halve(wave)

    def _tries(self, error: CallFailed) -> int:
        if isinstance(error, RateLimited):
            return self.policy.limited_tries
        return self.policy.tries if self._contacted else self.policy.first_tries

    async def _pause(self) -> None:
        while (left := self._resume_at - self._clock()) > 0:
            if left > self.policy.patience:
                msg = (
                    f"The endpoint asks to wait {left:.0f} s, more than "
                    f"{self.policy.patience:.0f} s."
                )
                raise RateLimited(
                    msg,
                    outcome="paused",
                    hint="Run again later; what is done is kept.",
                )
            await self._sleep(left)

    async def _wait(self, error: CallFailed, attempt: int, key: str) -> None:
        seconds = self._seconds(error, attempt, key)
        if isinstance(error, RateLimited) or error.retry_after is not None:
            self._resume_at = max(self._resume_at, self._clock() + seconds)
            await self._pause()
        else:
            await self._sleep(seconds)

    def _seconds(self, error: CallFailed, attempt: int, key: str) -> float:
        """Return the wait: what was asked for and a little more, or the back-off."""
        jitter = _fraction(f"{self.policy.seed}:{key}:{attempt}")
        if error.retry_after is not None:
            return error.retry_after * (1 + jitter / 10)
        doubled: float = self.policy.base * 2.0 ** min(attempt - 1, 32)
        return min(self.policy.cap, doubled) * (1 + jitter) / 2

    def _check_circuit(self) -> None:
        lasted = self._clock() - self._failing_since
        long = lasted >= self.policy.outage or not self._contacted
        if self._in_a_row >= self.policy.breaker and long:
            msg = f"Not asked: the endpoint failed {self._in_a_row} times in a row."
            raise CallFailed(
                msg,
                outcome="circuit_open",
                hint="Run again when it is back; only what is missing is asked.",
            )


def _fraction(text: str) -> float:
    """Return a number in [0, 1) that depends on the text alone."""
    return int(sha256_text(text)[:8], 16) / 2**32


def _given_up(error: CallFailed, attempts: int) -> CallFailed:
    if attempts == 1:
        return error
    return type(error)(
        f"{error.message} Given up after {attempts} tries.",
        outcome=error.outcome,
        retry_after=error.retry_after,
        status=error.status,
        hint=error.hint,
    )


class Retrying:
    """A ChatModel that tries another one again.

    Args:
        model: Tries once.
        retrier: Shared by all that speak to the same endpoint.
    """

    def __init__(self, model: ChatModel, retrier: Retrier | None = None) -> None:
        self.model = model
        self.name = model.name
        self.retrier = retrier or Retrier()

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer one request; the reply counts every time that it was sent.

        Raises:
            CallFailed: See ChatModel; after the last try.
            EndpointRefused: Nothing was tried again.
            QuotaExhausted: Nothing was tried again.
        """
        reply, attempts = await self.retrier.run(
            lambda: self.model.complete(request), key=request.key
        )
        if attempts == 1:
            return reply
        return reply.model_copy(update={"attempts": reply.attempts + attempts - 1})

    async def aclose(self) -> None:
        """Close the connections of the model within."""
        if isinstance(self.model, Closing):
            await self.model.aclose()
