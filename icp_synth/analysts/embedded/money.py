"""Currency and period of an amount of money, as far as they were said."""

from __future__ import annotations

import re

from icp_synth.embedding.words import traditional

_CURRENCIES = (
    ("TWD", re.compile(r"nt\$|台幣|臺幣|\bnt\b|\bntd\b|twd")),
    ("CNY", re.compile(r"人民幣|rmb|cny")),
    ("EUR", re.compile(r"€|euro|\beur\b|歐元")),
    ("GBP", re.compile(r"£|pound|quid|gbp")),
    ("USD", re.compile(r"\$|dollar|bucks|usd|美金|美元")),
)
_PERIODS = (
    (
        "per month",
        re.compile(r"\b(?:a|per|each|every) month|monthly|一個月|每個?月|月費"),
    ),
    (
        "per year",
        re.compile(r"\b(?:a|per|each|every) year|yearly|annually|一年|每年|年[費營]"),
    ),
    (
        "per week",
        re.compile(r"\b(?:a|per|each|every) week|每(?:週|周|個?星期|個?禮拜)"),
    ),
)
_SEAT = re.compile(r"\b(?:per|a|each) (?:seat|user|head|licen[cs]e|person)")
_BEFORE = 16


def currency(value: str, said: str) -> str | None:
    """Return the ISO code of an amount's currency, or None.

    Args:
        value: The amount, through `cues.plain`.
        said: The sentence as it stands: a bare `元` or `塊` is TWD in Traditional
            and CNY in Simplified characters.
    """
    for code, mark in _CURRENCIES:
        if mark.search(value):
            return code
    if re.search(r"元|塊", value):
        return "CNY" if traditional(said) != said else "TWD"
    return None


def period(value: str, before: str) -> str | None:
    """Return `per month`, `per year` or `per week`, with ` per user` where said.

    Args:
        value: The amount, through `cues.plain`.
        before: The words before it; Chinese names the period there.
    """
    where = value if value.isascii() else before[-_BEFORE:] + value
    for unit, mark in _PERIODS:
        if mark.search(where):
            return f"{unit} per user" if _SEAT.search(value) else unit
    return None
