"""Whom a claim cites and who takes it back: where these people stand then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from icp_synth.domain.challenges import Stances
from icp_synth.domain.insights import Insight, Quote
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim

VERSION = "taken_back/2"


class Said(NamedTuple):
    """A quote that a claim rests on, and the transcript that it stands in."""

    transcript: str
    quote: Quote


def before(said: list[Said], passage: Passage, piece: Slice) -> list[Said]:
    """Return the quotes that a stretch can take back.

    Those of an earlier turn of the same interview, and all of other interviews: which
    of two interviews came first is not always known, and both were said.

    Args:
        said: Quotes of one person.
        passage: Words of the same person.
        piece: The stretch of it.
    """
    return [
        one
        for one in said
        if one.transcript != passage.transcript or one.quote.turn < piece.turn
    ]


def is_cited(said: list[Said], transcript: str, start: int, end: int) -> bool:
    """Tell whether a stretch `[start, end)` overlaps one of the quotes."""
    return any(
        one.transcript == transcript and one.quote.start < end and start < one.quote.end
        for one in said
    )


def with_taken_back(
    stances: Stances | None,
    claim: Claim,
    taken: Mapping[str, tuple[str, ...]],
    insights: Mapping[str, Insight],
    *,
    counted: Mapping[str, tuple[str, ...]] | None = None,
) -> Stances:
    """Add the people who take back what the claim cites.

    Args:
        stances: Of those whom it does not cite; None where nobody was judged.
        claim: As drafted.
        taken: Person → insights in which they take it back.
        insights: By id; those that the claim cites.
        counted: Each supporter with the insights of the theme that they are counted
            for, those whom the claim does not quote among them.
    """
    held = stances or Stances()
    counter = {one for ids in taken.values() for one in ids}
    others = {
        one for name, ids in (counted or {}).items() if name not in taken for one in ids
    }
    own = {one for one in claim.insights if insights[one].participant in taken}
    return held.model_copy(
        update={
            "withdrawn": tuple(sorted(taken)),
            "counter": tuple(sorted({*held.counter, *counter})),
            "divided": tuple(sorted({*held.divided, *own} - counter)),
            "carrying": tuple(sorted(others - counter)),
        }
    )
