"""The words of the review pages, in the languages of the report.

One TOML file per language with the same keys in the same order; `KEY.one` and
`KEY.many` count. A key that is not here is looked for among the words of the report.
"""

from __future__ import annotations

from collections.abc import Mapping

from icp_synth.exports.words import Words, read_table, words_of

ENGLISH: Mapping[str, str] = read_table(__name__, "en")
"""English."""

CHINESE: Mapping[str, str] = read_table(__name__, "zh")
"""Chinese, Traditional, as written in Taiwan."""

_TABLES = {"en": ENGLISH, "zh": CHINESE}


def review_words(language: str) -> Words:
    """Return the words of the pages; those of the report stand behind them.

    Args:
        language: `en` or `zh`.

    Raises:
        UsageError: When there are no words for it.
    """
    report = words_of(language)
    return Words(language=language, table={**report.table, **_TABLES[language]})


def script_words(language: str) -> Mapping[str, str]:
    """Return what the pages' scripts say, by key: the tables of this room alone."""
    return _TABLES[language]
