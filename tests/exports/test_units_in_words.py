"""Figures carry their unit in the report's language, or as said where it is unknown."""

from __future__ import annotations

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.insights import Normal
from icp_synth.exports.formatting import (
    condition_value,
    figure_in_words,
    in_unit,
    normal_in_words,
)
from icp_synth.exports.words import words_of

EN, ZH = words_of("en"), words_of("zh")


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("people", "9–38 人"),
        ("years", "9–38 年"),
        ("year", "9–38 年"),
        ("per month", "每月 9–38"),
        ("bait boxes", "9–38 bait boxes"),
        (None, "9–38"),
    ],
)
def test_a_chinese_report_writes_its_units_in_chinese(
    unit: str | None, expected: str
) -> None:
    assert in_unit("9–38", unit, ZH) == expected


def test_one_person_is_no_people() -> None:
    assert normal_in_words(Normal(low=1, high=1, unit="people")) == "1 person"
    one = Condition(operator="=", value=1, unit="customers")
    assert condition_value(one, EN) == "1 customer"


def test_an_amount_keeps_its_currency() -> None:
    price = Condition(operator="between", value=(310, 620), unit="GBP per month")
    assert condition_value(price, ZH) == "每月 310–620 GBP"
    normal = Normal(low=50, high=200, currency="EUR", unit="per month", asof="2025")
    assert normal_in_words(normal, ZH) == "每月 EUR 50–200 (2025)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85–320 people", "85–320 人"),
        ("4.5–6 years", "4.5–6 年"),
        ("≥ 55 customers", "≥ 55 個客戶"),
        ("GBP 360–1,150 per month", "每月 GBP 360–1,150"),
        ("3 bait boxes", "3 bait boxes"),
        ("They'd been wrong since 2011", "They'd been wrong since 2011"),
        ("cleaning company", "cleaning company"),
    ],
)
def test_a_figure_in_a_text_is_told_in_chinese_and_nothing_else_is(
    text: str, expected: str
) -> None:
    assert figure_in_words(text, ZH) == expected
    assert figure_in_words(text, EN) == text


def test_one_stays_one_in_english() -> None:
    assert figure_in_words("1 person", EN) == "1 person"


def test_a_persons_years_are_counted_as_an_age() -> None:
    years = Normal(low=54, high=54, unit="years")
    assert normal_in_words(years, words_of("zh"), "age") == "54 歲"
    assert normal_in_words(years, words_of("zh"), "experience") == "54 年"
    assert figure_in_words("49–61 years", words_of("zh"), "age") == "49–61 歲"
    assert figure_in_words("49–61 years", words_of("en"), "age") == "49–61 years old"


def test_each_language_sets_its_own_marks() -> None:
    english, chinese = words_of("en"), words_of("zh")
    assert english.pair("price", english.listed(["a", "b"])) == "price: a, b"
    assert chinese.pair("價格", chinese.listed(["甲", "乙"])) == "價格：甲、乙"
    assert chinese.joined(["甲", "乙"]) + chinese.aside("丙") == "甲；乙（丙）"
