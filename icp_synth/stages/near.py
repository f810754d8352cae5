"""Which passages of other people a claim is held against: ranked several ways at once.

One vector of a claim and all that it rests on says what these have in common, and may
lose the one word that matters. So passages are ranked by more than that vector, and
the ranks are added up (reciprocal rank fusion: Cormack, Clarke and Büttcher 2009).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from icp_synth.embedding.embedded import concepts_in
from icp_synth.embedding.words import is_cjk, pieces

VERSION = "near/1"

_K = 60
"""Of the fusion, as published: how slowly a rank loses weight."""

_SATURATES = 1.2
_BY_LENGTH = 0.75
"""`k1` and `b` of BM25 (Robertson and Zaragoza 2009), as published."""


class Words:
    """Texts by the words that they hold; rare words weigh most.

    Stems and pairs of Chinese characters; between English and Chinese, the shipped
    concepts that stand for the words of both.

    Args:
        texts: By id.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._chinese = {name: _is_chinese(text) for name, text in texts.items()}
        self._words = _Counted({name: _terms(text) for name, text in texts.items()})
        self._concepts = _Counted(
            {name: sorted(concepts_in(text)) for name, text in texts.items()}
        )

    def scores(self, text: str) -> dict[str, float]:
        """Return how much each text has in common with another (BM25); no zeros."""
        chinese = _is_chinese(text)
        named = {
            name: score
            for name, score in self._concepts.scores(concepts_in(text)).items()
            if self._chinese[name] != chinese
        }
        return best_of([self._words.scores(_terms(text)), named])


class _Counted:
    """Which texts hold which terms how often."""

    def __init__(self, terms: Mapping[str, Sequence[str]]) -> None:
        self._holding: dict[str, dict[str, int]] = defaultdict(dict)
        for name, found in terms.items():
            for term, times in Counter(found).items():
                self._holding[term][name] = times
        self._length = {name: len(found) for name, found in terms.items()}
        self._mean = max(1.0, sum(self._length.values()) / max(1, len(self._length)))

    def scores(self, terms: Iterable[str]) -> dict[str, float]:
        """Return BM25 of the texts that hold any of these terms."""
        found: dict[str, float] = defaultdict(float)
        for term in sorted(set(terms)):
            holding = self._holding.get(term, {})
            n = len(holding)
            weight = math.log(1 + (len(self._length) - n + 0.5) / (n + 0.5))
            for name, times in holding.items():
                length = self._length[name] / self._mean
                damped = _SATURATES * (1 - _BY_LENGTH + _BY_LENGTH * length)
                found[name] += weight * times * (1 + _SATURATES) / (times + damped)
        return dict(found)


def best_of(scored: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return each id with the best of its scores."""
    best: dict[str, float] = {}
    for scores in scored:
        for name, score in scores.items():
            best[name] = max(score, best.get(name, score))
    return best


def fused(scored: Iterable[Mapping[str, float]]) -> list[str]:
    """Return ids by the sum of `1 / (60 + rank)` over several ways to score them.

    Who is missing from one way gets nothing for it; of equals the smaller id is first.

    Example:
        >>> fused([{"a": 0.9, "b": 0.8}, {"b": 2.0, "c": 1.0}])
        ['b', 'a', 'c']
    """
    total: dict[str, float] = defaultdict(float)
    for scores in scored:
        ranked = sorted(scores, key=lambda name: (-round(scores[name], 6), name))
        for rank, name in enumerate(ranked, start=1):
            total[name] += 1 / (_K + rank)
    return sorted(total, key=lambda name: (-round(total[name], 9), name))


class Told(NamedTuple):
    """A passage and whose words it holds."""

    passage: str
    participant: str


def everybody_first(ranked: Iterable[Told], *, most: int, each: int) -> list[str]:
    """Return the best passages, everybody's best before anybody's second.

    Args:
        ranked: Best first.
        most: Passages in all.
        each: Passages of one person, so that who talks much does not stand for all.

    Returns:
        Ids: the best of each person, best first, then the second ones.

    Example:
        >>> told = [Told("a1", "Ann"), Told("a2", "Ann"), Told("b1", "Bea")]
        >>> everybody_first(told, most=3, each=2)
        ['a1', 'b1', 'a2']
    """
    nth: Counter[str] = Counter()
    rounds: list[tuple[int, int, str]] = []
    for at, one in enumerate(ranked):
        if nth[one.participant] < each:
            rounds.append((nth[one.participant], at, one.passage))
            nth[one.participant] += 1
    return [name for _, _, name in sorted(rounds)[:most]]


def _terms(text: str) -> list[str]:
    """Return the stems of a text, and the pairs of its Chinese characters."""
    found: list[str] = []
    for piece in pieces(text):
        if is_cjk(piece):
            found.extend(piece[at : at + 2] for at in range(max(1, len(piece) - 1)))
        else:
            found.append(piece)
    return found


def _is_chinese(text: str) -> bool:
    """Tell whether a text has more Chinese characters than other words."""
    found = pieces(text)
    characters = sum(len(piece) for piece in found if is_cjk(piece))
    return characters > sum(not is_cjk(piece) for piece in found)
