"""Intervals that the core needs; the rest stands with the account analytics."""

from __future__ import annotations

import math

_Z95 = 1.959963984540054


def wilson(k: int, n: int) -> tuple[float, float] | None:
    """Return the Wilson score interval of a share, at 95 %.

    Args:
        k: How many have it, 0 to n.
        n: Out of how many.

    Returns:
        Lower and upper limit within [0, 1], or None when n is 0.

    Source:
        Wilson 1927; (p + z²/2n ± z·sqrt(p(1−p)/n + z²/4n²)) / (1 + z²/n).

    Example:
        >>> low, high = wilson(5, 10)
        >>> round(low, 4), round(high, 4)
        (0.2366, 0.7634)
    """
    if n == 0:
        return None
    p = k / n
    z2 = _Z95 * _Z95
    centre = p + z2 / (2 * n)
    half = _Z95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    low = 0.0 if k == 0 else max(0.0, (centre - half) / scale)
    high = 1.0 if k == n else min(1.0, (centre + half) / scale)
    return low, high


def newcombe(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """Return Newcombe's interval of a difference of two shares, at 95 %.

    Args:
        k1: How many of the first have it, 0 to n1.
        n1: Out of how many, at least 1.
        k2: How many of the second have it, 0 to n2.
        n2: Out of how many, at least 1.

    Returns:
        Lower and upper limit of k1/n1 - k2/n2, within [-1, 1].

    Raises:
        ValueError: One of the two is nobody.

    Source:
        Newcombe 1998 (Statistics in Medicine 17: 873-890), method 10: from the Wilson
        limits of both shares.

    Example:
        >>> low, high = newcombe(56, 70, 48, 80)
        >>> round(low, 6), round(high, 6)
        (0.052431, 0.333873)
    """
    first, second = wilson(k1, n1), wilson(k2, n2)
    if first is None or second is None:
        msg = f"a difference needs people on both sides, not {n1} and {n2}"
        raise ValueError(msg)
    p1, p2 = k1 / n1, k2 / n2
    below = math.hypot(p1 - first[0], second[1] - p2)
    above = math.hypot(first[1] - p1, p2 - second[0])
    return max(-1.0, p1 - p2 - below), min(1.0, p1 - p2 + above)
