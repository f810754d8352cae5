"""A second level: themes of one kind that are about one and the same matter.

Lexical vectors of short statements put the centres of themes hardly nearer together
than chance does, so no linkage over them is shown: what names a group is a matter that
the people of each of its themes name, more than chance would have it.

Statements that a reader wrote say what they are about. There half of a theme's people
name the matter, and mostly by the same word: `heat` and `rain` are both weather, and
no group. Quotes are one sentence of many, in words of one's own, and name a matter
less often and more by accident. There a tenth of the people will do, in whatever words
(`music` or `audio`), if the study comes back to the matter and the themes are also
alike in what was said around their quotes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.fields import KINDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import ParentTheme, Theme
from icp_synth.domain.values import Value
from icp_synth.stages.themes.about import Matters
from icp_synth.stages.themes.bonds import (
    bound,
    common_form,
    covering_forms,
    in_one_word,
    near_by,
)
from icp_synth.stages.themes.groups import ThemeGroup
from icp_synth.stages.themes.near import nearness
from icp_synth.stages.themes.spoken import Spoken

_MOST_WORDS = 2

_LEAST_OF_QUOTES = 0.1
"""Least share of a theme's people whose quotes name its group's matter. A large theme
of quotes is wide, and two people are the least in any case."""


class Family(Value):
    """Themes that are about one matter.

    Attributes:
        places: In the themes that were given, at least two; first the one that is
            most about it.
        words: What all of them speak of, as it is said there: the matter, and a
            second one where they share two. Of quotes the words for one matter, at
            most three, of which each theme has one at least.
        naming: Ids of their insights that name the matter, sorted.
    """

    places: tuple[int, ...]
    words: tuple[str, ...]
    naming: tuple[str, ...] = ()


def find_parents(
    themes: Sequence[ThemeGroup],
    insights: Sequence[Insight],
    *,
    names: Sequence[str] = (),
    spoken: Spoken | None = None,
) -> tuple[Family, ...]:
    """Gather the themes of each kind that are about the same matter.

    Args:
        themes: As `group_themes` gave them.
        insights: Of all participants; they say how often a matter is named at all.
        names: The product's, which is no matter.
        spoken: What was said around the insights, where these are bare quotes; None
            where their statements were written.

    Returns:
        A theme is in one group at most; those that speak of nothing together are in
        none. By the first theme of each.
    """
    if not themes:
        return ()
    matters = Matters(insights, without=names)
    about = _about(themes, matters, spoken)
    forms = [matters.forms(theme, about[i].keys()) for i, theme in enumerate(themes)]
    if spoken is None:
        agree = in_one_word(forms)
    else:
        agree = near_by(forms, nearness(themes, spoken.around))
    found = []
    for kind in KINDS:
        places_of_kind = [i for i, one in enumerate(themes) if one.kind == kind]
        for matter, places in bound(places_of_kind, about, agree):
            order = sorted(places, key=lambda i: (-about[i][matter], i))
            members = [themes[i] for i in places]
            if spoken is None:
                shared = [matter, *_shared(places, about, without=matter)]
                said = [(one, common_form(one, places, forms)) for one in shared]
            else:
                few, _ = covering_forms(matter, places, forms)
                said = [(matter, form) for form in few]
            words = (_words(*one, members, matters) for one in said)
            distinct = tuple(dict.fromkeys(words))
            naming = sorted(
                one.id
                for member in members
                for one in member.insights
                if any(name.matter == matter for name in matters.of(one))
            )
            found.append(
                Family(
                    places=tuple(order),
                    words=distinct[:_MOST_WORDS] if spoken is None else distinct,
                    naming=tuple(naming),
                )
            )
    return tuple(sorted(found, key=lambda one: min(one.places)))


def parent_of(
    family: Family, themes: Sequence[Theme], *, of: int, label: str | None = None
) -> ParentTheme:
    """Return the group of themes as it is published; its people count once.

    Args:
        family: One of those that `find_parents` gave.
        themes: In the same order as there, with their names and labels.
        of: Participants of the study.
        label: Its name; else its words. A label of one of its themes may claim what
            the others do not carry.

    Returns:
        Its id is its version, until a name is given to it.
    """
    members = [themes[i] for i in family.places]
    people = sorted({name for one in members for name in one.participants})
    kind = members[0].kind
    version = content_id("par", kind, sorted(one.version for one in members))
    return ParentTheme(
        id=version,
        version=version,
        kind=kind,
        label=label or " · ".join(family.words),
        words=family.words,
        themes=tuple(one.id for one in members),
        participants=tuple(people),
        n=len(people),
        of=of,
        interval=wilson(len(people), of),
    )


def _about(
    themes: Sequence[ThemeGroup], matters: Matters, spoken: Spoken | None
) -> list[Mapping[str, float]]:
    if spoken is None:
        return [matters.about(theme) for theme in themes]
    return [
        {
            matter: weight
            for matter, weight in matters.about(theme, least=_LEAST_OF_QUOTES).items()
            if matter in spoken.returned
        }
        for theme in themes
    ]


def _shared(
    places: Sequence[int], about: Sequence[Mapping[str, float]], *, without: str
) -> list[str]:
    """Return the other matters that all these themes are about, strongest first."""
    first, *others = (about[i] for i in places)
    both = [
        one for one in first if one != without and all(one in other for other in others)
    ]
    weight = {one: round(sum(about[i][one] for i in places), 6) for one in both}
    return sorted(both, key=lambda one: (-weight[one], one))


def _words(
    matter: str, form: str, themes: Iterable[ThemeGroup], matters: Matters
) -> str:
    """Return a matter as it is written where it has the form that its themes share."""
    return _written(
        Counter(
            one.words
            for theme in themes
            for insight in theme.insights
            for one in matters.of(insight)
            if (one.matter, one.form) == (matter, form)
        )
    )


def _written(said: Counter[str]) -> str:
    """Return the commonest spelling; a capital stays only where there is no other."""
    small: Counter[str] = Counter()
    for words, times in said.items():
        small[words.lower() if words.lower() in said else words] += times
    return min(small, key=lambda one: (-small[one], one))
