"""What the linear model sees of one segment: cues, the question, place, words.

The first kind of features is shared by both languages, so that what was learnt on
English talk also reads Chinese; words are English only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from icp_synth.analysts.embedded.cues import Found, asked, find, guards, plain
from icp_synth.analysts.embedded.sentences import length
from icp_synth.domain.fields import KIND_OF, KINDS
from icp_synth.embedding.words import stem

_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[!?]")
_FIRST = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|my|me|we|we're|we've|our|us|myself)\b|我"
)
_SECOND = re.compile(r"\byou\b|你|您")
_STEPS = (4, 7, 10, 14, 20, 28)
_CHARACTERS_PER_WORD = 1.6
_MOST = 4.0


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


def read(segment: Segment) -> Read:
    """Return the features of one segment."""
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
    if segment.language == "en":
        _add_words(features, text)
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
    if _SECOND.search(text):
        features["you"] = 1.0
    if re.search(r"\d", text):
        features["digit"] = 1.0
    features[f"i{min(segment.position, 4)}"] = 1.0
    return features


def is_asked(feature: str) -> bool:
    """Tell whether a feature comes from the question; kinds are read without it."""
    return feature.startswith("ask:")


def is_word(feature: str) -> bool:
    """Tell whether a feature is made of English words (rather than shared)."""
    return feature[:2] in {"u:", "s:", "b:"}


def _add_words(features: dict[str, float], text: str) -> None:
    topic = domain_words()
    words = _TOKEN.findall(text)
    for word in words:
        if word not in topic:
            features[f"u:{word}"] = 1.0
            features[f"s:{stem(word)}"] = 1.0
    framed = ["<s>", *words, "</s>"]
    for first, second in pairwise(framed):
        if first not in topic and second not in topic:
            features[f"b:{first}_{second}"] = 1.0
