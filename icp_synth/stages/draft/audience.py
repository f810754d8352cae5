"""The target audience: what all the people share from whom ICPs are drafted."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.values import Value
from icp_synth.stages.draft.fact_seeds import cited_by_all
from icp_synth.stages.draft.seeds import Findings, shared_facts

FIELD = "audience"

_MOST_CLAIMS = 8
_LEAST_PEOPLE = 3
_LEAST_SHARE = 0.5

_WHERE = frozenset({"channel", "advocacy"})
"""Where they meet and are reached, whom they listen to, who recommends."""

_BESIDE = frozenset({"place", "language", "media"})
"""Facts of persons that tell where a market is reached."""


class _Shared(Value):
    text: str
    insights: tuple[str, ...]
    supports: tuple[str, ...]
    within: int


def audience_claims(
    study: Findings, people: Sequence[str], *, least_share: float = _LEAST_SHARE
) -> tuple[Claim, ...]:
    """Return what the drafted people have in common as a market.

    The audience is the widest circle and says little: what kind of firms they are, as
    at least half of them and three have in common; where they are reached, and who
    recommends, as three have in common. What goes wrong in their day is no audience.
    At most eight, most people first.

    Args:
        study: Everything that was found.
        people: All from whom the ICPs are drafted.
        least_share: Of `people`, 0 to 1, for facts.

    Returns:
        Claims with `field` `audience`; a theme's text is its name, a fact's its value.
        They are told of the whole study, and so cite everybody whom they count, people
        from whom nothing is drafted too.
    """
    group = frozenset(people)
    least = max(_LEAST_PEOPLE, ceil(least_share * len(group)))
    shared = [one for one in _facts(study, group) if one.within >= least]
    shared += [one for one in _reached(study, group) if one.within >= _LEAST_PEOPLE]
    shared.sort(key=lambda one: (-one.within, -len(one.supports), one.insights))
    return tuple(_claim(study, one) for one in shared[:_MOST_CLAIMS])


def _reached(study: Findings, group: frozenset[str]) -> list[_Shared]:
    """Return the themes of channels, and of who speaks for such products."""
    found = []
    for theme in study.themes:
        inside = [
            study.insights[one]
            for one in theme.insights
            if study.insights[one].participant in group
        ]
        if 2 * sum(map(_tells_where, inside)) <= len(inside):
            continue
        found.append(
            _Shared(
                text=theme.label,
                insights=theme.insights,
                supports=theme.participants,
                within=len(group.intersection(theme.participants)),
            )
        )
    return found


def _tells_where(insight: Insight) -> bool:
    return insight.category in _WHERE or insight.attribute == "media"


def _facts(study: Findings, group: frozenset[str]) -> list[_Shared]:
    return [
        _Shared(
            text=seed.label,
            insights=cited_by_all(study, seed),
            supports=seed.supports,
            within=seed.within,
        )
        for seed in shared_facts(study, sorted(group))
        if _of_the_market(seed.field)
    ]


def _of_the_market(field: str) -> bool:
    known = PROFILE_FIELDS.get(field)
    if known is None or known.protected:
        return False
    return known.category == "firmographic" or field in _BESIDE


def _claim(study: Findings, shared: _Shared) -> Claim:
    supports = tuple(sorted(shared.supports))
    return Claim(
        id=content_id("clm", FIELD, sorted(shared.insights), shared.text),
        field=FIELD,
        text=shared.text,
        basis="evidence",
        insights=shared.insights,
        supports=supports,
        unjudged=tuple(sorted(set(study.people) - set(supports))),
    )
