"""What takes a fact away from the speaker's here and now, or corrects it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.cues import negated
from icp_synth.analysts.embedded.numbers import QUANTITY_EN, QUANTITY_ZH

if TYPE_CHECKING:
    from icp_synth.domain.insights import Normal

_TAKES_BACK = (
    r"(?:no|sorry|wait|actually|or rather|rather|make that|i mean|correction|now"
    r"|it's|we're|we are|that's)"
)
_CORRECTED_EN = re.compile(
    r"^[^\w]*(?:people|employees|staff|of us|a month|a year)?[^\w]*"
    rf"(?=(?:no|sorry|wait|actually|or rather|make that|i mean|correction)\b)"
    rf"(?:{_TAKES_BACK}\b[^\w]*)+(?P<v>{QUANTITY_EN}(?! (?:percent|per cent|times))"
    r"(?: (?:years?|months?|dollars|euros|pounds|bucks)\b)?"
    r"(?: (?:a|per|each|every) (?:month|year|week)\b)?)"
)
_CORRECTED_ZH = re.compile(
    r"^[人個位名年元塊，。、！…啊呃嗯員工左右上下吧]*(?:喔|啊|欸|呃)?"
    r"(?:不對|不是|更正|說錯了?|講錯了?|喔不)[，。、！]*(?:現在|應該)?(?:是|有)?"
    rf"(?P<v>{QUANTITY_ZH}(?:(?:個|位|名)?人|年|元|塊)?)"
)
_LOOK_AHEAD = 80

_NOW_ZH = re.compile(r"現在|目前|如今|今年")
_NOW_EN = re.compile(r"\b(?:now|today|currently|these days)\b")
_PAST_ZH = re.compile(
    r"以前|之前|當時|那時|原本|本來|一開始|早期|剛(?:開始|來|進|成立)|過去|曾經"
)
_PAST_EN = re.compile(
    r"\b(?:used to|back then|at the time|when (?:i|we) (?:started|joined|began)"
    r"|years ago|originally|in the past|previously|formerly|before)\b[^,;]*$"
)
_FOREIGN_EN = re.compile(
    r"\b(?:their|his|her|its|parent|mother|sister|another|other|customer(?:'s)?"
    r"|client(?:'s)?|former|previous|old|last|competitor(?:'s)?|friend(?:'s)?|wife's"
    r"|husband's|brother's|supplier(?:'s)?|vendor(?:'s)?|typical|average|any|every"
    r"|some)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:who|they|people)\s+$"
    r"|\b(?!(?:it|that|there|here|what|who|he|she|let|company|firm|business)'s)"
    r"[\w-]+'s\s+(?:\w+\s+){0,2}$"
)
_FOREIGN_ZH = re.compile(
    r"(?:他們|她們|對方|客戶|別家|朋友|前公司|上一家|前一家|母公司|對手|同業|隔壁|他|她"
    r"|老東家|供應商|廠商|父親|爸爸|母親|媽媽|先生|太太|老公|老婆|兒子|女兒|你|您|它)(?:的)?(?:公司|那(?:邊|家))?[^，。；]{0,6}$"
)
_NOT = re.compile(r"\b(?:not|never|no longer)\b|n't|不是|沒有|不再")
_OTHERWISE = re.compile(
    r"^\s*(?:an hour|a day|a shift|a night|a mile|a visit|a job|a call"
    r"|per (?:hour|visit|job)|every time|each time|when(?:ever)?\b|more\b|less\b|extra"
    r"|off\b|too (?:much|many)|back\b|fines?\b|deposit|worth"
    r"|of (?:work|damage|stock|parts)|in (?:rent|tax|wages|fuel|insurance|sales"
    r"|revenue|overtime|parts|petrol|diesel|salar))"
    r"|^[^,.;]{0,14}? for (?:rent|fuel|insurance|petrol|gas|diesel|electricity|wages"
    r"|parts|(?:the|our|a|an|my|each|every|one) (?!software|system|tool|app|licen"
    r"|subscription|plan|whole|lot\b|pair|both|two|three|team|office|package|program"
    r"|platform|service|product|year|month|full|basic|standard|pro\b|premium)\w+)",
    re.IGNORECASE,
)
_NO_PLACES = frozenset(
    {
        *("january", "february", "march", "april", "may", "june", "july", "august"),
        *("september", "october", "november", "december", "monday", "tuesday"),
        *("wednesday", "thursday", "friday", "saturday", "sunday", "spring", "summer"),
        *("autumn", "fall", "winter", "christmas", "easter", "covid", "i", "english"),
        *("french", "german", "spanish", "chinese", "mandarin", "dutch", "excel"),
        *("word", "google", "ai", "teams", "slack"),
    }
)
_NO_PRICE = re.compile(
    r"\b(?:salary|wages?|rent|mortgage|earn\w*|fined|lost|loan|revenue|turnover|tips)\b"
    r"|薪|房租|租金|貸款|營收|收入|賺|罰|補助|募款|捐"
)

_DOUBT = re.compile(
    r"\b(?:don't|doesn't|do not|not|can't) (?:think|know|believe|say|sure)\b[^.;]*$"
    r"|(?:不確定|不知道|不曉得|不覺得|不認為)[^。；]*$"
)
_IF = re.compile(r"\b(?:if|unless|imagine|suppose)\b[^,;]*$")
_SAID_OF_OTHERS = frozenset({"decision_role"})
_SUPPOSED = frozenset({"willingness_to_pay", "budget", "decision_role"})
_TIMELESS = frozenset({"education", "place", "company_age", "family"})
_SIZES = {
    "headcount_company": (2, 500_000),
    "headcount_department": (2, 20_000),
    "sites": (2, 50_000),
    "experience": (0, 65),
    "tenure": (0, 60),
    "company_age": (0, 400),
    "age": (15, 100),
}


_TOPIC_ZH = re.compile(r"^[^，。如假要]{1,8}的話[，,]")
"""「費用的話，…」 names what is spoken of and supposes nothing."""


def barred(field: str, tripped: frozenset[str]) -> bool:
    """Tell whether the guards that a sentence trips rule a field out."""
    return ("others" in tripped and field not in _SAID_OF_OTHERS) or (
        "hypothetical" in tripped and field not in _SUPPOSED
    )


def supposes(sentence: str) -> bool:
    """Tell whether a sentence that looks supposed is so, and names no mere topic.

    Args:
        sentence: Through `cues.plain`.
    """
    return _TOPIC_ZH.match(sentence) is None


def refused(field: str, before: str, match: re.Match[str], language: str) -> bool:
    """Tell whether the words around a match take it away from the speaker's now.

    Args:
        field: Name of the profile field.
        before: The sentence up to the match, through `cues.plain`.
        match: Where the pattern matched; its group `v` is the value.
        language: `en` or `zh`.
    """
    inside = match.string[match.start() : match.start("v")]
    if field == "price_paid" and _NO_PRICE.search(before + inside):
        return True
    if negated(match.string, match.start(), language) or _NOT.search(inside):
        return True
    if _DOUBT.search(before) or (field not in _SUPPOSED and _IF.search(before)):
        return True
    timeless = field in _TIMELESS
    if language == "zh":
        clause = re.split(r"[，。；]", before)[-1] + inside
        past = bool(_PAST_ZH.search(clause)) and not _NOW_ZH.search(clause)
        if field == "experience":  # What came before was another job, clauses ago.
            past = past or bool(_PAST_ZH.search(before) and "現在" not in before)
        foreign = _FOREIGN_ZH.search(before) or _FOREIGN_ZH.search(inside)
        return bool(foreign) or (past and not timeless)
    past = bool(_PAST_EN.search(before + inside)) and not _NOW_EN.search(match.group())
    foreign = _FOREIGN_EN.search(before) or _FOREIGN_EN.search(inside)
    return bool(foreign) or (past and not timeless)


def bought_otherwise(after: str) -> bool:
    """Tell whether the words after an amount make it no price of the product.

    Example:
        >>> bought_otherwise(" an hour"), bought_otherwise(" for the van")
        (True, True)
        >>> bought_otherwise(" for the system, and I'd pay it again")
        False
    """
    return _OTHERWISE.search(after) is not None


def no_place(name: str) -> bool:
    """Tell whether a capitalised name is a month, a day, a language or a program."""
    first = name.casefold().removeprefix("the ").split()[0]
    return first in _NO_PLACES or first.removesuffix("s") in _NO_PLACES


def corrected(text: str, end: int, language: str) -> tuple[int, int] | None:
    """Return the stretch of the number that corrects the one ending at `end`.

    Example:
        >>> "forty people, no, sorry, forty-five"[
        ...     slice(*corrected("forty people, no, sorry, forty-five", 12, "en"))
        ... ]
        'forty-five'
    """
    pattern = _CORRECTED_ZH if language == "zh" else _CORRECTED_EN
    match = pattern.match(text[end : end + _LOOK_AHEAD])
    return (end + match.start("v"), end + match.end("v")) if match else None


def likely(field: str, normal: Normal) -> bool:
    """Tell whether a number is of a size that the field can have."""
    least, most = _SIZES.get(field, (0.0, math.inf))
    ends = [end for end in (normal.low, normal.high) if end is not None]
    return bool(ends) and least <= min(ends) and max(ends) <= most
