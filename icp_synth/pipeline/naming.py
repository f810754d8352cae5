"""Let the analyst name themes and groups of themes.

Whoever names a theme says which statements do not say what the name says. These leave
the theme: people count only where their words carry what they are counted for. Only
leaving is possible, no answer puts anybody into a theme. A name that may not be used
is left out: a theme then goes by its most central statement, a group by the words that
all its themes share, and both are as they were found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from icp_synth.analysts.protocol import (
    THEMES_A_REQUEST,
    GroupToName,
    ThemeToName,
)
from icp_synth.domain.insights import Insight
from icp_synth.domain.themes import NotHeld, Theme
from icp_synth.pipeline.name_checks import checked
from icp_synth.pipeline.work import Work
from icp_synth.stages.themes import Family, ThemeGroup, one_thread, theme_centres
from icp_synth.stages.themes.held import shown_of, without

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")

_NEIGHBOURS = 2
_QUOTES = 3
_STATEMENTS_A_THEME = 2

STATEMENTS_A_REQUEST = 300
"""About 8,000 tokens; a request takes fewer themes where theirs are more."""


class Named(NamedTuple):
    """What came of asking for names.

    Attributes:
        texts: Number → name that may be used; numbers begin at 1.
        outcomes: Of the requests, `done`, `failed`, `pending`.
    """

    texts: Mapping[int, str]
    outcomes: Counter[str]


class NamedThemes(NamedTuple):
    """Themes of those who carry their names.

    Attributes:
        groups: In the order in which they were found; one without an answer, or whose
            name may not be used, is as it was found.
        names: Of each, or None.
        outcomes: Of the requests, `done`, `failed`, `pending`.
    """

    groups: tuple[ThemeGroup, ...]
    names: tuple[str | None, ...]
    outcomes: Counter[str]


def name_themes(work: Work, groups: Sequence[ThemeGroup]) -> NamedThemes:
    """Ask for the names of themes, and take out of them what does not carry its name.

    Names that are not carried by what is left are counted and left out.

    Args:
        work: With the vectors that the themes were cut from.
        groups: As they were found.
    """
    shown = {number: shown_of(one) for number, one in enumerate(groups, start=1)}
    settled = work.settle(
        [
            work.analyst.name_themes(part, work.settings.language)
            for part in _within(_to_name(work, groups, list(shown.values())))
        ]
    )
    answers = [one.value for one in settled if one.value is not None]
    not_held = {
        number: {shown[number][place - 1] for place in places}
        for one in answers
        for number, places in one.not_held.items()
    }
    left = {
        number: without(group, not_held.get(number, set()))
        for number, group in enumerate(groups, start=1)
    }
    evidence = {number: [one or groups[number - 1]] for number, one in left.items()}
    texts, given = checked(work, "theme", answers, evidence)
    kept = [
        (left[number] if number in texts else group, texts.get(number))
        for number, group in enumerate(groups, start=1)
    ]
    work.theme_names = given.model_copy(
        update={
            "not_held": tuple(
                NotHeld(
                    number=number,
                    text=texts[number],
                    insight=groups[number - 1].insights[i].id,
                    participant=groups[number - 1].insights[i].participant,
                )
                for number, out in sorted(not_held.items())
                if number in texts
                for i in sorted(out)
            ),
            "judged": sum(
                len(shown[number]) for number in texts if work.analyst.model is not None
            ),
            "unjudged": sum(
                len(groups[number - 1].insights) - len(shown[number])
                for number in texts
                if work.analyst.model is not None
            ),
            "ended": sum(one is None for one, _ in kept),
        }
    )
    themes = [(group, name) for group, name in kept if group is not None]
    return NamedThemes(
        groups=tuple(group for group, _ in themes),
        names=tuple(name for _, name in themes),
        outcomes=Counter(one.outcome for one in settled),
    )


def _to_name(
    work: Work, groups: Sequence[ThemeGroup], shown: Sequence[Sequence[int]]
) -> list[ThemeToName]:
    """Return the themes as the namer sees them; `shown` are places of insights."""
    firsts = [one.insights[0].statement for one in groups]
    return [
        ThemeToName(
            number=number,
            kind=group.kind,
            statements=tuple(group.insights[i].statement for i in places),
            quotes=tuple(
                one.quotes[0].text for one in _one_each(group.insights)[:_QUOTES]
            ),
            neighbours=tuple(firsts[i] for i in near),
            people=_person_numbers([group.insights[i].participant for i in places]),
        )
        for number, (group, places, near) in enumerate(
            zip(groups, shown, _near_themes(work, groups), strict=True), start=1
        )
    ]


def _person_numbers(people: Sequence[str]) -> tuple[int, ...]:
    numbers = {name: i for i, name in enumerate(dict.fromkeys(people), start=1)}
    return tuple(numbers[name] for name in people)


def _within(shown: Sequence[ThemeToName]) -> list[list[ThemeToName]]:
    """Return the themes in requests of so many themes and statements at most."""
    parts: list[list[ThemeToName]] = []
    room = 0
    for one in shown:
        room -= len(one.statements)
        if not parts or room < 0 or len(parts[-1]) == THEMES_A_REQUEST:
            parts.append([])
            room = STATEMENTS_A_REQUEST - len(one.statements)
        parts[-1].append(one)
    return parts


def name_groups(
    work: Work,
    groups: Sequence[ThemeGroup],
    themes: Sequence[Theme],
    families: Sequence[Family],
) -> Named:
    """Ask for the names of groups of themes, once all their themes have theirs.

    Args:
        work: With the vectors that the themes were cut from.
        groups: Themes as they were found.
        themes: The same, named.
        families: The groups of them.
    """
    held = {
        number: [groups[i] for i in one.places]
        for number, one in enumerate(families, start=1)
    }
    near = _near_families(work, groups, families)
    shown = [
        GroupToName(
            number=number,
            kind=members[0].kind,
            words=family.words,
            themes=tuple(themes[i].label for i in family.places),
            statements=tuple(
                one.statement
                for member in members
                for one in _one_each(_naming_first(member, family))[
                    :_STATEMENTS_A_THEME
                ]
            ),
            neighbours=tuple(
                "; ".join(themes[i].label for i in families[other].places)
                for other in others
            ),
        )
        for family, others, (number, members) in zip(
            families, near, held.items(), strict=True
        )
    ]
    settled = work.settle(
        [
            work.analyst.name_groups(part, work.settings.language)
            for part in _parts(shown)
        ]
    )
    values = [one.value for one in settled]
    texts, given = checked(work, "theme_group", values, held)
    work.theme_names = work.theme_names.with_(given)
    return Named(texts, Counter(one.outcome for one in settled))


def requests_for(families: Sequence[Family]) -> int:
    """Return how many requests name so many groups."""
    return -(-len(families) // THEMES_A_REQUEST)


def _parts(shown: Sequence[T]) -> list[Sequence[T]]:
    return [
        shown[at : at + THEMES_A_REQUEST]
        for at in range(0, len(shown), THEMES_A_REQUEST)
    ]


def _naming_first(theme: ThemeGroup, family: Family) -> list[Insight]:
    """Return a theme's insights, first those that name what its group shares."""
    naming = set(family.naming)
    return sorted(theme.insights, key=lambda one: one.id not in naming)


def _one_each(insights: Sequence[Insight]) -> list[Insight]:
    firsts: dict[str, Insight] = {}
    for one in insights:
        firsts.setdefault(one.participant, one)
    return list(firsts.values())


def _near_themes(work: Work, groups: Sequence[ThemeGroup]) -> list[list[int]]:
    """Return for each theme the nearest others of the same kind."""
    import numpy as np

    row = {one.id: i for i, one in enumerate(work.insights)}
    # Not of length 1: long-standing answers were asked for with these neighbours.
    centres = np.array(
        [
            work.statement_vectors[[row[one.id] for one in group.insights]].mean(axis=0)
            for group in groups
        ]
    )
    return _nearest(centres, [one.kind for one in groups])


def _near_families(
    work: Work, groups: Sequence[ThemeGroup], families: Sequence[Family]
) -> list[list[int]]:
    """Return for each group of themes the nearest others of the same kind."""
    import numpy as np

    if not families:
        return []
    centres = theme_centres(groups, work.insights, work.statement_vectors)
    middles = np.array([centres[list(one.places)].mean(axis=0) for one in families])
    return _nearest(middles, [groups[one.places[0]].kind for one in families])


def _nearest(centres: NDArray[np.floating], kinds: Sequence[str]) -> list[list[int]]:
    import numpy as np

    near: list[list[int]] = [[] for _ in kinds]
    with one_thread():
        for kind in set(kinds):
            rows = np.flatnonzero([other == kind for other in kinds])
            likeness = np.round(centres[rows] @ centres[rows].T, 6)
            np.fill_diagonal(likeness, -np.inf)
            order = np.argsort(-likeness, axis=1, kind="stable")
            for i, others in zip(
                rows, order[:, : min(_NEIGHBOURS, len(rows) - 1)], strict=True
            ):
                near[i] = rows[others].tolist()
    return near
