"""What the quotes rest on: turns that fed nothing, people heard too little, places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Synthesis
from icp_synth.domain.transcripts import Transcript
from icp_synth.exports.people import Person

PLACES = 10
"""Parts into which an interview is cut, to see where its quotes come from."""

_LITTLE = 0.5
"""Of the median person's insights: who has fewer is heard too little."""

_SHOWN = 10

_UNCHOSEN = 0.5
"""Of all characters: who quotes so many has hardly chosen what matters."""


@dataclass(frozen=True)
class TurnsFed:
    """A transcript: participant turns with a quote, out of all; longest silence."""

    path: str
    cited: int
    turns: int


@dataclass(frozen=True)
class HeardLittle:
    """A participant with few insights beside the others."""

    person: Person
    insights: int


@dataclass(frozen=True)
class Places:
    """Quotes by the part of the interview that they stand in.

    Attributes:
        counts: Quotes in each of `PLACES` equal parts, first part first.
        shares: The same as percentages of the fullest part, for the picture.
    """

    counts: tuple[int, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True)
class Heard:
    """What fed the report and what did not.

    Attributes:
        turns: Transcripts by the share of their turns that fed nothing, most first.
        cited, all: Participant turns in all.
        share: Whole percentage of what participants said that a quote holds.
        unchosen: So much that being quoted tells little by itself.
        little: Participants who were heard, with under half the median of insights.
        median: That median, of those who were heard.
    """

    turns: tuple[TurnsFed, ...]
    cited: int
    all: int
    little: tuple[HeardLittle, ...]
    median: float
    places: Places
    share: int = 0
    unchosen: bool = False


def heard_of(
    synthesis: Synthesis,
    transcripts: Mapping[str, Transcript],
    *,
    people: Mapping[str, Person],
) -> Heard:
    """Count what was quoted and what was not.

    Args:
        synthesis: What is published.
        transcripts: Canonical texts by name; those that are not given are left out.
        people: Participants by name.
    """
    by_text: dict[str, list[Insight]] = {}
    for insight in synthesis.insights:
        by_text.setdefault(insight.transcript, []).append(insight)
    known = [one for one in synthesis.transcripts if one.id in transcripts]
    turns = [_turns(transcripts[one.id], by_text.get(one.id, ())) for one in known]
    turns.sort(key=lambda row: (row.cited / row.turns if row.turns else 1, row.path))
    counts = Counter(one.participant for one in synthesis.insights)
    unheard = set(synthesis.frame.unheard)
    told = [person for name, person in people.items() if name not in unheard]
    said = synthesis.coverage.get("characters", {})
    share = said.get("cited", 0) / max(1, said.get("all", 0))
    median = _median([counts[person.id] for person in told])
    return Heard(
        turns=tuple(turns[:_SHOWN]),
        cited=sum(row.cited for row in turns),
        all=sum(row.turns for row in turns),
        little=tuple(
            HeardLittle(person, counts[person.id])
            for person in sorted(told, key=lambda one: (counts[one.id], one.id))
            if counts[person.id] < _LITTLE * median
        ),
        median=median,
        places=_places(synthesis.insights, transcripts),
        share=round(100 * share),
        unchosen=share >= _UNCHOSEN,
    )


def _turns(transcript: Transcript, insights: Sequence[Insight]) -> TurnsFed:
    fed = {quote.turn for one in insights for quote in one.quotes}
    turns = transcript.participant_turns()
    return TurnsFed(
        path=transcript.path,
        cited=sum(turn.index in fed for turn in turns),
        turns=len(turns),
    )


def _median(counts: Sequence[int]) -> float:
    if not counts:
        return 0.0
    ordered, middle = sorted(counts), len(counts) // 2
    if len(ordered) % 2:
        return float(ordered[middle])
    return (ordered[middle - 1] + ordered[middle]) / 2


def _places(
    insights: Sequence[Insight], transcripts: Mapping[str, Transcript]
) -> Places:
    counts = [0] * PLACES
    for one in insights:
        text = transcripts.get(one.transcript)
        for quote in one.quotes if text is not None and text.text else ():
            part = PLACES * quote.start // max(1, len(text.text) if text else 1)
            counts[min(PLACES - 1, part)] += 1
    most = max(counts) or 1
    return Places(tuple(counts), tuple(round(100 * n / most) for n in counts))
