"""Where sentences end in talk: English and Chinese, with or without capitals."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?。！？…]+[\"'”’»」』）)\]]*|\n[^\S\n]*\n")
_ABBREVIATIONS = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "approx", "inc", "ltd"}
    | {"e.g", "i.e", "eg", "ie"}
)
_WORD_BEFORE = re.compile(r"[\w.]*$")


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return the half-open stretches of the sentences; they cover the whole text.

    A full stop ends a sentence before white space, except after an abbreviation or
    an initial. Marks of hesitation ("…", "...") end none: talk goes on after them.

    Example:
        >>> sentences("It breaks. I wait...")
        ((0, 10), (10, 20))
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text) and _ends_sentence(text, match):
            found.append((start, match.end()))
            start = match.end()
    if start < len(text):
        found.append((start, len(text)))
    return tuple(found)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark.isspace() or any(character in "!?。！？" for character in mark):
        return True
    if "…" in mark or ".." in mark or not text[match.end()].isspace():
        return False
    before = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
    word = before.group().lower() if before else ""
    initial = len(word) == 1 and word.isalpha() and word != "i"
    return not (initial or word in _ABBREVIATIONS)
