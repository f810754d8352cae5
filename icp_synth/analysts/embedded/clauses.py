"""Cut a sentence into clauses, and tell what each names, denies and is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from icp_synth.analysts.embedded.reach import Frame, content, framed
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.embedded.stances import (
    ANY_AXIS,
    AXES,
    FUNCTION_ZH,
    GUARD_CLAUSE,
    GUARD_SENTENCE,
    NEGATION,
    NO_NEGATION_ZH,
    NO_SIDE,
)
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, pieces, stem

_CLAUSE = re.compile(
    r"[,;:–—()]+|\s-\s|\b(?:but|because|so|although|though|whereas|while|unless|since)\b"
    r"|\b(?:and)\b(?=\s+(?:i|we|it|they|he|she|that|nobody|the|my|our)\b)|[，、；：。！？…]+"
    r"|但是?|可是|而且|(?<!會)(?<!是)因為|所以|雖然"
)

_LIGHT = 0.38
"""Words that weigh no more are said of anything, and make no matter."""

_NO_MATTER = frozenset({"usual", "normal", "general", "typical", "frequent"})
"""How often something is so; nothing is about that."""

_NO_MATTER_ZH = re.compile(
    r"情況|關係|意思|概念|想法|感覺|東西|事情|時候|方法|部分|經驗|(?:這|那)?一?件事|簡單(?:來)?[講說]|基本上|事實上"
)
"""As in English, and what stands for anything."""

_SAYS = 0.1
"""Words that weigh less are grammar."""

_REACH = 3
"""Words after a negation among which one must be shared."""

_MOST_WORDS = 22
"""A clause that is longer holds more than one thing."""

_COMPARES = {
    "en": re.compile(
        r"\b(?:less|faster|quicker|slower|easier|harder|cheaper|better|worse)\b"
        r"|\bas \w+ as\b"
    ),
    "zh": re.compile(r"比(?!較|如|方|例|賽)|更"),
}


_CAME_TO = re.compile(
    r"\b(?:hear|heard|hearing|learn|learned|learnt|read) (?:of|about)\b"
    r"|\b(?:find|found) out about\b|\b(?:come|came) across\b|\bdiscover(?:ed)?\b"
)
"""How people come to know of something: all that in one word."""

_NEXT = re.compile(
    r"\b(?:when|whenever|where|if|as|after|before|than|that|which|who|how|what)\b"
)
"""Ends what a word of opposite sign is said of."""


class Clause(NamedTuple):
    """One thing that is said.

    Attributes:
        matter: What it names, without words of opposite sign and of negation.
        signs: Axis → +1 or −1, before negation.
        negations: How many.
        words: All that it says, light words among them.
        content: What it names, light words among it.
        told: What it names before its negation.
        reached: What it names after its negation, all of which is denied.
        sided: What is named right after a word of opposite sign.
        compares: Whether it weighs one thing against another.
        frame: Whom it is about, and when.
        language: `en` or `zh`.
    """

    matter: frozenset[str]
    signs: Mapping[str, int]
    negations: int
    words: frozenset[str]
    content: frozenset[str]
    told: tuple[str, ...]
    reached: tuple[str, ...]
    sided: frozenset[str]
    compares: bool
    frame: Frame
    language: str

    @property
    def turned(self) -> int:
        """−1 where what is said is denied."""
        return -1 if self.negations % 2 else 1


def taken_back(text: str, scope: Literal["sentence", "clause"]) -> bool:
    """Tell whether something in a `plain` text keeps it from being a plain statement.

    Args:
        text: A sentence or a clause.
        scope: Which; a condition holds for its sentence, a reporter for the clause.
    """
    guard = GUARD_SENTENCE if scope == "sentence" else GUARD_CLAUSE
    return guard.search(text) is not None


def parts_of(lowered: str) -> list[str]:
    """Return the clauses of a `plain` text."""
    return [part for one in _CLAUSE.split(lowered) if (part := one.strip())]


@lru_cache(maxsize=4096)
def clause_of(text: str) -> Clause | None:
    """Return what a clause says; None where it says too much to be told apart."""
    chinese = is_chinese(text)
    if not chinese and len(text.split()) > _MOST_WORDS:
        return None
    language = "zh" if chinese else "en"
    bare = NO_NEGATION_ZH.sub(" ", text) if chinese else _CAME_TO.sub("find", text)
    negations = len(NEGATION[language].findall(bare))
    if negations > 1:
        return None
    found = NEGATION[language].search(bare)
    rest = NO_SIDE[language].sub(" ", NEGATION[language].sub(" ", bare))
    sides = _sides(rest, chinese=chinese)
    if sides is None:
        return None
    signs, sided, rest = sides
    return Clause(
        matter=matter(_NO_MATTER_ZH.sub(" ", rest), chinese=chinese),
        signs=MappingProxyType(signs),
        negations=negations,
        words=frozenset(_named(bare, chinese=True))
        if chinese
        else _stems(bare, above=0.0),
        content=frozenset(_named(rest, chinese=chinese)),
        told=_named(bare[: found.start()], chinese=chinese) if found else (),
        reached=_named(bare[found.end() :], chinese=chinese) if found else (),
        sided=sided,
        compares=_COMPARES[language].search(text) is not None,
        frame=framed(text, chinese=chinese),
        language=language,
    )


def _sides(
    text: str, *, chinese: bool
) -> tuple[dict[str, int], frozenset[str], str] | None:
    """Return the sides that a clause takes, of what, and its text without their words.

    None where it takes both sides.
    """
    language = "zh" if chinese else "en"
    signs: dict[str, int] = {}
    sided: set[str] = set()
    for axis in AXES[language] if ANY_AXIS[language].search(text) else ():
        ups, downs = (list(word.finditer(text)) for word in (axis.up, axis.down))
        if ups and downs:
            return None
        if ups or downs:
            signs[axis.name] = 1 if ups else -1
            for one in (*ups, *downs):
                after = _NEXT.split(text[one.end() :], maxsplit=1)[0]
                sided.update(_named(after, chinese=chinese)[:1])
            text = axis.down.sub(" ", axis.up.sub(" ", text))
    return signs, frozenset(sided), text


def _named(text: str, *, chinese: bool) -> tuple[str, ...]:
    """Return what a text names, in order: stems, or characters and other words."""
    if not chinese:
        return content(text)
    bare = FUNCTION_ZH.sub(" ", text)
    return tuple(
        one if one > "\u2fff" else stem(one)
        for one in re.findall(rf"[{CJK}]|[a-z0-9]+", bare)
    )


def matter(text: str, *, chinese: bool) -> frozenset[str]:
    """Return what a `plain` text names, as stems or pairs of characters."""
    return _pairs(text) if chinese else _stems(text)


def spoken(text: str, *, chinese: bool) -> frozenset[str]:
    """Return what a `plain` text says beside mere grammar, light words among it."""
    return _pairs(text) if chinese else frozenset(content(text))


def denied(text: str, *, chinese: bool) -> frozenset[str]:
    """Return what stands right after a negation (in Chinese, anywhere after it)."""
    match = NEGATION["zh" if chinese else "en"].search(text)
    if match is None:
        return frozenset()
    after = text[match.end() :]
    if chinese:
        return _pairs(after)
    known = weight_table().english
    return frozenset(
        one for one in pieces(after)[:_REACH] if known.get(one, 1.0) >= _SAYS
    )


def _stems(text: str, *, above: float = _LIGHT) -> frozenset[str]:
    known = weight_table().english
    said = frozenset(
        one for one in pieces(text) if len(one) > 1 and known.get(one, 1.0) > above
    )
    return said - _NO_MATTER if above else said


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters, and words of other scripts."""
    bare = FUNCTION_ZH.sub(" ", text)
    found: set[str] = set()
    for run in re.findall(rf"[{CJK}]+|[a-z0-9]+", bare):
        if run[0] < "\u2fff":
            found.add(stem(run))
        else:
            found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return frozenset(found)
