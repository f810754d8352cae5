"""Look whether people whom a claim cites take it back elsewhere.

Whoever reads the interviews, it is the embedded rules that look: they ask nothing,
cost nothing, and say something only where the words show it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.analysts.embedded.sentences import Piece
from icp_synth.analysts.embedded.taking_back import takes_back
from icp_synth.analysts.embedded.trim import trim
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.domain.transcripts import Transcript
from icp_synth.pipeline.bench import Bench
from icp_synth.pipeline.publishing import publishable
from icp_synth.pipeline.work import Work
from icp_synth.stages.taken_back import Said, before, is_cited


class TakenBack(NamedTuple):
    """What was found on one claim.

    Attributes:
        people: Person → ids of the insights in which they take it back.
        insights: These insights.
        quarantined: Words that were found and cannot be quoted.
    """

    people: Mapping[str, tuple[str, ...]]
    insights: tuple[Insight, ...]
    quarantined: tuple[Quarantined, ...]


class _Place(NamedTuple):
    """A stretch of one person's words."""

    passage: Passage
    piece: Slice
    words: str


class OwnWords:
    """The words of everybody who may be quoted, ready to be looked through.

    Args:
        work: Through all stages before the challenge.
        bench: Grounds what is found.
    """

    def __init__(self, work: Work, bench: Bench) -> None:
        self._bench = bench
        self._themes = work.themes
        shown = publishable(work.transcripts, work.people.values())
        self._places: dict[str, list[_Place]] = defaultdict(list)
        for passage in work.passages:
            transcript = shown.get(passage.transcript)
            if transcript is not None:
                self._places[passage.participant] += _places(passage, transcript)

    def look(self, claim: Claim, insights: Mapping[str, Insight]) -> TakenBack:
        """Look through the words of everybody whom a claim cites.

        A theme's claim rests on the theme's quotes of each person, those outside the
        claim's group among them. Whose quote denies the claim was counted for it by
        its words alone.

        Args:
            claim: As drafted.
            insights: All, by id.
        """
        cited = self._cited(claim, insights)
        found: dict[str, dict[str, Insight]] = defaultdict(dict)
        refused: list[Quarantined] = []
        for name, ids in cited.items():
            own = [insights[one] for one in ids]
            denying = [one for one in own if _denies(one, claim.text)]
            found[name] |= {one.id: one for one in denying}
            rest = [one for one in own if one not in denying]
            for place, where in self._denials(name, rest, claim.text):
                quote = trim(place.words, where).of(place.words)
                came = self._bench(quote, place.passage, claim)
                if isinstance(came, Quarantined):
                    refused.append(came)
                elif came.id not in ids:
                    found[name][came.id] = came
        return TakenBack(
            people={name: tuple(sorted(held)) for name, held in found.items() if held},
            insights=tuple(one for held in found.values() for one in held.values()),
            quarantined=tuple(refused),
        )

    def _cited(
        self, claim: Claim, insights: Mapping[str, Insight]
    ) -> dict[str, tuple[str, ...]]:
        """Return each supporter with the insights that they are counted for."""
        held = set(claim.insights)
        theme = next((one for one in self._themes if held <= set(one.insights)), None)
        ids = dict.fromkeys((*claim.insights, *(theme.insights if theme else ())))
        by_person: dict[str, list[str]] = defaultdict(list)
        for one in ids:
            by_person[insights[one].participant].append(one)
        return {
            name: tuple(by_person[name]) for name in claim.supports if name in by_person
        }

    def _denials(
        self, name: str, own: Iterable[Insight], text: str
    ) -> Iterable[tuple[_Place, Piece]]:
        """Yield where somebody takes back what these insights of theirs say."""
        said = [Said(one.transcript, quote) for one in own for quote in one.quotes]
        for place in self._places[name]:
            earlier = before(said, place.passage, place.piece)
            if not earlier:
                continue
            where = takes_back([one.quote.text for one in earlier], text, place.words)
            if where is None:
                continue
            start, end = (place.piece.start + at for at in where)
            if not is_cited(said, place.passage.transcript, start, end):
                yield place, where


def _denies(insight: Insight, text: str) -> bool:
    """Tell whether words that were taken for a claim deny it outright.

    What is worded alike stands in one theme, a "not" more or less.
    """
    return any(opposing(text, quote.text) is not None for quote in insight.quotes)


def _places(passage: Passage, transcript: Transcript) -> list[_Place]:
    shown = {one.index for one in transcript.turns}
    return [
        _Place(passage, piece, piece.span.of(transcript.text))
        for piece in passage.body()
        if piece.turn in shown
    ]
