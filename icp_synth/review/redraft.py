"""Drafting again while the page stands: one run at a time, in a thread of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, NamedTuple

from icp_synth.domain.values import Value
from icp_synth.errors import IcpSynthError

Tell = Callable[[str, int, int], None]
"""Told of a stage, how many of its items are done, and of how many (0: not known)."""


class Redraft(NamedTuple):
    """How to draft again; made by whoever composes the program.

    Attributes:
        run: Takes the project to a new synthesis and report, and returns a sentence
            on how that ended; raises IcpSynthError where it does not.
        model: Which model it asks; None asks none and costs nothing.
        command: What a person would type instead.
    """

    run: Callable[[Tell], str]
    model: str | None
    command: str


class Progress(Value):
    """How far drafting is.

    Attributes:
        state: `idle` before the first time, `done` and `failed` after the last.
        stage, done, total: Of the stage that runs; `total` 0 where it is not known.
        message: How it ended, in a sentence; `hint` what to do next.
    """

    state: Literal["idle", "running", "done", "failed"] = "idle"
    stage: str = ""
    done: int = 0
    total: int = 0
    message: str = ""
    hint: str = ""


class Drafting:
    """The one run that may be under way.

    Args:
        redraft: How; None where the page does not offer it.
    """

    def __init__(self, redraft: Redraft | None) -> None:
        self.redraft = redraft
        self._lock = threading.Lock()
        self._progress = Progress()
        self._thread: threading.Thread | None = None

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            return self._progress

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self.progress.state == "running"

    def start(self) -> bool:
        """Begin; false where it is not offered or already under way."""
        with self._lock:
            if self.redraft is None or self._progress.state == "running":
                return False
            self._progress = Progress(state="running")
            # A daemon: whoever ends the server ends the run, which the next resumes.
            self._thread = threading.Thread(
                target=self._run, args=(self.redraft,), name="redraft", daemon=True
            )
        self._thread.start()
        return True

    def wait(self, seconds: float) -> None:
        """Wait until the run that was begun has ended, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, redraft: Redraft) -> None:
        # What nobody foresaw goes to the thread's own handler, which prints it.
        ended = Progress(
            state="failed",
            message="Drafting ended with an unexpected error.",
            hint=f"The terminal says which. Try: {redraft.command}",
        )
        try:
            ended = Progress(state="done", message=redraft.run(self._tell))
        except IcpSynthError as error:
            ended = Progress(state="failed", message=error.message, hint=error.hint)
        finally:
            with self._lock:
                self._progress = ended

    def _tell(self, stage: str, done: int, total: int) -> None:
        with self._lock:
            self._progress = Progress(
                state="running", stage=stage, done=done, total=total
            )
