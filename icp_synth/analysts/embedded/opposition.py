"""Tell where one sentence says the opposite of another, and only where it shows.

Two clauses oppose one another when they name the same matter in the same words, one
of them affirms and the other denies it (a negation in one of the two, or two words that
are opposites), both are of the same people and time, what is denied is no more than
what was affirmed, and nothing in the sentence takes it back: a condition, a wish, a
question, a report of what somebody else thinks, a doubt, irony. Who says both denies
nothing. What is denied in other words is not seen: nobody can tell then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from icp_synth.analysts.embedded.clauses import (
    Clause,
    clause_of,
    parts_of,
    taken_back,
)
from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.reach import alike
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, length, sentences
from icp_synth.analysts.embedded.stances import ANY_AXIS, AXIS_BEGINNINGS, NEGATION
from icp_synth.analysts.embedded.trim import trim
from icp_synth.analysts.protocol import ClaimToJudge, Verdict, Verdicts
from icp_synth.embedding.embedded import weight_table

_ASKS = re.compile(r"[?？]|\bif\b|如果|要是|假如|的話")
_LEAST_SHARED = 2
_LEAST = (0.6, 0.6)
_LEAST_WITH_OPPOSITES = (0.5, 0.4)
"""Of what the claim's clause and the sentence's clause name. Words that are opposites
are evidence by themselves; a "not" may belong to anything."""

_LEAST_WORDS = 3
"""Shared words of English clauses that share but one that is not of any talk."""

_LEAST_CHINESE = (0.4, 0.5)
"""Of a clause's pairs of characters: those who speak of one thing at length use more
characters than are shared."""

_NUMBERS = frozenset(
    {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
)
"""Left out of a denial of what was told without any."""

_LEAST_OF_WHOLE = 0.3
"""Of the words of the claim: an aside of a long quote is not what it claims."""

_LIGHTEST = 0.5
"""What all shared words weigh together, at least."""

_LEAST_REACHED = {"en": 1.0, "zh": 0.8}
"""Of what a negation reaches: who denies more than was said denies something else."""


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
    held = ((place, _turn(one, clause)) for place, clause in said for one in stated)
    denial = None
    for place, turn in held:
        if turn > 0:
            return None
        if turn < 0 and denial is None:
            denial = place
    return denial


_WORDS = re.compile(r"[a-z]+")


@lru_cache(maxsize=1 << 10)
def on_an_axis(text: str) -> bool:
    """Tell whether a text holds a word that has an opposite."""
    lowered = plain(text)
    if is_chinese(text):
        return ANY_AXIS["zh"].search(lowered) is not None
    # Most texts hold no such word, and a look at their words is quicker.
    if AXIS_BEGINNINGS.isdisjoint(_WORDS.findall(lowered)):
        return False
    return ANY_AXIS["en"].search(lowered) is not None


def may_oppose(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of texts, each before another, that are worth `opposing`.

    Of two that oppose one another one denies something, or both hold words that have
    opposites. Most texts do neither, and two looks tell.
    """
    languages = ["zh" if is_chinese(one) else "en" for one in texts]
    said = list(zip(map(plain, texts), languages, strict=True))
    denying = [NEGATION[language].search(text) is not None for text, language in said]
    sided = [on_an_axis(one) for one in texts]
    for one, other in permutations(range(len(texts)), 2):
        if denying[one] or denying[other] or (sided[one] and sided[other]):
            yield one, other


@lru_cache(maxsize=1 << 13)
def _said(passage: str) -> tuple[tuple[Piece, Clause], ...]:
    """Return the clauses of a passage that state something, with their sentences."""
    lowered = plain(passage)
    found: list[tuple[Piece, Clause]] = []
    for place in sentences(passage):
        sentence = place.of(lowered)
        said = [
            (place, one)
            for clause in parts_of(sentence)
            if (one := clause_of(clause)) and not taken_back(clause, "clause")
        ]
        if said and not taken_back(sentence, "sentence"):
            found += said
    return tuple(found)


@lru_cache(maxsize=1 << 13)
def _stated(claim: str) -> tuple[Clause, ...]:
    """Return the clauses of a claim that hold enough of what it names."""
    if _ASKS.search(claim):
        return ()
    clauses = parts_of(claim)
    whole = sum(length(clause) for clause in clauses)
    found = []
    for clause in clauses:
        one = clause_of(clause)
        if one is None or length(clause) < _LEAST_OF_WHOLE * whole:
            continue
        if not taken_back(clause, "clause") and not taken_back(clause, "sentence"):
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


def _turn(claim: Clause, said: Clause) -> int:
    """Return −1 where the claim is denied, 1 where it is said again, 0 elsewhere."""
    if not _comparable(claim, said):
        return 0
    turned = claim.turned * said.turned
    if claim.signs:
        turns = {turned * sign * said.signs[axis] for axis, sign in claim.signs.items()}
        near = said.sided <= claim.words and (
            claim.sided <= said.words or _denies_all(claim, said)
        )
        return turns.pop() if near and len(turns) == 1 else 0
    if turned > 0:
        return 1
    denial, other = (claim, said) if claim.negations else (said, claim)
    return -1 if _reaches(denial, other) else 0


def _comparable(claim: Clause, said: Clause) -> bool:
    """Tell whether two clauses are of the same matter, people and time."""
    if claim.language != said.language or claim.compares != said.compares:
        return False
    if claim.signs.keys() != said.signs.keys():
        return False  # One of them weighs what the other only tells.
    same = _same_matter(claim, said) or _denies_all(claim, said)
    return same and alike(claim.frame, said.frame)


def _reaches(denial: Clause, other: Clause) -> bool:
    """Tell whether all that is denied is what the other clause affirms."""
    if not denial.reached or denial.reached[0] not in other.words:
        return False
    named = denial.frame.subject != "thing" or other.frame.subject == "all"
    told = sum(one in other.words for one in denial.told)
    if not named and told <= len(denial.told) / 2:
        return False
    reached = denial.reached
    if not _NUMBERS & other.words:  # "Not two hours" denies that it takes hours.
        reached = tuple(one for one in reached if one not in _NUMBERS)
    held = sum(one in other.words for one in reached)
    return held >= _LEAST_REACHED[denial.language] * len(reached)


def _same_words(claim: Clause, said: Clause) -> bool:
    """Tell whether English clauses share enough words, those of any talk among them."""
    shared = claim.content & said.content
    most = max(len(claim.content), len(said.content))
    return (
        claim.language == "en"
        and len(shared) >= _LEAST_WORDS
        and bool(claim.matter & said.matter)
        and len(shared) >= _LEAST[0] * most
    )


def _words(shared: frozenset[str]) -> int:
    """Return how many words are shared at least; four characters are two words."""
    characters = {mark for one in shared if one[0] > "\u2fff" for mark in one}
    known = weight_table().english
    others = [one for one in shared if one[0] <= "\u2fff"]
    if not characters and sum(known.get(one, 1.0) for one in others) < _LIGHTEST:
        return 0
    return len(others) + len(characters) // 2


def _same_matter(claim: Clause, said: Clause) -> bool:
    shared = claim.matter & said.matter
    if _words(shared) < (1 if claim.signs else _LEAST_SHARED):
        return _same_words(claim, said)
    of_claim = len(shared) / len(claim.matter)
    of_said = len(shared) / len(said.matter)
    if claim.language == "zh":
        low, high = _LEAST_CHINESE
        return min(of_claim, of_said) >= low and max(of_claim, of_said) >= high
    least = _LEAST_WITH_OPPOSITES if claim.signs else _LEAST
    enough = of_claim >= least[0] and of_said >= least[1]
    return enough or _same_words(claim, said)


def _denies_all(claim: Clause, said: Clause) -> bool:
    """Tell whether a denial of more than was claimed holds the claim: "no concerns"."""
    return (
        claim.language == "en"
        and bool(claim.signs)
        and (said.negations, claim.negations) == (1, 0)
        and bool(said.content)
        and said.content <= claim.words
    )
