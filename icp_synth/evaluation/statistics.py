"""Tests over interviews: sign flips, Holm, the smallest difference to be seen.

The interval of a share by Wilson stands in `icp_synth.domain.statistics`; intervals by
resampling interviews in `resampling`, the comparison of two systems in `comparison`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.evaluation.resampling import DRAWS

ALPHA = 0.05
EXACT_UP_TO = 20


class Permutation(Value):
    """Result of a sign-flip test.

    Attributes:
        p: Two-sided p in (0, 1]; None where no interview has both scores.
        difference: Mean of second minus first over the pairs, or None.
        n: Pairs that were used.
        left_out: Pairs in which a score is undefined.
        method: Exact, or the number of draws; empty where p is None.
    """

    p: float | None
    difference: float | None
    n: int
    left_out: int
    method: str = ""


def sign_flip(
    first: Sequence[float | None],
    second: Sequence[float | None],
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Permutation:
    """Test by flipping signs whether paired scores have the same mean.

    If both systems are alike, each interview's difference could as well have had
    the other sign. p is the share of sign patterns whose absolute sum is at least
    the one seen: over all 2**n patterns up to 20 pairs, else over `draws` random
    ones, with the pattern seen counted among them.

    Args:
        first: A score an interview, None where it is undefined.
        second: The other system's scores, in the same order.
        draws: Random patterns above 20 pairs.
        seed: Seed of the patterns.

    Returns:
        The two-sided p with what it rests on.

    Raises:
        UsageError: The two differ in length.

    Source:
        Fisher 1935, section 21; Yeh 2000 (ACL C00-2137) for F1; Phipson & Smyth
        2010 for counting the pattern seen.

    Example:
        >>> sign_flip([0.1, 0.2, 0.3], [0.2, 0.4, 0.6]).p
        0.25
    """
    import numpy as np

    if len(first) != len(second):
        message = f"{len(first)} scores cannot be paired with {len(second)}."
        raise UsageError(message, hint="Give both systems' scores per interview.")
    pairs = zip(first, second, strict=True)
    found = [b - a for a, b in pairs if a is not None and b is not None]
    left_out = len(first) - len(found)
    if not found:
        return Permutation(p=None, difference=None, n=0, left_out=left_out)
    # Sorted, so that the order of the interviews cannot change a float sum.
    gaps = np.sort(np.array(found, dtype=np.float64))
    seen = abs(float(gaps.sum())) - 1e-12 * float(np.abs(gaps).sum())
    if len(gaps) <= EXACT_UP_TO:
        sums = np.zeros(1)
        for gap in gaps:
            sums = np.concatenate([sums + gap, sums - gap])
        p, method = float(np.mean(np.abs(sums) >= seen)), "exact sign flips"
    else:
        signs = np.random.default_rng(seed).integers(0, 2, size=(draws, len(gaps)))
        hits = int(np.sum(np.abs((2.0 * signs - 1.0) @ gaps) >= seen))
        p, method = (hits + 1) / (draws + 1), f"sign flips {draws}"
    mean = float(gaps.mean())
    return Permutation(
        p=p, difference=mean, n=len(gaps), left_out=left_out, method=method
    )


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Adjust the p values of a family so that its error rate stays below alpha.

    Args:
        p_values: One p a metric, each in [0, 1]; None is no test and leaves the
            family.

    Returns:
        Adjusted values in the same order; compare them with alpha itself.

    Source:
        Holm 1979: with p sorted upwards, max over i <= j of (m - i + 1) p_i,
        at most 1.

    Example:
        >>> [round(p, 2) for p in holm([0.01, 0.04, 0.03, 0.005])]
        [0.03, 0.06, 0.06, 0.02]
    """
    tested = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(tested):
        highest = max(highest, min(1.0, (len(tested) - rank) * p))
        adjusted[place] = highest
    return tuple(adjusted)


def minimum_detectable_difference(
    standard_error: float | None, *, n: int, alpha: float = ALPHA, power: float = 0.8
) -> float | None:
    """Return the smallest true difference that such a comparison would show.

    Args:
        standard_error: Standard error of the paired difference.
        n: Interviews, the clusters that it rests on.
        alpha: Two-sided level.
        power: Chance of seeing a difference of that size.

    Returns:
        (t(1 - alpha/2) + t(power)) times the standard error with n - 1 degrees of
        freedom; None below two interviews, or where the differences do not vary
        and so say nothing of their spread.

    Source:
        Miller 2024 (arXiv 2411.00640), section 5, with t for normal quantiles
        because interviews are few.

    Example:
        >>> round(minimum_detectable_difference(0.02, n=16), 4)
        0.06
    """
    if standard_error is None or n < 2 or standard_error <= 0:
        return None
    from scipy.stats import t

    level, chance = t.ppf(1 - alpha / 2, df=n - 1), t.ppf(power, df=n - 1)
    return float(level + chance) * standard_error


def spread(values: Sequence[float | None]) -> float | None:
    """Return the standard deviation between epochs (n - 1), None below two.

    Example:
        >>> round(spread([0.70, 0.72, 0.74]), 4)
        0.02
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    mean = math.fsum(known) / len(known)
    return math.sqrt(math.fsum((v - mean) ** 2 for v in known) / (len(known) - 1))
