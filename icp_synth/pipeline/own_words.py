"""Look whether people whom a claim cites take it back elsewhere.

The embedded rules look: they ask nothing, cost nothing, and say something only where
the words show it. Where a model judges, they only propose: it is shown what they found
and decides, and of a claim that it is not asked about they move nobody who has other
words for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from icp_synth.analysts.embedded.sentences import Piece
from icp_synth.analysts.embedded.taking_back import takes_back
from icp_synth.analysts.embedded.trim import trim
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.domain.transcripts import Transcript
from icp_synth.pipeline.bench import Bench
from icp_synth.pipeline.opposing import opposes
from icp_synth.pipeline.publishing import publishable
from icp_synth.pipeline.work import Work
from icp_synth.stages.taken_back import Said, before, is_cited

PASSAGES_A_PERSON = 2
"""Of their own passages that a model is shown, so that the claim stays one request."""


class TakenBack(NamedTuple):
    """What was found on one claim.

    Attributes:
        people: Person → ids of the insights in which they take it back.
        insights: These insights.
        quarantined: Words that were found and cannot be quoted.
        left: People of whom the rules alone said so, and who were left where they are.
    """

    people: Mapping[str, tuple[str, ...]]
    insights: tuple[Insight, ...]
    quarantined: tuple[Quarantined, ...]
    left: tuple[str, ...] = ()


class _Place(NamedTuple):
    """A stretch of one person's words."""

    passage: Passage
    piece: Slice
    words: str


class _Seen(NamedTuple):
    """What the rules see of one person whom a claim cites.

    Attributes:
        ids: Insights that they are counted for.
        denying: Those of them that deny the claim by their own words.
        places: Where they take back what the others say, passage by passage.
    """

    name: str
    ids: tuple[str, ...]
    denying: tuple[Insight, ...]
    places: tuple[tuple[_Place, Piece], ...]

    @property
    def keeps(self) -> bool:
        """Whether they have an insight for the claim that denies nothing."""
        return len(self.denying) < len(self.ids)


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

    def look(
        self, claim: Claim, insights: Mapping[str, Insight], *, sparing: bool = False
    ) -> TakenBack:
        """Look through the words of everybody whom a claim cites.

        A theme's claim rests on the theme's quotes of each person, those outside the
        claim's group among them. Whose quote denies the claim was counted for it by
        its words alone.

        Args:
            claim: As drafted.
            insights: All, by id.
            sparing: Leave everybody who has other words for the claim where they are.
        """
        found: dict[str, dict[str, Insight]] = {}
        refused: list[Quarantined] = []
        left: list[str] = []
        for one in self._seen(claim, insights):
            if sparing and one.keeps:
                left.append(one.name)
                continue
            held = {each.id: each for each in one.denying}
            for place, where in one.places:
                quote = trim(place.words, where).of(place.words)
                came = self._bench(quote, place.passage, claim)
                if isinstance(came, Quarantined):
                    refused.append(came)
                elif came.id not in one.ids:
                    held[came.id] = came
            if held:
                found[one.name] = held
        return TakenBack(
            people={name: tuple(sorted(held)) for name, held in found.items()},
            insights=tuple(one for held in found.values() for one in held.values()),
            quarantined=tuple(refused),
            left=tuple(left),
        )

    def doubted(
        self, claim: Claim, insights: Mapping[str, Insight]
    ) -> tuple[Passage, ...]:
        """Return passages in which people whom a claim cites seem to take it back.

        For a model to judge, with the passages of others; at most two of one person.
        """
        kept: list[Passage] = []
        for one in self._seen(claim, insights):
            passages = [place.passage for place, _ in one.places]
            passages += [
                place.passage
                for place in self._places[one.name]
                if any(_within(place, each) for each in one.denying)
            ]
            once = {passage.id: passage for passage in passages}
            kept += list(once.values())[:PASSAGES_A_PERSON]
        return tuple(kept)

    def _seen(self, claim: Claim, insights: Mapping[str, Insight]) -> Iterable[_Seen]:
        """Yield the people of whom the rules say that they take a claim back."""
        for name, ids in self.cited(claim, insights).items():
            own = [insights[one] for one in ids]
            denying = tuple(one for one in own if _denies(one, claim.text))
            rest = [one for one in own if one not in denying]
            places = tuple(self._denials(name, rest, claim.text))
            if denying or places:
                yield _Seen(name, ids, denying, places)

    def cited(
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
    return any(opposes(text, quote.text) for quote in insight.quotes)


def _within(place: _Place, insight: Insight) -> bool:
    """Tell whether a stretch holds a quote of an insight."""
    return place.passage.transcript == insight.transcript and any(
        place.piece.start <= quote.start < place.piece.end for quote in insight.quotes
    )


def _places(passage: Passage, transcript: Transcript) -> list[_Place]:
    shown = {one.index for one in transcript.turns}
    return [
        _Place(passage, piece, piece.span.of(transcript.text))
        for piece in passage.body()
        if piece.turn in shown
    ]
