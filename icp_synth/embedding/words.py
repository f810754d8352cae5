"""Cut a text into words: light English stems, and runs of Chinese characters.

Nothing here knows a corpus. Simplified characters are folded to Traditional ones by a
shipped table, so that one word written in the two scripts gives the same features.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""The character ranges that count as Chinese, for use inside a regex class."""

_PIECES = re.compile(rf"[A-Za-zÀ-ɏ]+(?:['’][A-Za-z]+)?|\d[\d,.]*|[{CJK}]+")
_VOWEL = re.compile(r"[aeiouy]")

_IRREGULAR = {
    word: stem
    for stem, words in {
        "be": "am is are was were been being",
        "have": "has had having",
        "use": "using used uses",
        "do": "does did done doing",
        "go": "goes went gone going",
        "pay": "paid paying",
        "buy": "bought buying",
        "sell": "sold",
        "spend": "spent",
        "lose": "lost losing loses",
        "find": "found",
        "keep": "kept",
        "build": "built",
        "send": "sent",
        "feel": "felt",
        "leave": "left leaving",
        "tell": "told",
        "think": "thought",
        "write": "wrote written writing",
        "break": "broke broken",
        "choose": "chose chosen choosing",
        "forget": "forgot forgotten",
        "take": "took taken taking",
        "make": "made making",
        "give": "gave given giving",
        "get": "got gotten getting",
        "know": "knew known",
        "grow": "grew grown growth",
        "see": "saw seen seeing",
        "say": "said says saying",
        "come": "came coming",
        "begin": "began begun",
        "teach": "taught",
        "catch": "caught",
        "bring": "brought",
        "hear": "heard",
        "run": "ran running",
        "mean": "meant",
        "learn": "learnt",
        "child": "children",
        "person": "people persons",
        "man": "men",
        "woman": "women",
        "bad": "worse worst",
        "good": "better best",
        "analysis": "analyses analyze analyse analyzed analysed analyzing",
        "slow": "slower slowest slowly slowness",
        "cheap": "cheaper cheapest",
        "easy": "easier easiest easily ease",
        "fast": "faster fastest",
        "many": "more most",
        "decide": "decision decisions decided deciding",
        "approve": "approval approvals approved approving",
        "integrate": "integration integrations integrated integrating",
        "automate": "automation automations automatic automatically automated",
        "expensive": "expense expenses",
        "pricing": "price prices priced pricey",
    }.items()
    for word in words.split()
}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the light stem of a lower-case English word.

    Endings of number, tense and manner go, a final `e` goes with them, so that
    `using`, `used` and `use` agree. It is no full stemmer: it never crosses from a
    noun to a verb except where the table of irregular words says so.

    Example:
        >>> stem("scheduling"), stem("schedules"), stem("paid")
        ('schedul', 'schedul', 'pay')
    """
    word = word.replace("’", "'")
    if word.endswith("n't"):
        return "not"
    word = word.split("'")[0] if "'" in word else word
    known = _IRREGULAR.get(word)
    if known is not None:
        word = known
    elif len(word) > 3:
        word = _strip(word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _strip(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        root = word[: -len(ending)]
        if word.endswith(ending) and len(root) > 2 and _VOWEL.search(root):
            if ending != "ly" and root[-1] == root[-2] and root[-1] not in "lsz":
                return root[:-1]
            return root
    return word


@lru_cache(maxsize=1)
def _folding() -> dict[int, str]:
    """Return the table Simplified → Traditional for `str.translate`."""
    text = (
        resources.files("icp_synth.embedding") / "data" / "simplified.txt"
    ).read_text("utf-8")
    pairs = "".join(
        line for line in text.splitlines() if not line.startswith("#")
    ).replace(" ", "")
    return {
        ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs) - len(pairs) % 2, 2)
    }


def traditional(text: str) -> str:
    """Return `text` with common Simplified characters as Traditional, same length.

    Example:
        >>> traditional("发票")
        '發票'
    """
    return text if text.isascii() else text.translate(_folding())


@lru_cache(maxsize=1 << 12)
def pieces(text: str) -> tuple[str, ...]:
    """Return words, numbers and runs of Chinese characters, in order.

    English is lower-cased and stemmed, Chinese is folded to Traditional.

    Example:
        >>> pieces("We paid 30 dollars 發票")
        ('we', 'pay', '30', 'dollar', '發票')
    """
    return tuple(map(_piece, _PIECES.findall(traditional(text))))


@lru_cache(maxsize=1 << 16)
def _piece(found: str) -> str:
    if found[0].isdigit():
        return found.rstrip(",.").replace(",", "")
    return found if is_cjk(found) else stem(found.lower())


def is_cjk(piece: str) -> bool:
    """Tell whether a piece is a run of Chinese characters."""
    return piece[0] > "\u2fff"
