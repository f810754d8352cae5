"""Whether enough people were interviewed: when new themes stop coming."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value

SaturationVerdict = Literal["reached", "not_reached", "too_few"]


class SaturationPoint(Value):
    """When saturation is reached at one threshold, over orders of the interviews.

    Attributes:
        threshold: Largest ratio of new themes in a run to themes in the base.
        verdict: `reached` when it is in at least half of the orders; `too_few` with
            fewer participants than base and run together.
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
        new: Median of the themes that it is the first to have.
        new_interval: 2.5th and 97.5th percentile.
        found: Median of the themes found so far.
        found_interval: 2.5th and 97.5th percentile.
    """

    interview: int
    new: float
    new_interval: tuple[float, float]
    found: float
    found_interval: tuple[float, float]


class Saturation(Value):
    """How new themes stop coming as more people are interviewed.

    Attributes:
        participants: Interviews that are put in order.
        themes: Themes that one of them has.
        base: Interviews whose themes make the base.
        run: Interviews that are looked at together.
        permutations: Orders drawn.
        seed: Of the draw.
        points: One a threshold, in the order asked for.
        curve: One an interview.
    """

    participants: int
    themes: int
    base: int
    run: int
    permutations: int
    seed: int
    points: tuple[SaturationPoint, ...]
    curve: tuple[CurvePoint, ...]
