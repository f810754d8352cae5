"""What two texts name in common: content words, and concepts of both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from icp_synth.embedding.concepts import phrases_in_characters, phrases_in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import is_cjk, pieces

_WORD = 0.35
_CONCEPT = 0.45
"""Least weight of a word and of a concept in the shipped table: what weighs less is
said of anything."""

_EVERYWHERE = frozenset({"mobile_app", "software", "computer"})
"""Whoever speaks of a product names these."""

_RARE_WORD = 0.95
_RARE_CONCEPT = 0.8
"""From here on one term in common is enough: an overdraft, an invoice."""

_SOMEWHAT = 0.3
_QUITE = 1.2
_ACROSS = 0.6
"""Of the least cosine: what two things in common need, and what one needs."""

_SHORTEST = 3
_LEAST = 2
_SEVERAL_WORDS = 5
_SENTENCE_WORDS = 4
"""What stands before and after an "and" is a part from so many words on."""
_ALSO = {"telephon": "phon", "phon": "#phone_call"}
"""Who picks up the phone takes a call, whatever else a phone is."""

_TWO_WORDS = frozenset({"sit"})
"""Stems in which two words meet: a site, and to sit."""

_PART = re.compile(
    r"\s*[,;:，、；：。]\s*(?:(?:and|or|but)\s+)?|\s+[–—]\s+|\s+(?:and|or|but)\s+|而且|並且|以及|和|與",
    re.IGNORECASE,
)


_MORE_OF_IT = re.compile(
    r"(?:\w+(?:ed|ing)|who|that|which|with|without|by|from|for|in|at)\b", re.IGNORECASE
)


class Term(NamedTuple):
    """One thing that a text names.

    Attributes:
        keys: Its stem and its concepts: whoever holds one of them names it too.
        rare: Whether it tells by itself what is spoken of.
    """

    keys: frozenset[str]
    rare: bool


@lru_cache(maxsize=1 << 13)
def terms(text: str) -> tuple[Term, ...]:
    """Return what a text names, each thing once, in order.

    Example:
        >>> [sorted(one.keys) for one in terms("Support by telephone")]
        [['#support', 'support'], ['#phone_call', 'phon', 'telephon']]
    """
    found: list[Term] = []
    words: list[str] = []
    for piece in pieces(text):
        if not is_cjk(piece):
            words.append(piece)
            continue
        found += _english(words)
        words = []
        found += _chinese(piece)
    found += _english(words)
    once: list[Term] = []
    for one in found:
        if not any(one.keys & other.keys for other in once):
            once.append(one)
    return tuple(once)


@lru_cache(maxsize=1 << 13)
def keys_of(text: str) -> frozenset[str]:
    """Return all stems and concepts that a text names."""
    words = [piece for piece in pieces(text) if not is_cjk(piece)]
    also = {_ALSO.get(word, word) for word in words}
    return frozenset({*words, *also}).union(*(one.keys for one in terms(text)))


def in_common(wanted: Sequence[Term], keys: Collection[str]) -> tuple[Term, ...]:
    """Return those terms of a sentence that a text names as well."""
    held = frozenset(keys)
    return tuple(one for one in wanted if one.keys & held)


def enough(shared: Sequence[Term]) -> bool:
    """Tell whether terms in common show that one matter is spoken of."""
    return len(shared) >= _LEAST or any(one.rare for one in shared)


def across_scripts(text: str, other: str) -> bool:
    """Tell whether one of two texts is Chinese and the other is not."""
    return any(map(is_cjk, pieces(text))) != any(map(is_cjk, pieces(other)))


def same_matter(
    wanted: Sequence[Term],
    keys: Collection[str],
    cosine: float,
    *,
    near: float,
    across: bool = False,
) -> bool:
    """Tell whether somebody's words are about what a short sentence is about.

    Neither likeness nor common words are enough by themselves: what is not worded
    alike at all has to share two things or a rare one, what is quite alike one.

    Args:
        wanted: What the sentence names.
        keys: Of somebody's words (`keys_of`).
        cosine: Of the two.
        near: The least cosine of what is worded alike.
        across: Whether the texts are of two scripts: only concepts are alike then.
    """
    shared = in_common(wanted, keys)
    if not shared:
        return False
    if enough(shared):
        return cosine >= _SOMEWHAT * near
    if len(wanted) == 1:
        return cosine >= (_ACROSS * near if across else near)
    return cosine >= _QUITE * near


def parts_of(sentence: str) -> tuple[str, ...]:
    """Split a sentence into the things that it promises.

    A part that names fewer than two things, in a few words, is no promise by itself:
    it stays with the part before.

    Example:
        >>> parts_of("The office plans on one board, and the road sees photos at once")
        ('The office plans on one board', 'the road sees photos at once')
        >>> parts_of("What was done is recorded, with photo, time and signature")
        ('What was done is recorded, with photo, time and signature',)
    """
    cuts = [(0, 0), *((one.start(), one.end()) for one in _PART.finditer(sentence))]
    ends = [*(start for start, _ in cuts[1:]), len(sentence)]
    spans: list[tuple[int, int]] = []
    for (stop, start), end in zip(cuts, ends, strict=True):
        before = sentence[slice(*spans[-1])] if spans else ""
        least = _SENTENCE_WORDS if sentence[stop:start].strip().isalpha() else 1
        whole = all(_promises(one, least) for one in (before, sentence[start:end]))
        if before and not whole:
            spans[-1] = (spans[-1][0], end)
        elif start < end:
            spans.append((start, end))
    return tuple(sentence[start:end].strip() for start, end in spans)


def heads_of(sentence: str) -> tuple[Term, ...]:
    """Return what a sentence is about: the first thing that each part names.

    What is said more of the part before ("answered by people …") is no part.

    Example:
        >>> [
        ...     sorted(one.keys)[-1]
        ...     for one in heads_of("Support by phone, run by people")
        ... ]
        ['support']
    """
    pieces_said = [one for one in _PART.split(sentence) if one.strip()]
    found = [
        terms(one)[:1] for one in pieces_said if _MORE_OF_IT.match(one.strip()) is None
    ]
    return tuple(term for own in found for term in own)


def _promises(part: str, least: int) -> bool:
    said = pieces(part)
    length = sum(len(one) / 2 if is_cjk(one) else 1 for one in said)
    if length < least:
        return False
    return len(terms(part)) >= _LEAST or length >= _SEVERAL_WORDS


def _english(words: Sequence[str]) -> list[Term]:
    table = weight_table()
    found: list[Term] = []
    at = 0
    for start, end, names in phrases_in_words(list(words)):
        found += _plain(words[at:start])
        own = words[start:end]
        heavy = [] if set(own) <= _TWO_WORDS else _heavy(names)
        named = {one for one in own if _weighs(one)}
        keys = {*named, *(_ALSO.get(one, one) for one in named)}
        keys |= {f"#{one}" for one in heavy}
        if heavy:
            most = max(table.concepts.get(one, 1.0) for one in heavy)
            found.append(Term(frozenset(keys), most >= _RARE_CONCEPT))
        else:
            found += _plain(own)
        at = end
    return found + _plain(words[at:])


def _heavy(names: Iterable[str]) -> list[str]:
    known = weight_table().concepts
    return [
        one
        for one in names
        if one not in _EVERYWHERE and known.get(one, 1.0) >= _CONCEPT
    ]


def _plain(words: Sequence[str]) -> list[Term]:
    known = weight_table().english
    return [
        Term(
            frozenset({word, _ALSO.get(word, word)}),
            word in known and known[word] >= _RARE_WORD,
        )
        for word in words
        if _weighs(word)
    ]


def _weighs(word: str) -> bool:
    weight = weight_table().english.get(word, 1.0)
    plain = word.isalpha() and len(word) >= _SHORTEST and word not in _TWO_WORDS
    return plain and weight >= _WORD


def _chinese(run: str) -> list[Term]:
    table = weight_table()
    found: list[Term] = []
    covered: set[int] = set()
    for start, end, names in phrases_in_characters(run, table.common):
        heavy = _heavy(names)
        if heavy:
            most = max(table.concepts.get(one, 1.0) for one in heavy)
            keys = {run[start:end], *(f"#{one}" for one in heavy)}
            found.append(Term(frozenset(keys), most >= _RARE_CONCEPT))
            covered.update(range(start, end))
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        if covered.isdisjoint((at, at + 1)) and table.chinese.get(pair, 0.0) >= _WORD:
            found.append(Term(frozenset({pair}), rare=False))
            covered.update((at, at + 1))
    return found
