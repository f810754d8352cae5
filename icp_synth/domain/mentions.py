"""Whether a text names a product or a rival."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LISTED = re.compile(r"\s*[,，、;；/]\s*")
_AND = re.compile(r"^(?:and|or)\s+|\s+(?:and|or)\s+|[和與及或]")
_SAME_THINGS: tuple[tuple[str, ...], ...] = (
    ("whiteboard", "white board", "白板"),
    (
        *("messenger group", "WhatsApp group", "group chat", "chat group"),
        *("WeChat group", "Telegram group", "Signal group", "LINE group", "LINE群"),
        *("LINE 群", "群組", "群组", "微信群"),
    ),
    (
        "spreadsheet",
        "Excel",
        "Google Sheet",
        "試算表",
        "试算表",
        "電子表格",
        "电子表格",
    ),
    ("paper", "pen and paper", "紙本", "纸本", "紙張", "纸张"),
    ("paper diary", "diary", "日誌", "日志"),
    ("calendar", "Google Calendar", "Outlook calendar", "行事曆", "日曆", "日历"),
    ("email", "e-mail", "電子郵件", "电子邮件"),
)
"""What people use instead of a product, by the names that it goes by."""

_TOOL = (
    r"(?:tool|system|software|supplier)\b(?! (?:updates?|upgrades?|releases?|versions?"
    r"|that|which|to|I|we|you|they|he|she)\b)"
)
"""What somebody had before; "the last tool I'd give up" is the one they have."""
_THEIRS = (
    r"(?:(?:[Ss]upplier|[Mm]anufacturer|[Mm]erchant|[Cc]lient|[Cc]ustomer)['’]s"
    r"(?: own)?(?: \w+)? (?:portal|software|system|app)"
    r"|(?:[Ss]upplier|[Mm]anufacturer|[Mm]erchant|[Pp]ermit) portal)\b"
)
"""A system of those one deals with."""
_WHOLE = rf"(?:(?i:the|an?|my|our|their|his|her|each|every) )?(?:\w+ )?{_THEIRS}"
_LINKED = re.compile(
    r"\b(?:(?i:it|app|which|that|this|tool|system|software|board)"
    r"(?: (?:\w+ly|also|now|even|just|then|can|will|does|doesn['’]t))*"
    r" (?:send|push|pass|export|sync|connect|talk|feed|link|hook|forward|upload|import"
    r"|integrate|transfer|deliver|write|work|go|open|use|fill|type|read|copie)"
    r"(?:e?s)?|(?:is|are|was|were|gets?) (?:\w+ )?"
    r"(?:sent|passed|pushed|exported|synced|forwarded|copied|linked|connected)"
    r"|(?<!\bI )(?<!\bwe )(?<!\bto )(?<!\byou )(?<!\bthey )(?<!\bhe )(?<!\bshe )"
    r"\b(?:go(?:es)?|appears?|lands?|arrives?|shows? up|ends? up))"
    r"(?: (?!to\b|into\b|with\b)[\w'’-]+){0,5}?(?: (?:to|into|with|in|from))?"
    rf" {_WHOLE}(?:(?:,| and|, and) {_WHOLE})*"
)
"""What ours does with theirs is said of ours: "it sends it to the customer's app"."""

_ANOTHER = re.compile(
    r"\b(?:[Oo]|[Aa]no)ther(?:\s+\w+)?\s+(?:products?|tools?|systems?|software|apps?|programs?"
    r"|suppliers?|vendors?|providers?|brands?)\b"
    r"|\b[Aa]nother (?:crowd|lot|outfit)\b"
    r"|\b(?:[Cc]ompetitors?|[Cc]ompeting|[Rr]ivals?)\b"
    r"|\b[Aa]n? [A-Z]\w+ (?:one|tool|app|system)\b"
    r"|\b(?:[Ff]ormer|[Pp]revious|[Ll]ast) employer\b"
    rf"|\b(?:[Ff]ormer|[Pp]revious|(?i:my|our|their|his|her) last) {_TOOL}"
    r"|\blast (?:tool|system|software|supplier) (?:that )?(?:I|we|they|he|she)"
    r" (?:had|used|tried|bought|worked with)\b"
    rf"|\b{_THEIRS}"
    r"|前公司|前一家公司|上一家公司"
    r"|(?:(?<=登入到)|(?<=登录到)|(?<![到給给至和與与跟往]))供[應应]商的"
    r"(?:系統|系统|網站|网站)"
    r"|競爭(?:產品|對手|者)|别家|別家|(?:另一|其他|其它)(?:家|套|個|款)?"
    r"(?:產品|系統|軟體|工具|廠商|供應商)"
)

_CJK_LETTERS = "㐀-鿿぀-ヿ가-힯"
_CJK = re.compile(rf"[{_CJK_LETTERS}]")
_LETTER = rf"[^\W{_CJK_LETTERS}]"
"""What a Latin name may not be part of; CJK text sets no spaces around it."""


def aliases(name: str) -> tuple[str, ...]:
    """Return the names that one entry of the brief stands for.

    An entry that lists several things is taken apart; one that merely holds an
    "and" is a name.

    Example:
        >>> aliases("whiteboard, messenger group and spreadsheet")
        ('whiteboard', 'messenger group', 'spreadsheet')
        >>> aliases("Barnes and Noble")
        ('Barnes and Noble',)
    """
    parts = [part for part in _LISTED.split(name.strip()) if part]
    if len(parts) > 1:
        parts = [end for part in parts for end in _AND.split(part)]
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))


def spellings(name: str) -> tuple[str, ...]:
    """Return the names that one thing goes by, its own first.

    A product has one name; a common thing has those of both languages.

    Example:
        >>> spellings("whiteboard")
        ('whiteboard', 'white board', '白板')
        >>> spellings("Fieldmoor")
        ('Fieldmoor',)
    """
    own = _folded(name)
    row = next(
        (row for row in _SAME_THINGS if own in {_folded(one) for one in row}), ()
    )
    return tuple(dict.fromkeys((name, *row)))


def names_any(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text holds one of the names, as words, whatever the case.

    A plural or possessive "s" is let pass; CJK names are looked for as they stand.

    Example:
        >>> names_any("We left Fieldmoor's app.", ["fieldmoor"])
        True
        >>> names_any("A fieldmooring.", ["fieldmoor"])
        False
        >>> names_any("我们用试算表", spellings("spreadsheet"))
        True
    """
    return name_in(text, names) is not None


def name_in(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """Return what stands before and after the first of the names in a folded text.

    Example:
        >>> name_in("We moved to Fieldmoor in May", ["Fieldmoor"])
        ('we moved to ', ' in may')
    """
    folded = _folded(text)
    for name in names:
        found = _pattern(name).search(folded) if name.strip() else None
        if found is not None:
            return folded[: found.start()], folded[found.end() :]
    return None


def names_another(text: str) -> bool:
    """Tell whether a text speaks of another product or supplier without its name.

    Example:
        >>> names_another("She tested a competitor"), names_another("the app")
        (True, False)
        >>> names_another("The supplier's portal logs her out")
        True
    """
    return _ANOTHER.search(_LINKED.sub(" ", text)) is not None


def named_last(text: str, ours: Iterable[str], theirs: Iterable[str]) -> str | None:
    """Return whose name stands last in a text: `ours`, `theirs`, or None.

    Who names a firm and goes on about it does not name it again in each sentence.

    Example:
        >>> named_last("Plumbline? No, Fieldmoor. It was", ["Plumbline"], ["Fieldmoor"])
        'theirs'
    """
    folded = _folded(text)
    ends = {
        whose: max(
            (
                found.end()
                for name in names
                if name.strip()
                for found in _pattern(name).finditer(folded)
            ),
            default=-1,
        )
        for whose, names in (("ours", ours), ("theirs", theirs))
    }
    if max(ends.values()) < 0:
        return None
    return max(ends, key=lambda whose: ends[whose])


def _pattern(name: str) -> re.Pattern[str]:
    word = re.escape(_folded(name))
    if _CJK.search(name):
        return re.compile(word)
    return re.compile(rf"(?<!{_LETTER}){word}(?:['’]?s)?(?!{_LETTER})")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
