"""Whether enough people were interviewed: when nothing new is said any more."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value

SaturationVerdict = Literal["reached", "not_reached", "too_few", "cannot_tell"]


class SaturationPoint(Value):
    """When saturation is reached at one threshold, over orders of the interviews.

    Attributes:
        threshold: Largest ratio of new codes in a run to codes in the base.
        verdict: `reached` when it is in at least half of the orders; `cannot_tell`
            with fewer than six participants; `too_few` with fewer than a longer base
            and run take together.
        median: Interview at which it is reached; None where it is not.
        low: 2.5th percentile of the same.
        high: 97.5th percentile; None where so many orders do not reach it.
        run: Interviews by which it is confirmed.
        orders: Share of the orders in which it is reached, 0 to 1.
    """

    threshold: float
    verdict: SaturationVerdict
    median: int | None = None
    low: int | None = None
    high: int | None = None
    run: int
    orders: float = 0.0

    @property
    def label(self) -> str | None:
        """As in Guest, Namey and Chen: `6+2`, at interview 6, confirmed by 2."""
        return None if self.median is None else f"{self.median}+{self.run}"


class CurvePoint(Value):
    """One interview of the curve, over orders of the interviews.

    Attributes:
        interview: Its number, from 1.
        new: Median of the codes that it is the first to have.
        new_interval: 2.5th and 97.5th percentile.
        found: Median of the codes found so far.
        found_interval: 2.5th and 97.5th percentile.
    """

    interview: int
    new: float
    new_interval: tuple[float, float]
    found: float
    found_interval: tuple[float, float]


class GroupSaturation(Value):
    """The same within one group that was known beforehand.

    Attributes:
        name: Of the group.
        participants: Its people.
        themes: Themes that one of them has.
        singles: What one of them alone says.
        points: One a threshold.
    """

    name: str
    participants: int
    themes: int
    singles: int
    points: tuple[SaturationPoint, ...]


class Saturation(Value):
    """How new codes stop coming as more people are interviewed.

    A code is a theme, or what one person alone says: a theme takes two people, so that
    a curve of themes alone flattens by construction.

    Attributes:
        participants: Interviews that are put in order.
        themes: Themes that one of them has.
        singles: What one person alone says, near-duplicates counted once.
        base: Interviews whose codes make the base.
        run: Interviews that are looked at together.
        permutations: Orders drawn.
        seed: Of the draw.
        points: One a threshold, in the order asked for.
        curve: One an interview.
        groups: By name; the segments are not among them, since people who share
            themes were put into them.
    """

    participants: int
    themes: int
    base: int
    run: int
    permutations: int
    seed: int
    points: tuple[SaturationPoint, ...]
    curve: tuple[CurvePoint, ...]
    singles: int = 0
    groups: tuple[GroupSaturation, ...] = ()
