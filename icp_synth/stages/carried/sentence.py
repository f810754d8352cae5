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

from icp_synth.domain.currencies import CURRENCY_NAME, currencies_in
from icp_synth.domain.numerals import stated_values, values_in
from icp_synth.domain.values import Value
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.embedded import weight_table
from icp_synth.embedding.words import CJK, is_cjk, pieces, traditional

VERSION = "carried/3"

Reason = Literal["number", "name", "role", "negation", "past", "words", "empty"]

CUT: frozenset[Reason] = frozenset({"number", "name", "role", "negation", "empty"})
"""What is plainly not there is cut, and so is what says nothing: the code's words say
more. A sentence in other words is flagged alone, for people to look at: it may mean the
same."""

_FLOOR = 0.2
"""Least share of a sentence's content words that its evidence holds, where it is in the
same script; what means the same in other words mostly shares a concept."""

_LEAST_CONTENT = 3
"""A sentence of fewer content words says too little to be measured."""

_LIGHT = 0.12

NEGATION = re.compile(
    r"\b(?:not|never|no|nobody|none|nothing|neither|nor|without|cannot|hardly|rarely"
    r"|lacks?|lacking|refuses?|avoids?|instead|rather than|fails?|unable|missing"
    r"|only|just one|solely|alone)\b"
    r"|\w*n['’]t\b|\bun(?!der|it|ion|iver|iq|til)\w{4,}|\bnon-?\w{4,}"
    r"|\bin(?:complete|accurate|correct|visible|convenient|efficient|consistent|secure"
    r"|sufficient|adequate|ability|flexible|dependent|effective)\w*"
    r"|\bdis(?!cuss|play|tan|patch|count|tric|cover|h)\w{4,}|\w+less\b"
    r"|不|沒|無|未|別|缺|拒絕|避免|只|僅|唯一",
    re.IGNORECASE,
)
"""In the evidence, in Traditional characters: all that can be told with a "not"."""

DENIES = re.compile(
    r"\b(?:not|never|nobody|none|nothing|neither|nor|cannot)\b|\w*n['’]t\b"
    r"|從不|從來不|不會|沒有|並不|不是",
    re.IGNORECASE,
)
"""In a drafted sentence, in Traditional characters: what denies outright."""

_EMPTY = re.compile(
    r"^(?:(?:they|he|she|people|participants|(?:these|those|the|their|some|most|all)"
    r" (?:of them|(?:\w+ ){0,2}\w+))) (?:all |also |often )?"
    r"(?:(?:describe|mention)s? (?!that\b)(?!.*\bas\b)"
    r"|names? (?:a|the|their|one) (?:\w+ )?"
    r"(?:problem|difficulty|issue|matter|topic|concern)s?\b"
    r"|(?:talk|speak|tell|report)s? (?:of|about) "
    r"(?!.*\b(?:because|before|after|\d))"
    r"|touch(?:es)? on "
    r"|ha(?:s|ve) (?:something )?to do with )"
    r"|\b(?:is|are) (?:part of the picture|a (?:topic|theme|subject)|involved)\W*$"
    r"|\b(?:plays?|ha(?:s|ve)) a (?:role|part)\W*$|\bcomes? up\W*$"
    r"|^(?:他們|她們|大家|受訪者|這些\w{1,6}?)?(?:都|也|常|曾)*(?:描述|提到|提及|談到|談及|講到|說到"
    r"|敘述|分享)(?:了|過)?[^，。]*的(?:事|事情|問題|情況|情形|經驗|困難|話題|看法)。?$"
    r"|(?:有關|相關)。?$",
    re.IGNORECASE,
)
"""A sentence that names a matter and says nothing of it, in Traditional characters."""

_UNTOLD = re.compile(
    r"\b(?:tells?|says?|states?|mentions?|knows?) "
    r"(?:how (?:many|much|long|often|old|big)|what (?:it|they|he|she)|which|where|when"
    r"|who(?:m)?)\b"
    r"|\bpays? (?:a|an|some|the) (?:(?:certain|given|fixed|specific|particular)\s)?"
    r"(?:(?:month|year|annual|week)(?:ly)?\s)?(?:amount|sum|price|fee|figure|rate)\b"
    r"|\b(?:is|are|has|have|uses?|pays?) (?:on |for |in )?(?:a|an|some) (?:certain"
    r"|particular|specific|given) "
    r"|(?:說|講|提)(?:了|出|到)?(?:有)?(?:多少|幾個?人|何時|哪)|付(?:了)?(?:一筆|某個|一定的?)(?:錢|費用|金額)",
    re.IGNORECASE,
)
"""One that says a figure or choice is there, and not which."""

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


class FlaggedTitle(Value):
    """A drafted name of an ICP or persona that its claims do not carry.

    Attributes:
        profile: Its id.
        text: The name as it was written; the code's name stands instead.
        what: The words that are not carried, or empty.
    """

    profile: str
    text: str
    reason: Reason
    what: str


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
    folded, heard = traditional(text), traditional(said)
    missing = sorted(stated_values(folded) - values_in(heard))
    if missing:
        return "number", ", ".join(f"{one:.12g}" for one in missing)
    names = names_in(text, f"{said}\n" + "\n".join(known))
    if names:
        return "name", ", ".join(names)
    denial = DENIES.search(folded)
    if denial and not NEGATION.search(heard):
        return "negation", text[slice(*denial.span())]
    if opposes is not None and evidence and all(opposes(text, one) for one in evidence):
        return "negation", ""
    if _far(text, said):
        return "words", ""
    return None


def says_nothing(text: str) -> bool:
    """Tell whether a sentence only names a matter: that it is talked of, or is there.

    Example:
        >>> says_nothing("They speak of the cleaning of schools.")
        True
        >>> says_nothing("The company tells how many people it has")
        True
        >>> says_nothing("They clean schools in the evening.")
        False
    """
    plain = traditional(" ".join(text.split()))
    if _EMPTY.search(plain) is not None:
        return True
    return _UNTOLD.search(plain) is not None and not stated_values(plain)


def names_in(text: str, said: str) -> list[str]:
    """Return words that are written like names and that nobody said.

    The words of a currency ("New Taiwan dollars") are said by whoever names it in any
    way and script.
    """
    lowered = said.lower()
    heard = currencies_in(said)
    text = CURRENCY_NAME.sub(
        lambda found: " " if currencies_in(found.group()) & heard else found.group(),
        text,
    )
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
