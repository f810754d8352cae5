"""What was held against the draft: claims challenged, sentences cut, names refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.card import Card
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.flags import reason_of
from icp_synth.exports.words import Words

_PLACED = ("supports", "contradicts", "silent")


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
        challenged: Claims that a judge placed somebody on whom they do not cite.
        undecided: Passages that were shown where nobody could be placed on any claim.
        waiting: Claims whose answer is missing.
        missing: Answers of a model that are missing, of any step.
        verdicts: (stance in words, passages judged so).
        contested: Claims that somebody contradicts.
        flagged: Drafted sentences.
        names: (refused name of a theme or card, reason in words).
        not_held: Remarks that left their theme, since they do not say its name.
        decided, lost, problems: Decisions of people: bound to a claim, without their
            place, in lines that cannot be read.
    """

    challenged: int
    undecided: int
    waiting: int
    missing: int
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
        judged = (self.challenged, self.undecided, self.waiting)
        counts = (*judged, self.decided, self.lost, self.problems)
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
    placed = any(verdicts.get(one) for one in _PLACED)
    shown = {
        **{one: verdicts.get(one, 0) for one in _PLACED},
        "unplaced": verdicts.get("unjudged", 0),
    }
    return Checks(
        challenged=challenge.get("judged", challenge.get("claims", 0)) if placed else 0,
        undecided=0 if placed else shown["unplaced"],
        waiting=challenge.get("pending", 0),
        missing=sum(coverage.get("pending", {}).values()),
        verdicts=tuple(
            (words(f"stance.{one}"), n) for one, n in shown.items() if n and placed
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
