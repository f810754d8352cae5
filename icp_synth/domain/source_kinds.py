"""Kinds of source, and how many of them carry a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from icp_synth.domain.fields import comparable
from icp_synth.domain.values import Value

SourceKind = Literal[
    "interview",
    "survey",
    "support_call",
    "usability_test",
    "focus_group",
    "sales_call",
    "other",
    "unstated",
]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

_WORDS: Mapping[SourceKind, tuple[str, ...]] = {
    "interview": ("interview", "user interview", "訪談", "访谈", "採訪", "采访"),
    "survey": ("survey", "questionnaire", "poll", "問卷", "问卷", "調查", "调查"),
    "support_call": (
        *("support call", "support", "support ticket", "service call", "support chat"),
        *("客服電話", "客服电话", "客服", "客服通話", "客服通话"),
    ),
    "usability_test": (
        *("usability test", "usability study", "usability", "user test"),
        *("易用性測試", "可用性測試", "可用性测试", "易用性测试", "使用性測試"),
    ),
    "focus_group": ("focus group", "group discussion", "焦點團體", "焦点小组"),
    "sales_call": ("sales call", "sales demo", "demo", "銷售電話", "销售电话"),
}
_KIND_OF = {comparable(word): kind for kind, words in _WORDS.items() for word in words}


class SourceCarriers(Value):
    """Which kinds of source carry a claim.

    Attributes:
        participants: Kind → the supporters whose words of that kind are cited,
            sorted; kinds in the order of `SOURCE_KINDS`.
        kinds: How many kinds; sources of no stated kind together count as one, and
            only where no kind is stated.
    """

    participants: Mapping[SourceKind, tuple[str, ...]] = {}
    kinds: int = 0


def source_kind_of(word: str | None) -> SourceKind:
    """Return the kind that a cell `kind_of_source` means.

    Example:
        >>> source_kind_of("Support-Call"), source_kind_of("訪談"), source_kind_of(None)
        ('support_call', 'interview', 'unstated')
    """
    if not word or not word.strip():
        return "unstated"
    folded = comparable(word)
    return _KIND_OF.get(folded) or _KIND_OF.get(folded.removesuffix("s")) or "other"
