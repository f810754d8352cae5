"""What a theme is about: matters that half of its people name, more than by chance.

Matters are looked for in statements and quotes; a word that readers write and
participants hardly say ("the participant", "the company") is none.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.insights import Insight
from icp_synth.embedding.named import Named, named

if TYPE_CHECKING:
    from icp_synth.stages.themes.groups import ThemeGroup

_SPOKEN = 0.25
"""Least share of the insights that name a matter whose quotes name it too."""

_HALF = 0.5
_LEAST_PEOPLE = 2
"""Least share of a theme's people, and number of them, who name what it is about."""

_CHANCE = 0.05
"""Probability below which it is no chance that so many statements name a matter."""


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
        matters_of: dict[str, frozenset[str]] = {}
        spoken: Counter[str] = Counter()
        self._naming: Counter[str] = Counter()
        for one in insights:
            # A statement in the participant's words is most often its one quote.
            read = {text: named(text) for text in {one.statement, *_quotes(one)}}
            quoted = [found for text in _quotes(one) for found in read[text]]
            found = [*quoted, *read[one.statement]]
            self._named[one.id] = tuple(found)
            matters_of[one.id] = frozenset(name.matter for name in found)
            self._naming.update(matters_of[one.id])
            spoken.update({name.matter for name in quoted})
        passed_over = {found.matter for text in without for found in named(text)}
        self._matters = frozenset(
            name
            for name, count in self._naming.items()
            if spoken[name] >= _SPOKEN * count and name not in passed_over
        )
        self._of = {name: found & self._matters for name, found in matters_of.items()}

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
            statements.update(self._of[one.id])
            for name in self._of[one.id]:
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


def _quotes(insight: Insight) -> list[str]:
    return [quote.text for quote in insight.quotes]
