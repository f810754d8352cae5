"""Ground what a judge quotes for or against a claim."""

from __future__ import annotations

from collections import Counter, defaultdict

from icp_synth.domain.insights import (
    VERIFIED,
    Insight,
    InsightDraft,
    Located,
    Quarantined,
    QuoteDraft,
)
from icp_synth.domain.passages import Passage
from icp_synth.domain.profiles import Claim
from icp_synth.domain.transcripts import Transcript
from icp_synth.pipeline.publishing import publishable
from icp_synth.pipeline.work import Work
from icp_synth.stages.challenge import already_said
from icp_synth.stages.ground.ground import ground
from icp_synth.stages.ground.locate import Locator


class Bench:
    """Finds quotes in their passages; a locator is made once a transcript.

    Args:
        work: Through all stages before the challenge.
    """

    def __init__(self, work: Work) -> None:
        self._transcripts = publishable(work.transcripts, work.people.values())
        self._locators: dict[str, Locator] = {}
        self._extra = work.study.brief.own_categories()
        self._insights = {one.id: one for one in work.insights}
        self._read: dict[str, list[Insight]] = defaultdict(list)
        for one in work.insights:
            self._read[one.participant].append(one)

    def __call__(
        self, quote: str, passage: Passage, claim: Claim
    ) -> Insight | Quarantined:
        """Return the insight that holds a quote of the passage's speaker."""
        transcript = self._transcripts[passage.transcript]
        found = self._find(quote, passage, transcript)
        if found.status not in VERIFIED or found.span is None or found.turn is None:
            reason = "not_found" if found.status in VERIFIED else found.status
            return Quarantined(
                transcript=passage.transcript,
                statement=claim.text,
                quote=quote,
                reason=reason,
            )
        kind, category = self.kind_of(claim)
        words = found.span.of(transcript.text)
        draft = InsightDraft.model_validate(
            {
                "kind": kind,
                "category": category,
                "statement": words,
                "statement_origin": "verbatim",
                "quotes": (QuoteDraft(turn=found.turn, text=quote),),
            }
        )
        made = ground(
            [draft],
            transcript,
            locator=self._locator(transcript),
            extra=self._extra,
        )
        if not made.insights:
            return made.quarantined[0]
        insight = made.insights[0]
        return already_said(insight, self._read[insight.participant]) or insight

    def kind_of(self, claim: Claim) -> tuple[str, str]:
        """Return kind and category: of its field, else of most of what it cites."""
        kind, slash, category = claim.field.partition("/")
        if slash:
            return kind, category
        cited = (self._insights.get(one) for one in claim.insights)
        counts = Counter((one.kind, one.category) for one in cited if one is not None)
        return min(counts, key=lambda pair: (-counts[pair], pair))

    def _find(self, quote: str, passage: Passage, transcript: Transcript) -> Located:
        """Look in the turns of the passage, then in all turns of its speaker."""
        locator, who = self._locator(transcript), passage.participant
        tries = [
            locator.locate(quote, turn=turn, participant=who)
            for turn in dict.fromkeys(piece.turn for piece in passage.body())
        ]
        here = [one for one in tries if one.status in VERIFIED and not one.moved]
        return (here or tries)[0]

    def _locator(self, transcript: Transcript) -> Locator:
        if transcript.id not in self._locators:
            self._locators[transcript.id] = Locator(transcript)
        return self._locators[transcript.id]
