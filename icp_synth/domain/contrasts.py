"""How two sets of people differ: in what they said, and in what they are."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value

FeatureSort = Literal["theme", "fact"]
ContrastVerdict = Literal[
    "different", "suggestive", "not_distinguishable", "too_few", "descriptive"
]


class Feature(Value):
    """What a participant has or has not: a theme, or a value of a profile field.

    Attributes:
        id: Name of the theme, or `FIELD=VALUE`.
        label: As a reader knows it.
        holders: Participants who have it.
        known: Participants of whom it is known whether they have it; None for all.
    """

    id: str
    sort: FeatureSort
    label: str
    holders: frozenset[str]
    known: frozenset[str] | None = None


class Share(Value):
    """k of n people, with the Wilson 95 % interval; None where n is 0."""

    k: int
    n: int
    interval: tuple[float, float] | None = None


class Difference(Value):
    """One feature in two sets of people.

    Attributes:
        feature: Its id.
        difference: Share in the first less share in the second, -1 to 1.
        interval: Newcombe 95 % interval of the difference.
        lift: Share in the first over share in the second; None where the latter is 0.
        p: Fisher's exact test, two-sided; None where nothing was tested.
        q: p adjusted by Benjamini and Hochberg over all tests of the contrast; None
            likewise.
        verdict: `different` (q < .05), `suggestive` (p < .05),
            `not_distinguishable`; not tested are `too_few` (under five people on one
            side, or so few have it that no way of sharing it out could reach .05) and
            `descriptive` (a segment, which was cut from these very features).
    """

    feature: str
    sort: FeatureSort
    label: str
    first: Share
    second: Share
    difference: float
    interval: tuple[float, float]
    lift: float | None
    p: float | None
    q: float | None
    verdict: ContrastVerdict


class Contrast(Value):
    """Two sets of people side by side.

    Attributes:
        first: Name of a group or segment.
        second: The other; empty for all other people.
        n: People in each.
        tests: Tests made, over which q is adjusted; 0 for segments.
        differences: Tests first, smallest p first; then what is described, largest
            difference first; then what too few people have.
    """

    first: str
    second: str
    n: tuple[int, int]
    tests: int
    differences: tuple[Difference, ...]
