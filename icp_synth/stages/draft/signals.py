"""The seven fit signals of an ICP: evidence for and against, and what can be observed.

A signal counts for something only where it can be seen on an account: an observable, a
data field to look in, and a threshold, all from what these people said, and true of
most who speak for it. Without one it is `not_operational` and has no score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.conditions import Condition, holds
from icp_synth.domain.fields import PROFILE_FIELDS, SIGNALS
from icp_synth.domain.fit import Side, Signal, Voices
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Criterion
from icp_synth.stages.draft.scorecards import Facts
from icp_synth.stages.draft.signs import ReadBy, read_by, unread_of, voices_of

_ENOUGH = 3
"""People who must speak for a signal before it can score 2."""
_CLEAR = 0.75
"""Share of the voices that must speak for it."""
_SHOWS = 0.6
"""Share of those who speak for a signal of whom its observable must hold."""


class _Proposal(NamedTuple):
    """Where a signal may be seen: a fact field or a category, and how it compares."""

    observable: str
    source: str
    data_field: str
    operator: str


class _Seen(NamedTuple):
    """A proposal with evidence."""

    proposal: _Proposal
    threshold: Condition
    claims: tuple[str, ...]
    holders: frozenset[str]


class _Told(NamedTuple):
    """What people said, by which it is known of whom an observable holds."""

    insights: Sequence[Insight]
    facts: Facts

    def speak_of(self, category: str) -> frozenset[str]:
        """Return who has said something of a category, as `KIND/CATEGORY`."""
        return frozenset(
            one.participant
            for one in self.insights
            if f"{one.kind}/{one.category}" == category
        )

    def meet(self, threshold: Condition, field: str) -> frozenset[str]:
        """Return of whom a condition is known to hold."""
        return frozenset(
            name
            for name, known in self.facts.items()
            if holds(threshold, field, known.get(field, ()))
        )


CATALOGUE: Mapping[str, tuple[_Proposal, ...]] = {
    "ready": (_Proposal("trigger_event", "motivation/trigger", "other:trigger", ">="),),
    "willing": (
        _Proposal("workaround_in_place", "pain/workaround", "other:workaround", ">="),
        _Proposal("looks_and_compares", "trait/purchase_pattern", "other:demo", ">="),
    ),
    "able": (
        _Proposal("budget_at_least", "budget", "budget", ">="),
        _Proposal("pays_at_least", "willingness_to_pay", "willingness_to_pay", ">="),
        _Proposal("who_decides", "decision_role", "decision_role", "in"),
    ),
    "success_potential": (_Proposal("works_with", "technology", "technology", "in"),),
    "acquisition_efficiency": (
        _Proposal("decides_within", "sales_cycle", "sales_cycle", "<="),
        _Proposal("reached_through", "trait/channel", "other:source_of_lead", ">="),
    ),
    "ascension_potential": (_Proposal("sites_at_least", "sites", "sites", ">="),),
    "advocacy_potential": (
        _Proposal("referrals", "motivation/advocacy", "other:referrals", ">="),
    ),
}
"""What shows each signal before a sale, the most telling first; nothing else does.

Everybody has problems, a size shows no success, and what somebody pays or how long they
have been a customer is known of customers alone. A figure's threshold is the end of the
range that these people gave; a category's is "at least one on record".
"""


def signals_of(
    people: Collection[str],
    insights: Iterable[Insight],
    *,
    criteria: Sequence[Criterion] = (),
    claims: Sequence[Claim] = (),
    facts: Facts | None = None,
    product: str = "",
) -> dict[str, Signal]:
    """Gather the seven signals of an ICP.

    Score, for an operational signal of which somebody spoke: 2 with at least three
    people for it who are three quarters of the voices; 0 with more people against it
    than for it; else 1, and never more where no sign against it can be read. None
    for any other.

    Args:
        people: Those of the ICP.
        insights: Of the whole study.
        criteria: Of the ICP (and of its people, for what a person holds).
        claims: Of the ICP and its personas.
        facts: Of everybody; whether an observable holds is told by them.
        product: Its name: a gain that is had of something else shows no success.

    Returns:
        All seven, in the order of `SIGNALS`.
    """
    everything = list(insights)
    mine = [one for one in everything if one.participant in people]
    told = _Told(mine, facts or {})
    signals = {}
    for name in SIGNALS:
        how = read_by(everything, name)
        speaks, against = (
            voices_of(mine, f"{sign}{name}", how, product=product) for sign in "+-"
        )
        seen = (
            one
            for one in _observables(name, criteria, claims, told)
            if _shows(one, speaks)
        )
        signals[name] = _signal(
            (speaks, against),
            next(seen, None),
            len(people),
            how,
            unread=unread_of(everything, name, how),
        )
    return signals


def _signal(
    voices: tuple[Voices, Voices],
    seen: _Seen | None,
    of: int,
    read_by: ReadBy,
    *,
    unread: tuple[Side, ...],
) -> Signal:
    speaks, against = voices
    points = score(len(speaks.participants), len(against.participants))
    if points is not None and "against" in unread:
        points = min(points, 1)
    return Signal(
        {
            "status": "operational" if seen else "not_operational",
            "for": speaks,
            "against": against,
            "of": of,
            "read_by": read_by,
            "unread": unread,
            "observable": seen.proposal.observable if seen else None,
            "data_field": seen.proposal.data_field if seen else None,
            "threshold": seen.threshold if seen else None,
            "claims": seen.claims if seen else (),
            "score": points if seen else None,
        }
    )


def score(speaks: int, against: int) -> int | None:
    """Return 0 to 2 by the people for and against, None where nobody spoke of it.

    Example:
        >>> score(3, 1), score(2, 0), score(1, 2), score(0, 0)
        (2, 1, 0, None)
    """
    if not speaks + against:
        return None
    if against > speaks:
        return 0
    clear = speaks / (speaks + against) >= _CLEAR
    return 2 if clear and speaks >= _ENOUGH else 1


def _shows(seen: _Seen, speaks: Voices) -> bool:
    """Tell whether an observable holds of most who speak for a signal."""
    held = seen.holders.intersection(speaks.participants)
    return bool(held) and len(held) >= _SHOWS * len(speaks.participants)


def _observables(
    name: str, criteria: Sequence[Criterion], claims: Sequence[Claim], told: _Told
) -> Iterator[_Seen]:
    for proposal in CATALOGUE[name]:
        field = proposal.source
        spoken = [one for one in claims if one.field == field]
        ids = tuple(dict.fromkeys(one.id for one in spoken))
        if field not in PROFILE_FIELDS:
            if spoken:
                once = Condition(operator=">=", value=1.0)
                yield _Seen(proposal, once, ids, told.speak_of(field))
            continue
        held = [one for one in criteria if one.field == field]
        threshold = _threshold(proposal.operator, held, spoken)
        if threshold is None:
            continue
        ids = tuple(one.claim for one in held if one.claim) or ids
        yield _Seen(proposal, threshold, ids, told.meet(threshold, field))


def _threshold(
    operator: str, criteria: Sequence[Criterion], claims: Sequence[Claim]
) -> Condition | None:
    """Return what the people's own values say: the ends of figures, the words named.

    A person's fact is a claim of a persona and no criterion of a company: words of
    such a claim will do, figures are read from criteria alone.
    """
    if operator == "in":
        words = {str(one.value) for one in criteria} or {one.text for one in claims}
        return Condition(operator="in", value=tuple(sorted(words))) if words else None
    if not criteria:
        return None
    first = criteria[0]
    low, high = _ends(first)
    if operator == ">=" and low is not None:
        return Condition(operator=">=", value=low, unit=first.unit)
    if operator == "<=" and high is not None:
        return Condition(operator="<=", value=high, unit=first.unit)
    return None


def _ends(one: Criterion) -> tuple[float | None, float | None]:
    """Return the ends of a range; None is open, or no figure."""
    value = one.value
    if isinstance(value, tuple):
        low, high = value[0], value[-1]
        return (None, None) if isinstance(low, str) else (float(low), float(high))
    if isinstance(value, str):
        return None, None
    low_, high_ = (one.operator in {sign, "="} for sign in (">=", "<="))
    return (float(value) if low_ else None), (float(value) if high_ else None)
