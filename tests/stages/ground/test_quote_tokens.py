from __future__ import annotations

import pytest

from icp_synth.stages.ground.fold import fold
from icp_synth.stages.ground.sentences import sentences
from icp_synth.stages.ground.tokens import long_enough, tokenize


def _tokens(text: str) -> list[str]:
    return [token.text for token in tokenize(fold(text).text) if token.weight]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I don’t pay 1,200.50 euros", ["i", "don't", "pay", "1,200.50", "euros"]),
        ("$50 or 50 % at 10k", ["$50", "or", "50%", "at", "10k"]),
        ("我們用Excel 3個月", ["我", "們", "用", "excel", "3", "個", "月"]),
        ("well-known, b2b", ["well", "known", "b2b"]),
        ("한국 사람", ["한국", "사람"]),
        ("…!", []),
    ],
)
def test_a_token_is_a_word_a_number_or_a_cjk_character(
    text: str, tokens: list[str]
) -> None:
    assert _tokens(text) == tokens


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("two hours", False),
        ("spend two hours", True),
        ("兩個小時間", False),
        ("花兩個小時間", True),
        ("用 Excel 做", False),
        ("用 Excel 做報表", True),
    ],
)
def test_three_words_or_six_characters_are_enough(text: str, *, enough: bool) -> None:
    weight = sum(token.weight for token in tokenize(fold(text).text))
    assert long_enough(weight) is enough


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It breaks. I wait.", ["It breaks.", " I wait."]),
        ("Dr. Wu pays 3.5 a day. No.", ["Dr. Wu pays 3.5 a day.", " No."]),
        ("I mean... it breaks… often", ["I mean... it breaks… often"]),
        ("“Why?” he asked! yes", ["“Why?”", " he asked!", " yes"]),
        ("會壞掉。我等。", ["會壞掉。", "我等。"]),
        ("one\n\ntwo", ["one\n\n", "two"]),
    ],
)
def test_sentences_cover_the_text(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts
