"""A drafted sentence that its evidence does not carry is flagged."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.stages.carried import CUT, says_nothing, uncarried

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
    assert {"number", "name", "negation", "empty"} == CUT


@pytest.mark.parametrize(
    ("drafted", "said"),
    [
        ("They lose 15 hours a week.", "we lose fifteen hours a week"),
        ("They get 300 messages.", "three hundred messages"),
        ("It takes 1 hour.", "it takes one hour"),
        ("It takes one hour.", "it takes an hour"),
        ("They would pay 250.", "I'd go up to two fifty"),
        ("他們每週花十五個小時", "我們每週花15個小時"),
        ("他们每周花15个小时", "我們每週花十五個小時"),
        ("They pay 15,000.", "我們付1.5萬元"),
        ("他们没有零件", "車上沒有零件"),
    ],
)
def test_one_number_is_one_however_it_is_written(drafted: str, said: str) -> None:
    flaw = uncarried(drafted, [said])
    assert flaw is None or flaw[0] == "words"


@pytest.mark.parametrize(
    ("drafted", "said", "reason"),
    [
        ("They lose fifteen hours.", "we lose hours", "number"),
        ("They lose 3 hours.", "we lose three hundred hours", "number"),
        ("他們每週花十五個小時", "我們每週花很多小時", "number"),
        ("他们没有零件", "车上有零件", "negation"),
        ("They never wait.", "the invoice is under discussion", "negation"),
    ],
)
def test_an_invented_number_or_not_is_seen_in_words_as_in_digits(
    drafted: str, said: str, reason: str
) -> None:
    flaw = uncarried(drafted, [said])
    assert flaw is not None
    assert flaw[0] == reason


@pytest.mark.parametrize(
    "empty",
    [
        "They describe difficulties that involve their technicians.",
        "They name a problem that Jobwren does not solve.",
        "They speak of the cleaning of schools.",
        "They tell of an event that involves the company's owner.",
        "The decision-maker's spouse is part of the picture.",
        "他們談到客戶簽名的問題。",
    ],
)
def test_a_sentence_that_only_names_a_matter_says_nothing(empty: str) -> None:
    assert says_nothing(empty)


@pytest.mark.parametrize(
    "full",
    [
        "They clean schools in the evening.",
        "They mention that parts are missing.",
        "The owners name the price on the phone.",
        "Their technicians drive a second time for a part.",
        "他們提到車上沒有零件。",
    ],
)
def test_a_sentence_that_says_what_is_so_is_not_empty(full: str) -> None:
    assert not says_nothing(full)
