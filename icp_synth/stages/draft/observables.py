"""What shows a fit signal on an account before a sale: where to look, and from when on.

An observable rests on what people said. A category is one only where their quotes name
what is looked for: that somebody used a spreadsheet is no demo that was asked for. A
figure or a word is one only where it tells those who speak for the signal from others
of the same group: the least figure of everybody tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.conditions import Condition, Known, holds, unit_of
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Claim, Criterion
from icp_synth.stages.draft.scorecards import Facts

_SHOWS = 0.6
"""Share of those who speak for a signal of whom its observable must hold; and of the
others, who must miss a figure or a word."""
_HOLDERS = 2
"""People of whom a figure or a word must hold: one's own tools are no sign."""
_OTHERS = 2
"""People of the group who do not speak for a signal, and of whom the field is known."""

_TRIED = re.compile(
    r"\b(?:demo(?:s|ed|nstrat\w+)?|trial(?:s|led|ed)?|free (?:month|week|version)"
    r"|pilot(?:ed)?|(?:try|tried|test(?:ed)?) (?:it|them|this|that|both|out|the))\b"
    r"|試用|试用|試過|试过|示範|示范|演示|展示",
    re.IGNORECASE,
)
_LED_HERE = re.compile(
    r"\b(?:told (?:me|us)|recommended|referred|introduced|came across"
    r"|heard (?:of|about)|showed (?:it to )?(?:me|us)|found (?:it|you|them)|adverts?"
    r"|ads?|leaflets?|newsletters?|google\w*|typed|search(?:ed)? for|asked in)\b"
    r"|介紹|介绍|推薦|推荐|廣告|广告|搜尋|搜索|聽說|听说",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\b(?:told (?!me\b|us\b)\w+|because of me|(?:gave|given) a reference"
    r"|referred|recommended|introduced|showed (?:him|her|them)"
    r"|(?<!would )(?<!['’]d )"
    r"(?:recommend|tell (?:people|everyone|everybody|them|others?)))\b"
    r"|(?:有|已經|已经|都)(?:我)?(?:跟\w{1,6})?(?:介紹|介绍|推薦|推荐)",
    re.IGNORECASE,
)
"""They did tell others; that they would is no referral."""


class Proposal(NamedTuple):
    """Where a signal may be seen: a fact field or a category, and how it compares.

    Attributes:
        observable: Its code.
        source: A profile field, or `KIND/CATEGORY`.
        data_field: The column to look in.
        operator: How it compares.
        named: What a quote of the category must say; None where the category is the
            thing itself, such as an event.
    """

    observable: str
    source: str
    data_field: str
    operator: str
    named: re.Pattern[str] | None = None


class Seen(NamedTuple):
    """A proposal with evidence."""

    proposal: Proposal
    threshold: Condition
    claims: tuple[str, ...]
    holders: frozenset[str]


class Told(NamedTuple):
    """What the people of an ICP said, and their facts."""

    people: Collection[str]
    insights: Sequence[Insight]
    facts: Facts

    def naming(self, proposal: Proposal) -> tuple[Insight, ...]:
        """Return the insights of a category that name what is looked for."""
        return tuple(
            one
            for one in self.insights
            if f"{one.kind}/{one.category}" == proposal.source
            and (
                proposal.named is None
                or any(proposal.named.search(quote.text) for quote in one.quotes)
            )
        )

    def known(self, field: str, name: str) -> Sequence[Known]:
        """Return what is known of somebody in a field."""
        return self.facts.get(name, {}).get(field, ())

    def meet(self, threshold: Condition, field: str) -> frozenset[str]:
        """Return of whom a condition is known to hold."""
        return frozenset(
            name
            for name in self.people
            if holds(threshold, field, self.known(field, name))
        )


CATALOGUE: Mapping[str, tuple[Proposal, ...]] = {
    "ready": (Proposal("trigger_event", "motivation/trigger", "other:trigger", ">="),),
    "willing": (
        Proposal("workaround_in_place", "pain/workaround", "other:workaround", ">="),
        Proposal(
            "looks_and_compares", "trait/purchase_pattern", "other:demo", ">=", _TRIED
        ),
    ),
    "able": (
        Proposal("budget_at_least", "budget", "budget", ">="),
        Proposal("pays_at_least", "willingness_to_pay", "willingness_to_pay", ">="),
        Proposal("who_decides", "decision_role", "decision_role", "in"),
    ),
    "success_potential": (Proposal("works_with", "technology", "technology", "in"),),
    "acquisition_efficiency": (
        Proposal("decides_within", "sales_cycle", "sales_cycle", "<="),
        Proposal(
            "reached_through", "trait/channel", "other:source_of_lead", ">=", _LED_HERE
        ),
    ),
    "ascension_potential": (Proposal("sites_at_least", "sites", "sites", ">="),),
    "advocacy_potential": (
        Proposal(
            "referrals", "motivation/advocacy", "other:referrals", ">=", _PASSED_ON
        ),
    ),
}
"""What shows each signal before a sale, the most telling first; nothing else does.

Everybody has problems, a size shows no success, and what somebody pays or how long they
have been a customer is known of customers alone. A category's threshold is "at least
one on record".
"""


def shown_by(
    name: str,
    speaks: Collection[str],
    told: Told,
    *,
    criteria: Sequence[Criterion],
    claims: Sequence[Claim],
) -> Seen | None:
    """Return what shows a signal, if anything does: the first that most for it have.

    Args:
        name: Of the signal.
        speaks: People of the ICP who speak for it.
        told: What the ICP's people said.
        criteria: Of the ICP (and of its people, for what a person holds).
        claims: Of the ICP and its personas.
    """
    for seen in _observables(name, speaks, told, criteria=criteria, claims=claims):
        held = seen.holders.intersection(speaks)
        if held and len(held) >= _SHOWS * len(speaks):
            return seen
    return None


def _observables(
    name: str,
    speaks: Collection[str],
    told: Told,
    *,
    criteria: Sequence[Criterion],
    claims: Sequence[Claim],
) -> Iterator[Seen]:
    for proposal in CATALOGUE[name]:
        field = proposal.source
        spoken = [one for one in claims if one.field == field]
        if field not in PROFILE_FIELDS:
            named = told.naming(proposal)
            cited = {one.id for one in named}
            ids = tuple(one.id for one in spoken if not cited.isdisjoint(one.insights))
            if ids:
                once = Condition(operator=">=", value=1.0)
                holders = frozenset(one.participant for one in named)
                yield Seen(proposal, once, tuple(dict.fromkeys(ids)), holders)
            continue
        held = [one for one in criteria if one.field == field]
        if proposal.operator == "in":
            threshold = _words(held, spoken)
        else:
            threshold = _figure(proposal, held, speaks, told)
        if threshold is None or not _apart(threshold, field, speaks, told):
            continue
        ids = tuple(one.claim for one in held if one.claim)
        ids = ids or tuple(dict.fromkeys(one.id for one in spoken))
        yield Seen(proposal, threshold, ids, told.meet(threshold, field))


def _apart(wanted: Condition, field: str, speaks: Collection[str], told: Told) -> bool:
    """Tell whether two who speak for a signal meet a condition, and others miss it.

    Of words, whoever named others has missed them.
    """
    met = told.meet(wanted, field)
    known = [
        name
        for name in set(told.people).difference(speaks)
        if told.known(field, name)
        and (
            wanted.operator == "in"
            or holds(wanted, field, told.known(field, name)) is not None
        )
    ]
    misses = len(known) - len(met.intersection(known))
    return (
        len(met.intersection(speaks)) >= _HOLDERS
        and len(known) >= _OTHERS
        and misses >= _SHOWS * len(known)
    )


def _words(criteria: Sequence[Criterion], claims: Sequence[Claim]) -> Condition | None:
    """Return the words that people named.

    A person's fact is a claim of a persona and no criterion of a company: words of
    such a claim will do, figures are read from criteria alone.
    """
    words = {str(one.value) for one in criteria} or {one.text for one in claims}
    return Condition(operator="in", value=tuple(sorted(words))) if words else None


def _figure(
    proposal: Proposal,
    criteria: Sequence[Criterion],
    speaks: Collection[str],
    told: Told,
) -> Condition | None:
    """Return the end of the figures of those who speak for a signal."""
    if not criteria:
        return None
    field, unit = proposal.source, criteria[0].unit
    least = proposal.operator == ">="
    ends = [
        end
        for name in sorted(speaks)
        for value in told.known(field, name)[-1:]
        if (end := _end(value, unit, least=least)) is not None
    ]
    if not ends:
        return None
    return Condition(
        operator=proposal.operator, value=min(ends) if least else max(ends), unit=unit
    )


def _end(value: Known, unit: str | None, *, least: bool) -> float | None:
    """Return the lower (or upper) end of a figure in a unit; None of any other."""
    if isinstance(value, Normal):
        end = value.low if least else value.high
        return end if unit_of(value) == unit else None
    return None if isinstance(value, str) else float(value)
