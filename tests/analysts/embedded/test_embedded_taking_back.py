"""Who takes back their own words is seen where the words show it, and only there.

`taken_back_pairs.jsonl` holds 119 invented pairs of what somebody said and what the
same person said later, 47 of which take it back. The rules were first made on the half
`development`; `held_out` was written afterwards. Both keep them from getting worse.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from icp_synth.analysts.embedded.taking_back import takes_back

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "taken_back_pairs.jsonl")
    .read_text("utf-8")
    .splitlines()
]
SAID = ("The board gets a weekly report with the charts",)
CLAIM = "Weekly reports to the board"


def found_in(pairs: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Return how many are found that take it back, and how many that do not."""
    stances = [
        one["stance"]
        for one in pairs
        if takes_back([one["said"]], one["claim"], one["later"]) is not None
    ]
    right = stances.count("takes_back")
    return right, len(stances) - right


def test_the_pairs_are_as_many_as_they_are_said_to_be() -> None:
    assert len(PAIRS) == len({one["id"] for one in PAIRS}) == 119
    assert sum(one["stance"] == "takes_back" for one in PAIRS) == 47


@pytest.mark.parametrize(("half", "least"), [("development", 17), ("held_out", 15)])
def test_of_each_half_nine_in_ten_that_it_finds_are_taken_back(
    half: str, least: int
) -> None:
    right, wrong = found_in(one for one in PAIRS if one["half"] == half)
    assert right >= least
    assert right / (right + wrong) >= 0.9


def test_an_admission_is_found_with_its_sentence() -> None:
    later = "We send it. If I'm honest. The board doesn't read the weekly report."
    place = takes_back(SAID, CLAIM, later)
    assert place is not None
    assert place.of(later) == "The board doesn't read the weekly report."


@pytest.mark.parametrize(
    "stands",
    [
        "The board doesn't look at any of that.",
        "If I'm honest, the board reads the weekly report.",
        "If I'm honest, I don't type the weekly report for the board.",
        "If I'm honest, the board doesn't like the canteen.",
        "If I'm honest, the board gets no weekly report before Monday.",
    ],
)
def test_a_denial_or_an_admission_alone_and_mere_details_take_nothing_back(
    stands: str,
) -> None:
    assert takes_back(SAID, CLAIM, stands) is None


def test_what_was_just_said_is_no_admission() -> None:
    said = "數位報名讓志工中心的排班資料更完整"
    later = "志工中心的排班資料，像剛剛講的數位報名，不是志工自己填。"
    assert takes_back([said], said, later) is None


def test_where_a_long_sentence_names_everything_nothing_is_taken_back() -> None:
    later = (
        "If I'm honest, between the canteen and the car park and the new wing and the"
        " summer fair and all the rest that lands on my desk in a week like this, the"
        " board and the weekly report and the charts are a lot the porter doesn't get."
    )
    assert takes_back(SAID, CLAIM, later) is None


def test_several_quotes_do_not_add_up_to_one_that_is_taken_back() -> None:
    later = "If I'm honest, the board doesn't get the invoices with the charts."
    parts = (
        "The board meets on Mondays",
        "We like the charts",
        "Invoices go out daily",
    )
    assert takes_back(parts, "Mondays", later) is None
    assert takes_back(["The board gets invoices with charts"], "Charts", later)
