"""The words of the evaluation's pages, in English and in Chinese (Traditional).

One TOML file per language beside this module, as for the reports, whose words for
kinds, categories and reasons are shared. Keys that begin with `view.` go into the page
for its script.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from icp_synth.exports import words as report_words
from icp_synth.exports.words import Words, read_table

ENGLISH: Mapping[str, str] = read_table(__name__, "en")
"""English."""

CHINESE: Mapping[str, str] = read_table(__name__, "zh")
"""Chinese, Traditional, as written in Taiwan."""

_OURS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


@cache
def words_of(language: str) -> Words:
    """Return the words of a language, those of the reports among them.

    Args:
        language: `en` or `zh`.

    Raises:
        UsageError: When there is no table for it.
    """
    shared = report_words.words_of(language)
    return Words(language=language, table={**shared.table, **_OURS[language]})


def for_script(words: Words) -> dict[str, str]:
    """Return what the script of a page says, keys without their `view.`."""
    return {
        key.removeprefix("view."): text
        for key, text in words.table.items()
        if key.startswith("view.")
    }
