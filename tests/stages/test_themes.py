"""Themes: like statements of different people, the same whatever comes first."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from sklearn.metrics import adjusted_rand_score

from icp_synth.domain.fields import Kind
from icp_synth.domain.insights import Insight
from icp_synth.stages.themes import ThemeGroup, group_themes, threshold_for
from tests.synthesis_factory import Vectors, make_insight, planted, unit


def statements(n: int, kind: Kind = "pain") -> list[Insight]:
    category = {"pain": "problem", "motivation": "goal", "trait": "role"}[kind]
    return [
        make_insight(f"P{i}", f"statement {i}", kind=kind, category=category)
        for i in range(n)
    ]


def members(themes: tuple[ThemeGroup, ...]) -> list[tuple[str, ...]]:
    return [tuple(one.participant for one in theme.insights) for theme in themes]


def found(themes: tuple[ThemeGroup, ...], insights: list[Insight]) -> list[int]:
    """Return a theme's number for each insight; those in none stand alone."""
    number = {one.id: i for i, theme in enumerate(themes) for one in theme.insights}
    return [number.get(one.id, len(themes) + i) for i, one in enumerate(insights)]


def test_planted_themes_are_found_again() -> None:
    vectors, truth = planted(n=400, groups=12, stray=0.15)
    insights = statements(400)
    themes = group_themes(insights, vectors, 0.62)
    assert adjusted_rand_score(truth, found(themes, insights)) > 0.97


def test_above_three_thousand_the_micro_groups_find_them_too() -> None:
    vectors, truth = planted(n=3200, groups=60, dimension=48, noise=0.6, stray=0.3)
    insights = statements(3200)
    themes = group_themes(insights, vectors, 0.6)
    labels = found(themes, insights)
    real = truth < 60
    assert adjusted_rand_score(truth[real], np.array(labels)[real]) > 0.97
    assert adjusted_rand_score(truth, labels) > 0.9
    shuffled = list(range(3200))
    random.Random(1).shuffle(shuffled)  # noqa: S311  no secret is made
    again = group_themes([insights[i] for i in shuffled], vectors[shuffled], 0.6)
    assert again == themes


@given(st.randoms(use_true_random=False), st.integers(0, 5))
@settings(max_examples=40)
def test_the_order_of_insights_changes_nothing(
    chance: random.Random, seed: int
) -> None:
    # Coarse coordinates make ties, which an order could break in two ways.
    values = np.random.default_rng(seed).integers(0, 3, size=(30, 3))
    vectors = unit(values + np.array([0, 0, 0.5]))
    insights = statements(30)
    order = list(range(30))
    chance.shuffle(order)
    first = group_themes(insights, vectors, 0.2)
    second = group_themes([insights[i] for i in order], vectors[order], 0.2)
    assert first == second
    assert first[0].model_dump_json() == second[0].model_dump_json()


def test_a_corrected_typo_that_changes_ids_moves_no_tie() -> None:
    # The middle one is as near to the first as to the last.
    vectors = unit([[1, 0], [3**0.5, 1], [1, 3**0.5]])
    people = set()
    for spelling in ("teh", "the", "tha", "hte"):
        insights = [
            make_insight(f"P{i}", f"{spelling} statement {i}") for i in range(3)
        ]
        (theme,) = group_themes(insights, vectors, 0.2)
        people.add(theme.participants)
    assert len(people) == 1


@pytest.mark.parametrize(("distance", "together"), [(0.29, True), (0.31, False)])
def test_the_threshold_is_the_largest_mean_cosine_distance(
    *, distance: float, together: bool
) -> None:
    cosine = 1 - distance
    vectors = unit([[1, 0], [cosine, (1 - cosine**2) ** 0.5]])
    assert bool(group_themes(statements(2), vectors, 0.3)) is together


def test_one_person_alone_makes_no_theme() -> None:
    twice = [make_insight("Ann", "one", at=0), make_insight("Ann", "two", at=99)]
    assert group_themes(twice, unit([[1, 0], [1, 0]]), 0.5) == ()


def test_kinds_are_never_mixed() -> None:
    insights = [*statements(2), *statements(2, "motivation")]
    vectors = unit([[1, 0]] * 4)
    themes = group_themes(insights, vectors, 0.5)
    assert sorted(theme.kind for theme in themes) == ["motivation", "pain"]


def test_most_people_stand_first_and_the_most_central_statement_leads() -> None:
    insights = statements(5)
    vectors = unit([[1, 0, 0], [1, 0.1, 0], [0, 0, 1], [0.3, 0, 1], [-0.3, 0, 1]])
    themes = group_themes(insights, vectors, 0.3)
    assert members(themes)[0][0] == "P2"
    assert [len(theme.participants) for theme in themes] == [3, 2]


@pytest.mark.parametrize("n", [0, 1])
def test_too_few_statements_make_no_theme(n: int) -> None:
    vectors: Vectors = np.ones((n, 2), dtype=np.float32)
    assert group_themes(statements(n), vectors, 0.5) == ()


def test_a_statement_without_any_known_word_stands_alone() -> None:
    vectors = np.array([[0, 0], [0, 0], [1, 0], [1, 0]], dtype=np.float32)
    (theme,) = group_themes(statements(4), vectors, 0.5)
    assert theme.participants == ("P2", "P3")


def test_the_threshold_belongs_to_the_vectors() -> None:
    assert threshold_for("embedded-1-512") != threshold_for("openai:any")
