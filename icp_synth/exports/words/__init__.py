"""The words of the reports, in English and in Chinese (Traditional, Taiwan).

One TOML file per language beside this module, with the same keys, in the same order,
with the same placeholders. Keys that count come in pairs, `KEY.one` and `KEY.many`,
read by `Words.count`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from icp_synth.errors import UsageError


def _flat(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def read_table(package: str, language: str) -> Mapping[str, str]:
    """Return the words in `LANGUAGE.toml` of a package, by dotted key."""
    file = resources.files(package) / f"{language}.toml"
    return dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))


ENGLISH: Mapping[str, str] = read_table(__name__, "en")
"""English."""

CHINESE: Mapping[str, str] = read_table(__name__, "zh")
"""Chinese, Traditional, as written in Taiwan."""

_BY_RULES = "by_rules."
"""Before the keys of what is said instead where fixed rules read."""

LANGUAGES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Attributes:
        language: `en` or `zh`.
        table: Key to text with `{placeholders}`.
    """

    language: str
    table: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with its placeholders filled."""
        return self.table[key].format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """Return `KEY.one` or `KEY.many`, with `{n}` filled."""
        form = "one" if n == 1 else "many"
        return self(f"{key}.{form}", n=f"{n:,}", **values)

    def named(self, group: str, name: str) -> str:
        """Return `GROUP.NAME`, or the name itself, spaced, where no word is known."""
        known = self.table.get(f"{group}.{name}")
        return known if known is not None else name.replace("_", " ")

    def aside(self, text: str) -> str:
        """Return a remark in brackets, as it follows a word.

        Example:
            >>> words_of("en").aside("6 people"), words_of("zh").aside("6 人")
            (' (6 people)', '（6 人）')
        """
        return f"{self('mark.open')}{text}{self('mark.close')}"

    def pair(self, name: str, told: str) -> str:
        """Return a name, a colon, and what is told of it."""
        return f"{name}{self('claim.colon')}{told}"

    def listed(self, names: Iterable[str]) -> str:
        """Return names one after another."""
        return self("mark.comma").join(names)

    def joined(self, remarks: Iterable[str]) -> str:
        """Return remarks one after another."""
        return self("mark.semicolon").join(remarks)

    def by_rules(self) -> Words:
        """Return the words of what fixed rules read.

        What they do not recognise may have been said: it is never told as "nobody
        said".
        """
        instead = {
            key.removeprefix(_BY_RULES): text
            for key, text in self.table.items()
            if key.startswith(_BY_RULES)
        }
        return replace(self, table={**self.table, **instead})

    @property
    def tag(self) -> str:
        """The language tag of a page, as in BCP 47."""
        return "zh-Hant-TW" if self.language == "zh" else self.language


def words_of(language: str) -> Words:
    """Return the words of a language.

    Args:
        language: `en` or `zh`.

    Raises:
        UsageError: When there is no table for it.
    """
    if language not in LANGUAGES:
        msg = f"There is no report in the language {language!r}."
        raise UsageError(msg, hint=f"Choose one of {', '.join(sorted(LANGUAGES))}.")
    return Words(language=language, table=LANGUAGES[language])
