"""Read profile facts out of sentences: value as said, and in a form to compare.

Precise rather than complete: a fact is taken only where the speaker talks about
themselves or their company, now. What is negated, supposed, asked, meant ironically,
said of other people, or taken back in the same breath is left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from icp_synth.analysts.embedded.cues import guards, plain
from icp_synth.analysts.embedded.fact_guards import barred, corrected, likely, refused
from icp_synth.analysts.embedded.fact_patterns import Pattern, patterns
from icp_synth.analysts.embedded.money import currency, period
from icp_synth.analysts.embedded.numbers import quantity_en, quantity_zh
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, sentences
from icp_synth.analysts.embedded.technology import products
from icp_synth.domain.insights import Normal

_NO_STATEMENT = frozenset({"question", "irony", "meta"})
_PLACES = frozenset({"place", "geography"})
_HEADCOUNTS = frozenset({"headcount_company", "headcount_department"})
_PROPER = re.compile(r"(?:the )?[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)*|[^\x00-\u2fff]+")


class Fact(NamedTuple):
    """A profile fact and the stretch of the turn that says it.

    Attributes:
        field: Name in the catalogue of profile fields.
        category: Trait category of the codebook.
        value: As said, a slice of the turn.
        normal: What can be compared, or None.
        place: The sentence that says it, within the turn.
        at: The stretch that was matched, within the turn.
    """

    field: str
    category: str
    value: str
    normal: Normal | None
    place: Piece
    at: Piece


class _Sentence(NamedTuple):
    """A sentence in its turn: the text, the text as patterns want it, where it is."""

    text: str
    lowered: str
    place: Piece
    language: str


def facts(text: str) -> list[Fact]:
    """Return the facts of one participant turn, in order of place.

    A field is taken once a sentence; the first pattern of the catalogue's order wins.
    Products in use are one fact each.

    Example:
        >>> [(fact.field, fact.value) for fact in facts("We're about 200 people.")]
        [('headcount_company', 'about 200 people')]
    """
    lowered = plain(text)
    found: list[Fact] = []
    for place in sentences(text):
        language = "zh" if is_chinese(place.of(text)) else "en"
        tripped = guards(place.of(lowered), language)
        if tripped & _NO_STATEMENT:
            continue
        sentence = _Sentence(text, lowered, place, language)
        for pattern in patterns(language):
            if barred(pattern.field, tripped):
                continue
            fact = _match(pattern, sentence)
            if fact is not None and not any(_rival(held, fact) for held in found):
                found.append(fact)
        if not barred("technology", tripped):
            found.extend(
                Fact("technology", "technology", at.of(text), None, place, at)
                for at in products(text, lowered, place, language)
            )
    return sorted(found, key=lambda fact: (fact.at, fact.field))


def _rival(held: Fact, fact: Fact) -> bool:
    """Tell whether a sentence already gave this field, or these words another one."""
    if held.place != fact.place:
        return False
    shared = held.at.start < fact.at.end and fact.at.start < held.at.end
    return (
        held.field == fact.field
        or (shared and held.value == fact.value)
        or {held.field, fact.field} == _HEADCOUNTS
    )


def _match(pattern: Pattern, sentence: _Sentence) -> Fact | None:
    text, lowered, place, language = sentence
    for expression in pattern.expressions:
        match = expression.search(lowered, place.start, place.end)
        if match is None:
            continue
        before = lowered[place.start : match.start()]
        if refused(pattern.field, before, match, language):
            continue
        value = _value(pattern, sentence, match)
        said = value.of(text).strip(" ,，、")
        normal = _normal(pattern, sentence, value)
        if not said or (
            pattern.unit and (normal is None or not likely(pattern.field, normal))
        ):
            continue
        at = Piece(match.start(), max(value.end, match.end("v")))
        return Fact(pattern.field, pattern.category, said, normal, place, at)
    return None


def _value(pattern: Pattern, sentence: _Sentence, match: re.Match[str]) -> Piece:
    """Return the value's stretch: a place's name only, and a number as corrected."""
    start, end = match.span("v")
    if pattern.field in _PLACES:
        name = _PROPER.match(sentence.text[start:end])
        return Piece(start, start + name.end()) if name else Piece(start, start)
    if pattern.unit == "people":
        later = corrected(sentence.lowered, end, sentence.language)
        if later is not None:
            return Piece(*later)
    return Piece(start, end)


def _normal(pattern: Pattern, sentence: _Sentence, value: Piece) -> Normal | None:
    if pattern.unit is None and not pattern.money:
        return None
    words = value.of(sentence.lowered)
    read = quantity_zh if sentence.language == "zh" else quantity_en
    quantity = read(words)
    if quantity is None:
        return None
    if pattern.money:
        before = sentence.lowered[sentence.place.start : value.start]
        return Normal(
            low=quantity.low,
            high=quantity.high,
            unit=period(words, before),
            currency=currency(words, sentence.place.of(sentence.text)),
        )
    quantity = quantity.times(pattern.factor)
    return Normal(low=quantity.low, high=quantity.high, unit=pattern.unit)
