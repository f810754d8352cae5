"""Tell where one sentence says the opposite of another, and only where it shows.

Two clauses oppose one another when they name the same matter in the same words, one
of them affirms and the other denies it (a negation in one of the two, or two words that
are opposites), and nothing in the sentence takes it back: a condition, a wish, a
question, a report of what somebody else thinks, another time, irony. What is denied in
other words is not seen: the answer is then that nobody can tell.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, length, sentences
from icp_synth.analysts.embedded.stances import (
    AXES,
    FUNCTION_ZH,
    GUARD_CLAUSE,
    GUARD_SENTENCE,
    NEGATION,
    NO_NEGATION_ZH,
)
from icp_synth.analysts.embedded.trim import trim
from icp_synth.analysts.protocol import ClaimToJudge, Verdict, Verdicts
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, pieces, stem

_CLAUSE = re.compile(
    r"[,;:–—()]+|\s-\s|\b(?:but|because|so|although|though|whereas|while|unless|since)\b"
    r"|\b(?:and)\b(?=\s+(?:i|we|it|they|he|she|that|nobody|the|my|our)\b)|[，、；：。！？…]+"
)
_ASKS = re.compile(r"[?？]|\bif\b|如果|要是")
_LEAST_SHARED = 2
_LEAST = (0.6, 0.6)
_LEAST_WITH_OPPOSITES = (0.5, 0.4)
"""Of what the claim's clause and the sentence's clause name. Words that are opposites
are evidence by themselves; a "not" may belong to anything."""

_LEAST_CHINESE = (0.3, 0.5)
"""Of a clause's pairs of characters: those who speak of one thing at length use more
characters than are shared."""

_LEAST_OF_WHOLE = 0.3
"""Of the words of the claim: an aside of a long quote is not what it claims."""

_LIGHT = 0.38
"""Words that weigh no more are said of anything, and make no matter."""

_LIGHTEST = 0.5
"""What all shared words weigh together, at least."""

_NO_MATTER = frozenset({"usual", "normal", "general", "typical", "frequent"})
"""How often something is so; nothing is about that."""

_SAYS = 0.1
"""Words that weigh less are grammar."""

_REACH = 3
"""Words after a negation among which one must be shared."""

_MOST_WORDS = 22
"""A clause that is longer holds more than one thing."""


class _Clause(NamedTuple):
    """One thing that is said.

    Attributes:
        matter: What it names, without words of opposite sign and of negation.
        signs: Axis → +1 or −1, before negation.
        negations: How many.
        words: All that it says, light words among them.
        denied: Words right after a negation.
        language: `en` or `zh`.
    """

    matter: frozenset[str]
    signs: dict[str, int]
    negations: int
    words: frozenset[str]
    denied: frozenset[str]
    language: str

    @property
    def turned(self) -> int:
        """−1 where what is said is denied."""
        return -1 if self.negations % 2 else 1


def opposing(claim: str, passage: str) -> Piece | None:
    """Return the first sentence of a passage that denies a claim, or None.

    Args:
        claim: One sentence, or a quote that stands for it.
        passage: Words of one person.

    Example:
        >>> said = "They're fine. The app is not slow at all."
        >>> opposing("The app is slow", said).of(said)
        'The app is not slow at all.'
    """
    stated = _stated(plain(claim))
    said = _said(passage) if stated else ()
    return next(
        (
            place
            for place, clause in said
            if any(_opposed(one, clause) for one in stated)
        ),
        None,
    )


@lru_cache(maxsize=1 << 13)
def _said(passage: str) -> tuple[tuple[Piece, _Clause], ...]:
    """Return the clauses of a passage that state something, with their sentences."""
    lowered = plain(passage)
    found = []
    for place in sentences(passage):
        sentence = place.of(lowered)
        if taken_back(sentence, "sentence"):
            continue
        for clause in parts_of(sentence):
            one = None if taken_back(clause, "clause") else _clause(clause)
            if one is not None:
                found.append((place, one))
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _stated(claim: str) -> tuple[_Clause, ...]:
    """Return the clauses of a claim that hold enough of what it names."""
    if _ASKS.search(claim):
        return ()
    clauses = parts_of(claim)
    whole = sum(length(clause) for clause in clauses)
    found = []
    for clause in clauses:
        back = taken_back(clause, "clause") or taken_back(clause, "sentence")
        one = None if back else _clause(clause)
        if one is not None and length(clause) >= _LEAST_OF_WHOLE * whole:
            found.append(one)
    return tuple(found)


def judge_claim(claim: ClaimToJudge) -> Verdicts:
    """Return `contradicts` for the passages that show it, `unjudged` for the others."""
    verdicts = []
    for passage in claim.passages:
        place = opposing(claim.text, passage.text)
        if place is None:
            verdicts.append(Verdict(number=passage.number, stance="unjudged"))
            continue
        quote = trim(passage.text, place).of(passage.text)
        verdicts.append(
            Verdict(number=passage.number, stance="contradicts", quote=quote)
        )
    return Verdicts(verdicts=tuple(verdicts))


def taken_back(text: str, scope: Literal["sentence", "clause"]) -> bool:
    """Tell whether something in a `plain` text keeps it from being a plain statement.

    Args:
        text: A sentence or a clause.
        scope: Which; a condition holds for its sentence, a reporter for the clause.
    """
    guard = GUARD_SENTENCE if scope == "sentence" else GUARD_CLAUSE
    return guard.search(text) is not None


def parts_of(lowered: str) -> list[str]:
    """Return the clauses of a `plain` text."""
    return [part for one in _CLAUSE.split(lowered) if (part := one.strip())]


@lru_cache(maxsize=4096)
def _clause(text: str) -> _Clause | None:
    """Return what a clause says; None where it says too much to be told apart."""
    chinese = is_chinese(text)
    language = "zh" if chinese else "en"
    bare = NO_NEGATION_ZH.sub(" ", text) if chinese else text
    negations = len(NEGATION[language].findall(bare))
    if negations > 1:
        return None
    rest = NEGATION[language].sub(" ", bare)
    signs: dict[str, int] = {}
    for axis in AXES[language]:
        ups, downs = len(axis.up.findall(rest)), len(axis.down.findall(rest))
        if ups and downs:
            return None
        if ups or downs:
            signs[axis.name] = 1 if ups else -1
            rest = axis.down.sub(" ", axis.up.sub(" ", rest))
    named = matter(rest, chinese=chinese)
    if not chinese and len(text.split()) > _MOST_WORDS:
        return None
    words = _pairs(bare) if chinese else _stems(bare, above=0.0)
    after = denied(bare, chinese=chinese)
    return _Clause(named, signs, negations, words, after, language)


def matter(text: str, *, chinese: bool) -> frozenset[str]:
    """Return what a `plain` text names, as stems or pairs of characters."""
    return _pairs(text) if chinese else _stems(text)


def denied(text: str, *, chinese: bool) -> frozenset[str]:
    """Return what stands right after a negation (in Chinese, anywhere after it)."""
    match = NEGATION["zh" if chinese else "en"].search(text)
    if match is None:
        return frozenset()
    after = text[match.end() :]
    if chinese:
        return _pairs(after)
    known = weight_table().english
    return frozenset(
        one for one in pieces(after)[:_REACH] if known.get(one, 1.0) >= _SAYS
    )


def _stems(text: str, *, above: float = _LIGHT) -> frozenset[str]:
    known = weight_table().english
    said = frozenset(
        one for one in pieces(text) if len(one) > 1 and known.get(one, 1.0) > above
    )
    return said - _NO_MATTER if above else said


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, and words of other scripts."""
    bare = FUNCTION_ZH.sub(" ", text)
    found: set[str] = set()
    for run in re.findall(rf"[{CJK}]+|[a-z0-9]+", bare):
        if run[0] < "\u2fff":
            found.add(stem(run))
        else:
            found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return frozenset(found)


def _opposed(claim: _Clause, said: _Clause) -> bool:
    if claim.language != said.language:
        return False
    shared = claim.matter & said.matter
    axes = claim.signs.keys() & said.signs.keys()
    if claim.signs.keys() != said.signs.keys():
        return False  # One of them weighs what the other only tells.
    if not _same_matter(claim, said, shared, least=1 if axes else _LEAST_SHARED):
        return False
    signs = {
        claim.turned * claim.signs[axis] * said.turned * said.signs[axis]
        for axis in axes
    }
    if axes:
        return signs == {-1}
    denied = (claim.denied & said.words) | (said.denied & claim.words)
    return claim.turned != said.turned and bool(denied)


def _words(shared: frozenset[str]) -> int:
    """Return how many words are shared at least; four characters are two words."""
    characters = {mark for one in shared if one[0] > "\u2fff" for mark in one}
    known = weight_table().english
    others = [one for one in shared if one[0] <= "\u2fff"]
    if not characters and sum(known.get(one, 1.0) for one in others) < _LIGHTEST:
        return 0
    return len(others) + len(characters) // 2


def _same_matter(
    claim: _Clause, said: _Clause, shared: frozenset[str], *, least: int
) -> bool:
    if _words(shared) < least:
        return False
    of_claim = len(shared) / len(claim.matter)
    of_said = len(shared) / len(said.matter)
    if claim.language == "zh":
        low, high = _LEAST_CHINESE
        return min(of_claim, of_said) >= low and max(of_claim, of_said) >= high
    least_of = _LEAST_WITH_OPPOSITES if least == 1 else _LEAST
    return of_claim >= least_of[0] and of_said >= least_of[1]
