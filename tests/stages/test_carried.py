"""A drafted sentence that its evidence does not carry is flagged."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.stages.carried import CUT, uncarried

SAID = (
    "Second trips for missing parts cost her a working day.",
    "he hasn't got it in the van, so that's a second trip",
    "two visits a week go on parts we should have had",
)


@pytest.mark.parametrize(
    ("planted", "reason", "what"),
    [
        ("Second trips for parts cost them 12 hours a week.", "number", "12"),
        ("Second trips for parts made Siemens angry.", "name", "Siemens"),
        ("Their invoices travel by carrier pigeon every spring.", "words", ""),
    ],
)
def test_a_planted_false_sentence_is_flagged(
    planted: str, reason: str, what: str
) -> None:
    assert uncarried(planted, SAID) == (reason, what)


def test_a_not_that_nobody_said_is_flagged() -> None:
    said = ["The app is quick on site.", "it opens in a second, even in a cellar"]
    assert uncarried("They never wait for the app on site.", said) == (
        "negation",
        "never",
    )


def test_a_lost_not_is_flagged() -> None:
    said = ["The offline mode doesn't work in the basement."]

    def opposes(text: str, evidence: str) -> bool:
        return opposing(text, evidence) is not None

    sentence = "The offline mode works in the basement."
    assert uncarried(sentence, said, opposes=opposes) == ("negation", "")
    assert uncarried(said[0], said, opposes=opposes) is None


@pytest.mark.parametrize(
    "true",
    [
        "They lose working time to second trips for parts.",
        "Parts that are not in the van cost them 2 visits.",
        "Two visits go on missing parts.",
    ],
)
def test_a_sentence_in_the_words_of_its_evidence_is_carried(true: str) -> None:
    assert uncarried(true, SAID) is None


def test_numbers_agree_in_digits_and_in_words_in_both_languages() -> None:
    assert uncarried("They have 12 vans.", ["we run twelve vans"]) is None
    assert uncarried("他們有三個據點", ["我們有 3 個據點，都在台中"]) is None
    assert uncarried("他們有五個據點", ["我們有 3 個據點，都在台中"]) == ("number", "5")


def test_the_product_may_be_named_and_languages_are_not_measured_by_words() -> None:
    assert (
        uncarried("They open Larder daily.", ["open it daily"], known=["Larder"])
        is None
    )
    assert uncarried("他們每天打開它", ["open it daily, first thing"]) is None


def test_what_is_said_in_other_words_is_flagged_and_not_cut() -> None:
    assert "words" not in CUT
    assert {"number", "name", "negation"} == CUT
