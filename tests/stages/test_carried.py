"""A drafted sentence that its evidence does not carry is flagged."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.stages.carried import (
    CUT,
    carries,
    not_of_each,
    says_nothing,
    uncarried,
)

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
    assert {"number", "name", "role", "negation", "empty"} == CUT


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


DECIDERS = (
    ["The owner decides himself.\nI'm the one who decides, well, there's my wife."],
    ["Her husband decides on engines.\nfor anything with an engine it's my husband"],
)


@pytest.mark.parametrize(
    ("sentence", "words", "flaw"),
    [
        ("Their decisions rest with the husband.", DECIDERS, ("role", "husband")),
        (
            "They lose 12 hours a week.",
            (["we lose 12 hours"], ["we lose hours"], ["hours go"]),
            ("number", "12"),
        ),
        (
            "They keep their books in Xero.",
            (["we have Xero"], ["we have Sage"]),
            ("name", "Xero"),
        ),
        (
            "They never phone round.",
            (["I never phone round"], ["I phone round daily"]),
            ("negation", "never"),
        ),
        ("She likes the map.", (["the map is good"], ["I like it"]), ("role", "She")),
        (
            "They phone round for cover.",
            (["I phone round"], ["It used to mean phoning.\nbefore that I'd phone"]),
            ("past", "used to"),
        ),
    ],
)
def test_what_only_one_of_several_carries_is_no_statement_about_them(
    sentence: str, words: tuple[list[str], ...], flaw: tuple[str, str]
) -> None:
    assert not_of_each(sentence, words) == flaw
    # Said of one person it is what that person says.
    assert not_of_each(sentence, words[:1]) is None


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("A spouse has a say.", DECIDERS),
        (
            "They keep books in software such as Xero or Sage.",
            (["we have Xero"], ["we have Sage"]),
        ),
        (
            "They pay 890 euros or 6,800 New Taiwan dollars.",
            (["890 euros a month"], ["一個月六千八，臺幣啦"]),
        ),
        ("They have children.", (["I read to my son"], ["two kids"], ["我有女兒"])),
        ("They phoned round.", (["I phone"], ["It used to mean phoning."])),
        ("They open Larder daily.", (["open Larder"], ["every morning"])),
    ],
)
def test_what_each_carries_in_own_words_is_one(
    sentence: str, words: tuple[list[str], ...]
) -> None:
    assert not_of_each(sentence, words, known=["Larder"]) is None


def test_the_name_of_a_group_of_themes_is_carried_by_everybody() -> None:
    words = (["proper training in cleaning"], ["we spray, pest control is proof"])
    name = "What matters to them in cleaning work"
    assert not_of_each(name, words, everyone=True) == ("role", "cleaning")
    assert not_of_each(name, (words[0], ["we clean"]), everyone=True) is None


def test_people_beside_are_counted_where_their_words_carry_a_sentence() -> None:
    sentence = "The app loses what their cleaners record, such as 3 lists."
    assert carries(sentence, "my cleaner lost her lists")
    assert not carries(sentence, "my checklist for the fryer was gone")
    assert carries("The app loses records.", "my checklist was gone")


def test_a_currency_is_named_by_whoever_says_it_in_any_script() -> None:
    sentence = "They pay New Taiwan dollars."
    assert uncarried(sentence, ["一個月六千八，臺幣啦"]) is None
    assert uncarried(sentence, ["eight hundred euros"]) == ("name", "New, Taiwan")


def test_only_one_at_a_time_can_be_told_with_a_not() -> None:
    said = ["Only one person could be in it at a time.", "one could write"]
    assert uncarried("Two people could not write at once.", said) != (
        "negation",
        "not",
    )


@pytest.mark.parametrize(
    "empty",
    [
        "The company tells how many people it has",
        "The company pays a monthly amount for the product",
        "The company is on a particular subscription plan",
    ],
)
def test_a_name_that_says_a_figure_is_there_and_not_which_says_nothing(
    empty: str,
) -> None:
    assert says_nothing(empty)


@pytest.mark.parametrize(
    "concrete",
    ["They pay a monthly fee of 140 euros", "They pay by the month", "They know why"],
)
def test_a_figure_that_is_told_says_something(concrete: str) -> None:
    assert not says_nothing(concrete)
