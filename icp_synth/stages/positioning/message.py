"""Set the value proposition beside the reasons that people give themselves."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.insights import Insight
from icp_synth.domain.positioning import MatchCode, MessageMatch
from icp_synth.domain.profiles import Claim
from icp_synth.domain.statistics import wilson
from icp_synth.stages.positioning.study import PRAISE, Told

_GIVEN = PRAISE | {"brand_affinity"}
_AGAINST = frozenset({"dislike", "objection"})


def message_match(told: Told) -> tuple[MessageMatch, ...]:
    """Match each sentence of the value proposition with what people say.

    It is stated by those who give it as a reason: what they praise, gain, recommend
    or stay for, near to the sentence. It is contradicted where the judge says so, or
    where a dislike or objection that names the product is near. Problems are not
    looked at by themselves, as most of them are told of the time before.

    Args:
        told: Whose `stayed` are the n.

    Returns:
        In the order of the brief. Somebody who states and contradicts a sentence
        contradicts it.
    """
    sentences = list(dict.fromkeys(told.brief.value_proposition))
    near = told.near_to(sentences)
    return tuple(_match(told, one, near[one]) for one in sentences)


def unsaid(claims: Sequence[Claim], matches: Sequence[MessageMatch]) -> tuple[str, ...]:
    """Return the ids of reasons of which the value proposition says nothing."""
    said = {one for match in matches for one in (*match.insights, *match.counter)}
    return tuple(claim.id for claim in claims if not said & set(claim.insights))


def _match(told: Told, sentence: str, ids: Sequence[str]) -> MessageMatch:
    counted = told.counted()
    near = [told.insights[one] for one in ids]
    near = [one for one in near if one.participant in counted]
    stances = told.judge(sentence, [one.statement for one in near])
    by: list[Insight] = []
    against: list[Insight] = []
    judged = set()
    for one, stance in zip(near, stances, strict=True):
        unjudged = stance == "unjudged"
        if stance == "contradicts" or (unjudged and _speaks_against(told, one)):
            against.append(one)
        elif stance == "supports" or (unjudged and one.category in _GIVEN):
            by.append(one)
            if stance == "supports":
                judged.add(one.participant)
    contradicts = {one.participant for one in against}
    supports = {one.participant for one in by} - contradicts
    return MessageMatch(
        sentence=sentence,
        code=_code(supports, contradicts),
        supports=tuple(sorted(supports)),
        contradicts=tuple(sorted(contradicts)),
        insights=tuple(one.id for one in by if one.participant in supports),
        counter=tuple(one.id for one in against),
        by_likeness=tuple(sorted(supports - judged)),
        k=len(supports),
        n=len(counted),
        interval=wilson(len(supports), len(counted)),
    )


def _speaks_against(told: Told, insight: Insight) -> bool:
    return insight.category in _AGAINST and told.names_product(insight)


def _code(supports: set[str], contradicts: set[str]) -> MatchCode:
    if contradicts:
        return "contradicted"
    return "stated" if supports else "not_stated"
