"""The values that the ledger takes and gives, beside those of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import model_validator

from icp_synth.domain.chat import Usage
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.values import Value

ReadingOutcome = Literal["done", "failed", "pending"]


class FileStamp(Value):
    """How a file looked when it was read; an equal one need not be read again.

    `path` is as the caller writes it; `mtime_ns` counts nanoseconds.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str


class Reading(Value):
    """What one analyst made of one window.

    Attributes:
        transcript: Its name.
        window: Id of the window.
        fingerprint: Of the analyst: everything beside the window that decides the
            result (prompts, cues, model, settings, names of the participants).
        outcome: `done`; `failed` with a reason; `pending` while answers are missing.
        reason: A stable code and a sentence: why it failed, or what was left out of
            an answer that is used.
        insights: Grounded, by place in the source.
        quarantined: Refused, each with its reason.
        counts: Anything else that was counted (`repaired`, `moved`, `dropped` …).
    """

    transcript: str
    window: str
    fingerprint: str
    outcome: ReadingOutcome
    reason: str | None = None
    insights: tuple[Insight, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    counts: Mapping[str, int] = {}

    @model_validator(mode="after")
    def _only_done_has_insights(self) -> Self:
        if self.outcome != "done" and self.insights:
            msg = f"window {self.window!r} is {self.outcome} and has insights"
            raise ValueError(msg)
        return self


class StageCounts(Value):
    """How far a stage is; the four parts make the total."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    pending: int = 0

    @property
    def total(self) -> int:
        """All items of the stage."""
        return self.done + self.failed + self.skipped + self.pending


class Call(Value):
    """One request that left the machine, whatever became of it.

    Attributes:
        run: Which run sent it; the caller's name for it.
        key: The request's cache key.
        outcome: `done`, or the outcome code of the error.
        cost: In the currency of the prices; None where no price is known.
        estimated: Tokens or price were estimated, because nobody said them.
        seconds: How long the answer took, once sent; None where there was none, or
            it came by a file.
        at: When, ISO 8601.
    """

    run: str
    key: str
    step: str
    model: str
    endpoint: str
    outcome: str
    attempts: int = 1
    usage: Usage = Usage()
    cost: float | None = None
    estimated: bool = False
    seconds: float | None = None
    at: str = ""


class UsageTotals(Value):
    """What calls have used, summed.

    Attributes:
        cost: In the currency of the prices; None, never 0, as soon as one call has
            no known price.
        priced: The part of it that is known.
        unpriced: Calls that were answered, and whose price nobody knows.
        unknown: Calls whose tokens nobody said; they are in no other sum.
    """

    calls: int = 0
    attempts: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost: float | None = 0.0
    priced: float = 0.0
    unpriced: int = 0
    unknown: int = 0
    by_outcome: Mapping[str, int] = {}


class Integrity(Value):
    """What a check of the ledger found; all empty when it is sound.

    Attributes:
        problems: What SQLite's own checks say.
        damaged_replies: Keys of replies whose checksum does not fit.
        sqlite: Version of the SQLite library.
        schema_version: Version of the ledger's schema.
    """

    problems: tuple[str, ...] = ()
    damaged_replies: tuple[str, ...] = ()
    sqlite: str
    schema_version: int

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not (self.problems or self.damaged_replies)
