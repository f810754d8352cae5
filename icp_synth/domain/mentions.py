"""Whether a text names a product or a rival."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LISTED = re.compile(r"\s*[,，、;；/]\s*")
_AND = re.compile(r"^(?:and|or)\s+|\s+(?:and|or)\s+|[和與及或]")
_CJK = re.compile(r"[㐀-鿿぀-ヿ가-힯]")


def aliases(name: str) -> tuple[str, ...]:
    """Return the names that one entry of the brief stands for.

    An entry that lists several things is taken apart; one that merely holds an
    "and" is a name.

    Example:
        >>> aliases("whiteboard, messenger group and spreadsheet")
        ('whiteboard', 'messenger group', 'spreadsheet')
        >>> aliases("Barnes and Noble")
        ('Barnes and Noble',)
    """
    parts = [part for part in _LISTED.split(name.strip()) if part]
    if len(parts) > 1:
        parts = [end for part in parts for end in _AND.split(part)]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def names_any(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text holds one of the names, as words, whatever the case.

    A plural or possessive "s" is let pass; CJK names are looked for as they stand.

    Example:
        >>> names_any("We left Fieldmoor's app.", ["fieldmoor"])
        True
        >>> names_any("A fieldmooring.", ["fieldmoor"])
        False
    """
    folded = _folded(text)
    return any(_pattern(name).search(folded) for name in names if name.strip())


def _pattern(name: str) -> re.Pattern[str]:
    word = re.escape(_folded(name))
    if _CJK.search(name):
        return re.compile(word)
    return re.compile(rf"(?<!\w){word}(?:['’]?s)?(?!\w)")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
