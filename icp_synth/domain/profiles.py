"""The draft: claims, ICPs of accounts, personas of people; synthesis.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from icp_synth.domain.claims import (
    Basis as Basis,
    Claim as Claim,
    Confidence as Confidence,
    Coverage as Coverage,
    Criterion as Criterion,
)
from icp_synth.domain.contrasts import Contrast
from icp_synth.domain.exclusions import Exclusion, Readmission, Referral
from icp_synth.domain.fit import Fit, Overlap, Signal
from icp_synth.domain.hypotheses import TopDown
from icp_synth.domain.insights import Insight, Normal, Quarantined
from icp_synth.domain.measurable import RefusedCriterion
from icp_synth.domain.positioning import Positioning
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.domain.saturation import Saturation
from icp_synth.domain.scorecards import Scorecard
from icp_synth.domain.sections import Phrase, Question, Section
from icp_synth.domain.themes import ParentTheme, Segment, Theme, ThemeMap
from icp_synth.domain.values import Value

SCHEMA_VERSION = 1

Status = Literal["draft", "reviewed", "too_little"]
PersonaType = Literal["proto", "qualitative", "statistical"]

Origin = Literal["interviews", "hypotheses"]
"""Where an ICP comes from: found in the interviews, or assumed beforehand."""


def persona_type(participants: int) -> PersonaType:
    """Return how far a sample carries (NN/g): under 5, 5 to 49, 50 and more."""
    if participants < 5:
        return "proto"
    return "qualitative" if participants < 50 else "statistical"


class Icp(Value):
    """Who: a kind of account worth winning, as claims and criteria.

    Attributes:
        n: Accounts, or people where no company is known (`type`).
        refused: Facts that were no criteria, with the reason.
        signals: The seven fit signals, in the order of `fields.SIGNALS`.
        scorecard: A draft, for the accounts to test.
        participants, accounts: Whom it is drawn from, sorted. Of one that is assumed
            these are the people who belong to it; there may be none.
        origin: `hypotheses` for an ICP that people assumed (`top_down` weighs it) and
            that none of those found is.
    """

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
    refused: tuple[RefusedCriterion, ...] = ()
    signals: Mapping[str, Signal] = {}
    scorecard: Scorecard = Scorecard()
    personas: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    origin: Origin = "interviews"


class Persona(Value):
    """How to serve: a kind of person inside such accounts, as claims.

    Attributes:
        icps: Those whose segment it is cut from, that share a company with it, or
            that two of its people's accounts fit best.
        sections: Every section of `sections.SECTIONS`, in that order, empty or not.
        words: Phrases that its people use more than others do, strongest first.
        empathy: What are their pains, what will the product help them do, what are
            their goals.
    """

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
    sections: Mapping[str, Section] = {}
    words: tuple[Phrase, ...] = ()
    empathy: Mapping[Question, Section] = {}


class NegativeIcp(Icp):
    """Who is not ideal, now; its claims say what they have in common.

    Attributes:
        reason: Why they are not.
        refer_to: Where they may be better served.
        readmit_when: When they would fit after all; empty where nothing tells.
        persona: The negative persona: the same people, as one is sold to or served.
    """

    reason: Exclusion
    refer_to: Referral = Referral()
    readmit_when: tuple[Readmission, ...] = ()
    persona: Persona | None = None


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
    """Whom the sample holds, and how far it carries.

    Attributes:
        unheard: Participants of whom nothing was read or may be quoted, sorted: they
            stand in no k, and are compared with nobody.
        unquoted: Those of them who may not be quoted, sorted: they stand in n all the
            same.
    """

    participants: int
    by_group: Mapping[str, int]
    asked: int | None = None
    persona_type: PersonaType
    notes: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    unquoted: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """Those of whom nothing was read: they stand in no n of themes."""
        return tuple(one for one in self.unheard if one not in self.unquoted)


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
    theme_groups: tuple[ParentTheme, ...] = ()
    theme_map: ThemeMap = ThemeMap()
    saturation: Saturation | None = None
    contrasts: tuple[Contrast, ...] = ()
    segments: tuple[Segment, ...]
    unassigned: tuple[str, ...]
    audience: Audience = Audience()
    icps: tuple[Icp, ...]
    personas: tuple[Persona, ...]
    overlaps: tuple[Overlap, ...] = ()
    fits: tuple[Fit, ...] = ()
    negative: tuple[NegativeIcp, ...] = ()
    minority: tuple[Claim, ...] = ()
    positioning: Positioning = Positioning()
    top_down: tuple[TopDown, ...] = ()
    questions: tuple[ResearchQuestion, ...] = ()
    coverage: Mapping[str, Any] = {}
