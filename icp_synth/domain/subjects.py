"""Whom a remark is about: who says it, or somebody else."""

from __future__ import annotations

import re

from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import names_any

OF_ONESELF = frozenset({"language", "age", "sex", "education", "place", "income"})
"""Profile fields that are the speaker's own or nothing: a crew has no one language."""

_OTHERS = re.compile(
    r"\b(?:my|our|his|her|their|the)\s+(?:\w+\s+){0,2}?(?:sons?|daughters?|wife|husband"
    r"|partner|brothers?|sisters?|mother|father|mum|mom|dad|kids?|child(?:ren)?|boss"
    r"|owners?|colleagues?|staff|employees|team|crew|men|women|lads?|guys?|customers?"
    r"|clients?|technicians?|engineers?|cleaners?|apprentices?)\b|\b(?:he|she|they)\b"
    r"|兒子|儿子|女兒|女儿|太太|先生|老婆|老公|爸|媽|妈|老闆|老板|同事|員工|员工|師傅"
    r"|师傅|客人",
    re.IGNORECASE,
)
_OF_STAFF = re.compile(
    r"^\W*(?:(?:(?:many|most|some|several|two|three|a few|the rest) of"
    r"|(?:all|half|both)(?: of)?) )?"
    r"(?:(?:his|her|their|the|my|our|the [\w-]+['’]s) (?:[\w-]+ ){0,3}?"
    r"(?:(?:crew|staff|team)(?:s| members)?|employees|workers|cleaners|technicians"
    r"|engineers|people|men|women|ladies|lads|customers|clients)"
    r"|(?:his|her|their|our|the [\w-]+['’]s) (?:[\w-]+ ){0,2}?"
    r"(?:employee|worker|cleaner|technician|engineer|customer|client))"
    r"(?: (?:in|from|at|of|on|and|with|who|he|she|they) (?:[\w'’-]+ ){0,5}?[\w'’-]+)?"
    r"(?:,(?: [\w'’-]+){1,5},)?"
    r"(?: (?:\w+ly|also|often|all|both|only|still|now|never|do not|don['’]t))*"
    r" (?:(?:is|are|was|were)(?:n['’]t)? (?!himself\b|herself\b|themselves\b|myself\b)"
    r"|(?:ha(?:s|ve|d)|d(?:o|oes|id)|can(?:not|['’]t)?|could|will|would|must|may"
    r"|(?:speak|read|write|know|come|live|work|need|use|want|ask|like|hate|love|send"
    r"|call|pay|get|go(?:e)?|make|take|bring|leave|wear|earn|grow|drive|stay|travel"
    r"|prefer|understand|arrive|struggle|range|vary|differ|tend|think|say|find)s?"
    r"|spoke|knew|came|left|went|grew|got|drove|wrote|[a-z]+ed)\b)"
    r"|^\W*(?:他|她|他們|她們|他们|她们|公司|老闆|老板|受訪者|受访者)的?"
    r"(?:員工|员工|同事|師傅|师傅|阿姨|客人|客戶|客户)"
    r"(?!服務|服务|關係|关系|管理|訓練|训练|經驗|经验|支援|開發|开发"
    r"|經理|经理)",
    re.IGNORECASE,
)
"""A written statement whose subject are others: "Many of her people read Arabic". What
they only stand in, such as "her people skills", is of her."""
_MYSELF = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll))\b|我(?!們|们|的|家)", re.IGNORECASE)
_US = re.compile(r"\b(?:i|me|my|we|us|our)\b|我|咱", re.IGNORECASE)
_SOMEBODY = re.compile(r"^\W*(?:(?:and|but|so|i think|i guess|maybe)\W+)*(?:he|she)\b")
"""A clause that begins with somebody else, whatever the speaker thinks of them."""
_I_THINK = re.compile(r"\bi (?:think|guess|suppose|bet)\b", re.IGNORECASE)
_THE_PRODUCT = re.compile(
    r"\b(?:the|this|your) (?:app|product|system|software|program(?:me)?|tool|board)\b"
    r"|系統|系统|軟體|软件|產品|产品|[Aa]pp",
    re.IGNORECASE,
)
_IT = re.compile(
    r"\b(?:use|uses|used|using|open|check|have|got|on|into|with|in) it\b|\bit['’]?s\b"
    r"|\bit is\b|在用|使用|用它",
    re.IGNORECASE,
)


def of_the_speaker(insight: Insight) -> bool:
    """Tell whether words are about who says them, and not about somebody else.

    Whose crews speak Spanish has told the language of others, whatever "I" comes
    after it.
    """
    if insight.statement_origin == "written" and _OF_STAFF.search(insight.statement):
        return False
    quotes = " ".join(quote.text for quote in insight.quotes)
    return bool(_MYSELF.search(quotes)) or not _OTHERS.search(quotes)


def speaks_of_the_product(text: str) -> bool:
    """Tell whether "the app", "your system" or the like is spoken of."""
    return bool(_THE_PRODUCT.search(text))


def states_own(insight: Insight, product: str = "") -> bool:
    """Tell whether the field that an insight states is one of who says it.

    A language, an age or the like of a crew is not the speaker's; how often something
    is used needs the product, or "it" where words alone were read; and of words
    alone, a tool in a clause about him or her alone is not known to be theirs.

    Args:
        insight: With an attribute.
        product: Of the brief; where it names none, any use counts.
    """
    written = insight.statement_origin == "written"
    said = " ".join(quote.text for quote in insight.quotes)
    if insight.attribute in OF_ONESELF:
        return of_the_speaker(insight)
    if insight.attribute == "usage_frequency" and product:
        text = insight.statement if written else said
        named = names_any(text, [product]) or speaks_of_the_product(text)
        return named or (not written and bool(_IT.search(said)))
    if insight.attribute == "technology" and not written:
        somebody = _SOMEBODY.search(said.casefold())
        return not somebody or bool(_US.search(_I_THINK.sub(" ", said)))
    return True
