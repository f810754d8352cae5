"""What a run tells while it works; whoever shows it decides how."""

from __future__ import annotations

from collections.abc import Callable

from icp_synth.domain.values import Value


class StageBegan(Value):
    """A stage starts; `total` items are to be done, 0 where it is not known."""

    stage: str
    total: int = 0


class Advanced(Value):
    """`done` of the stage's items are done; `note` says what is worth saying.

    `cost` is what the run has spent so far, in dollars; None where nothing was, or
    nobody knows the price.
    """

    stage: str
    done: int
    total: int
    note: str = ""
    cost: float | None = None


class StageEnded(Value):
    """A stage is through, with its four counts."""

    stage: str
    done: int = 0
    failed: int = 0
    skipped: int = 0
    pending: int = 0


class Said(Value):
    """A sentence for the person at the keyboard (a guess, a fallback, a skip)."""

    message: str


Event = StageBegan | Advanced | StageEnded | Said
Emit = Callable[[Event], None]


def silent(event: Event) -> None:
    """Take an event and show nothing."""
