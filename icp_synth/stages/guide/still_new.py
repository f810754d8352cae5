"""Say where interviews still bring something new, as saturation curves tell it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import comb

from icp_synth.domain.groups import group_name
from icp_synth.domain.guide import Part, StillNew
from icp_synth.domain.profiles import Synthesis


def parts_of(synthesis: Synthesis) -> Iterable[tuple[Part, str, frozenset[str]]]:
    """Yield the whole study, its groups and its segments, with their people."""
    people = synthesis.participants
    yield "study", "", frozenset(one.id for one in people)
    for group in sorted({name for one in people if (name := group_name(one.group))}):
        own = [one for one in people if group_name(one.group) == group]
        spelled = min(one.group or group for one in own)
        yield "group", spelled, frozenset(one.id for one in own)
    for segment in sorted(synthesis.segments, key=lambda one: one.id):
        yield "segment", segment.id, frozenset(segment.participants)


def late_themes(
    themes: Mapping[str, Collection[str]], people: Collection[str], run: int
) -> float:
    """Return how many themes only the last interviews bring, on average of all orders.

    A theme that h of n people have comes last if all h are among the last r: with the
    probability C(r, h) / C(n, h).

    Args:
        themes: Theme → those of the people who have it.
        people: Everybody who was interviewed.
        run: How many interviews are the last ones.

    Source:
        Hurlbert 1971 (rarefaction): what the full sample has less what a sample
        smaller by the run is expected to have.

    Example:
        >>> late_themes({"a": {"ann"}, "b": {"ann", "bea"}}, {"ann", "bea", "cem"}, 2)
        1.0
    """
    n = len(people)
    held = (len(set(who) & set(people)) for who in themes.values())
    return round(sum(comb(run, h) / comb(n, h) for h in held if 0 < h <= n), 2)


def unsaturated_kinds(still_new: Iterable[StillNew]) -> Mapping[str, tuple[str, ...]]:
    """Return kind → whom to ask: groups and segments, none where it is everybody."""
    found: dict[str, list[str]] = {}
    for one in still_new:
        whom = found.setdefault(one.kind, [])
        if one.name:
            whom.append(one.name)
    return {kind: tuple(whom) for kind, whom in found.items()}
