"""The synthesis as JSON Lines, one record a line, by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
from icp_synth.errors import NotFound
from icp_synth.exports.json import dump, plain

Record = dict[str, Any]


def to_jsonl(synthesis: Synthesis, *, step: str | None = None) -> str:
    """Return one JSON object a line, `step` first, then the record's own fields.

    Args:
        synthesis: What is published.
        step: One of `STEPS`, or None for all of them in their order.

    Raises:
        NotFound: When there is no such step.
    """
    if step is not None and step not in STEPS:
        msg = f"There is no step {step!r} to export."
        raise NotFound(msg, hint=f"Choose one of {', '.join(STEPS)}.")
    chosen = STEPS if step is None else (step,)
    return "".join(
        dump({"step": name, **record}) + "\n"
        for name in chosen
        for record in _RECORDS[name](synthesis)
    )


def _claims(synthesis: Synthesis) -> Iterator[Record]:
    yield from _of("audience", None, synthesis.audience.claims)
    for where, cards in _cards(synthesis):
        for card in cards:
            yield from _of(where, card.id, card.claims)
    yield from _of("minority", None, synthesis.minority)


def _cards(synthesis: Synthesis) -> tuple[tuple[str, Sequence[Icp | Persona]], ...]:
    return (
        ("icp", synthesis.icps),
        ("persona", synthesis.personas),
        ("negative", synthesis.negative),
    )


def _of(where: str, card: str | None, claims: Sequence[Claim]) -> Iterator[Record]:
    for claim in claims:
        yield {"part_of": where, "card": card, **plain(claim)}


def _bare(card: Icp | Persona) -> Record:
    """Return a card with the ids of its claims: the claims are a step of their own."""
    return {**plain(card), "claims": [claim.id for claim in card.claims]}


_RECORDS: Mapping[str, Callable[[Synthesis], Iterator[Record]]] = {
    "transcripts": lambda synthesis: map(plain, synthesis.transcripts),
    "participants": lambda synthesis: map(plain, synthesis.participants),
    "insights": lambda synthesis: map(plain, synthesis.insights),
    "quarantined": lambda synthesis: map(plain, synthesis.quarantined),
    "themes": lambda synthesis: map(plain, synthesis.themes),
    "segments": lambda synthesis: map(plain, synthesis.segments),
    "claims": _claims,
    "icps": lambda synthesis: map(_bare, synthesis.icps),
    "personas": lambda synthesis: map(_bare, synthesis.personas),
    "negative": lambda synthesis: map(_bare, synthesis.negative),
}

STEPS: tuple[str, ...] = tuple(_RECORDS)
"""What `export --format jsonl --step` takes, in the order of the data's way."""
