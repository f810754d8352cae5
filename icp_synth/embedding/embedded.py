"""Vectors without a model: a fixed function of one text.

Words, pairs of words, short character runs and bilingual concepts are hashed with a
sign into a vector, each with the weight that a shipped table gives it: words that
everybody says count little, rare ones and concepts count much. Nothing is fitted on a
project, so one more interview changes no vector. The vectors are lexical: they see
that the same thing is named, not that the same thing is meant.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.words import is_cjk, pieces, stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

VERSION = "embedded-v1"
DIMENSION = 2048

_BATCH = 2048
_PAIR = 0.35
_PART = 0.5
_PART_LENGTH = 4
_CONCEPT = 1.8
_CHARACTER = 0.25
_CHARACTER_PAIR = 0.8
_CHARACTER_TRIPLE = 0.3
_LIGHTEST = 0.12
"""Weight of the words of `data/light.txt`."""

_LIGHT = 0.25


class Table(NamedTuple):
    """The shipped weights, 0 to 1; what is not listed is rare and weighs 1."""

    english: dict[str, float]
    chinese: dict[str, float]
    concepts: dict[str, float]
    common: frozenset[str]


@lru_cache(maxsize=1)
def weight_table() -> Table:
    """Return `data/weights.json` with weights as numbers from 0 to 1.

    Words of `data/light.txt` weigh `_LIGHTEST` at most, however rare they were.
    """
    folder = resources.files("icp_synth.embedding") / "data"
    data = json.loads((folder / "weights.json").read_text("utf-8"))
    english, chinese, concepts = (
        {key: value / 100 for key, value in data[part].items()}
        for part in ("english", "chinese", "concepts")
    )
    for line in (folder / "light.txt").read_text("utf-8").splitlines():
        for word in line.partition("#")[0].split():
            english[stem(word)] = min(_LIGHTEST, english.get(stem(word), 1.0))
    common = frozenset(word for word in chinese if len(word) == 2)
    return Table(english, chinese, concepts, common)


class EmbeddedEmbedder:
    """Turns texts into unit vectors by signed hashing; needs no model.

    Args:
        dimension: Length of the vectors; part of the name, as other lengths give
            other vectors.

    Example:
        >>> EmbeddedEmbedder().embed(["too slow", ""]).shape
        (2, 2048)
    """

    def __init__(self, dimension: int = DIMENSION) -> None:
        self.dimension = dimension
        self.name = f"{VERSION}-{dimension}"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return an array of shape (len(texts), dimension), rows of length 1.

        A text without words gives the first axis, so that every row has a length.
        """
        return self.embed_weighted(texts, {})

    def embed_weighted(
        self, texts: Sequence[str], weights: Mapping[int, float]
    ) -> NDArray[np.float32]:
        """Return vectors whose features are weighed by what is known of a study.

        Args:
            texts: Any.
            weights: Hashed feature → factor; 1 where it is not named.
        """
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            batch = texts[start : start + _BATCH]
            vectors[start : start + len(batch)] = self._batch(batch, weights)
        return vectors

    def _batch(
        self, texts: Sequence[str], weights: Mapping[int, float]
    ) -> NDArray[np.float32]:
        places: list[int] = []
        values: list[float] = []
        for row, text in enumerate(texts):
            base = row * self.dimension
            for hashed, plain in features(text).items():
                value = plain * weights.get(hashed, 1.0)
                places.append(base + (hashed >> 1) % self.dimension)
                values.append(value if hashed & 1 else -value)
        sums = np.bincount(
            np.asarray(places, dtype=np.int64),
            weights=np.asarray(values, dtype=np.float64),
            minlength=len(texts) * self.dimension,
        ).reshape(len(texts), self.dimension)
        lengths = np.sqrt((sums * sums).sum(axis=1))
        empty = lengths < 1e-9
        sums[empty] = 0.0
        sums[empty, 0] = 1.0
        lengths[empty] = 1.0
        unit: NDArray[np.float32] = (sums / lengths[:, None]).astype(np.float32)
        return unit


def features(text: str) -> dict[int, float]:
    """Return the hashed features of a text with their weights.

    A feature that occurs n times weighs sqrt(n) times its own weight.
    """
    table = weight_table()
    counts: Counter[int] = Counter()
    weights: dict[int, float] = {}
    words: list[str] = []
    found: list[tuple[int, float]] = []
    for piece in pieces(text):
        if not is_cjk(piece):
            words.append(piece)
            continue
        if words:
            found.extend(_english(words, table))
            words = []
        found.extend(_chinese(piece, table))
    found.extend(_english(words, table))
    for feature, weight in found:
        counts[feature] += 1
        weights[feature] = weight
    return {feature: weights[feature] * count**0.5 for feature, count in counts.items()}


def _english(words: list[str], table: Table) -> Iterator[tuple[int, float]]:
    for concept in in_words(words):
        yield _concept(concept)
    before, before_weight = "", 0.0
    for word in words:
        yield from _word(word)
        weight = table.english.get(word, 1.0)
        if weight >= _LIGHT:
            if before:
                pair = (before_weight * weight) ** 0.5
                yield _hash(f"b{before} {word}"), _PAIR * pair
            before, before_weight = word, weight


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> tuple[tuple[int, float], ...]:
    """Give a word, and its character runs, which bring typing errors closer."""
    weight = weight_table().english.get(word, 1.0)
    found = [(_hash(f"w{word}"), weight)]
    if weight >= _LIGHT and word.isalpha() and len(word) >= _PART_LENGTH:
        framed = f"<{word}>"
        count = len(framed) - _PART_LENGTH + 1
        share = _PART * weight / count**0.5
        found.extend(
            (_hash(f"p{framed[at : at + _PART_LENGTH]}"), share) for at in range(count)
        )
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _concept(name: str) -> tuple[int, float]:
    return _hash(f"#{name}"), _CONCEPT * weight_table().concepts.get(name, 1.0)


def _chinese(run: str, table: Table) -> Iterator[tuple[int, float]]:
    for concept in in_characters(run, table.common):
        yield _concept(concept)
    weights = [table.chinese.get(character, 1.0) for character in run]
    for at, character in enumerate(run):
        yield _hash(f"c{character}"), _CHARACTER * weights[at]
        if at + 1 < len(run):
            pair = run[at : at + 2]
            mean = (weights[at] * weights[at + 1]) ** 0.5
            own = table.chinese.get(pair, mean)
            yield _hash(f"c{pair}"), _CHARACTER_PAIR * own
        if at + 2 < len(run):
            share = (weights[at] * weights[at + 1] * weights[at + 2]) ** (1 / 3)
            yield _hash(f"c{run[at : at + 3]}"), _CHARACTER_TRIPLE * share


@lru_cache(maxsize=1 << 17)
def _hash(feature: str) -> int:
    """Return 63 stable bits; `hash()` differs from process to process."""
    digest = blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def concepts_in(text: str) -> frozenset[str]:
    """Return the shipped concepts that a text names, in either language.

    Example:
        >>> concepts_in("the invoices") == concepts_in("發票")
        True
    """
    common = weight_table().common
    found: set[str] = set()
    words: list[str] = []
    for piece in pieces(text):
        if is_cjk(piece):
            found.update(in_characters(piece, common))
        else:
            words.append(piece)
    found.update(in_words(words))
    return frozenset(found)
