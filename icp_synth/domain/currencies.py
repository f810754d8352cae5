"""Which currencies a text names, in words, signs or codes, English or Chinese."""

from __future__ import annotations

import re
import unicodedata

_NAMES = (
    ("TWD", r"nt\$|[新臺台]+[幣币]|\bntd?\b|\btwd\b|(?:new )?taiwan(?:ese)? dollars?"),
    ("HKD", r"hk\$|港[幣币元]|\bhkd\b|hong kong dollars?"),
    ("CAD", r"\bca?\$|\bcad\b|加[幣币元]|canadian dollars?"),
    ("AUD", r"\bau?\$|\baud\b|澳[幣币元]|(?:australian|aussie) dollars?"),
    ("NZD", r"nz\$|\bnzd\b|new zealand dollars?"),
    ("SGD", r"\bs\$|\bsgd\b|新加坡[幣币元]|singapore dollars?"),
    ("CNY", r"人民[幣币]|\brmb\b|\bcny\b|(?:chinese )?yuan|renminbi"),
    ("EUR", r"€|\beuros?\b|\beur\b|[歐欧]元"),
    ("GBP", r"£|\b(?:british )?pounds?\b|\bquid\b|\bgbp\b|英[鎊镑]"),
    ("CHF", r"\bchf\b|瑞士法郎|swiss francs?"),
    ("SEK", r"\bsek\b|瑞典克朗|swedish kron(?:a|or)|\bkronor\b"),
    ("JPY", r"¥|\bjpy\b|日[圓元幣币]|(?:japanese )?\byen\b"),
    ("USD", r"\bus\$|\busd\b|美[金元]|(?:us|u\.s\.|american) dollars?|\bbucks\b"),
)
_OF = tuple((code, re.compile(names, re.IGNORECASE)) for code, names in _NAMES)

CURRENCY_NAME = re.compile(
    r"\b(?:(?:new )?taiwan(?:ese)?|hong kong|canadian|australian|aussie|new zealand"
    r"|singapore|american|us) dollars?\b|\bchinese yuan\b|\bbritish pounds?\b"
    r"|\bswiss francs?\b|\bswedish kron(?:a|or)\b|\bjapanese yen\b|\brenminbi\b",
    re.IGNORECASE,
)
"""A currency written out with the name of its country."""


def currencies_in(text: str) -> frozenset[str]:
    """Return the ISO 4217 codes of the currencies that a text names.

    A bare "dollar" is none: several countries have one.

    Example:
        >>> sorted(currencies_in("六千八，臺幣啦, or eighty euros"))
        ['EUR', 'TWD']
    """
    folded = unicodedata.normalize("NFKC", text)
    return frozenset(code for code, names in _OF if names.search(folded))
