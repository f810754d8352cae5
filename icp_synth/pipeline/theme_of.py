"""Which theme a claim is about: the one that holds all of its insights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from icp_synth.domain.themes import Theme


def theme_finder(themes: Sequence[Theme]) -> Callable[[Iterable[str]], Theme | None]:
    """Return how to find the theme of some insights; built once for all claims.

    Args:
        themes: Of a synthesis, in their order.

    Returns:
        Takes insight ids and gives the first theme that holds all of them; None where
        no theme does, or there are no insights.

    Example:
        >>> theme_finder([])(["ins-1"]) is None
        True
    """
    held = [frozenset(one.insights) for one in themes]
    places: dict[str, list[int]] = defaultdict(list)
    for place, ids in enumerate(held):
        for one in sorted(ids):
            places[one].append(place)

    def find(ids: Iterable[str]) -> Theme | None:
        wanted = frozenset(ids)
        if not wanted:
            return None
        among = places.get(min(wanted), ())
        return next((themes[at] for at in among if wanted <= held[at]), None)

    return find
