"""Top-down ICPs that are none of those found: ICPs of their own, marked as assumed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.fit import Fit
from icp_synth.domain.hypotheses import TopDown, Weighed
from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import (
    Claim,
    Coverage,
    Criterion,
    Fact,
    Icp,
    Persona,
)
from icp_synth.domain.scorecards import Scorecard
from icp_synth.pipeline.notes import assumed
from icp_synth.pipeline.positioning import Study, from_above, hypotheses_of
from icp_synth.pipeline.targets import Whole
from icp_synth.pipeline.work import Work
from icp_synth.stages.draft.overlaps import fits_of, overlaps_of
from icp_synth.stages.draft.scorecards import draft_scorecard, known_facts
from icp_synth.stages.draft.signals import signals_of

_HALF = 0.5


def assumptions(
    work: Work,
    study: Study,
    found: Sequence[Icp],
    *,
    finish: Callable[[Claim], Claim],
) -> tuple[TopDown, ...]:
    """Return what was assumed, weighed against the interviews and the ICPs found.

    Args:
        work: Through all stages.
        study: What the interviews gave.
        found: The ICPs found in them.
        finish: Gives a claim its anchors and its confidence.
    """
    weighed = from_above(
        study,
        hypotheses_of(work),
        {one.id: one.participants for one in found},
        language=work.settings.language,
    )
    return tuple(
        one.model_copy(update={"claims": tuple(map(finish, one.claims))})
        for one in weighed
    )


def with_assumed(work: Work, whole: Whole, above: Sequence[TopDown]) -> Whole:
    """Put the ICPs that stand apart from those found among them.

    Overlaps, fits and the audience take them in. An account's best ICP is an assumed
    one only where one of its own people belongs to it: scored by assumptions alone,
    nobody is taken out of an ICP that the interviews gave. A persona belongs to an
    assumed ICP that holds at least half of its people.

    Args:
        work: Through all stages.
        whole: With the ICPs found.
        above: All top-down ICPs, their claims finished.

    Returns:
        The same where none stands apart.
    """
    apart = [one for one in above if one.icp is not None]
    if not apart:
        return whole
    mine = [_icp(work, one, whole.personas) for one in apart]
    linked = tuple(_linked(one, mine) for one in whole.personas)
    icps = sorted((*whole.icps, *mine), key=lambda one: (-one.n, one.id))
    scored = fits_of(icps, work.people, known_facts(work.facts), level=work.level)
    fits = _own_best(scored, whole.fits, mine)
    names = sorted({*whole.audience.includes, *(one.id for one in mine)})
    return whole._replace(
        audience=whole.audience.model_copy(update={"includes": tuple(names)}),
        icps=tuple(icps),
        personas=linked,
        overlaps=overlaps_of(icps, fits),
        fits=fits,
    )


def _icp(work: Work, above: TopDown, personas: Sequence[Persona]) -> Icp:
    people = above.participants
    companies = {work.people[name].company for name in people} - {None}
    accounts = tuple(sorted(str(one) for one in companies))
    if work.level == "person":
        accounts = ()
    claims = sorted(above.claims, key=lambda one: (-len(one.supports), one.id))
    of_accounts = bool(accounts) or (not people and _of_accounts(work, above))
    # Where nobody's company is known, those heard are so many people, not companies.
    companies_known = any(one.company for one in work.people.values())
    return Icp(
        id=above.icp or "",
        version=content_id("icp", list(people), "draft", [one.id for one in claims]),
        name=above.name or assumed(work.settings.language),
        status="draft",
        segment=None,
        type="account" if of_accounts else "person",
        n=len(accounts or people),
        criteria=_by_account(work, above)
        if of_accounts and companies_known
        else above.criteria,
        refused=above.refused,
        claims=tuple(claims),
        # What was assumed can show no signal, so none is operational; who speaks of
        # one is counted all the same.
        signals=signals_of(frozenset(people), work.published()),
        scorecard=_scorecard(above, work),
        personas=tuple(one.id for one in personas if _belongs(one, people)),
        participants=people,
        accounts=accounts,
        origin="hypotheses",
    )


def _by_account(work: Work, above: TopDown) -> tuple[Criterion, ...]:
    """Return the criteria with accounts counted: colleagues are one."""
    stated = {
        claim.id: weighed
        for weighed, claim in zip(above.weighed, above.claims, strict=True)
    }

    def accounts(people: Iterable[str]) -> int:
        return len({work.people[name].company or name for name in people})

    counted = []
    for one in above.criteria:
        weighed = stated[one.claim or ""]
        told = (*weighed.supports, *weighed.contradicts)
        coverage = Coverage(
            known=accounts(told),
            of=accounts((*told, *weighed.silent, *weighed.unclear)),
        )
        counted.append(
            one.model_copy(update={"coverage": coverage, "counts": "account"})
        )
    return tuple(counted)


def _of_accounts(work: Work, above: TopDown) -> bool:
    """Tell what an ICP without people is of: companies, if a criterion is on one."""
    return work.level == "account" and any(
        PROFILE_FIELDS[one.field].level == "account" for one in above.criteria
    )


def _linked(persona: Persona, icps: Iterable[Icp]) -> Persona:
    more = (one.id for one in icps if persona.id in one.personas)
    return persona.model_copy(update={"icps": (*persona.icps, *more)})


def _belongs(persona: Persona, people: Sequence[str]) -> bool:
    shared = set(persona.participants) & set(people)
    return (
        persona.status != "too_little"
        and bool(shared)
        and len(shared) >= _HALF * len(persona.participants)
    )


def _scorecard(above: TopDown, work: Work) -> Scorecard:
    """Return the scorecard that the criteria propose, one row a field."""
    drafted = draft_scorecard(_comparable(above, work))
    claims: dict[str, list[str]] = defaultdict(list)
    for one in above.criteria:
        claims[one.field].append(one.claim or "")
    rows = tuple(
        row.model_copy(update={"claims": tuple(dict.fromkeys(claims[row.field]))})
        for row in drafted.rows
    )
    return drafted.model_copy(update={"rows": rows})


def _comparable(above: TopDown, work: Work) -> list[Criterion]:
    """Return the criteria as a scorecard compares them.

    The figures of a field make one range. A scorecard compares words as they are, so
    those that the supporters used stand beside those of the hypothesis: who said
    "gyms and pools" supports "gym".
    """
    said = {
        claim.id: _words(weighed, work.facts)
        for weighed, claim in zip(above.weighed, above.claims, strict=True)
    }
    found: list[Criterion] = []
    for field in dict.fromkeys(one.field for one in above.criteria):
        held = [one for one in above.criteria if one.field == field]
        if PROFILE_FIELDS[field].type in {"number", "money"}:
            found.append(_range(held))
            continue
        found += [
            one.model_copy(update={"operator": "=", "value": word})
            for one in held
            if one.operator in {"=", "in"}
            for word in sorted({*_named(one), *said[one.claim or ""]})
        ] or held[:1]
    return found


def _words(
    weighed: Weighed, facts: Mapping[str, Mapping[str, Sequence[Fact]]]
) -> set[str]:
    """Return the values of the facts that support a hypothesis."""
    field, cited = weighed.hypothesis.field, set(weighed.insights)
    return {
        fact.value
        for name in weighed.supports
        for fact in facts.get(name, {}).get(field, ())
        if cited.intersection(fact.insights)
    }


def _named(one: Criterion) -> list[str]:
    given = one.value if isinstance(one.value, tuple) else (one.value,)
    return [str(word) for word in given]


def _range(held: Sequence[Criterion]) -> Criterion:
    """Return the figures of one field as one condition; the first, where none meets."""
    ends = [_ends(one) for one in held]
    low, high = max(low for low, _ in ends), min(high for _, high in ends)
    units = {one.unit for one in held}
    if low > high or len(units) > 1:
        return held[0]
    operator, value = "between", (low, high)
    only: float | None = None
    if high == inf:
        operator, only = ">=", low
    elif low == -inf:
        operator, only = "<=", high
    evidence = all(one.status == "evidence" for one in held)
    return held[0].model_copy(
        update={
            "operator": operator,
            "value": value if only is None else only,
            "status": "evidence" if evidence else "assumption",
            "effect": "knock_out"
            if any(one.effect == "knock_out" for one in held)
            else "weight",
        }
    )


def _ends(one: Criterion) -> tuple[float, float]:
    if isinstance(one.value, tuple):
        return float(one.value[0]), float(one.value[1])
    figure = float(one.value)
    return (
        -inf if one.operator == "<=" else figure,
        inf if one.operator == ">=" else figure,
    )


def _own_best(
    scored: Sequence[Fit], found: Sequence[Fit], mine: Iterable[Icp]
) -> tuple[Fit, ...]:
    """Return the scores of all ICPs, the best one as `with_assumed` says."""
    people = {one.id: set(one.participants) for one in mine}
    before = {one.account: one for one in found}
    fits = []
    for fit in scored:
        best = fit.best or ""
        if best in people and not people[best].intersection(fit.participants):
            was = before.get(fit.account)
            update = {"best": was.best if was else None, "tie": bool(was and was.tie)}
            fits.append(fit.model_copy(update=update))
        else:
            fits.append(fit)
    return tuple(fits)
