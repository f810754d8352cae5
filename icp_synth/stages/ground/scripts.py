"""Which characters stand for a word of their own: Han, kana, bopomofo."""

from __future__ import annotations

import re

CJK = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The inside of a character class; Hangul is written in words and is not in it."""

CJK_MARKS = "\u3000-\u3004\u3008-\u3020\u3030"
"""Punctuation of the same scripts; the full-width forms are folded away first."""

_CHARACTER = re.compile(f"[{CJK}]")
_UNSPACED = re.compile(f"[{CJK}{CJK_MARKS}]")


def is_cjk(character: str) -> bool:
    """Tell whether one character counts as a token by itself."""
    return _CHARACTER.match(character) is not None


def is_unspaced(character: str) -> bool:
    """Tell whether white space beside the character carries no meaning."""
    return _UNSPACED.match(character) is not None


def cjk_count(text: str) -> int:
    """Return how many characters of the text are CJK characters."""
    return len(_CHARACTER.findall(text))
