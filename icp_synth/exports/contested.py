"""Where people disagree: claims that somebody contradicts, and views of few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.card import Card
from icp_synth.exports.claims import ClaimShown

_DECISIVE = 3
"""The intensity of what cost them money or time, or made them act."""


@dataclass(frozen=True)
class MinorityShown:
    """What one or two people say.

    Attributes:
        against: The claim that it contradicts, of those shown; or None.
        decisive: They put it with the greatest intensity.
    """

    claim: ClaimShown
    against: ClaimShown | None
    decisive: bool


def contested_of(cards: Sequence[Card]) -> tuple[ClaimShown, ...]:
    """Return the claims that somebody contradicts, each once, most contested first.

    What several cards claim of the same people, against the same words, is one
    disagreement, told by the claim that most people support.
    """
    found: dict[tuple[str, ...], ClaimShown] = {}
    for card in cards:
        for claim in card.claims:
            if not claim.contradicts:
                continue
            before = found.setdefault(tuple(claim.claim.counter), claim)
            if claim.supports > before.supports:
                found[tuple(claim.claim.counter)] = claim
    return tuple(
        sorted(
            found.values(),
            key=lambda one: (-one.contradicts, -one.supports, one.claim.id),
        )
    )


def minority_of(
    synthesis: Synthesis,
    claims: Sequence[ClaimShown],
    contested: Sequence[ClaimShown],
    cards: Sequence[Card],
) -> tuple[MinorityShown, ...]:
    """Return the views of few, each with why it is shown.

    Args:
        synthesis: Holds how strongly each was put.
        claims: The views.
        contested: Claims that somebody contradicts.
        cards: Where the claim stands that a view opposes.
    """
    stated = {one.claim.id: one for card in cards for one in card.claims}
    intensity = {one.id: one.intensity or 0 for one in synthesis.insights}
    against = _against(contested)
    return tuple(
        MinorityShown(
            claim=one,
            against=stated.get(one.claim.opposes or "")
            or next(
                (against[name] for name in one.claim.insights if name in against), None
            ),
            decisive=any(
                intensity.get(name, 0) >= _DECISIVE for name in one.claim.insights
            ),
        )
        for one in claims
    )


def _against(contested: Sequence[ClaimShown]) -> Mapping[str, ClaimShown]:
    """Return insight → the best supported claim that it contradicts."""
    found: dict[str, ClaimShown] = {}
    for claim in sorted(contested, key=lambda one: (-one.supports, one.claim.id)):
        for name in claim.claim.counter:
            if claim.supports > claim.contradicts:
                found.setdefault(name, claim)
    return found
