"""How a run ended, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from icp_synth.domain.values import Value

OUTPUTS: Mapping[str, str] = {
    "synthesis": "synthesis.json",
    "report": "report.html",
    "markdown": "report.md",
}
"""What a run writes into `out/`, by the names that `run --json` gives them."""

RunStatus = Literal["done", "partial", "waiting", "stopped"]

EXIT_CODES: Mapping[RunStatus, int] = {
    "done": 0,
    "partial": 3,
    "waiting": 3,
    "stopped": 4,
}


class RunResult(Value):
    """How a run ended; the object that `run --json` prints.

    Attributes:
        transcripts: How many are read.
        quarantined: Quotes that were refused.
        calls: Requests that left the machine in this run.
        pending: Requests that are still to be answered.
        cost: US dollars; None where a price is not known, 0 where nothing was sent.
        seconds: Of this run.
        out: Where the outputs lie; None for those that were not written.
        message: What to do next, where something is left to do.
    """

    status: RunStatus
    transcripts: int
    participants: int
    insights: int
    quarantined: int
    themes: int
    icps: int
    personas: int
    calls: int
    pending: int
    cost: float | None
    seconds: float
    out: Mapping[str, str | None]
    message: str = ""
    pending_steps: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """The exit code of contracts.md."""
        return EXIT_CODES[self.status]


def outputs_of(folder: Path, *, written: bool) -> dict[str, str | None]:
    """Return where the outputs of a run lie, or that there are none."""
    return {
        key: str(folder / "out" / name) if written else None
        for key, name in OUTPUTS.items()
    }
