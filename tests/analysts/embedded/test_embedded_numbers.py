"""Quantities out of talk, in both languages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st

from icp_synth.analysts.embedded.numbers import (
    QUANTITY_EN,
    QUANTITY_ZH,
    quantity_en,
    quantity_zh,
)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("about two hundred", 200, 200),
        ("between 40 and 50", 40, 50),
        ("two to three", 2, 3),
        ("over 200", 200, None),
        ("less than fifty", None, 50),
        ("a couple of", 2, 2),
        ("forty-one", 41, 41),
        ("a dozen", 12, 12),
        ("1,200", 1200, 1200),
        ("2.5 million", 2_500_000, 2_500_000),
        ("two hundred and fifty", 250, 250),
        ("ten to fifteen thousand", 10_000, 15_000),
        ("200 plus", 200, None),
        ("5 to 10k", 5000, 10_000),
    ],
)
def test_english_quantities(said: str, low: float | None, high: float | None) -> None:
    assert re.fullmatch(QUANTITY_EN, said)
    assert quantity_en(said) == (low, high)


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("四十一", 41, 41),
        ("兩百", 200, 200),
        ("三百多", 300, 399),
        ("十幾", 10, 19),
        ("四、五十", 40, 50),
        ("三四百", 300, 400),
        ("三到五", 3, 5),
        ("1.5萬", 15_000, 15_000),
        ("三萬五", 35_000, 35_000),
        ("一千兩百", 1200, 1200),
        ("不到五十", None, 50),
        ("超過一百", 100, None),
    ],
)
def test_chinese_quantities(said: str, low: float | None, high: float | None) -> None:
    assert re.fullmatch(QUANTITY_ZH, said)
    assert quantity_zh(said) == (low, high)


@given(st.integers(min_value=0, max_value=10**7))
def test_digits_are_read_as_they_stand(value: int) -> None:
    assert quantity_en(f"{value:,}") == (value, value)
    assert quantity_zh(str(value)) == (value, value)


@pytest.mark.parametrize("said", ["", "many", "several"])
def test_words_that_are_no_number_give_none(said: str) -> None:
    assert quantity_en(said) is None
    assert quantity_zh(said) is None
