"""Who was asked about a theme.

The rule, which would rather say "not known" than count a person too many:

- A question is a sentence with a question mark that an interviewer said since the
  participant last spoke; whoever answers next was asked it.
- A theme is what people say to a question when at least two of its people, and at
  least a third of them, said it in the answer to that question or to one like it. Then
  everybody who was asked it, or one like it, was asked about the theme.
- Where no question brought a theme up in this way, nobody knows who was asked.

So it works where interviews follow a guide, and mostly abstains where they do not. Who
was asked and said it elsewhere counts as having said it; who said it unasked does not
count among those who were asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

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

_LEAST_PEOPLE = 2
_LEAST_SHARE = 1 / 3
_LEAST_LETTERS = 12
"""A shorter question ("Why?", "And then?") is about what went before."""

_MARKS = "?？"
_ENDS = ".!。！\n" + _MARKS


class Question(Value):
    """A question as it was put, with the turn of the participant who answers."""

    transcript: str
    turn: int
    participant: str
    text: str


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
) -> tuple[tuple[str, ...] | None, ...]:
    """Return for each theme who was asked about it.

    Args:
        themes: As `group_themes` gave them.
        questions: Of all transcripts, as `questions_of` gives them.
        embed: Texts → unit vectors, shape (len(texts), d), each by itself.
        likeness: Least cosine of two questions that are alike (`likeness_for`).

    Returns:
        Names, sorted, of each theme in the order given; None where nobody knows.
    """
    texts = sorted({one.text for one in questions})
    if not texts:
        return (None,) * len(themes)
    number = {text: i for i, text in enumerate(texts)}
    put_at: dict[tuple[str, int], set[int]] = defaultdict(set)
    put_to: dict[int, set[str]] = defaultdict(set)
    for one in questions:
        put_at[one.transcript, one.turn].add(number[one.text])
        put_to[number[one.text]].add(one.participant)
    vectors = embed(texts)
    with one_thread():
        return tuple(
            _asked(_before(theme.insights, put_at), theme, vectors, put_to, likeness)
            for theme in themes
        )


def likeness_for(embedder: str) -> float:
    """Return the least cosine of like questions that belongs to an embedder."""
    return LIKE_QUESTIONS.get(embedder.split("-", 1)[0], _OTHER_LIKENESS)


def _questions_in(text: str) -> list[str]:
    """Return the sentences of a turn that are questions and say what they ask."""
    sentences, begun = [], 0
    for at, character in enumerate(text):
        if character not in _ENDS:
            continue
        sentence = " ".join(text[begun : at + 1].split())
        begun = at + 1
        wide = sum(2 if ord(one) > 0x2E80 else 1 for one in sentence)
        if character in _MARKS and wide > _LEAST_LETTERS:
            sentences.append(sentence)
    return sentences


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


def _asked(
    answered: dict[int, set[str]],
    theme: ThemeGroup,
    vectors: NDArray[np.float32],
    put_to: dict[int, set[str]],
    likeness: float,
) -> tuple[str, ...] | None:
    own = sorted(answered)
    if not own:
        return None
    alike = np.round(vectors[own].astype(np.float64) @ vectors.T, 6) >= likeness
    alike[np.arange(len(own)), own] = True
    least = max(_LEAST_PEOPLE, _LEAST_SHARE * len(theme.participants))
    people: set[str] = set()
    for row, _ in enumerate(own):
        said = {name for other in own if alike[row, other] for name in answered[other]}
        if len(said) >= least:
            for question in np.flatnonzero(alike[row]):
                people |= put_to[int(question)]
    return tuple(sorted(people)) or None
