"""Which known products a sentence says are in use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.fact_patterns import data
from icp_synth.analysts.embedded.sentences import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_USES_EN = re.compile(
    r"\b(?:use|uses|using|run|running|on|in|with|via|through|into|from|have|bought)\s"
)
_USES_ZH = re.compile(
    r"(?:我|公司|同事)[^，。；]{0,8}(?:用|使用|裝|導入|放在|記在)[^，。；]{0,6}$"
)
_REJECTS = re.compile(
    r"\b(?:used to|stopped|never|don't|didn't|haven't|instead of|unlike|replaced"
    r"|moved away|no longer|switched from|wouldn't|not|left|quit|cancell?ed|tried)\b"
    r"|以前|不用|沒(?:有)?用|沒在用|取消|不再|本來|原本|換掉"
)
_CLAUSE = re.compile(r"[,;，；。]| but | because ")
_SHORT = 12


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    names = [
        name
        for line in data("tools.txt").splitlines()
        if not line.startswith("#")
        for name in line.split("|")
        if name
    ]
    names.sort(key=lambda name: (-len(name), name))
    alternatives = "|".join(map(re.escape, names))
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives})(?![A-Za-z])")


def products(text: str, lowered: str, place: Piece, language: str) -> Iterator[Piece]:
    """Yield the places of products in use, each product once.

    Args:
        text: The turn; names of products are written as they are spelt.
        lowered: The turn through `cues.plain`.
        place: The sentence.
        language: `en` or `zh`.
    """
    uses = _USES_ZH if language == "zh" else _USES_EN
    seen = set()
    for match in _names().finditer(text, place.start, place.end):
        clause = _CLAUSE.split(lowered[place.start : match.start()])
        before = clause[-1] if len(clause[-1]) > _SHORT else "".join(clause[-2:])
        if match.group() in seen or not uses.search(before) or _REJECTS.search(before):
            continue
        seen.add(match.group())
        yield Piece(match.start(), match.end())
