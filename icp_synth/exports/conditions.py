"""What an ICP can be checked by: criteria, fit signals, scorecard, what was refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from icp_synth.domain.conditions import Condition, Conditional
from icp_synth.domain.fields import SIGNALS
from icp_synth.domain.fit import Signal
from icp_synth.domain.measurable import RefusedCriterion
from icp_synth.domain.profiles import Criterion, Icp
from icp_synth.exports.evidence import Evidence
from icp_synth.exports.formatting import condition_value, field_label, percent
from icp_synth.exports.statements import Voices, voices
from icp_synth.exports.words import Words


@dataclass(frozen=True)
class CriterionShown:
    """A row of an ICP's table of conditions, in words.

    Attributes:
        counted: Of how many companies, or people, it is known; of an assumed scope,
            how many stand within it, for that decides who belongs here.
        viable: The weaker condition of the scorecard; empty where there is none.
        share: Of the scorecard's points, in percent; empty where it has no such row.
        anchor: Of the claim that it is read from; empty where there is none.
        belief: How sure whoever assumed it is, in percent; empty where unknown.
        test: How an assumption will be found out; may be empty.
    """

    field: str
    operator: str
    value: str
    status: str
    counted: str
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
class SignalShown:
    """A fit signal: people for and against, and how it is seen on an account.

    `observable`, `field` and `threshold` are empty where it is not operational.
    """

    key: str
    label: str
    asks: str
    operational: bool
    speaks: int
    against: int
    of: int
    observable: str
    field: str
    threshold: str
    score: int | None
    heard: Voices
    counter: Voices

    @property
    def quiet(self) -> bool:
        """Whether nobody spoke of it and no account shows it."""
        return not (self.operational or self.speaks or self.against)


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
    icp: Icp, anchors: Mapping[str, str], words: Words
) -> tuple[tuple[CriterionShown, ...], tuple[ScoreShown, ...]]:
    """Return an ICP's conditions, and the rows of its scorecard that differ from them.

    A row that asks for what a condition says is shown with that condition.

    Args:
        icp: Any.
        anchors: Of the claims in its card, by id.
        words: The report's language.
    """
    rows = zip(icp.scorecard.rows, scorecard_of(icp, words), strict=True)
    asked = {_sense(one.field, one.perfect_fit, words): shown for one, shown in rows}
    shown = []

    def scoped(row: Criterion) -> bool:
        return icp.origin == "hypotheses" and row.effect == "knock_out"

    for row in icp.criteria:
        score = asked.pop(_sense(row.field, row, words), None)
        belief = row.confidence
        shown.append(
            CriterionShown(
                field=field_label(row.field, words),
                operator=operator_in_words(row, words),
                value=condition_value(row, words),
                status=row.status,
                counted=words(
                    f"criterion.{'within' if scoped(row) else 'known'}.{row.counts}",
                    k=row.coverage.known,
                    n=row.coverage.of,
                ),
                effect=row.effect,
                viable=score.viable if score else "",
                share=score.share if score else "",
                anchor=anchors.get(row.claim or "", ""),
                belief="" if belief is None else percent(belief),
                test=row.test,
            )
        )
    return tuple(shown), tuple(asked.values())


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
    texts = {one.id: one.text for one in icp.claims if one.id in ranges}
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


def signals_of(
    icp: Icp, evidence: Evidence, words: Words, *, among: Collection[str] | None = None
) -> tuple[SignalShown, ...]:
    """Return an ICP's fit signals.

    Args:
        icp: Any; one without signals has none.
        evidence: Cuts the quotes for and against.
        words: The report's language.
        among: The ICP's people; None for all.
    """
    return tuple(
        _signal(name, icp.signals[name], evidence, words, among)
        for name in SIGNALS
        if name in icp.signals
    )


def _signal(
    name: str,
    signal: Signal,
    evidence: Evidence,
    words: Words,
    among: Collection[str] | None,
) -> SignalShown:
    threshold = signal["threshold"]
    return SignalShown(
        key=name,
        label=words.named("signal", name),
        asks=words.named("signal_asks", name),
        operational=signal["status"] == "operational",
        speaks=len(signal["for"].participants),
        against=len(signal["against"].participants),
        of=signal["of"],
        observable=words.named("observable", signal["observable"] or ""),
        field=data_field(signal["data_field"] or "", words),
        threshold="" if threshold is None else condition(threshold, words),
        score=signal["score"],
        heard=voices(signal["for"].insights, evidence, among=among, visible=0),
        counter=voices(signal["against"].insights, evidence, among=among, visible=0),
    )


def data_field(field: str, words: Words) -> str:
    """Return the column to look in, in words; its own name where it is no field."""
    name = field.removeprefix("other:")
    return words.named("data_field" if name != field else "field", name)


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
