"""Cut a participant's turn into sentences and, where they run on, into clauses.

Every piece is a half-open stretch of the turn's text: nothing is rewritten. Speech
has long sentences without full stops, so a sentence that is too long for one quote is
cut where a clause begins.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from icp_synth.embedding.words import CJK

LONG_WORDS = 28
LONG_CHARACTERS = 56
RUN_ON_WORDS = 60
RUN_ON_CHARACTERS = 160
_LEAST_WORDS = 6
_LEAST_CHARACTERS = 10

_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|mr|mrs|ms|dr|prof|vs|approx|no|inc|ltd|co|st|jr|sr|u\.s|u\.k"
    r"|a\.m|p\.m)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？!?…]+[」』”’）)]*|\n+|；|;(?=\s)")
_BORDER = re.compile(
    r"[,;:]\s+(?=(?:and|but|so|or|because|since|which|then|although|though|however"
    r"|whereas|while|where|when|if|as|plus|instead|it|i|we|they|that|you|this)\b)"
    r"|\s+[-–—]+\s+|—|\s*\((?=\w)|\)\s*"
    r"|\s+(?=(?:but|because|whereas|although|so that|and then|and so"
    r"|(?:and|so) (?:i|we|it|it's|they|that|you|there|he|she|i'm|we're|i've))\b)"
    r"|[，：、—]+|（|）",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r",?\s+(?=(?:but|whereas)\s+\w)|\s+[-–—]+\s+(?=\w)|—|，(?=(?:但是?|可是|不過|不过))",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"(?:是|像|說|如|把|讓|在|跟|和|對|的話|的?時候|之後|以後|以前|來講|來說|而言|方面|裡面|當中)$"
    r"|(?:^|[，、])(?:如果|因為|雖然|當|為了|除了|比如說?|譬如說?|像|要是|既然|只要|不管|假如)[^，]*$"
    r"|(?:^|[,;] |\b(?:and|but|so|that|because) )(?:if|when|whenever|although|though"
    r"|while|since|unless|once|after|before|as|because|instead of|in order to|for)"
    r"\b[^,;]*$"
    r"|\b(?:is|are|was|like|that|to|of|the|a|for|with|about|say|said|think|guess|know)$",
    re.IGNORECASE,
)
"""A part that ends so leans on what follows: no cut there."""

_WORD = re.compile(rf"[{CJK}]|[^\W_]+(?:['’][^\W_]+)*")
_CHINESE = re.compile(rf"[{CJK}]")


class Piece(NamedTuple):
    """A stretch `[start, end)` of a turn's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the stretch."""
        return text[self.start : self.end]


def is_chinese(text: str) -> bool:
    """Tell whether most of the words of a text are Chinese characters.

    Example:
        >>> is_chinese("我們用 Excel 記帳")
        True
    """
    if text.isascii():
        return False
    characters = len(_CHINESE.findall(text))
    return characters * 2 > length(text)


@lru_cache(maxsize=1 << 12)
def length(text: str) -> int:
    """Return the number of words; one Chinese character is one word."""
    return len(_WORD.findall(text))


def sentences(text: str) -> list[Piece]:
    """Return the sentences of a turn, in order, without white space around them."""
    found: list[Piece] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _ABBREVIATION.search(text[start : match.end()]):
            continue
        _keep(found, text, start, match.end())
        start = match.end()
    _keep(found, text, start, len(text))
    return found


def segments(text: str) -> list[Piece]:
    """Return the pieces that are read as one statement each.

    A sentence is one piece, unless it turns round ("…, but …") or is too long for a
    quote; then it is cut where a clause begins, never below a least length.
    """
    found: list[Piece] = []
    for sentence in sentences(text):
        for half in _cut(text, sentence, _STRONG, longest=0):
            found.extend(_cut(text, half, _BORDER, longest=_longest(half.of(text))))
    return found


def statements(text: str) -> list[Piece]:
    """Return the pieces that are judged: sentences, cut only where they run on.

    Those who label interviews mostly take whole sentences; what is quoted of a long
    one is decided later.
    """
    found: list[Piece] = []
    for sentence in sentences(text):
        words = sentence.of(text)
        longest = RUN_ON_CHARACTERS if is_chinese(words) else RUN_ON_WORDS
        found.extend(_cut(text, sentence, _BORDER, longest=longest))
    return found


def clauses(text: str, piece: Piece) -> list[Piece]:
    """Return the clauses of a stretch, however short."""
    found: list[Piece] = []
    start = piece.start
    for match in _BORDER.finditer(text, piece.start, piece.end):
        _keep(found, text, start, match.start())
        start = match.end()
    _keep(found, text, start, piece.end)
    return found


def _longest(text: str) -> int:
    return LONG_CHARACTERS if is_chinese(text) else LONG_WORDS


def _least(text: str) -> int:
    return _LEAST_CHARACTERS if is_chinese(text) else _LEAST_WORDS


def _cut(
    text: str, piece: Piece, border: re.Pattern[str], *, longest: int
) -> list[Piece]:
    """Cut a stretch at the borders that leave no part too short."""
    if length(piece.of(text)) <= longest:
        return [piece]
    least = _least(piece.of(text)) if longest == 0 else max(longest // 3, 6)
    found: list[Piece] = []
    start = piece.start
    for match in border.finditer(text, piece.start, piece.end):
        before, after = text[start : match.start()], text[match.end() : piece.end]
        if _HANGING.search(before):
            continue
        if length(before) >= least and length(after) >= least:
            _keep(found, text, start, match.start())
            start = match.end()
    _keep(found, text, start, piece.end)
    return found


def _keep(found: list[Piece], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if _WORD.search(text, start, end):
        found.append(Piece(start, end))
