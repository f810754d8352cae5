"""What it says how often a group is found again when people are drawn anew.

The figure is a mean Jaccard overlap over resamples, 0 to 1, of a theme's people or of a
segment's.

Source:
    Thresholds after Hennig 2007, "Cluster-wise assessment of cluster stability".
"""

from __future__ import annotations

from typing import Literal

StabilityVerdict = Literal["stable", "pattern", "unstable"]

STABLE = 0.75
"""From here a group is to be relied on."""

UNSTABLE = 0.6
"""Below it is not; between the two there is a pattern whose members are in doubt."""

DISSOLVED = 0.5
"""Below it is none: it was lost more often than found."""


def stability_verdict(value: float | None) -> StabilityVerdict | None:
    """Return what a stability says; None where there is none.

    Example:
        >>> stability_verdict(0.6)
        'pattern'
    """
    if value is None:
        return None
    if value >= STABLE:
        return "stable"
    return "pattern" if value >= UNSTABLE else "unstable"
