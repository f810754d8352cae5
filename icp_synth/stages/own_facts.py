"""Where a claim is about one profile field, what people said in that field answers it.

A judge reads a few passages. Whoever states a price elsewhere is not silent on what
people pay: their own fact supports the claim, is another value, or cannot be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.conditions import SEVERAL_VALUES, condition_of, matches
from icp_synth.domain.fields import PROFILE_FIELDS, comparable
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Claim, Fact

Facts = Mapping[str, Mapping[str, tuple[Fact, ...]]]
"""Participant → field → facts, in the order in which they were last said."""

_EXAMPLES = re.compile(
    r"[,，、(（]?\s*(?:\b(?:such as|for example|for instance|e\.g\.)"
    r"|例如|比如|譬如|像是).*",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(r"\d[\d.,]*")
_WORD = re.compile(r"[^\W\d_]+")
_SAYS_NOTHING = re.compile(
    r"an?|the|they|their|them|he|his|she|her|it|its|we|our|us|i|my|you|your|one|who"
    r"|that|this|these|those|is|are|was|were|be|been|has|have|had|do|does|did|of|for"
    r"|to|in|on|at|by|from|with|and|or|as|per|each|every|some|any|about|around"
    r"|roughly|participants?|persons?|people|compan(?:y|ies)|firms?|business(?:es)?"
    r"|customers?|product|use|using|amounts?|sum|figure|number|value|total"
)
"""Words that stand in the sentence of any field."""
_OF_MONEY = re.compile(
    r"pay(?:s|ing|ments?)?|paid|pric(?:es?|ed)|cost(?:s|ing)?|fees?|charged?|money"
    r"|subscription"
)
_LEAST_STEM = 4


def field_of(claim: Claim, insights: Mapping[str, Insight]) -> str | None:
    """Return the one profile field that a claim in words rests on; None for others.

    Every insight that it cites states that field, of which a person has one value:
    who names Excel has not said what else they use.
    """
    if claim.field in PROFILE_FIELDS:
        return None
    stated = {insights[one].attribute for one in claim.insights if one in insights}
    field = stated.pop() if len(stated) == 1 else None
    if field not in PROFILE_FIELDS or field in SEVERAL_VALUES:
        return None
    return field


def with_own_facts(
    claim: Claim,
    facts: Facts,
    insights: Mapping[str, Insight],
    *,
    drawn_from: Sequence[str] | None = None,
) -> Claim:
    """Return a claim with the people placed whose own facts answer it.

    Whom a judge found for it or against it stays there. Of the others, who named a
    value of its field supports it where their words bear the sentence out and their
    figure lies in its range; otherwise they stand among `unjudged`, under
    `other_value` or, where nobody can tell, under `not_comparable`.

    Args:
        claim: With where everybody stands.
        facts: Of everybody.
        insights: Of the whole study, by id.
        drawn_from: What it cited before it was judged; a judge's quotes state no field.
    """
    cited = claim.model_copy(update={"insights": tuple(drawn_from or claim.insights)})
    field = field_of(cited, insights)
    if field is None or claim.basis != "evidence":
        return claim
    ours = _stated(cited.insights, facts, field)
    supports: dict[str, Fact] = {}
    other, unlike = set(claim.other_value), set(claim.not_comparable)
    for name in (*claim.silent, *claim.unjudged):
        said = facts.get(name, {}).get(field, ())
        if not said:
            continue
        fits = _answers(claim, field, ours, said, insights)
        if fits:
            supports[name] = said[-1]
        elif fits is False:
            other.add(name)
        else:
            unlike.add(name)
    answered = other | unlike
    more = (one for name in sorted(supports) for one in supports[name].insights)
    unjudged = {*claim.unjudged, *answered} - supports.keys()
    return claim.model_copy(
        update={
            "insights": tuple(dict.fromkeys((*claim.insights, *more))),
            "supports": tuple(sorted({*claim.supports, *supports})),
            "silent": tuple(
                one
                for one in claim.silent
                if one not in answered and one not in supports
            ),
            "unjudged": tuple(sorted(unjudged)),
            "other_value": tuple(sorted(other - supports.keys())),
            "not_comparable": tuple(sorted(unlike - other - supports.keys())),
        }
    )


def _stated(cited: Iterable[str], facts: Facts, field: str) -> list[Fact]:
    """Return the facts that a claim rests on."""
    wanted = set(cited)
    return [
        fact
        for fields in facts.values()
        for fact in fields.get(field, ())
        if wanted.intersection(fact.insights)
    ]


def _answers(
    claim: Claim,
    field: str,
    ours: Sequence[Fact],
    said: Sequence[Fact],
    insights: Mapping[str, Insight],
) -> bool | None:
    """Tell whether somebody's own facts support a claim; None where nobody can tell."""
    equal = {comparable(fact.value) for fact in ours}
    same = any(comparable(fact.value) in equal for fact in said)
    if PROFILE_FIELDS[field].type not in {"number", "money"}:
        return same
    sentence = _EXAMPLES.sub("", claim.text)
    bears_out = not claim.example and _bears_out(sentence, field, said[-1], insights)
    if same:
        return True if bears_out or claim.example else None
    span, figure = _span(ours), said[-1].normal
    within = None
    if span is not None and figure is not None and _unit(span) == _unit(figure):
        within = matches(condition_of(span), figure, field)
    if bears_out and (within or not _FIGURE.search(sentence)):
        return True
    return None if within is None else False


def _bears_out(
    sentence: str, field: str, fact: Fact, insights: Mapping[str, Insight]
) -> bool:
    """Tell whether every word of a sentence that says something is somebody's own too.

    "They pay a monthly amount" is borne out by "195 a month"; "the payment includes
    extras" is not.
    """
    money = PROFILE_FIELDS[field].type == "money"
    told = {
        word
        for one in _WORD.findall(sentence)
        if not _SAYS_NOTHING.fullmatch(word := one.casefold())
        and not (money and _OF_MONEY.fullmatch(word))
    }
    own = [fact.value, fact.normal.unit or "" if fact.normal else ""]
    for one in fact.insights:
        if one in insights:
            held = insights[one]
            own += [held.statement, *(quote.text for quote in held.quotes)]
    words = {one.casefold() for text in own for one in _WORD.findall(text)}
    return bool(told) and all(any(_alike(a, b) for b in words) for a in told)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _LEAST_STEM and long.startswith(short))


def _span(facts: Iterable[Fact]) -> Normal | None:
    """Return the range of figures in one unit and currency; None for several."""
    figures = [fact.normal for fact in facts if fact.normal is not None]
    if not figures or len({_unit(one) for one in figures}) > 1:
        return None
    lows = [one.low for one in figures]
    highs = [one.high for one in figures]
    return Normal(
        low=None if None in lows else min(one for one in lows if one is not None),
        high=None if None in highs else max(one for one in highs if one is not None),
        unit=figures[0].unit,
        currency=figures[0].currency,
    )


def _unit(normal: Normal) -> tuple[str | None, str | None]:
    return normal.unit, normal.currency
