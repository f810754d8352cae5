"""A scorecard: criteria in three grades, with weights; and what it makes of facts.

The formulae are those of the field's scorecards: grades 0, 1, 2 and weights w give
`100 · Σ w·g / (2 · Σ w)`; a failed must-have excludes whatever the total, and an
unknown criterion is a range, never a "not fit".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from icp_synth.domain.conditions import Condition, Known, holds
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.values import Value

Grade = Literal["not_fit", "viable", "perfect_fit"]
UnknownPolicy = Literal["known_only", "low", "middle"]
Tier = Literal["excluded", "needs_check", "perfect_fit", "viable", "not_fit", "unknown"]

POINTS: dict[Grade, int] = {"not_fit": 0, "viable": 1, "perfect_fit": 2}
LEAST_COVERAGE = 0.5
"""Share of the weight: more must be known for a grade to say anything."""

_FIRM = "firmographic"
_TRADE = "industry"
_MOST = 2


class ScorecardRow(Value):
    """One criterion in three grades; what is neither perfect nor viable is not fit.

    Attributes:
        field: A profile field.
        perfect_fit: The condition of two points.
        viable: The condition of one point; None where nothing lies between.
        weight: More than 0.
        must_have: Not fit here excludes whatever the total.
        status: Whether the criterion rests on evidence.
        claims: Ids of the claims that it rests on.
    """

    field: str
    perfect_fit: Condition
    viable: Condition | None = None
    weight: float = Field(default=1.0, gt=0)
    must_have: bool = False
    status: Literal["assumption", "evidence"] = "assumption"
    claims: tuple[str, ...] = ()


class Scorecard(Value):
    """A draft to be tested on accounts.

    Attributes:
        rows: One a field.
        unknown: What an unknown criterion counts as in the ranked total: left out
            (`known_only`), 0 points (`low`) or 1 (`middle`). The range is always told.
        tiers: Least total of a tier; below both it is `not_fit`.
        unsteady: It is drafted from a group that does not come back when people are
            drawn anew: whom it fits is `needs_check`, whatever the total.
    """

    rows: tuple[ScorecardRow, ...] = ()
    unknown: UnknownPolicy = "known_only"
    tiers: Mapping[Literal["perfect_fit", "viable"], float] = {
        "perfect_fit": 75.0,
        "viable": 40.0,
    }
    unsteady: bool = False


class GradedRow(Value):
    """A criterion on one account; None is not known."""

    field: str
    grade: Grade | None
    weight: float
    must_have: bool = False


class Graded(Value):
    """What a scorecard makes of one account.

    Attributes:
        rows: As in the scorecard.
        total: 0 to 100 by the policy; None where nothing is known.
        low: The total if everything unknown is not fit.
        high: The total if everything unknown fits perfectly.
        coverage: Share of the weight that is known, 0 to 1.
        tier: `excluded` by a failed must-have; `needs_check` by an unknown one, and
            where no more than half of the weight is known; else by the total, of an
            account `viable` at best where nothing firmographic is known, or not the
            trade where one is asked for; `unknown` where nothing is known. An unsteady
            scorecard gives none better than `needs_check`.
    """

    rows: tuple[GradedRow, ...]
    total: float | None
    low: float
    high: float
    coverage: float
    tier: Tier


def grade(scorecard: Scorecard, facts: Mapping[str, Sequence[Known]]) -> Graded:
    """Grade an account by what is known of it.

    Args:
        scorecard: Any; one without rows knows nothing.
        facts: Field → values, oldest first.

    Returns:
        Totals rounded to two places.

    Example:
        >>> row = ScorecardRow(
        ...     field="sites", perfect_fit=Condition(operator=">=", value=2)
        ... )
        >>> grade(Scorecard(rows=(row,)), {"sites": [3]}).total
        100.0
    """
    rows = tuple(
        GradedRow(
            field=row.field,
            grade=grade_row(row, facts.get(row.field, ())),
            weight=row.weight,
            must_have=row.must_have,
        )
        for row in scorecard.rows
    )
    weight = sum(row.weight for row in rows)
    known = sum(row.weight for row in rows if row.grade is not None)
    won = sum(row.weight * POINTS[row.grade] for row in rows if row.grade is not None)
    open_ = weight - known
    low = _percent(won, weight)
    high = _percent(won + _MOST * open_, weight) if weight else 100.0
    total: float | None = None
    if known:
        total = {
            "known_only": _percent(won, known),
            "low": low,
            "middle": _percent(won + open_, weight),
        }[scorecard.unknown]
    return Graded(
        rows=rows,
        total=total,
        low=low,
        high=high,
        coverage=round(known / weight, 4) if weight else 0.0,
        tier=_tier(scorecard, rows, total, enough=known > LEAST_COVERAGE * weight),
    )


def grade_row(row: ScorecardRow, values: Sequence[Known]) -> Grade | None:
    """Grade one criterion; None where what is known does not tell."""
    perfect = holds(row.perfect_fit, row.field, values)
    if perfect:
        return "perfect_fit"
    viable = None if row.viable is None else holds(row.viable, row.field, values)
    if viable:
        # A range that reaches over the end of "perfect" is at least viable.
        return "viable"
    if perfect is None or (row.viable is not None and viable is None):
        return None
    return "not_fit"


def _percent(points: float, weight: float) -> float:
    return round(100 * points / (_MOST * weight), 2) if weight else 0.0


def _tier(
    scorecard: Scorecard,
    rows: Sequence[GradedRow],
    total: float | None,
    *,
    enough: bool,
) -> Tier:
    musts = [row.grade for row in rows if row.must_have]
    if "not_fit" in musts:
        return "excluded"
    if None in musts:
        return "needs_check"
    if total is None:
        return "unknown"
    fits = total >= min(scorecard.tiers["perfect_fit"], scorecard.tiers["viable"])
    if not enough or (scorecard.unsteady and fits):
        return "needs_check"
    if total >= scorecard.tiers["perfect_fit"] and _firm_known(rows):
        return "perfect_fit"
    return "viable" if total >= scorecard.tiers["viable"] else "not_fit"


def _firm_known(rows: Sequence[GradedRow]) -> bool:
    """Tell whether it is known what kind of firm an account is.

    A scorecard of persons asks for nothing of the sort. Where one asks for the trade,
    that has to be known: firms of any trade have that size.
    """
    if any(row.field == _TRADE and row.grade is None for row in rows):
        return False
    fields = [PROFILE_FIELDS[row.field] for row in rows if row.field in PROFILE_FIELDS]
    if all(one.level == "person" for one in fields):
        return True
    return any(
        row.grade is not None
        and row.field in PROFILE_FIELDS
        and PROFILE_FIELDS[row.field].category == _FIRM
        for row in rows
    )
