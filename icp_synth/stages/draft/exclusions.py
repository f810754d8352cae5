"""Find who is not ideal, why, where else they belong, and when they may come back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from icp_synth.domain.conditions import holds
from icp_synth.domain.exclusions import (
    EXCLUDED_GROUPS,
    Exclusion,
    ExclusionCode,
    Readmission,
    Referral,
    group_name,
)
from icp_synth.domain.fields import Level
from icp_synth.domain.fit import Voices
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Icp
from icp_synth.domain.values import Value
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.scorecards import Facts
from icp_synth.stages.draft.sections import mentions
from icp_synth.stages.draft.seeds import Findings, find_seeds

_BEST_GROUP = "super_user"
_LEAST_PEOPLE = 3
_WHY = frozenset({"problem", "obstacle", "dislike", "objection", "fear"})
_KEEN_CATEGORIES = frozenset({"like", "advocacy", "desired_gain", "trigger"})
_KEEN_SIGNS = frozenset({"+ready", "+willing", "+advocacy_potential"})
_NO_MONEY = re.compile(
    r"\b(?:no|without(?: a| any)?|zero|haven['’]?t (?:got )?(?:a|any|the)?"
    r"|have(?:n['’]t| not)? (?:got )?no|don['’]?t have (?:a|any|the)|not (?:a|any)"
    r"|lack(?:ed|s|ing)?(?: the| a| any)?)\s+(?:\w+\s+){0,2}?(?:budget|money|funds"
    r"|funding|cash)\b"
    r"|\b(?:can(?:no|['’])t|couldn['’]?t|could not|unable to|can not)"
    r"(?:\s+\w+){0,2}?\s+afford\b"
    r"|\bnothing to spend\b|\bout of (?:our|my|the) (?:budget|price range)\b"
    r"|\bbudget (?:is|was) (?:zero|nil|nothing)\b"
    r"|(?:沒|没)(?:有|什麼|什么)*(?:預算|预算|經費|经费|錢|钱|資金|资金)"
    r"|(?:付|負擔|负担|買|买|花|出)不起|預算(?:是|為)零|预算(?:是|为)零",
    re.IGNORECASE,
)
_MONEY_FIELDS = ("budget", "willingness_to_pay", "price_paid")


class Excluded(Value):
    """A set of people who are not ideal, for one reason.

    `profile` holds what they share, as a skeleton that no analyst words.
    """

    code: ExclusionCode
    profile: Profile
    keen: Voices
    not_able: Voices
    keen_not_able: tuple[str, ...]


def find_excluded(study: Findings, *, level: Level = "account") -> tuple[Excluded, ...]:
    """Return who is not ideal, by reason.

    The groups `churned`, `lost` and `poor_fit` of participants.csv each make one; so
    do people of no such group, and not super-users, who are keen on the product and
    say that they have no money for it (`keen_not_able`).

    Args:
        study: Everything that was found.
        level: Whether ICPs are of companies or of persons.

    Returns:
        In the order of the reasons; `too_little` under three people.
    """
    keen, not_able = _keen(study), _not_able(study)
    sams = set(keen.participants) & set(not_able.participants)
    sets: dict[ExclusionCode, list[str]] = defaultdict(list)
    for name in sorted(study.people):
        group = group_name(study.people[name].group) or ""
        if group in EXCLUDED_GROUPS:
            sets[EXCLUDED_GROUPS[group]].append(name)
        elif name in sams and group != _BEST_GROUP:
            sets["keen_not_able"].append(name)
    order: list[ExclusionCode] = [*EXCLUDED_GROUPS.values(), "keen_not_able"]
    return tuple(
        Excluded(
            code=code,
            profile=_profile(study, sets[code], level),
            keen=_among(study, keen, sets[code]),
            not_able=_among(study, not_able, sets[code]),
            keen_not_able=tuple(name for name in sets[code] if name in sams),
        )
        for code in order
        if sets[code]
    )


def _profile(study: Findings, people: Sequence[str], level: Level) -> Profile:
    companies = {study.people[name].company for name in people} - {None}
    return Profile(
        what="negative",
        segment=None,
        participants=tuple(people),
        accounts=tuple(sorted(one for one in companies if one))
        if level == "account"
        else (),
        status="draft" if len(people) >= _LEAST_PEOPLE else "too_little",
        seeds=tuple(find_seeds(study, people)),
    )


def exclusion_of(excluded: Excluded, claims: Sequence[Claim]) -> Exclusion:
    """Say why these people are excluded, with the claims that speak of it.

    Args:
        excluded: As found.
        claims: Those of the negative ICP.
    """
    return Exclusion(
        code=excluded.code,
        claims=tuple(
            one.id
            for one in claims
            if one.field.split("/")[-1] in _WHY or one.field in _MONEY_FIELDS
        ),
        keen=excluded.keen,
        not_able=excluded.not_able,
        keen_not_able=excluded.keen_not_able,
    )


def referral_of(
    excluded: Excluded, insights: Iterable[Insight], rivals: Sequence[str]
) -> Referral:
    """Say where these people may be better served: rivals and brands they name.

    Args:
        excluded: As found.
        insights: Of the whole study.
        rivals: As the brief names them.
    """
    people = set(excluded.profile.participants)
    mine = [one for one in insights if one.participant in people]
    by_id = {one.id: one for one in mine}
    brands = sorted(
        {
            one.value
            for one in mine
            if one.category == "brand_affinity" and one.value and not one.normal
        }
    )
    named = {
        name: Voices(
            participants=tuple(sorted({by_id[one].participant for one in ids})),
            insights=tuple(ids),
        )
        for name, ids in sorted(mentions(mine, (*rivals, *brands)).items())
    }
    return Referral(status="evidence" if named else "no_evidence", named=named)


def readmissions_of(
    excluded: Excluded, icps: Sequence[Icp], facts: Facts
) -> tuple[Readmission, ...]:
    """Say when these people would fit: the criteria that most of them miss today.

    Args:
        excluded: As found.
        icps: Those that were drafted.
        facts: Of everybody.

    Returns:
        Criteria that at least half of those whose field is known miss, by ICP; and the
        budget, where they were keen and could not pay.
    """
    people = excluded.profile.participants
    drafted = [icp for icp in sorted(icps, key=lambda one: one.id) if icp.criteria]
    found = [
        one
        for icp in drafted
        if icp.status != "too_little"
        for one in _missed(icp, people, facts)
    ]
    if excluded.keen_not_able:
        found.append(_budget(excluded, drafted))
    return tuple(found)


def _missed(icp: Icp, people: Sequence[str], facts: Facts) -> list[Readmission]:
    found = []
    for row in icp.scorecard.rows:
        wanted = row.perfect_fit
        told = {
            name: fits
            for name in people
            if (
                fits := holds(wanted, row.field, facts.get(name, {}).get(row.field, ()))
            )
            is not None
        }
        missed = tuple(sorted(name for name, fits in told.items() if not fits))
        if missed and 2 * len(missed) >= len(told):
            found.append(
                Readmission(
                    code="meets_criterion",
                    icp=icp.id,
                    field=row.field,
                    operator=wanted.operator,
                    value=wanted.value,
                    unit=wanted.unit,
                    missed_by=missed,
                    known=len(told),
                    claims=row.claims,
                )
            )
    return found


def _budget(excluded: Excluded, icps: Sequence[Icp]) -> Readmission:
    """Return the budget from which on the keen would fit, if an ICP states one."""
    held = [
        (icp, row)
        for field in _MONEY_FIELDS
        for icp in icps
        for row in icp.scorecard.rows
        if row.field == field and row.perfect_fit.operator == "between"
    ]
    common = {
        "code": "has_budget",
        "missed_by": excluded.keen_not_able,
        "known": len(excluded.keen_not_able),
    }
    if not held:
        return Readmission.model_validate({**common, "field": _MONEY_FIELDS[0]})
    icp, row = held[0]
    low = row.perfect_fit.value
    return Readmission.model_validate(
        {
            **common,
            "icp": icp.id,
            "field": row.field,
            "operator": ">=",
            "value": low[0] if isinstance(low, tuple) else low,
            "unit": row.perfect_fit.unit,
            "claims": row.claims,
        }
    )


def _keen(study: Findings) -> Voices:
    return _voices(
        one
        for one in study.insights.values()
        if one.category in _KEEN_CATEGORIES or _KEEN_SIGNS.intersection(one.signals)
    )


def _not_able(study: Findings) -> Voices:
    """Return who says that there is no money, and nowhere that there is."""
    paying = {
        one.participant
        for one in study.insights.values()
        if "+able" in one.signals
        or (one.attribute in _MONEY_FIELDS and one.normal is not None and _some(one))
    }
    return _voices(
        one
        for one in study.insights.values()
        if one.participant not in paying
        and (
            "-able" in one.signals
            or any(_NO_MONEY.search(quote.text) for quote in one.quotes)
        )
    )


def _some(insight: Insight) -> bool:
    normal = insight.normal
    return normal is not None and bool(normal.low or normal.high)


def _voices(insights: Iterable[Insight]) -> Voices:
    said = list(insights)
    return Voices(
        participants=tuple(sorted({one.participant for one in said})),
        insights=tuple(one.id for one in said),
    )


def _among(study: Findings, voices: Voices, people: Collection[str]) -> Voices:
    return _voices(
        study.insights[one]
        for one in voices.insights
        if study.insights[one].participant in people
    )
