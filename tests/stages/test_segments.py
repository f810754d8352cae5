"""Segments: people who share things, never fewer than three, whoever comes first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, strategies as st
from sklearn.metrics import adjusted_rand_score

from icp_synth.stages.segments import LEAST_PEOPLE, Segmentation, find_segments

Features = dict[str, frozenset[str]]


def planted(
    groups: int, size: int, *, strays: int = 0, seed: int = 0
) -> tuple[Features, dict[str, str]]:
    """Plant groups of people who share most of six things, and some noise."""
    chance = random.Random(seed)  # noqa: S311  no secret is made

    def some(prefix: str, n: int, share: float) -> list[str]:
        return [f"{prefix}{i}" for i in range(n) if chance.random() < share]

    people: Features = {}
    truth = {}
    for group in range(groups):
        for i in range(size):
            name = f"g{group}-{i:02}"
            own = some(f"g{group} ", 6, 0.85)
            people[name] = frozenset([*own, *some("c", 4, 0.8), *some("n", 20, 0.08)])
            truth[name] = f"g{group}"
    for i in range(strays):
        name = f"stray-{i:02}"
        people[name] = frozenset([*some("c", 4, 0.3), *some("n", 20, 0.15)])
        truth[name] = name
    return people, truth


def likeness(people: Features, truth: dict[str, str]) -> float:
    """Return the adjusted Rand index, each unassigned person a class of their own."""
    found = find_segments(people)
    placed = {name: str(i) for i, group in enumerate(found.groups) for name in group}
    names = sorted(people)
    return float(
        adjusted_rand_score(
            [truth[name] for name in names],
            [placed.get(name, f"alone {name}") for name in names],
        )
    )


@pytest.mark.parametrize(
    ("groups", "size", "strays", "least"),
    [
        (2, 6, 0, 0.8),
        (3, 10, 0, 0.95),
        (3, 10, 4, 0.8),
        (8, 8, 0, 0.9),
        (4, 60, 8, 0.9),
    ],
)
@pytest.mark.parametrize("seed", [0, 1])
def test_planted_groups_are_found_again(
    groups: int, size: int, strays: int, least: float, seed: int
) -> None:
    people, truth = planted(groups, size, strays=strays, seed=seed)
    assert likeness(people, truth) >= least


def test_those_who_share_next_to_nothing_are_unassigned() -> None:
    people, _ = planted(2, 8)
    people["hermit"] = frozenset({"only mine", "mine too"})
    people["nobody"] = frozenset()
    found = find_segments(people)
    assert {"hermit", "nobody"} <= set(found.unassigned)


names = st.sampled_from([f"p{i}" for i in range(12)])
things = st.frozensets(st.sampled_from("abcdefghij"), max_size=6)


@given(st.dictionaries(names, things), st.randoms(use_true_random=False))
def test_groups_are_of_three_and_more_and_everybody_is_somewhere_once(
    people: Features, chance: random.Random
) -> None:
    found = find_segments(people)
    placed = [name for group in found.groups for name in group]
    assert sorted([*placed, *found.unassigned]) == sorted(people)
    assert all(len(group) >= LEAST_PEOPLE for group in found.groups)
    sizes = [-len(group) for group in found.groups]
    assert sizes == sorted(sizes)
    shuffled = list(people.items())
    chance.shuffle(shuffled)
    assert find_segments(dict(shuffled)) == found


@pytest.mark.parametrize("n", [0, 1, 2])
def test_fewer_than_three_people_are_no_segment(n: int) -> None:
    people = {f"p{i}": frozenset({"a", "b"}) for i in range(n)}
    found = find_segments(people)
    assert found.groups == ()
    assert len(found.unassigned) == n


@pytest.mark.parametrize("n", [3, 5, 20])
def test_identical_people_are_one_segment(n: int) -> None:
    people = {f"p{i:02}": frozenset({"a", "b", "c"}) for i in range(n)}
    found = find_segments(people)
    assert found.groups == (tuple(sorted(people)),)
    assert found.stability == (None,)


def test_nobody_who_shares_anything_gives_no_segment() -> None:
    people = {f"p{i}": frozenset({f"a{i}", f"b{i}"}) for i in range(9)}
    assert find_segments(people).groups == ()


def test_one_shared_thing_is_too_little_to_belong_together() -> None:
    people = {f"p{i}": frozenset({"shared", f"own{i}"}) for i in range(9)}
    assert find_segments(people).groups == ()


def test_a_group_that_does_not_come_back_is_unsteady_unless_people_made_it() -> None:
    groups = (("a", "b", "c"), ("d", "e", "f"), ("g", "h", "i"))
    found = Segmentation(groups=groups, unassigned=(), stability=(0.59, 0.6, None))
    assert [found.unsteady(at) for at in range(3)] == [True, False, False]
    made = found.model_copy(update={"decided": True})
    assert not any(made.unsteady(at) for at in range(3))
    nothing = found.model_copy(update={"stability": ()})
    assert not any(nothing.unsteady(at) for at in range(3))
