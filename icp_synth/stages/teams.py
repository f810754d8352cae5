"""Merge how several teams see the ideal customer into one definition."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from icp_synth.domain.fields import comparable
from icp_synth.domain.likeness import Likeness
from icp_synth.domain.teams import (
    STEPS,
    Definition,
    Disagreement,
    MergedCriterion,
    TeamAgreement,
    TeamRating,
    TeamView,
)

Alpha = Callable[[Sequence[Sequence[int | None]]], float | None]
"""(one row a team, one column a criterion, steps of 1 to 5) → ordinal alpha."""

THRESHOLD = 1
"""Steps by which teams may differ before it is listed as a disagreement."""

FEW_SHARED = 10
"""Below so many shared criteria, alpha swings with a single rating."""

_ROUND = 6

_Rated = Mapping[str, Mapping[str, TeamRating]]
"""Criterion (comparable) → team → what it says, teams sorted."""


def merge_views(
    views: Sequence[TeamView],
    alpha: Alpha,
    *,
    threshold: int = THRESHOLD,
    likeness: Likeness | None = None,
    near: float = 1.0,
) -> Definition:
    """Merge the views of several teams.

    A team's weights (or ratings) are divided by their sum, so that a team which
    names many criteria has no more say than one that names few; the merged weight is
    the mean over all teams, and a team gives nothing to what it does not name.
    Importance is compared on five steps: a rating as it is, a weight as its share
    of the team's largest.

    Args:
        views: At least one, each of another team, in any order.
        alpha: Krippendorff's alpha of ordinal ratings.
        threshold: A spread (max − min) of more steps than this is a disagreement.
        likeness: With `near`, proposes criteria that may be the same.
        near: The least cosine for such a proposal.

    Returns:
        Heaviest criterion first; ties by name.

    Source:
        Normalised weights and their mean: additive weighting; alpha: Krippendorff
        2011.
    """
    ordered = sorted(views, key=lambda view: comparable(view.team))
    teams = tuple(view.team for view in ordered)
    rated = _by_criterion(ordered)
    shares, steps, ranks = {}, {}, {}
    for view in ordered:
        shares[view.team] = _shares(view)
        steps[view.team] = _steps(view)
        ranks[view.team] = _ranks(view)
    merged = [
        _merged(key, by_team, len(teams), shares, steps, ranks)
        for key, by_team in rated.items()
    ]
    merged.sort(key=lambda one: (-one.weight, comparable(one.criterion)))
    return Definition(
        teams=teams,
        criteria=tuple(merged),
        agreement=_agreement(teams, merged, alpha),
        disagreements=_disagreements(merged, len(teams), threshold),
        perhaps_same=_perhaps_same(merged, likeness, near),
    )


def _by_criterion(views: Sequence[TeamView]) -> _Rated:
    found: dict[str, dict[str, TeamRating]] = defaultdict(dict)
    for view in views:
        for one in view.criteria:
            found[comparable(one.criterion)][view.team] = one
    return {key: found[key] for key in sorted(found)}


def _size(one: TeamRating) -> float:
    return float(one.rating) if one.weight is None and one.rating else one.weight or 0.0


def _shares(view: TeamView) -> dict[str, float]:
    total = math.fsum(_size(one) for one in view.criteria)
    return {comparable(one.criterion): _size(one) / total for one in view.criteria}


def _steps(view: TeamView) -> dict[str, int]:
    largest = max(_size(one) for one in view.criteria)
    return {
        comparable(one.criterion): one.rating
        or 1 + math.floor((STEPS - 1) * _size(one) / largest + 0.5)
        for one in view.criteria
    }


def _ranks(view: TeamView) -> dict[str, float]:
    """Return ranks, 1 for what matters most; ties share the mean of their ranks."""
    sizes = [_size(one) for one in view.criteria]
    return {
        comparable(one.criterion): sum(size > _size(one) for size in sizes)
        + (sizes.count(_size(one)) + 1) / 2
        for one in view.criteria
    }


def _merged(
    key: str,
    by_team: Mapping[str, TeamRating],
    teams: int,
    shares: Mapping[str, Mapping[str, float]],
    steps: Mapping[str, Mapping[str, int]],
    ranks: Mapping[str, Mapping[str, float]],
) -> MergedCriterion:
    own = {team: shares[team][key] for team in by_team}
    placed = {team: ranks[team][key] for team in by_team}
    spread = max(placed.values()) - min(placed.values()) if len(by_team) > 1 else None
    return MergedCriterion(
        criterion=next(iter(by_team.values())).criterion,
        weight=round(math.fsum(own.values()) / teams, _ROUND),
        teams=tuple(by_team),
        shares={team: round(share, _ROUND) for team, share in own.items()},
        steps={team: steps[team][key] for team in by_team},
        ranks=placed,
        rank_spread=spread,
        values=_values(by_team),
        notes={team: one.note for team, one in by_team.items() if one.note},
    )


def _values(by_team: Mapping[str, TeamRating]) -> dict[str, tuple[str, ...]]:
    """Return value → teams; values that differ in case or marks alone are one."""
    named: dict[str, tuple[str, list[str]]] = {}
    for team, one in by_team.items():
        if one.value:
            named.setdefault(comparable(one.value), (one.value, []))[1].append(team)
    return {value: tuple(teams) for value, teams in named.values()}


def _agreement(
    teams: Sequence[str], merged: Sequence[MergedCriterion], alpha: Alpha
) -> TeamAgreement:
    shared = [one for one in merged if len(one.teams) > 1]
    if not shared:
        return TeamAgreement(alpha=None, shared=0, reason="nothing_shared")
    rows = [[one.steps.get(team) for one in shared] for team in teams]
    value = alpha(rows)
    if value is None:
        return TeamAgreement(alpha=None, shared=len(shared), reason="no_variation")
    return TeamAgreement(
        alpha=round(value, _ROUND),
        shared=len(shared),
        reason="few_shared" if len(shared) < FEW_SHARED else "",
    )


def _disagreements(
    merged: Sequence[MergedCriterion], teams: int, threshold: int
) -> tuple[Disagreement, ...]:
    """Return what to talk about: the widest spread first, lone criteria last."""
    found = []
    for one in merged:
        low, high = min(one.steps.values()), max(one.steps.values())
        if high - low > threshold:
            found.append(
                Disagreement(
                    criterion=one.criterion,
                    code="importance",
                    spread=high - low,
                    highest=_at(one, high),
                    lowest=_at(one, low),
                )
            )
        if len(one.values) > 1:
            found.append(
                Disagreement(
                    criterion=one.criterion, code="other_value", values=one.values
                )
            )
        if len(one.teams) == 1 and teams > 1:
            found.append(
                Disagreement(
                    criterion=one.criterion, code="one_team", highest=one.teams
                )
            )
    order = ("importance", "other_value", "one_team")
    # Sorting keeps the order of weight among equals.
    return tuple(
        sorted(found, key=lambda one: (order.index(one.code), -(one.spread or 0)))
    )


def _at(one: MergedCriterion, step: int) -> tuple[str, ...]:
    return tuple(team for team, own in one.steps.items() if own == step)


def _perhaps_same(
    merged: Sequence[MergedCriterion], likeness: Likeness | None, near: float
) -> tuple[tuple[str, str], ...]:
    """Return pairs of like criteria that no team holds apart by naming both."""
    names = sorted(one.criterion for one in merged)
    if likeness is None or len(names) < 2:
        return ()
    teams = {one.criterion: set(one.teams) for one in merged}
    cosines = likeness(names, names)
    return tuple(
        (names[a], names[b])
        for a, b in combinations(range(len(names)), 2)
        if cosines[a][b] >= near and not teams[names[a]] & teams[names[b]]
    )
