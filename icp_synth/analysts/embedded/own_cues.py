"""What the cues say of one quote by itself: its kind, how strongly, which signals."""

from __future__ import annotations

from icp_synth.analysts.embedded.cues import find, plain
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.embedded.strength import intensity, signals
from icp_synth.domain.fields import CATEGORIES, Kind
from icp_synth.domain.insights import Intensity


def has_cue_of(kind: Kind, quote: str) -> bool:
    """Tell whether a quote has a cue of a kind that no negation turns round.

    Example:
        >>> has_cue_of("pain", "I'm worried that we lose them")
        True
        >>> has_cue_of("pain", "I'm not really worried")
        False
    """
    language = "zh" if is_chinese(quote) else "en"
    found = find(plain(quote), language, among=CATEGORIES[kind])
    return any(cue.sign > 0 for cue in found)


def told(quote: str, category: str) -> tuple[Intensity, tuple[str, ...]]:
    """Return how strongly a pain or motivation is put, and the signals it gives."""
    strength = intensity(quote)
    return strength, signals(category, strength)
