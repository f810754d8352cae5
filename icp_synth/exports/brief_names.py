"""Short names out of long quotes: a slice to call a group by, never new words."""

from __future__ import annotations

import re

OMITTED = "…"
"""Stands behind a name that is cut short, outside the marks of the quote."""

_MOST = 12
"""Words of a name that stays as it is; of Chinese twice as many characters."""

_LEAST = 4
"""Words, or twice as many characters, that a clause must have to be a name."""

_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\s\u3400-\u9fff\uf900-\ufaff]+")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_END_OF_CLAUSE = re.compile(r"[,;:.!?](?=\s|$)|\s[–—-](?=\s)|[，；：。！？、—]")

_OPEN = re.compile(
    r"""
    a|an|the|and|or|but|of|to|in|on|at|by|for|from|with|about|into|as|if|
    that|which|who|i|we|you|it|they|is|are|was|were|be|been|am|i'm|it's|so|
    because|when|where|my|our|your|their|his|her|its|this|these|those|some|
    any|very|more|most
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Words that no name ends with: something was to follow."""


def brief(text: str) -> str:
    """Return a name's beginning: the clauses that fit, else its first words.

    Args:
        text: A quote, or a name made of one.

    Returns:
        A slice from the beginning; all of what is short enough.

    Example:
        >>> brief("We drive to the yard first, then we ring whoever has not come in")
        'We drive to the yard first'
    """
    tokens = list(_TOKEN.finditer(text))
    han = sum(1 for one in tokens if _HAN.match(one[0]))
    scale = 2 if 2 * han > len(tokens) else 1
    if len(tokens) <= _MOST * scale:
        return text
    room = tokens[_MOST * scale - 1].end()
    ends = [one.start() for one in _END_OF_CLAUSE.finditer(text, 0, room + 1)]
    least = tokens[_LEAST * scale - 1].end()
    if fitting := [end for end in ends if end >= least]:
        return text[: fitting[-1]]
    kept = [one for one in tokens if one.end() <= room]
    while len(kept) > _LEAST and _OPEN.fullmatch(kept[-1][0].replace("’", "'")):
        kept.pop()
    return text[: kept[-1].end()]
