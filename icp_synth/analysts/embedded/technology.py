"""Which known products a sentence says are in use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.fact_guards import no_place
from icp_synth.analysts.embedded.fact_patterns import data
from icp_synth.analysts.embedded.sentences import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_USES_EN = re.compile(
    r"\b(?:use|uses|using|run|running|on|in|with|via|through|into|from|have|bought|got"
    r"|keep|keeps|moved to|switched to|and)\s"
)
_USES_ZH = re.compile(
    r"(?:我|公司|同事)[^，。；]{0,8}(?:用|使用|裝|導入|放在|記在)[^，。；]{0,6}$"
    r"|^(?:平常|現在|目前|主要|大家|都|就|也|還)*(?:是)?用[^，。；]{0,6}$"
)
_REJECTS = re.compile(
    r"\b(?:used to|stopped|never|don't|didn't|haven't|instead of|unlike|replaced"
    r"|moved away|no longer|switched from|wouldn't|not|left|quit|cancell?ed"
    r"|tried|old|previous|before"
    r"|back then|was|were|saw|asked|looked at|compared|heard|people|sites|settled)\b"
    r"|以前|不用|沒(?:有)?用|沒在用|取消|不再|本來|原本|換掉|禁止"
)
_UNKNOWN_EN = re.compile(
    r"\b(?:[Ww]e|I)(?:'ve|'re| have| are| do)?(?: \w+)?"
    r" (?:use|using|been on|been using|moved to|switched to|run \w+(?: \w+)? on)"
    r" (?P<v>[A-Z][A-Za-z0-9]*[a-z0-9](?: [A-Z][A-Za-z0-9]+)?)\b(?!'s)"
)
"""A name that is no known product, right behind "we use" or "we're on"."""

_OWN_EN = re.compile(r"\b(?:i|i'm|i've|we|we're|we've|my|our|us|everything|all)\b")
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
    return re.compile(rf"(?<![A-Za-z])(?:{alternatives})(?![A-Za-z]| groups?\b)")


def products(text: str, lowered: str, place: Piece, language: str) -> Iterator[Piece]:
    """Yield the places of products in use, each product once.

    Args:
        text: The turn; names of products are written as they are spelt.
        lowered: The turn through `cues.plain`.
        place: The sentence.
        language: `en` or `zh`.
    """
    uses = _USES_ZH if language == "zh" else _USES_EN
    seen: set[str] = set()
    if language == "en":
        for match in _UNKNOWN_EN.finditer(text, place.start, place.end):
            name = match.group("v")
            if not no_place(name) and not _REJECTS.search(
                lowered[place.start : match.start("v")]
            ):
                seen.add(name)
                yield Piece(*match.span("v"))
    for match in _names().finditer(text, place.start, place.end):
        clause = _CLAUSE.split(lowered[place.start : match.start()])
        before = clause[-1] if len(clause[-1]) > _SHORT else "".join(clause[-2:])
        if language == "en" and not _OWN_EN.search(lowered, place.start, match.start()):
            continue
        if match.group() in seen or not uses.search(before) or _REJECTS.search(before):
            continue
        seen.add(match.group())
        yield Piece(match.start(), match.end())
