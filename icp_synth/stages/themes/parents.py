"""A second level: themes of one kind that are about one and the same matter.

Lexical vectors of short statements put the centres of themes hardly nearer together
than chance does, so no linkage over them is shown. A group stands only where at least
half of the people of each of its themes name one matter, more than chance would have
it, and mostly by the same word: `heat` and `rain` are both weather, and no group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from icp_synth.domain.fields import KINDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import ParentTheme, Theme
from icp_synth.domain.values import Value
from icp_synth.stages.themes.about import Matters
from icp_synth.stages.themes.groups import ThemeGroup

_MOST_WORDS = 2


class Family(Value):
    """Themes that are about one matter.

    Attributes:
        places: In the themes that were given, at least two; first the one that is
            most about it.
        words: What all of them speak of, as it is said there: the matter, and a
            second one where they share two.
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
) -> tuple[Family, ...]:
    """Gather the themes of each kind that are about the same matter.

    Args:
        themes: As `group_themes` gave them.
        insights: Of all participants; they say how often a matter is named at all.
        names: The product's, which is no matter.

    Returns:
        A theme is in one group at most; those that speak of nothing together are in
        none. By the first theme of each.
    """
    matters = Matters(insights, without=names)
    about = [matters.about(theme) for theme in themes]
    found = []
    for kind in KINDS:
        left = {i for i, one in enumerate(themes) if one.kind == kind}
        while best := _best(left, about, themes, matters):
            matter, places = best
            left -= set(places)
            order = sorted(places, key=lambda i: (-about[i][matter], i))
            shared = [matter, *_shared(places, about, without=matter)]
            words = (_words(one, places, themes, matters) for one in shared)
            distinct = tuple(dict.fromkeys(words))[:_MOST_WORDS]
            naming = sorted(
                one.id
                for i in places
                for one in themes[i].insights
                if any(name.matter == matter for name in matters.of(one))
            )
            found.append(
                Family(places=tuple(order), words=distinct, naming=tuple(naming))
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


def _best(
    left: Collection[int],
    about: Sequence[Mapping[str, float]],
    themes: Sequence[ThemeGroup],
    matters: Matters,
) -> tuple[str, tuple[int, ...]] | None:
    """Return the matter that most binds the themes that are left, and these."""
    holding: dict[str, list[int]] = defaultdict(list)
    for i in sorted(left):
        for matter in about[i]:
            holding[matter].append(i)
    found = []
    for matter, places in holding.items():
        if len(places) > 1:
            agreed = _agreed(matter, places, themes, matters)
            if len(agreed) > 1:
                weight = round(sum(about[i][matter] for i in agreed), 6)
                found.append((-weight, matter, agreed))
    if not found:
        return None
    _, matter, agreed = min(found)
    return matter, agreed


def _agreed(
    matter: str,
    places: Sequence[int],
    themes: Sequence[ThemeGroup],
    matters: Matters,
) -> tuple[int, ...]:
    """Return the themes that mostly use the word which most of them have for it."""
    forms = {i: matters.forms(matter, themes[i]) for i in places}
    common = _commonest(forms.values())
    return tuple(i for i in places if common in _usual(forms[i]))


def _usual(forms: Mapping[str, Collection[str]]) -> list[str]:
    """Return the forms that at least half of a theme's people have for a matter."""
    people = {who for said in forms.values() for who in said}
    return [form for form, said in forms.items() if 2 * len(said) >= len(people)]


def _commonest(forms: Collection[Mapping[str, Collection[str]]]) -> str:
    """Return the form that is usual in most themes, of several that of most people."""
    themes = Counter(form for one in forms for form in _usual(one))
    people = Counter(form for one in forms for form, said in one.items() for _ in said)
    return min(people, key=lambda one: (-themes[one], -people[one], one))


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
    matter: str,
    places: Sequence[int],
    themes: Sequence[ThemeGroup],
    matters: Matters,
) -> str:
    """Return a matter in the word that stands in all its themes."""
    form = _commonest([matters.forms(matter, themes[i]) for i in places])
    return _written(
        Counter(
            one.words
            for i in places
            for insight in themes[i].insights
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
