"""What Ctrl-C does to the process of the command line, from its beginning to its end.

Python raises KeyboardInterrupt at every Ctrl-C, so a second one lands in whatever deals
with the first: in a handler of asyncio that is being taken away, in an `except`, in the
end of the interpreter. Then the process dies of the signal, with a traceback. Here one
handler stands all the time and raises once at most:

- the first Ctrl-C asks what is under way to come to an end (`softened`), or else raises
  KeyboardInterrupt, and the command line ends with exit code 130;
- every further one ends the process there and then, with the same exit code. That loses
  no more than a `kill -9` does: what is on the disk is whole at any time.

This module imports nothing of the package and lies below every floor, so that each
waiting place can name what is to come to an end. Without `heed` (a notebook, a test) it
changes nothing.
"""

from __future__ import annotations

import atexit
import os
import shlex
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, NoReturn

EXIT: Final = 130
"""The exit code of a process that was interrupted (contracts.md)."""

_LONGEST: Final = 500
"""Characters of a command that is told; a shell makes long ones of `*.vtt`."""
UNDER_WAY: Final = (
    "icp-synth: interrupted; what is under way is finished first. Ctrl-C again ends at "
    "once."
)
_SHOW_CURSOR: Final = b"\x1b[?25h"
_STDERR: Final = 2


class _Presses:
    """What was pressed so far, and what the first press is to do.

    Attributes:
        soften: Asks what is under way to come to an end; says whether there is any.
        spent: Whether the next one ends the process.
        command: What was called, as it can be typed again; empty where nobody said.
    """

    soften: Callable[[], bool] | None = None
    spent: bool = False
    command: str = ""

    def take(self, _signal: int, _frame: object) -> None:
        """Do what one Ctrl-C does."""
        if self.spent:
            _end()
        # Whatever comes while the lines below run finds it spent.
        self.spent = True
        if self.soften is not None and self.soften():
            _tell(UNDER_WAY)
            return
        raise KeyboardInterrupt


_presses = _Presses()


def heed(words: Sequence[str] = ()) -> None:
    """Let Ctrl-C do what this module says, until the process ends.

    To be called once, in the main thread, before anything that takes time.

    Args:
        words: What stands behind the program's name: told to whoever interrupts it,
            since the same words go on from there, with project, model and all.
    """
    _presses.command = shlex.join(["icp-synth", *words]) if words else ""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return  # A shell has told a job in its background to go on.
    signal.signal(signal.SIGINT, _presses.take)
    # The interpreter gives signals back to the system before it is gone.
    atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


def over() -> None:
    """Note that everything is done: no Ctrl-C raises an exception from here on."""
    _presses.spent = True


def again() -> str:
    """Return which command goes on with what was interrupted."""
    command = _presses.command
    known = 0 < len(command) <= _LONGEST and command.isprintable()
    return f"`{command}`" if known else "the same command"


def goes_on() -> str:
    """Return the line that says how what was interrupted goes on."""
    return f"icp-synth: interrupted; {again()} goes on from here."


@contextmanager
def softened(soften: Callable[[], bool]) -> Iterator[None]:
    """Let the first Ctrl-C ask for an end instead of raising, in the main thread.

    Args:
        soften: Called from within the signal handler; asks what is under way to come
            to an end and returns whether there is anything that will.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before, _presses.soften = _presses.soften, soften
    try:
        yield
    finally:
        _presses.soften = before


def _end() -> NoReturn:
    if os.isatty(_STDERR):
        # A progress bar hides it.
        with suppress(OSError):
            os.write(_STDERR, _SHOW_CURSOR)
    _tell(goes_on())
    os._exit(EXIT)


def _tell(line: str) -> None:
    """Write past Python's buffers, which a handler must not enter a second time."""
    with suppress(OSError):
        os.write(_STDERR, f"{line}\n".encode())
