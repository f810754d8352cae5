"""Segments between languages, and who is left out though they fit."""

from __future__ import annotations

import random
from statistics import median

import pytest

from icp_synth.stages.segments import Segmentation, Talk, find_segments, report_segments

Features = dict[str, frozenset[str]]


def bilingual(
    *, seed: int = 0, minority: int = 1
) -> tuple[Features, Talk, dict[str, str]]:
    """Plant two kinds of people of whom a few speak another language.

    Half of what tells a kind exists in one language alone, as themes of one language
    do; the rest is shared between the languages.
    """
    chance = random.Random(seed)  # noqa: S311  no secret is made
    people: Features = {}
    languages: dict[str, str] = {}
    truth: dict[str, str] = {}
    for kind in ("shop", "plant"):
        for i in range(6 + minority):
            language = "en" if i < 6 else "zh"
            name = f"{kind}-{language}-{i}"
            both = [f"{kind} {n}" for n in range(10)]
            own = [f"{kind} {language} {n}" for n in range(10)]
            usual = [f"{language} {n}" for n in range(6)]
            noise = [f"noise {n}" for n in range(20)]
            people[name] = frozenset(
                [
                    *(one for one in both if chance.random() < 0.6),
                    *(one for one in own if chance.random() < 0.6),
                    *(one for one in usual if chance.random() < 0.6),
                    *(one for one in noise if chance.random() < 0.15),
                ]
            )
            languages[name] = language
            truth[name] = kind
    return people, Talk(languages=languages), truth


def right(found: Segmentation, truth: dict[str, str]) -> int:
    """Count those in a segment where most are of their kind."""
    return sum(
        max(sum(truth[name] == kind for name in group) for kind in set(truth.values()))
        for group in found.groups
    )


@pytest.mark.parametrize("minority", [1, 2])
def test_few_of_another_language_stand_with_their_kind(minority: int) -> None:
    placed = blind = of = 0
    for seed in range(8):
        people, talk, truth = bilingual(seed=seed, minority=minority)
        of += len(truth)
        found = find_segments(people, talk)
        assert len(found.groups) == 2
        placed += right(found, truth)
        blind += right(find_segments(people), truth)
    assert placed >= 0.97 * of
    assert placed > blind


def test_one_language_changes_nothing() -> None:
    people, _, _ = bilingual()
    same = Talk(languages=dict.fromkeys(people, "en"))
    assert find_segments(people, same) == find_segments(people)


def test_whose_language_is_unknown_counts_to_the_commonest() -> None:
    people, talk, _ = bilingual()
    known = {name: one for name, one in talk.languages.items() if one == "zh"}
    english = {"shop-en-0": "en", "shop-en-1": "en", "shop-en-2": "en"}
    partly = Talk(languages={**known, **english})
    assert find_segments(people, partly) == find_segments(people, talk)


def kinds(*, left_out: int = 2) -> Features:
    people = {
        f"{kind}{i}": frozenset(f"{kind} {n}" for n in range(6) if n != i)
        for kind in ("a", "b")
        for i in range(6)
    }
    return people | {f"z{i}": frozenset({"a 0", "b 0"}) for i in range(left_out)}


def test_it_is_told_when_all_who_fit_nowhere_share_a_language() -> None:
    people = kinds()
    found = Segmentation(
        groups=tuple(
            tuple(sorted(one for one in people if one[0] == kind)) for kind in "ab"
        ),
        unassigned=("z0", "z1"),
    )
    own = Talk(languages={one: "zh" if one[0] == "z" else "en" for one in people})
    assert "unassigned_language" in report_segments(people, found, own).report.codes
    usual = Talk(languages=dict.fromkeys(people, "en") | {"a0": "zh"})
    codes = report_segments(people, found, usual).report.codes
    assert "unassigned_language" not in codes
    assert "unassigned_language" not in report_segments(people, found).report.codes


def test_it_is_told_when_segments_are_the_languages() -> None:
    people = kinds(left_out=0)
    found = find_segments(people)
    by_kind = Talk(languages={one: "zh" if one[0] == "b" else "en" for one in people})
    assert "follows_language" in report_segments(people, found, by_kind).report.codes
    mixed = Talk(languages={one: "zh" if one[1] in "012" else "en" for one in people})
    assert "follows_language" not in report_segments(people, found, mixed).report.codes


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_left_out_who_fits_better_than_most_members(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret is made
    people = {
        f"{kind}{i:02}": frozenset(
            f"{one} {n}"
            for one in "abc"
            for n in range(8)
            if chance.random() < (0.6 if one == kind else 0.25)
        )
        for kind in "abc"
        for i in range(8)
    }
    found = report_segments(people, find_segments(people))
    fits = found.report.memberships
    if len(found.groups) < 2:
        return
    for one in fits:
        if one.segment is not None or one.nearest is None:
            continue
        members = [each for each in fits if each.segment == one.nearest]
        worse = (one.score or 0.0) < median(each.score or 0.0 for each in members)
        less = one.likeness[one.nearest] < median(
            each.likeness[one.nearest] for each in members
        )
        assert worse or less


def test_who_was_taken_in_moves_no_more_than_others_when_one_is_left_out() -> None:
    people, talk, _ = bilingual(minority=2)
    report = report_segments(people, find_segments(people, talk), talk).report
    assert (report.movement or 0.0) < 0.1
