"""What an ICP can be checked by: criteria, scorecard, what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from icp_synth.domain.conditions import Condition, Conditional
from icp_synth.domain.measurable import RefusedCriterion
from icp_synth.domain.profiles import Criterion, Icp
from icp_synth.exports.formatting import (
    condition_value,
    field_label,
    figure_in_words,
    percent,
)
from icp_synth.exports.words import Words


class Held(NamedTuple):
    """A claim behind a condition: where it stands, and the accounts it holds for."""

    anchor: str
    who: frozenset[str]


@dataclass(frozen=True)
class ValueShown:
    """One of the values that a condition takes, who has it, and the claim behind it."""

    value: str
    held: int
    anchor: str


@dataclass(frozen=True)
class CriterionShown:
    """A row of an ICP's table of conditions, in words.

    Attributes:
        values: What it asks for, one by one, where it asks for one of several.
        counted: How many companies, or people, it holds for, of those of whom it is
            known; of an assumed scope, how many stand within it, for that decides who
            belongs here.
        share_held, share_known: Of all it is about, percentages for a picture; empty
            where nothing was counted.
        viable: The weaker condition of the scorecard; empty where there is none.
        share: Of the scorecard's points, in percent; empty where it has no such row.
        anchor: Of the claim that it is read from; empty where there is none.
        belief: How sure whoever assumed it is, in percent; empty where unknown.
        test: How an assumption will be found out; may be empty.
    """

    field: str
    operator: str
    value: str
    values: tuple[ValueShown, ...]
    status: str
    counted: str
    share_held: str
    share_known: str
    effect: str
    viable: str
    share: str
    anchor: str
    belief: str
    test: str


@dataclass(frozen=True)
class RefusedShown:
    """A condition that was not taken, and why; `word` is what gave it away."""

    condition: str
    reason: str
    word: str


@dataclass(frozen=True)
class ScoreShown:
    """A row of a scorecard draft, its grades in words."""

    field: str
    perfect: str
    viable: str
    share: str
    must_have: bool
    status: str


def criteria_of(
    icp: Icp, held: Mapping[str, Held], words: Words
) -> tuple[tuple[CriterionShown, ...], tuple[ScoreShown, ...]]:
    """Return an ICP's conditions, and the rows of its scorecard that differ from them.

    Values of one field that rest on the same are one condition, "one of …". A row of
    the scorecard that asks for what a condition says is shown with that condition.

    Args:
        icp: Any.
        held: By claim of its card, where it stands and for whom it holds.
        words: The report's language.
    """
    rows = zip(icp.scorecard.rows, scorecard_of(icp, words), strict=True)
    asked = {_sense(one.field, one.perfect_fit, words): shown for one, shown in rows}
    shown = []
    for alike in _alike(icp):
        row = _together(alike)
        score = asked.pop(_sense(row.field, row, words), None)
        shown.append(_criterion(icp, alike, row, score, held, words))
    return tuple(shown), tuple(asked.values())


def _alike(icp: Icp) -> list[list[Criterion]]:
    """Return the conditions, single values of one field and standing together."""
    groups: dict[tuple[object, ...], list[Criterion]] = {}
    for at, row in enumerate(icp.criteria):
        single = row.operator == "=" and not row.test and icp.origin != "hypotheses"
        key = (row.field, row.status, row.effect, row.coverage) if single else (at,)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _together(rows: Sequence[Criterion]) -> Criterion:
    if len(rows) == 1:
        return rows[0]
    values = tuple(str(row.value) for row in rows)
    return rows[0].model_copy(update={"operator": "in", "value": values})


def _criterion(
    icp: Icp,
    alike: Sequence[Criterion],
    row: Criterion,
    score: ScoreShown | None,
    held: Mapping[str, Held],
    words: Words,
) -> CriterionShown:
    behind = [held.get(one.claim or "") for one in alike]
    who = frozenset[str]().union(*(one.who for one in behind if one))
    scoped = icp.origin == "hypotheses" and row.effect == "knock_out"
    told = "within" if scoped else "held" if any(behind) else "known"
    known, of = row.coverage.known, row.coverage.of
    k = min(len(who), known)
    counted = words(
        f"criterion.{told}.{row.counts}",
        **({"k": k, "known": known} if told == "held" else {"k": known}),
        n=of,
    )
    several = len(alike) > 1
    return CriterionShown(
        field=field_label(row.field, words),
        operator=operator_in_words(row, words),
        value=condition_value(row, words),
        values=tuple(
            ValueShown(
                condition_value(one, words),
                len(found.who) if found else 0,
                found.anchor if found else "",
            )
            for one, found in zip(alike, behind, strict=True)
        )
        if several
        else (),
        status=row.status,
        counted=counted,
        share_held=percent(k / of) if told == "held" and of else "",
        share_known=percent(known / of) if told == "held" and of else "",
        effect=row.effect,
        viable=score.viable if score else "",
        share=score.share if score else "",
        anchor="" if several or not behind[0] else behind[0].anchor,
        belief="" if row.confidence is None else percent(row.confidence),
        test=row.test,
    )


def _sense(field: str, one: Conditional, words: Words) -> tuple[str, str, str]:
    """Return what a condition says, whatever the order of the values it lists."""
    value = one.value
    if one.operator in {"in", "not in"} and isinstance(value, tuple):
        value = tuple(sorted(map(str, value)))
    same = Condition(operator=one.operator, value=value, unit=one.unit)
    return field, operator_in_words(one, words), condition_value(same, words)


def refused_of(icp: Icp, words: Words) -> tuple[RefusedShown, ...]:
    """Return what was no condition, each with the rule that refused it."""
    # A refused range has no unit of its own; the claim that it is read from has.
    ranges = {row.claim for row in icp.refused if row.operator == "between"}
    texts = {
        one.id: figure_in_words(one.text, words)
        for one in icp.claims
        if one.id in ranges
    }
    return tuple(
        RefusedShown(
            condition=" ".join(
                (
                    field_label(row.field, words),
                    texts.get(row.claim or "") or condition(_refused(row), words),
                )
            ),
            reason=words.named("refusal", row.code),
            word=row.word or "",
        )
        for row in icp.refused
    )


def scorecard_of(icp: Icp, words: Words) -> tuple[ScoreShown, ...]:
    """Return the rows of an ICP's scorecard draft."""
    all_points = sum(row.weight for row in icp.scorecard.rows)
    return tuple(
        ScoreShown(
            field=field_label(row.field, words),
            perfect=condition(row.perfect_fit, words),
            viable="" if row.viable is None else condition(row.viable, words),
            share=percent(row.weight / all_points),
            must_have=row.must_have,
            status=row.status,
        )
        for row in icp.scorecard.rows
    )


def tiers_of(icp: Icp) -> Mapping[str, float]:
    """Return the least total of each tier."""
    return {str(name): least for name, least in icp.scorecard.tiers.items()}


def condition(one: Conditional, words: Words) -> str:
    """Return a condition in words, e.g. `between 10–49 people`."""
    return f"{operator_in_words(one, words)} {condition_value(one, words)}"


def operator_in_words(one: Conditional, words: Words) -> str:
    """Return how a condition compares; one of a single value is that value."""
    single = isinstance(one.value, tuple) and len(one.value) == 1
    name = "=" if one.operator == "in" and single else one.operator
    return words.named("operator", name)


def _refused(row: RefusedCriterion) -> Condition:
    return Condition(operator=row.operator, value=row.value)
