"""The shipped bilingual concepts: which of them a text names, in either language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple, TypeVar

from icp_synth.embedding.words import is_cjk, pieces, traditional

_Key = TypeVar("_Key", str, tuple[str, ...])


class Lexicon(NamedTuple):
    """Phrases of both languages and the concepts that each stands for.

    `longest` gives, for the first word or character of a phrase, how long the longest
    phrase is that starts with it.
    """

    english: dict[tuple[str, ...], tuple[str, ...]]
    chinese: dict[str, tuple[str, ...]]
    longest: dict[str, int]
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the concepts of `data/concepts.tsv`, keyed by their stemmed phrases."""
    text = (resources.files("icp_synth.embedding") / "data" / "concepts.tsv").read_text(
        "utf-8"
    )
    english: dict[tuple[str, ...], list[str]] = {}
    chinese: dict[str, list[str]] = {}
    names = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, words, characters = line.split("\t")
        names.append(name)
        for phrase in words.split(","):
            _add(english, pieces(phrase), name)
        for word in characters.split():
            if is_cjk(word):
                _add(chinese, traditional(word), name)
            else:
                _add(english, pieces(word), name)
    longest: dict[str, int] = {}
    for key in (*english, *chinese):
        longest[key[0]] = max(len(key), longest.get(key[0], 0))
    return Lexicon(
        english={key: tuple(found) for key, found in english.items()},
        chinese={key: tuple(found) for key, found in chinese.items()},
        longest=longest,
        names=tuple(names),
    )


def _add(table: dict[_Key, list[str]], key: _Key, name: str) -> None:
    held = table.setdefault(key, [])
    if name not in held:
        held.append(name)


def phrases_in_words(
    words: Sequence[str],
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Return where known phrases stand in a run of English stems, and their concepts.

    Args:
        words: As `pieces` gives them.

    Returns:
        First word, the word after the last, and concepts; longer phrases come first.
    """
    table, _, longest, _ = lexicon()
    found = []
    at = 0
    while at < len(words):
        most = longest.get(words[at])
        if most is None:  # As most words are.
            at += 1
            continue
        for length in range(min(most, len(words) - at), 0, -1):
            names = table.get(tuple(words[at : at + length]))
            if names:
                found.append((at, at + length, names))
                at += length
                break
        else:
            at += 1
    return found


def in_words(words: Sequence[str]) -> list[str]:
    """Return the concepts of a run of English stems; longer phrases come first.

    Example:
        >>> in_words(["data", "entry", "by", "hand"])
        ['double_entry', 'double_entry']
    """
    return [name for _, _, names in phrases_in_words(words) for name in names]


def phrases_in_characters(
    run: str, common: frozenset[str] | set[str]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where a known word stands in a run of Chinese characters, longest first.

    Args:
        run: Traditional characters without anything between them.
        common: Two-character words that are common; a word of one character is not
            looked for inside them (the `家` of `大家` is no home).

    Yields:
        First character, the character after the last, and concepts.
    """
    _, table, longest, _ = lexicon()
    at = 0
    while at < len(run):
        most = min(longest.get(run[at], 0), len(run) - at)
        for length in range(most, 0, -1):
            names = table.get(run[at : at + length])
            if names is None:
                continue
            if length == 1 and (
                run[at : at + 2] in common or run[max(0, at - 1) : at + 1] in common
            ):
                continue
            yield at, at + length, names
            at += length
            break
        else:
            at += 1


def in_characters(run: str, common: frozenset[str] | set[str]) -> list[str]:
    """Return the concepts of a run of Chinese characters, longest words first.

    Args:
        run: As for `phrases_in_characters`.
        common: As for `phrases_in_characters`.
    """
    return [
        name for _, _, names in phrases_in_characters(run, common) for name in names
    ]
