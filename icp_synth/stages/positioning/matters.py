"""Matters of an offer that two texts can speak of without a word in common.

A free month is tried, a price is hidden, a year must be bought at once: what vendors
promise of trial, price, term and set-up, and how people speak of it, in English and
Chinese. Everything else is found by the words that two texts share.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MATTERS = {
    "free_trial": re.compile(
        r"\bfree (?:\w+ )?(?:trial|months?|weeks?|days|period)\b"
        r"|\bfree trial|\btrial (?:month|period)"
        r"|\b(?:month|weeks?|days|trial)s? (?:for )?free\b|\btr(?:y"
        r"|ied) it (?:out )?for free\b"
        r"|免費(?:試用|使用|用)|免费(?:试用|使用|用)|試用期|试用期"
        r"|(?:先用|試用|试用|先試|先试)[^。！？]{0,6}(?:月|週|周"
        r"|天)[^。！？]{0,6}(?:不用錢|不用钱|不收費|不收费|免費|免费)"
    ),
    "open_price": re.compile(
        r"\bpric(?:es?|ing) (?:\w+ )?(?:on|at) (?:the|their|your|its"
        r"|our) (?:web ?)?(?:site|page)"
        r"|\b(?:public|published|open|listed|transparent) pric(?:es?|ing)\b"
        r"|\bhid(?:e|es|den|ing)\b[^.!?]{0,20}\bpric|\bpric\w*[^.!?]{0,20}\bhidden\b"
        r"|\b(?:before|until) (?:they|he|she) (?:tell|tells|told) you (?:a|the) price\b"
        r"|\b(?:no|wouldn['’]t (?:give|say)|won['’]t (?:give|say)) (?:a |the "
        r"|any )?price (?:on|without)\b"
        r"|公開(?:的)?價格|公开(?:的)?价格|價格(?:都)?(?:寫|放|列)在網|价格(?:都)?(?:写"
        r"|放|列)在网"
        r"|不(?:肯)?(?:說|講|报|報)(?:價格|價錢|价格|价钱|價|价)"
    ),
    "long_contract": re.compile(
        r"\b(?:year(?:ly|[-\s]long)?|annual|multi-?year|(?:one|two|three|four|five"
        r"|\d)[-\s]years?"
        r"|twelve[-\s]months?|12[-\s]months?) (?:contracts?|commitments?|terms?"
        r"|agreements?"
        r"|subscriptions?|licen[cs]es?)\b"
        r"|\b(?:commit|sign(?:ed)?|tied|locked|bound)\b[^.!?]{0,20}\b(?:years?"
        r"|twelve months)\b"
        r"|(?:先)?(?:買|买|簽|签|綁|绑)(?:約|约)?(?:了)?[一二兩两三四五]年|年約|年约"
        r"|長約|长约"
    ),
    "own_setup": re.compile(
        r"\bset(?:ting)? (?:it |this |everything )?up (?:by "
        r"|all )?(?:the \w+ )?(?:itself|ourselves|myself|himself|herself|themselves)"
        r"|\b(?:did|do|done|set) (?:it|the set-?up|everything) (?:up )?(?:ourselves"
        r"|myself|himself|herself|themselves)\b"
        r"|\bwithout (?:a|any) consultants?\b|\bno consultants?\b"
        r"|\bset (?:it )?up in (?:a|an|one|two|three|\d) \w+|\bset-?up took\b"
        r"|自己(?:就)?(?:設定|设定|裝好|装好|弄好|上線|上线)|不用顧問|不用顾问"
        r"|不需要顧問|不需要顾问",
    ),
}  # fmt: skip
"""Matter → words that speak of it, for it or against."""


@lru_cache(maxsize=1 << 13)
def matters_of(text: str) -> frozenset[str]:
    """Return the matters that a text speaks of, for or against.

    Example:
        >>> sorted(matters_of("Prices on the website, one month free"))
        ['free_trial', 'open_price']
        >>> sorted(matters_of("可是他要我先買一年"))
        ['long_contract']
        >>> sorted(matters_of("My evenings are free"))
        []
    """
    folded = text.casefold()
    return frozenset(
        name for name, pattern in _MATTERS.items() if pattern.search(folded)
    )
