"""Tell whether words say that there is no money, and whose money for what that is."""

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


_CJK = re.compile(r"[㐀-鿿]")
_SENTENCE = re.compile(r"[^.!?。！？\n]+")
_STOP = re.compile(r"[,;:()，、；：（）]|\s[–—-]\s")
_JOINS = re.compile(
    r"\b(?:and|but|so|because|since|as|though|although|that|which|who|when)\b|但是?|可是",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"\b(?:if|unless|perhaps|maybe|suppos\w+|whether|in case|probably|might|may"
    r"|would)\b"
    r"|如果|要是|假如|假使|萬一|万一|可能|也許|也许|或許|或许",
    re.IGNORECASE,
)
_ON_THE_WAY = (
    r"(?:\w+ly|just|still|also|right|now|today|have|had|got|do|did|am|are|was|were"
    r"|both|all|at|the|moment|ourselves|myself|with|on)"
)
_OWN = re.compile(
    rf"^\s*$|\b(?:i|we)(?:['’]\w+)?(?:\s+{_ON_THE_WAY}){{0,4}}\s*$"
    rf"|\bthere(?:['’]s|\s+(?:is|was|were|are))(?:\s+{_ON_THE_WAY})?\s*$"
    r"|\b(?:our|my)(?:\s+\w+)?\s*$|\b(?:it|this|that)(?:['’]s|\s+(?:is|was))\s*$",
    re.IGNORECASE,
)
"""Ends where it is said that there is no money: mine, ours, or nobody's by name."""

_OWN_CHINESE = re.compile(
    r"(?:我|咱)[^他她]{0,8}$|^[\s真的實实在目前現现就都根本完全又還还也因為为所以而且其實实]*$"
)
_FOR = re.compile(r"^\s*(?:\w+\s+)?(?:for|to (?:pay(?: for)?|buy|spend on|get))\s+(.*)")
_OF_A_TOOL = re.compile(
    r"^(?:(?:a|an|the|any|all|our|your|more|such|another|new|paid|these|those|this|that)\s+)*"
    r"(?:\w+\s+){0,2}?(?:it|this|that|them|one|tools?|software|apps?|systems?|products?"
    r"|program(?:me)?s?|subscriptions?|licen[cs]es?|plans?|seats?|package|version"
    r"|upgrade|fees?|price|services?)\b",
    re.IGNORECASE,
)
_ANOTHERS_WORK = re.compile(r"^\s*(?:去|來|来)?(?:請|请|僱|雇|聘)")
_AFFORD = re.compile(r"afford\s*$", re.IGNORECASE)


def lacks_money_for_it(text: str, product: str = "") -> bool:
    """Tell whether somebody says that they have no money, and for the product.

    What others cannot pay, what would be so, and money for something else ("no budget
    for hiring an illustrator") are none of it. Chinese leaves "we" out where nobody
    else is meant.

    Args:
        text: A quote.
        product: Its name; money "for Jobwren" is for it.

    Example:
        >>> lacks_money_for_it("we have no budget for it")
        True
        >>> lacks_money_for_it("most authors do not have the budget")
        False
        >>> lacks_money_for_it("if there's no budget for hiring a designer")
        False
    """
    return any(
        _is_own(sentence[: found.start()])
        and _is_for_it(found.group(), sentence[found.end() :], product)
        for sentence in _SENTENCE.findall(text)
        for found in _NO_MONEY.finditer(sentence)
    )


def _is_own(before: str) -> bool:
    """Tell by what stands before it whose money is missing, and whether it is."""
    part = _STOP.split(before)[-1]
    if _PERHAPS.search(part):
        return False
    clause = _JOINS.split(part)[-1]
    return bool(_OWN.search(clause) or (_CJK.search(before) and _own_chinese(clause)))


def _own_chinese(clause: str) -> bool:
    return _OWN_CHINESE.search(clause) is not None


def _is_for_it(said: str, after: str, product: str) -> bool:
    if _ANOTHERS_WORK.search(after):
        return False
    named = _FOR.search(after)
    if named is None and not (_AFFORD.search(said) and after.strip()):
        return True
    wanted = named.group(1) if named else after.strip()
    if product and product.casefold() in wanted.casefold():
        return True
    first = _STOP.split(wanted)[0]
    return not re.match(r"[a-z]", first, re.IGNORECASE) or bool(
        _OF_A_TOOL.search(first)
    )
