"""Check that a drafted sentence says nothing which its evidence does not carry.

A sentence that a model wrote is held against the statements and quotes that its claim
cites. What it adds (a number, a name, a "not"), what it turns round, and what it says
in words that none of them comes near is flagged. What is plainly not there is cut: the
claim then stands in the words that the code has for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from icp_synth.domain.values import Value
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, is_cjk, pieces, traditional

VERSION = "carried/1"

Reason = Literal["number", "name", "negation", "words"]

CUT: frozenset[Reason] = frozenset({"number", "name", "negation"})
"""What is plainly not there is cut; a sentence in other words is flagged alone, for
people to look at: it may mean the same."""

_FLOOR = 0.2
"""Least share of a sentence's content words that its evidence holds, where it is in the
same script; what means the same in other words mostly shares a concept."""

_LEAST_CONTENT = 3
"""A sentence of fewer content words says too little to be measured."""

_LIGHT = 0.12

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_SPELLED = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "twenty": "20",
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
}
_HAN = dict(zip("二三四五六七八九十", map(str, range(2, 11)), strict=True)) | {
    "兩": "2"
}
_NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|hardly|rarely"
    r"|lacks?|lacking|refuses?|avoids?|instead|rather than|fails?|unable|missing)\b"
    r"|\w*n['’]t\b|\b(?:un|in|dis|non-?)\w{4,}|\w+less\b"
    r"|不|沒|無|未|別|缺|拒絕|避免",
    re.IGNORECASE,
)
"""In the evidence: anything that can be told with a "not"."""

_DENIES = re.compile(
    r"\b(?:not|never|nobody|none|nothing|neither|nor|cannot)\b|\w*n['’]t\b"
    r"|從不|從來不|不會|沒有|並不|不是",
    re.IGNORECASE,
)
"""In a drafted sentence: what denies outright."""

_NAME = re.compile(r"(?<![.!?:\"“「]\s)(?<!^)(?<![\"“「(])\b[A-Z][\w&'’-]*[a-z]\w*\b")


class Flagged(Value):
    """A sentence that its evidence does not carry.

    Attributes:
        profile: Index of the profile among those that were drafted.
        number: Of the claim in it, from 1.
        text: The sentence as it was written.
        reason: Why.
        what: The words that are not carried, or empty.
    """

    profile: int
    number: int
    text: str
    reason: Reason
    what: str = ""


class FlaggedSentence(Value):
    """The same as it is published, once profile and claim have their ids.

    Attributes:
        profile: Id of the ICP or persona.
        claim: Id of its claim, as it stands now.
        field: Of the claim.
        outcome: `cut`: the claim stands in the code's words. `flagged`: the sentence
            stands.
    """

    profile: str
    claim: str
    field: str
    text: str
    reason: Reason
    what: str
    outcome: Literal["cut", "flagged"]


def uncarried(
    text: str,
    evidence: Sequence[str],
    *,
    opposes: Callable[[str, str], bool] | None = None,
    known: Sequence[str] = (),
) -> tuple[Reason, str] | None:
    """Return why a sentence is not carried by what it cites, or None where it is.

    Args:
        text: As a model wrote it.
        evidence: Statements and quotes of the claim.
        opposes: Tells whether one sentence denies another.
        known: Names that may stand in any sentence, as the product's.

    Returns:
        The reason and the words.

    Example:
        >>> uncarried("They lose 12 hours a week", ["we lose hours every week"])
        ('number', '12')
    """
    said = "\n".join(evidence)
    missing = sorted(_numbers(text) - _numbers(said))
    if missing:
        return "number", ", ".join(missing)
    names = _names(text, f"{said}\n" + "\n".join(known))
    if names:
        return "name", ", ".join(names)
    if _DENIES.search(text) and not _NEGATION.search(said):
        return "negation", _first(_DENIES, text)
    if opposes is not None and evidence and all(opposes(text, one) for one in evidence):
        return "negation", ""
    if _far(text, said):
        return "words", ""
    return None


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _numbers(text: str) -> set[str]:
    """Return the numbers of a text, in digits or small number words."""
    found = {match.replace(",", "").rstrip(".") for match in _NUMBER.findall(text)}
    words = re.findall(r"[a-z]+", text.lower())
    found.update(_SPELLED[word] for word in words if word in _SPELLED)
    found.update(
        _HAN[mark]
        for mark in re.findall(
            r"[二兩三四五六七八九十](?=[個天年週次人家小成倍])", text
        )
    )
    return found


def _names(text: str, said: str) -> list[str]:
    """Return words that are written like names and that nobody said."""
    lowered = said.lower()
    return sorted(
        {
            name
            for name in _NAME.findall(text)
            if name.split("'")[0].split("’")[0].lower() not in lowered
        }
    )


def _far(text: str, said: str) -> bool:
    """Tell whether a sentence shares next to nothing with what it cites."""
    if _chinese(text) != _chinese(said):
        return False  # Words of two scripts cannot be compared.
    own = _content(text)
    if len(own) < _LEAST_CONTENT:
        return False
    return len(own & _content(said)) / len(own) < _FLOOR


def _chinese(text: str) -> bool:
    characters = len(re.findall(rf"[{CJK}]", text))
    return characters * 2 > len(re.findall(rf"[{CJK}]|[A-Za-z]+", text))


def _content(text: str) -> set[str]:
    """Return stems that weigh something, pairs of characters, and concepts."""
    table = weight_table()
    found: set[str] = set()
    words: list[str] = []
    for piece in pieces(traditional(text)):
        if is_cjk(piece):
            found.update(piece[at : at + 2] for at in range(len(piece) - 1))
            found.update(f"#{one}" for one in in_characters(piece, table.common))
        else:
            words.append(piece)
            if len(piece) > 2 and table.english.get(piece, 1.0) > _LIGHT:
                found.add(piece)
    return found | {f"#{one}" for one in in_words(words)}
