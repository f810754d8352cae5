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
