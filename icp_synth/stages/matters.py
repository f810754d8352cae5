"""What each person keeps coming back to, whatever the language and however long.

Segments are found by it beside themes and facts: one person's statement is a noisy
witness of what their days are about, a whole interview is not. Who talks longer names
more things more often, so counts alone would find who talks much; what is taken is
what a person says more of than their own talk would let one expect.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.transcripts import Transcript
from icp_synth.embedding.embedded import concepts_in
from icp_synth.embedding.salience import sentences_of

_FIRST = (6, 12)
"""Sharing what is foremost for both weighs more than sharing what comes twelfth."""

_LEAST = 2
"""Sentences under which nobody comes back to anything."""

_PRIOR = 5.0
"""Sentences added to what is expected: two of a rare word are no passion yet."""


class Matters(NamedTuple):
    """What people come back to, and how much they say.

    Attributes:
        features: Participant → `matter NAME, first N` for N of 6 and 12.
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

    Concepts that a person names in two sentences or more are ordered by
    `(said - expected) / sqrt(expected + 5)`, where a concept is expected in the mean
    share that it has in people's talk, times all that this person named. The first
    twelve count, whether the interview took ten minutes or two hours.

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
        order = sorted(
            (concept for concept, n in said.items() if n >= _LEAST),
            key=lambda one: (-_excess(said[one], usual[one] * named[person]), one),
        )
        found[person] = frozenset(
            f"matter {concept}, first {first}"
            for first in _FIRST
            for concept in order[:first]
        )
    return found


def _excess(said: int, expected: float) -> float:
    return round((said - expected) / math.sqrt(expected + _PRIOR), 9)
