"""Weigh one hypothesis against the facts and insights of every participant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.challenges import Stance
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.hypotheses import EVIDENCE_FROM, Hypothesis, Weighed
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Judge, Likeness, nobody_judges
from icp_synth.domain.profiles import Fact
from icp_synth.stages.hypotheses.compare import compared


@dataclass(frozen=True)
class Said:
    """What there is to weigh hypotheses against.

    Attributes:
        people: Everybody who was interviewed.
        facts: Participant → field → facts, in the order in which they were said.
        insights: In any order.
        likeness: Of texts.
        near: The least cosine from which two texts are about the same thing; it
            belongs to the vectors that `likeness` uses.
        judge: Says whether a statement supports or contradicts a sentence.
        unheard: Of whom nothing was read or may be quoted: nobody can tell where they
            stand, and they are not silent.
    """

    people: Collection[str]
    facts: Mapping[str, Mapping[str, Sequence[Fact]]]
    insights: Sequence[Insight]
    likeness: Likeness
    near: float
    judge: Judge = nobody_judges
    unheard: Collection[str] = frozenset()


def weigh(
    hypothesis: Hypothesis, said: Said, within: Collection[str] | None = None
) -> Weighed:
    """Weigh one hypothesis.

    A word or figure of a fact supports or contradicts it. What `says` something is
    held against the statements of the same kind (pain, motivation, trait): those
    that are near count as the judge says. Where nobody judged, a near one is unclear:
    who says the opposite uses the same words. A person who does both contradicts it.
    A hypothesis that sets the scope of its ICP is contradicted by nobody: who is
    otherwise is outside.

    Args:
        hypothesis: One.
        said: What it is weighed against.
        within: Who is asked; None is everybody.

    Returns:
        `evidence` from three supporters on where nobody contradicts.
    """
    everybody = set(said.people)
    asked = everybody if within is None else everybody & set(within)
    tally = _Tally()
    if hypothesis.operator == "says":
        _by_words(hypothesis, said, asked, tally)
    else:
        _by_facts(hypothesis, said, asked, tally)
    against = set(tally.against)
    outside = everybody - asked
    if hypothesis.scope:
        outside, against = outside | against, set()
    supports = set(tally.by) - set(tally.against)
    unclear = tally.unclear | asked.intersection(said.unheard)
    unclear -= supports | set(tally.against)
    return Weighed(
        hypothesis=hypothesis,
        supports=tuple(sorted(supports)),
        contradicts=tuple(sorted(against)),
        silent=tuple(sorted(asked - supports - set(tally.against) - unclear)),
        unclear=tuple(sorted(unclear)),
        outside=tuple(sorted(outside)),
        insights=_cited(tally.by, supports),
        counter=_cited(tally.against, against),
        by_likeness=tuple(sorted(unclear & tally.near.keys())),
        near=_cited(tally.near, unclear & tally.near.keys()),
        status=(
            "evidence"
            if len(supports) >= EVIDENCE_FROM and not against
            else "assumption"
        ),
    )


class _Tally:
    """Who says what, with the insights that say so."""

    def __init__(self) -> None:
        self.by: dict[str, list[str]] = defaultdict(list)
        self.against: dict[str, list[str]] = defaultdict(list)
        self.unclear: set[str] = set()
        self.near: dict[str, list[str]] = defaultdict(list)


def _cited(
    told: Mapping[str, Iterable[str]], people: Collection[str]
) -> tuple[str, ...]:
    found = [one for name in sorted(people) for one in told[name]]
    return tuple(dict.fromkeys(found))


def _by_facts(
    hypothesis: Hypothesis, said: Said, asked: Collection[str], tally: _Tally
) -> None:
    for name in sorted(asked):
        facts = said.facts.get(name, {}).get(hypothesis.field, ())
        if not facts:
            continue
        outcome, fact = compared(hypothesis, facts)
        if outcome == "unclear":
            tally.unclear.add(name)
        else:
            told = tally.by if outcome == "supports" else tally.against
            told[name].extend(fact.insights)


def _by_words(
    hypothesis: Hypothesis, said: Said, asked: Collection[str], tally: _Tally
) -> None:
    about = [
        one
        for one in sorted(said.insights, key=lambda one: one.id)
        if one.participant in asked and _is_of(hypothesis.field, one)
    ]
    sentence = hypothesis.text()
    texts = [one.statement for one in about]
    if not texts:
        return
    near = [
        one
        for one, likeness in zip(
            about, said.likeness([sentence], texts)[0], strict=True
        )
        if likeness >= said.near
    ]
    for one in near:
        stance = _stance(said.judge, sentence, one)
        if stance == "contradicts":
            tally.against[one.participant].append(one.id)
        elif stance == "supports":
            tally.by[one.participant].append(one.id)
        elif stance == "unjudged":
            tally.near[one.participant].append(one.id)
            tally.unclear.add(one.participant)


def _stance(judge: Judge, sentence: str, insight: Insight) -> Stance:
    """Return what statement and quotes say, an opposite in any of them first."""
    quotes = (quote.text for quote in insight.quotes)
    found = set(judge(sentence, list(dict.fromkeys((insight.statement, *quotes)))))
    order: tuple[Stance, ...] = ("contradicts", "supports", "unjudged")
    return next((one for one in order if one in found), "silent")


def _is_of(field: str, insight: Insight) -> bool:
    """Tell whether an insight is of the sort that the field speaks of.

    A pain may be told as a problem here and an obstacle there, so the kind decides;
    traits are many things, so of them the category does.
    """
    kind, _, category = field.partition("/")
    if category:
        return insight.kind == kind and (
            kind != "trait" or insight.category == category
        )
    known = PROFILE_FIELDS.get(field)
    if insight.attribute == field:
        return True
    return known is not None and insight.category == known.category
