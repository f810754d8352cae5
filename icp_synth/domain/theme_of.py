"""Which theme a claim is about: the one that holds most of its insights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from icp_synth.domain.themes import Theme

ThemeOf = Callable[[Iterable[str]], Theme | None]


def theme_finder(themes: Sequence[Theme]) -> ThemeOf:
    """Return how to find the theme of some insights; built once for all claims.

    A claim is drawn from insights of one theme; what was found when it was held
    against everybody may stand in others.

    Args:
        themes: Of a synthesis, in their order.

    Returns:
        Takes insight ids and gives the theme that holds more than half of them, the
        first of equal ones; None where no theme does.

    Example:
        >>> theme_finder([])(["ins-1"]) is None
        True
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, theme in enumerate(themes):
        for one in theme.insights:
            places[one].append(place)

    def find(ids: Iterable[str]) -> Theme | None:
        wanted = frozenset(ids)
        held = Counter(at for one in wanted for at in places.get(one, ()))
        most = min(held, key=lambda at: (-held[at], at), default=None)
        if most is None or 2 * held[most] <= len(wanted):
            return None
        return themes[most]

    return find
