"""What was said around the quotes: which matters people come back to, and where.

A quote is one sentence, and a sentence names too little to tell what it is about. What
its speaker said next to it tells more; and a word that a study comes back to (`lyrics`,
`invoice`) is about something, where `usually` or `example` fall anywhere.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.embedding.named import named
from icp_synth.embedding.salience import sentences_of

_RETURNED = 0.1
"""Least residual inverse document frequency: by a tenth fewer people name a matter
than would if its mentions fell on anybody."""

_BESIDE = 1
"""Sentences before and after a quote that belong to its surroundings."""


class Spoken(NamedTuple):
    """What tells more of quotes than they do by themselves.

    Attributes:
        returned: Matters that those who name them come back to.
        around: Insight → matters named in the sentences of its quotes and beside them.
    """

    returned: frozenset[str]
    around: Mapping[str, frozenset[str]]


class _Sentence(NamedTuple):
    """A sentence of a participant, as code points of the transcript."""

    start: int
    end: int
    matters: frozenset[str]


def spoken_by(transcripts: Iterable[Transcript], insights: Iterable[Insight]) -> Spoken:
    """Return what was said around insights.

    Args:
        transcripts: With roles decided; only participants' words are looked at.
        insights: Of these transcripts.

    Returns:
        The same in whatever order both are given.
    """
    talk: dict[tuple[str, int], list[_Sentence]] = {}
    said: dict[str, list[frozenset[str]]] = defaultdict(list)
    for transcript in transcripts:
        for turn in transcript.participant_turns():
            sentences = _sentences(transcript.text, turn.span)
            talk[transcript.id, turn.index] = sentences
            said[turn.participant or ""].extend(one.matters for one in sentences)
    return Spoken(
        returned=returned_to(said),
        around={
            one.id: frozenset[str]().union(
                *(
                    _near(talk.get((one.transcript, quote.turn), ()), quote.span)
                    for quote in one.quotes
                )
            )
            for one in insights
        },
    )


def returned_to(said: Mapping[str, Sequence[frozenset[str]]]) -> frozenset[str]:
    """Return the matters that those who name them come back to.

    If the mentions of a matter fell anywhere (Poisson, by how much each person says),
    so many people would name it; of what talk is about there are fewer, since who
    speaks of it does so again.

    Args:
        said: Person → the matters of each of their sentences.

    Source:
        Residual inverse document frequency: Church & Gale 1995 (Third Workshop on Very
        Large Corpora).

    Example:
        >>> talk = {"Ann": [frozenset({"van"})] * 3, "Bob": [frozenset()] * 3}
        >>> sorted(returned_to(talk))
        ['van']
    """
    using: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for sentences in said.values():
        own = Counter(matter for one in sentences for matter in one)
        mentions.update(own)
        using.update(own.keys())
    lengths = sorted(map(len, said.values()))
    total = sum(lengths)
    # Many matters are named as often as others.
    expected = {
        times: math.fsum(-math.expm1(-times * one / total) for one in lengths)
        for times in set(mentions.values())
    }
    return frozenset(
        matter
        for matter, times in mentions.items()
        if math.log(expected[times] / using[matter]) >= _RETURNED
    )


def _sentences(text: str, turn: Span) -> list[_Sentence]:
    found, at = [], turn.start
    for sentence in sentences_of(turn.of(text)):
        start = text.index(sentence, at)
        at = start + len(sentence)
        matters = frozenset(one.matter for one in named(sentence))
        found.append(_Sentence(start, at, matters))
    return found


def _near(sentences: Sequence[_Sentence], quote: Span) -> frozenset[str]:
    """Return the matters of the sentences that a quote lies in, and of those beside."""
    places = [
        place
        for place, one in enumerate(sentences)
        if one.start < quote.end and quote.start < one.end
    ]
    if not places:
        return frozenset()
    near = sentences[max(0, places[0] - _BESIDE) : places[-1] + _BESIDE + 1]
    return frozenset[str]().union(*(one.matters for one in near))
