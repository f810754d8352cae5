"""Currency and period of an amount of money, as far as they were said."""

from __future__ import annotations

import re

from icp_synth.analysts.embedded.numbers import Quantity, quantity_en, quantity_zh
from icp_synth.embedding.words import traditional

_CURRENCIES = (
    ("TWD", re.compile(r"nt\$|台幣|臺幣|\bnt\b|\bntd\b|twd")),
    ("HKD", re.compile(r"hk\$|港幣|hong kong dollar")),
    ("CAD", re.compile(r"\bca?\$|\bcad\b|canadian dollar")),
    ("AUD", re.compile(r"\bau?\$|\baud\b|(?:australian|aussie) dollar")),
    ("NZD", re.compile(r"nz\$|\bnzd\b|new zealand dollar")),
    ("SGD", re.compile(r"s\$(?<!us\$)|\bsgd\b|singapore dollar")),
    ("CNY", re.compile(r"人民幣|rmb|cny|yuan")),
    ("EUR", re.compile(r"€|euro|\beur\b|歐元")),
    ("GBP", re.compile(r"£|pound|quid|gbp")),
    ("CHF", re.compile(r"\bchf\b|swiss franc")),
    ("SEK", re.compile(r"\bsek\b|kronor")),
    ("JPY", re.compile(r"\bjpy\b|\byen\b|日圓|日幣")),
    ("USD", re.compile(r"\$|dollar|bucks|usd|美金|美元")),
)
_EACH_EN = r"(?:\b(?:a|per|each|every|the|in a|by the)"
_PERIODS = (
    ("per month", re.compile(rf"{_EACH_EN} month)|monthly|一個月|每個?月|月費")),
    ("per year", re.compile(rf"{_EACH_EN} year)|yearly|annually|一年|每年|年[費營]")),
    ("per week", re.compile(rf"{_EACH_EN} week)|每(?:週|周|個?星期|個?禮拜)")),
    ("per quarter", re.compile(rf"{_EACH_EN} quarter)|一季|每季")),
)
_THING = re.compile(
    r"\b(?:per|a|each|every) (?P<thing>seat|user|head|licen[cs]e|person|van|truck"
    r"|vehicle|technician|tech|engineer|cleaner|employee|site|location|device|bed)"
    r"|(?:每|一)(?:個)?(?P<zh>人|位|台|輛)(?:每|一)"
)
_USERS = frozenset({"seat", "head", "license", "licence", "person"})
_BEFORE = 16


_PRICE_POINTS = frozenset({95, 99})


def amount(words: str, language: str) -> Quantity | None:
    """Return the figure of an amount, or None where it can be read in two ways.

    "Six-twenty" is 620. "Nine ninety-nine" is none: it may be 999 or 9.99.

    Example:
        >>> amount("six-twenty a month", "en"), amount("nine ninety-nine", "en")
        (Quantity(low=620.0, high=620.0), None)
    """
    if language == "zh":
        return quantity_zh(words)
    plain, spoken = quantity_en(words), quantity_en(words, spoken=True)
    if plain is None and spoken is not None and spoken.low is not None:
        return None if spoken.low % 100 in _PRICE_POINTS else spoken
    return plain


def currency(value: str, said: str) -> str | None:
    """Return the ISO code of an amount's currency, or None.

    Args:
        value: The amount, through `cues.plain`.
        said: The sentence as it stands: a bare `元` or `塊`, or a Chinese amount
            with no unit at all, is TWD in Traditional and CNY in Simplified characters.
    """
    for code, mark in _CURRENCIES:
        if mark.search(value):
            return code
    if re.search(r"元|塊", value) or not value.isascii():
        return "CNY" if traditional(said) != said else "TWD"
    return None


def period(value: str, before: str) -> str | None:
    """Return `per month`, `per year`, …, with what a unit price is for where said.

    Args:
        value: The amount, through `cues.plain`.
        before: The words before it; Chinese names the period there.

    Example:
        >>> period("12 euros per user per month", ""), period("310 a month", "")
        ('per month per user', 'per month')
    """
    where = value if value.isascii() else before[-_BEFORE:] + value
    each = _each(where)
    for unit, mark in _PERIODS:
        if mark.search(where):
            return f"{unit} per {each}" if each else unit
    return f"per {each}" if each else None


def _each(value: str) -> str | None:
    match = _THING.search(value)
    if match is None:
        return None
    thing = match.group("thing") or "user"
    return "user" if thing in _USERS else thing
