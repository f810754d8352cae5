"""What the linear model sees of one segment: cues, groups of words, place, words.

Most kinds of features are shared by both languages, so that what was learnt on English
talk also helps to read Chinese; words and characters are each language's own.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded.cues import Found, asked, find, guards, plain
from icp_synth.analysts.embedded.lexicon import named
from icp_synth.analysts.embedded.sentences import length
from icp_synth.domain.fields import KIND_OF, KINDS
from icp_synth.embedding.concepts import in_characters, in_words
from icp_synth.embedding.words import CJK, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[!?]")
_RUN = re.compile(rf"[{CJK}]+")
_SPACE = re.compile(r"\s+")
_FIRST = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|my|me|we|we're|we've|our|us|myself)\b|我"
)
_WE = re.compile(r"\b(?:we|we're|we've|our|us)\b|我們")
_SECOND = re.compile(r"\byou\b|你|您")
_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千萬]")
_ASKS = re.compile(r"[?？]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_STEPS = (4, 7, 10, 14, 20, 28, 36, 50)
_CHARACTERS_PER_WORD = 1.6
_LONGEST_GRAM = 3
_MOST = 4.0
_SHORT_QUESTION = 12
_CARRIED = ("cue:", "score:", "guard:", "nocue", "first", "starts")
"""Features of a neighbour that a segment sees as well."""


class Segment(NamedTuple):
    """A stretch of a participant's turn in its place.

    Attributes:
        text: The words.
        question: The interviewer's turn before, or nothing.
        position: Which segment of its turn, from 0.
        language: `en` or `zh`.
    """

    text: str
    question: str
    position: int
    language: str


_REPORTED = re.compile(
    r"\b(?!I )[A-Z][a-z]+ (?:thinks|reckons|believes|complains|insists|swears|hates)\b"
)
"""A named person's opinion, which is not the speaker's."""


class Read(NamedTuple):
    """A segment's features by name, and the cues and guards among them."""

    features: dict[str, float]
    cues: tuple[Found, ...]
    asked: frozenset[str]
    guards: frozenset[str]


@lru_cache(maxsize=1)
def domain_words() -> frozenset[str]:
    """Return the topic words of the training interviews: no feature is made of them."""
    text = (
        resources.files("icp_synth.analysts.embedded") / "data" / "domain_words.txt"
    ).read_text("utf-8")
    return frozenset(
        word
        for line in text.splitlines()
        if not line.startswith("#")
        for word in line.split()
    )


def read_turn(turn: Sequence[Segment]) -> list[Read]:
    """Return the features of all segments of one turn; neighbours see one another.

    Args:
        turn: Its segments in order, of one question.
    """
    found = [_read(segment) for segment in turn]
    alone = [dict(one.features) for one in found]
    for at, (segment, one) in enumerate(zip(turn, found, strict=True)):
        features = one.features
        features["n1" if len(turn) == 1 else f"n{3 * min(len(turn) // 3, 2)}"] = 1.0
        if at == len(turn) - 1:
            features["last"] = 1.0
        for side, near in (("p", at - 1), ("n", at + 1)):
            if not 0 <= near < len(turn):
                features[f"{side}none"] = 1.0
                continue
            for name, value in alone[near].items():
                if name.startswith(_CARRIED):
                    features[side + name] = value
            features |= _even(f"{side}:", _words(turn[near]))
        features |= _question(segment.question, segment.language)
    return found


def _read(segment: Segment) -> Read:
    """Return the features of a segment by itself."""
    text = plain(segment.text)
    cues = tuple(find(text, segment.language))
    wanted = asked(plain(segment.question), segment.language)
    tripped = guards(text, segment.language)
    if _REPORTED.search(segment.text):
        tripped |= {"reported"}
    features = _shared(segment, text, cues)
    for category in wanted:
        features[f"ask:{category}"] = 1.0
    for name in tripped:
        features[f"guard:{name}"] = 1.0
    for name, value in named(text, segment.language).items():
        features[f"x:{name}"] = value
    for concept in _concepts(text, segment.language):
        features[f"c:{concept}"] = 1.0
    grams = _grams(text) if segment.language == "zh" else _pairs(_words(segment))
    features |= _even("w:", grams)
    return Read(features, cues, wanted, tripped)


def _shared(segment: Segment, text: str, cues: tuple[Found, ...]) -> dict[str, float]:
    features = {f"cue:{cue.name}": float(cue.sign) for cue in cues}
    scores = dict.fromkeys(KINDS, 0.0)
    for cue in cues:
        if cue.sign > 0:
            scores[KIND_OF[cue.category]] += cue.weight
    for kind, score in scores.items():
        features[f"score:{kind}"] = min(_MOST, score) / 2
    if not any(scores.values()):
        features["nocue"] = 1.0
    words: float = length(text)
    if segment.language == "zh":
        words /= _CHARACTERS_PER_WORD
    features.update({f"len{step}": 1.0 for step in _STEPS if words >= step})
    first = _FIRST.search(text)
    if first:
        features["first"] = 1.0
        if first.start() < 12:
            features["starts_first"] = 1.0
    for name, pattern in (
        ("we", _WE),
        ("you", _SECOND),
        ("digit", _DIGIT),
        ("asks", _ASKS),
    ):
        if pattern.search(text):
            features[name] = 1.0
    features[f"i{min(segment.position, 4)}"] = 1.0
    return features


def is_word(feature: str) -> bool:
    """Tell whether a feature is one language's own, of words or characters."""
    return feature[:2] in {"w:", "p:", "n:", "q:"}


def _concepts(text: str, language: str) -> Iterable[str]:
    if language != "zh":
        return in_words(pieces(text))
    return [name for run in _RUN.findall(text) for name in in_characters(run, set())]


def _words(segment: Segment) -> list[str]:
    """Return the words of an English segment in order, without topic words."""
    if segment.language == "zh":
        return []
    topic = domain_words()
    words = _TOKEN.findall(plain(segment.text))
    return [word if word not in topic else "" for word in words]


def _pairs(words: Sequence[str]) -> list[str]:
    """Return words and pairs of words; what is empty takes its pairs with it."""
    return [
        *words,
        *(f"{one} {two}" for one, two in pairwise(words) if one and two),
    ]


def _grams(text: str) -> list[str]:
    """Return all runs of up to three characters."""
    bare = _SPACE.sub("", text)
    return [
        bare[at : at + size]
        for size in range(1, _LONGEST_GRAM + 1)
        for at in range(len(bare) - size + 1)
    ]


def _even(prefix: str, names: Iterable[str]) -> dict[str, float]:
    """Return features of one length in all, however many there are."""
    held = sorted({name for name in names if name})
    value = 1.0 / math.sqrt(len(held)) if held else 0.0
    return {prefix + name: value for name in held}


@lru_cache(maxsize=1024)
def _asked_words(question: str, language: str) -> tuple[tuple[str, float], ...]:
    said = plain(_PARAGRAPH.split(question.strip())[-1])
    features = {} if language == "zh" else _even("q:", _pairs(_TOKEN.findall(said)))
    if len(said) < _SHORT_QUESTION:
        features["qshort"] = 1.0
    if _ASKS.search(said):
        features["qasks"] = 1.0
    return tuple(features.items())


def _question(question: str, language: str) -> dict[str, float]:
    return dict(_asked_words(question, language))
