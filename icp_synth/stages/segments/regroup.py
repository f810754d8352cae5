"""Take the groups that people made, and say how they hold."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from icp_synth.domain.segments import SegmentReport
from icp_synth.domain.values import Value
from icp_synth.stages.segments.cuts import LEAST_PEOPLE
from icp_synth.stages.segments.find import Segmentation
from icp_synth.stages.segments.likeness import Talk, table_of
from icp_synth.stages.segments.stability import stabilities

_UNKNOWN = Talk()


class Regrouping(Value):
    """Who belongs where, as people decided it.

    Attributes:
        groups: Names of participants, a group each; may be smaller than three.
        labels: One a group.
        unassigned: Whom people put nowhere.
        by: Who decided, where they said it.
    """

    groups: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    unassigned: tuple[str, ...] = ()
    by: str = ""


def regroup(
    features: Mapping[str, frozenset[str]],
    given: Regrouping,
    proposed: Segmentation,
    talk: Talk = _UNKNOWN,
) -> Segmentation:
    """Return people's groups in the place of those that were found.

    Somebody whom they did not mention stands among the unassigned, since a group that
    people made is not changed by a run; the report's memberships say whom that person
    is most like.

    Args:
        features: Participant → what holds for them; of everybody who was grouped.
        given: What people decided.
        proposed: What `find_segments` found; its candidates are kept.
        talk: As given to `find_segments`.
    """
    order = sorted(
        range(len(given.groups)),
        key=lambda i: (-len(given.groups[i]), tuple(sorted(given.groups[i]))),
    )
    groups = tuple(tuple(sorted(given.groups[i])) for i in order)
    placed = {name for group in groups for name in group}
    mentioned = placed | set(given.unassigned)
    missing = tuple(sorted(name for name in features if name not in mentioned))
    return Segmentation(
        groups=groups,
        unassigned=tuple(sorted({*missing, *given.unassigned})),
        stability=_stability(features, groups, talk),
        candidates=tuple(
            one.model_copy(update={"chosen": False}) for one in proposed.candidates
        ),
        labels=tuple(given.labels[i] for i in order),
        decided=True,
        by=given.by,
        report=SegmentReport(not_mentioned=missing),
    )


def _stability(
    features: Mapping[str, frozenset[str]],
    groups: tuple[tuple[str, ...], ...],
    talk: Talk,
) -> tuple[float | None, ...]:
    """Return how often each group is found again among as many groups.

    None for a group of fewer than three people of whom anything shared is known:
    nothing of it could be found again.
    """
    table = table_of(features, talk)
    member = np.array([[name in group for group in groups] for name in table.people])
    alone = int(np.sum(~member.any(axis=1))) if member.size else 0
    there = int(np.sum(member.any(axis=0))) if member.size else 0
    number = there + alone
    if there < 2 or not 2 <= number < len(table.people):
        return tuple(None for _ in groups)
    (figures,) = stabilities(table, [(number, member.astype(np.float64))])
    return tuple(
        figure if known >= LEAST_PEOPLE else None
        for figure, known in zip(figures, member.sum(axis=0).tolist(), strict=True)
    )
