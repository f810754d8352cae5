"""Tell whether words say that there is no money."""

from __future__ import annotations

import re

_MONEY_WORDS = r"(?:budgets?|money|funds|funding|cash)"
_BETWEEN = (
    r"(?:(?:real|more|extra|spare|much|enough|any|the|a|an|our|its|free|such|proper|own"
    r"|dedicated|actual|single|big|separate|set|of|for|it|that|this|software|tool|it's"
    r"|marketing|training)\s+){0,2}?"
)
"""What may stand between "no" and "money": nothing else that "no" could deny."""

_SOMETHING_ELSE = (
    r"(?![\s-]*(?:questions?|problems?|issues?|caps?|limits?|approvals?|things?|matters?"
    r"|constraints?|concerns?|ceilings?|worr(?:y|ies)|reasons?|discussions?|meetings?"
    r"|holders?|owners?|process\w*|cycles?)\b)"
)
_NO_MONEY = re.compile(
    r"\b(?:no|without|zero|haven['’]?t(?: got)?|hasn['’]?t(?: got)?|have not(?: got)?"
    r"|don['’]?t have|doesn['’]?t have|do not have|not (?:a|any)"
    rf"|lack(?:ed|s|ing)?)\s+{_BETWEEN}{_MONEY_WORDS}\b{_SOMETHING_ELSE}"
    r"|\b(?:can(?:no|['’])t|couldn['’]?t|could not|unable to|can not)"
    r"(?:\s+\w+){0,2}?\s+afford\b(?!\s+to\s+(?!pay|buy|spend|get|hire|use)\w)"
    r"|\bnothing to spend\b|\bout of (?:our|my|the) (?:budget|price range)\b"
    r"|\bbudget (?:is|was) (?:zero|nil|nothing)\b(?![\s-]*(?:like|but|if))"
    r"|(?:沒|没)(?:有|什麼|什么|多餘|多余|這個|这个|這筆|这笔|的)*"
    r"(?:預算|预算|經費|经费|錢|钱|資金|资金)"
    r"(?!(?:上|方面)?的?(?:問題|问题|限制|上限|壓力|压力|考量|審批|审批|顧慮|顾虑|困難|困难|審核|审核))"
    r"|(?:付|負擔|负担|買|买|花|出)不起|預算(?:是|為)零|预算(?:是|为)零",
    re.IGNORECASE,
)


def says_no_money(text: str) -> bool:
    """Tell whether a text says that there is no money for something.

    Money that is no question, problem or limit is there.

    Example:
        >>> says_no_money("we have no real budget"), says_no_money("no budget cap")
        (True, False)
    """
    return _NO_MONEY.search(text) is not None
