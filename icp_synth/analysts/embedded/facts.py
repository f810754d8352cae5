"""Read profile facts out of sentences: value as said, and in a form to compare.

Precise rather than complete: a fact is taken only where the speaker talks about
themselves or their company, now. What is negated, supposed, asked, meant ironically,
said of other people, or taken back in the same breath is left alone.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from icp_synth.analysts.embedded.cues import guards, negated, plain
from icp_synth.analysts.embedded.numbers import (
    ONE_EN,
    QUANTITY_EN,
    QUANTITY_ZH,
    Quantity,
    quantity_en,
    quantity_zh,
)
from icp_synth.analysts.embedded.sentences import Piece, is_chinese, sentences
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Normal
from icp_synth.embedding.words import traditional

_PERIOD_EN = (
    r"(?: (?:a|per|each|every) (?:month|year|week|seat|user|head|person|licen[cs]e)"
    r"| monthly| yearly| annually)"
)
_MONEY_EN = (
    rf"{QUANTITY_EN}\s?(?:us |nt )?(?:dollars|euros|pounds|bucks|quid|usd|eur|gbp|twd|ntd)"
    rf"{_PERIOD_EN}{{0,2}}"
    rf"|(?:about |around |roughly |over |under |up to |between |almost |like )*"
    rf"(?:nt\$|us\$|[$€£]|usd |eur |twd )\s?{ONE_EN}"
    rf"(?:\s?(?:to|-|–|and|or)\s?[$€£]?{ONE_EN})?{_PERIOD_EN}{{0,2}}"
)
_MONEY_ZH = (
    rf"(?:新台幣|新臺幣|台幣|臺幣|美金|美元|人民幣|nt\$)?{QUANTITY_ZH}"
    r"(?:元|塊錢?|美金|美元|台幣|臺幣|歐元|人民幣)"
)
_NAME = r"[a-z][\w'-]+(?: [a-z][\w'-]+){0,2}"
_CORRECTED_EN = re.compile(
    rf"^[^\w]*(?:people|employees|staff|of us)?[^\w]*(?:no|sorry|wait|actually|or rather"
    rf"|make that|i mean|correction)\b[^\w]*(?:(?:no|sorry|wait|actually|it's|we're|we are"
    rf"|that's|rather|make that|i mean|now)\b[^\w]*)*(?P<v>{QUANTITY_EN})"
    r"(?! (?:years|months|percent|times))"
)
_CORRECTED_ZH = re.compile(
    rf"^[人個位名，。、！…啊呃嗯員工左右上下吧]*(?:喔|啊|欸|呃)?(?:不對|不是|更正|說錯了?|講錯了?|喔不)"
    rf"[，。、！]*(?:現在|應該)?(?:是|有)?(?P<v>{QUANTITY_ZH}(?:個|位|名)?人?)"
)
_NOW_ZH = re.compile(r"現在|目前|如今|今年")
_PAST_ZH = re.compile(
    r"以前|之前|當時|那時|原本|本來|一開始|早期|剛(?:開始|來|進|成立)|過去|曾經"
)
_PAST_EN = re.compile(
    r"\b(?:used to|back then|at the time|when (?:i|we) (?:started|joined|began)|years ago"
    r"|originally|previously|formerly|before)\b[^,;]*$"
)
_FOREIGN = re.compile(
    r"\b(?:their|his|her|its|parent|mother|sister|another|other|customer(?:'s)?"
    r"|client(?:'s)?|former|previous|old|last|competitor(?:'s)?|friend(?:'s)?|wife's"
    r"|husband's|brother's|supplier(?:'s)?|vendor(?:'s)?|typical|average|any|every|some)"
    r"\s+(?:\w+\s+){0,2}$"
)
_FOREIGN_ZH = re.compile(
    r"(?:他們|她們|對方|客戶|別家|朋友|前公司|上一家|前一家|母公司|對手|同業|隔壁|他|她"
    r"|老東家|供應商|廠商)(?:的)?(?:公司|那(?:邊|家))?[^，。；]{0,6}$"
)
_SAID_OF_OTHERS = frozenset({"decision_role"})
_SUPPOSED = frozenset({"willingness_to_pay", "budget", "decision_role"})
_NO_PAST = frozenset({"experience", "education", "place", "company_age", "family"})
_USES = re.compile(
    r"\b(?:use|uses|using|run|running|on|in|with|via|through|into|from|have|bought|like)\s"
    r"|用|使用|裝|導入|放在|記在|在"
)
_REJECTS = re.compile(
    r"\b(?:used to|stopped|never|don't|didn't|haven't|instead of|unlike|replaced|moved away"
    r"|no longer|switched from|wouldn't|not|left|quit|cancell?ed|tried)\b"
    r"|以前|不用|沒(?:有)?用|沒在用|取消|不再|本來|原本|換掉"
)


class Fact(NamedTuple):
    """A profile fact and the stretch of the turn that says it.

    Attributes:
        field: Name in the catalogue of profile fields.
        category: Trait category of the codebook.
        value: As said, a slice of the turn.
        normal: What can be compared, or None.
        place: The sentence that says it, within the turn.
        at: The stretch that was matched, within the turn.
    """

    field: str
    category: str
    value: str
    normal: Normal | None
    place: Piece
    at: Piece


class _Pattern(NamedTuple):
    field: str
    category: str
    unit: str | None
    factor: float
    money: bool
    patterns: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=2)
def _patterns(language: str) -> tuple[_Pattern, ...]:
    data = tomllib.loads(_read("facts.toml"))
    quantity, money = (
        (QUANTITY_ZH, _MONEY_ZH) if language == "zh" else (QUANTITY_EN, _MONEY_EN)
    )

    def compiled(pattern: str) -> re.Pattern[str]:
        filled = pattern.replace("{Q}", quantity).replace("{M}", f"(?:{money})")
        return re.compile(filled.replace("{N}", _NAME))

    return tuple(
        _Pattern(
            field=row["field"],
            category=row.get("category") or PROFILE_FIELDS[row["field"]].category,
            unit=row.get("unit"),
            factor=row.get("factor", 1.0),
            money=row.get("money", False),
            patterns=tuple(compiled(pattern) for pattern in row[language]),
        )
        for row in data["fact"]
    )


@lru_cache(maxsize=1)
def _tools() -> re.Pattern[str]:
    names = [
        name
        for line in _read("tools.txt").splitlines()
        if not line.startswith("#")
        for name in line.split("|")
        if name
    ]
    names.sort(key=lambda name: (-len(name), name))
    return re.compile(
        r"(?<![A-Za-z])(?:" + "|".join(map(re.escape, names)) + r")(?![A-Za-z])"
    )


def _read(name: str) -> str:
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    return (folder / name).read_text("utf-8")


def facts(text: str) -> list[Fact]:
    """Return the facts of one participant turn, in order of place.

    A field is taken once a sentence; the first pattern of the catalogue's order wins.
    """
    lowered = plain(text)
    found: list[Fact] = []
    for place in sentences(text):
        language = "zh" if is_chinese(place.of(text)) else "en"
        tripped = guards(place.of(lowered), language)
        if tripped & {"question", "irony", "meta"}:
            continue
        for pattern in _patterns(language):
            fact = _match(pattern, text, lowered, place, (language, tripped))
            if fact is not None and not _taken(found, fact):
                found.append(fact)
        found.extend(_technology(text, lowered, place, tripped))
    return sorted(found, key=lambda fact: (fact.at, fact.field))


def _taken(found: list[Fact], fact: Fact) -> bool:
    """Tell whether a sentence already gave this field, or these words another one."""
    return any(
        held.place == fact.place
        and (
            held.field == fact.field
            or (held.at.start < fact.at.end and fact.at.start < held.at.end
                and held.value == fact.value)
            or {held.field, fact.field} == {"headcount_company", "headcount_department"}
        )
        for held in found
    )


def _match(
    pattern: _Pattern,
    text: str,
    lowered: str,
    place: Piece,
    context: tuple[str, frozenset[str]],
) -> Fact | None:
    language, tripped = context
    if "others" in tripped and pattern.field not in _SAID_OF_OTHERS:
        return None
    if "hypothetical" in tripped and pattern.field not in _SUPPOSED:
        return None
    for expression in pattern.patterns:
        match = expression.search(lowered, place.start, place.end)
        if match is None or _refused(pattern.field, lowered, place, match, language):
            continue
        start, end = match.span("v")
        if pattern.field == "place" or pattern.field == "geography":
            end = start + _name_length(text[start:end])
        corrected = None
        if pattern.unit == "people":
            corrected = (_CORRECTED_ZH if language == "zh" else _CORRECTED_EN).match(
                lowered[end : end + 80]
            )
        if corrected is not None:
            start, end = end + corrected.start("v"), end + corrected.end("v")
        value = text[start:end].strip(" ,，、")
        if not value:
            continue
        normal = _normal(pattern, lowered[start:end], lowered[place.start : end], language)
        if pattern.unit and normal is None:
            continue
        at = Piece(match.start(), max(end, match.end("v")))
        return Fact(pattern.field, pattern.category, value, normal, place, at)
    return None


def _refused(
    field: str, lowered: str, place: Piece, match: re.Match[str], language: str
) -> bool:
    """Tell whether the words around a match take it away from the speaker's now."""
    before = lowered[place.start : match.start()]
    if negated(lowered, match.start(), language):
        return True
    inside = lowered[match.start() : match.start("v")]
    if re.search(r"\b(?:not|never|no longer)\b|n't|不是|沒有|不再", inside):
        return True
    if language == "zh":
        clause = re.split(r"[，。；]", before)[-1] + inside
        past = _PAST_ZH.search(clause) and not _NOW_ZH.search(clause)
        return bool(_FOREIGN_ZH.search(before) or (past and field not in _NO_PAST))
    past = _PAST_EN.search(before) if field not in _NO_PAST else None
    if past and re.search(r"\b(?:now|today|currently|these days)\b", match.group()):
        past = None
    return bool(_FOREIGN.search(before) or _FOREIGN.search(inside) or past)


def _name_length(words: str) -> int:
    """Return how many characters a run of capitalised words (or Chinese) takes."""
    match = re.match(
        r"(?:the )?[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)*|[^\x00-\u2fff]+", words
    )
    return match.end() if match else 0


def _normal(
    pattern: _Pattern, value: str, context: str, language: str
) -> Normal | None:
    quantity: Quantity | None
    if pattern.unit is None and not pattern.money:
        return None
    quantity = quantity_zh(value) if language == "zh" else quantity_en(value)
    if quantity is None:
        return None
    if pattern.money:
        return Normal(
            low=quantity.low,
            high=quantity.high,
            unit=_period(value, context),
            currency=_currency(value, context),
        )
    quantity = quantity.times(pattern.factor)
    return Normal(low=quantity.low, high=quantity.high, unit=pattern.unit)


def _currency(value: str, context: str) -> str | None:
    for code, mark in (
        ("TWD", r"nt\$|台幣|臺幣|\bnt\b|\bntd\b|twd"),
        ("CNY", r"人民幣|rmb|cny"),
        ("EUR", r"€|euro|\beur\b|歐元"),
        ("GBP", r"£|pound|quid|gbp"),
        ("USD", r"\$|dollar|bucks|usd|美金|美元"),
        ("TWD", r"元|塊"),
    ):
        if re.search(mark, value):
            simplified = traditional(context) != context
            return "CNY" if mark == "元|塊" and simplified else code
    return None


def _period(value: str, context: str) -> str | None:
    for unit, mark in (
        ("per month", r"(?:a|per|each|every) month|monthly|一個月|每個?月|月費"),
        ("per year", r"(?:a|per|each|every) year|yearly|annually|一年|每年|年費|年營"),
        ("per week", r"(?:a|per|each|every) week|每(?:週|周|個?星期|個?禮拜)"),
    ):
        if re.search(mark, value) or (
            not value.isascii() and re.search(mark, context[-16:])
        ):
            seat = re.search(r"(?:per|a|each) (?:seat|user|head|licen[cs]e|person)", value)
            return f"{unit} per user" if seat else unit
    return None


def _technology(
    text: str, lowered: str, place: Piece, tripped: frozenset[str]
) -> list[Fact]:
    """Return the known products that a sentence says are in use, one fact each."""
    if tripped & {"others", "hypothetical"}:
        return []
    found: list[Fact] = []
    seen = set()
    for match in _tools().finditer(text, place.start, place.end):
        clause = re.split(r"[,;，；。]| but | because ", lowered[place.start : match.start()])
        before = clause[-1] if len(clause[-1]) > 12 else "".join(clause[-2:])
        if match.group() in seen or not _USES.search(before) or _REJECTS.search(before):
            continue
        seen.add(match.group())
        at = Piece(match.start(), match.end())
        found.append(Fact("technology", "technology", match.group(), None, place, at))
    return found
