"""Put the hypotheses of one ICP together, and place it beside those found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.hypotheses import Hypothesis, TopDown, TopDownCode, Weighed
from icp_synth.domain.ids import content_id
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.hypotheses.weigh import Said, weigh

LEAST_OVERLAP = 0.5
"""Two ICPs with so much of their people in common are one, as for names."""

_LEAST_MET = 2


def top_down(
    hypotheses: Sequence[Hypothesis],
    said: Said,
    bottom_up: Mapping[str, Collection[str]],
) -> tuple[TopDown, ...]:
    """Weigh all hypotheses, and tell which of their ICPs stand apart.

    The people of a top-down ICP are those who meet its scope. Where no hypothesis
    sets one, they are those who support more of its hypotheses than they
    contradict, and at least two of them (one, if there is but one).

    Args:
        hypotheses: Of all top-down ICPs; those of one share its name.
        said: What they are weighed against.
        bottom_up: The ICPs found in the interviews, with their people.

    Returns:
        By the order in which the names first stand in the file. `separate` where
        its people and those of every ICP found overlap (Jaccard) by less than half,
        `untested` where nobody was interviewed who belongs to it.

    Example:
        Gyms among the interviewees of a shop's inventory software, all of whom were
        taken for one group: `industry = gym` with scope gives three people, the
        rest of its hypotheses are weighed against these three.
    """
    groups: dict[str, list[Hypothesis]] = {}
    for one in hypotheses:
        groups.setdefault(one.icp, []).append(one)
    return tuple(_one(name, of_icp, said, bottom_up) for name, of_icp in groups.items())


def _one(
    name: str,
    hypotheses: Sequence[Hypothesis],
    said: Said,
    bottom_up: Mapping[str, Collection[str]],
) -> TopDown:
    scopes = [weigh(one, said) for one in hypotheses if one.scope]
    within = (
        set.intersection(*(set(one.supports) for one in scopes)) if scopes else None
    )
    weighed = tuple(
        weigh(one, said) if one.scope else weigh(one, said, within)
        for one in hypotheses
    )
    people = _members(weighed) if within is None else within
    nearest, overlap = _nearest(people, bottom_up)
    code: TopDownCode = "separate"
    if not people:
        code = "untested"
    elif overlap >= LEAST_OVERLAP:
        code = "overlaps"
    claims = tuple(_claim(one, said) for one in weighed)
    criteria = [
        _criterion(one, claim)
        for one, claim in zip(weighed, claims, strict=True)
        if _is_measurable(one.hypothesis)
    ]
    return TopDown(
        name=name,
        code=code,
        participants=tuple(sorted(people)),
        nearest=nearest,
        overlap=overlap,
        weighed=weighed,
        criteria=tuple(criteria),
        claims=claims,
    )


def _members(weighed: Sequence[Weighed]) -> set[str]:
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


def _is_measurable(hypothesis: Hypothesis) -> bool:
    """Tell whether a list of accounts can be filtered by it: no motives, no words."""
    known = PROFILE_FIELDS.get(hypothesis.field)
    return known is not None and not known.protected and hypothesis.operator != "says"


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
        claim=claim.id,
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
