"""Words of one trade or job are alike in other words; small words are of none."""

from __future__ import annotations

import pytest

from icp_synth.stages.draft.alike import keys_of, merged


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("industry", "office cleaning", "we clean stairwells"),
        ("role", "a freelance writer", "a writer and editor"),
        ("technology", "Chat GPT", "ChatGPT, Xero"),
    ],
)
def test_alike_values_share_a_key(field: str, one: str, other: str) -> None:
    assert keys_of(field, one) & keys_of(field, other)


def test_small_words_are_of_no_trade() -> None:
    lifts = keys_of("industry", "lifts and the shafts for them")
    cows = keys_of("industry", "milking machines and the pumps for them")
    assert not lifts & cows


def test_a_longer_noun_stands_under_the_shorter_one() -> None:
    assert merged(["copywriter", "writer", "actor"], "role")["copywriter"] == "writer"


@pytest.mark.parametrize("value", ["-", "CEO / -", " "])
def test_a_value_of_nothing_ends_nothing(value: str) -> None:
    assert keys_of("role", value)
