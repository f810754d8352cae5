"""One sentence of a draft and who supports it; one measurable condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from icp_synth.domain.fields import Level
from icp_synth.domain.reviews import Anchor, Decision
from icp_synth.domain.source_kinds import SourceCarriers
from icp_synth.domain.values import Value

Basis = Literal["evidence", "inference"]


class Confidence(Value):
    """A figure and the parts of its formula; None until it is computed."""

    value: float | None = None
    parts: Mapping[str, float] = {}


class Claim(Value):
    """One sentence of a draft, with who supports it.

    `supports`, `contradicts`, `silent` and `unjudged` partition the study's
    participants. An evidence claim has insights; without any it is `inference`.
    `counter` are insights of those who contradict it, `divided` those in which one of
    these people supports it all the same. Who alone carries it and takes it back
    stays among `supports`, with an insight in `counter`. `sources` are the kinds of
    source that carry it, with whose words they are. `opposes` is, of a minority view,
    the id of the claim of many that it contradicts. `example`: the text is a sentence
    of one of these people, which stands for what the others said. `other_value`, of a
    fact or of words about one field: those among `unjudged` who named another value;
    `not_comparable`: who named one of which nobody can tell (another currency or unit,
    "under 1,200"); of the rest
    nothing is known.
    """

    id: str
    field: str
    text: str
    basis: Basis
    example: bool = False
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()
    confidence: Confidence = Confidence()
    other_value: tuple[str, ...] = ()
    not_comparable: tuple[str, ...] = ()
    sources: SourceCarriers = SourceCarriers()
    opposes: str | None = None
    decision: Decision | None = None

    @model_validator(mode="after")
    def _evidence_has_insights(self) -> Self:
        if self.basis == "evidence" and not (self.insights and self.supports):
            msg = f"claim {self.id!r} says evidence and cites no insight"
            raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _stands_once(self) -> Self:
        stances = (self.supports, self.contradicts, self.silent, self.unjudged)
        people = [name for stance in stances for name in stance]
        if len(people) != len(set(people)):
            msg = f"claim {self.id!r} has a participant in two places"
            raise ValueError(msg)
        if not {*self.other_value, *self.not_comparable} <= set(self.unjudged):
            msg = f"claim {self.id!r} has another value of somebody who was judged"
            raise ValueError(msg)
        return self


class Coverage(Value):
    """How many of how many are known."""

    known: int
    of: int


class Criterion(Value):
    """A measurable condition on an account (or a person, with `--preset b2c`).

    Attributes:
        status: `evidence` where three hold it, two thirds told, and others hold it less
            often (of an assumption: three people, and nobody against).
        coverage: Of how many it is known, of those it is about.
        counts: What coverage and effect count: accounts of an ICP of accounts, where
            colleagues are one and who has no company stands alone; else people.
        effect: `knock_out`: who does not meet it is no such account.
        claim: Id of the claim that it is read from.
        confidence: 0 to 1, of whoever assumed it; None where nobody did, or said so.
        test: How it will be found out; empty where it is not an assumption of people.
    """

    field: str
    operator: str
    value: str | float | tuple[float, float] | tuple[str, ...]
    unit: str | None = None
    status: Literal["assumption", "evidence"]
    coverage: Coverage
    counts: Level = "person"
    effect: Literal["knock_out", "weight"] = "weight"
    weight: float | None = None
    claim: str | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    test: str = ""
