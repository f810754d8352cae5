"""Why they stay with us: claims of the reasons that several people share."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.themes import Theme
from icp_synth.stages.positioning.study import Told, is_tenure

_LEAST_PEOPLE = 2
_REASONS = frozenset({"reason_to_stay", "like", "brand_affinity"})


def why_us(told: Told, themes: Sequence[Theme]) -> tuple[tuple[Claim, ...], list[str]]:
    """Return the shared reasons as claims with the field `why_us`.

    A reason to stay is one by its category. Praise and loyalty are reasons where
    they are about the product: they name it, or are near to what the brief says of
    it. What names a rival alone is about the rival. Who has left has no reason.

    Args:
        told: Whose `stayed` are counted.
        themes: A claim is a theme restricted to the reasons in it, of at least two
            people; so wording and membership of themes stay as they are.

    Returns:
        Claims by support, and the ids of reasons that no claim holds.
    """
    reasons = {one.id: one for one in told.ordered() if _counts(told, one)}
    about = _near_the_brief(told)
    reasons = {
        one.id: one for one in reasons.values() if _is_of_product(told, one, about)
    }
    claims = [
        claim
        for theme in themes
        if (claim := _claim(told, [reasons[i] for i in theme.insights if i in reasons]))
    ]
    claims.sort(key=lambda one: (-len(one.supports), one.id))
    held = {one for claim in claims for one in claim.insights}
    return tuple(claims), [one for one in reasons if one not in held]


def _counts(told: Told, insight: Insight) -> bool:
    return (
        insight.category in _REASONS
        and insight.participant in told.counted()
        and not is_tenure(insight)
    )


def _near_the_brief(told: Told) -> set[str]:
    brief = told.brief
    sentences = [*brief.value_proposition, *brief.differentiators]
    near = told.near_to(list(dict.fromkeys(sentences)))
    return {one for ids in near.values() for one in ids}


def _is_of_product(told: Told, insight: Insight, about: set[str]) -> bool:
    if told.names_product(insight):
        return True
    if told.names_rival(insight):
        return False
    return insight.category == "reason_to_stay" or insight.id in about


def _claim(told: Told, insights: Sequence[Insight]) -> Claim | None:
    people = sorted({one.participant for one in insights})
    if len(people) < _LEAST_PEOPLE:
        return None
    ids = tuple(one.id for one in insights)
    text = insights[0].statement
    return Claim(
        id=content_id("clm", "why_us", sorted(ids), text),
        field="why_us",
        text=text,
        basis="evidence",
        insights=ids,
        supports=tuple(people),
        unjudged=tuple(sorted(set(told.people) - set(people))),
    )
