"""Find segments: people who share themes and facts more than with the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from icp_synth.domain.segments import SegmentCandidate, SegmentReport
from icp_synth.domain.values import Value
from icp_synth.stages.segments.cuts import (
    LEAST_PEOPLE as LEAST_PEOPLE,
    Cut,
    candidates,
    silhouettes,
)
from icp_synth.stages.segments.likeness import (
    Floats,
    Table,
    Talk,
    distances_of,
    table_of,
)
from icp_synth.stages.segments.placing import adopted
from icp_synth.stages.segments.stability import member_matrix, stabilities

VERSION = "segments/3"

_LEAST_SILHOUETTE = 0.02
_NEARLY = 0.5
"""Least share of the best silhouette at which a division is a candidate."""

_DISSOLVED = 0.5
"""Stability under which a group is none: it was lost more than found (Hennig 2007)."""


_UNKNOWN = Talk()


class Segmentation(Value):
    """Groups of people, and those who fit nowhere.

    Attributes:
        groups: At least three people each, where nobody decided them.
        unassigned: Who is in none, sorted.
        dissolved: Groups that were seldom found again; their people are unassigned, but
            for those who fit another group as well as its own people.
        silhouette: Of the chosen number of groups, None where there was no choice.
        stability: One a group, 0 to 1; None where there was nothing to compare.
        candidates: The numbers of groups that were considered.
        labels: Names that people gave to their groups, else empty.
        decided: Whether people put the groups together (segments.yaml).
        by: Who did, where the file says it.
        report: How well it holds; added by `report_segments`.
    """

    groups: tuple[tuple[str, ...], ...]
    unassigned: tuple[str, ...]
    dissolved: tuple[tuple[str, ...], ...] = ()
    silhouette: float | None = None
    stability: tuple[float | None, ...] = ()
    candidates: tuple[SegmentCandidate, ...] = ()
    labels: tuple[str, ...] = ()
    decided: bool = False
    by: str = ""
    report: SegmentReport = SegmentReport()


def find_segments(
    features: Mapping[str, frozenset[str]], talk: Talk = _UNKNOWN
) -> Segmentation:
    """Group people by what they share.

    Average linkage on weighted Jaccard distance (`likeness`), where a feature weighs
    `ln((n + 1) / people who have it)`, so that what everybody shares separates next
    to nobody. Of the numbers of groups whose mean silhouette is at least half of the
    best one, the most stable is chosen, ties to the better silhouette. Groups under
    three people, groups that are lost more often than found (stability under 0.5) and
    people with a negative silhouette are unassigned, but for those who fit a group as
    well as its own people do (`placing.adopted`).

    Args:
        features: Participant → names of themes and facts that hold for them.
        talk: What several features come from, and who speaks which language.

    Returns:
        Largest group first, then by first name; one group of all who share
        something where no division is better than none.

    Source:
        Silhouette: Rousseeuw 1987. Stability: Hennig 2007.
    """
    table = table_of(features, talk)
    if len(table.people) < LEAST_PEOPLE:
        return Segmentation(groups=(), unassigned=tuple(sorted(features)))
    distances = distances_of(table)
    cuts = candidates(distances)
    chosen, stable = _choose(table, cuts)
    groups = _groups(table, distances, chosen, stable[chosen.cuts]) if chosen else []
    kept: list[tuple[tuple[str, ...], float | None]] = [
        (names, figure) for names, figure in groups if figure >= _DISSOLVED
    ]
    lost = tuple(names for names, figure in groups if figure < _DISSOLVED)
    if chosen is None or not kept:
        kept, lost, chosen = [(table.people, None)], (), None
    kept = _with_adopted(table, distances, kept)
    placed = {name for names, _ in kept for name in names}
    return Segmentation(
        groups=tuple(names for names, _ in kept),
        unassigned=tuple(sorted(name for name in features if name not in placed)),
        dissolved=lost,
        silhouette=chosen.silhouette if chosen else None,
        stability=tuple(figure for _, figure in kept),
        candidates=tuple(
            SegmentCandidate(
                segments=len(cut.large),
                cuts=cut.cuts,
                silhouette=cut.silhouette,
                stability=_mean(stable.get(cut.cuts)),
                chosen=cut is chosen,
            )
            for cut in cuts
        ),
    )


def _choose(
    table: Table, cuts: Sequence[Cut]
) -> tuple[Cut | None, dict[int, tuple[float, ...]]]:
    """Return the chosen division, and the stabilities of those that were compared."""
    best = max((cut.silhouette for cut in cuts), default=0.0)
    if best < _LEAST_SILHOUETTE:
        return None, {}
    near = [
        cut for cut in cuts if cut.silhouette >= max(best * _NEARLY, _LEAST_SILHOUETTE)
    ]
    divisions = [(cut.cuts, member_matrix(cut.labels, cut.large)) for cut in near]
    stable = {
        cut.cuts: figures
        for cut, figures in zip(near, stabilities(table, divisions), strict=True)
    }
    chosen = max(
        near, key=lambda cut: (_mean(stable[cut.cuts]), cut.silhouette, -cut.cuts)
    )
    return chosen, stable


def _mean(figures: Sequence[float] | None) -> float | None:
    return round(float(np.mean(figures)), 3) if figures else None


def _groups(
    table: Table, distances: Floats, cut: Cut, stable: Sequence[float]
) -> list[tuple[tuple[str, ...], float]]:
    """Return the groups without those who fit another one better."""
    fits = silhouettes(distances, cut.labels)
    stability = dict(zip(cut.large, stable, strict=True))
    groups: dict[int, list[str]] = defaultdict(list)
    for i, name in enumerate(table.people):
        if fits[i] >= 0:
            groups[int(cut.labels[i])].append(name)
    kept = [
        (tuple(names), stability[label])
        for label, names in groups.items()
        if len(names) >= LEAST_PEOPLE
    ]
    return sorted(kept, key=lambda one: (-len(one[0]), one[0]))


def _with_adopted(
    table: Table,
    distances: Floats,
    groups: Sequence[tuple[tuple[str, ...], float | None]],
) -> list[tuple[tuple[str, ...], float | None]]:
    """Return the groups with those who fit them as well as their own people."""
    row = {name: i for i, name in enumerate(table.people)}
    rows = {i: [row[name] for name in names] for i, (names, _) in enumerate(groups)}
    inside = {at for of in rows.values() for at in of}
    outside = [at for at in row.values() if at not in inside]
    for at, group in adopted(1.0 - distances, rows, outside).items():
        rows[group] = sorted((*rows[group], at))
    grown = [
        (tuple(table.people[at] for at in rows[i]), figure)
        for i, (_, figure) in enumerate(groups)
    ]
    return sorted(grown, key=lambda one: (-len(one[0]), one[0]))
