"""Who is not ideal: why, where they are better served, and when they may come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.conditions import Wanted
from icp_synth.domain.fields import Level
from icp_synth.domain.fit import Voices
from icp_synth.domain.values import Value

ExclusionCode = Literal["churned", "lost", "poor_fit", "keen_not_able"]
"""A group of participants.csv, or a pattern: keen on the product, and no money."""

EXCLUDED_GROUPS: Mapping[str, ExclusionCode] = {
    "churned": "churned",
    "lost": "lost",
    "poor_fit": "poor_fit",
}

NOT_DRAFTED_FROM = frozenset({*EXCLUDED_GROUPS, "prospect"})
"""Groups from whom no ICP is drafted."""


class Exclusion(Value):
    """Why these people are not ideal customers.

    Attributes:
        code: The group that they are known by, or the pattern.
        claims: Ids of the claims of this card that rest on `said`, in its order.
        said: What these people say of why they left or do not fit, most telling first
            and people in turn; empty where nobody says.
        keen: Evidence of interest, by person.
        not_able: Evidence that there is no budget, by person.
        keen_not_able: Who shows both.
    """

    code: ExclusionCode
    claims: tuple[str, ...] = ()
    said: Voices = Voices()
    keen: Voices = Voices()
    not_able: Voices = Voices()
    keen_not_able: tuple[str, ...] = ()


class Referral(Value):
    """Where they may be better served: only what they say themselves.

    Attributes:
        status: `no_evidence` where `named` is empty.
        named: Rival of the brief, or another brand → who moved to it or praises it.
        doubted: Rival or brand → who tried it or looked at it and runs it down, with
            those words.
        not_taken: Rival or brand → who looked at it and did not take it, and says
            nothing against it.
    """

    status: Literal["evidence", "no_evidence"] = "no_evidence"
    named: Mapping[str, Voices] = {}
    doubted: Mapping[str, Voices] = {}
    not_taken: Mapping[str, Voices] = {}


class Readmission(Value):
    """A condition under which they would fit after all.

    Attributes:
        code: `stated`: one of them says so; `meets_criterion`: of an ICP, which those
            people miss today and name as a reason; `has_budget`: they were keen and
            could not pay.
        icp: Whose criterion it is; None for a budget that no ICP states.
        field: A profile field; `KIND/CATEGORY` of what was stated.
        missed_by: Those of whom it is known that they miss it; who stated it.
        missed: How many of `known` miss it; None in what was written before it was
            counted: one for each of `missed_by`.
        known: Of how many of them it is known.
        counts: What `missed` and `known` count: accounts where the negative ICP
            is of accounts (colleagues are one), else people.
        claims: The ICP's claims that it rests on.
        text: What was stated, in the reader's sentence or the person's words.
        insights: That state it.
    """

    code: Literal["stated", "meets_criterion", "has_budget"]
    icp: str | None = None
    field: str
    operator: str | None = None
    value: Wanted | None = None
    unit: str | None = None
    missed_by: tuple[str, ...]
    missed: int | None = None
    known: int
    counts: Level = "person"
    claims: tuple[str, ...] = ()
    text: str | None = None
    insights: tuple[str, ...] = ()
