"""Tell where somebody takes back later what they said before, and only where it shows.

Two things show it. Either a later sentence denies the earlier one by the rules of
`opposition`; or it is marked as an admission ("if I'm honest", 老實說, "I take that
back") and denies something of the same matter, named in the same words. A mark by
itself shows nothing: people are honest about many things, and most of them add to
what they said. So what is denied must be said of somebody or something that was named
before, or be what the speakers said that they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from icp_synth.analysts.embedded.clauses import (
    denied,
    matter,
    parts_of,
    spoken,
    taken_back,
)
from icp_synth.analysts.embedded.cues import plain
from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, length, sentences
from icp_synth.analysts.embedded.stances import (
    NEGATION,
    NO_NEGATION_ZH,
    tells_trouble,
)

_ADMITS = re.compile(
    r"\bif i(?:'m| am) (?:\w+ )?honest\b|\bi (?:have to|must|'ve got to|should) admit\b"
    r"|\bi(?:'ll| will)? take (?:that|it|this) back\b|\bscratch that\b"
    r"|\bi was (?:wrong|exaggerating)\b|\bi exaggerated\b|\bi misspoke\b"
    r"|\bcome to think of it\b|\bnow that i think (?:about|of) it\b"
    r"|\bon second thoughts?\b|\bcontrary to what i (?:just )?said\b"
    r"|\bwhat i (?:just )?said (?:earlier|before|about|at the start)\b"
    r"|\bi (?:know i )?said (?:earlier|before|at the start)\b"
    r"|\bthat's not (?:quite|really|entirely|actually) true\b"
    r"|老實(?:說|講)|坦白(?:說|講)|說實話|講真的|我收回|(?<!像)我(?:剛才|剛剛|前面)(?:說|講)(?:錯|的)|(?:剛才|剛剛|前面)(?:說|講)錯"
    r"|更正一下|現在想想|仔細想想|回頭想|要承認"
)
_UNTHOUGHT = re.compile(r"\b(?:i|we) don't (?:really |honestly )?(?:think|believe)\b")
"""Said before what is denied: "I don't think they look" is "they do not look"."""

_SPEAKERS = re.compile(r"(?:\b(?:i|we)|我們?)(?: \w+)?\s*$")
"""Before a negation: the speakers deny something of themselves."""

_LIMITS = re.compile(
    r"\b(?:before|until|till|except|unless|without|but|than|because)\b|之前|除非|除了|以外"
)
"""What is denied with a limit holds beyond it."""

_NEAR = 2
"""Sentences before the denial among which an admission may stand."""

_LONGEST = {False: 40, True: 70}
"""Words, or Chinese characters, of a sentence: in a longer one everything is named."""

_LEAST_SHARED = 3
_LEAST_HEAVY = 2
"""Words of the earlier quote that the sentence names again, and those of them that are
not said of anything; four Chinese characters are two words."""


def takes_back(said: Sequence[str], claim: str, later: str) -> Piece | None:
    """Return the sentence that takes back what the same person said, or None.

    Args:
        said: Their quotes that a claim rests on.
        claim: Its text.
        later: What they said after them, or in another interview.

    Example:
        >>> said = ("The board gets a weekly report with the charts",)
        >>> later = "If I'm honest, the board doesn't read the weekly report."
        >>> takes_back(said, "Weekly reports to the board", later).of(later)
        "If I'm honest, the board doesn't read the weekly report."
    """
    for one in (*said, claim):
        if (place := opposing(one, later)) is not None:
            return place
    return _admitted(said, claim, later)


def _admitted(said: Sequence[str], claim: str, later: str) -> Piece | None:
    """Return the sentence that denies the same matter by way of an admission."""
    marked = _marked(later)
    if not marked:
        return None
    *parts, named = (_split(plain(one)) for one in (*said, claim))
    against = named[1].union(*(one[1] for one in parts))
    lowered = plain(later)
    return next(
        (
            place
            for place in marked
            if any(
                _denies(affirmed | named[0], against, place.of(lowered))
                for affirmed, _ in parts or [named]
            )
        ),
        None,
    )


@lru_cache(maxsize=1 << 13)
def _marked(later: str) -> tuple[Piece, ...]:
    """Return the sentences with an admission in them or right before them."""
    lowered = plain(later)
    if not _ADMITS.search(lowered):
        return ()
    places = sentences(later)
    admits = [_ADMITS.search(place.of(lowered)) is not None for place in places]
    return tuple(
        place
        for at, place in enumerate(places)
        if any(admits[max(0, at - _NEAR) : at + 1])
    )


def _split(said: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what a quote names before any "not" of a clause, and what after one.

    A clause that tells of trouble affirms nothing: a later "not" may be that trouble.
    """
    chinese = is_chinese(said)
    affirmed: set[str] = set()
    against: set[str] = set()
    for part in parts_of(said):
        if tells_trouble(part, chinese=chinese):
            against |= matter(part, chinese=chinese)
            continue
        found = _negations(part, chinese=chinese)
        before = part[: found[0].start()] if found else part
        after = part[found[0].end() :] if found else ""
        affirmed |= spoken(before, chinese=chinese)
        against |= matter(after, chinese=chinese)
    return frozenset(affirmed), frozenset(against)


def _denies(affirmed: frozenset[str], against: frozenset[str], sentence: str) -> bool:
    """Tell whether a sentence is about what was affirmed, and denies some of it."""
    sentence = _UNTHOUGHT.sub("they do not", _ADMITS.sub(" ", sentence))
    if taken_back(sentence, "sentence"):
        return False
    chinese = is_chinese(sentence)
    if length(sentence) > _LONGEST[chinese]:
        return False
    about = matter(sentence, chinese=chinese)
    shared = affirmed & spoken(sentence, chinese=chinese)
    if about & against or _size(shared) < _LEAST_SHARED:
        return False
    if _size(shared & about) < _LEAST_HEAVY:
        return False
    return any(
        _is_denied(affirmed, part, chinese=chinese) for part in parts_of(sentence)
    )


def _is_denied(affirmed: frozenset[str], part: str, *, chinese: bool) -> bool:
    """Tell whether a clause denies something that was affirmed, and no mere detail."""
    found = _negations(part, chinese=chinese)
    if len(found) != 1 or taken_back(part, "clause") or _LIMITS.search(part):
        return False
    before, after = part[: found[0].start()], denied(part, chinese=chinese)
    if _SPEAKERS.search(before):
        first = matter(_first_words(part[found[0].end() :]), chinese=chinese)
        return bool(affirmed & first)
    return bool(affirmed & (after | matter(before, chinese=chinese)))


def _first_words(text: str) -> str:
    """Return what follows a negation at once: a verb, or the start of one."""
    return " ".join(text.split()[:1]) if text.isascii() else text[:4]


def _negations(text: str, *, chinese: bool) -> list[re.Match[str]]:
    """Return the negations of a clause; words that only look so are blanked."""
    bare = NO_NEGATION_ZH.sub(_blank, text) if chinese else text
    return list(NEGATION["zh" if chinese else "en"].finditer(bare))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _size(shared: frozenset[str]) -> int:
    characters = {mark for one in shared if one[0] > "\u2fff" for mark in one}
    return sum(one[0] <= "\u2fff" for one in shared) + len(characters) // 2
