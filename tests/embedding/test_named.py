"""What a text names: words that carry matter, concepts, pairs of characters."""

from __future__ import annotations

import pytest

from icp_synth.embedding.named import matters_in, named, without_light


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We do it the same way.", []),
        ("Nobody drives vans twice", ["drives", "vans"]),
        ("客戶的發票", ["客戶", "發票"]),
    ],
)
def test_matters_are_named_as_they_are_written_and_light_words_are_none(
    text: str, words: list[str]
) -> None:
    found = [one.words for one in named(text)]
    assert [one for one in found if one in words] == words
    if not words:
        assert found == []


def test_words_that_say_how_often_weigh_nothing() -> None:
    assert without_light("Personally I usually draw").split() == ["I", "draw"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("we lose the invoices", "她的發票"), ("the spreadsheets", "an Excel sheet")],
)
def test_words_of_one_concept_are_one_matter(one: str, other: str) -> None:
    shared = matters_in(one) & matters_in(other)
    assert any(name.startswith("#") for name in shared)


def test_a_word_of_two_concepts_is_one_matter() -> None:
    assert len(matters_in("books")) == 1


def test_characters_count_in_pairs_without_the_light_ones() -> None:
    assert {"排班", "師傅"} <= matters_in("我們的師傅排班")
    assert not matters_in("其實我們也都這樣")


def test_a_word_of_three_characters_is_no_more_than_one_matter() -> None:
    assert sum(not one.startswith("#") for one in matters_in("設計師")) == 1
