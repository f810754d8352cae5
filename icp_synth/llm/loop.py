"""Run a coroutine from synchronous code, also where a loop runs already (notebooks)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_here(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` in an event loop of its own and return its result.

    Where this thread has a running loop, `work` runs in another thread, and what it
    calls must bear that.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
