"""One loud voice is marked, and what it repeats counts once."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.stages.merge import merge
from icp_synth.stages.themes import dominated_by
from tests.synthesis_factory import make_insight, text_hash, unit


@pytest.mark.parametrize(
    ("mentions", "who"),
    [
        ("AAAB", "A"),
        ("AABB", None),
        ("AAB", None),
        ("AAABBC", None),
        ("AAAABBC", "A"),
        ("AAAAAA", "A"),
        ("", None),
    ],
)
def test_more_than_half_of_at_least_four_mentions_dominate(
    mentions: str, who: str | None
) -> None:
    said = [make_insight(name, f"{i}", at=9 * i) for i, name in enumerate(mentions)]
    assert dominated_by(said) == who


@given(st.permutations("AAAABBC"))
def test_the_order_of_mentions_changes_nothing(mentions: list[str]) -> None:
    assert dominated_by([make_insight(name) for name in mentions]) == "A"


def test_near_duplicates_of_one_person_do_not_make_a_loud_voice() -> None:
    said = [
        *(make_insight("Ann", f"It takes a day, {i}", at=100 * i) for i in range(5)),
        make_insight("Bob", "It takes two days"),
    ]
    vectors = unit([[1, 0.01 * i] for i in range(6)])
    hashes = {name: text_hash(name) for name in ("Ann", "Bob")}
    merged = merge(said, vectors, hashes).insights
    assert dominated_by(said) == "Ann"
    assert [one.participant for one in merged] == ["Ann", "Bob"]
    assert dominated_by(merged) is None
