"""Whether two systems differ on the same interviews, and what may be said of it.

An interval alone is too narrow for few interviews and a p value alone says nothing of
size, so that a winner is named only where the interval leaves out 0 and the adjusted p
is below .05; everything else is "not distinguishable", beside the smallest difference
that could have been seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from icp_synth.domain.values import Value
from icp_synth.evaluation.resampling import DRAWS, paired_bootstrap
from icp_synth.evaluation.statistics import (
    ALPHA,
    holm,
    minimum_detectable_difference,
    sign_flip,
)
from icp_synth.evaluation.tallies import Tally, micro, paired

# With n pairs the smallest two-sided p of a sign flip is 2 / 2**n.
FEWEST_FOR_ALPHA = 6

Verdict = Literal[
    "first is higher", "second is higher", "not distinguishable", "not comparable"
]


class Comparison(Value):
    """Two systems on one metric, second minus first.

    Attributes:
        metric: Name of the metric, with its mode.
        first: Micro value of the first system, or None.
        second: Micro value of the second system, or None.
        difference: Second minus first, or None.
        low: Lower 95 % limit of the difference, or None.
        high: Upper 95 % limit of the difference, or None.
        p: p of the sign-flip test, or None.
        p_adjusted: p after Holm over the family; equal to p for one metric alone.
        detectable: Smallest difference that would be seen with power .8, or None.
        n: Interviews in both.
        left_out: Interviews without a score in the sign-flip test.
        verdict: What may be said.
        reason: Why no more can be said; empty where a system is higher.
        method: Bootstrap and test, named.
    """

    metric: str
    first: float | None
    second: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None
    detectable: float | None
    n: int
    left_out: int
    verdict: Verdict
    reason: str
    method: str


def compare(
    metric: str,
    first: Sequence[Tally],
    second: Sequence[Tally],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Comparison:
    """Compare two systems on one metric over the same interviews.

    Args:
        metric: Name of the metric, with its mode.
        first: One tally an interview of the first system.
        second: One of the second system, for the same interviews.
        draws: Draws of the bootstrap, and of the test above 20 interviews.
        seed: Seed of both.

    Returns:
        Difference, interval, p and verdict; p is not yet adjusted for a family.

    Raises:
        UsageError: The systems were not measured on the same interviews.

    Example:
        >>> from icp_synth.evaluation.tallies import Counts
        >>> runs = [Counts(interview=n, tp=2, fa=1, fn=1).f1() for n in "abcdef"]
        >>> compare("item_f1", runs, runs).verdict
        'not distinguishable'
    """
    one, two = paired(first, second)
    gap = paired_bootstrap(one, two, draws=draws, seed=seed)
    scores = [t.score for t in one], [t.score for t in two]
    test = sign_flip(*scores, draws=draws, seed=seed)
    error = gap.standard_error
    raw = Comparison(
        metric=metric,
        first=micro(one),
        second=micro(two),
        difference=gap.value,
        low=gap.low,
        high=gap.high,
        p=test.p,
        p_adjusted=test.p,
        detectable=minimum_detectable_difference(error, n=len(one)),
        n=len(one),
        left_out=test.left_out,
        verdict="not comparable",
        reason=gap.reason,
        method=", ".join(part for part in (gap.method, test.method) if part),
    )
    opposed = (test.difference or 0.0) * (gap.value or 0.0) < 0
    return _judged(raw, opposed=opposed)


def compare_family(
    metrics: Mapping[str, tuple[Sequence[Tally], Sequence[Tally]]],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> tuple[Comparison, ...]:
    """Compare two systems on several metrics, with Holm over all of them.

    Args:
        metrics: By name, the tallies of the first and of the second system.
        draws: As in `compare`.
        seed: As in `compare`.

    Returns:
        One comparison a metric in the order given; verdicts use the adjusted p.

    Raises:
        UsageError: The systems were not measured on the same interviews.
    """
    alone = [
        compare(name, first, second, draws=draws, seed=seed)
        for name, (first, second) in metrics.items()
    ]
    adjusted = holm([one.p for one in alone])
    return tuple(
        _adjusted(one, p_adjusted=p) for one, p in zip(alone, adjusted, strict=True)
    )


def _adjusted(one: Comparison, *, p_adjusted: float | None) -> Comparison:
    # Holm only raises p: what was not distinguishable alone stays so.
    raised = one.model_copy(update={"p_adjusted": p_adjusted})
    if one.verdict in {"not comparable", "not distinguishable"}:
        return raised
    return _judged(raised, opposed=False)


def _judged(one: Comparison, *, opposed: bool) -> Comparison:
    verdict, reason = _verdict(one, opposed=opposed)
    return one.model_copy(update={"verdict": verdict, "reason": reason})


def _verdict(one: Comparison, *, opposed: bool) -> tuple[Verdict, str]:
    gap, low, high, p = one.difference, one.low, one.high, one.p_adjusted
    if gap is None or low is None or high is None:
        return "not comparable", one.reason
    if p is None:
        return "not comparable", "no interview has a score in both systems"
    if low <= 0 <= high:
        return "not distinguishable", "the interval of the difference holds 0"
    if p >= ALPHA:
        few = one.n - one.left_out < FEWEST_FOR_ALPHA
        why = "p is at least .05"
        return "not distinguishable", f"{why}: under six interviews" if few else why
    if opposed:
        why = "the pooled difference and the mean over interviews point apart"
        return "not distinguishable", why
    return ("second is higher" if gap > 0 else "first is higher"), ""
