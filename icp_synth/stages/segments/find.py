"""Find segments: people who share themes and facts more than with the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from icp_synth.domain.segments import SegmentCandidate, SegmentReport
from icp_synth.domain.stability import stability_verdict
from icp_synth.domain.values import Value
from icp_synth.stages.segments.choose import Choice, choose
from icp_synth.stages.segments.cuts import (
    LEAST_PEOPLE as LEAST_PEOPLE,
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

VERSION = "segments/4"

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
        perhaps_chance: Whether chance would divide as well in one of twenty cases.
        labels: Names that people gave to their groups, else empty.
        decided: Whether people put the groups together (segments.yaml).
        by: Who did, where the file says it.
        report: How well it holds; added by `report_segments`.
    """

    groups: tuple[tuple[str, ...], ...]
    unassigned: tuple[str, ...]
    dissolved: tuple[tuple[str, ...], ...] = ()
    stability: tuple[float | None, ...] = ()
    candidates: tuple[SegmentCandidate, ...] = ()
    perhaps_chance: bool = False
    labels: tuple[str, ...] = ()
    decided: bool = False
    by: str = ""
    report: SegmentReport = SegmentReport()

    def unsteady(self, index: int) -> bool:
        """Tell whether a group does not come back; of one that people made, never."""
        if self.decided or not self.stability:
            return False
        return stability_verdict(self.stability[index]) == "unstable"


def find_segments(
    features: Mapping[str, frozenset[str]], talk: Talk = _UNKNOWN
) -> Segmentation:
    """Group people by what they share.

    Average linkage on weighted Jaccard distance (`likeness`), where a feature weighs
    `ln((n + 1) / people who have it)`, so that what everybody shares separates next
    to nobody, and where many draws of what people share agree on who belongs together
    (`consensus`). The number of groups is chosen with which other draws agree most
    beyond chance (`choose`). Groups under three people, groups that are found again no
    more often than chance makes it and people with a negative silhouette are
    unassigned, but for those who fit a group as well as its own people do
    (`placing.adopted`).

    Args:
        features: Participant → names of themes and facts that hold for them.
        talk: What several features come from, and who speaks which language.

    Returns:
        Largest group first, then by first name; one group of all who share
        something where no division is better than none.

    Source:
        Silhouette: Rousseeuw 1987. Consensus: Monti et al. 2003. Stability: Hennig
        2007.
    """
    table = table_of(features, talk)
    if len(table.people) < LEAST_PEOPLE:
        return Segmentation(groups=(), unassigned=tuple(sorted(features)))
    distances = distances_of(table)
    choice = choose(table, distances)
    groups = _groups(table, distances, choice)
    kept: list[tuple[tuple[str, ...], float | None]] = [
        (names, choice.stability[label])
        for names, label in groups
        if label in choice.holding
    ]
    lost = tuple(names for names, label in groups if label not in choice.holding)
    if not kept:
        return _undivided(table, features, choice)
    whole = _with_adopted(table, distances, kept)
    placed = {name for names, _ in whole for name in names}
    return Segmentation(
        groups=tuple(names for names, _ in whole),
        unassigned=tuple(sorted(name for name in features if name not in placed)),
        dissolved=lost,
        stability=tuple(figure for _, figure in whole),
        candidates=choice.candidates,
        perhaps_chance=choice.perhaps_chance,
    )


def _undivided(
    table: Table, features: Mapping[str, frozenset[str]], choice: Choice
) -> Segmentation:
    """Return one group of all who share something: no division was chosen."""
    candidates = (one.model_copy(update={"chosen": False}) for one in choice.candidates)
    return Segmentation(
        groups=(table.people,),
        unassigned=tuple(sorted(set(features) - set(table.people))),
        stability=(None,),
        candidates=tuple(candidates),
    )


def _groups(
    table: Table, distances: Floats, choice: Choice
) -> list[tuple[tuple[str, ...], int]]:
    """Return the groups, and labels, without those who fit another one better."""
    if choice.cut is None:
        return []
    labels = choice.cut.labels
    fits = silhouettes(distances, labels)
    groups: dict[int, list[str]] = defaultdict(list)
    for i, name in enumerate(table.people):
        if fits[i] >= 0:
            groups[int(labels[i])].append(name)
    kept = [
        (tuple(names), label)
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
