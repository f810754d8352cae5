"""Who fits a group as well as those who are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icp_synth.stages.segments.likeness import Floats

Rows = Sequence[int]


def likeness_to(likeness: Floats, person: int, group: Rows) -> float:
    """Return the mean likeness of a person to a group's other people, 0 to 1."""
    others = [one for one in group if one != person]
    return round(float(likeness[person, others].mean()), 4) if others else 0.0


def nearness(likeness: Floats, groups: Sequence[Rows]) -> list[tuple[float, ...]]:
    """Return each person's mean likeness to the other people of each group.

    Args:
        likeness: Of people to people, 0 to 1.
        groups: Rows of each group's people.
    """
    columns = []
    for group in groups:
        whole = likeness.take(group, axis=1).mean(axis=1) if group else None
        column = [0.0] * len(likeness) if whole is None else whole.tolist()
        near = [round(one, 4) for one in column]
        for person in group:
            near[person] = likeness_to(likeness, person, group)
        columns.append(near)
    return list(zip(*columns, strict=True)) if columns else [()] * len(likeness)


def score(near: Sequence[float], mine: int) -> float | None:
    """Return the likeness to one group over it and the likeness to the next one.

    Args:
        near: Likeness to each group.
        mine: Index of the one that is asked about.

    Returns:
        0 to 1; None where there is no other group, or nothing is shared.

    Example:
        >>> score((0.3, 0.1), 0)
        0.75
    """
    if len(near) < 2:
        return None
    both = near[mine] + max(one for i, one in enumerate(near) if i != mine)
    return round(near[mine] / both, 3) if both > 0 else None


def adopted(
    likeness: Floats, groups: Mapping[int, Rows], outside: Rows
) -> dict[int, int]:
    """Return who of those outside belongs to a group, by what its own people reach.

    Somebody belongs to the group that they are most like, where neither their likeness
    nor their score is under the least of a member. Only those who are members from the
    start are the measure, so that no chain of newcomers widens a group.

    Args:
        likeness: Of people to people, 0 to 1.
        groups: Name → rows of its people, two or more.
        outside: Rows of the others.
    """
    names = sorted(groups)
    near = nearness(likeness, [groups[name] for name in names])
    least = {
        i: (
            min(one[i] for one in inside),
            min(score(one, i) or 0.0 for one in inside),
        )
        for i, name in enumerate(names)
        for inside in [[near[person] for person in groups[name]]]
    }
    found = {}
    for person in outside:
        mine = near[person]
        if not mine or not max(mine):
            continue
        best = mine.index(max(mine))
        alike, scored = least[best]
        if mine[best] >= alike and (score(mine, best) or 0.0) >= scored:
            found[person] = names[best]
    return found
