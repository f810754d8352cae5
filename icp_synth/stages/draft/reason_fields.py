"""Whether a profile field is among the reasons that people give for leaving."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from icp_synth.domain.insights import Insight
from icp_synth.stages.draft.reasons import words_of

_SIZE = re.compile(
    r"\btoo (?:small|big|large|few)|\bour size"
    r"|\b(?:bigger|larger|smaller) (?:firm|compan|business|team)"
    r"|\bfor (?:big|large|small) "
    r"|太小|太大|規模|规模|人太少|人數|人数",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\b(?:afford\w*|budget|expensive|pric(?:e|es|ey|ing)|costs?|costly|paid|pay(?:ing)?)\b"
    r"|預算|预算|太貴|太贵|價格|价格|費用|费用|付不起|負擔不起|负担不起",
    re.IGNORECASE,
)
_OF_FIELD: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        ("headcount_company", "headcount_department", "customer_count", "sites",
         "revenue"),
        _SIZE,
    ),
    **dict.fromkeys(("budget", "willingness_to_pay", "price_paid"), _MONEY),
    "technology": re.compile(
        r"\b(?:integrat\w+|compatib\w+|(?:connect|work)s? with)\b|整合|串接|相容|兼容",
        re.IGNORECASE,
    ),
    "industry": re.compile(
        r"\b(?:our|my|this|another) (?:trade|industry|kind of (?:work|business))\b"
        r"|\b(?:made|built|meant) for\b|行業|行业|這行|这行",
        re.IGNORECASE,
    ),
}  # fmt: skip


def is_a_reason(field: str, reasons: Sequence[Insight]) -> bool:
    """Tell whether a profile field is among the reasons that people give."""
    pattern = _OF_FIELD.get(field)
    return any(
        one.attribute == field or (pattern and pattern.search(words_of(one)))
        for one in reasons
    )
