"""Stability: a theme that does not hang on who was interviewed is found again."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.domain.insights import Insight
from icp_synth.domain.stability import stability_verdict
from icp_synth.domain.themes import ThemeStability
from icp_synth.stages.themes import group_themes, stability, theme_stability
from tests.synthesis_factory import Vectors, make_insight, unit

CUT = 0.85


def study(
    people: int = 30, *, seed: int = 0
) -> tuple[list[Insight], Vectors, list[bool]]:
    """Return two things that all say clearly, and three each that mean nothing."""
    chance = np.random.default_rng(seed)
    insights, rows, clear = [], [], []
    for i in range(people):
        for planted in range(5):
            insights.append(make_insight(f"P{i:02}", f"{i} {planted}", at=90 * planted))
            if planted < 2:
                rows.append(np.eye(12)[planted] + chance.normal(size=12) * 0.05)
            else:
                rows.append(np.array([0, 0, *chance.normal(size=10)]))
            clear.append(planted < 2)
    return insights, unit(rows), clear


def test_what_all_say_clearly_is_stable_and_heaps_of_chance_are_not() -> None:
    insights, vectors, clear = study()
    themes = group_themes(insights, vectors, CUT)
    planted = {one.id: really for one, really in zip(insights, clear, strict=True)}
    found = theme_stability(themes, insights, vectors, CUT)
    real, heaps = [], []
    for theme, one in zip(themes, found, strict=True):
        if all(planted[insight.id] for insight in theme.insights):
            real.append(one.value or 0)
        elif one.value is not None:
            heaps.append(one.value)
    assert len(real) == 2
    assert min(real) > 0.95
    assert len(heaps) > 3
    assert stability_verdict(max(heaps)) != "stable"
    assert stability_verdict(sum(heaps) / len(heaps)) == "unstable"


def test_of_a_theme_of_two_people_nothing_can_be_told() -> None:
    insights = [make_insight(f"P{i}", f"{i}") for i in range(6)]
    vectors = unit(np.repeat(np.eye(3), [2, 3, 1], axis=0))
    themes = group_themes(insights, vectors, CUT)
    three, two = theme_stability(themes, insights, vectors, CUT)
    assert (three.value, three.verdict) == (1.0, "stable")
    assert (two.value, two.verdict, two.reason) == (None, None, "too_few_people")


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None)
def test_the_order_of_insights_moves_no_stability(chance: random.Random) -> None:
    insights, vectors, _ = study(7)
    order = list(range(len(insights)))
    chance.shuffle(order)
    themes = group_themes(insights, vectors, CUT)
    again = theme_stability(themes, [insights[i] for i in order], vectors[order], CUT)
    assert again == theme_stability(themes, insights, vectors, CUT)


def test_people_are_drawn_and_not_statements() -> None:
    # One person of six says all but one of it: it lives and dies with that person.
    rows, insights = [], []
    for i in range(6):
        for k in range(8 if i == 0 else 1):
            theme = 0 if i < 2 else 1
            insights.append(make_insight(f"P{i}", f"{i} {k}", at=90 * k))
            rows.append(np.eye(2)[theme])
    vectors = unit(rows)
    themes = group_themes(insights, vectors, CUT)
    found = theme_stability(themes, insights, vectors, CUT)
    drawn = dict(zip([one.participants for one in themes], found, strict=True))
    assert drawn["P0", "P1"].draws < drawn["P2", "P3", "P4", "P5"].draws
    assert drawn["P0", "P1"].draws < stability.DRAWS


def test_what_is_trimmed_from_a_theme_is_trimmed_in_resamples_too() -> None:
    # At this cut all is one cluster; only the trimming keeps the strangers out.
    chance = np.random.default_rng(0)
    alike = [np.eye(8)[0] + chance.normal(size=8) * 0.1 for _ in range(12)]
    strangers = [np.eye(8)[0] * 0.1 + chance.normal(size=8) for _ in range(12)]
    vectors = unit([*alike, *strangers])
    insights = [make_insight(f"P{i:02}", f"{i}") for i in range(24)]
    (theme,) = group_themes(insights, vectors, 2.0, likeness=0.6)
    (found,) = theme_stability([theme], insights, vectors, 2.0, likeness=0.6)
    (untrimmed,) = theme_stability([theme], insights, vectors, 2.0)
    assert found.value is not None
    assert untrimmed.value is not None
    assert found.value > 0.8 > untrimmed.value


def test_above_two_thousand_statements_of_a_kind_there_is_a_reason_and_no_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    insights, vectors, _ = study()
    monkeypatch.setattr(stability, "MOST_STATEMENTS", len(insights) - 1)
    themes = group_themes(insights, vectors, CUT)
    found = theme_stability(themes, insights, vectors, CUT)
    assert set(found) == {ThemeStability(reason="too_many_statements")}


def test_four_people_are_too_few() -> None:
    insights, vectors, _ = study(4)
    themes = group_themes(insights, vectors, CUT)
    assert themes
    assert {one.reason for one in theme_stability(themes, insights, vectors, CUT)} == {
        "too_few_people"
    }


def test_no_themes_have_no_stability() -> None:
    empty: Vectors = np.zeros((0, 2), dtype=np.float32)
    assert theme_stability((), [], empty, CUT) == ()


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (None, None),
        (0.75, "stable"),
        (0.7499, "pattern"),
        (0.6, "pattern"),
        (0.5999, "unstable"),
    ],
)
def test_the_verdict_goes_by_hennigs_thresholds(
    value: float | None, verdict: str | None
) -> None:
    assert stability_verdict(value) == verdict
