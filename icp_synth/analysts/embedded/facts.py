"""Read profile facts out of sentences: value as said, and in a form to compare.

Precise rather than complete: a fact is taken only where the speaker talks about
themselves or their company, now. What is negated, supposed, asked, meant ironically,
said of other people, or taken back in the same breath is left alone. What the
interviewer asked right before is the strongest cue: "Twenty-six." says how many people
there are where that was the question, and nothing elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded.cues import guards, plain
from icp_synth.analysts.embedded.fact_guards import (
    barred,
    bought_otherwise,
    corrected,
    likely,
    no_place,
    refused,
    supposes,
)
from icp_synth.analysts.embedded.fact_patterns import Pattern, asked_for, patterns
from icp_synth.analysts.embedded.jobs import jobs
from icp_synth.analysts.embedded.money import amount, currency, period
from icp_synth.analysts.embedded.numbers import (
    Quantity,
    quantity_en,
    quantity_zh,
    years_en,
    years_zh,
)
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, sentences
from icp_synth.analysts.embedded.technology import products
from icp_synth.domain.insights import Normal

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_STATEMENT = frozenset({"question", "irony", "meta"})
_PLACES = frozenset({"place", "geography"})
_HEADCOUNTS = frozenset({"headcount_company", "headcount_department"})
_OPENING = 3
"""Sentences of a turn that may answer what was asked."""

_SINCE = re.compile(
    r"since\b|(?:自從|從)?(?:民國)?[\d〇零一二三四五六七八九]{3,4}年", re.IGNORECASE
)
_PERIOD_NAMES = {"天": "day", "週": "week", "禮拜": "week", "月": "month", "年": "year"}
_PERIOD_AFTER = re.compile(r"[.,]* (?:a|per) (?:month|year|week)\b")
_CLAUSE_END = re.compile(r"[,;:()–—]|\s(?:so|but|and|because|which)\b")
_SECOND = re.compile(r"a second\b")
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
    """A sentence in its turn.

    Attributes:
        text: The turn.
        lowered: The turn as patterns want it.
        place: The sentence's stretch.
        language: `en` or `zh`.
        question: What the interviewer said before, as patterns want it.
        asked: The fields that the question asks for, where this may answer it.
    """

    text: str
    lowered: str
    place: Piece
    language: str
    question: str
    asked: frozenset[str]


def facts(text: str, question: str = "") -> list[Fact]:
    """Return the facts of one participant turn, in order of place.

    A field is taken once a sentence; the first pattern of the catalogue's order wins,
    fields that were asked for before the others. Products in use are one fact each.

    Args:
        text: The turn.
        question: The interviewer's turn before it.

    Example:
        >>> [(fact.field, fact.value) for fact in facts("We're about 200 people.")]
        [('headcount_company', 'about 200 people')]
        >>> [fact.value for fact in facts("Twelve, with me.", "How many are you?")]
        ['Twelve']
    """
    lowered, question = plain(text), plain(question)
    asked = asked_for(question)
    found: list[Fact] = []
    for at, place in enumerate(sentences(text)):
        language = "zh" if is_chinese(place.of(text)) else "en"
        tripped = guards(place.of(lowered), language)
        if tripped & _NO_STATEMENT:
            continue
        tripped -= {"hypothetical"}  # Asked of the clause that says it.
        wanted = asked if at < _OPENING else frozenset()
        sentence = _Sentence(text, lowered, place, language, question, wanted)
        if not barred("role", tripped):
            found.extend(_jobs(sentence))
        for pattern in _in_turn(patterns(language), wanted):
            if barred(pattern.field, tripped):
                continue
            fact = _match(pattern, sentence)
            if fact is not None and not any(_rival(held, fact) for held in found):
                found.append(fact)
        if not barred("technology", tripped):
            found.extend(
                Fact("technology", "technology", at.of(text), None, place, at)
                for at in products(text, lowered, place, language)
                if not _supposed("technology", sentence, at.end)
            )
    return sorted(found, key=lambda fact: (fact.at, fact.field))


def _jobs(sentence: _Sentence) -> Iterator[Fact]:
    """Yield the jobs of an English sentence; those of Chinese stand in the patterns."""
    text, lowered, place, language = sentence[:4]
    if language != "en":
        return
    for lead, job in jobs(lowered, place, asked="role" in sentence.asked):
        before = lowered[place.start : lead.start()]
        if refused("role", before, lead, language):
            continue
        if _supposed("role", sentence, job.end):
            continue
        at = Piece(lead.start(), job.end)
        yield Fact("role", "role", job.of(text), None, place, at)


def _supposed(field: str, sentence: _Sentence, end: int) -> bool:
    """Tell whether a fact is only supposed, by the clauses up to and with its own.

    "I'm a writer, so a project would be a book" supposes nothing of the writer.
    """
    _, lowered, place, language = sentence[:4]
    if language == "zh":
        clause = place.of(lowered)
    else:
        stop = _CLAUSE_END.search(lowered, end, place.end)
        clause = lowered[place.start : stop.start() if stop else place.end]
    tripped = guards(clause, language) if supposes(clause) else frozenset()
    return barred(field, tripped & {"hypothetical"})


def _in_turn(rows: tuple[Pattern, ...], asked: frozenset[str]) -> list[Pattern]:
    """Return the rows in the order in which they are tried: what was asked first."""
    return sorted(rows, key=lambda row: row.field not in asked)


def _rival(held: Fact, fact: Fact) -> bool:
    """Tell whether a sentence already gave this field, or these words another one."""
    if held.place != fact.place:
        return False
    shared = held.at.start < fact.at.end and fact.at.start < held.at.end
    return (
        held.field == fact.field
        or (shared and (held.value == fact.value or _figures(held, fact)))
        or {held.field, fact.field} == _HEADCOUNTS
    )


def _figures(held: Fact, fact: Fact) -> bool:
    """Tell whether both read the same words as a figure: one number is one fact."""
    return held.normal is not None and fact.normal is not None


def _match(pattern: Pattern, sentence: _Sentence) -> Fact | None:
    for match, answers in _said(pattern, sentence):
        fact = _fact(pattern, sentence, match, answers=answers)
        if fact is not None and not _supposed(fact.field, sentence, fact.at.end):
            return fact
    return None


def _said(
    pattern: Pattern, sentence: _Sentence
) -> Iterator[tuple[re.Match[str], bool]]:
    """Yield what may say the fact, and whether it does so as an answer."""
    lowered, (start, end) = sentence.lowered, sentence.place
    if pattern.field in sentence.asked:
        for expression in pattern.answers:
            if match := expression.match(lowered, start, end):
                yield match, True
    expressions = pattern.expressions
    if pattern.loose and _near(pattern, sentence):
        expressions += pattern.loose
    for expression in expressions:
        if match := expression.search(lowered, start, end):
            yield match, False


def _near(pattern: Pattern, sentence: _Sentence) -> bool:
    """Tell whether the turn or its question speaks of what the field is about."""
    return any(
        near.search(words)
        for near in pattern.near
        for words in (sentence.question, sentence.lowered)
    )


def _fact(
    pattern: Pattern, sentence: _Sentence, match: re.Match[str], *, answers: bool
) -> Fact | None:
    text, lowered, place, _ = sentence[:4]
    before = lowered[place.start : match.start()]
    if refused(pattern.field, before, match, sentence.language):
        return None
    value = _value(pattern, sentence, match)
    said = value.of(text).strip(" ,，、")
    if not said or (pattern.field in _PLACES and no_place(said)):
        return None
    after = text[value.end : place.end]
    if pattern.field == "price_paid" and bought_otherwise(after):
        return None
    normal = _normal(pattern, sentence, value, answers=answers)
    name, unit = _name(pattern, match)
    if normal is not None and unit is not None:
        normal = normal.model_copy(update={"unit": unit})
    if normal is None and pattern.unit and not _SINCE.match(said):
        return None  # "Since 2019" stays: how long that is depends on today's date.
    if normal is not None and pattern.unit and not likely(pattern.field, normal):
        return None
    at = Piece(match.start("v"), max(value.end, match.end("v")))
    if not answers:
        at = Piece(match.start(), at.end)
    return Fact(name, pattern.category, said, normal, place, at)


def _name(pattern: Pattern, match: re.Match[str]) -> tuple[str, str | None]:
    """Return the field, and of an own measure its unit: what is counted, and per what.

    "We do 900 samples a week" is `other:samples_per_week`, in samples per week.
    """
    if pattern.field != "other":
        return pattern.field, None
    named = match.groupdict()
    noun, per = named["noun"], named.get("per")
    per = _PERIOD_NAMES.get(per or "", per)
    if per is None:
        return f"other:{noun}", noun
    return f"other:{noun}_per_{per}", f"{noun} per {per}"


def _value(pattern: Pattern, sentence: _Sentence, match: re.Match[str]) -> Piece:
    """Return the value's stretch: a place's name only, and a number as corrected."""
    start, end = match.span("v")
    if pattern.field in _PLACES and sentence.language == "en":
        name = _PROPER.match(sentence.text[start:end])
        return Piece(start, start + name.end()) if name else Piece(start, start)
    if pattern.unit or pattern.money:
        later = corrected(sentence.lowered, end, sentence.language)
        if later is not None:
            return Piece(*later)
    return Piece(start, end)


def _normal(
    pattern: Pattern, sentence: _Sentence, value: Piece, *, answers: bool
) -> Normal | None:
    words, chinese = value.of(sentence.lowered), sentence.language == "zh"
    if _SINCE.match(words):
        return None
    if pattern.money:
        quantity = amount(words, sentence.language)
        if quantity is None:
            return None
        before = sentence.lowered[sentence.place.start : value.start]
        per = period(words, before)
        if per is None and answers:
            later = _PERIOD_AFTER.match(sentence.lowered, value.end)
            per = period(later.group() if later else sentence.question, "")
        return Normal(
            low=quantity.low,
            high=quantity.high,
            unit=per,
            currency=currency(words, sentence.place.of(sentence.text)),
        )
    if pattern.unit == "years":
        quantity = years_zh(words) if chinese else years_en(words)
    elif _SECOND.match(words):
        quantity = Quantity(2, 2)
    elif pattern.unit:
        quantity = quantity_zh(words) if chinese else quantity_en(words)
    else:
        return None
    if quantity is None:
        return None
    return Normal(low=quantity.low, high=quantity.high, unit=pattern.unit)
