"""Both languages say the same things."""

from __future__ import annotations

from string import Formatter

import pytest

from icp_synth.domain.fields import CATEGORIES, KINDS, PROFILE_FIELDS, SIGNALS
from icp_synth.errors import UsageError
from icp_synth.exports.words import CHINESE, ENGLISH, LANGUAGES, words_of


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(ENGLISH) == list(CHINESE)


def test_a_text_has_the_same_placeholders_in_both() -> None:
    english = {key: _placeholders(text) for key, text in ENGLISH.items()}
    assert english == {key: _placeholders(text) for key, text in CHINESE.items()}


def test_forms_that_count_come_in_pairs() -> None:
    ones = {key.removesuffix(".one") for key in ENGLISH if key.endswith(".one")}
    many = {key.removesuffix(".many") for key in ENGLISH if key.endswith(".many")}
    assert ones == many


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_the_codebook_has_a_word(language: str) -> None:
    table = LANGUAGES[language]
    needed = [f"kind.{kind}" for kind in KINDS]
    needed += [f"category.{name}" for kind in KINDS for name in CATEGORIES[kind]]
    needed += [f"field.{name}" for name in PROFILE_FIELDS]
    needed += [f"signal.{name}" for name in SIGNALS]
    assert [key for key in needed if key not in table] == []


def test_one_and_many_are_told_apart() -> None:
    words = words_of("en")
    assert words.count("frame.people", 1) == "1 participant"
    assert words.count("frame.people", 1200) == "1,200 participants"


def test_a_name_that_nobody_translated_is_shown_as_it_is() -> None:
    assert words_of("en").named("category", "own_kind") == "own kind"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_rules_do_not_see_is_never_told_as_unsaid(language: str) -> None:
    words = words_of(language)
    instead = {
        key.removeprefix("by_rules.")
        for key in words.table
        if key.startswith("by_rules.")
    }
    assert instead
    assert instead <= words.table.keys()
    told = {key: words.by_rules().table[key] for key in instead}
    assert all(told[key] != words.table[key] for key in instead)
    unsaid = ("nobody sa", "nobody sp", "沒有人")
    assert [text for text in told.values() if text.lower().startswith(unsaid)] == []


def test_a_language_without_words_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="en, zh"):
        words_of("fr")
