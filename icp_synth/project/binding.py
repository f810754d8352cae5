"""Put people's decisions on the claims of a new draft that they were made about.

A decision binds to (field, anchors), wherever such a claim stands: on the card of an
ICP or persona, of who is not ideal, in the audience, under `why_us`, among minority
views or assumptions. Equal anchors keep it; a Jaccard of at least 0.5 keeps it and
marks it stale; one that binds to no claim has lost its place and is listed, never
deleted. An assumption that nobody supports has no anchors: it is told by its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.ids import sha256_text
from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Decision
from icp_synth.project.anchors import Finder, Places, jaccard
from icp_synth.project.decisions import CHOSEN, Record

STILL_BOUND = 0.5
"""Least Jaccard of anchors at which a decision stays with a claim, as stale."""


class Bound(NamedTuple):
    """Claims with their decisions.

    Attributes:
        claims: As given, in the same order, each with the decision that holds.
        texts: Claim id → the reviewer's text, where the newest verdict edited it.
        lost: Decisions that bind to no claim now.
    """

    claims: tuple[Claim, ...]
    texts: Mapping[str, str]
    lost: tuple[Record, ...]


def bind(
    decisions: Sequence[Record], claims: Sequence[Claim], texts: Mapping[str, str]
) -> Bound:
    """Put decisions on the claims that they were made about.

    Args:
        decisions: In order of time; of several that hold for a claim the newest
            with equal anchors counts, else the newest stale one. Choices between
            ICPs bind to no claim and are passed over.
        claims: Of the new draft. Their anchors are of the present texts.
        texts: Transcript name → canonical text now.
    """
    finder = Finder(texts)
    places = [finder.find_all(claim.anchors) for claim in claims]
    held: dict[int, tuple[bool, Record]] = {}
    lost = []
    for record in decisions:
        if record.verdict == CHOSEN:
            continue
        matches = _claims_of(record, claims, places, finder)
        if not matches:
            lost.append(record)
        for at, stale in matches.items():
            exact_stands = at in held and not held[at][0]
            if not (stale and exact_stands):
                held[at] = (stale, record)
    decided = tuple(
        claim.model_copy(update={"decision": _decision(*held[at])})
        if at in held
        else claim
        for at, claim in enumerate(claims)
    )
    edited = {
        claims[at].id: record.text
        for at, (_, record) in sorted(held.items())
        if record.verdict == "edited" and record.text is not None
    }
    return Bound(claims=decided, texts=edited, lost=tuple(lost))


def _claims_of(
    record: Record,
    claims: Sequence[Claim],
    places: Sequence[Places],
    finder: Finder,
) -> dict[int, bool]:
    """Return the claims that a decision is about → whether it is stale there."""
    alike = [at for at, claim in enumerate(claims) if claim.field == record.field]
    if not alike:
        return {}
    if not record.anchors:
        told = record.wording_sha256
        return {
            at: False
            for at in alike
            if not claims[at].anchors and sha256_text(claims[at].text) == told
        }
    known = [kept.anchor for kept in record.anchors if kept.anchor is not None]
    mine = finder.find_all(known)
    mine = mine._replace(gone=mine.gone + len(record.anchors) - len(known))
    shares = {at: jaccard(mine, places[at]) for at in alike}
    best = max(shares.values())
    if best < STILL_BOUND:
        return {}
    return {at: best < 1 for at, share in shares.items() if share == best}


def _decision(stale: bool, record: Record) -> Decision:  # noqa: FBT001 - one of a pair
    said = {"verdict": record.verdict, "by": record.by, "at": record.at}
    return Decision.model_validate({**said, "stale": stale})
