"""Check that what is said of several people is carried by the words of each.

All that a claim cites may carry a sentence together while no two of its people do: one
has a husband who decides, the other decides himself. So what a sentence pins down (a
number, a name, a relative or a boss who acts, a "not", that something is so today) is
held against each person alone. What it gives as an example, and alternatives joined
by "or", need not fit everybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from icp_synth.domain.currencies import CURRENCY_NAME
from icp_synth.domain.numerals import stated_values, values_in
from icp_synth.embedding.words import CJK, traditional
from icp_synth.stages.carried.sentence import DENIES, NEGATION, Reason, names_in

_LEAST_SHARE = 0.5
_LEAST_PEOPLE = 2

_EXAMPLES = re.compile(
    r"(?:,\s*|\()?\b(?:such as|for example|for instance|e\.g\.|including|be it|say,)"
    r".*|(?:例如|比如|譬如|像是|包括|諸如).*",
    re.IGNORECASE,
)
"""From such a word on a sentence gives examples, which are not everybody's."""

_OR = re.compile(r"\bor\b|\beither\b|\bbetween\b|(?<=\d )to\b(?= \d)|或|至|到")
_LIST = re.compile(r"\bor\b|\beither\b|或", re.IGNORECASE)

_CHILD = r"children|child|kids?|sons?|daughters?|boys?|girls?|bab(?:y|ies)"
_CHILD_ZH = "小孩|孩子|兒子|女兒|寶寶"
_HUSBAND, _HUSBAND_ZH = "husbands?", "老公|丈夫|先生"
_WIFE, _WIFE_ZH = "wi(?:fe|ves)", "老婆|太太|妻子|老闆娘"
_SPOUSE = rf"spouses?|partners?|{_HUSBAND}|{_WIFE}"


def _role(said: str, chinese: str, carrying: str = "") -> tuple[str, str]:
    """Return a role as a sentence names it, and as somebody's own words may."""
    heard = rf"\b(?:{carrying or said})\b|{chinese}"
    return rf"\b(?:{said})\b", heard


_ROLES = tuple(
    (re.compile(said, re.IGNORECASE), re.compile(heard, re.IGNORECASE))
    for said, heard in (
        _role(_HUSBAND, _HUSBAND_ZH),
        _role(_WIFE, _WIFE_ZH),
        _role("spouses?", f"{_HUSBAND_ZH}|{_WIFE_ZH}|配偶|另一半", _SPOUSE),
        _role("sons?", "兒子", "sons?|boys?"),
        _role("daughters?", "女兒", "daughters?|girls?"),
        _role("children|kids", _CHILD_ZH, _CHILD),
        _role("brothers?", "兄弟|哥哥|弟弟|大哥|小弟"),
        _role("sisters?", "姊妹|姐妹|姊姊|姐姐|妹妹"),
        _role("mothers?", "媽媽|母親|我媽", "mothers?|mums?|moms?|mam"),
        _role("fathers?", "爸爸|父親|我爸", "fathers?|dads?"),
        _role("neighbou?rs?", "鄰居"),
        _role("accountants?|bookkeepers?", "會計|記帳士"),
        _role("boss(?:es)?", "老闆|主管|上司", "boss(?:es)?|managers?|owners?"),
    )
)
"""Relatives and single people who decide or act, in both scripts. In a Chinese sentence
they are not looked for: there 老闆 is an owner, a boss and a form of address."""

_CREW = re.compile(
    r"\b(?:cleaner|technician|mechanic|engineer|electrician|plumber|driver|installer"
    r"|fitter|operative|nurse|teacher|designer|developer|painter|gardener|carpenter"
    r"|cook|waiter|salespe(?:rson|ople)|subcontractor|apprentice|volunteer)s?\b",
    re.IGNORECASE,
)
"""Whom some kinds of people have, and others do not."""

_TRADES = re.compile(
    r"\b(?:(?:clean|plumb|paint|garden|landscap|cater|roof|teach|nurs|farm|account)"
    r"ing|pest control)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:ing|ers?|s)$")
"""What somebody's work is in: held against the stem ("clean" in "cleaning")."""

_ONE_PERSON = re.compile(
    r"\b(?:he|she|his|hers?|him)\b|(?<!其)[他她](?!們)", re.IGNORECASE
)

_PAST = re.compile(
    r"\bused to\b|\bback then\b|\bin the old days\b"
    r"|\b(?:before|until|till) (?:the|we|i|that|this|it|they)\b|\bpreviously\b"
    r"|\bformerly\b|以前|之前|從前|那時候|當時|本來|後來就不",
    re.IGNORECASE,
)
_WAS = re.compile(
    rf"{_PAST.pattern}|\b(?:was|were|had|did|\w{{2,}}ed)\b|\bat first\b|\bbefore\b",
    re.IGNORECASE,
)
"""A sentence that speaks of the past itself."""


def not_of_each(
    text: str,
    words: Sequence[Sequence[str]],
    *,
    known: Sequence[str] = (),
    everyone: bool = False,
) -> tuple[Reason, str] | None:
    """Return what a sentence pins down that too few people carry, or None.

    Of those whose words can be compared at least two, and at least half, must carry
    it; what is said of one person is not looked at. Of a "not" it is enough that two
    deny something. "He" and "she" are one person, and several are not.

    Args:
        text: One sentence, or a name.
        words: For each person what they are cited with: of each insight the statement
            and, on further lines, its quotes.
        known: Names that may stand in any sentence, as the product's.
        everyone: All must carry it, and the trade that is named: for the name of a
            group of themes, which is said of all its people.

    Returns:
        The reason and the words.

    Example:
        >>> not_of_each(
        ...     "Their husbands decide",
        ...     [["I decide, and my wife has a say"], ["my husband decides"]],
        ... )
        ('role', 'husbands')
    """
    if len(words) < _LEAST_PEOPLE:
        return None
    plain = _EXAMPLES.sub("", traditional(text))
    said = [traditional("\n".join(own)) for own in words]
    if (one := _ONE_PERSON.search(plain)) is not None:
        return "role", one.group()
    found = _specifics(plain, known)
    if everyone:
        found["role"] = {**found.get("role", {}), **_stems(_TRADES, plain)}
    for reason, specifics in found.items():
        flaw = _too_few(
            specifics,
            said,
            either=_either(plain, reason),
            share=1.0 if everyone else _LEAST_SHARE,
            scripts_differ=reason == "name",
        )
        if flaw:
            return reason, flaw
    denial = DENIES.search(plain)
    if denial and sum(NEGATION.search(one) is not None for one in said) < _LEAST_PEOPLE:
        return "negation", denial.group()
    if _WAS.search(plain):
        return None
    past = [seen for own in words if (seen := _all_past(own))]
    return ("past", past[0]) if past else None


def carries(text: str, words: str, *, known: Sequence[str] = ()) -> bool:
    """Tell whether one person's words carry all that a sentence pins down.

    For people whom a sentence was not drawn from: whose own words have another number,
    no such name and nobody of that trade are not counted for it.

    Args:
        text: One sentence.
        words: All that this person said of the matter.
        known: Names that may stand in any sentence.

    Example:
        >>> carries("The app loses what their cleaners record", "the app lost my lists")
        False
    """
    plain, said = _EXAMPLES.sub("", traditional(text)), traditional(words)
    specifics = _specifics(plain, known)
    if not _chinese(said):
        specifics["role"] = {**specifics.get("role", {}), **_stems(_CREW, plain)}
    return not any(
        _too_few(
            held,
            [said],
            either=_either(plain, reason),
            scripts_differ=reason == "name",
        )
        for reason, held in specifics.items()
    )


_Carried = Callable[[str], bool]


def _specifics(
    plain: str, known: Sequence[str]
) -> dict[Reason, Mapping[str, _Carried]]:
    """Return what a sentence pins down, each with who carries it."""
    found: dict[Reason, Mapping[str, _Carried]] = {}
    if values := sorted(stated_values(plain)):
        found["number"] = {f"{one:.12g}": _counts(one) for one in values}
    if names := names_in(CURRENCY_NAME.sub(" ", plain), "\n".join(known)):
        found["name"] = {one: _names(one) for one in names}
    roles = {
        seen.group(): _has(heard)
        for said, heard in _ROLES
        if (seen := said.search(plain))
    }
    if roles:
        found["role"] = roles
    return found


def _all_past(own: Sequence[str]) -> str:
    """Return the words by which all that somebody states is past, or nothing."""
    seen = [_PAST.search(traditional(one).partition("\n")[0]) for one in own]
    return seen[0].group() if seen and all(seen) and seen[0] else ""


def _either(plain: str, reason: Reason) -> bool:
    """Tell whether it is enough to carry one of several alternatives."""
    return (_OR if reason == "number" else _LIST).search(plain) is not None


def _too_few(
    specifics: Mapping[str, _Carried],
    said: Sequence[str],
    *,
    either: bool,
    share: float = _LEAST_SHARE,
    scripts_differ: bool = False,
) -> str:
    """Return what too few carry, or nothing.

    Args:
        specifics: What is pinned down, each with who carries it.
        said: Words of each person.
        either: It is enough to carry one of them.
        share: Of the people who must.
        scripts_differ: Who speaks another script may have it under another spelling,
            and does not count where it is not found.
    """
    if either and len(specifics) > 1:
        together = " / ".join(specifics)
        ways = tuple(specifics.values())
        specifics = {together: lambda one: any(way(one) for way in ways)}
    for what, carried in specifics.items():
        holding = sum(carried(one) for one in said)
        judged = sum(
            carried(one) or not (scripts_differ and _chinese(one)) for one in said
        )
        if judged and holding < max(min(_LEAST_PEOPLE, judged), share * judged):
            return what
    return ""


def _stems(pattern: re.Pattern[str], plain: str) -> dict[str, _Carried]:
    """Return words of a sentence, each with whose words have their stem."""
    said = sorted({one.group().lower() for one in pattern.finditer(plain)})
    return {one: _has(_kin(one, bare=pattern is _TRADES)) for one in said}


def _kin(word: str, *, bare: bool) -> re.Pattern[str]:
    """Return what says the same: "we clean" is cleaning, "we wait" is no waiter."""
    stem = re.escape(_ENDING.sub("", word))
    endings = r"(?:ing|ings|ers?|ed|s)" + ("?" if bare else "")
    return re.compile(rf"\b{stem}{endings}\b|\b{re.escape(word.removesuffix('s'))}\b")


def _counts(value: float) -> _Carried:
    return lambda said: value in values_in(said)


def _names(name: str) -> _Carried:
    folded = re.split("['’]", name, maxsplit=1)[0].lower()
    return lambda said: folded in said.lower()


def _has(pattern: re.Pattern[str]) -> _Carried:
    return lambda said: pattern.search(said.lower()) is not None


def _chinese(text: str) -> bool:
    characters = len(re.findall(rf"[{CJK}]", text))
    return characters * 2 > len(re.findall(rf"[{CJK}]|[A-Za-z]+", text))
