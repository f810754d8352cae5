"""What changed between two syntheses, as values."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value

ProfileSort = Literal[
    "icp",
    "persona",
    "negative",
    "negative_persona",
    "audience",
    "minority",
    "why_us",
    "top_down",
]


class Owner(Value):
    """What a claim stands in: an ICP, a persona, or a section of the synthesis."""

    sort: ProfileSort
    id: str = ""
    name: str = ""


class ClaimFigures(Value):
    """What a claim rests on, in one of the two syntheses.

    `of` is how many participants that synthesis has.
    """

    supports: int
    contradicts: int
    of: int
    confidence: float | None = None


class ClaimChange(Value):
    """A claim that is new, gone, or rests on more or less than before.

    Attributes:
        change: `moved` stands in another ICP or persona than before.
        owner: Where it stands now, or stood.
        came_from: For `moved`, where it stood.
        field, text: Of the claim now, or as it was.
        before, after: None where it was or is not there.
        joined: Participants who support it now and did not.
        left: Who supported it and do not now.
        by: What `stronger` and `weaker` were told by.
    """

    change: Literal["new", "gone", "stronger", "weaker", "moved"]
    owner: Owner
    field: str
    text: str
    came_from: Owner | None = None
    before: ClaimFigures | None = None
    after: ClaimFigures | None = None
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    by: Literal["confidence", "supports"] | None = None


class CriterionState(Value):
    """A criterion's value and standing; `known` of `of` is its coverage."""

    operator: str
    value: str | float | tuple[float, float] | tuple[str, ...]
    unit: str | None = None
    status: str
    effect: str
    weight: float | None = None
    known: int
    of: int


class CriterionChange(Value):
    """A criterion that is new, gone or moved; `what` says in which respects."""

    change: Literal["new", "gone", "moved"]
    icp: Owner
    field: str
    what: tuple[
        Literal["value", "unit", "coverage", "status", "effect", "weight"], ...
    ] = ()
    before: CriterionState | None = None
    after: CriterionState | None = None


class PersonChange(Value):
    """A participant who is new or gone, or stands in another segment.

    Segments are named by id; None is `unassigned`.
    """

    change: Literal["new", "gone", "moved"]
    participant: str
    before: str | None = None
    after: str | None = None


class ThemeChange(Value):
    """A theme that is new, gone or went into another one (`into`)."""

    change: Literal["new", "gone", "merged"]
    id: str
    kind: str
    label: str
    n: int
    into: str | None = None


class ProfileChange(Value):
    """An ICP, persona or segment that is new, gone, merged or has another status."""

    change: Literal["new", "gone", "merged", "status"]
    sort: Literal["icp", "persona", "negative", "segment"]
    id: str
    name: str
    into: str | None = None
    before: str | None = None
    after: str | None = None


class TranscriptChange(Value):
    """A transcript that is new, gone, or whose text was corrected."""

    change: Literal["new", "gone", "corrected"]
    id: str


class SynthesisDiff(Value):
    """All that changed; every tuple is empty when nothing did.

    Attributes:
        unplaced: Corrected transcripts whose text is not at hand, so that what was
            quoted from them could not be found again.
        not_compared: What was measured otherwise in the two, so that it tells nothing:
            `confidence` where `--no-stability` made one of them.
    """

    claims: tuple[ClaimChange, ...] = ()
    criteria: tuple[CriterionChange, ...] = ()
    people: tuple[PersonChange, ...] = ()
    themes: tuple[ThemeChange, ...] = ()
    profiles: tuple[ProfileChange, ...] = ()
    transcripts: tuple[TranscriptChange, ...] = ()
    unplaced: tuple[str, ...] = ()
    not_compared: tuple[Literal["confidence"], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not any(
            (
                self.claims,
                self.criteria,
                self.people,
                self.themes,
                self.profiles,
                self.transcripts,
            )
        )
