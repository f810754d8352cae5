"""Say how well segments hold: who belongs how far, and who moves without whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from icp_synth.domain.segments import (
    Membership,
    SegmentCode,
    SegmentMovement,
    SegmentReport,
)
from icp_synth.domain.stability import STABLE, UNSTABLE
from icp_synth.stages.segments.consensus import (
    DRAWN,
    DRAWS,
    agreed,
    apart,
    draw,
)
from icp_synth.stages.segments.cuts import (
    LEAST_PEOPLE,
    Labels,
    divide,
    partitions,
    silhouettes,
)
from icp_synth.stages.segments.drawing import drawn_distances, shared_of
from icp_synth.stages.segments.find import Segmentation
from icp_synth.stages.segments.likeness import (
    Floats,
    Table,
    Talk,
    distances_of,
    table_of,
)
from icp_synth.stages.segments.placing import adopted, nearness, score
from icp_synth.stages.segments.speech import length_auc, speech_codes

_MOST_LEFT_OUT = 200
_LEAST_LEFT_OUT = 20
_PAIRS = 3_000_000
"""Pairs that are divided anew in each draw; from there on not everybody is left out."""

_UNKNOWN = Talk()


def report_segments(
    features: Mapping[str, frozenset[str]],
    found: Segmentation,
    talk: Talk = _UNKNOWN,
) -> Segmentation:
    """Return the segmentation with its report; no group and nobody in it moves.

    Args:
        features: As given to `find_segments`.
        found: What it, or `regroup`, returned.
        talk: As given to `find_segments`; with how much each person says.
    """
    table = table_of(features, talk)
    distances = distances_of(table)
    movements = _movements(table, distances, found)
    report = SegmentReport(
        candidates=found.candidates,
        codes=(
            *_codes(table, found, movements, nobody=not features),
            *speech_codes(found, talk),
        ),
        memberships=_memberships(table, distances, found, sorted(features)),
        movements=movements,
        movement=_mean([one.share for one in movements]),
        movement_by_segment=_by_segment(found, movements),
        draws=DRAWS if any(one is not None for one in found.stability) else 0,
        not_mentioned=found.report.not_mentioned,
        length_auc=length_auc(found.groups, talk),
    )
    return found.model_copy(update={"report": report})


def _codes(
    table: Table,
    found: Segmentation,
    movements: Sequence[SegmentMovement],
    *,
    nobody: bool,
) -> tuple[SegmentCode, ...]:
    known = [one for one in found.stability if one is not None]
    mean = float(np.mean(known)) if known else 1.0
    said: dict[SegmentCode, bool] = {
        "nobody": nobody,
        "too_few": not nobody and len(table.people) < LEAST_PEOPLE,
        "one_group": len(found.groups) == 1 and not found.decided,
        "perhaps_chance": found.perhaps_chance and not found.decided,
        "unstable": mean < UNSTABLE,
        "suggestive": UNSTABLE <= mean < STABLE,
        "dissolved": bool(found.dissolved),
        "decided": found.decided,
        "not_mentioned": bool(found.report.not_mentioned),
        "sampled": bool(movements) and len(movements) < len(table.people),
    }
    return tuple(code for code, holds in said.items() if holds)


def _memberships(
    table: Table, distances: Floats, found: Segmentation, names: Sequence[str]
) -> tuple[Membership, ...]:
    row = {name: i for i, name in enumerate(table.people)}
    own = {name: i for i, group in enumerate(found.groups) for name in group}
    groups = [[row[one] for one in group if one in row] for group in found.groups]
    near = nearness(1.0 - distances, groups)
    rows = []
    for name in sorted({*names, *own}):
        if name not in row:
            rows.append(
                Membership(
                    participant=name, segment=own.get(name), nearest=None, score=None
                )
            )
            continue
        rows.append(_membership(name, own.get(name), near[row[name]]))
    return tuple(rows)


def _membership(name: str, own: int | None, near: tuple[float, ...]) -> Membership:
    order = sorted(range(len(near)), key=lambda i: (-near[i], i))
    nearest = order[0] if order and near[order[0]] > 0 else None
    mine = own if own is not None else nearest
    return Membership(
        participant=name,
        segment=own,
        nearest=nearest,
        score=None if mine is None else score(near, mine),
        likeness=near,
    )


def _movements(
    table: Table, distances: Floats, found: Segmentation
) -> tuple[SegmentMovement, ...]:
    """Divide again without each person in turn, into as many groups as there are.

    What holds for the others stays as it was, themes and draws too.
    """
    chosen = next((one for one in found.candidates if one.chosen), None)
    if found.decided or chosen is None:
        return ()
    n = len(table.people)
    most = min(_MOST_LEFT_OUT, max(_LEAST_LEFT_OUT, _PAIRS // n**2))
    companies = (*found.groups, *found.dissolved)
    # Who left a dissolved group for a segment is at home in the segment.
    home = {name: i for i, group in reversed([*enumerate(companies)]) for name in group}
    segments = range(len(found.groups))
    movements = []
    for out, labels in _without(table, chosen.cuts, range(0, n, -(-n // most))).items():
        rest = [i for i in range(n) if i != out]
        names = [table.people[i] for i in rest]
        near = distances[np.ix_(rest, rest)]
        now = _now(names, near, labels, home=home, segments=segments)
        moved = tuple(name for name in names if now.get(name) != home.get(name))
        movements.append(
            SegmentMovement(left_out=table.people[out], moved=moved, of=len(rest))
        )
    return tuple(movements)


def _without(table: Table, cuts: int, left_out: Sequence[int]) -> dict[int, Labels]:
    """Return person → the groups of all others, divided without that person."""
    n, shared = len(table.people), shared_of(table)
    sizes = Counter((whole := agreed(draw(shared, [cuts]), cuts)).tolist())
    number = {out: cuts - (sizes[int(whole[out])] == 1) for out in left_out}
    first, second = np.triu_indices(n, 1)
    others = {out: (first != out) & (second != out) for out in left_out}
    drawn = {out: np.empty((DRAWS, n - 1), dtype=np.int16) for out in left_out}
    for i, distances in enumerate(drawn_distances(shared, DRAWN, DRAWS)):
        for out in left_out:
            (drawn[out][i],) = partitions(distances[others[out]], [number[out]])
    return {out: divide(apart(drawn[out]), number[out]) for out in left_out}


def _now(
    names: Sequence[str],
    distances: Floats,
    labels: Labels,
    *,
    home: Mapping[str, int],
    segments: range,
) -> dict[str, int]:
    """Return person → the segment (or dissolved group) that they now stand in."""
    fits = silhouettes(distances, labels)
    groups: dict[int, set[str]] = defaultdict(set)
    for at, name in enumerate(names):
        if fits[at] >= 0:
            groups[int(labels[at])].add(name)
    # A group of three stays the group of its two when the third is left out.
    kept = [group for _, group in sorted(groups.items()) if len(group) > 1]
    now = _same_groups(home, names, kept)
    inside: dict[int, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if now.get(name) in segments:
            inside[now[name]].append(at)
    outside = [at for at, name in enumerate(names) if now.get(name) not in segments]
    for at, segment in adopted(1.0 - distances, inside, outside).items():
        now[names[at]] = segment
    return now


def _same_groups(
    home: Mapping[str, int], names: Sequence[str], kept: Sequence[set[str]]
) -> dict[str, int]:
    """Return person → the segment that their new group continues."""
    from scipy.optimize import linear_sum_assignment

    before: dict[int, set[str]] = defaultdict(set)
    for name in names:
        if name in home:
            before[home[name]].add(name)
    old = sorted(before)
    if not old or not kept:
        return {}
    overlap = np.array(
        [[len(before[i] & new) / len(before[i] | new) for new in kept] for i in old]
    )
    now: dict[str, int] = {}
    pairs = linear_sum_assignment(np.round(overlap, 9), maximize=True)
    for a, b in zip(*pairs, strict=True):
        if overlap[a, b] > 0:
            now.update(dict.fromkeys(kept[int(b)], old[int(a)]))
    for group in kept:
        for name in group:
            # A new group of three is a company of its own, two people are none.
            if name not in now and len(group) >= LEAST_PEOPLE:
                now[name] = -1
    return now


def _by_segment(
    found: Segmentation, movements: Sequence[SegmentMovement]
) -> dict[int, float]:
    shares: dict[int, list[float]] = defaultdict(list)
    for one in movements:
        gone = set(one.moved)
        for i, group in enumerate(found.groups):
            others = set(group) - {one.left_out}
            if others:
                shares[i].append(len(others & gone) / len(others))
    return {i: float(np.round(np.mean(given), 4)) for i, given in shares.items()}


def _mean(figures: Sequence[float]) -> float | None:
    return round(float(np.mean(figures)), 4) if figures else None
