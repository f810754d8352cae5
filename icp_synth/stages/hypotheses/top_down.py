"""Put the hypotheses of one ICP together, and place it beside those found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.hypotheses import (
    Hypothesis,
    TopDown,
    TopDownCode,
    Weighed,
    icp_key,
)
from icp_synth.domain.ids import content_id
from icp_synth.domain.measurable import RefusedCriterion, lint_criterion
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.hypotheses.weigh import Said, weigh

LEAST_OVERLAP = 0.5
"""Two ICPs with so much of their people in common are one, as for names."""

_LEAST_MET = 2

_ID_DIGITS = 8
"""Of the hash in an id: people type it, and there are a handful."""

Propose = Callable[[Hypothesis], str]
"""Gives a test plan to a hypothesis without one."""


def _as_written(hypothesis: Hypothesis) -> str:
    return hypothesis.test


def top_down(
    hypotheses: Sequence[Hypothesis],
    said: Said,
    bottom_up: Mapping[str, Collection[str]],
    *,
    propose: Propose = _as_written,
) -> tuple[TopDown, ...]:
    """Weigh all hypotheses, and tell which of their ICPs stand apart.

    The people of a top-down ICP are those who meet its scope. Where no hypothesis
    sets one, they are those who support more of its hypotheses than they
    contradict, and at least two of them (one, if there is but one).

    Args:
        hypotheses: Of all top-down ICPs; those of one share its name, whatever the
            case and the spaces. One that says what an earlier one says is left out.
        said: What they are weighed against.
        bottom_up: The ICPs found in the interviews, with their people.
        propose: Gives a test plan to those that have none.

    Returns:
        By the order in which the names first stand in the file. `separate` where
        its people and those of every ICP found overlap (Jaccard) by less than half,
        `untested` where nobody was interviewed who belongs to it.

    Example:
        Gyms among the interviewees of a shop's inventory software, all of whom were
        taken for one group: `industry = gym` with scope gives three people, the
        rest of its hypotheses are weighed against these three.
    """
    return tuple(
        _one(of_icp[0].icp, _planned(of_icp, said, propose), said, bottom_up)
        for of_icp in by_icp(hypotheses).values()
    )


def by_icp(hypotheses: Iterable[Hypothesis]) -> dict[str, list[Hypothesis]]:
    """Return the key of an ICP's name → its hypotheses, each thing assumed once.

    The project's file and study.toml may say the same: it is one assumption.
    """
    groups: dict[str, list[Hypothesis]] = {}
    for one in hypotheses:
        group = groups.setdefault(icp_key(one.icp), [])
        if not any(one.says_the_same(other) for other in group):
            group.append(one)
    return groups


def icp_id(name: str) -> str:
    """Return the id of an assumed ICP: a hash of its name as people gave it.

    Its people come and go with the interviews, so the name alone keeps it the same.

    Example:
        >>> icp_id("Gym chains") == icp_id(" gym  chains")
        True
    """
    prefix = "icp-hypotheses"
    whole = content_id(prefix, icp_key(name))
    return whole[: len(prefix) + 1 + _ID_DIGITS]


def _planned(
    hypotheses: Sequence[Hypothesis], said: Said, propose: Propose
) -> tuple[Weighed, ...]:
    """Return the hypotheses of one ICP, weighed among the people it is about."""
    scopes = [weigh(one, said) for one in hypotheses if one.scope]
    within = (
        set.intersection(*(set(one.supports) for one in scopes)) if scopes else None
    )
    weighed = (
        weigh(one, said) if one.scope else weigh(one, said, within)
        for one in hypotheses
    )
    return tuple(
        one.model_copy(
            update={"test": one.hypothesis.test.strip() or propose(one.hypothesis)}
        )
        for one in weighed
    )


def _one(
    name: str,
    weighed: tuple[Weighed, ...],
    said: Said,
    bottom_up: Mapping[str, Collection[str]],
) -> TopDown:
    people = _members(weighed)
    nearest, overlap = _nearest(people, bottom_up)
    code: TopDownCode = "separate"
    if not people:
        code = "untested"
    elif overlap >= LEAST_OVERLAP:
        code = "overlaps"
    claims = tuple(_claim(one, said) for one in weighed)
    measured = [
        _criterion(one, claim)
        for one, claim in zip(weighed, claims, strict=True)
        if _is_measured(one.hypothesis)
    ]
    refused = {
        one.claim: refusal for one in measured if (refusal := _refused(one)) is not None
    }
    return TopDown(
        name=name,
        code=code,
        icp=None if code == "overlaps" else icp_id(name),
        participants=tuple(sorted(people)),
        nearest=nearest,
        overlap=overlap,
        weighed=weighed,
        criteria=tuple(one for one in measured if one.claim not in refused),
        refused=tuple(refused.values()),
        claims=claims,
    )


def _members(weighed: Sequence[Weighed]) -> set[str]:
    scopes = [set(one.supports) for one in weighed if one.hypothesis.scope]
    if scopes:
        return set.intersection(*scopes)
    everybody = {name for one in weighed for name in one.supports}
    least = min(_LEAST_MET, len(weighed))
    return {
        name
        for name in everybody
        if (met := sum(name in one.supports for one in weighed)) >= least
        and met > sum(name in one.contradicts for one in weighed)
    }


def _nearest(
    people: Collection[str], bottom_up: Mapping[str, Collection[str]]
) -> tuple[str | None, float]:
    mine = set(people)
    shares = [
        (-len(mine & set(theirs)) / len(mine | set(theirs)), icp)
        for icp, theirs in bottom_up.items()
        if mine & set(theirs)
    ]
    if not shares:
        return None, 0.0
    share, icp = min(shares)
    return icp, round(-share, 4)


def _is_measured(hypothesis: Hypothesis) -> bool:
    """Tell whether it compares a profile field; what people say is no criterion."""
    return hypothesis.field in PROFILE_FIELDS and hypothesis.operator != "says"


def _refused(one: Criterion) -> RefusedCriterion | None:
    refusal = lint_criterion(one.field, one.operator, one.value, unit=one.unit)
    if refusal is None:
        return None
    return RefusedCriterion(
        field=one.field,
        operator=one.operator,
        value=one.value,
        code=refusal.code,
        word=refusal.word,
        claim=one.claim,
    )


def _criterion(one: Weighed, claim: Claim) -> Criterion:
    hypothesis = one.hypothesis
    known = PROFILE_FIELDS[hypothesis.field]
    figures = known.type in {"number", "money"}
    return Criterion(
        field=hypothesis.field,
        operator=hypothesis.operator,
        value=hypothesis.value,
        unit=(hypothesis.unit or known.unit) if figures else None,
        status=one.status,
        coverage=Coverage(
            known=len(one.supports) + len(one.contradicts),
            of=sum(
                len(stance)
                for stance in (one.supports, one.contradicts, one.silent, one.unclear)
            ),
        ),
        # Who is outside the scope is no such account, however much else fits.
        effect="knock_out" if hypothesis.scope else "weight",
        claim=claim.id,
        confidence=hypothesis.confidence,
        test=one.test,
    )


def _claim(one: Weighed, said: Said) -> Claim:
    """Return the claim: who did not speak of it was not judged either."""
    hypothesis = one.hypothesis
    told = {*one.supports, *one.contradicts}
    text = hypothesis.text()
    return Claim(
        id=content_id("clm", hypothesis.field, sorted(one.insights), text),
        field=hypothesis.field,
        text=text,
        basis="evidence" if one.insights else "inference",
        insights=one.insights,
        counter=one.counter,
        supports=one.supports,
        contradicts=one.contradicts,
        unjudged=tuple(sorted(set(said.people) - told)),
    )
