"""Which criteria of an ICP moved, and in which respect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from icp_synth.domain.diffs import CriterionChange, CriterionState, Owner
from icp_synth.domain.profiles import Criterion, Icp, Synthesis

_RESPECTS = ("value", "unit", "coverage", "status", "effect", "weight")


def compare_criteria(
    old: Synthesis,
    new: Synthesis,
    same: Mapping[str, str],
    *,
    negative: Mapping[str, str] | None = None,
) -> tuple[CriterionChange, ...]:
    """Return the criteria that are new, gone or moved, ICP by ICP, negative ones last.

    Args:
        old: The older synthesis.
        new: The newer one.
        same: Id of an ICP before → id of what it is now.
        negative: The same of negative ICPs.
    """
    return (
        *_of_all("icp", old.icps, new.icps, same),
        *_of_all("negative", old.negative, new.negative, negative or {}),
    )


def _of_all(
    sort: Literal["icp", "negative"],
    old: Sequence[Icp],
    new: Sequence[Icp],
    same: Mapping[str, str],
) -> list[CriterionChange]:
    before = {one.id: one for one in old}
    origin = {now: before[was] for was, now in same.items()}
    changes: list[CriterionChange] = []
    for icp in new:
        was = origin.get(icp.id)
        owner = Owner(sort=sort, id=icp.id, name=icp.name)
        changes += _of_one(was.criteria if was else (), icp.criteria, owner)
    for icp in old:
        if icp.id not in same:
            owner = Owner(sort=sort, id=icp.id, name=icp.name)
            changes += _of_one(icp.criteria, (), owner)
    return changes


def _of_one(
    old: Sequence[Criterion], new: Sequence[Criterion], icp: Owner
) -> list[CriterionChange]:
    """Pair criteria of one field: equal values first, then in their order."""
    changes = []
    for field in dict.fromkeys(one.field for one in (*new, *old)):
        left = [_state(one) for one in old if one.field == field]
        rest: list[CriterionState] = []
        pairs: list[tuple[CriterionState, CriterionState]] = []
        for now in (_state(one) for one in new if one.field == field):
            same = next((was for was in left if _asks(was) == _asks(now)), None)
            if same is None:
                rest.append(now)
            else:
                left.remove(same)
                pairs.append((same, now))
        several = min(len(left), len(rest))
        pairs += zip(left[:several], rest[:several], strict=True)
        changes += [
            CriterionChange(
                change="moved", icp=icp, field=field, what=what, before=was, after=now
            )
            for was, now in pairs
            if (what := _moved(was, now))
        ]
        changes += [
            CriterionChange(change="new", icp=icp, field=field, after=one)
            for one in rest[several:]
        ]
        changes += [
            CriterionChange(change="gone", icp=icp, field=field, before=one)
            for one in left[several:]
        ]
    return changes


def _state(one: Criterion) -> CriterionState:
    return CriterionState(
        operator=one.operator,
        value=one.value,
        unit=one.unit,
        status=one.status,
        effect=one.effect,
        weight=one.weight,
        known=one.coverage.known,
        of=one.coverage.of,
    )


def _asks(one: CriterionState) -> tuple[object, ...]:
    return one.operator, one.value, one.unit


def _moved(was: CriterionState, now: CriterionState) -> tuple[str, ...]:
    differs = {
        "value": (was.operator, was.value) != (now.operator, now.value),
        "unit": was.unit != now.unit,
        "coverage": (was.known, was.of) != (now.known, now.of),
        "status": was.status != now.status,
        "effect": was.effect != now.effect,
        "weight": was.weight != now.weight,
    }
    return tuple(name for name in _RESPECTS if differs[name])
