"""How well segments of people hold: candidates, belonging, movement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from icp_synth.domain.values import Value

IN_COVERAGE: Final = "segmentation"
"""Under which the report on the segments stands in the coverage of a synthesis."""

SegmentCode = Literal[
    "nobody",
    "too_few",
    "one_group",
    "perhaps_chance",
    "unstable",
    "suggestive",
    "dissolved",
    "decided",
    "not_mentioned",
    "sampled",
    "follows_length",
    "follows_language",
    "unassigned_language",
]
"""What a person should be told of the segments; words stand in the report.

- `nobody`: nobody is drafted from (all left, or were not heard); nothing was divided.
- `too_few`: under three people who share something; nothing was divided.
- `one_group`: no division was better than none.
- `perhaps_chance`: chance would divide as well in one case of twenty or more.
- `unstable`: the mean stability of the segments is under 0.6.
- `suggestive`: it is under 0.75; chance alone seldom reaches more.
- `dissolved`: groups found again no more often than chance makes it are no segments.
- `decided`: people put the segments together (segments.yaml).
- `not_mentioned`: segments.yaml leaves out some of those it could place.
- `sampled`: too many people to leave out each; some were, evenly spread.
- `follows_length`: segments tell apart who talks much and who talks little.
- `follows_language`: segments tell apart which language people speak.
- `unassigned_language`: all who fit no segment speak one language.
"""


class SegmentCandidate(Value):
    """One number of groups that was considered.

    Attributes:
        cuts: Groups in all, people alone included.
        silhouette: Mean over the people, −1 to 1.
        agreement: Mean adjusted Rand index of the division with those of other draws.
        by_chance: The same, on the mean, where everybody's things are dealt out anew;
            the number is chosen whose own is farthest above it, or as far with fewer.
        chosen: Whether the segments are these.
    """

    cuts: int
    silhouette: float
    agreement: float
    by_chance: float
    chosen: bool = False


class Membership(Value):
    """How a participant fits the segments, whichever they stand in.

    Attributes:
        segment: Index of theirs; None who stands in `unassigned`.
        nearest: Index of the one whose other people they are most like.
        score: 0 to 1: likeness to their own (the nearest, for the unassigned)
            divided by it and the likeness to the next; 0.5 is between two. None
            where there is one segment or nothing shared.
        likeness: Mean likeness to each segment's other people, 0 to 1.
    """

    participant: str
    segment: int | None
    nearest: int | None
    score: float | None
    likeness: tuple[float, ...] = ()


class SegmentMovement(Value):
    """Who changes company when one participant is left out.

    Attributes:
        left_out: Who was left out.
        moved: Who then stands elsewhere, sorted.
        of: How many others there are.
    """

    left_out: str
    moved: tuple[str, ...]
    of: int

    @property
    def share(self) -> float:
        """Share of the others who moved."""
        return len(self.moved) / self.of if self.of else 0.0


class SegmentReport(Value):
    """What is known of the segments beside who is in them.

    Attributes:
        candidates: By number of cuts; empty where nothing could be divided.
        codes: What a person should be told.
        memberships: By participant.
        movements: By the participant who was left out.
        movement: Mean share of the others who move; None where none was left out.
        movement_by_segment: Index → mean share of its other people who move.
        draws: How many resamples the stabilities rest on.
        not_mentioned: Participants whom segments.yaml leaves out.
        length_auc: How far the number of sentences tells one segment from the others,
            0.5 (not at all) to 1, of the segment that it tells best; None where there
            is one segment.
    """

    candidates: tuple[SegmentCandidate, ...] = ()
    codes: tuple[SegmentCode, ...] = ()
    memberships: tuple[Membership, ...] = ()
    movements: tuple[SegmentMovement, ...] = ()
    movement: float | None = None
    movement_by_segment: Mapping[int, float] = {}
    draws: int = 0
    not_mentioned: tuple[str, ...] = ()
    length_auc: float | None = None

    def scores(self) -> dict[str, float | None]:
        """Return participant → score of who stands in a segment."""
        return {
            one.participant: one.score
            for one in self.memberships
            if one.segment is not None
        }

    def published(self, ids: Sequence[str]) -> dict[str, Any]:
        """Return it as JSON data with the ids of segments for their indexes.

        Args:
            ids: Of the segments, in the order of the groups.
        """

        def named(index: int | None) -> str | None:
            return None if index is None else ids[index]

        found = self.model_dump(mode="json", exclude={"memberships", "movements"})
        by_segment = self.movement_by_segment.items()
        found["movement_by_segment"] = {ids[i]: share for i, share in by_segment}
        found["memberships"] = [
            one.model_dump(mode="json")
            | {
                "segment": named(one.segment),
                "nearest": named(one.nearest),
                "likeness": dict(zip(ids, one.likeness, strict=False)),
            }
            for one in self.memberships
        ]
        found["movements"] = [
            one.model_dump(mode="json") | {"share": round(one.share, 4)}
            for one in self.movements
        ]
        return found
