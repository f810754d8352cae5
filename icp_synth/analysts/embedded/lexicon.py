"""Groups of words that tell kinds of talk apart, in English and Chinese.

The groups are data (`data/lexicon.toml`). They say nothing by themselves: the model
learns what a group speaks for, and learns it for both languages at once.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"[a-z]+(?:[-'][a-z]+)*|\d+")
_SHORTEST_STEM = 3
_MOST = 3
"""More mentions of a group than this count no more."""

_BACK = 3
"""Words, or characters, before a mention that may negate it."""

_NOT = frozenset(
    {
        *("not", "no", "never", "nor", "neither", "nothing", "hardly", "less"),
        *("without", "cannot", "can't", "couldn't", "won't", "wouldn't", "don't"),
        *("doesn't", "didn't", "isn't", "aren't", "wasn't", "haven't", "hasn't"),
    }
)
_NOT_ZH = re.compile(r"(?:不|沒|沒有|不是|並不|不太|無|別|未)(?:很|太|那麼|會|有|再)?$")


class Lexicon(NamedTuple):
    """The groups of each word, stem (`word*`), phrase and Chinese word."""

    words: dict[str, list[str]]
    stems: dict[str, list[str]]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    chinese: dict[str, list[str]]
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the groups, ready for look-up."""
    place = resources.files("icp_synth.analysts.embedded") / "data" / "lexicon.toml"
    groups = tomllib.loads(place.read_text("utf-8"))["group"]
    words: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    chinese: dict[str, list[str]] = {}
    for name, group in groups.items():
        for entry in group["en"].split():
            if "_" in entry:
                parts = tuple(entry.split("_"))
                phrases.setdefault(parts[0], []).append((parts, name))
            elif entry.endswith("*"):
                stems.setdefault(entry[:-1], []).append(name)
            else:
                words.setdefault(entry, []).append(name)
        for entry in group["zh"].split():
            chinese.setdefault(entry, []).append(name)
    longest_first = sorted(chinese, key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return Lexicon(words, stems, phrases, chinese, pattern)


def named(text: str, language: str) -> dict[str, float]:
    """Return the groups that a stretch names, each with the root of how often.

    A name starts with `!` where a negation stands before the mention.

    Args:
        text: The stretch, through `cues.plain`.
        language: `en` or `zh`.

    Example:
        >>> sorted(named("i am not afraid", "en"))
        ['!worried', 'i_subject', 'my_need']
    """
    found = _chinese(text) if language == "zh" else _english(text)
    return {name: math.sqrt(min(n, _MOST)) for name, n in sorted(found.items())}


def _english(text: str) -> Counter[str]:
    phrases = lexicon().phrases
    words = _TOKEN.findall(text)
    found: Counter[str] = Counter()
    for at, word in enumerate(words):
        names = [
            *_groups(word),
            *(
                name
                for parts, name in phrases.get(word, ())
                if tuple(words[at : at + len(parts)]) == parts
            ),
        ]
        if names:
            negated = not _NOT.isdisjoint(words[max(0, at - _BACK) : at])
            found.update(_marked(names, negated=negated))
    return found


def _chinese(text: str) -> Counter[str]:
    """Count at every character: words may overlap, longer ones win their place."""
    table, pattern = lexicon().chinese, lexicon().pattern
    found: Counter[str] = Counter()
    for at in range(len(text)):
        match = pattern.match(text, at)
        if match is not None:
            before = text[max(0, at - _BACK - 1) : at]
            negated = _NOT_ZH.search(before) is not None
            found.update(_marked(table[match.group()], negated=negated))
    return found


@lru_cache(maxsize=1 << 16)
def _groups(word: str) -> tuple[str, ...]:
    table = lexicon()
    names = set(table.words.get(word, ()))
    for end in range(_SHORTEST_STEM, len(word) + 1):
        names.update(table.stems.get(word[:end], ()))
    return tuple(sorted(names))


def _marked(names: Iterable[str], *, negated: bool) -> Iterator[str]:
    return (f"!{name}" if negated else name for name in names)
