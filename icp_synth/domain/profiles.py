"""The draft: claims, ICPs of accounts, personas of people; synthesis.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import model_validator

from icp_synth.domain.insights import Insight, Normal, Quarantined
from icp_synth.domain.reviews import Anchor, Decision
from icp_synth.domain.themes import Segment, Theme
from icp_synth.domain.values import Value

SCHEMA_VERSION = 1

Status = Literal["draft", "reviewed", "too_little"]
PersonaType = Literal["proto", "qualitative", "statistical"]
Basis = Literal["evidence", "inference"]


def persona_type(participants: int) -> PersonaType:
    """Return how far a sample carries (NN/g): under 5, 5 to 49, 50 and more."""
    if participants < 5:
        return "proto"
    return "qualitative" if participants < 50 else "statistical"


class Confidence(Value):
    """A figure and the parts of its formula; None until it is computed."""

    value: float | None = None
    parts: Mapping[str, float] = {}


class Claim(Value):
    """One sentence of a draft, with who supports it.

    `supports`, `contradicts`, `silent` and `unjudged` partition the study's
    participants. An evidence claim has insights; without any it is `inference`.
    """

    id: str
    field: str
    text: str
    basis: Basis
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    confidence: Confidence = Confidence()
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
        return self


class Coverage(Value):
    """How many of how many are known."""

    known: int
    of: int


class Criterion(Value):
    """A measurable condition on an account (or a person, with `--preset b2c`)."""

    field: str
    operator: str
    value: str | float | tuple[float, float] | tuple[str, ...]
    unit: str | None = None
    status: Literal["assumption", "evidence"]
    coverage: Coverage
    effect: Literal["knock_out", "weight"] = "weight"
    weight: float | None = None
    claim: str | None = None


class Icp(Value):
    """Who: a kind of account worth winning, as claims and criteria."""

    id: str
    version: str
    name: str
    status: Status
    segment: str | None
    type: Literal["account", "person"]
    n: int
    merged_into: str | None = None
    criteria: tuple[Criterion, ...] = ()
    claims: tuple[Claim, ...] = ()
    signals: Mapping[str, Any] = {}
    scorecard: Mapping[str, Any] = {}
    personas: tuple[str, ...] = ()


class Persona(Value):
    """How to serve: a kind of person inside such accounts, as claims."""

    id: str
    version: str
    name: str
    status: Status
    icps: tuple[str, ...]
    participants: tuple[str, ...]
    type: PersonaType
    n: int
    merged_into: str | None = None
    claims: tuple[Claim, ...] = ()


class Fact(Value):
    """A value of a profile field as one participant said it."""

    value: str
    normal: Normal | None = None
    insights: tuple[str, ...]


class Participant(Value):
    """A person of the study as published."""

    id: str
    label: str
    group: str | None = None
    segment: str | None = None
    segment_score: float | None = None
    company: str | None = None
    job: str | None = None
    transcripts: tuple[str, ...]
    facts: Mapping[str, tuple[Fact, ...]] = {}


class TranscriptEntry(Value):
    """A transcript as listed in synthesis.json."""

    id: str
    path: str
    sha256: str
    text_sha256: str
    participants: tuple[str, ...]
    language: str
    date: str | None
    turns: int
    source_kind: str | None


class Frame(Value):
    """Whom the sample holds, and how far it carries."""

    participants: int
    by_group: Mapping[str, int]
    asked: int | None = None
    persona_type: PersonaType
    notes: tuple[str, ...] = ()


class Audience(Value):
    """The broadest circle around the ICPs."""

    claims: tuple[Claim, ...] = ()
    includes: tuple[str, ...] = ()


class Manifest(Value):
    """How the synthesis was made: enough to make it again.

    `created` is the only thing in which two runs on the same input differ.
    """

    version: str
    created: str
    inputs: Mapping[str, str]
    analyst: str
    model: str | None
    prompts: Mapping[str, str]
    embedding: str
    tokens: str
    settings: Mapping[str, Any]
    readers: Mapping[str, str]
    code: str


class Synthesis(Value):
    """synthesis.json, whole. Orders are those of contracts.md."""

    schema_version: Literal[1] = 1
    manifest: Manifest
    frame: Frame
    transcripts: tuple[TranscriptEntry, ...]
    participants: tuple[Participant, ...]
    insights: tuple[Insight, ...]
    quarantined: tuple[Quarantined, ...]
    themes: tuple[Theme, ...]
    segments: tuple[Segment, ...]
    unassigned: tuple[str, ...]
    audience: Audience = Audience()
    icps: tuple[Icp, ...]
    personas: tuple[Persona, ...]
    negative: tuple[Icp, ...] = ()
    minority: tuple[Claim, ...] = ()
    coverage: Mapping[str, Any] = {}
