"""What was held against the draft: claims challenged, sentences cut, names refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.cards import Card
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.flags import reason_of
from icp_synth.exports.words import Words

_VERDICTS = ("supports", "contradicts", "silent", "unjudged")


@dataclass(frozen=True)
class Flagged:
    """A drafted sentence that its evidence does not carry.

    Attributes:
        reason: Why, in words, with the number or name that it adds.
        cut: It was taken out; else it stands, for people to look at.
        claim: (anchor, name of the card) where it was drafted, or None.
    """

    text: str
    reason: str
    cut: bool
    claim: tuple[str, str] | None


@dataclass(frozen=True)
class Checks:
    """What was checked.

    Attributes:
        challenged: Claims that were held against people whom they do not cite.
        verdicts: (stance in words, passages judged so).
        contested: Claims that somebody contradicts.
        flagged: Drafted sentences.
        names: (refused name of a theme or card, reason in words).
        not_held: Remarks that left their theme, since they do not say its name.
        decided, lost, problems: Decisions of people: bound to a claim, without their
            place, in lines that cannot be read.
    """

    challenged: int
    verdicts: tuple[tuple[str, int], ...]
    contested: int
    flagged: tuple[Flagged, ...]
    names: tuple[tuple[str, str], ...]
    not_held: int
    decided: int
    lost: int
    problems: int

    @property
    def there(self) -> bool:
        """Whether anything was checked."""
        counts = (self.challenged, self.decided, self.lost, self.problems)
        return any((*counts, self.not_held, self.flagged, self.names))


def checks_of(
    synthesis: Synthesis,
    cards: Sequence[Card],
    contested: Sequence[ClaimShown],
    words: Words,
) -> Checks:
    """Return what was checked, in words.

    Args:
        synthesis: What is published.
        cards: ICPs and personas.
        contested: Claims that somebody contradicts.
        words: The report's language.
    """
    coverage = synthesis.coverage
    challenge = coverage.get("challenge", {})
    verdicts = challenge.get("verdicts", {})
    decisions = coverage.get("decisions", {})
    named = coverage.get("theme_names", {})
    places = {
        (card.id, claim.claim.id): (claim.anchor, card.name.plain)
        for card in cards
        for claim in card.claims
    }
    return Checks(
        challenged=challenge.get("claims", 0),
        verdicts=tuple(
            (words(f"stance.{one}"), verdicts[one])
            for one in _VERDICTS
            if verdicts.get(one)
        ),
        contested=len(contested),
        flagged=tuple(
            _flagged(one, places, words) for one in challenge.get("flagged", ())
        ),
        names=tuple(
            (one["text"], reason_of(one, words))
            for one in (*named.get("list", ()), *challenge.get("titles", ()))
        ),
        not_held=named.get("not_held", 0),
        decided=decisions.get("bound", 0),
        lost=decisions.get("lost", 0),
        problems=decisions.get("problems", 0),
    )


def _flagged(
    one: Mapping[str, Any],
    places: Mapping[tuple[str, str], tuple[str, str]],
    words: Words,
) -> Flagged:
    return Flagged(
        text=one["text"],
        reason=reason_of(one, words),
        cut=one.get("outcome") == "cut",
        claim=places.get((one["profile"], one.get("claim", ""))),
    )
