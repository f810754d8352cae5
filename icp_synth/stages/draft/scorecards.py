"""Draft a scorecard from an ICP's criteria, and say which look like knock-outs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from math import ceil

from icp_synth.domain.conditions import Condition, Conditional, Known
from icp_synth.domain.insights import Insight
from icp_synth.domain.measurable import AFTER_PURCHASE
from icp_synth.domain.profiles import Criterion, Fact
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.units import whole
from icp_synth.stages.draft.alike import holds_in_words
from icp_synth.stages.draft.reason_fields import is_a_reason

_REACH = 2.0
"""Half to twice a range is viable."""
_KNOWN_INSIDE = 3
_KNOWN_OUTSIDE = 2

Facts = Mapping[str, Mapping[str, Sequence[Known]]]
"""Participant (or account) → field → values, oldest first."""


def known_facts(facts: Mapping[str, Mapping[str, Sequence[Fact]]]) -> Facts:
    """Return facts as values that conditions compare: figures, or words."""
    return {
        name: {
            field: [one.normal or one.value for one in said]
            for field, said in by_field.items()
        }
        for name, by_field in facts.items()
    }


def draft_scorecard(
    criteria: Sequence[Criterion],
    apart: Collection[Mapping[str, Sequence[Known]]] = (),
) -> Scorecard:
    """Return the scorecard that an ICP's criteria propose, one row a field.

    A range fits perfectly; from half its lower to twice its upper end is viable. Of
    words, those that three people gave fit perfectly and the others are viable; where
    no word has three people, all of them fit perfectly. The row weighs what the
    heaviest of its criteria does, and is a must-have when one of them knocks out.
    What nobody has who is no customer yet, such as tenure, is left out.

    What a knock-out was drawn from it must keep out as well: it has no viable side, and
    no viable word, under which one of those apart would pass.

    Args:
        criteria: Of one ICP.
        apart: Facts of each of those with whom its knock-outs were compared.
    """
    by_field: dict[str, list[Criterion]] = defaultdict(list)
    for one in criteria:
        if one.field not in AFTER_PURCHASE:
            by_field[one.field].append(one)
    return Scorecard(
        rows=tuple(
            _row(held, [one.get(field, ()) for one in apart])
            for field, held in by_field.items()
        )
    )


def _row(held: Sequence[Criterion], apart: Sequence[Sequence[Known]]) -> ScorecardRow:
    evidence = [one for one in held if one.status == "evidence"]
    field = held[0].field
    knock_outs = [one for one in held if one.effect == "knock_out"]
    perfect, viable = _grades(knock_outs or evidence or held, held)
    if knock_outs and viable is not None:
        viable = _clipped(perfect, viable, field, apart)
    return ScorecardRow(
        field=field,
        perfect_fit=perfect,
        viable=viable,
        weight=max(one.weight or 1.0 for one in held),
        must_have=bool(knock_outs),
        status="evidence" if evidence else "assumption",
        claims=tuple(dict.fromkeys(one.claim for one in held if one.claim)),
    )


def _grades(
    best: Sequence[Criterion], held: Sequence[Criterion]
) -> tuple[Condition, Condition | None]:
    first = best[0]
    if first.operator == "between" and isinstance(first.value, tuple):
        low, high = float(first.value[0]), float(first.value[1])
        least = low / _REACH
        least = float(ceil(least)) if whole(first.unit) else least
        wider = (least, high * _REACH) if low >= 0 else None
        return (
            Condition(operator="between", value=(low, high), unit=first.unit),
            Condition(operator="between", value=wider, unit=first.unit)
            if wider
            else None,
        )
    if first.operator not in {"=", "in"}:
        own = Condition(operator=first.operator, value=first.value, unit=first.unit)
        return own, None
    mine = tuple(sorted({word for one in best for word in _words(one)}))
    rest = tuple(sorted({word for one in held for word in _words(one)} - set(mine)))
    return (
        Condition(operator="in", value=mine),
        Condition(operator="in", value=rest) if rest else None,
    )


def _clipped(
    perfect: Condition,
    viable: Condition,
    field: str,
    apart: Sequence[Sequence[Known]],
) -> Condition | None:
    """Return what stays viable once none of those apart may pass."""
    parted = [said for said in apart if _holds(perfect, field, said) is False]

    def pass_by(part: Condition) -> set[bool | None]:
        return {_holds(part, field, said) for said in parted}

    if viable.operator == "in":
        words = tuple(
            word
            for word in _words(viable)
            if True not in pass_by(Condition(operator="in", value=(word,)))
        )
        return Condition(operator="in", value=words) if words else None
    (low, high), (least, most) = _ends(perfect), _ends(viable)
    below, above = (
        pass_by(Condition(operator="between", value=side, unit=viable.unit)) <= {False}
        for side in ((least, low), (high, most))
    )
    kept = (least if below else low, most if above else high)
    return None if kept == (low, high) else viable.model_copy(update={"value": kept})


def _ends(of: Condition) -> tuple[float, float]:
    value = of.value
    if not isinstance(value, tuple):
        return float(value), float(value)
    return float(value[0]), float(value[-1])


def _words(one: Conditional) -> tuple[str, ...]:
    value = one.value
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def with_knock_outs(
    criteria: Sequence[Criterion],
    facts: Facts,
    *,
    inside: Collection[str],
    outside: Collection[str],
    reasons: Sequence[Insight],
) -> tuple[Criterion, ...]:
    """Mark the criteria that separate without exception, as drafts of knock-outs.

    One does when it is evidence, holds for all of the ICP whose field is known, at
    least three, and for none of those who are not ideal, at least two of them known;
    and its field is among the reasons that these give. Two firms that left over a
    winter break may both be small by chance. Accounts are counted where the ICP is of
    accounts: three colleagues are one.

    Args:
        criteria: Of one ICP.
        facts: Of every account or person, by name.
        inside: The ICP's accounts or people.
        outside: Those that churned, were lost, or fit badly.
        reasons: What is said of why people left or do not fit.
    """
    marked = []
    for one in criteria:
        here = _known(one, facts, inside)
        there = _known(one, facts, outside)
        separates = (
            one.status == "evidence"
            and is_a_reason(one.field, reasons)
            and len(here) >= _KNOWN_INSIDE
            and all(here)
            and len(there) >= _KNOWN_OUTSIDE
            and not any(there)
        )
        marked.append(
            one.model_copy(update={"effect": "knock_out"}) if separates else one
        )
    return tuple(marked)


def _known(one: Criterion, facts: Facts, names: Collection[str]) -> list[bool]:
    found = (
        _holds(one, one.field, facts.get(name, {}).get(one.field, ()))
        for name in sorted(names)
    )
    return [fits for fits in found if fits is not None]


def _holds(one: Conditional, field: str, values: Sequence[Known]) -> bool | None:
    return holds_in_words(one, field, values)
