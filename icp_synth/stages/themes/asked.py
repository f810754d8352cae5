"""Who was asked about a theme.

The rule, which would rather say "not known" than count a person too many:

- A question is a sentence with a question mark that an interviewer said since the
  participant last spoke; whoever answers next was asked it.
- A theme is what people say to a question when at least two of its people, and at
  least a third of them, said it in the answer to that question or to one like it. Then
  everybody who was asked it, or one like it, was asked about the theme.
- The theme must belong to that question: an answer to it says the theme at least twice
  as often as an answer to any other, and beyond chance (Fisher's exact test, one-sided,
  5 %). An opening question that everybody answers about everything raises no theme.
- Where no question brought a theme up in this way, nobody knows who was asked.

So it works where interviews follow a guide, and mostly abstains where they do not. Who
was asked and said it elsewhere counts as having said it; who said it unasked does not
count among those who were asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from math import comb

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.insights import Insight
from icp_synth.domain.transcripts import Transcript
from icp_synth.domain.values import Value
from icp_synth.stages.themes.clusters import one_thread
from icp_synth.stages.themes.groups import ThemeGroup

LIKE_QUESTIONS = {"embedded": 0.8}
"""Embedder's name up to the version → least cosine of two questions that are alike."""

_OTHER_LIKENESS = 0.8
"""For dense vectors of a model's endpoint."""

_BLOCK = 2048

_LEAST_PEOPLE = 2
_LEAST_SHARE = 1 / 3
_LEAST_RATIO = 2.0
_CHANCE = 0.05
_LEAST_LETTERS = 12
"""A shorter question ("Why?", "And then?") is about what went before."""

_MARKS = ("?", "？")
_END = re.compile(r"(\.(?!\d)|[!。！\n?？])")
_WIDE = re.compile("[\u2e81-\U0010ffff]")


class Question(Value):
    """A question as it was put, with the turn of the participant who answers."""

    transcript: str
    turn: int
    participant: str
    text: str


class WasAsked(Value):
    """Who was asked about a theme.

    Attributes:
        people: Names, sorted.
        question: The one that most of the theme's answers follow, as it was put.
    """

    people: tuple[str, ...]
    question: str


def questions_of(transcripts: Iterable[Transcript]) -> tuple[Question, ...]:
    """Return the questions that interviewers put, in the order of the transcripts.

    Args:
        transcripts: With roles decided; withheld turns are not looked at.

    Returns:
        One a question and answering turn; none where nobody is an interviewer.
    """
    found: list[Question] = []
    for transcript in sorted(transcripts, key=lambda one: one.id):
        put: list[str] = []
        answered = False
        for turn in transcript.turns:
            if turn.withheld or turn.start == turn.end:
                continue
            if turn.speaks == "interviewer":
                if answered:
                    put, answered = [], False
                put.extend(_questions_in(turn.span.of(transcript.text)))
            elif turn.speaks == "participant" and turn.participant is not None:
                answered = True
                found.extend(
                    Question(
                        transcript=transcript.id,
                        turn=turn.index,
                        participant=turn.participant,
                        text=text,
                    )
                    for text in put
                )
    return tuple(found)


def asked_about(
    themes: Sequence[ThemeGroup],
    questions: Sequence[Question],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
    likeness: float,
) -> tuple[WasAsked | None, ...]:
    """Return for each theme who was asked about it, and in which words.

    Args:
        themes: As `group_themes` gave them.
        questions: Of all transcripts, as `questions_of` gives them.
        embed: Texts → unit vectors, shape (len(texts), d), each by itself.
        likeness: Least cosine of two questions that are alike (`likeness_for`).

    Returns:
        One a theme, in the order given; None where nobody knows.
    """
    texts = sorted({one.text for one in questions})
    if not texts:
        return (None,) * len(themes)
    number = {text: i for i, text in enumerate(texts)}
    put_at: dict[tuple[str, int], set[int]] = defaultdict(set)
    put_to: dict[int, set[str]] = defaultdict(set)
    turns_of: dict[int, set[_Turn]] = defaultdict(set)
    for one in questions:
        put_at[one.transcript, one.turn].add(number[one.text])
        put_to[number[one.text]].add(one.participant)
        turns_of[number[one.text]].add((one.transcript, one.turn))
    vectors = embed(texts)
    answers = [_before(theme.insights, put_at) for theme in themes]
    with one_thread():
        raised = [
            _raising(answered, theme, vectors, likeness)
            for answered, theme in zip(answers, themes, strict=True)
        ]
        like = _like(sorted({one for own in raised for one in own}), vectors, likeness)
    found = []
    for theme, own in zip(themes, raised, strict=True):
        said = {turn for turn in _turns(theme) if turn in put_at}
        asking = {
            one: {turn for other in like[one] for turn in turns_of[other]}
            for one in own
        }
        kept = [one for one in own if _belongs(said, asking[one], len(put_at))]
        names = {name for one in kept for other in like[one] for name in put_to[other]}
        first = max(kept, key=lambda one: (len(said & asking[one]), -one), default=0)
        found.append(
            WasAsked(people=tuple(sorted(names)), question=texts[first])
            if names
            else None
        )
    return tuple(found)


_Turn = tuple[str, int]


def _turns(theme: ThemeGroup) -> set[_Turn]:
    """Return the turns in which a theme's quotes stand."""
    return {
        (one.transcript, quote.turn) for one in theme.insights for quote in one.quotes
    }


def _belongs(said: Set[_Turn], asking: Set[_Turn], answers: int) -> bool:
    """Tell whether a theme comes with the answers to a question, beyond chance.

    Args:
        said: Answers in which it stands.
        asking: Answers to the question or one like it.
        answers: How many there are to any question.
    """
    inside, outside = len(said & asking), len(said - asking)
    others = answers - len(asking)
    if others and inside * others < _LEAST_RATIO * outside * len(asking):
        return False
    ways = sum(
        comb(len(asking), one) * comb(others, len(said) - one)
        for one in range(inside, min(len(said), len(asking)) + 1)
    )
    return ways / comb(answers, len(said)) <= _CHANCE


def likeness_for(embedder: str) -> float:
    """Return the least cosine of like questions that belongs to an embedder."""
    return LIKE_QUESTIONS.get(embedder.split("-", 1)[0], _OTHER_LIKENESS)


def _questions_in(text: str) -> list[str]:
    """Return the sentences of a turn that are questions and say what they ask."""
    parts = _END.split(text)
    # What stands after the last end is begun, and no question yet.
    ended = zip(parts[:-1:2], parts[1::2], strict=True)
    found = (" ".join(f"{said}{end}".split()) for said, end in ended)
    return [
        one
        for one in found
        if one.endswith(_MARKS) and len(one) + len(_WIDE.findall(one)) > _LEAST_LETTERS
    ]


def _before(
    insights: Sequence[Insight], put_at: dict[tuple[str, int], set[int]]
) -> dict[int, set[str]]:
    """Return the questions that a theme's quotes answer, with who gave the answer."""
    answered: dict[int, set[str]] = defaultdict(set)
    for insight in insights:
        for quote in insight.quotes:
            for question in put_at.get((insight.transcript, quote.turn), ()):
                answered[question].add(insight.participant)
    return answered


def _raising(
    answered: dict[int, set[str]],
    theme: ThemeGroup,
    vectors: NDArray[np.float32],
    likeness: float,
) -> list[int]:
    """Return the questions that brought a theme up, in order.

    They are sought among those that its people answered: few, where all that were
    ever put are many.
    """
    own = sorted(answered)
    least = max(_LEAST_PEOPLE, _LEAST_SHARE * len(theme.participants))
    if len(set().union(*answered.values())) < least:
        return []
    like = _like(range(len(own)), vectors[own], likeness)
    return [
        own[place]
        for place, others in like.items()
        if len({name for other in others for name in answered[own[other]]}) >= least
    ]


def _like(
    wanted: Sequence[int], vectors: NDArray[np.float32], likeness: float
) -> dict[int, list[int]]:
    """Return which questions are like each of some, itself among them.

    Args:
        wanted: Rows of those.
        vectors: Unit vectors of all, shape (questions, d).
        likeness: Least cosine of two that are alike.
    """
    found: dict[int, list[int]] = {one: [] for one in wanted}
    # In blocks, since all pairs of many questions fit no memory.
    for start in range(0, len(vectors) if wanted else 0, _BLOCK):
        block = vectors[start : start + _BLOCK].astype(np.float64).T
        for first in range(0, len(wanted), _BLOCK):
            rows = np.asarray(wanted[first : first + _BLOCK])
            cosines = np.round(vectors[rows].astype(np.float64) @ block, 6)
            for place, other in np.argwhere(cosines >= likeness).tolist():
                found[int(rows[place])].append(start + other)
    for one, others in found.items():
        # Rounding may put a question under its own likeness, but not its asking.
        if one not in others:
            others.append(one)
    return found
