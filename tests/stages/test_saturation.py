"""Saturation: the worked example, and studies in which it is planted or cannot be."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.stages.saturation import (
    reached_at,
    said_alone,
    saturation,
    saturation_of_group,
)

EXAMPLE = [20, 10, 5, 2, 4, 3, 1, 0, 1, 0]
"""Guest, Namey & Chen 2020: 37 themes in the base, then new ones by interview (a
reconstruction that fits the published ratios)."""

PEOPLE = [f"P{i:02}" for i in range(20)]


@pytest.mark.parametrize(
    ("run", "threshold", "interview"),
    [(2, 0.05, 6), (3, 0.05, 7), (2, 0.0, None), (3, 0.0, None), (2, 0.189, 5)],
)
def test_the_worked_example(run: int, threshold: float, interview: int | None) -> None:
    assert reached_at(EXAMPLE, 4, run, threshold) == interview


def test_a_base_without_themes_is_never_saturated() -> None:
    assert reached_at([0, 0, 0, 0, 0, 0], 4, 2, 0.05) is None


def test_what_all_have_is_saturated_at_the_base() -> None:
    made = saturation({"one": PEOPLE, "two": PEOPLE}, PEOPLE)
    assert [one.label for one in made.points] == ["4+2", "4+2"]
    assert [one.verdict for one in made.points] == ["reached", "reached"]
    assert [one.orders for one in made.points] == [1.0, 1.0]
    assert (made.curve[0].new, made.curve[1].new) == (2.0, 0.0)
    assert made.curve[-1].found_interval == (2.0, 2.0)


def test_where_every_interview_brings_new_themes_it_is_not_reached() -> None:
    pairs = {f"{i}": PEOPLE[2 * i : 2 * i + 2] for i in range(10)}
    alone = {f"alone {name}": [name] for name in PEOPLE}
    made = saturation({**pairs, **alone}, PEOPLE)
    for point in made.points:
        assert (point.verdict, point.median, point.label) == ("not_reached", None, None)
    assert made.curve[-1].found == 30.0
    assert made.curve[-1].new >= 1.0


def test_planted_saturation_is_found_and_later_at_the_stricter_threshold() -> None:
    themes = {f"common {i}": PEOPLE[i % 2 :: 2] for i in range(30)}
    themes |= {f"rare {i}": (PEOPLE * 2)[i : i + 5] for i in range(20)}
    five, none = saturation(themes, PEOPLE).points
    assert five.verdict == none.verdict == "reached"
    assert five.median is not None
    assert none.median is not None
    assert 4 < five.median < none.median
    assert five.low is not None
    assert five.low <= five.median


def test_of_under_six_people_nobody_can_tell() -> None:
    made = saturation({"one": PEOPLE[:2]}, PEOPLE[:5])
    assert [one.verdict for one in made.points] == ["cannot_tell", "cannot_tell"]
    assert len(made.curve) == 5
    short = saturation({"one": PEOPLE}, PEOPLE[:5], base=2, run=1)
    assert short.points[0].verdict == "cannot_tell"
    assert saturation({"one": PEOPLE}, PEOPLE[:6]).points[0].verdict == "reached"


def test_seven_people_are_too_few_for_a_base_of_six_and_a_run_of_two() -> None:
    made = saturation({"one": PEOPLE}, PEOPLE[:7], base=6)
    assert [one.verdict for one in made.points] == ["too_few", "too_few"]


def test_themes_flatten_by_construction_and_what_one_says_alone_does_not() -> None:
    pairs = {f"{i}": (PEOPLE[i], PEOPLE[(i + 9) % 20]) for i in range(20)}
    common = {f"common {i}": PEOPLE for i in range(20)}
    themes = {**common, **pairs}
    flat = saturation(themes, PEOPLE)
    assert flat.points[0].verdict == "reached"
    made = saturation(themes, PEOPLE, singles=dict.fromkeys(PEOPLE, 4))
    assert [one.verdict for one in made.points] == ["not_reached", "not_reached"]
    assert (made.themes, made.singles) == (40, 80)
    assert made.curve[-1].found == 120.0
    assert made.curve[-1].new >= 4.0


def test_what_strangers_say_alone_is_no_code() -> None:
    made = saturation({"one": PEOPLE}, PEOPLE, singles={"stranger": 5})
    assert made.singles == 0


def test_a_group_is_looked_at_by_itself() -> None:
    themes = {"all": PEOPLE, "others": PEOPLE[10:]}
    made = saturation_of_group("new", PEOPLE[:8], themes, {PEOPLE[0]: 2})
    assert (made.name, made.participants, made.themes, made.singles) == ("new", 8, 1, 2)
    few = saturation_of_group("few", PEOPLE[:4], themes, {})
    assert {one.verdict for one in few.points} == {"cannot_tell"}


def test_what_one_person_says_twice_is_one_code_and_two_people_are_two() -> None:
    vectors = np.array([[1, 0], [0.95, 0.3122], [0, 1], [1, 0]], dtype=np.float32)
    said = [("a", "pain"), ("a", "pain"), ("a", "pain"), ("b", "pain")]
    assert said_alone(said, vectors, 0.9) == {"a": 2, "b": 1}
    kinds = [("a", "pain"), ("a", "motivation"), ("a", "pain"), ("b", "pain")]
    assert said_alone(kinds, vectors, 0.9) == {"a": 3, "b": 1}
    assert said_alone([], vectors[:0], 0.9) == {}


def test_nobody_and_nothing_give_an_empty_curve_and_no_verdict() -> None:
    nobody = saturation({}, [])
    assert (nobody.curve, nobody.themes) == ((), 0)
    nothing = saturation({}, PEOPLE)
    assert {one.verdict for one in nothing.points} == {"not_reached"}
    assert nothing.curve[-1].found == 0.0


def test_people_outside_the_study_are_not_looked_at() -> None:
    made = saturation({"one": ["stranger"], "two": [*PEOPLE, "stranger"]}, PEOPLE)
    assert (made.participants, made.themes) == (20, 1)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_people_and_themes_changes_nothing(chance: random.Random) -> None:
    themes = {f"{i}": PEOPLE[i::5] for i in range(5)} | {"all": list(PEOPLE)}
    names, people = list(themes), list(PEOPLE)
    chance.shuffle(names)
    chance.shuffle(people)
    first = saturation(themes, PEOPLE, permutations=50)
    assert first == saturation(
        {name: themes[name][::-1] for name in names}, people, permutations=50
    )
