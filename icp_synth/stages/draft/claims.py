"""Give a profile its words: what the analyst sees, and the claims it worded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from math import ceil, floor, log2

from icp_synth.analysts.protocol import ClaimToWord, Skeleton, Wordings
from icp_synth.domain.conditions import Condition, condition_of
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Insight
from icp_synth.domain.measurable import (
    RefusalCode,
    RefusedCriterion,
    lint_criterion,
)
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.domain.units import whole
from icp_synth.stages.draft.findings import Findings, Seed
from icp_synth.stages.draft.profiles import KIND_OF_FIRM, Profile
from icp_synth.stages.draft.trades import holds_for_most, settled_trade

_QUOTES_SHOWN = 3
_EVIDENCE_FROM = 3
"""A criterion is evidence from this many accounts on (people, of an ICP of persons)."""
_EVIDENCE_SHARE = 2 / 3
"""Of the accounts (people): of so many it must be known. Three of six are a glimpse."""

_LEAST_WEIGHT = 0.01
_TOO_FEW_WEIGHT = 0.1
"""Of what two people said: nothing can be told from their shares."""
_ASSUMED = 0.5


def skeleton_of(study: Findings, profile: Profile, *, divided: bool = True) -> Skeleton:
    """Return what the analyst sees: numbered claims, at most three quotes each.

    Args:
        study: Everything that was found.
        profile: An ICP or a persona.
        divided: Others were put elsewhere; False of the one group that holds all.
    """
    return Skeleton(
        id=content_id("skl", profile.model_dump(mode="json")),
        what="icp_of_people" if _of_people(profile) else profile.what,
        people=len(profile.participants),
        of=len(study.people),
        divided=divided,
        claims=tuple(
            ClaimToWord(
                number=number,
                field=seed.field,
                label=seed.label,
                statements=_statements(study, seed),
                quotes=_quotes(study, seed),
                supports=seed.within,
                of=len(profile.participants),
            )
            for number, seed in enumerate(profile.seeds, start=1)
        ),
    )


def _of_people(profile: Profile) -> bool:
    return profile.what == "icp" and not profile.accounts


def _first_of_each(study: Findings, seed: Seed) -> list[Insight]:
    """Return one insight a participant, most central first."""
    firsts: dict[str, Insight] = {}
    for one in seed.insights:
        insight = study.insights[one]
        firsts.setdefault(insight.participant, insight)
    return list(firsts.values())


def _statements(study: Findings, seed: Seed) -> tuple[str, ...]:
    return tuple(one.statement for one in _first_of_each(study, seed))


def _quotes(study: Findings, seed: Seed) -> tuple[str, ...]:
    shown = _first_of_each(study, seed)[:_QUOTES_SHOWN]
    return tuple(one.quotes[0].text for one in shown)


def claims_of(
    study: Findings, profile: Profile, wordings: Wordings
) -> tuple[Claim, ...]:
    """Return the claims of a profile, worded where the analyst gave a text.

    A fact's text is its value: words about a figure would only blur it.
    """
    everybody = frozenset(study.people)
    claims = []
    for number, seed in enumerate(profile.seeds, start=1):
        fact = seed.field in PROFILE_FIELDS
        text = seed.label if fact else wordings.texts.get(number, seed.label)
        claims.append(
            Claim(
                id=claim_id(seed, text),
                field=seed.field,
                text=text,
                basis="evidence",
                insights=seed.insights,
                supports=seed.supports,
                unjudged=tuple(sorted(everybody - set(seed.supports))),
                other_value=seed.others,
                not_comparable=seed.unlike,
                example=seed.example and text == seed.label,
            )
        )
    return tuple(claims)


def claim_id(seed: Seed, text: str) -> str:
    """Return the content id of a seed's claim, once it has a text."""
    return content_id("clm", seed.field, sorted(seed.insights), text)


def criteria_of(
    profile: Profile,
    claims: Sequence[Claim],
    *,
    allow_protected: Collection[str] = (),
    insights: Mapping[str, Insight] | None = None,
) -> tuple[Criterion, ...]:
    """Return the measurable conditions: the fact claims about accounts.

    For an ICP of persons every unprotected fact field is measurable.

    Args:
        profile: With its seeds.
        claims: One a seed, in the same order.
        allow_protected: Protected fields that study.toml allows.
        insights: By id, of a study in which a theme may settle the trade.
    """
    return tuple(
        one
        for one in _judged(profile, claims, allow_protected, insights or {})
        if isinstance(one, Criterion)
    )


def refused_of(
    profile: Profile,
    claims: Sequence[Claim],
    *,
    allow_protected: Collection[str] = (),
    insights: Mapping[str, Insight] | None = None,
) -> tuple[RefusedCriterion, ...]:
    """Return the facts that are no criteria, each with the reason.

    Args:
        profile: With its seeds.
        claims: One a seed, in the same order.
        allow_protected: As for `criteria_of`.
        insights: As for `criteria_of`.
    """
    return tuple(
        one
        for one in _judged(profile, claims, allow_protected, insights or {})
        if isinstance(one, RefusedCriterion)
    )


def _judged(
    profile: Profile,
    claims: Sequence[Claim],
    allow_protected: Collection[str],
    insights: Mapping[str, Insight],
) -> Iterator[Criterion | RefusedCriterion]:
    """Yield each fact claim as a criterion, or as a refused one.

    Where the kind of firm is no criterion, that is said as well.
    """
    kind = False
    for one in _each(profile, claims, allow_protected, insights):
        kind = kind or (isinstance(one, Criterion) and one.field == KIND_OF_FIRM)
        yield one
    if not kind and profile.accounts and not profile.everybody:
        yield RefusedCriterion(
            field=KIND_OF_FIRM, operator="in", value=profile.kinds, code="no_kind"
        )


def _each(
    profile: Profile,
    claims: Sequence[Claim],
    allow_protected: Collection[str],
    insights: Mapping[str, Insight],
) -> Iterator[Criterion | RefusedCriterion]:
    settled = settled_trade(profile, claims, insights)
    for at, (drafted, claim) in enumerate(zip(profile.seeds, claims, strict=True)):
        seed, rests_on = drafted, claim.id
        if settled and settled.at == at:
            seed, rests_on = settled.seed, settled.claim
        if seed.field not in PROFILE_FIELDS:
            continue
        wanted = _condition(seed)
        refusal = lint_criterion(
            seed.field,
            wanted.operator,
            wanted.value,
            unit=wanted.unit,
            allow_protected=allow_protected,
        )
        code = refusal.code if refusal else _unfit(profile, seed)
        if code is not None:
            yield RefusedCriterion(
                field=seed.field,
                operator=wanted.operator,
                value=wanted.value,
                code=code,
                word=refusal.word if refusal else None,
                claim=rests_on,
            )
            continue
        holders = set(seed.supports).intersection(profile.participants)
        evidence = _is_evidence(profile, seed)
        yield Criterion(
            field=seed.field,
            operator=wanted.operator,
            value=wanted.value,
            unit=wanted.unit,
            status="evidence" if evidence else "assumption",
            coverage=Coverage(
                known=profile.count(seed.known_by),
                of=profile.count(profile.participants),
            ),
            counts="account" if profile.accounts else "person",
            weight=_weight(profile, seed, len(holders), evidence=evidence),
            claim=rests_on,
        )


def _is_evidence(profile: Profile, seed: Seed) -> bool:
    """Tell whether a criterion is more than an assumption.

    Enough must hold it, enough of the ICP must have told, and where others told, it
    must not hold for them just as much: what everybody has describes nobody.
    """
    mine = frozenset(profile.participants)
    holders = mine.intersection(seed.supports)
    known = profile.count(seed.known_by)
    if profile.count(holders) < _EVIDENCE_FROM:
        return False
    if known < _EVIDENCE_SHARE * profile.count(mine):
        return False
    theirs = frozenset(seed.supports) - mine
    others = theirs | (frozenset(seed.others) - mine)
    return not others or len(theirs) * seed.known < seed.within * len(others)


def _unfit(profile: Profile, seed: Seed) -> RefusalCode | None:
    """Return why a measurable fact describes nobody in particular.

    A range is drawn around all who gave a figure; a word has to hold for most.
    """
    if profile.everybody:
        return "nothing_separates"
    return None if seed.normal is not None or holds_for_most(seed) else "too_few"


def _condition(seed: Seed) -> Condition:
    """Return what a fact claim asks for; what is counted, in whole ones."""
    span = seed.normal
    if span is None and len(seed.words) > 1:
        return Condition(operator="in", value=seed.words)
    if span is None:
        return Condition(operator="=", value=(*seed.words, seed.label)[0])
    if whole(span.unit):
        span = span.model_copy(
            update={
                "low": None if span.low is None else float(floor(span.low)),
                "high": None if span.high is None else float(ceil(span.high)),
            }
        )
    return condition_of(span)


def _weight(profile: Profile, seed: Seed, people: int, *, evidence: bool) -> float:
    """Return `log2(1 + lift) · share · coverage`, half of it for an assumption.

    The share is of those whose field is known, the coverage theirs of all: what sets
    apart, how many it holds for, and how far that is known. Below three people there
    is nothing to reckon with, and the weight is small. The logarithm keeps one
    criterion that nobody else meets from outweighing all the others.
    """
    if people < _EVIDENCE_FROM:
        return _TOO_FEW_WEIGHT
    share = seed.within / max(seed.known, 1)
    coverage = seed.known / len(profile.participants)
    weight = log2(1 + seed.lift) * share * coverage * (1.0 if evidence else _ASSUMED)
    return max(_LEAST_WEIGHT, round(weight, 2))
