"""Groups of themes: near themes under one roof, and people counted once."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings, strategies as st

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight
from icp_synth.domain.statistics import wilson
from icp_synth.domain.themes import Theme
from icp_synth.stages.themes import (
    ThemeGroup,
    find_parents,
    group_themes,
    parent_of,
)
from tests.synthesis_factory import Vectors, make_insight, make_theme, unit

FAMILIES = (0, 0, 0, 1, 1, 2)
"""The family of each planted theme; the last one has no relatives."""


def study() -> tuple[list[Insight], Vectors]:
    """Return six themes of three people each, in two families and one alone."""
    insights, rows = [], []
    for number, family in enumerate(FAMILIES):
        for i in range(3):
            person = f"P{(number + i) % 5}"
            said = f"theme {number} of {person}"
            insights.append(make_insight(person, said, at=100 * number))
            rows.append(np.eye(9)[family] + 0.6 * np.eye(9)[3 + number])
    return insights, unit(rows)


def families(
    themes: tuple[ThemeGroup, ...], found: tuple[tuple[int, ...], ...]
) -> list[set[str]]:
    return [
        {themes[i].insights[0].statement.split(" of")[0] for i in one} for one in found
    ]


def test_planted_families_of_themes_are_found_and_a_stranger_stays_alone() -> None:
    insights, vectors = study()
    themes = group_themes(insights, vectors, 0.1)
    found = families(themes, find_parents(themes, insights, vectors))
    assert len(found) == 2
    assert {"theme 0", "theme 1", "theme 2"} in found
    assert {"theme 3", "theme 4"} in found


@given(st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_the_order_of_insights_moves_no_family(chance: random.Random) -> None:
    insights, vectors = study()
    order = list(range(len(insights)))
    chance.shuffle(order)
    mixed, again = [insights[i] for i in order], vectors[order]
    themes = group_themes(insights, vectors, 0.1)
    assert find_parents(themes, insights, vectors) == find_parents(themes, mixed, again)


def test_kinds_have_families_of_their_own() -> None:
    kinds: tuple[Kind, ...] = ("pain", "motivation")
    insights, rows = [], []
    for number in range(6):
        kind = kinds[number % 2]
        for i in range(2):
            insights.append(
                make_insight(
                    f"P{i}",
                    f"{number} {i}",
                    kind=kind,
                    category="problem" if kind == "pain" else "goal",
                    at=90 * number,
                )
            )
            rows.append([1.0 if number < 4 else 0.0, *np.eye(6)[number]])
    vectors = unit(rows)
    themes = group_themes(insights, vectors, 0.1)
    found = find_parents(themes, insights, vectors)
    assert found
    assert all(len({themes[i].kind for i in one}) == 1 for one in found)


def test_themes_that_are_all_equally_far_apart_have_no_families() -> None:
    insights = [make_insight(f"P{i % 2}", f"{i}", at=90 * (i // 2)) for i in range(10)]
    vectors = unit(np.repeat(np.eye(5), 2, axis=0))
    themes = group_themes(insights, vectors, 0.1)
    assert len(themes) == 5
    assert find_parents(themes, insights, vectors) == ()


def test_two_themes_are_no_family_since_nothing_is_farther() -> None:
    insights = [make_insight(f"P{i % 2}", f"{i}", at=90 * (i // 2)) for i in range(4)]
    vectors = unit([[1, 0], [1, 0], [1, 1], [1, 1]])
    themes = group_themes(insights, vectors, 0.1)
    assert len(themes) == 2
    assert find_parents(themes, insights, vectors) == ()


def test_a_parent_counts_its_people_once_and_bears_its_central_themes_label() -> None:
    themes: list[Theme] = [
        make_theme("edge", [make_insight("Ann"), make_insight("Bob")], of=9),
        make_theme("middle", [make_insight("Bob"), make_insight("Eve")], of=9),
    ]
    parent = parent_of((1, 0), themes, of=9)
    assert parent.label == "middle"
    assert parent.themes == ("middle", "edge")
    assert parent.participants == ("Ann", "Bob", "Eve")
    assert (parent.n, parent.of, parent.interval) == (3, 9, wilson(3, 9))
    assert parent.id == parent.version == parent_of((0, 1), themes, of=9).version
