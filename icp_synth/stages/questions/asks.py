"""What a research question asks for: words of it, and the fields of its answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import names_any

_BEFORE = re.compile(
    r"\b(?:before|until|used to|formerly|previously|back then|originally)\b"
    r"|以前|之前|原本|本來|本来|當初|当初",
    re.IGNORECASE,
)
_ASKED_BEFORE = re.compile(
    r"(?i:^\W*(?:(?:and|so|but|ok|okay),? )*before\W*$"
    r"|(?<!you do )(?<!they do )\bbefore (?:this|that|it|then|us)\b"
    r"|\bhow (?:was|were) (?:it|things|that) before\b"
    r"|\b(?:used?|using|ha(?:d|ve)|run|ran|work(?:ed)?) before\b"
    r"|\b(?:come|came|get|got) to use\b"
    r"|\bmade (?:you|them) (?:start|get|buy|try|look|choose|sign|switch)"
    r"|\b(?:brought|led) you (?:to|here)\b|\bin the first place\b"
    r"|\bhow did you (?:find|hear|start)\b)"
    r"|\b[Bb]efore [A-Z]\w+|\b(?:come|came|get|got) (?:in|on)?to [A-Z]"
    r"|以前.*[用怎]|之前.*[用怎]|怎麼會?開始|怎么会?开始|當初|当初"
)
_NOW = re.compile(
    r"\b(?:now(?:adays)?|still|at the moment|these days|today)\b|現在|现在|目前",
    re.IGNORECASE,
)
_FOUNDING = re.compile(
    r"\b(?:start|found|set up|open)(?:s|ed|ing)?"
    r" (?:up )?(?:the|an?|my|our|their|his|her)(?: own)?"
    r" (?:company|business|firm|shop|practice)\b|創業|创业|開公司|开公司|自己開|自己开",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\bcancel\w*|\bunsubscrib\w+|\bstopped (?:using|paying)\b"
    r"|\bswitch\w* (?:(?:me|us|him|her|them) )?to\b|\bwent back to\b"
    r"|取消|退訂|退订|停用|解約|解约|改用|換成|换成",
    re.IGNORECASE,
)


class Told(NamedTuple):
    """What is known of an insight beside its words.

    Attributes:
        asked: The questions just before it.
        product: Its name; may be empty.
    """

    asked: Sequence[str] = ()
    product: str = ""


class Asks(NamedTuple):
    """Words of a question, and the fields in which its answers stand.

    Attributes:
        of_who_left: Those answer it who are not ideal, whatever the field.
        each: Everybody has an answer of their own, which no two need to share.
        tells: Whether an insight of these fields answers it; None for all.
    """

    words: tuple[str, ...]
    fields: frozenset[str]
    of_who_left: bool = False
    each: bool = False
    tells: Callable[[Insight, Told], bool] | None = None


def answers_before(insight: Insight, told: Told) -> bool:
    """Tell whether somebody says what they had before, or what made them start.

    A tool of today is no answer, nor is what made them found a firm or leave. A reader
    who writes has read the sentence; of words alone, the question has to tell as well.
    """
    said = "\n".join((insight.statement, *(quote.text for quote in insight.quotes)))
    asked = any(_ASKED_BEFORE.search(one) for one in told.asked)
    written = insight.statement_origin == "written"
    if insight.category == "trigger":
        ours = bool(told.product) and names_any(said, [told.product])
        other = _FOUNDING.search(said) or (_AWAY.search(said) and not ours)
        return (written or asked) and not other
    if insight.category == "technology" or insight.attribute == "technology":
        return asked or bool(_BEFORE.search(said))
    return asked and not written and not _NOW.search(said)


def _asks(
    english: str,
    chinese: str,
    fields: str = "",
    *,
    each: bool = False,
    tells: Callable[[Insight, Told], bool] | None = None,
) -> Asks:
    words = (*english.split(", "), *chinese.split())
    return Asks(
        words,
        frozenset(fields.split()),
        of_who_left=not fields,
        each=each,
        tells=tells,
    )


FIELDS = (
    _asks(
        "who decides, decide on, approves, buying decision, signs off",
        "誰決定 谁决定 決策 决策 拍板",
        "decision_role trait/decision_authority",
        each=True,
    ),
    _asks(
        "pay, price, spend, budget, cost",
        "價格 价格 付多少 預算 预算 花多少",
        "price_paid willingness_to_pay budget trait/budget_price",
        each=True,
    ),
    _asks(
        "kinds of company, kind of company, what companies, which companies, who are",
        "什麼公司 什么公司 哪些公司 哪種公司 哪种公司",
        "industry headcount_company geography sites revenue customer_count "
        "trait/firmographic",
    ),
    _asks(
        "use before, used before, start, starts, started, switch, switched, trigger",
        "之前用 以前用 開始用 开始用 為什麼換 为什么换",
        "technology trait/technology motivation/trigger",
        each=True,
        tells=answers_before,
    ),
    _asks(
        "goes wrong, go wrong, problem, pain, pains, struggle, difficult",
        "問題 问题 困難 困难 痛點 痛点",
        "pain/problem pain/obstacle",
    ),
    _asks(
        "stay, why do they stay, keep using, renew, like about",
        "留下 續約 续约 持續使用 持续使用",
        "motivation/reason_to_stay motivation/like motivation/desired_gain",
    ),
    _asks(
        "leave, left us, churn, cancel, stop using",
        "離開 离开 流失 取消 停用",
    ),
    _asks(
        "find us, hear of, heard about, channel, channels, reach",
        "怎麼知道 怎么知道 管道 渠道",
        "trait/channel media",
        each=True,
    ),
)
