"""When people who are not ideal would fit: their conditions, and what they miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.conditions import Known
from icp_synth.domain.exclusions import Readmission
from icp_synth.domain.fields import Level
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Icp
from icp_synth.domain.scorecards import ScorecardRow
from icp_synth.stages.draft.alike import holds_in_words
from icp_synth.stages.draft.exclusions import (
    MONEY_FIELDS,
    MOST_CONDITIONS,
    Excluded,
)
from icp_synth.stages.draft.overlaps import merged
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.reason_fields import is_a_reason
from icp_synth.stages.draft.reasons import About, conditions_of, reasons_of
from icp_synth.stages.draft.scorecards import Facts


def readmissions_of(
    excluded: Excluded,
    icps: Sequence[Icp],
    facts: Facts,
    *,
    insights: Iterable[Insight] = (),
    about: About | None = None,
) -> tuple[Readmission, ...]:
    """Say when these people would fit: by their own words, then by what they miss.

    Args:
        excluded: As found.
        icps: Those that were drafted.
        facts: Of everybody.
        insights: Of the whole study.
        about: Names, and what people had been asked.

    Returns:
        Conditions that they state; criteria that at least half of those whose field
        is known miss, by ICP, where they give that field as a reason; and the budget,
        where they were keen and could not pay. Empty where nothing tells.
    """
    people = excluded.profile.participants
    names = about or About()
    mine = [one for one in insights if one.participant in people]
    reasons = reasons_of(mine, names, most=len(mine))
    drafted = [icp for icp in sorted(icps, key=lambda one: one.id) if icp.criteria]
    found = [_stated(one) for one in conditions_of(mine, names, most=MOST_CONDITIONS)]
    found += [
        one
        for icp in drafted
        if icp.status != "too_little"
        for one in _missed(icp, excluded.profile, facts)
        if is_a_reason(one.field, reasons)
    ]
    if excluded.keen_not_able:
        found.append(_budget(excluded, drafted))
    return tuple(found)


def _stated(insight: Insight) -> Readmission:
    return Readmission(
        code="stated",
        field=f"{insight.kind}/{insight.category}",
        text=insight.statement,
        insights=(insight.id,),
        missed_by=(insight.participant,),
        missed=1,
        known=1,
    )


def _missed(icp: Icp, profile: Profile, facts: Facts) -> list[Readmission]:
    """Return what at least half miss; colleagues are one where accounts are counted."""
    accounts: dict[str, list[str]] = defaultdict(list)
    for name in profile.participants:
        accounts[profile.account_of.get(name, name)].append(name)
    merged_facts = {one: merged(names, facts) for one, names in accounts.items()}
    found = []
    for row in icp.scorecard.rows:
        wanted = row.perfect_fit
        told = {
            account: fits
            for account, known in merged_facts.items()
            if (fits := _fits(row, known)) is not None
        }
        missed = [account for account, fits in told.items() if not fits]
        if missed and 2 * len(missed) >= len(told):
            found.append(
                Readmission(
                    code="meets_criterion",
                    icp=icp.id,
                    field=row.field,
                    operator=wanted.operator,
                    value=wanted.value,
                    unit=wanted.unit,
                    missed_by=tuple(
                        sorted(
                            name
                            for account in missed
                            for name in accounts[account]
                            if facts.get(name, {}).get(row.field)
                        )
                    ),
                    missed=len(missed),
                    known=len(told),
                    counts=_unit(profile),
                    claims=row.claims,
                )
            )
    return found


def _fits(row: ScorecardRow, known: Mapping[str, Sequence[Known]]) -> bool | None:
    return holds_in_words(row.perfect_fit, row.field, known.get(row.field, ()))


def _unit(profile: Profile) -> Level:
    return "account" if profile.accounts else "person"


def _budget(excluded: Excluded, icps: Sequence[Icp]) -> Readmission:
    """Return the budget from which on the keen would fit, if an ICP states one."""
    held = [
        (icp, row)
        for field in MONEY_FIELDS
        for icp in icps
        for row in icp.scorecard.rows
        if row.field == field and row.perfect_fit.operator == "between"
    ]
    counted = excluded.profile.count(excluded.keen_not_able)
    common = {
        "code": "has_budget",
        "missed_by": excluded.keen_not_able,
        "missed": counted,
        "known": counted,
        "counts": _unit(excluded.profile),
    }
    if not held:
        return Readmission.model_validate({**common, "field": MONEY_FIELDS[0]})
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
