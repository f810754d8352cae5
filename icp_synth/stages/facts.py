"""Profile facts of each participant, as said, with values that can be compared."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.fields import (
    PROFILE_FIELDS,
    ProfileField,
    comparable as comparable,
)
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Fact
from icp_synth.domain.subjects import states_own
from icp_synth.domain.units import canonical, parse

Facts = Mapping[str, Mapping[str, tuple[Fact, ...]]]
"""Participant → field → facts, in the order in which they were last said."""

_BANDS: dict[str, tuple[float, ...]] = {
    "headcount_company": (10, 50, 250),
    "headcount_department": (5, 20, 100),
    "sites": (2, 10),
    "company_age": (3, 10, 30),
}
"""Upper edges; company sizes are those of the EU recommendation 2003/361/EC."""


_PAST_JOB = re.compile(
    r"\b(?:i|he|she|they) (?:was|were) an? |\bused to (?:be|work)|\bpreviously\b"
    r"|\bformerly\b|\bbefore (?:founding|starting|joining|(?:i|he|she) (?:founded"
    r"|started|joined|came))|\bparticipant was an? |以前|之前|創業前|创业前",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"\b(?:(?:has|have|'ve|’ve|'s) been|has worked|have worked|still)\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_SINCE = frozenset({"company_age", "tenure", "experience"})


def gather_facts(
    insights: Iterable[Insight],
    currency: str | None = None,
    years: Mapping[str, int] | None = None,
    *,
    product: str = "",
) -> Facts:
    """Gather the profile facts of each participant.

    Args:
        insights: Traits with an `attribute` and a `value` count; others do not.
        currency: ISO 4217, of amounts that were said without one; None leaves them
            so.
        years: Transcript → the year of the interview: what began in 2019 is then as
            many years old as it was in that year.
        product: Of the brief; may be empty.

    Returns:
        Equal values of one participant are one fact with all its insights. Who says
        40, then 60, and then "no, 40" means 40: the fact that was said last stands
        last. Figures are in the one unit of their field. Years in a job that
        somebody held before are no experience in the present one, and are left out,
        and so is what is somebody else's (`domain.subjects.states_own`).
    """
    found: dict[str, dict[str, dict[str, list[Insight]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for insight in insights:
        if not insight.attribute or not insight.value or _before(insight):
            continue
        if states_own(insight, product):
            by_value = found[insight.participant][insight.attribute]
            by_value[comparable(insight.value)].append(insight)
    return {
        person: {
            field: tuple(
                _fact(same, currency, years or {})
                for same in sorted(values.values(), key=_last)
            )
            for field, values in sorted(fields.items())
        }
        for person, fields in sorted(found.items())
    }


def _last(same: Sequence[Insight]) -> tuple[str, int]:
    """Return where a value stands for the last time: transcript and character."""
    return max((one.transcript, quote.start) for one in same for quote in one.quotes)


def _before(insight: Insight) -> bool:
    """Tell whether an insight speaks of the experience of an earlier job."""
    if insight.attribute != "experience":
        return False
    said = [insight.statement, *(quote.text for quote in insight.quotes)]
    past = any(_PAST_JOB.search(text) for text in said)
    return past and not any(_STILL.search(text) for text in said)


def _fact(
    same: Sequence[Insight], currency: str | None, years: Mapping[str, int]
) -> Fact:
    normal = next((one.normal for one in same if one.normal is not None), None)
    field = same[0].attribute or ""
    year = years.get(same[-1].transcript)
    since = _YEAR.search(same[0].value or "") if field in _SINCE else None
    if normal is None and since and year is not None:
        normal = Normal(low=float(since.group()), high=float(since.group()))
    known = PROFILE_FIELDS.get(field)
    if normal is not None:
        normal = canonical(field, normal, year)
    amount = normal is not None and known is not None and known.type == "money"
    if normal is not None and amount and normal.currency is None and currency:
        normal = normal.model_copy(update={"currency": currency})
    return Fact(
        value=same[0].value or "",
        normal=normal,
        insights=tuple(one.id for one in same),
    )


def features(facts: Mapping[str, Sequence[Fact]]) -> frozenset[str]:
    """Return what one person's facts have in common with other people's.

    Args:
        facts: Field → facts of one person, in the order in which they were said.

    Returns:
        Every category that was named (all the tools), and of a figure the band of
        the last one, which is what a speaker who corrects themselves means.
    """
    found = set()
    for field, said in facts.items():
        known = PROFILE_FIELDS.get(field)
        counted = said if known and known.type == "category" else said[-1:]
        found |= {feature(field, fact) for fact in counted}
    return frozenset(name for name in found if name is not None)


def feature(field: str, fact: Fact) -> str | None:
    """Return the fact as a feature that people can share, or None.

    A category is its word; a number of a banded field is its band; money and other
    free numbers are no feature, since two people seldom say the same figure.

    Example:
        >>> feature(
        ...     "headcount_company",
        ...     Fact(value="40", normal=Normal(low=40, high=40), insights=("i",)),
        ... )
        'headcount_company=10-49'
    """
    known = PROFILE_FIELDS.get(field)
    if known is None or known.protected:
        return None
    if known.type == "category":
        return f"{field}={comparable(fact.value)}"
    middle = _middle(fact.normal) if field in _BANDS and fact.normal else None
    if middle is None or not _fits_unit(known, fact.normal):
        return None
    return f"{field}={_band(_BANDS[field], middle)}"


def _fits_unit(known: ProfileField, normal: Normal | None) -> bool:
    """Tell whether a figure counts what the bands count: sites are no people."""
    if normal is None or normal.unit is None:
        return True
    return parse(normal.unit) == parse(known.unit)


def _middle(normal: Normal) -> float | None:
    """Return the middle of a range; "under 10" is just below its end."""
    if normal.low is None:
        return None if normal.high is None else math.nextafter(normal.high, 0.0)
    return normal.low if normal.high is None else (normal.low + normal.high) / 2


def _band(edges: Sequence[float], middle: float) -> str:
    low = 0.0
    for edge in edges:
        if middle < edge:
            return f"{low:g}-{edge - 1:g}"
        low = edge
    return f"{low:g}+"
