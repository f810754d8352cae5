"""How well a segment holds, in words: on its own card and on those drafted from it."""

from __future__ import annotations

from icp_synth.domain.stability import stability_verdict
from icp_synth.domain.themes import Segment
from icp_synth.exports.words import Words


def held_by(segment: Segment, words: Words) -> str:
    """Return who put a segment together; empty where nobody did."""
    if not segment.decided:
        return ""
    by = segment.by
    return words("segment.decided_by", by=by) if by else words("segment.decided")


def steadiness(segment: Segment, words: Words) -> str:
    """Return how much of a segment comes back, with its figure; may be empty."""
    verdict = stability_verdict(segment.stability)
    if verdict is None:
        return ""
    said, value = words(f"segment.{verdict}"), f"{segment.stability:.2f}"
    return words("segment.stability", verdict=said, value=value)


def doubt(segment: Segment, words: Words, *, scored: bool = False) -> str:
    """Return the warning on what is drafted from a segment that does not come back.

    Args:
        segment: Any; one that people put together is theirs to answer for.
        words: The report's language.
        scored: The card holds conditions that accounts are scored by.

    Returns:
        One or two sentences; empty where none is due.
    """
    verdict = stability_verdict(segment.stability)
    if segment.decided or verdict != "unstable":
        return ""
    told = [words("card.unsteady", value=f"{segment.stability:.2f}")]
    if scored:
        told.append(words("card.unsteady_fit", tier=words("tier.needs_check")))
    return ("" if words.language == "zh" else " ").join(told)
