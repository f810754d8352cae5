"""How sure a share over interviews is: interviews are drawn again, not items.

Items of one interview resemble one another, so that resampling items makes an
interval too narrow. A draw of the bootstrap is a weighted sum of the interviews'
tallies (`evaluation.tallies`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.values import Value
from icp_synth.evaluation.tallies import Tally, by_interview, micro, paired

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float64]

DRAWS = 10_000
FEWEST = 5
"""Interviews that an interval needs: four give but 35 different draws, and the tails
of a 95 % interval are the fortieth part on either side."""

MAX_UNDEFINED = 0.05
"""Share of draws without a value from which percentiles mean something else."""


class Estimate(Value):
    """A value with its 95 % interval, or with the reason why there is none.

    Attributes:
        value: The point value; None where it is undefined (printed `n/a`).
        low: Lower limit, or None.
        high: Upper limit, or None.
        standard_error: Standard deviation of the draws, or None.
        reason: Why value or interval is missing; empty where both are there.
        method: How the interval was made; empty where there is none.
        undefined_draws: Draws that gave no value and were left out.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    reason: str = ""
    method: str = ""
    undefined_draws: int = 0


def resample_weights(n: int, *, draws: int = DRAWS, seed: int = 0) -> Draws:
    """Return how often each of `n` clusters stands in each bootstrap draw.

    Args:
        n: Number of clusters, at least 1.
        draws: Number of draws, at least 1.
        seed: Seed; the same seed gives the same draws.

    Returns:
        An array of shape (draws, n); every row sums to n.

    Source:
        Drawing n of n with replacement is a multinomial with equal shares
        (Efron & Tibshirani 1993, chapter 6).

    Example:
        >>> resample_weights(3, draws=2).sum(axis=1).tolist()
        [3.0, 3.0]
    """
    return next(weight_blocks(n, draws=draws, seed=seed, rows=draws))


def weight_blocks(n: int, *, draws: int, seed: int, rows: int) -> Iterator[Draws]:
    """Yield the weights of `resample_weights` in blocks of at most `rows` draws.

    The blocks together are the same draws whatever their size, so that memory
    decides nothing about the result.

    Args:
        n: Number of clusters, at least 1.
        draws: Number of draws in all.
        seed: Seed of the draws.
        rows: Draws in one block, at least 1.

    Example:
        >>> blocks = weight_blocks(3, draws=5, seed=0, rows=2)
        >>> [block.shape for block in blocks]
        [(2, 3), (2, 3), (1, 3)]
    """
    import numpy as np

    rng = np.random.default_rng(seed)
    for start in range(0, draws, rows):
        drawn = rng.multinomial(n, [1 / n] * n, size=min(rows, draws - start))
        yield drawn.astype(np.float64)


def percentile_estimate(
    value: float | None, drawn: Draws, *, method: str, keep_constant: bool = False
) -> Estimate:
    """Return `value` with the 2.5 and 97.5 percentiles of its draws.

    Args:
        value: The value of the data itself.
        drawn: One value a draw, NaN where it is undefined.
        method: What to name as the method.
        keep_constant: Keep an interval of width 0. A single value that never
            moves is no sign of certainty; a difference that never moves is a
            finding that the permutation test judges.

    Returns:
        The estimate; without an interval where the value is undefined, more than
        5 % of the draws are, or all draws are one value.

    Source:
        Percentile interval: Efron & Tibshirani 1993, chapter 13.
    """
    import numpy as np

    if value is None:
        return Estimate(value=None, reason="undefined for these data")
    defined = drawn[~np.isnan(drawn)]
    undefined = len(drawn) - len(defined)
    if undefined > MAX_UNDEFINED * len(drawn):
        why = f"no interval: {undefined} of {len(drawn)} resamples are undefined"
        return Estimate(value=value, reason=why, undefined_draws=undefined)
    low, high = (float(x) for x in np.quantile(defined, [0.025, 0.975]))
    if not keep_constant and float(np.ptp(defined)) < 1e-12:
        why = "no interval: every resample gives the same value"
        return Estimate(value=value, reason=why, undefined_draws=undefined)
    return Estimate(
        value=value,
        low=low,
        high=high,
        standard_error=float(np.std(defined, ddof=1)),
        method=method,
        undefined_draws=undefined,
    )


def micro_estimate(
    tallies: Sequence[Tally], *, draws: int = DRAWS, seed: int = 0
) -> Estimate:
    """Return a micro metric with a cluster-bootstrap interval over interviews.

    Args:
        tallies: One tally an interview; the order does not matter.
        draws: Number of draws.
        seed: Seed of the draws.

    Returns:
        The estimate; below five interviews without an interval.

    Raises:
        UsageError: An interview is named twice.

    Source:
        Cluster bootstrap: Davison & Hinkley 1997, section 3.8.

    Example:
        >>> from icp_synth.evaluation.tallies import Counts
        >>> micro_estimate([Counts(interview="anna", tp=1, fa=0, fn=1).f1()]).reason
        'no interval: it needs at least 5 interviews, not 1'
    """
    ordered = by_interview(tallies)
    value = micro(ordered)
    if value is not None and len(ordered) < FEWEST:
        return Estimate(value=value, reason=too_few(len(ordered)))
    if value is None:
        return Estimate(value=None, reason="undefined: there is nothing to count")
    drawn = _ratios(resample_weights(len(ordered), draws=draws, seed=seed), ordered)
    return percentile_estimate(value, drawn, method=f"cluster bootstrap {draws}")


def paired_bootstrap(
    first: Sequence[Tally],
    second: Sequence[Tally],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Estimate:
    """Return second minus first with a paired cluster-bootstrap interval.

    Both systems are read on the same drawn interviews, so that what makes an
    interview hard for both does not widen the interval.

    Args:
        first: One tally an interview of the first system.
        second: One of the second system, for the same interviews.
        draws: Number of draws.
        seed: Seed of the draws.

    Returns:
        The difference of the two micro values; positive where the second is
        higher, None where either is undefined; below five interviews without an
        interval.

    Raises:
        UsageError: The systems were not measured on the same interviews.

    Source:
        Efron & Tibshirani 1993, chapter 8; Miller 2024 (arXiv 2411.00640) on
        paired and clustered differences.

    Example:
        >>> from icp_synth.evaluation.tallies import Counts
        >>> low = [Counts(interview=n, tp=1, fa=1, fn=1).f1() for n in "abc"]
        >>> high = [Counts(interview=n, tp=2, fa=0, fn=0).f1() for n in "abc"]
        >>> paired_bootstrap(low, high).value
        0.5
    """
    one, two = paired(first, second)
    before, after = micro(one), micro(two)
    if before is None or after is None:
        return Estimate(value=None, reason="undefined: a system has nothing to count")
    if len(one) < FEWEST:
        return Estimate(value=after - before, reason=too_few(len(one)))
    weights = resample_weights(len(one), draws=draws, seed=seed)
    drawn = _ratios(weights, two) - _ratios(weights, one)
    method = f"paired cluster bootstrap {draws}"
    return percentile_estimate(after - before, drawn, method=method, keep_constant=True)


def _ratios(weights: Draws, tallies: Sequence[Tally]) -> Draws:
    import numpy as np

    part = weights @ np.array([tally.part for tally in tallies], dtype=np.float64)
    whole = weights @ np.array([tally.whole for tally in tallies], dtype=np.float64)
    known = weights @ np.array([t.score is not None for t in tallies], dtype=float)
    ratios = np.full(len(weights), np.nan)
    np.divide(part, whole, out=ratios, where=known > 0)
    return ratios


def too_few(n: int) -> str:
    """Say why `n` interviews are too few for an interval."""
    return f"no interval: it needs at least {FEWEST} interviews, not {n}"
