"""Passages are ranked several ways at once, and everybody is heard before twice."""

from __future__ import annotations

from hypothesis import given, strategies as st

from icp_synth.stages.near import Told, Words, best_of, everybody_first, fused

TALK = {
    "parts": "Interviewer: And parts?\nReally no. Nobody drives twice for a part.",
    "cash": "Interviewer: And invoices?\nThe cash is there in the middle of the month.",
    "lift": "The lift shaft has no signal, we drive there and wait for the lift.",
    "zh": "發票要等很久才會寄出去",
}


def best(text: str) -> str:
    scores = Words(TALK).scores(text)
    return max(scores, key=lambda name: (scores[name], name))


def test_a_rare_word_in_common_finds_the_passage() -> None:
    assert best("Technicians lack the needed part.") == "parts"
    assert "cash" not in Words({"cash": "cash"}).scores("a part")


def test_the_question_is_searched_with_its_answer() -> None:
    assert best("They are slow with invoices.") == "cash"


def test_an_english_claim_finds_a_chinese_answer_by_what_it_names() -> None:
    only = Words({"zh": TALK["zh"], "en": "The van is green."})
    assert list(only.scores("They invoice late.")) == ["zh"]


def test_a_passage_that_several_ways_find_goes_before_the_best_of_one() -> None:
    ways = [{"a": 9.0, "b": 8.0}, {"c": 0.9, "b": 0.8}, {"b": 1.0}]
    assert fused(ways)[0] == "b"
    assert fused([{"b": 0.5, "a": 0.5}]) == ["a", "b"]
    assert best_of([{"a": 1.0}, {"a": 2.0, "b": 0.0}]) == {"a": 2.0, "b": 0.0}


def test_everybody_gives_one_passage_before_anybody_gives_two() -> None:
    talks = [Told(f"{who}{at}", who) for who in "abc" for at in range(3)]
    assert everybody_first(talks, most=5, each=2) == ["a0", "b0", "c0", "a1", "b1"]


@given(
    st.lists(st.sampled_from("abcdef"), max_size=40),
    st.integers(0, 14),
    st.integers(1, 3),
)
def test_nobody_gives_more_than_allowed_and_nobody_is_passed_over(
    people: list[str], most: int, each: int
) -> None:
    told = [Told(f"{at}", who) for at, who in enumerate(people)]
    of = dict(told)
    kept = everybody_first(told, most=most, each=each)
    assert len(kept) == len(set(kept)) <= most
    given_by = [of[one] for one in kept]
    assert all(given_by.count(who) <= each for who in people)
    if len(kept) == most or any(given_by.count(who) > 1 for who in given_by):
        assert len(set(given_by)) >= min(most, len(set(people)))
