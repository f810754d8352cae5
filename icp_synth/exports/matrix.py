"""Claims over participants: who supports, contradicts, is silent, was not judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from icp_synth.domain.profiles import Claim
from icp_synth.exports.board import GRID_PEOPLE
from icp_synth.exports.card import Card
from icp_synth.exports.claims import STANCES, ClaimShown
from icp_synth.exports.people import Person

MOST_ROWS = 60


@dataclass(frozen=True)
class MatrixRow:
    """A claim; `cells` are stances in the order of the columns."""

    claim: ClaimShown
    cells: tuple[str, ...]


@dataclass(frozen=True)
class MatrixPart:
    """The rows that one card words; those that others share stand in the first."""

    card: Card
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class ClaimMatrix:
    """The claims of all cards, each once.

    Attributes:
        parts: The same rows under the cards that word them, in the order of the cards.
        stances: Those that somebody takes, as they are listed.
        left: Claims beyond `MOST_ROWS`, which stand in synthesis.json.
        grid: Few enough people for a column with a name each.
    """

    columns: tuple[Person, ...]
    bands: tuple[tuple[int | None, str, int], ...]
    rows: tuple[MatrixRow, ...]
    parts: tuple[MatrixPart, ...]
    stances: tuple[str, ...]
    left: int
    grid: bool


def matrix_of(
    cards: Sequence[Card],
    columns: Sequence[Person],
    bands: tuple[tuple[int | None, str, int], ...],
) -> ClaimMatrix:
    """Return the matrix of the evidence claims of some cards.

    Args:
        cards: ICPs, personas, negative ICPs. What two of them draw from the same
            quotes is shown once, as the first of them words it.
        columns: Participants, by segment.
        bands: As in the map of themes.
    """
    rows: dict[tuple[str, frozenset[str]], MatrixRow] = {}
    first: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for card in cards:
        for shown in card.claims:
            key = _rests_on(shown.claim)
            if shown.claim.basis == "evidence" and key not in rows:
                stances = shown.stance_of
                cells = tuple(stances.get(one.id, "unjudged") for one in columns)
                rows[key] = MatrixRow(shown, cells)
                first.setdefault(card.anchor, []).append(key)
    ordered = sorted(
        rows, key=lambda key: (-rows[key].claim.supports, rows[key].claim.claim.id)
    )
    kept = {key: rows[key] for key in ordered[:MOST_ROWS]}
    parts = (
        MatrixPart(card, tuple(row for key, row in kept.items() if key in there))
        for card in cards
        if (there := frozenset(first.get(card.anchor, ())))
    )
    taken = {stance for row in kept.values() for stance in row.cells}
    return ClaimMatrix(
        columns=tuple(columns),
        bands=bands,
        rows=tuple(kept.values()),
        parts=tuple(part for part in parts if part.rows),
        stances=tuple(stance for stance in STANCES if stance in taken),
        left=max(0, len(ordered) - MOST_ROWS),
        grid=len(columns) <= GRID_PEOPLE,
    )


def _rests_on(claim: Claim) -> tuple[str, frozenset[str]]:
    return claim.field, frozenset(claim.insights)
