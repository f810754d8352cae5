"""Known groups of people are found again, and who belongs nowhere stays out."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Fact
from icp_synth.evaluation.clusters import ari, bcubed
from icp_synth.stages.facts import features as fact_features, gather_facts
from icp_synth.stages.segments import Segmentation, find_segments, report_segments
from tests.synthesis_factory import make_insight, make_trait

Features = dict[str, frozenset[str]]

_SIZES = {"shop": 8, "plant": 120, "chain": 600}
_TOOLS = {"shop": "Excel", "plant": "SAP", "chain": "Oracle"}


def people(
    noise: float, *, seed: int = 0, strays: int = 0
) -> tuple[Features, dict[str, str]]:
    """Plant three kinds of firms, eight people each, by themes, tools and headcount.

    `noise` is the chance that somebody lacks one of their kind's things, and that they
    have one of another kind's.
    """
    chance = random.Random(seed)  # noqa: S311  no secret is made
    traits: list[Insight] = []
    found: Features = {}
    truth: dict[str, str] = {}
    for kind, size in _SIZES.items():
        for i in range(8):
            name = f"{kind}-{i}"
            truth[name] = kind
            found[name] = frozenset(
                theme
                for other in _SIZES
                for theme in (f"theme {other} {n}" for n in range(5))
                if chance.random() < (1 - noise if other == kind else noise / 2)
            )
            count = Normal(low=size + i, high=size + i, unit="people")
            traits.append(
                make_trait(name, "headcount_company", str(size + i), at=i, normal=count)
            )
            traits.append(
                make_trait(
                    name, "technology", _TOOLS[kind], at=90 + i, category="technology"
                )
            )
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]] = gather_facts(traits)
    whole = {
        name: themes | fact_features(facts.get(name, {}))
        for name, themes in found.items()
    }
    for i in range(strays):
        name = f"stray-{i}"
        truth[name] = name
        whole[name] = frozenset({f"only {i}", f"theme shop {i}", f"theme chain {i}"})
    return whole, truth


def placed(found: Segmentation) -> dict[str, int]:
    return {name: i for i, group in enumerate(found.groups) for name in group}


def test_clean_groups_of_themes_tools_and_headcount_are_found_exactly() -> None:
    whole, truth = people(0.0)
    found = find_segments(whole)
    assert ari(truth, placed(found)) == 1.0
    assert bcubed(truth, placed(found)).f1 == 1.0
    assert min(one or 0.0 for one in found.stability) > 0.95
    assert not found.perhaps_chance
    assert found.unassigned == ()


@pytest.mark.parametrize("seed", range(4))
def test_groups_are_found_again_under_noise(seed: int) -> None:
    whole, truth = people(0.2, seed=seed)
    found = find_segments(whole)
    assert ari(truth, placed(found)) >= 0.8
    assert bcubed(truth, placed(found)).f1 >= 0.85
    assert min(one or 0.0 for one in found.stability) >= 0.75


def test_who_shares_nothing_with_any_group_stays_out() -> None:
    whole, _ = people(0.1, seed=1, strays=1)
    found = report_segments(whole, find_segments(whole))
    assert found.unassigned == ("stray-0",)
    assert "stray-0" not in found.report.scores()
    fit = {one.participant: one for one in found.report.memberships}["stray-0"]
    assert fit.segment is None
    mine = fit.likeness[fit.nearest or 0]
    assert mine < min(
        one.likeness[one.segment]
        for one in found.report.memberships
        if one.segment is not None
    )


def test_the_number_of_groups_is_the_one_that_is_most_beyond_chance() -> None:
    whole, _ = people(0.1, seed=2)
    found = find_segments(whole)
    (chosen,) = [one for one in found.candidates if one.chosen]
    assert len(found.groups) == chosen.cuts == 3
    assert len(found.candidates) > 1
    assert chosen.agreement - chosen.by_chance == max(
        one.agreement - one.by_chance for one in found.candidates
    )


def test_scores_say_who_stands_between_two_groups() -> None:
    whole, _ = people(0.0)
    shop, plant = whole["shop-0"], whole["plant-0"]
    whole["between"] = frozenset([*sorted(shop)[:4], *sorted(plant)[:3]])
    report = report_segments(whole, find_segments(whole)).report
    fits = {one.participant: one.score or 0.0 for one in report.memberships}
    assert all(0.5 <= score <= 1 for score in report.scores().values() if score)
    assert fits["shop-0"] > 0.9
    assert fits["between"] < 0.75


def test_leaving_one_out_moves_nobody_where_groups_are_clear() -> None:
    whole, _ = people(0.0)
    report = report_segments(whole, find_segments(whole)).report
    assert len(report.movements) == 24
    assert report.movement == 0.0
    assert set(report.movement_by_segment.values()) == {0.0}
    assert report.codes == ()


def test_a_person_who_holds_two_halves_together_moves_others_when_left_out() -> None:
    def has(*things: str) -> frozenset[str]:
        return frozenset(things)

    whole: Features = {
        "a1": has("a", "b", "c"),
        "a2": has("a", "b", "c"),
        "bridge": has("a", "b", "d", "e"),
        "b1": has("d", "e", "f"),
        "b2": has("d", "e", "f"),
        **{f"z{i}": has("x", "y", "z", "w") for i in range(5)},
    }
    found = find_segments(whole)
    assert len(found.groups) == 2
    by_person = {
        one.left_out: one for one in report_segments(whole, found).report.movements
    }
    assert by_person["bridge"].moved
    assert not by_person["z0"].moved


def test_a_group_that_is_found_again_no_more_than_by_chance_is_dissolved() -> None:
    chance = random.Random(5)  # noqa: S311  no secret is made
    whole, _ = people(0.4, seed=5)
    for i in range(8):
        whole[f"of-all-{i}"] = frozenset(
            f"theme {kind} {n}"
            for kind in _SIZES
            for n in range(5)
            if chance.random() < 0.3
        )
    found = report_segments(whole, find_segments(whole))
    assert found.dissolved
    assert all(set(group) <= set(found.unassigned) for group in found.dissolved)
    assert "dissolved" in found.report.codes


def shuffled(seed: int) -> Features:
    """Give 24 people some of thirty things, whoever they are."""
    chance = random.Random(seed)  # noqa: S311  no secret is made
    return {
        f"p{i:02}": frozenset(f"t{n}" for n in range(30) if chance.random() < 0.2)
        for i in range(24)
    }


def test_people_who_differ_by_chance_alone_are_seldom_divided() -> None:
    divided = [find_segments(shuffled(seed)) for seed in range(10)]
    assert sum(len(found.groups) > 1 for found in divided) <= 4
    assert (
        sum(len(found.groups) > 1 and not found.perhaps_chance for found in divided)
        <= 1
    )


@pytest.mark.parametrize("seed", range(4))
def test_groups_that_chance_made_are_not_called_stable(seed: int) -> None:
    whole = shuffled(seed)
    codes = report_segments(whole, find_segments(whole)).report.codes
    assert {"unstable", "suggestive", "one_group", "perhaps_chance"} & set(codes)


def test_an_insight_of_another_band_is_no_likeness() -> None:
    small = make_insight("Ann", kind="trait", category="firmographic")
    facts = [
        gather_facts(
            [
                small.model_copy(
                    update={
                        "attribute": "headcount_company",
                        "value": str(n),
                        "normal": Normal(low=n, high=n, unit="people"),
                    }
                )
            ]
        )["Ann"]
        for n in (40, 45, 400)
    ]
    forty, more, many = (fact_features(one) for one in facts)
    assert forty == more
    assert not forty & many


def test_agreement_of_groupings_counts_those_who_stand_alone() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert ari(truth, {"a": 7, "b": 7, "c": 8, "d": 8}) == 1.0
    lost = bcubed(truth, {"a": 7, "b": 7})
    assert lost.precision == 1.0
    assert lost.recall == pytest.approx(0.75)
    together = bcubed(truth, dict.fromkeys(truth, 1))
    assert together.precision == pytest.approx(0.5)
    assert together.recall == 1.0
    assert together.f1 == pytest.approx(2 / 3)


def test_people_who_have_all_that_others_have_and_more_can_be_divided() -> None:
    few, many = (frozenset(f"x{i}" for i in range(n)) for n in (4, 12))
    whole = {f"few-{i}": few for i in range(5)} | {f"many-{i}": many for i in range(5)}
    found = find_segments(whole)
    placed = [name for group in found.groups for name in group]
    assert sorted([*placed, *found.unassigned]) == sorted(whole)


def test_a_division_that_does_not_hold_is_not_told_as_chosen() -> None:
    for seed in range(8):
        whole = shuffled(seed)
        found = report_segments(whole, find_segments(whole))
        if len(found.groups) == 1 and not found.unassigned:
            assert not any(one.chosen for one in found.candidates)
            assert found.report.movements == ()
            assert not found.perhaps_chance
