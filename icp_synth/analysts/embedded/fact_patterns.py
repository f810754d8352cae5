"""The shipped patterns for profile facts, compiled for one language."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from icp_synth.analysts.embedded.numbers import ONE_EN, QUANTITY_EN, QUANTITY_ZH
from icp_synth.domain.fields import PROFILE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

_THING = (
    r"(?:seat|user|head|person|licen[cs]e|van|truck|vehicle|technician|tech|engineer"
    r"|cleaner|employee|site|location|device|bed)"
)
_PERIOD_EN = (
    rf"(?:,? (?:a|per|each|every|the|in the|in a|by the|for the)"
    rf" (?:month|year|week|quarter|{_THING})\b"
    r"| monthly| yearly| annually)"
)
_CURRENCY_EN = (
    r"(?:us |nt |canadian |australian |aussie |new zealand |singapore |hong kong )?"
    r"(?:dollars|euros?|pounds|bucks|quid|usd|eur|gbp|twd|ntd|cad|aud|chf|sek|nok|dkk"
    r"|kron(?:or|er|a)|francs|yen|yuan|rmb)\b"
)
_MONEY_EN = (
    rf"{QUANTITY_EN}\s?(?:{_CURRENCY_EN}|[€£](?!\d)){_PERIOD_EN}{{0,2}}"
    rf"|(?:about |around |roughly |over |under |up to |between |almost |like )*"
    rf"(?:nt\$|us\$|ca?\$|au?\$|[$€£]|usd |eur |gbp |twd )\s?{ONE_EN}"
    rf"(?:\s?(?:to|-|–|and|or)\s?[$€£]?{ONE_EN})?{_PERIOD_EN}{{0,2}}"
)
_AMOUNT_EN = rf"{QUANTITY_EN}{_PERIOD_EN}{{1,2}}"
_MONEY_ZH = (
    rf"(?:新台幣|新臺幣|台幣|臺幣|美金|美元|人民幣|港幣|nt\$)?{QUANTITY_ZH}"
    r"(?:元|塊錢?|美金|美元|台幣|臺幣|歐元|人民幣|港幣)"
)
_NAME = r"[a-z][\w'-]+(?: [a-z][\w'-]+){0,2}"
_YEARS_EN = (
    rf"(?:{QUANTITY_EN} (?:plus |odd )?(?:years?|yrs?)(?: and a half)?"
    rf"|a year(?: and a half)?|{QUANTITY_EN} months?)\b"
)
_YEARS_ZH = rf"(?:{QUANTITY_ZH}年(?:多|半|幾)?|半年|{QUANTITY_ZH}個(?:多)?月)"
_START_EN = (
    r"(?:(?:oh|well|so|um+|uh+|er+m?|hm+|ah|yes|yeah|okay|ok|right|now|honestly"
    r"|let me (?:think|see|count)|thanks|sure|and|currently|today|in total|all told)"
    r"[,.… -]+|(?:no|actually), |we |(?:we're|it's),? (?:um+|uh+|er+),? "
    r"|(?:i think|i'd say|i guess|i suppose|call it),? )*"
)
_SINCE_EN = (
    r"since (?:(?:early|late|about|around|last|the|spring|summer|autumn|fall|winter"
    r"|january|february|march|april|may|june|july|august|september|october|november"
    r"|december)(?: of)? )*(?:(?:19|20)\d\d|'\d\d|twenty[ -](?:oh-?|ten|eleven|twelve"
    r"|\w+teen|twenty)(?:-\w+)?)"
)
_START_ZH = r"(?:(?:喔|哦|嗯|呃|啊|欸|好|對|可以|有|應該|我想|現在|目前)[，、。… ]*)*"
_END_EN = (
    r"(?![,.]?\d)(?=\s*(?:[,.;:!?)…–—-]|$)|\s(?:and|with|including|counting|plus"
    r"|if you|now|today|right now|at the moment|in total|in all|"
    r"all told|all in|altogether|overall|or so"
    r"|or thereabouts|give or take|at present|these days|but|because|as of|so)\b)"
)
_END_ZH = r"(?=\s*(?:[，。；！、…）]|$)|左右|上下|吧|啦|喔|而已|不到|以上|含|包|加|連)"
_PEOPLE_EN = (
    r"(?:people|of us|employees|staff|heads|souls|folks|full[- ]time(?:rs)?"
    r"|ftes?|on (?:the )?payroll|on the books|colleagues|workers|strong)"
)
_ROLE_EN = (
    r"(?:manager|director|owner|co-?owner|founder|co-?founder|partner|accountant"
    r"|bookkeeper|controller|engineer|developer|planner|dispatcher|technician"
    r"|coordinator|supervisor|foreman|foreperson|buyer|administrator|secretary|principal"
    r"|president|ceo|cfo|coo|cto|head of [a-z]+(?: [a-z]+)?|team lead|office lead)"
)
FIRM_EN = (
    r"(?:company|companies|business(?:es)?|firm|agency|practice|studio|shop|store|cafe"
    r"|café|restaurant|bakery|bar|hotel|farm|salon|gallery|gym|clinic|school|brand"
    r"|label|press|franchise|brewery|startup|start-up|site|garage|workshop|services?)"
)
"""What somebody may own and work in."""

_OTHERS_EN = (
    r"(?:the|an?|my|our|your|his|her|its|their|this|that|to|with|for|by|under|from|at"
    r"|of|on|in|being|and|but|or|so|when|if|\w+'s)"
)
"""Words before an office that make it somebody else's: "calling the planner"."""

_MACROS = {
    "en": {
        "Q": QUANTITY_EN,
        "M": f"(?:{_MONEY_EN})",
        "P": f"(?:{_AMOUNT_EN})",
        "Y": _YEARS_EN,
        "S": _START_EN,
        "SINCE": _SINCE_EN,
        "END": _END_EN,
        "PEOPLE": _PEOPLE_EN,
        "ROLE": _ROLE_EN,
        "FIRM": FIRM_EN,
        "OTHERS": _OTHERS_EN,
        "N": _NAME,
    },
    "zh": {
        "Q": QUANTITY_ZH,
        "M": f"(?:{_MONEY_ZH})",
        "Y": _YEARS_ZH,
        "S": _START_ZH,
        "END": _END_ZH,
        "N": _NAME,
    },
}
_HEADCOUNTS = frozenset({"headcount_company", "headcount_department"})
_ASKING = re.compile(r"[^.?!。？！]*[?？]")


class Pattern(NamedTuple):
    """One row of `data/facts.toml` in one language; `v` is the value's group.

    Attributes:
        field: Name in the catalogue, or `other` where the match names it.
        category: Trait category of the codebook.
        unit: Of the figure; None for words and money.
        money: Whether the value is an amount of money.
        expressions: Phrases that say it by themselves.
        near: What the turn or its question must speak of for `loose` to count.
        loose: Phrases that say it only where `near` is spoken of.
        answers: Beginnings of a sentence that say it when it was asked for.
    """

    field: str
    category: str
    unit: str | None
    money: bool
    expressions: tuple[re.Pattern[str], ...]
    near: tuple[re.Pattern[str], ...]
    loose: tuple[re.Pattern[str], ...]
    answers: tuple[re.Pattern[str], ...]


def data(name: str) -> str:
    """Return a data file of the analyst as text."""
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    return (folder / name).read_text("utf-8")


@lru_cache(maxsize=2)
def patterns(language: str) -> tuple[Pattern, ...]:
    """Return the patterns of `en` or `zh`, in the order in which they are tried."""
    return tuple(
        Pattern(
            field=row["field"],
            category=row.get("category") or PROFILE_FIELDS[row["field"]].category,
            unit=row.get("unit"),
            money=row.get("money", False),
            expressions=_compiled(row.get(language, ()), language),
            near=_compiled(row.get(f"near_{language}", ()), language),
            loose=_compiled(row.get(f"loose_{language}", ()), language),
            answers=_compiled(row.get(f"answer_{language}", ()), language),
        )
        for row in _rows()["fact"]
    )


@lru_cache(maxsize=4096)
def asked_for(question: str) -> frozenset[str]:
    """Return the profile fields that an interviewer's turn asks for.

    Args:
        question: The turn, through `cues.plain`. What ends with a question mark
            counts, or all of it where nothing does.

    Example:
        >>> sorted(asked_for("nice. how many people are you?"))
        ['headcount_company']
    """
    asking = " ".join(_ASKING.findall(question)) or question
    found: set[str] = set()
    for row in _rows()["question"]:
        for language in _MACROS:
            wanted = _compiled(row[language], language)
            barred = _compiled(row.get(f"not_{language}", ()), language)
            if any(one.search(asking) for one in wanted) and not any(
                one.search(asking) for one in barred
            ):
                found.add(row["field"])
    if found >= _HEADCOUNTS:  # "How many people are there in your team?"
        found.discard("headcount_company")
    return frozenset(found)


@lru_cache(maxsize=1)
def _rows() -> dict[str, list[dict[str, Any]]]:
    held: dict[str, list[dict[str, Any]]] = tomllib.loads(data("facts.toml"))
    return held


def _compiled(given: Iterable[str], language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_filled(pattern, language) for pattern in given)


@cache
def _filled(pattern: str, language: str) -> re.Pattern[str]:
    for name, stands_for in _MACROS[language].items():
        pattern = pattern.replace(f"{{{name}}}", stands_for)
    return re.compile(pattern)
