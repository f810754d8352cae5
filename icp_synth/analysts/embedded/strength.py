"""How strongly a pain or motivation is put, and the fit signal it speaks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from icp_synth.analysts.embedded.cues import plain

if TYPE_CHECKING:
    from icp_synth.domain.insights import Intensity

_STRESSED = re.compile(
    r"\b(?:really|very|huge|hugely|extremely|incredibly|always|constantly|every time"
    r"|never|biggest|worst|best|most|so much|absolutely|completely|massive|definitely"
    r"|all the time)\b|非常|太|超|一直|每次|最|真的|完全|根本|老是|總是"
)
_DECISIVE = re.compile(
    r"\b(?:\d+|two|three|four|five|six|ten|half|whole|entire) (?:\w+ )?"
    r"(?:hours?|days?|weeks?)\b|[$€£]\s?\d"
    r"|\b(?:nightmare|unacceptable|cancel\w*|quit|disaster|deal[- ]?breaker|hate"
    r"|love)\b"
    r"|(?:\d|[一二兩三四五六七八九十半])(?:個)?(?:小時|天|週|禮拜)"
    r"|崩潰|災難|取消|受不了"
)
_SIGNALS = {
    "workaround": "+willing",
    "trigger": "+willing",
    "advocacy": "+advocacy_potential",
    "objection": "-willing",
}


def intensity(text: str) -> Intensity:
    """Return 3 for a named cost or strong words, 2 for a stressed one, else 1."""
    lowered = plain(text)
    if _DECISIVE.search(lowered):
        return 3
    return 2 if _STRESSED.search(lowered) else 1


def signals(category: str, strength: Intensity | None) -> tuple[str, ...]:
    """Return the fit signal of a category, with its sign, if it has one."""
    if category in {"problem", "obstacle"} and strength is not None and strength > 1:
        return ("+ready",)
    own = _SIGNALS.get(category)
    return (own,) if own else ()
