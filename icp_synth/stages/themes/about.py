"""What a theme is about: matters that half of its people name, more than by chance.

A matter is a concept of the shipped lexicon, in either language, or an English word
that is not light. It is looked for in statements and quotes; a word that readers write
and participants hardly say ("the participant", "the company") is no matter.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.embedding.concepts import phrases_in_characters, phrases_in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, is_cjk, stem, traditional

if TYPE_CHECKING:
    from icp_synth.stages.themes.groups import ThemeGroup

_RUNS = re.compile(rf"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|[{CJK}]+")

_WEIGHT = 0.5
_CONCEPT = 0.35
"""Least weight of an English word, and of a concept, in the shipped table: `work` and
`thing` are less, and so is software, which every study of software names."""

_SHORTEST = {False: 3, True: 2}
"""Least length of a word by whether it is Chinese."""

_SPOKEN = 0.25
"""Least share of the insights that name a matter whose quotes name it too."""

_HALF = 0.5
_LEAST_PEOPLE = 2
"""Least share of a theme's people, and number of them, who name what it is about."""

_CHANCE = 0.05
"""Probability below which it is no chance that so many statements name a matter."""


class Named(NamedTuple):
    """A matter as it stands in a text.

    Attributes:
        matter: `#concept`, or the stem of a word.
        form: The stems, or the Traditional characters, that name it.
        words: As they are written.
    """

    matter: str
    form: str
    words: str


class Matters:
    """Which matters each insight of a study names.

    Args:
        insights: Of all participants.
        without: What is no matter, as the product's name.
    """

    def __init__(
        self, insights: Iterable[Insight], *, without: Sequence[str] = ()
    ) -> None:
        self._named: dict[str, tuple[Named, ...]] = {}
        spoken: Counter[str] = Counter()
        self._naming: Counter[str] = Counter()
        for one in insights:
            # A statement in the participant's words is most often its one quote.
            read = {text: named(text) for text in {one.statement, *_quotes(one)}}
            quoted = [found for text in _quotes(one) for found in read[text]]
            found = [*quoted, *read[one.statement]]
            self._named[one.id] = tuple(found)
            self._naming.update({name.matter for name in found})
            spoken.update({name.matter for name in quoted})
        passed_over = {found.matter for text in without for found in named(text)}
        self._matters = frozenset(
            name
            for name, count in self._naming.items()
            if spoken[name] >= _SPOKEN * count and name not in passed_over
        )

    def of(self, insight: Insight) -> tuple[Named, ...]:
        """Return what an insight names, in its quotes first."""
        return self._named[insight.id]

    def about(self, theme: ThemeGroup, *, least: float = _HALF) -> Mapping[str, float]:
        """Return the matters that a theme is about, and how strongly.

        Enough of its people name such a matter, and so many of its statements do
        that, at the rate of the whole study, chance would do so in fewer than one
        case of twenty (binomial tail).

        Args:
            theme: Of these insights.
            least: Share of its people who name it, two of them at least.

        Returns:
            Matter → share of its people times the matter's rarity, -ln of the rate.
        """
        from scipy.special import bdtrc

        holders: dict[str, set[str]] = defaultdict(set)
        statements: Counter[str] = Counter()
        for one in theme.insights:
            matters = {name.matter for name in self.of(one)} & self._matters
            statements.update(matters)
            for name in matters:
                holders[name].add(one.participant)
        found = {}
        for name, who in holders.items():
            share = len(who) / len(theme.participants)
            rate = self._naming[name] / len(self._named)
            if share < least or len(who) < _LEAST_PEOPLE or rate >= 1.0:
                continue
            if bdtrc(statements[name] - 1, len(theme.insights), rate) < _CHANCE:
                found[name] = share * -math.log(rate)
        return found

    def forms(
        self, theme: ThemeGroup, of: Collection[str]
    ) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Return the words that a theme's people have for matters, and who has which.

        Args:
            theme: Of these insights.
            of: The matters.

        Returns:
            Matter → form → participants.
        """
        said: dict[str, dict[str, set[str]]] = {one: defaultdict(set) for one in of}
        for insight in theme.insights:
            for one in self.of(insight):
                if one.matter in said:
                    said[one.matter][one.form].add(insight.participant)
        return {
            matter: {form: frozenset(who) for form, who in forms.items()}
            for matter, forms in said.items()
        }


def named(text: str) -> list[Named]:
    """Return the matters that a text names, in order.

    Example:
        >>> [one.words for one in named("The vans are stocked by a list")]
        ['vans', 'stocked', 'list']
    """
    table = weight_table()
    found: list[Named] = []
    words: list[str] = []
    for run in _RUNS.findall(text):
        if not is_cjk(run):
            words.append(run)
            continue
        found += _english(words)
        words = []
        folded = traditional(run)
        for start, end, names in phrases_in_characters(folded, table.common):
            if end - start >= _SHORTEST[True]:
                found += _concepts(names, folded[start:end], run[start:end])
    return found + _english(words)


def _quotes(insight: Insight) -> list[str]:
    return [quote.text for quote in insight.quotes]


def _english(words: Sequence[str]) -> list[Named]:
    read = [_word(word) for word in words]
    stems = [one.stem for one in read]
    found: list[Named] = []
    after = 0
    for start, end, names in phrases_in_words(stems):
        found += _alone(read[after:start])
        after = end
        if any(one.alone for one in read[start:end]):
            form, said = " ".join(stems[start:end]), " ".join(words[start:end])
            found += _concepts(names, form, said)
    return found + _alone(read[after:])


def _alone(read: Iterable[_Word]) -> list[Named]:
    return [one.alone for one in read if one.alone is not None]


class _Word(NamedTuple):
    """The stem of an English word, and what it is by itself: no matter if light."""

    stem: str
    alone: Named | None


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> _Word:
    one = stem(word.lower())
    weight = weight_table().english.get(one, 1.0)
    heavy = weight >= _WEIGHT and len(one) >= _SHORTEST[False]
    return _Word(one, Named(one, one, word) if heavy else None)


@lru_cache(maxsize=1 << 16)
def _concepts(names: tuple[str, ...], form: str, words: str) -> tuple[Named, ...]:
    """Return the concepts of a phrase, but for light ones."""
    weights = weight_table().concepts
    return tuple(
        Named(f"#{name}", form, words)
        for name in names
        if weights.get(name, 1.0) >= _CONCEPT
    )
