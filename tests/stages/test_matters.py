"""What people come back to is theirs, however long they talk."""

from __future__ import annotations

import random
from collections import Counter
from statistics import median

import pytest

from icp_synth.evaluation.clusters import ari
from icp_synth.stages.matters import STEP, foremost, gather_matters
from icp_synth.stages.segments import Talk, find_segments, report_segments
from tests.factories import Said, make_transcript

TOPICS = [f"topic {i:02}" for i in range(60)]
SHARES = [1 / (i + 3) for i in range(60)]
LONG, SHORT = 120, 30


def of_one_distribution(seed: int) -> tuple[dict[str, Counter[str]], dict[str, int]]:
    """Return what 24 people name who differ in nothing but the length of their talk."""
    chance = random.Random(seed)  # noqa: S311  no secret is made
    lengths = {f"p{i:02}": SHORT if i < 12 else LONG for i in range(24)}
    return {
        name: Counter(chance.choices(TOPICS, SHARES, k=length))
        for name, length in lengths.items()
    }, lengths


def agreement(features: dict[str, frozenset[str]], lengths: dict[str, int]) -> float:
    steps = sorted({one for has in features.values() for one in has})
    talk = Talk(
        sources={one: one.rpartition(",")[0] for one in steps},
        weights=dict.fromkeys(steps, STEP),
    )
    found = find_segments(features, talk)
    return ari(
        lengths, {name: i for i, group in enumerate(found.groups) for name in group}
    )


def test_segments_of_people_of_one_distribution_do_not_follow_length() -> None:
    drawn = [of_one_distribution(seed) for seed in range(7)]
    assert max(agreement(foremost(said), n) for said, n in drawn) <= 0.15


def test_what_is_foremost_in_a_long_interview_weighs_no_more_than_in_a_short_one() -> (
    None
):
    said, lengths = of_one_distribution(0)
    found = foremost(said)
    by_length = {
        length: median(len(found[one]) for one in said if lengths[one] == length)
        for length in (SHORT, LONG)
    }
    assert max(len(has) for has in found.values()) <= 24 / STEP + 9
    assert abs(by_length[LONG] - by_length[SHORT]) <= 0.4 * by_length[LONG]


def test_what_everybody_says_most_is_not_what_tells_a_person() -> None:
    said = {f"p{i}": Counter({"usual": 20, f"own {i}": 6}) for i in range(6)}
    found = foremost({**said, "p9": Counter({"usual": 60, "own 0": 18})})
    many = {f"filler {n}": 3 for n in range(20)}
    busy = foremost({**said, "busy": Counter({"usual": 20, "own 0": 6, **many})})
    assert "matter own 0, 6" in found["p0"] & found["p9"]
    assert "matter usual, 1" not in busy["busy"]


def test_people_share_the_lesser_of_the_points_that_a_topic_has() -> None:
    others = {f"p{i}": Counter({"usual": 30}) for i in range(5)}
    little = Counter({"usual": 30, "dogs": 2, "cats": 6, "art": 9, "tea": 9, "tax": 9})
    found = foremost({**others, "much": Counter({"dogs": 20}), "little": little})
    steps = {
        name: {one for one in found[name] if one.startswith("matter dogs,")}
        for name in ("much", "little")
    }
    assert steps["little"] < steps["much"] == {f"matter dogs, {n}" for n in range(1, 7)}


@pytest.mark.parametrize("said", [Counter[str](), Counter({"once": 1})])
def test_who_comes_back_to_nothing_has_no_matter(said: Counter[str]) -> None:
    assert foremost({"quiet": said, "other": Counter({"a": 3})})["quiet"] == frozenset()


def test_length_is_told_where_it_separates_segments() -> None:
    shares = {
        f"{kind}{i}": frozenset({f"{kind} {n}" for n in range(6) if (n + i) % 6})
        for kind in ("a", "b")
        for i in range(6)
    }
    grouped = find_segments(shares)
    longer = {name: 100 + i if name < "b" else 40 + i for i, name in enumerate(shares)}
    told = report_segments(shares, grouped, Talk(sentences=longer)).report
    assert "follows_length" in told.codes
    assert told.length_auc == 1.0
    mixed = {name: 40 + 10 * (i % 6) for i, name in enumerate(shares)}
    told = report_segments(shares, grouped, Talk(sentences=mixed)).report
    assert "follows_length" not in told.codes
    assert told.length_auc == 0.5
    assert report_segments(shares, grouped).report.length_auc is None


def test_sentences_of_participants_alone_are_counted() -> None:
    asks = "How do you plan? And then?"
    says = "I plan on paper. Paper gets lost. We lose the paper plan."
    talk: list[Said] = [("Q", "interviewer", asks), ("Ann", "participant", says)]
    found = gather_matters([make_transcript(talk)])
    assert found.sentences == {"Ann": 3}
    assert set(found.features) == {"Ann"}
