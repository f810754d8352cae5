"""A second level: themes of one kind that are about one and the same matter.

Lexical vectors of short statements put the centres of themes hardly nearer together
than chance does, so no linkage over them is shown. A group stands only where at least
half of the people of each of its themes name one matter, more than chance would have
it, and mostly by the same word: `heat` and `rain` are both weather, and no group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from icp_synth.domain.fields import KINDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import ParentTheme, Theme
from icp_synth.domain.values import Value
from icp_synth.stages.themes.about import Matters
from icp_synth.stages.themes.groups import ThemeGroup

_MOST_WORDS = 2

_Forms = Mapping[str, Mapping[str, Collection[str]]]
"""Matter → form → participants, of one theme."""


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
    forms = [matters.forms(theme, about[i].keys()) for i, theme in enumerate(themes)]
    found = []
    for kind in KINDS:
        places_of_kind = [i for i, one in enumerate(themes) if one.kind == kind]
        for matter, places in _bound(places_of_kind, about, forms):
            order = sorted(places, key=lambda i: (-about[i][matter], i))
            members = [themes[i] for i in places]
            shared = [matter, *_shared(places, about, without=matter)]
            words = (
                _words(one, _common(one, places, forms), members, matters)
                for one in shared
            )
            distinct = tuple(dict.fromkeys(words))[:_MOST_WORDS]
            naming = sorted(
                one.id
                for member in members
                for one in member.insights
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


def _bound(
    themes: Sequence[int],
    about: Sequence[Mapping[str, float]],
    forms: Sequence[_Forms],
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield matters and the themes that each binds, strongest first, each theme once.

    Args:
        themes: Places of those of one kind, in order.
        about: Matter → how strongly, of every theme.
        forms: Their words for the matters that they are about.
    """
    holding: dict[str, list[int]] = defaultdict(list)
    for i in themes:
        for matter in about[i]:
            holding[matter].append(i)
    bonds = {
        matter: _bond(matter, places, about, forms)
        for matter, places in holding.items()
    }
    while best := min((one for one in bonds.values() if one), default=None):
        _, matter, places = best
        yield matter, places
        # Only what these themes were about too binds others than before.
        for other in {one for i in places for one in about[i]}:
            holding[other] = [i for i in holding[other] if i not in places]
            bonds[other] = _bond(other, holding[other], about, forms)


def _bond(
    matter: str,
    places: Sequence[int],
    about: Sequence[Mapping[str, float]],
    forms: Sequence[_Forms],
) -> tuple[float, str, tuple[int, ...]] | None:
    """Return how strongly a matter binds themes, negative, and which of them.

    They mostly use the word which most of them have for it.
    """
    if len(places) < 2:
        return None
    common = _common(matter, places, forms)
    agreed = tuple(i for i in places if common in _usual(forms[i][matter]))
    if len(agreed) < 2:
        return None
    return -round(sum(about[i][matter] for i in agreed), 6), matter, agreed


def _usual(forms: Mapping[str, Collection[str]]) -> list[str]:
    """Return the forms that at least half of a theme's people have for a matter."""
    people = {who for said in forms.values() for who in said}
    return [form for form, said in forms.items() if 2 * len(said) >= len(people)]


def _common(matter: str, places: Iterable[int], forms: Sequence[_Forms]) -> str:
    """Return the form that is usual in most themes, of several that of most people."""
    held = [forms[i][matter] for i in places]
    themes = Counter(form for one in held for form in _usual(one))
    people = Counter(form for one in held for form, said in one.items() for _ in said)
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
