"""What each person keeps coming back to, whatever the language and however long.

Segments are found by it beside themes and facts: one person's statement is a noisy
witness of what their days are about, a whole interview is not. Who talks longer names
more things more often, so counts alone would find who talks much; what is taken is
what a person says more of than their own talk would let one expect, and everybody has
as many points to give away.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.transcripts import Transcript
from icp_synth.embedding.embedded import concepts_in
from icp_synth.embedding.salience import sentences_of

STEP = 0.5
"""Points that a feature stands for."""

_TOPICS = 18
"""Who talks long has more topics, and no more that are foremost."""

_POINTS = 24.0
"""What everybody's topics weigh together, at most."""

_MOST = 3.0
"""Points of one topic, so that no hobby-horse is a whole person."""

_LEAST = 2
"""Sentences under which nobody comes back to anything."""

_PRIOR = 5.0
"""Sentences added to what is expected: two of a rare word are no passion yet."""


class Matters(NamedTuple):
    """What people come back to, and how much they say.

    Attributes:
        features: Participant → `matter NAME, N`, one for each half point that the topic
            has: N is 1 to 6. Two people share the lesser of their points.
        sentences: Participant → sentences of their own.
    """

    features: dict[str, frozenset[str]]
    sentences: dict[str, int]


def gather_matters(transcripts: Sequence[Transcript]) -> Matters:
    """Gather the concepts that each participant returns to.

    Args:
        transcripts: With roles decided; only participants' turns are looked at.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sentences: Counter[str] = Counter()
    for transcript in transcripts:
        for turn in transcript.participant_turns():
            person = turn.participant or ""
            for sentence in sentences_of(turn.span.of(transcript.text)):
                counts[person].update(concepts_in(sentence))
                sentences[person] += 1
    return Matters(foremost(counts), dict(sentences))


def foremost(counts: Mapping[str, Mapping[str, int]]) -> dict[str, frozenset[str]]:
    """Return what each person says most of, measured by their own talk.

    A concept that a person names in two sentences or more stands out by
    `(said - expected) / sqrt(expected + 5)`, where it is expected in the mean share
    that it has in people's talk, times all that this person named. The eighteen
    that stand out most share 24 points by how far they do, three at most a concept,
    whether the interview took ten minutes or two hours.

    Args:
        counts: Participant → concept → sentences that name it.
    """
    named = {person: sum(said.values()) for person, said in counts.items()}
    talking = [person for person, total in named.items() if total]
    shares: dict[str, list[float]] = defaultdict(list)
    for person in talking:
        for concept, n in counts[person].items():
            shares[concept].append(n / named[person])
    usual = {concept: math.fsum(of) / len(talking) for concept, of in shares.items()}
    found = {}
    for person, said in counts.items():
        excess = {
            concept: _excess(n, usual[concept] * named[person])
            for concept, n in sorted(said.items())
            if n >= _LEAST
        }
        found[person] = frozenset(_steps(excess))
    return found


def _excess(said: int, expected: float) -> float:
    return round(max(0.0, said - expected) / math.sqrt(expected + _PRIOR), 9)


def _steps(excess: Mapping[str, float]) -> list[str]:
    """Return a feature for each half point of each concept."""
    order = sorted(excess, key=lambda one: (-excess[one], one))[:_TOPICS]
    whole = math.fsum(excess[one] for one in order)
    if not whole:
        return []
    points = {one: min(_MOST, excess[one] * _POINTS / whole) for one in order}
    return [
        f"matter {one}, {step}"
        for one, n in points.items()
        for step in range(1, round(n / STEP) + 1)
    ]
