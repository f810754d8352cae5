"""Which quotes share more than one word: two words that carry matter, or a concept.

Quotes that share a single word mostly share nothing else: "I can't even think of one"
and "even the covers" are no theme. Words that say how often, how surely or how much
something is so carry no matter at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, stem, traditional
from icp_synth.stages.themes.about import Named, named

_LIGHT_WORDS = (
    " even usually actually personally currently sometimes often generally typically"
    " normally mostly mainly basically literally honestly really truly simply merely"
    " probably possibly definitely certainly absolutely obviously clearly apparently"
    " especially particularly specifically essentially ultimately eventually"
    " recently lately nowadays occasionally frequently rarely hardly barely nearly"
    " almost quite rather somewhat completely totally entirely fully highly"
    " extremely incredibly overall instead however therefore otherwise anyway"
    " perhaps maybe additionally initially finally previously originally suddenly"
    " constantly regularly daily weekly example instance case general moment"
    " difference wonder guess suppose agree hope wish bother tend begin began begun"
    " happy sure okay exactly fairly largely partly whatever whenever wherever"
    " whether besides despite regarding within yeah sort kind bit lot thing part way"
    " pretty able anything somebody everything nothing question answer interview"
)
LIGHT = frozenset(stem(word) for word in _LIGHT_WORDS.split())
"""Stems of English words that say how, how often or how surely, and fillers of talk."""

_WORD_EN = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_LIGHT_ZH = re.compile(
    r"其實|通常|平常|平時|目前|現在|有時候?|常常|經常|真的|甚至|個人|基本上|大概|可能|應該|當然|特別|比較|非常|已經"
    r"|然後|所以|因為|但是|可是|不過|就是說?|這個|那個|這樣|那樣|覺得|我們|你們|他們|大家|自己|一個|一些|什麼|怎麼"
    r"|還是|或者|如果|的話|的時候|可以|沒有|不會|不是|我|你|他|她|它|的|了|都|也|就|很|太|這|那|是|在|有|會|要"
    r"|啊|呢|吧|喔|嘛|著|過|把|被|跟|和|與|又|再|能|嗎|還|不|沒|說|講|想|一|個|去|來|到|做|用|讓|給|對"
)
_OFTEN = 0.04
"""A concept of more than this share of the quotes is the study's own topic."""

_TOPIC = 20
"""Quotes that name it, at least: in a dozen quotes a theme of four is no topic."""

_LEAST = 2
"""Words that two quotes share, at least; a concept counts as both."""

_APART = 1.0
"""Distance of two quotes that share no meaning: as far as any two unlike ones."""

Distances = NDArray[np.float64]


def without_light(text: str) -> str:
    """Return a quote without the words that carry no matter.

    Example:
        >>> without_light("Usually I draw the covers").split()
        ['I', 'draw', 'the', 'covers']
    """
    return _WORD_EN.sub(
        lambda found: "" if _light(found.group()) else found.group(), text
    )


def _light(word: str) -> bool:
    return stem(word.lower()) in LIGHT


def carried(text: str) -> frozenset[str]:
    """Return what a quote is about: `#concepts`, heavy stems, pairs of characters."""
    heavy = [one for one in named(text) if not _light(one.words)]
    found = set(_one_each(heavy))
    for run in re.findall(rf"[{CJK}]+", _LIGHT_ZH.sub(" ", traditional(text))):
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


def _one_each(said: Sequence[Named]) -> Iterator[str]:
    """Yield one matter for each word or phrase, of several concepts the heaviest.

    "Book" is writing and an appointment; who shares it shares one word all the same.
    """
    weights = weight_table().concepts
    for _, same in groupby(said, key=lambda one: (one.form, one.words)):
        yield max(
            (one.matter for one in same),
            key=lambda name: (weights.get(name.removeprefix("#"), 1.0), name),
        )


def shared(
    quotes: Sequence[frozenset[str]], often: frozenset[str]
) -> NDArray[np.bool_]:
    """Return which pairs of quotes share a concept or two other matters.

    Args:
        quotes: What each is about, as `carried` gives it.
        often: Concepts that count as one of two.

    Returns:
        Shape (n, n), symmetric; True on the diagonal.
    """
    from scipy.sparse import csr_array

    if not any(quotes):
        return np.eye(len(quotes), dtype=bool)
    names = sorted({name for one in quotes for name in one})
    column = {name: at for at, name in enumerate(names)}
    rows = [row for row, one in enumerate(quotes) for _ in one]
    columns = np.array(
        [column[name] for one in quotes for name in sorted(one)], np.int64
    )
    weigh = np.array(
        [_LEAST if one[0] == "#" and one not in often else 1 for one in names], np.int64
    )
    held = csr_array(
        (np.ones(len(rows), np.int64), (rows, columns)), shape=(len(quotes), len(names))
    )
    weighed = csr_array(
        (weigh[columns], (rows, columns)), shape=(len(quotes), len(names))
    )
    found: NDArray[np.bool_] = (held @ weighed.T).toarray() >= _LEAST
    np.fill_diagonal(found, val=True)
    return found


def too_often(quotes: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the concepts that so many quotes name that they tell none apart."""
    naming = Counter(name for one in quotes for name in one if name[0] == "#")
    many = max(_OFTEN * len(quotes), _TOPIC)
    return frozenset(name for name, times in naming.items() if times > many)


def apart(distances: Distances, pairs: NDArray[np.bool_]) -> Distances:
    """Return distances in which quotes that share no meaning are far apart."""
    return np.where(pairs, distances, np.maximum(distances, _APART))


class Meanings(NamedTuple):
    """What the quotes of a study are about, and which concepts tell none apart."""

    carried: tuple[frozenset[str], ...]
    often: frozenset[str]

    def pairs(self, rows: Sequence[int]) -> NDArray[np.bool_]:
        """Return which of some quotes share a meaning, shape (rows, rows)."""
        return shared([self.carried[row] for row in rows], self.often)


def meanings_of(quotes: Sequence[str]) -> Meanings:
    """Return what quotes are about, each row one."""
    found = tuple(carried(text) for text in quotes)
    return Meanings(found, too_often(found))
