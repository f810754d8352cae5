"""Where the claims of a synthesis stand: one walk for whoever looks at all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from icp_synth.domain.diffs import Owner
from icp_synth.domain.profiles import Claim, NegativeIcp, Synthesis


class Placed(NamedTuple):
    """A claim and what it stands in."""

    owner: Owner
    claim: Claim


def placed_claims(synthesis: Synthesis) -> tuple[Placed, ...]:
    """Return every claim of a synthesis, one that stands in several places each time.

    In the order of synthesis.json: audience, ICPs, personas, negative ICPs, each with
    its persona, minority views, why us, assumptions.
    """
    return tuple(
        Placed(owner, claim)
        for owner, claims in _sections(synthesis)
        for claim in claims
    )


def _sections(synthesis: Synthesis) -> Iterator[tuple[Owner, Iterable[Claim]]]:
    yield Owner(sort="audience"), synthesis.audience.claims
    for icp in synthesis.icps:
        yield Owner(sort="icp", id=icp.id, name=icp.name), icp.claims
    for persona in synthesis.personas:
        yield Owner(sort="persona", id=persona.id, name=persona.name), persona.claims
    for one in synthesis.negative:
        yield from _negative(one)
    yield Owner(sort="minority"), synthesis.minority
    yield Owner(sort="why_us"), synthesis.positioning.why_us
    for top_down in synthesis.top_down:
        yield Owner(sort="top_down", name=top_down.name), top_down.claims


def _negative(icp: NegativeIcp) -> Iterator[tuple[Owner, Iterable[Claim]]]:
    yield Owner(sort="negative", id=icp.id, name=icp.name), icp.claims
    if icp.persona is not None:
        held = icp.persona
        owner = Owner(sort="negative_persona", id=held.id, name=held.name)
        yield owner, held.claims
