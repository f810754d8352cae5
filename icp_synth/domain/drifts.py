"""How far new interviews bear out what stands, as values."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.diffs import Owner
from icp_synth.domain.values import Value

DriftVerdict = Literal["holds", "weaker", "contradicted", "too_few"]
"""What the new interviews say of a claim.

- `contradicted`: at least two new people contradict it, and more than support it.
- `weaker`: the share who support it fell, by more than chance explains (95 %).
- `holds`: somebody new supports it, and none of the above.
- `too_few`: under five new people, or nobody new speaks of it either way.
"""

DriftCode = Literal["disagrees", "too_few_people", "interviewed_again", "shifted"]

Interval = tuple[float, float]


class ClaimDrift(Value):
    """A standing claim, and what new people say of it.

    Attributes:
        before: How many supported it, of `before_of`.
        supports, contradicts, silent, unjudged: New people, names sorted.
        share: Of the new people who support it; None where there are none.
        interval: Wilson 95 % interval of that share.
        difference: Newcombe 95 % interval of the share now less the share before.
    """

    owner: Owner
    claim: str
    field: str
    text: str
    before: int
    before_of: int
    supports: tuple[str, ...]
    contradicts: tuple[str, ...]
    silent: tuple[str, ...]
    unjudged: tuple[str, ...]
    share: float | None
    interval: Interval | None
    difference: Interval | None
    verdict: DriftVerdict


class Shift(Value):
    """How the make-up of the people changed in one respect.

    Attributes:
        what: `group`, `segment`, or a profile field.
        before, after: How many people are known in it.
        bins: Value → (people before, new people), by value.
        psi: Population stability index, half a person added to each bin; None where
            too few are known.
        critical: What chance alone reaches in one of twenty such samples.
        code: `shifted` where psi is above both 0.25 and the critical value.
    """

    what: str
    before: int
    after: int
    bins: tuple[tuple[str, int, int], ...]
    psi: float | None = None
    critical: float | None = None
    code: Literal["shifted", "steady", "too_few"]


class OwnerDrift(Value):
    """An ICP or persona with how many of its claims have each verdict.

    `disagrees`: one is contradicted, or more are weaker than chance makes of so many.
    """

    owner: Owner
    holds: int
    weaker: int
    contradicted: int
    too_few: int
    disagrees: bool


class DriftReport(Value):
    """What new interviews say of the standing synthesis.

    Attributes:
        standing: Version of the synthesis whose claims are held against them.
        latest: Version that has read the new interviews.
        transcripts: New ones, by name.
        people: New participants, by name.
        again: Participants who were there before and were interviewed again; they
            are not counted as new.
        before: How many participants the standing claims rest on.
    """

    standing: str
    latest: str
    transcripts: tuple[str, ...]
    people: tuple[str, ...]
    again: tuple[str, ...]
    before: int
    claims: tuple[ClaimDrift, ...]
    owners: tuple[OwnerDrift, ...]
    shifts: tuple[Shift, ...]
    codes: tuple[DriftCode, ...]
