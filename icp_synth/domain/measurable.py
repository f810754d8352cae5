"""What may be a criterion of an ICP: a field that is measured, and no motive.

An ICP says whom to look for, so each of its criteria must be answerable from a table
in a minute. "Ambitious" belongs to a persona, "innovative" to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from math import isfinite
from typing import Literal, get_args

from icp_synth.domain.conditions import Wanted
from icp_synth.domain.fields import KINDS, OTHER, PROFILE_FIELDS, ProfileField
from icp_synth.domain.values import Value

RefusalCode = Literal[
    "unknown_field",
    "motive",
    "unmeasurable",
    "free_text",
    "protected",
    "wrong_operator",
    "no_figure",
    "no_currency",
    "after_purchase",
    "empty",
    "ends_reversed",
    "too_few",
    "nothing_separates",
    "no_kind",
]

REASONS: dict[RefusalCode, str] = {
    "unknown_field": "there is no such profile field; `schema fields` lists them",
    "motive": "it is a motive or an attitude: it belongs to a persona",
    "unmeasurable": "nobody can look it up in a table: say a figure or a closed word",
    "free_text": "the field is free text, in which no two people say the same",
    "protected": "the field is protected: [privacy] allow_protected would name it",
    "wrong_operator": "the field has other operators; `schema fields` lists them",
    "no_figure": "the field counts, and the value is no figure",
    "no_currency": "an amount whose currency nobody said: [product] currency names it",
    "after_purchase": "it is known of customers alone: nobody has it before a sale",
    "empty": "there is no value",
    "ends_reversed": "the range ends before it begins",
    "too_few": "fewer than three people, or than half of those who told, say it",
    "nothing_separates": "the one segment is everybody: nothing sets them apart",
    "no_kind": "what kind of firm it is is not among the conditions",
}
"""Each code in words, for messages."""

RULES: tuple[RefusalCode, ...] = get_args(RefusalCode)

AFTER_PURCHASE = frozenset({"price_paid", "tenure", "usage_frequency"})
"""Fields that only who has bought has: they describe an ICP and cannot find one."""

_MOTIVES = (
    r"\b(?:ambiti(?:on|ons|ous)|aspir\w*|motivat\w*|passionate|eager\w*|keen|hungry"
    r"|enthusias\w*|curious|curiosity|driven|determined|committed|dedicated|willing"
    r"(?!ness to pay)|wants?|wish(?:es)?|hopes?|dreams?|desires?|longs? for|afraid"
    r"|fears?|fearful|worr(?:y|ies|ied)|frustrat\w*|anxious|proud|loves?|hates?"
    r"|open[- ]minded)\b"
    r"|野心|雄心|積極|积极|熱情|热情|熱愛|热爱|渴望|希望|想要|願意|愿意|好奇|進取|进取"
    r"|上進|上进|害怕|擔心|担心|焦慮|焦虑|有動力|有动力|有抱負|有抱负"
)
_NEVER = (
    r"\b(?:innovat\w*|visionary|forward[- ](?:thinking|looking)|future[- ]proof"
    r"|dynamic|agile|disruptive|cutting[- ]edge|state[- ]of[- ]the[- ]art"
    r"|world[- ]class|best[- ]in[- ]class|like[- ]minded|tech(?:nology)?[- ]savvy"
    r"|digitally mature|customer[- ](?:centric|obsessed)|quality[- ]conscious"
    r"|price[- ]conscious|fast[- ](?:growing|moving|paced)|high[- ]growth)\b"
    r"|創新|创新|前瞻|有遠見|有远见|先進|先进|顛覆|颠覆|靈活|灵活|高成長|高成长|快速成長"
    r"|快速成长|以客為尊|以客户为中心|懂科技|懂技術|懂技术"
)
_ALONE_WORDS = """
modern big large small tiny medium mid midsize mid-size midsized mid-sized sized
size huge growing successful serious professional mature sophisticated reputable
leading top best good great ideal right perfect nice friendly patient reliable
strategic busy rich wealthy poor cheap expensive high low many few several some
various enough long short old young new recent often rarely regular regularly
quality digital traditional advanced complex simple typical average normal
現代 现代 大 小 大型 中型 小型 中小型 成功 認真 认真 專業 专业 成熟 知名 領先 领先
優秀 优秀 高端 高級 高级 很多 許多 许多 少數 少数 一些 若干 友善 友好 可靠 傳統 传统
複雜 复杂 簡單 简单 經常 经常 常常 偶爾 偶尔 忙碌 有錢 有钱 年輕 年轻
"""
_ALONE = frozenset(_ALONE_WORDS.split())
"""Words that say nothing by themselves; "small engine repair" is a trade."""

_GENERIC_CJK = re.compile(
    "公司|企業|企业|廠商|厂商|團隊|团队|客戶|客户|組織|组织|單位|单位|業者|业者|的|很|非常|較|较|比較|比较"
)
_GENERIC_WORDS = """
a an the and or of with in very quite rather really fairly more most company
companies firm firms business businesses team teams customer customers client
clients account accounts organisation organisations organization organizations
enterprise enterprises people person persons user users one ones type kind
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_OF_NAMES = frozenset({"technology", "geography", "place", "language", "media"})
"""Fields whose values are names: "Agile CRM" is one, "agile" is none."""

_MOTIVE = re.compile(_MOTIVES, re.IGNORECASE)
_VAGUE = re.compile(_NEVER, re.IGNORECASE)
_CURRENCY = re.compile(r"\b[A-Z]{3}\b")
_PIECE = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


class Refusal(Value):
    """Why something is no criterion; `word` is what gave it away, if a word did."""

    code: RefusalCode
    word: str | None = None

    @property
    def reason(self) -> str:
        """The code in words."""
        return REASONS[self.code]


class RefusedCriterion(Value):
    """A condition that was not taken into an ICP, and why.

    `claim` is the claim that it would have rested on.
    """

    field: str
    operator: str
    value: Wanted
    code: RefusalCode
    word: str | None = None
    claim: str | None = None


def lint_criterion(
    field: str,
    operator: str,
    value: Wanted,
    *,
    unit: str | None = None,
    allow_protected: Collection[str] = (),
) -> Refusal | None:
    """Return why a condition cannot be a criterion; None where it can.

    Args:
        field: A profile field, `other:NAME`, or whatever somebody wrote.
        operator: As written.
        value: As written.
        unit: As written; that of an amount names a currency by three letters.
        allow_protected: Protected fields that study.toml allows.

    Example:
        >>> lint_criterion("maturity", "=", "innovative").code
        'unmeasurable'
        >>> lint_criterion("headcount_company", "between", (10, 1000)) is None
        True
    """
    known = PROFILE_FIELDS.get(field)
    if known is None and not field.removeprefix(OTHER).strip():
        return Refusal(code="unknown_field")
    if known is None and not field.startswith(OTHER):
        return _no_field(field)
    if field in AFTER_PURCHASE:
        return Refusal(code="after_purchase")
    said = _said_of(field, value)
    if said is not None or known is None:
        return said or _wrong_way_round(value)
    if known.protected and field not in allow_protected:
        return Refusal(code="protected")
    return _of_type(known, operator, value) or _without_currency(known, unit)


def _without_currency(known: ProfileField, unit: str | None) -> Refusal | None:
    """Return a refusal for an amount that no list of accounts can be held against."""
    if known.type != "money" or _CURRENCY.search(unit or ""):
        return None
    return Refusal(code="no_currency")


def _said_of(field: str, value: Wanted) -> Refusal | None:
    words = [one for one in _parts(value) if isinstance(one, str)]
    if not _parts(value) or any(not word.strip() for word in words):
        return Refusal(code="empty")
    plain = (
        word for word in words if field not in _OF_NAMES or word == word.casefold()
    )
    return next((said for word in plain if (said := _said(word))), None)


def _no_field(field: str) -> Refusal:
    kind = field.partition("/")[0]
    if kind in KINDS:
        return Refusal(code="unmeasurable" if kind == "trait" else "motive", word=field)
    said = _said(field.replace("_", " "))
    return said or Refusal(code="unknown_field", word=field)


def _said(words: str) -> Refusal | None:
    """Return a refusal for a motive or a word that has no measure."""
    motive = _MOTIVE.search(words)
    if motive is not None:
        return Refusal(code="motive", word=motive.group())
    vague = _VAGUE.search(words)
    if vague is not None:
        return Refusal(code="unmeasurable", word=vague.group())
    found = [piece.casefold() for piece in _PIECE.findall(_GENERIC_CJK.sub(" ", words))]
    left = [piece for piece in found if piece not in _GENERIC]
    if left and all(piece in _ALONE for piece in left):
        return Refusal(code="unmeasurable", word=left[0])
    return None


def _of_type(known: ProfileField, operator: str, value: Wanted) -> Refusal | None:
    if known.type == "text":
        return Refusal(code="free_text")
    if operator not in known.operators:
        return Refusal(code="wrong_operator", word=operator)
    if known.type in {"number", "money"}:
        figures = [isinstance(one, int | float) for one in _parts(value)]
        if not all(figures) or len(figures) != (2 if operator == "between" else 1):
            pair = operator == "=" and len(figures) == 2 and all(figures)
            if not pair:
                return Refusal(code="no_figure")
    return _wrong_way_round(value)


def _wrong_way_round(value: Wanted) -> Refusal | None:
    figures = [one for one in _parts(value) if isinstance(one, int | float)]
    if any(not isfinite(one) for one in figures):
        return Refusal(code="no_figure")
    if len(figures) == 2 and figures[0] > figures[1]:
        return Refusal(code="ends_reversed")
    return None


def _parts(value: Wanted) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, tuple) else (value,)
