"""Folding takes away form and nothing else, and knows the way back."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from icp_synth.stages.ground.fold import Folded, fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("caf\u00e9 au lait", "cafe\u0301 au lait"),
        ("\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("two  hours\n a\tweek", "two hours a week"),
        ("ex\u00adport it", "export it"),
        ("ex\u200bport\ufeff it", "export it"),
        ("“quoted”", '"quoted"'),
        ("don’t", "don't"),
        ("「引用」", "“引用”"),
        ("slow — and dull", "slow—and dull"),
        ("slow - and dull", "slow – and dull"),
        ("slow -- and dull", "slow—and dull"),
        ("10–20 people", "10-20 people"),
        ("LOUD Straße", "loud STRASSE"),
        ("**very** _slow_ `sync`", "very slow sync"),
        ("# Head\n> quoted\n- item", "head quoted item"),
        ("a \\* b", "a * b"),
        ("Ｅｘｃｅｌ，５０％", "Excel,50%"),
        ("50 %", "50%"),
        ("我們 每週 用 Excel", "我們每週用Excel"),
        ("by hand , and", "by hand,and"),
    ],
)
def test_forms_of_the_same_words_fold_alike(one: str, other: str) -> None:
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("by hand, and", "by hand and"),
        ("by hand.", "by hand!"),
        ("caf\u00e9", "cafe"),
        ("no where", "nowhere"),
        ("two hours", "twohours"),
        ("version 3. 5 people", "version 3.5 people"),
        ("well-known", "well known"),
        ("wait… no", "wait... no"),
        ("2*3", "23"),
        ("snake_case", "snakecase"),
        ("~50", "50"),
        ("#1", "1"),
        ("時間", "时间"),
        ("x²", "x2"),
        ("ｶﾅ", "カナ"),
        ("I said -5 people", "I said - 5 people"),
        ("we're", "were"),
    ],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text
    assert fold(one, marks=False).text != fold(other, marks=False).text


def test_without_marks_quotations_are_bare_and_apostrophes_stay() -> None:
    assert fold("he ‘didn’t’ say “really”", marks=False).text == "he didn't say really"
    assert fold("a 5' desk", marks=False).text != fold('a 5" desk', marks=False).text


def test_a_composed_letter_leads_back_to_both_of_its_code_points() -> None:
    folded = fold("xe\u0301y")
    assert folded.text == "x\u00e9y"
    assert folded.source(1, 2) == (1, 3)


def test_an_expanded_letter_is_whole_or_not_at_all() -> None:
    folded = fold("aßb")
    assert folded.text == "assb"
    assert folded.source(1, 3) == (1, 2)
    assert folded.whole(1, 3)
    assert not folded.whole(0, 2)
    assert not folded.whole(2, 4)


def _texts() -> st.SearchStrategy[str]:
    telling = "aAé\u0301ßİ \n\t\u00a0\u200b\u00ad“”'’「」-–—*_`#>\\5５％我們，。ж"
    telling += "\u1112\u1161\u11ab"
    return st.text(alphabet=st.sampled_from(telling) | st.characters(), max_size=40)


@given(_texts(), st.booleans())
def test_the_map_leads_back_in_order_and_within_the_source(
    text: str,
    marks: bool,  # noqa: FBT001 - a hypothesis argument
) -> None:
    folded: Folded = fold(text, marks=marks)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    places = list(zip(folded.starts, folded.ends, strict=True))
    for start, end in places:
        assert 0 <= start < end <= len(text)
    for before, after in pairwise(places):
        assert before == after or before[1] <= after[0]


@given(st.text(alphabet="abcdéßж我們用十5 ", max_size=30))
def test_every_whole_stretch_folds_to_itself(text: str) -> None:
    text = unicodedata.normalize("NFD", text)
    folded = fold(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, len(folded.text) + 1):
            piece = folded.text[start:end]
            if folded.whole(start, end) and piece == piece.strip():
                low, high = folded.source(start, end)
                assert fold(text[low:high]).text == piece
