"""What the cues say of one quote by itself: its kind, how strongly, which signals."""

from __future__ import annotations

import re

from icp_synth.analysts.embedded.cues import find, negated, plain
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.embedded.strength import intensity, signals
from icp_synth.domain.fields import CATEGORIES, Kind
from icp_synth.domain.insights import Intensity

_PRAISE = {
    "reason_to_stay": {
        "en": re.compile(
            r"\bwhy (?:i|we)(?:'re| are|'ve| have)? (?:\w+ )?"
            r"(?:stay\w*|stick\w*|keep)\b"
            r"|\b(?:fight|love|beg) to keep (?:it|them|this)\b"
            r"|\b(?:i|we)(?:'d| would|'ll| will) (?:not|never) (?:swap|switch|change"
            r"|leave|give it up|go back)\b"
            r"|\b(?:i|we) (?:wouldn't|won't) (?:\w+ )?(?:swap|switch|leave|give it up"
            r"|go back)\b"
        ),
        "zh": re.compile(r"(?:繼續|一直)用下去|捨不得換|不(?:會)?想換|回不去了"),
    },
    "desired_gain": {
        "en": re.compile(
            r"\b(?:i|we)(?:'ve| have)? (?:get|got|have|had|gained|won) (?:my|our)"
            r" (?:\w+ )?(?:evenings?|nights?|weekends?|\w+days?|mornings?|afternoons?"
            r"|time|life|lives|sleep)(?: \w+)? (?:back|again)\b"
            r"|\bnow (?:i|we) (?:have|get) (?:my|our) (?:\w+ )?(?:evenings?|nights?"
            r"|weekends?|\w+days?|time|life|sleep)\b"
            r"|\bnow (?:i|we) can (?:\w+ )?(?:quickly|easily|just|simply|finally)\b"
        ),
        "zh": re.compile(
            r"現在(?:我|我們)?(?:就|終於)(?:可以|能)(?:很快|馬上|直接|準時)"
        ),
    },
}
"""Category of praise → language → the words, whatever trouble stands beside them."""


def praises(quote: str) -> str | None:
    """Return the category of a quote that says why they stay or what they gained.

    Example:
        >>> praises("I get my evenings back")
        'desired_gain'
        >>> praises("I'd fight to keep it, I had a mess and they mended it")
        'reason_to_stay'
    """
    language = "zh" if is_chinese(quote) else "en"
    lowered = plain(quote)
    for category, patterns in _PRAISE.items():
        found = patterns[language].search(lowered)
        if found is not None and not negated(lowered, found.start(), language):
            return category
    return None


def has_cue_of(kind: Kind, quote: str) -> bool:
    """Tell whether a quote has a cue of a kind that no negation turns round.

    What praises by its own words is no pain, whatever else it names.

    Example:
        >>> has_cue_of("pain", "I'm worried that we lose them")
        True
        >>> has_cue_of("pain", "I'm not really worried")
        False
    """
    language = "zh" if is_chinese(quote) else "en"
    if kind != "trait" and praises(quote):
        return kind == "motivation"
    found = find(plain(quote), language, among=CATEGORIES[kind])
    return any(cue.sign > 0 for cue in found)


def told(quote: str, category: str) -> tuple[Intensity, tuple[str, ...]]:
    """Return how strongly a pain or motivation is put, and the signals it gives."""
    strength = intensity(quote)
    return strength, signals(category, strength)
