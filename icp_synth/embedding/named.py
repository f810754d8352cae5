"""What a text names: the matters that its words, or its characters, carry.

A matter is a concept of the shipped lexicon, in either language, an English word that
is not light, or a pair of Chinese characters. Words that say how often, how surely or
how much something is so carry none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from icp_synth.embedding.concepts import phrases_in_characters, phrases_in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, is_cjk, stem, traditional

_RUNS = re.compile(rf"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|[{CJK}]+")

_WEIGHT = 0.5
_CONCEPT = 0.35
"""Least weight of an English word, and of a concept, in the shipped table: `work` and
`thing` are less, and so is software, which every study of software names."""

_SHORTEST = {False: 3, True: 2}
"""Least length of a word by whether it is Chinese."""

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
_RUN_ZH = re.compile(rf"[{CJK}]+")


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


@lru_cache(maxsize=1 << 17)
def named(text: str) -> tuple[Named, ...]:
    """Return the matters that a text names, in order.

    A quote is read as what it says, as part of its turn and by itself: the latest are
    kept.

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
    return tuple(found + _english(words))


def forget() -> None:
    """Let go of what was read: of large studies it is hundreds of megabytes."""
    named.cache_clear()
    matters_in.cache_clear()


def without_light(text: str) -> str:
    """Return a quote without the words that carry no matter.

    Example:
        >>> without_light("Usually I draw the covers").split()
        ['I', 'draw', 'the', 'covers']
    """
    return _WORD_EN.sub(
        lambda found: "" if stem(found[0].lower()) in LIGHT else found[0], text
    )


@lru_cache(maxsize=1 << 14)
def matters_in(text: str) -> frozenset[str]:
    """Return what a text is about: `#concepts`, heavy stems, pairs of characters.

    Example:
        >>> sorted(matters_in("Usually I draw the covers"))
        ['#art', 'cover']
    """
    heavy = [one for one in named(text) if one.form not in LIGHT]
    found = set(_one_each(heavy))
    if not text.isascii():
        for run in _RUN_ZH.findall(_LIGHT_ZH.sub(" ", traditional(text))):
            found.update(_pairs(run))
    return frozenset(found)


def _pairs(run: str) -> Iterator[str]:
    """Yield pairs of characters that do not overlap, known and heavy ones first.

    A word of three characters holds two pairs, and is one word.
    """
    known = weight_table().chinese
    places = sorted(
        range(len(run) - 1), key=lambda at: (-known.get(run[at : at + 2], 0.0), at)
    )
    taken: set[int] = set()
    for at in places:
        if not taken & {at, at + 1}:
            taken |= {at, at + 1}
            yield run[at : at + 2]


def _one_each(said: Sequence[Named]) -> Iterator[str]:
    """Yield one matter for each word or phrase, of several concepts the heaviest.

    "Book" is writing and an appointment; who shares it shares one word all the same.
    """
    for _, same in groupby(said, key=lambda one: (one.form, one.words)):
        matters = [one.matter for one in same]
        yield matters[0] if len(matters) == 1 else max(matters, key=_weighed)


def _weighed(matter: str) -> tuple[float, str]:
    return weight_table().concepts.get(matter.removeprefix("#"), 1.0), matter


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
