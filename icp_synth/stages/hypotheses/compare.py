"""Compare one person's facts with what a hypothesis says of the field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from icp_synth.domain.fields import PROFILE_FIELDS, ProfileField, comparable
from icp_synth.domain.hypotheses import Hypothesis
from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Fact

Outcome = Literal["supports", "contradicts", "unclear"]

_SEVERAL = frozenset({"technology", "media", "language", "geography"})
"""Of these a person has several: another value says nothing against one."""

_COUNTED = frozenset({"people", "sites", "customers"})
"""Units that things are counted in, whatever the speaker calls them."""

_DAYS: Mapping[str, float] = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}
_SAID_PERIODS: Mapping[str, str] = {
    "day": "day days daily 日 天 每日 每天",
    "week": "week weeks weekly wk 週 周 每週 每周",
    "month": "month months monthly mo 月 個月 个月 每月 一個月",
    "year": "year years yearly annual annually yr yrs 年 歲 岁 每年 一年",
}
_PERIODS = {
    word: period for period, said in _SAID_PERIODS.items() for word in said.split()
}
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_FILLER = frozenset({"per", "a", "an", "each", "every", "of"})


class _Unit(NamedTuple):
    """A unit taken apart; `thing` is what is left of the words."""

    currency: str | None
    period: str | None
    thing: str


def compared(hypothesis: Hypothesis, facts: Sequence[Fact]) -> tuple[Outcome, Fact]:
    """Compare the facts that one person gave of the hypothesis's field.

    Args:
        hypothesis: Any but one that `says` something.
        facts: At least one, in the order in which they were said. Of figures the
            last counts, since speakers correct themselves.

    Returns:
        What they say of it, and the fact that says so.
    """
    known = PROFILE_FIELDS.get(hypothesis.field)
    if known is not None and known.type in {"number", "money"}:
        return _figure(hypothesis, known, facts[-1]), facts[-1]
    return _words(hypothesis, facts)


def _words(hypothesis: Hypothesis, facts: Sequence[Fact]) -> tuple[Outcome, Fact]:
    named = [comparable(word) for word in hypothesis.words()]
    hits = [fact for fact in facts if _holds(comparable(fact.value), named)]
    if hypothesis.operator == "not in":
        return ("contradicts", hits[0]) if hits else ("supports", facts[0])
    if hits:
        return "supports", hits[0]
    several = hypothesis.field in _SEVERAL or hypothesis.field not in PROFILE_FIELDS
    return ("unclear" if several else "contradicts"), facts[-1]


def _holds(value: str, named: Sequence[str]) -> bool:
    """Tell whether a value is one of the words, or says one of them and more."""
    return any(_within(word, value) or _within(value, word) for word in named)


def _within(part: str, whole: str) -> bool:
    """Tell whether all words of one stand in the other in a row, plurals alike.

    Example:
        >>> _within("gym", "gyms and pools"), _within("gym", "gymkhana")
        (True, False)
    """
    if re.search("[㐀-鿿]", part):
        return part in whole
    inner, outer = ([_stem(word) for word in text.split()] for text in (part, whole))
    size = len(inner)
    return any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def _figure(hypothesis: Hypothesis, known: ProfileField, fact: Fact) -> Outcome:
    if fact.normal is None:
        return "unclear"
    scale = _scale(_unit(hypothesis.unit, None), _said_unit(fact.normal), known)
    ends = [end for end in (fact.normal.low, fact.normal.high) if end is not None]
    if scale is None or not ends:
        return "unclear"
    low = float("-inf") if fact.normal.low is None else fact.normal.low * scale
    high = float("inf") if fact.normal.high is None else fact.normal.high * scale
    least, most = _wanted(hypothesis)
    if least <= low and high <= most:
        return "supports"
    return "contradicts" if high < least or low > most else "unclear"


def _wanted(hypothesis: Hypothesis) -> tuple[float, float]:
    value = hypothesis.value
    if isinstance(value, tuple):
        return float(value[0]), float(value[1])
    figure = float(value)
    least = float("-inf") if hypothesis.operator == "<=" else figure
    most = float("inf") if hypothesis.operator == ">=" else figure
    return least, most


def _said_unit(normal: Normal) -> _Unit:
    return _unit(normal.unit, normal.currency)


def _unit(text: str | None, currency: str | None) -> _Unit:
    """Take a unit apart.

    Example:
        >>> _unit("GBP per month", None)
        _Unit(currency='GBP', period='month', thing='')
    """
    words = text or ""
    if currency is None and (found := _CURRENCY.search(words)):
        currency = found.group()
        words = words.replace(currency, " ")
    period, rest = None, []
    for word in words.casefold().replace("/", " ").split():
        if word in _PERIODS:
            period = _PERIODS[word]
        elif word not in _FILLER:
            rest.append(word)
    return _Unit(currency, period, " ".join(rest))


def _scale(wanted: _Unit, said: _Unit, known: ProfileField) -> float | None:
    """Return what a said figure is multiplied with, or None if it is another unit."""
    own = _unit(known.unit, None)
    if known.type == "money":
        if wanted.currency != said.currency:
            return None
        return _money(wanted.period or own.period, said.period or own.period)
    if own.period is not None:
        # A duration: "18 months" of tenure, in years. "year founded" is none.
        unit = wanted.period or own.period
        if said.thing or said.period is None:
            return None
        return _DAYS[said.period] / _DAYS[unit]
    if known.unit in _COUNTED:
        return None if said.period or "%" in said.thing or said.currency else 1.0
    return 1.0 if wanted.thing == said.thing and wanted.period == said.period else None


def _money(wanted: str | None, said: str | None) -> float | None:
    """Return 12 for a monthly sum that is wanted by the year, and so on."""
    if wanted == said:
        return 1.0
    if wanted is None or said is None:
        return None
    return {("year", "month"): 12.0, ("month", "year"): 1 / 12}.get((wanted, said))
