"""What most people of a theme speak of, and how much of that a text names.

A concept has many words: "lose" and "forget" are one, "van" and "lorry" are one. Who
uses a word of it that hardly anybody of the theme uses may speak of something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.named import matters_in, named

if TYPE_CHECKING:
    from icp_synth.analysts.protocol import ThemeToName


class Core:
    """What several people of a theme name.

    Args:
        theme: With its statements and whose each is.
        out: Places of statements that leave it.
    """

    def __init__(self, theme: ThemeToName, out: Collection[int]) -> None:
        places = enumerate(zip(theme.statements, theme.people, strict=False))
        self._held = [said for at, said in places if at not in out]
        people: dict[str, set[int]] = defaultdict(set)
        for one, person in self._held:
            for name in matters_in(one):
                people[name].add(person)
        self._naming = {
            name: len(who) * _weight(name)
            for name, who in people.items()
            if len(who) > 1
        }
        self._most = max(self._naming.values(), default=0.0)
        self._words: dict[str, Mapping[str, float]] = {}

    def share(self, text: str) -> float:
        """Return how heavy the heaviest matter is that a text names, 0 to 1.

        A concept counts half, and more as more people use the text's word for it. Where
        a theme has no core nothing is missing.
        """
        if not self._most:
            return 1.0
        best = 0.0
        for weight, name in self._held_by(text):
            if weight <= best:
                break
            best = max(best, self._mass(name, text))
        return best / self._most

    def share_at_most(self, text: str) -> float:
        """Return what `share` is at most, of a text and of each part of it."""
        if not self._most:
            return 1.0
        return (
            max((self._naming.get(one, 0.0) for one in matters_in(text)), default=0.0)
            / self._most
        )

    def _held_by(self, text: str) -> list[tuple[float, str]]:
        naming = self._naming
        held = ((naming[one], one) for one in matters_in(text) if one in naming)
        return sorted(held, reverse=True)

    def _mass(self, name: str, text: str) -> float:
        if name[0] != "#":
            return self._naming[name]
        if name not in self._words:
            self._words[name] = self._shares(name)
        said = max(self._words[name][word] for word in _words(text)[name])
        return self._naming[name] * (1 + said) / 2

    def _shares(self, name: str) -> Mapping[str, float]:
        """Return each word for a concept with its share of the commonest one's people.

        English words are held against English ones, Chinese against Chinese.
        """
        users: dict[str, set[int]] = defaultdict(set)
        for one, person in self._held:
            if name in matters_in(one):
                for word in _words(one)[name]:
                    users[word].add(person)
        most: dict[bool, int] = defaultdict(int)
        for word, who in users.items():
            most[word.isascii()] = max(most[word.isascii()], len(who))
        shares = {word: len(who) / most[word.isascii()] for word, who in users.items()}
        return defaultdict(float, shares)


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> Mapping[str, frozenset[str]]:
    """Return the words by which a text names each of its concepts.

    Of a phrase each word counts: "no signal" and "without signal" share one.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for one in named(text):
        if one.matter[0] == "#":
            found[one.matter].update(one.form.split())
    return {name: frozenset(forms) for name, forms in found.items()}


def _weight(name: str) -> float:
    table = weight_table()
    if name[0] == "#":
        return table.concepts.get(name[1:], 1.0)
    return table.english.get(name, 1.0)
