"""The map of themes: planted distances show, and the same themes give the same map."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.themes import ThemePoint
from icp_synth.stages.themes import map_themes, theme_centres
from icp_synth.stages.themes.groups import ThemeGroup
from tests.synthesis_factory import make_insight, unit

NAMES = ("a", "b", "c", "d")


def test_centres_in_a_plane_keep_their_distances_and_the_share_says_so() -> None:
    plane = np.array([[0.9, 0.1, 0], [0.9, -0.1, 0], [0.2, 0.6, 0], [0.2, -0.6, 0]])
    made = map_themes(NAMES, plane)
    assert made.share == 1.0
    points = np.array([(one.x, one.y) for one in made.points])
    planted = np.linalg.norm(plane[:, None] - plane[None], axis=2)
    shown = np.linalg.norm(points[:, None] - points[None], axis=2)
    scale = shown[2, 3] / planted[2, 3]
    assert shown == pytest.approx(planted * scale, abs=2e-3)
    assert np.abs(points).max() == 1.0


def test_five_themes_at_right_angles_do_not_fit_in_two_dimensions() -> None:
    made = map_themes([*NAMES, "e"], np.eye(5))
    assert made.share == 0.5


@given(st.randoms(use_true_random=False), st.integers(0, 20))
def test_the_order_of_themes_moves_no_point(chance: random.Random, seed: int) -> None:
    centres = unit(np.random.default_rng(seed).normal(size=(6, 8))).astype(float)
    names = [f"theme {i}" for i in range(6)]
    order = list(range(6))
    chance.shuffle(order)
    first = map_themes(names, centres)
    second = map_themes([names[i] for i in order], centres[order])
    assert set(first.points) == set(second.points)
    assert [one.theme for one in second.points] == [names[i] for i in order]
    assert first.share == second.share


@pytest.mark.parametrize("count", [0, 1, 2])
def test_under_three_themes_there_is_nothing_to_map(count: int) -> None:
    made = map_themes(NAMES[:count], np.eye(4)[:count])
    assert made.share is None
    assert made.points == tuple(
        ThemePoint(theme=name, x=0.0, y=0.0) for name in NAMES[:count]
    )


def test_a_centre_is_the_direction_of_the_statements() -> None:
    said = tuple(make_insight(f"P{i}", at=9 * i) for i in range(2))
    one = ThemeGroup(kind="pain", insights=said, participants=("P0", "P1"))
    centres = theme_centres([one], said, unit([[1, 0], [0, 1]]))
    assert centres == pytest.approx(np.array([[0.5**0.5, 0.5**0.5]]))
