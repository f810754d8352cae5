"""Which known products a sentence says are in use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded.fact_guards import no_place
from icp_synth.analysts.embedded.fact_patterns import data
from icp_synth.analysts.embedded.ordinary_words import reached, stands_alone
from icp_synth.analysts.embedded.sentences import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_USES_EN = re.compile(
    r"\b(?:use|used|uses|using|employ|employed|employing|run|running|rely on|reach for"
    r"|prefer|open|in|on|with|via|through|into|from|have|bought|got|keep|keeps|moved to"
    r"|switched to|turn(?:ed)? to|go to)\s"
)
_ASKS_EN = re.compile(
    r"\b(?:ask|asks|asked|asking|tell|told|telling|talk|talked|talking|discuss\w*|give"
    r"|gave|giving|take|took|taking|teach|taught|teaching|prompt\w*|feed|fed|paste\w*)\s"
)
"""What one does with a program that answers."""

_MAKES_EN = re.compile(
    r"\b(?:post|publish|sell|upload|shar|stream|advertis|design|creat|edit|writ|market"
    r"|promot|film|record|schedul|focus|run|use|using|manag|mak|made|do posts)\w*\s"
)
_WATCHES_EN = re.compile(
    r"\b(?:watch|saw|see|look|brows|scroll|read|comb|search|learn|find|found|go through"
    r"|click)\w*\s"
)
_OWN_PLACE = re.compile(r"\b(?:my|our)(?: own)? $")
"""On a platform: to have one's own page there, or to publish there, is use of it."""

_USES_ZH = re.compile(
    r"(?:我|公司|同事)[^，。；]{0,8}(?:用|使用|裝|導入|放在|記在)[^，。；]{0,6}$"
    r"|^(?:平常|現在|目前|主要|大家|都|就|也|還)*(?:是)?用[^，。；]{0,6}$"
)
_REJECTS = re.compile(
    r"\b(?:used to|stopped|never|don't|didn't|haven't|instead of|unlike|replaced"
    r"|moved away|no longer|switched from|wouldn't|not|left|quit|cancell?ed|replace"
    r"|tried|old|previous|before|without|than|in favou?r of|could (?:see|use|imagine)"
    r"|back then|was|were|saw|looked at|compared|heard|people|sites|settled)\b"
    r"|以前|不用|沒(?:有)?用|沒在用|取消|不再|本來|原本|換掉|禁止"
)
_FORMERLY = re.compile(
    r"\bbefore (?:i|we|ai|that|this)\b(?!.*\bnow\b)"
    r"|\b(?:would(?:'ve| have)?|'d|'d have|had) (?:had )?to\b(?!.*\bnow\b)|'d have to\b"
)
_LATER = re.compile(
    r"^[^.;]{0,60}?\b(?:until|till|back then"
    r"|but (?:we|i)(?:'ve)? (?:dropped|left|stopped|switched|moved))\b"
)
_UNKNOWN_EN = re.compile(
    r"\b(?:[Ww]e|I)(?:'ve|'re| have| are| do)?(?: \w+)?"
    r" (?:use|using|been on|been using|moved to|switched to|run \w+(?: \w+)? on)"
    r" (?P<v>[A-Z][A-Za-z0-9]*[a-z0-9](?: [A-Z][A-Za-z0-9]+)?)\b(?!'s)"
)
"""A name that is no known product, right behind "we use" or "we're on"."""

_OWN_EN = re.compile(r"\b(?:i|i'm|i've|we|we're|we've|my|our|us|everything|all)\b")
_CLAUSE = re.compile(r"[,;，；。]| but | because ")
_SHORT = 12
_LISTED = re.compile(
    r"(?:\s|,|/|&|\band\b|\bor\b|\bbut\b|\balso\b|\bthe\b|\bsometimes\b)+"
)
_KIND = re.compile(
    r"[A-Z]{2,}s|AI|LLM|GenAI|Agile|Scrum|Kanban|Braille|[A-Z]\w+(?:ese|ish)"
)
"""A name that is no product but a kind of them, a method or a language: "LLMs"."""

_MOVES = re.compile(r"\b(?:moved|switched) to $")
_SOFTWARE = re.compile(
    r"\b(?:from (?:excel|paper|spreadsheets?|sheets)|systems?|software|tools?|apps?"
    r"|platforms?|programs?|packages?|products?|crm|erp|subscription|licen[cs]es?)\b"
)
_COMPANY = re.compile(
    r"\b(?:(?:friends?|people|someone|somebody|guys?|reps?|colleagues?) (?:\w+ )?"
    r"(?:in|from|at|of)"
    r"|(?:jobs?|offers?|interviews?) (?:in|at|from|with)|shares in"
    r"|(?:calls?|meetings?|deals?|emails?|letters?) (?:from|with)"
    r"|compet\w+ with|integrat\w+ with) $"
)
"""A firm instead of its product: "an offer from Oracle"."""

_OF = re.compile(r" of\b")
_THINGS = frozenset({"spreadsheet", "spreadsheets", "whiteboard"})
_EXACT, _ASKED, _PLATFORM = "=", "?", ">"


class _Names(NamedTuple):
    """The products of the data file.

    Attributes:
        pattern: Of every name; one that is a word as well only as it is spelt.
        exact: Names that are words as well.
        asked: Squeezed names of programs that one asks.
        platforms: Squeezed names of places where one publishes.
    """

    pattern: re.Pattern[str]
    exact: frozenset[str]
    asked: frozenset[str]
    platforms: frozenset[str]


@lru_cache(maxsize=1)
def _names() -> _Names:
    held: dict[str, str] = {}
    for line in data("tools.txt").splitlines():
        names = line.lstrip(_EXACT + _ASKED + _PLATFORM)
        if names and not names.startswith("#"):
            marks = line.removesuffix(names)
            held.update(dict.fromkeys(names.split("|"), marks))
    longest = sorted(held, key=lambda name: (-len(name), name))
    alternatives = "|".join(_spelling(name, held[name]) for name in longest)
    return _Names(
        re.compile(
            rf"(?<![A-Za-z])(?:{alternatives})"
            r"(?:(?![A-Za-z])|(?=s\s[A-Z]))(?! groups?\b)"
        ),
        frozenset(name for name, mark in held.items() if _EXACT in mark),
        frozenset(_squeezed(name) for name, mark in held.items() if _ASKED in mark),
        frozenset(_squeezed(name) for name, mark in held.items() if _PLATFORM in mark),
    )


def _spelling(name: str, mark: str) -> str:
    """Return how a name may be written: "Chat GPT" and "chatgpt" are ChatGPT."""
    if _EXACT in mark or not name.isascii():
        return re.escape(name)
    parts = re.findall(r"[A-Z]+[a-z0-9.]*|[^A-Z\s]+|\s", name)
    return "(?i:" + r"[ ]?".join(re.escape(p) for p in parts if p.strip()) + ")"


def _squeezed(name: str) -> str:
    return name.casefold().replace(" ", "")


def products(text: str, lowered: str, place: Piece, language: str) -> Iterator[Piece]:
    """Yield the places of products in use, each product once.

    Args:
        text: The turn; names that are words as well count as they are spelt.
        lowered: The turn through `cues.plain`.
        place: The sentence.
        language: `en` or `zh`.
    """
    seen: set[str] = set()
    last: tuple[int, bool] | None = None
    for match in _names().pattern.finditer(text, place.start, place.end):
        name = _squeezed(match.group())
        between = lowered[last[0] : match.start()] if last else ""
        if last and language == "en" and _LISTED.fullmatch(between):
            used = last[1]  # "A, B and C" are used together, or none of them is.
        else:
            used = _used(lowered, match, place, language)
        last = (match.end(), used)
        if used and name not in seen and _is_product(text, match, place, language):
            seen.add(name)
            yield Piece(match.start(), match.end())
    if language == "en":
        yield from _unknown(text, lowered, place, seen)


def _is_product(text: str, match: re.Match[str], place: Piece, language: str) -> bool:
    """Tell whether a name stands for the product, as far as it may be a word."""
    if language != "en":
        return True
    if match.group() in _names().exact:
        return stands_alone(text, Piece(*match.span()), place)
    return not _OF.match(text, match.end()) or match.group().casefold() in _THINGS


def _unknown(text: str, lowered: str, place: Piece, seen: set[str]) -> Iterator[Piece]:
    for match in _UNKNOWN_EN.finditer(text, place.start, place.end):
        name, before = match.group("v"), lowered[place.start : match.start("v")]
        known = _names().pattern.match(text, match.start("v"))
        if known or no_place(name) or _KIND.fullmatch(name) or _squeezed(name) in seen:
            continue
        if _MOVES.search(before) and not _SOFTWARE.search(place.of(lowered)):
            continue  # "We moved to London."
        at = Piece(*match.span("v"))
        if not _REJECTS.search(before) and stands_alone(text, at, place):
            seen.add(_squeezed(name))
            yield at


def _used(lowered: str, match: re.Match[str], place: Piece, language: str) -> bool:
    """Tell whether a sentence says that its speaker uses the product of a match."""
    said = lowered[place.start : match.start()]
    clauses = _CLAUSE.split(said)
    before = clauses.pop()
    while clauses and len(before) <= _SHORT:
        before = f"{clauses.pop()} {before}"
    if language != "en":
        return bool(_USES_ZH.search(before)) and not _REJECTS.search(before)
    if not _OWN_EN.search(said) or _REJECTS.search(before) or _FORMERLY.search(said):
        return False
    if _LATER.search(lowered[match.end() : place.end]):
        return False
    if _COMPANY.search(before):
        return False
    name = _squeezed(match.group())
    if name in _names().platforms:
        return bool(_OWN_PLACE.search(said)) or _publishes(said)
    asks = name in _names().asked and _ASKS_EN.search(before)
    word = match.group() in _names().exact
    return bool(asks) or (reached(before) if word else bool(_USES_EN.search(before)))


def _publishes(said: str) -> bool:
    """Tell whether the last thing that was said to be done is publishing."""
    makes, watches = (
        max((found.start() for found in verbs.finditer(said)), default=-1)
        for verbs in (_MAKES_EN, _WATCHES_EN)
    )
    return makes > watches
