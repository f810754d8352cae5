"""Why they stay with us: what several people share, and outright single voices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.positioning import Reason
from icp_synth.domain.profiles import Claim
from icp_synth.domain.themes import Theme
from icp_synth.embedding.words import is_cjk, pieces
from icp_synth.stages.positioning.shared import (
    in_common,
    keys_of,
    terms,
)
from icp_synth.stages.positioning.study import (
    AGAINST,
    Alike,
    Told,
    is_tenure,
    is_wish,
    words_of,
)

_LEAST_PEOPLE = 2
_REASONS = frozenset({"reason_to_stay", "like", "desired_gain"})
_HALF = 0.5
_SENTENCE = 5
_STAYS = re.compile(
    r"\bwhy (?:i|we) (?:stay|keep|renew)|\b(?:i|we)(?:['’]d| would) (?:not|never) "
    r"(?:swap|switch|leave|change)\b|\bfight to keep|\b(?:i|we)(?:['’]ll| will) stay\b"
    r"|一直用下去|繼續用|续约|所以續約|不會換|不会换",
    re.IGNORECASE,
)


class Reasons(NamedTuple):
    """Why people stay.

    Attributes:
        shared: Claims with the field `why_us`, by support.
        single: Outright reasons that no claim holds, the strongest first; `of` a claim
            where it is of the same thing.
        unthemed: Ids of reasons and praise that no claim holds.
    """

    shared: tuple[Claim, ...]
    single: tuple[Reason, ...]
    unthemed: tuple[str, ...]


def why_us(told: Told, themes: Sequence[Theme]) -> Reasons:
    """Return the reasons to stay that people share, and those of one alone.

    A claim is a theme restricted to those whose own words are a reason: they name one
    outright, praise the product, or have gained by it. Its text is the theme's name,
    against which every member was held when it was named, since one person's sentence
    cannot stand for others; a theme whose name is a member's words gives none. Who
    has left has no reason, and who objects to the same thing shares none. What stands
    in the theme of a shared reason is no reason of one alone; nor is what names what
    the claim names and is worded like somebody's words for it. Where no product is
    named, nobody can say why they stay with it.

    Args:
        told: Whose `stayed` are counted.
        themes: Named.
    """
    if not (told.brief.product or told.brief.what):
        return Reasons((), (), ())
    reasons = {one.id: one for one in told.ordered() if _is_reason(told, one)}
    against = [
        one
        for one in told.ordered()
        if one.category in AGAINST and told.of_product(one)
    ]
    alike = told.alike(
        list(dict.fromkeys(theme.label for theme in themes)),
        [*reasons.values(), *against],
    )
    found = [
        (theme, claim)
        for theme in themes
        if (claim := _claim(told, theme, reasons, against=against, alike=alike))
    ]
    claims = [claim for _, claim in found]
    claims.sort(key=lambda one: (-len(one.supports), one.id))
    held = {one for theme, _ in found for one in theme.insights}
    outright = [
        one for one in reasons.values() if one.id not in held and _is_outright(one)
    ]
    return Reasons(
        shared=tuple(claims),
        single=_single(outright, _of(told, outright, claims)),
        unthemed=tuple(
            one.id
            for one in reasons.values()
            if one.id not in held and one.category != "desired_gain"
        ),
    )


def _is_reason(told: Told, insight: Insight) -> bool:
    return (
        insight.category in _REASONS
        and insight.participant in told.counted()
        and not is_tenure(insight)
        and told.of_product(insight)
        and not (insight.category == "desired_gain" and is_wish(insight))
    )


def _is_outright(insight: Insight) -> bool:
    """Tell whether somebody says that this is why they stay."""
    return insight.category == "reason_to_stay" or any(
        _STAYS.search(quote.text) for quote in insight.quotes
    )


def _of(
    told: Told, outright: Sequence[Insight], claims: Sequence[Claim]
) -> dict[str, str]:
    """Return insight → the claim that says the same, the most alike one."""
    members = {
        claim.id: [told.insights[one] for one in claim.insights] for claim in claims
    }
    words = {
        one.id: tuple(dict.fromkeys((one.statement, *(q.text for q in one.quotes))))
        for held in members.values()
        for one in held
    }
    every = list(dict.fromkeys(text for own in words.values() for text in own))
    alike = told.alike(every, outright)
    found = {}
    for one in outright:
        keys = keys_of(words_of(one))
        near = [
            (best, claim.id)
            for claim in claims
            if in_common(terms(claim.text), keys)
            and (
                best := max(
                    alike[text, one.id]
                    for member in members[claim.id]
                    for text in words[member.id]
                )
            )
            >= told.near
        ]
        if near:
            found[one.id] = max(near)[1]
    return found


def _single(insights: Iterable[Insight], of: Mapping[str, str]) -> tuple[Reason, ...]:
    ranked = sorted(
        insights,
        key=lambda one: (-(one.intensity or 0), one.participant, one.quotes[0].start),
    )
    once = {(one.participant, one.quotes[0].text): one for one in reversed(ranked)}
    return tuple(
        Reason(
            participant=one.participant,
            quote=one.quotes[0].text,
            insight=one.id,
            of=of.get(one.id),
        )
        for one in ranked
        if once[one.participant, one.quotes[0].text] is one
    )


def _claim(
    told: Told,
    theme: Theme,
    reasons: Mapping[str, Insight],
    *,
    against: Sequence[Insight],
    alike: Alike,
) -> Claim | None:
    if _is_ones_own(told, theme):
        return None
    opposed = {
        one.participant
        for one in against
        if _objects(told, theme.label, one, alike[theme.label, one.id])
    }
    carrying = [
        one
        for name in theme.insights
        if (one := reasons.get(name)) is not None and one.participant not in opposed
    ]
    denying = {
        one.participant
        for one in carrying
        if told.stance(theme.label, one) == "contradicts"
    }
    insights = [one for one in carrying if one.participant not in denying]
    people = sorted({one.participant for one in insights})
    if len(people) < _LEAST_PEOPLE or not _of_us(told, insights):
        return None
    ids = tuple(one.id for one in insights)
    return Claim(
        id=content_id("clm", "why_us", sorted(ids), theme.label),
        field="why_us",
        text=theme.label,
        basis="evidence",
        insights=ids,
        supports=tuple(people),
        unjudged=tuple(sorted(set(told.people) - set(people))),
    )


def _is_ones_own(told: Told, theme: Theme) -> bool:
    """Tell whether the name of a theme is what one of its people said.

    A few words may stand in somebody's sentence by chance.
    """
    label = theme.label
    texts = [
        text
        for name in theme.insights
        if (one := told.insights.get(name)) is not None
        for text in (one.statement, *(quote.text for quote in one.quotes))
    ]
    if label in texts:
        return True
    said = [text for text in texts if text in label or label in text]
    length = sum(len(one) / 2 if is_cjk(one) else 1 for one in pieces(label))
    return bool(said) and length >= _SENTENCE


def _objects(told: Told, label: str, insight: Insight, cosine: float) -> bool:
    """Tell whether a dislike or objection is of the very thing."""
    named = terms(label)
    shared = in_common(named, keys_of(words_of(insight)))
    return cosine >= told.near or bool(named and len(shared) == len(named))


def _of_us(told: Told, insights: Iterable[Insight]) -> bool:
    """Tell whether somebody says that it is the product that they have it from."""
    return any(
        one.category in {"reason_to_stay", "like"} or told.refers_to_product(one)
        for one in insights
    )
