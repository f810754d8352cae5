"""The sections of a persona, and what belongs in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from icp_synth.domain.fields import CATEGORIES
from icp_synth.domain.values import Value

SectionStatus = Literal["evidence", "single_voices", "no_evidence"]
Question = Literal["pains", "help", "goals"]


class Belongs(NamedTuple):
    """Which categories and profile fields a section gathers, and signals."""

    categories: frozenset[str]
    fields: frozenset[str] = frozenset()
    signals: frozenset[str] = frozenset()


def _of(categories: str = "", fields: str = "", signals: str = "") -> Belongs:
    return Belongs(
        frozenset(categories.split()),
        frozenset(fields.split()),
        frozenset(signals.split()),
    )


EVIDENCE_GROUPS: dict[str, Belongs] = {
    "demographics": _of("", "age sex family place language"),
    "socio_economics": _of(
        "socioeconomic firmographic role",
        "income education role seniority experience industry headcount_company "
        "headcount_department revenue geography sites company_age customer_count",
    ),
    "psychographics": _of("psychographic", "media"),
    "brand_affinity": _of("brand_affinity reason_to_stay", "tenure usage_frequency"),
    "customer_potential": _of(
        "advocacy budget_price",
        "budget willingness_to_pay price_paid",
        "ascension_potential advocacy_potential",
    ),
}
"""The five groups of evidence of a customer profile."""

SECTIONS: dict[str, Belongs] = {
    **EVIDENCE_GROUPS,
    "goals": _of("goal"),
    "pains": _of("problem obstacle workaround"),
    "fears": _of("fear"),
    "motives": _of("desired_gain trigger"),
    "likes": _of("like"),
    "dislikes": _of("dislike"),
    "habits": _of("behaviour technology"),
    "purchase_pattern": _of("purchase_pattern trigger", "sales_cycle price_paid"),
    "channels": _of("channel", "media"),
    "objections": _of("objection"),
    "buying_role": _of("decision_authority", "decision_role"),
    "avoid_saying": _of("dislike objection"),
}
"""Section → what belongs there; a claim may stand in several."""

EMPATHY: dict[Question, Belongs] = {
    "pains": _of("problem obstacle workaround fear"),
    "help": _of("desired_gain like reason_to_stay"),
    "goals": _of("goal desired_gain"),
}
"""What are their pains? What will the product help them do? What are their goals?"""

_DEMOGRAPHIC_FIELDS = EVIDENCE_GROUPS["demographics"].fields


class Section(Value):
    """One section of a persona.

    Attributes:
        status: `evidence` with a claim that two or more people share,
            `single_voices` where only one by one said something of the sort, else
            `no_evidence`.
        claims: Ids of this persona's claims, most support first.
        insights: What its people said of the sort: most strongly put first, people in
            turn.
        participants: Who said it, sorted; people are counted.
        rivals: Rival of the brief → people who speak of it; in `brand_affinity`.
        others: Insights that are held against a rival or another product, and not
            against ours; in `dislikes`, `objections` and `avoid_saying`.
    """

    status: SectionStatus
    claims: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    rivals: Mapping[str, tuple[str, ...]] = {}
    others: tuple[str, ...] = ()


class Place(Value):
    """A stretch of a transcript's canonical text."""

    transcript: str
    start: int
    end: int


class Phrase(Value):
    """Words that people use: verbatim, as often as they are said so.

    Attributes:
        text: The most common form, as it stands at the first of `places`.
        participants: Those of the persona who say it; `n` of `of` people.
        elsewhere: How many of the study's other people say it.
        lift: How much likelier it is here than among the others; 1 is no difference.
        places: One a person, by name.
    """

    text: str
    participants: tuple[str, ...]
    n: int
    of: int
    elsewhere: int
    lift: float
    places: tuple[Place, ...]


def belongs(where: Belongs, field: str) -> bool:
    """Tell whether a claim's `field` belongs in a section.

    Example:
        >>> belongs(SECTIONS["fears"], "pain/fear"), belongs(SECTIONS["fears"], "age")
        (True, False)
    """
    kind, slash, category = field.partition("/")
    if not slash:
        return field in where.fields
    if category == "demographic" and where.fields >= _DEMOGRAPHIC_FIELDS:
        return True
    return kind in CATEGORIES and category in where.categories


def said_of(
    where: Belongs, category: str, attribute: str | None, signals: tuple[str, ...]
) -> bool:
    """Tell whether an insight belongs in a section.

    A demographic without a field is one of the demographics.
    """
    if attribute in where.fields or category in where.categories:
        return True
    if category == "demographic" and where.fields >= _DEMOGRAPHIC_FIELDS:
        return attribute is None or attribute.startswith("other:")
    return bool(where.signals & {name.lstrip("+-") for name in signals})
