"""Who is not ideal: why, where they are better served, and when they may come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.conditions import Wanted
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


def group_name(group: str | None) -> str | None:
    """Return the name of a group as it is compared.

    Example:
        >>> group_name("Poor fit"), group_name("poor-fit")
        ('poor_fit', 'poor_fit')
    """
    if not group:
        return None
    return "_".join(group.casefold().replace("-", " ").replace("_", " ").split())


class Exclusion(Value):
    """Why these people are not ideal customers.

    Attributes:
        code: The group that they are known by, or the pattern.
        claims: Ids of the claims of this card that speak of it: what went wrong, what
            they rejected, what they objected to.
        keen: Evidence of interest, by person.
        not_able: Evidence that there is no budget, by person.
        keen_not_able: Who shows both.
    """

    code: ExclusionCode
    claims: tuple[str, ...] = ()
    keen: Voices = Voices()
    not_able: Voices = Voices()
    keen_not_able: tuple[str, ...] = ()


class Referral(Value):
    """Where they may be better served: only what they name themselves.

    Attributes:
        status: `no_evidence` where they name nothing.
        named: Rival of the brief, or tool in use → who names it, and where.
    """

    status: Literal["evidence", "no_evidence"] = "no_evidence"
    named: Mapping[str, Voices] = {}


class Readmission(Value):
    """A condition under which they would fit after all.

    Attributes:
        code: `meets_criterion`: of an ICP, which those people miss today;
            `has_budget`: they were keen and could not pay.
        icp: Whose criterion it is; None for a budget that no ICP states.
        missed_by: Those of whom it is known that they miss it.
        known: Of how many of them it is known.
        claims: The ICP's claims that it rests on.
    """

    code: Literal["meets_criterion", "has_budget"]
    icp: str | None = None
    field: str
    operator: str | None = None
    value: Wanted | None = None
    unit: str | None = None
    missed_by: tuple[str, ...]
    known: int
    claims: tuple[str, ...] = ()
