"""What the cues say of one quote by itself: its kind, how strongly, which signals."""

from __future__ import annotations

from icp_synth.analysts.embedded.cues import find, plain
from icp_synth.analysts.embedded.sentences import is_chinese
from icp_synth.analysts.embedded.strength import intensity, signals
from icp_synth.domain.fields import KIND_OF, Kind
from icp_synth.domain.insights import Intensity


def cued_kinds(quote: str) -> frozenset[Kind]:
    """Return the kinds for which a quote has a cue that no negation turns round.

    Example:
        >>> sorted(cued_kinds("I'm worried that we lose them"))
        ['pain']
        >>> sorted(cued_kinds("I'm not really worried"))
        []
    """
    language = "zh" if is_chinese(quote) else "en"
    return frozenset(
        KIND_OF[cue.category] for cue in find(plain(quote), language) if cue.sign > 0
    )


def told(quote: str, category: str) -> tuple[Intensity, tuple[str, ...]]:
    """Return how strongly a pain or motivation is put, and the signals it gives."""
    strength = intensity(quote)
    return strength, signals(category, strength)
