"""The embedded judge says `contradicts` only where the words show it.

`judge_pairs.jsonl` holds 160 invented pairs of a claim and an answer, 40 of them
contradictions. The rules were first made on the half `development`; since they were
tightened on real interviews, both halves only keep them from getting worse.
`problem_pairs.jsonl` holds ten of a trouble that is told with a "not", two of which
deny it, and `mistaken_pairs.jsonl` the kinds of mistakes that were made on real talk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from icp_synth.analysts.embedded import EmbeddedAnalyst
from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.analysts.embedded.taking_back import takes_back
from icp_synth.analysts.protocol import ClaimToJudge, PassageToJudge, Verdicts

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "judge_pairs.jsonl")
    .read_text("utf-8")
    .splitlines()
]


PROBLEMS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "problem_pairs.jsonl")
    .read_text("utf-8")
    .splitlines()
]


MISTAKEN = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "mistaken_pairs.jsonl")
    .read_text("utf-8")
    .splitlines()
]


def judged(claim: str, *passages: str) -> Verdicts:
    asked = ClaimToJudge(
        field="pain/problem",
        text=claim,
        passages=tuple(
            PassageToJudge(number=number, text=text)
            for number, text in enumerate(passages, start=1)
        ),
    )
    return EmbeddedAnalyst().judge(asked)


def found_in(pairs: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Return how many contradictions are found, and how many others are taken so."""
    said = [
        one["stance"]
        for one in pairs
        if opposing(one["claim"], one["passage"]) is not None
    ]
    right = said.count("contradicts")
    return right, len(said) - right


def test_the_pairs_are_as_many_as_they_are_said_to_be() -> None:
    assert len(PAIRS) == len({one["id"] for one in PAIRS}) == 160
    for half in ("development", "held_out"):
        stances = [one["stance"] for one in PAIRS if one["half"] == half]
        assert (len(stances), stances.count("contradicts")) == (80, 20)


@pytest.mark.parametrize(("half", "least"), [("development", 13), ("held_out", 12)])
def test_of_each_half_nine_in_ten_that_it_calls_contradictions_are(
    half: str, least: int
) -> None:
    right, wrong = found_in(one for one in PAIRS if one["half"] == half)
    assert right >= least
    assert right / (right + wrong) >= 0.9


@pytest.mark.parametrize("pair", PROBLEMS, ids=lambda one: one["id"])
def test_a_not_that_tells_the_trouble_denies_no_claim_of_trouble(
    pair: dict[str, Any],
) -> None:
    denied = pair["stance"] == "contradicts"
    assert (opposing(pair["claim"], pair["passage"]) is not None) == denied
    admitted = f"If I'm honest. {pair['passage']}"
    assert (takes_back([], pair["claim"], admitted) is not None) == denied


@pytest.mark.parametrize("pair", MISTAKEN, ids=lambda one: f"{one['id']} {one['sort']}")
def test_what_is_said_of_others_of_less_or_of_another_time_denies_nothing(
    pair: dict[str, Any],
) -> None:
    denied = pair["stance"] == "contradicts"
    assert (opposing(pair["claim"], pair["passage"]) is not None) == denied


def test_of_all_pairs_nine_in_ten_that_it_calls_contradictions_are() -> None:
    right, wrong = found_in([*PAIRS, *PROBLEMS])
    assert right / (right + wrong) >= 0.9


def test_of_forty_contradictions_it_finds_ten_with_nine_in_ten_right() -> None:
    right, wrong = found_in(PAIRS)
    assert right >= 10
    assert right / (right + wrong) >= 0.9


def test_a_contradiction_is_quoted_from_the_passage_and_the_rest_is_unjudged() -> None:
    denies = "It's a good crew. So, the offline mode doesn't work in the basement."
    verdicts = judged(
        "The offline mode works even in the basement",
        denies,
        "We had a lovely summer.",
    ).verdicts
    assert [one.stance for one in verdicts] == ["contradicts", "unjudged"]
    assert verdicts[0].quote in denies
    assert "offline mode doesn't work" in verdicts[0].quote


@pytest.mark.parametrize(
    "taken_back",
    [
        "If the app wasn't slow on site I'd use it.",
        "My colleague says the app isn't slow on site.",
        "Is the app not slow on site?",
        "I wish the app wasn't slow on site.",
        "The app on site used to be fast.",
        "The app is not just slow on site.",
        "The van isn't slow.",
    ],
)
def test_what_is_wished_reported_asked_past_or_other_denies_nothing(
    taken_back: str,
) -> None:
    assert opposing("The app is slow on site", taken_back) is None
    assert opposing("The app is slow on site", "The app isn't slow on site.")


def test_two_languages_are_not_compared() -> None:
    assert opposing("The invoices are always wrong", "發票從來沒有錯過。") is None


def test_another_figure_of_the_same_fact_is_no_contradiction() -> None:
    assert opposing("We are about 40 people", "We are 300 people.") is None
