"""The target audience: what all the people share from whom ICPs are drafted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import Claim
from icp_synth.domain.values import Value
from icp_synth.stages.draft.seeds import Findings, find_seeds

FIELD = "audience"

_MOST_CLAIMS = 8
_LEAST_PEOPLE = 3
_LEAST_SHARE = 0.5


class _Shared(Value):
    text: str
    insights: tuple[str, ...]
    supports: tuple[str, ...]
    within: int


def audience_claims(
    study: Findings, people: Sequence[str], *, least_share: float = _LEAST_SHARE
) -> tuple[Claim, ...]:
    """Return what at least half of the drafted people, and three, have in common.

    The audience is the widest circle and says little: themes and facts that do not
    tell the segments apart, at most eight, most people first.

    Args:
        study: Everything that was found.
        people: All from whom the ICPs are drafted.
        least_share: Of `people`, 0 to 1.

    Returns:
        Claims with `field` `audience`; a theme's text is its name, a fact's its value.
    """
    group = frozenset(people)
    least = max(_LEAST_PEOPLE, ceil(least_share * len(group)))
    shared = [
        one
        for one in (*_facts(study, group), *_themes(study, group))
        if one.within >= least
    ]
    shared.sort(key=lambda one: (-one.within, -len(one.supports), one.insights))
    return tuple(_claim(study, one) for one in shared[:_MOST_CLAIMS])


def _themes(study: Findings, group: Collection[str]) -> list[_Shared]:
    return [
        _Shared(
            text=theme.label,
            insights=tuple(
                one
                for one in theme.insights
                if study.insights[one].participant in group
            ),
            supports=theme.participants,
            within=len(set(theme.participants) & set(group)),
        )
        for theme in study.themes
    ]


def _facts(study: Findings, group: frozenset[str]) -> list[_Shared]:
    return [
        _Shared(
            text=seed.label,
            insights=seed.insights,
            supports=seed.supports,
            within=seed.within,
        )
        for seed in find_seeds(study, sorted(group))
        if seed.field in PROFILE_FIELDS and not PROFILE_FIELDS[seed.field].protected
    ]


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
