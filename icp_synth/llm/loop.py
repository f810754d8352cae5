"""Run a coroutine from synchronous code, also where a loop runs already (notebooks)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from icp_synth.interrupts import softened

T = TypeVar("T")


def run_here(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` in an event loop of its own and return its result.

    Where this thread has a running loop, `work` runs in another thread, and what it
    calls must bear that. The first Ctrl-C cancels `work`, as with `asyncio.run`.

    Raises:
        KeyboardInterrupt: Ctrl-C, once `work` has come to its end.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _Heeding(work).run()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class _Heeding(Generic[T]):
    """A coroutine that Ctrl-C cancels once, where `interrupts.heed` was called.

    asyncio does the same, but only under Python's own handler.
    """

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work
        self._task: asyncio.Task[T] | None = None
        self._cancelled = False

    def run(self) -> T:
        try:
            with softened(self._cancel):
                result = asyncio.run(self._begin())
        except asyncio.CancelledError:
            if not self._cancelled:
                raise
        else:
            if not self._cancelled:
                return result
        raise KeyboardInterrupt

    async def _begin(self) -> T:
        self._task = asyncio.current_task()
        if self._cancelled:  # before there was a task
            self._work.close()
            raise asyncio.CancelledError
        return await self._work

    def _cancel(self) -> bool:
        if self._task is None:
            self._cancelled = True
        elif self._task.cancel():
            self._cancelled = True
            # A loop that waits for the network looks up at this.
            self._task.get_loop().call_soon_threadsafe(lambda: None)
        return self._cancelled
