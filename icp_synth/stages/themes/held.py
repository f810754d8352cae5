"""Who carries a theme's name: which members are shown to be judged, and who stays."""

from __future__ import annotations

from collections.abc import Collection

from icp_synth.stages.themes.groups import ThemeGroup

MOST_STATEMENTS = 200
"""Of one theme, shown to be judged by its name; what is beyond stays unjudged."""

_LEAST_PEOPLE = 2


def shown_of(theme: ThemeGroup) -> list[int]:
    """Return the places of the insights that fit: one each, then what else they say."""
    firsts = {
        one.participant: i for i, one in reversed(list(enumerate(theme.insights)))
    }
    first = set(firsts.values())
    places = sorted(range(len(theme.insights)), key=lambda i: (i not in first, i))
    return sorted(places[:MOST_STATEMENTS])


def without(theme: ThemeGroup, out: Collection[int]) -> ThemeGroup | None:
    """Return a theme without some of its insights, if two people are left."""
    if not out:
        return theme
    held = tuple(one for i, one in enumerate(theme.insights) if i not in out)
    people = tuple(sorted({one.participant for one in held}))
    if len(people) < _LEAST_PEOPLE:
        return None
    return theme.model_copy(update={"insights": held, "participants": people})
