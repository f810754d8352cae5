"""Contrasts: what is planted is found, and what could be chance is called so."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, strategies as st
from scipy.stats import false_discovery_control

from icp_synth.domain.contrasts import Feature
from icp_synth.domain.statistics import newcombe
from icp_synth.stages.contrasts import (
    adjusted,
    against_rest,
    between,
    contrast,
    fisher,
)

BEST = [f"best {i}" for i in range(10)]
GONE = [f"gone {i}" for i in range(10)]


def feature(name: str, best: int, gone: int, **more: frozenset[str]) -> Feature:
    return Feature(
        id=name,
        sort="theme",
        label=name,
        holders=frozenset([*BEST[:best], *GONE[:gone]]),
        **more,
    )


def verdict(best: int, gone: int) -> str:
    made = contrast([feature("one", best, gone)], ("best", BEST), ("gone", GONE))
    return made.differences[0].verdict


def test_five_to_none_of_ten_and_ten_is_a_difference_and_six_to_one_is_not() -> None:
    assert verdict(5, 0) == "different"
    assert verdict(6, 1) == "not_distinguishable"
    assert verdict(8, 2) == "different"


def test_the_figures_of_a_difference() -> None:
    (one,) = contrast(
        [feature("one", 8, 2)], ("best", BEST), ("gone", GONE)
    ).differences
    assert (one.first.k, one.first.n, one.second.k, one.second.n) == (8, 10, 2, 10)
    assert one.difference == pytest.approx(0.6)
    assert one.interval == pytest.approx((0.161824, 0.802682), abs=1e-6)
    assert one.lift == pytest.approx(4.0)
    assert one.p == pytest.approx(0.023014, abs=1e-6)
    assert one.q == one.p


def test_among_many_tests_the_same_difference_is_but_suggestive() -> None:
    alike = [feature(f"alike {i}", 5, 5) for i in range(20)]
    made = contrast([*alike, feature("planted", 5, 0)], ("best", BEST), ("gone", GONE))
    assert made.tests == 21
    first = made.differences[0]
    assert (first.feature, first.verdict) == ("planted", "suggestive")
    assert first.p is not None
    assert first.q == pytest.approx(21 * first.p, abs=1e-6)
    assert first.lift is None


def test_what_too_few_people_have_is_no_test_and_weakens_no_other() -> None:
    rare = [feature(f"rare {i}", 4, 0) for i in range(40)]
    made = contrast([*rare, feature("planted", 5, 0)], ("best", BEST), ("gone", GONE))
    first, *others = made.differences
    assert made.tests == 1
    assert (first.feature, first.verdict, first.q) == ("planted", "different", first.p)
    assert {(one.verdict, one.p, one.q) for one in others} == {("too_few", None, None)}


@pytest.mark.parametrize("n", [2, 3, 4])
def test_a_group_of_under_five_is_too_few_whatever_they_say(n: int) -> None:
    for first, second in ((BEST[:n], GONE), (BEST, GONE[:n]), (BEST[:n], GONE[:n])):
        made = contrast([feature("one", 10, 0)], ("best", first), ("gone", second))
        assert (made.tests, made.differences[0].verdict) == (0, "too_few")
    made = contrast([feature("one", 5, 0)], ("best", BEST[:5]), ("gone", GONE[:5]))
    assert made.differences[0].verdict == "different"


def test_a_fact_that_is_known_of_under_five_is_too_few() -> None:
    known = frozenset([*BEST[:4], *GONE])
    made = contrast(
        [feature("fact", 4, 0, known=known)], ("best", BEST), ("gone", GONE)
    )
    assert made.differences[0].verdict == "too_few"


def test_who_is_unknown_counts_on_neither_side() -> None:
    known = frozenset([*BEST[:6], *GONE[:8]])
    made = contrast(
        [feature("fact", 4, 1, known=known)], ("best", BEST), ("gone", GONE)
    )
    (one,) = made.differences
    assert (one.first.n, one.second.n) == (6, 8)


def test_what_nobody_has_or_nobody_knows_is_no_test() -> None:
    made = contrast(
        [
            feature("nobody has", 0, 0),
            feature("of one side unknown", 5, 0, known=frozenset(BEST)),
        ],
        ("best", BEST),
        ("gone", GONE),
    )
    assert (made.tests, made.differences) == (0, ())


def test_nobody_may_stand_on_both_sides() -> None:
    with pytest.raises(ValueError, match="share people"):
        contrast([], ("best", BEST), ("all", [*BEST, *GONE]))


def test_each_two_groups_are_compared_and_a_group_of_one_is_not() -> None:
    sets = {"new": BEST[5:], "gone": GONE, "best": BEST[:5], "lost": ["somebody"]}
    made = between([feature("one", 5, 0)], sets)
    assert [(one.first, one.second) for one in made] == [
        ("best", "gone"),
        ("best", "new"),
        ("gone", "new"),
    ]


def test_segments_are_described_beside_everybody_else_and_not_tested() -> None:
    everybody = [*BEST, *GONE]
    features = [feature("less", 5, 0), feature("more", 10, 0), feature("few", 1, 0)]
    (made,) = against_rest(features, {"best": BEST}, everybody)
    assert (made.first, made.second, made.n) == ("best", "", (10, 10))
    assert made.tests == 0
    assert [one.feature for one in made.differences] == ["more", "less", "few"]
    assert {(one.verdict, one.p, one.q) for one in made.differences} == {
        ("descriptive", None, None)
    }
    assert made.differences[0].interval == pytest.approx(newcombe(10, 10, 0, 10))
    assert against_rest([], {"all": everybody}, everybody) == ()


def test_a_segment_of_under_five_is_too_few_even_to_describe() -> None:
    (made,) = against_rest([feature("one", 4, 0)], {"a": BEST[:4]}, [*BEST, *GONE])
    assert made.differences[0].verdict == "too_few"


def test_noise_cut_by_itself_is_not_called_different() -> None:
    chance = random.Random(7)  # noqa: S311  no secret is made
    people = [*BEST, *GONE]
    features = {
        name: frozenset(f"t{n}" for n in range(12) if chance.random() < 0.4)
        for name in people
    }
    holders = [
        Feature(
            id=f"t{n}",
            sort="theme",
            label=f"t{n}",
            holders=frozenset(one for one in people if f"t{n}" in features[one]),
        )
        for n in range(12)
    ]
    has = sorted(people, key=lambda one: ("t0" not in features[one], one))
    cut = {"noise": has[:10]}
    (made,) = against_rest(holders, cut, people)
    (tested,) = between(holders, {**cut, "others": has[10:]})
    assert "different" in {one.verdict for one in tested.differences}
    assert {one.verdict for one in made.differences} == {"descriptive"}


@given(st.randoms(use_true_random=False))
def test_the_order_of_features_and_people_changes_nothing(
    chance: random.Random,
) -> None:
    features = [feature(f"{i}", i % 11, (3 * i) % 11) for i in range(12)]
    mixed, people = list(features), list(BEST)
    chance.shuffle(mixed)
    chance.shuffle(people)
    first = contrast(features, ("best", BEST), ("gone", GONE))
    assert contrast(mixed, ("best", people), ("gone", GONE)) == first
    assert json.loads(first.model_dump_json())["n"] == [10, 10]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_q_is_that_of_scipy_and_never_under_p(p_values: list[float]) -> None:
    found = adjusted(p_values)
    assert found == pytest.approx(false_discovery_control(p_values), abs=1e-8)
    assert all(q >= p - 1e-9 for p, q in zip(p_values, found, strict=True))


def test_q_of_the_textbook_case_and_of_none() -> None:
    assert adjusted([0.01, 0.04, 0.03, 0.005]) == (0.02, 0.04, 0.04, 0.02)
    assert adjusted([]) == ()


def test_fifteen_hypotheses_of_benjamini_and_hochberg_of_which_four_fall() -> None:
    # The p values of their 1995 paper, section 3.2.
    paper = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    paper += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    found = adjusted(paper)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[:5] == pytest.approx((0.0015, 0.003, 0.0095, 0.035625, 0.0603))


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 4, 1, 4), 0.485714),
        ((4, 10, 0, 10), 0.086687),
        ((5, 10, 0, 10), 0.032508),
        ((6, 10, 1, 10), 0.057276),
        ((7, 10, 2, 10), 0.069779),
        ((8, 10, 2, 10), 0.023014),
        ((9, 10, 3, 10), 0.019767),
        ((7, 8, 2, 8), 0.040559),
    ],
)
def test_fishers_exact_test_has_its_textbook_values(
    table: tuple[int, int, int, int], p: float
) -> None:
    assert fisher(*table) == pytest.approx(p, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "interval"),
    [
        ((56, 70, 48, 80), (0.052431, 0.333873)),
        ((8, 10, 2, 10), (0.161824, 0.802682)),
        ((0, 10, 5, 10), (-0.763407, -0.117367)),
    ],
)
def test_newcombes_interval_has_its_published_values(
    table: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    assert newcombe(*table) == pytest.approx(interval, abs=1e-6)


def test_a_difference_from_nobody_has_no_interval() -> None:
    with pytest.raises(ValueError, match="both sides"):
        newcombe(1, 2, 0, 0)
