"""Have we interviewed enough? New codes by interview, over orders of the interviews.

Source: Guest, Namey & Chen 2020 (doi 10.1371/journal.pone.0232076); domain reference
3.14. A theme takes two participants, so a curve of themes alone is flat at its end by
construction: whoever comes last adds nothing that nobody had. What one person alone
says is therefore a code beside the themes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.saturation import (
    CurvePoint,
    GroupSaturation,
    Saturation,
    SaturationPoint,
    SaturationVerdict,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VERSION = "saturation/2"
BASE = 4
RUN = 2
THRESHOLDS = (0.05, 0.0)
PERMUTATIONS = 1000
LEAST_PEOPLE = 6
"""From fewer nobody can tell, however short base and run are."""

_SEED = 0
_PERCENTILES = (2.5, 50.0, 97.5)
_NONE: Mapping[str, int] = {}


def saturation(
    themes: Mapping[str, Collection[str]],
    participants: Collection[str],
    *,
    singles: Mapping[str, int] = _NONE,
    base: int = BASE,
    run: int = RUN,
    thresholds: Sequence[float] = THRESHOLDS,
    permutations: int = PERMUTATIONS,
) -> Saturation:
    """Find the interview from which next to nothing new was said.

    Args:
        themes: Theme → participants who have it; others are not looked at.
        participants: Everybody who was heard.
        singles: Participant → how many things they alone say, each a code.
        base: Interviews whose codes make the base.
        run: Interviews that are looked at together.
        thresholds: Largest ratios of new codes in a run to codes in the base.
        permutations: Orders of the interviews, drawn with a fixed seed.

    Returns:
        When it is reached at each threshold, and the curve.
    """
    import numpy as np

    people = sorted(set(participants))
    row = {name: i for i, name in enumerate(people)}
    holders = [
        sorted({row[one] for one in who if one in row}) for who in themes.values()
    ]
    held = sorted(one for one in holders if one)
    alone = [singles.get(name, 0) for name in people]
    codes = [*held, *([at] for at, n in enumerate(alone) for _ in range(n))]
    new = _new_by_interview(len(people), codes, permutations)
    short = _short(len(people), base + run)
    return Saturation(
        participants=len(people),
        themes=len(held),
        singles=sum(alone),
        base=base,
        run=run,
        permutations=permutations,
        seed=_SEED,
        points=tuple(
            _point([reached_at(order, base, run, one) for order in new], one, run)
            if short is None
            else SaturationPoint(threshold=one, verdict=short, run=run)
            for one in thresholds
        ),
        curve=tuple(_curve(new, np.cumsum(new, axis=1))) if people else (),
    )


def saturation_of_group(
    name: str,
    people: Collection[str],
    themes: Mapping[str, Collection[str]],
    singles: Mapping[str, int],
) -> GroupSaturation:
    """Find it within one group, to whom a theme is new when none of them had it.

    Args:
        name: Of the group.
        people: Its participants.
        themes: Theme → participants, of any group.
        singles: Participant → how many things they alone say.
    """
    found = saturation(themes, people, singles=singles)
    return GroupSaturation(
        name=name,
        participants=found.participants,
        themes=found.themes,
        singles=found.singles,
        points=found.points,
    )


def said_alone(
    statements: Sequence[tuple[str, str]],
    vectors: NDArray[np.float32],
    likeness: float,
) -> dict[str, int]:
    """Count what each person says alone, near-duplicates of one person once.

    Args:
        statements: Participant and kind of each statement of no theme.
        vectors: Unit vectors, shape (len(statements), d).
        likeness: Cosine from which a statement repeats one that was counted.

    Returns:
        Participant → how many different things.
    """
    counted: dict[tuple[str, str], list[int]] = {}
    for at, key in enumerate(statements):
        before = counted.setdefault(key, [])
        if not before or float((vectors[before] @ vectors[at]).max()) < likeness:
            before.append(at)
    total: Counter[str] = Counter()
    for (name, _), places in counted.items():
        total[name] += len(places)
    return dict(total)


def _short(people: int, wanted: int) -> SaturationVerdict | None:
    """Return why so few people have no curve to judge by, if so."""
    if people < LEAST_PEOPLE:
        return "cannot_tell"
    return "too_few" if people < wanted else None


def reached_at(
    new: Sequence[int] | NDArray[np.int64], base: int, run: int, threshold: float
) -> int | None:
    """Return the interview at which one order of interviews is saturated.

    The ratio of a run is its new codes over the codes of the base; runs follow the
    base and move on by one interview. The first run at or under the threshold confirms
    the interview before it.

    Args:
        new: New codes by interview.
        base: Interviews of the base.
        run: Interviews of a run.
        threshold: Largest ratio.

    Returns:
        The number of the interview, or None where no run stays under it, or the base
        has no code.

    Example:
        >>> reached_at([20, 10, 5, 2, 4, 3, 1, 0, 1, 0], 4, 2, 0.05)
        6
    """
    found = int(sum(new[:base]))
    if not found:
        return None
    for before in range(base, len(new) - run + 1):
        if int(sum(new[before : before + run])) <= threshold * found:
            return before
    return None


def _new_by_interview(
    count: int, holders: Sequence[Sequence[int]], permutations: int
) -> NDArray[np.int64]:
    """Return the codes that each interview is first to have, shape (orders, count)."""
    import numpy as np

    random = np.random.default_rng(_SEED)
    new = np.zeros((permutations, count), dtype=np.int64)
    if not holders:
        return new
    flat = np.concatenate([np.array(one, dtype=np.int64) for one in holders])
    starts = np.cumsum([0, *(len(one) for one in holders[:-1])])
    for order in range(permutations):
        place = random.permutation(count)
        first = np.minimum.reduceat(place[flat], starts)
        new[order] = np.bincount(first, minlength=count)
    return new


def _point(found: Sequence[int | None], threshold: float, run: int) -> SaturationPoint:
    """Sum up the orders; those that do not reach it count as later than all."""
    import numpy as np

    reached = sum(one is not None for one in found)
    late = [np.inf if one is None else float(one) for one in found]
    low, median, high = (
        int(value) if np.isfinite(value) else None
        for value in np.percentile(late, _PERCENTILES, method="inverted_cdf")
    )
    return SaturationPoint(
        threshold=threshold,
        verdict="not_reached" if median is None else "reached",
        median=median,
        low=low,
        high=high,
        run=run,
        orders=round(reached / len(found), 4),
    )


def _curve(new: NDArray[np.int64], found: NDArray[np.int64]) -> Sequence[CurvePoint]:
    import numpy as np

    of_new = np.percentile(new, _PERCENTILES, axis=0)
    of_found = np.percentile(found, _PERCENTILES, axis=0)
    return [
        CurvePoint(
            interview=i + 1,
            new=float(of_new[1, i]),
            new_interval=(float(of_new[0, i]), float(of_new[2, i])),
            found=float(of_found[1, i]),
            found_interval=(float(of_found[0, i]), float(of_found[2, i])),
        )
        for i in range(new.shape[1])
    ]
