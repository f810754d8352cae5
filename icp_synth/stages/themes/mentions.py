"""Whether one participant makes most of a theme.

Mentions are insights, in which near-duplicates of one person were merged already; so
a long talker counts here, and still as one person in k of n.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from icp_synth.domain.insights import Insight

LARGEST_SHARE = 0.5
LEAST_MENTIONS = 4


def dominated_by(insights: Sequence[Insight]) -> str | None:
    """Return who alone holds more than half of a theme's mentions.

    Args:
        insights: Of one theme, duplicates of one person merged.

    Returns:
        The participant; None where nobody does or there are under four mentions.

    Example:
        >>> dominated_by([])
    """
    mentions = Counter(one.participant for one in insights)
    if mentions.total() < LEAST_MENTIONS:
        return None
    name, most = min(mentions.items(), key=lambda item: (-item[1], item[0]))
    return name if most > LARGEST_SHARE * mentions.total() else None
