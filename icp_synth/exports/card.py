"""A card of the report, and what befalls its claims once it is made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.conditions import CriterionShown, RefusedShown, ScoreShown
from icp_synth.exports.fit_signals import SignalShown
from icp_synth.exports.negatives import NegativeParts
from icp_synth.exports.people import Person, anchor
from icp_synth.exports.sections import PersonaParts
from icp_synth.exports.titles import Title


@dataclass(frozen=True)
class Card:
    """An ICP, a persona or a negative ICP.

    Attributes:
        what: In words: the kind of card, or the persona's type.
        size: How many companies and people, in words.
        links: Anchors and names of the cards on the other side.
        parts: Claims by part of the card, empty parts left out.
        reason: Why nothing is drafted; empty where something is.
        scorecard: Its rows that the criteria do not show already.
        tiers: Least total of each tier of the scorecard.
        quiet: Signals that nobody spoke of and that nothing shows, in words.
        assumed: People believed in it beforehand; no interview gave it.
        type: How far so many people carry, in words.
        segment: Position of the segment that it is drafted from, for its colour.
        steady: How much of that segment comes back, or who put it together.
        doubt: A warning in its stead where it does not come back; else empty.
        twin: (anchor, name) of the ICP of the very same people, whose claims are not
            said again here; None where there is none.
        persona: Sections and words, of a persona that has them.
        negative: Why these are not ideal, of a negative ICP.
    """

    id: str
    kind: str
    anchor: str
    name: Title
    status: str
    what: str
    size: str
    merged_into: str | None
    members: tuple[Person, ...]
    parts: tuple[tuple[str, tuple[ClaimShown, ...]], ...]
    reason: str
    links: tuple[tuple[str, str], ...] = ()
    criteria: tuple[CriterionShown, ...] = ()
    refused: tuple[RefusedShown, ...] = ()
    signals: tuple[SignalShown, ...] = ()
    scorecard: tuple[ScoreShown, ...] = ()
    tiers: tuple[tuple[str, str], ...] = ()
    persona: PersonaParts | None = None
    negative: NegativeParts | None = None
    quiet: tuple[str, ...] = ()
    assumed: bool = False
    type: str = ""
    segment: int | None = None
    steady: str = ""
    doubt: str = ""
    twin: tuple[str, str] | None = None

    @property
    def claims(self) -> tuple[ClaimShown, ...]:
        """All claims, by part."""
        return tuple(claim for _, claims in self.parts for claim in claims)


def at(claim: ClaimShown, card: str) -> ClaimShown:
    """Return a claim that stands in another card, with its anchor there."""
    return replace(claim, anchor=anchor("c", f"{card}/{claim.claim.id}"))


def without(
    parts: Sequence[tuple[str, tuple[ClaimShown, ...]]], said: Collection[str]
) -> tuple[tuple[str, tuple[ClaimShown, ...]], ...]:
    """Return the claims that are not said elsewhere, empty parts left out."""
    left = (
        (part, tuple(one for one in claims if one.claim.id not in said))
        for part, claims in parts
    )
    return tuple((part, claims) for part, claims in left if claims)


def sure_of_own(
    parts: tuple[tuple[str, tuple[ClaimShown, ...]], ...],
) -> tuple[tuple[str, tuple[ClaimShown, ...]], ...]:
    """Leave out how sure a claim is that others carry: that is not of these people."""
    return tuple(
        (
            part,
            tuple(
                one if one.k == one.supports else replace(one, sure=None)
                for one in claims
            ),
        )
        for part, claims in parts
    )


def behind(claim: ClaimShown, backing: Collection[str | None]) -> ClaimShown:
    """Mark a claim that a condition repeats; one that is contested stands open."""
    return replace(
        claim, behind=claim.claim.id in backing and not claim.claim.contradicts
    )
