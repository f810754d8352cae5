"""Tell whom a clause is about, when, and how far its negation or its opposite reaches.

Two clauses that name the same things need not speak of the same: "many fear it" and "I
don't fear it" can both be so, and who never plays games on a computer may play games.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from icp_synth.embedding.words import pieces

Subject = Literal[
    "speaker", "they", "other", "you", "all", "some", "it", "thing", "pointed"
]
"""Whom a clause is about: `some` are told by quantity, `all` by none left out, what is
`pointed` at stands somewhere else, a `thing` is named. In English "they" may be the
people of a claim; a Chinese claim leaves those out, so who is named is `other`."""

_OPENS = re.compile(
    r"^(?:(?:and|so|but|also|then|well|oh|yes|yeah|no|honestly|frankly|actually"
    r"|personally|just|now|still|really|basically|definitely|certainly|obviously"
    r"|currently|generally|overall|often|always|usually|again|maybe|perhaps|indeed"
    r"|plus|too|like|for me|for myself|with us|with me|for us)\b[,\s]*"
    r"|(?:i|we) (?:\w+ )?(?:think|believe|guess|find|feel|know|suppose|mean)"
    r" (?:that|like|(?=(?:the|my|our|their|its?|it's|this|that|these|those|some|many"
    r"|most|a lot|people)\b)) ?)+"
)
_LEADS = re.compile(r"^(?:for|in|on|at|with|from|by|after|of|about)\b")
_PRONOUN = re.compile(
    r"\b(?:(?P<speaker>i|we)|(?P<you>you)|(?P<they>they|he|she)|(?P<all>everybody"
    r"|everyone|anybody|anyone|nobody|no one|none|all|every|each)|(?P<it>it))(?!\w)"
)
_SOME = re.compile(
    r"^(?:some|several|certain|many|most|few|fewer|a (?:lot|few|couple|number)|lots"
    r"|others?|another|people|unlike|those who|whoever)\b"
)
_POINTED = re.compile(r"^(?:this|that|these|those|which|what|here)\b")

_SOME_ZH = re.compile(r"^(?:有些|有的|某些|很多人|許多人|大部分|別的|其他)")
_POINTED_ZH = re.compile(
    r"^(?:這|那)|這(?:一)?(?:件|個|種|樣的)(?:事|問題|東西|情況)|這(?:樣|個|些)$"
)
_OPENS_ZH = re.compile(
    r"^(?:其實|老實說|簡單(?:來)?[講說]|基本上|事實上|不過|但是?|所以|因為|然後|而且|我(?:是)?(?:覺得|認為|想)|對我(?:們)?(?:來說|來講|而言)"
    r"|(?:在)?我們?(?:這邊|這裡|家|店裡?|公司|的))+"
)
_PRONOUN_ZH = re.compile(
    r"^(?:(?P<speaker>我們?(?!們|老闆|客人|客戶|員工|團隊|部門|同仁|學校|的)|自己)"
    r"|(?P<you>你們?|您)|(?P<other>他們?|她們?)"
    r"|(?P<all>大家|每個人|所有|沒有人|沒人)|(?P<it>它))"
)
_SPEAKER_ZH = re.compile(
    r"(?<![讓給幫跟對和叫把找問替向])(?P<speaker>我們?(?!們|老闆|客人|客戶|員工|團隊|的|這))"
)
"""Where a thing is named first, and who speaks of it after it."""

_WITHIN = re.compile(r"\b(?:how|that|what|when|which|who|where|why)\b")
"""What follows is told of something else, in its own time."""

_PAST = re.compile(
    r"\b(?:was|were|did|had|been|made|took|found|got|kept|went|chose|bought|came|gave"
    r"|paid|sent|spent|told|thought|wrote|lost|left|saw|said|knew|felt|ran|met|began"
    r"|brought|built|held|sold|taught|drew|grew|heard|meant|won|broke|spoke)\b"
    r"|\b(?:was|were|did|had)n't\b"
    r"|(?<!\bthe )(?<!\ba )(?<!\bmy )(?<!\bour )(?<!\bnew )\b(?!need)\w{2,}ed\b"
)
_DENIED_PAST = re.compile(r"\b(?:was|were|did|had)(?:n't| not| never)\b")
_PRESENT = re.compile(
    r"\b(?:am|is|are|do|does|has|have|can|'m|'s|'re|'ve)\b|\b(?:i'm|it's|we're"
    r"|they're|isn't|aren't|don't|doesn't|can't|cannot)(?!\w)"
)

_AIMS = re.compile(
    r"\b(?:(?P<must>(?:have|has|had|need|needs|needed|got) to|must|needn't)"
    r"|(?P<want>wants?|wanted|prefer|like to|love to|hoping to|plan to|willing to)"
    r"|(?P<try>(?:try|tries|trying|tried|start|started|begin|manage) to))\b"
    r"|(?P<must_zh>必須|一定要|需要|得要)|(?P<want_zh>想要?|打算|願意)|(?P<try_zh>試著|試圖)"
)

_GRAMMAR = frozenset(
    pieces(
        "a an the this that these those it its i me my mine we us our you your they"
        " them their he him his she her who which what there here am is are was were"
        " be been being do does did done have has had having get gets got can will"
        " to of in on at by for with from as into onto about over than and or so too"
        " very really quite just even still also ever at all any some much many lot"
        " bit kind sort own actually certainly personally then now yet never not"
        " particularly necessarily anyway though either up out back after before"
        " when how where one anybody anyone everybody everyone nobody myself"
        " ourselves itself whole like every each"
    )
)
"""Words that name nothing, as stems."""


class Frame(NamedTuple):
    """What a clause is about, beside its words.

    Attributes:
        subject: Whom or what.
        past: Whether it tells of the past.
        aims: Whether it is wanted, tried or a duty, and not only so.
    """

    subject: Subject
    past: bool
    aims: frozenset[str]


def framed(text: str, *, chinese: bool) -> Frame:
    """Return whom a `plain` clause is about, and when."""
    subject = _subject_zh(text) if chinese else _subject(text)
    main = _WITHIN.split(text, maxsplit=1)[0]
    past = _DENIED_PAST.search(main) or (
        _PAST.search(main) and not _PRESENT.search(main)
    )
    aims = frozenset(
        name.partition("_")[0]
        for found in _AIMS.finditer(text)
        for name, words in found.groupdict().items()
        if words
    )
    return Frame(subject, bool(past), aims)


def alike(claim: Frame, said: Frame) -> bool:
    """Tell whether what is said can be of the claim's people or things, and its time.

    A claim of "they" may be what others wrote of the very people who speak.

    Example:
        >>> claim = framed("many writers fear it", chinese=False)
        >>> alike(claim, framed("i don't fear it", chinese=False))
        False
    """
    if claim.aims != said.aims or claim.past != said.past:
        return False
    pair = {claim.subject, said.subject}
    if pair & {"some", "pointed"}:
        return pair == {"some", "all"}
    if "all" in pair or len(pair) == 1:
        return True
    return (claim.subject, said.subject) == ("they", "speaker")


def content(text: str) -> tuple[str, ...]:
    """Return the stems of an English text that are no mere grammar, in order."""
    return tuple(one for one in pieces(text) if one not in _GRAMMAR)


def _subject(text: str) -> Subject:
    bare = _OPENS.sub("", text).lstrip()
    if _POINTED.search(bare):
        return "pointed"
    if _SOME.search(bare):
        return "some"
    found = (_PRONOUN.search if _LEADS.search(bare) else _PRONOUN.match)(bare)
    return _named(found)


def _subject_zh(text: str) -> Subject:
    if _SOME_ZH.search(text):
        return "some"
    bare = _OPENS_ZH.sub("", text)
    if _POINTED_ZH.search(bare):
        return "pointed"
    return _named(_PRONOUN_ZH.search(bare) or _SPEAKER_ZH.search(bare))


def _named(found: re.Match[str] | None) -> Subject:
    if found is None or found.lastgroup is None:
        return "thing"
    name: Subject = found.lastgroup  # type: ignore[assignment]  # Groups are subjects.
    return name
