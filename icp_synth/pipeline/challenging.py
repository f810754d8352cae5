"""Challenge a draft: cut what is not carried, and look for what speaks against it.

Here the pure stages meet the index, the desk and the transcripts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from icp_synth.analysts.embedded.opposition import opposing
from icp_synth.analysts.protocol import (
    PASSAGES_A_CLAIM,
    ClaimToJudge,
    PassageToJudge,
)
from icp_synth.domain.challenges import TOP, Challenged, Scope
from icp_synth.domain.insights import (
    VERIFIED,
    Insight,
    InsightDraft,
    Located,
    Quarantined,
    QuoteDraft,
)
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.domain.transcripts import Transcript
from icp_synth.index import Hit, search
from icp_synth.pipeline.publishing import publishable, unquoted
from icp_synth.pipeline.vectors import corpus_of
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts
from icp_synth.stages.carried import CUT, Flagged, uncarried
from icp_synth.stages.challenge import (
    already_said,
    challenge as weigh,
    challengeable,
    nearest,
)
from icp_synth.stages.draft import Findings, Profile, claims_of
from icp_synth.stages.ground.ground import ground
from icp_synth.stages.ground.locate import Locator

_HITS = 4 * PASSAGES_A_CLAIM
_STATEMENTS = 3


def challenge(work: Work, found: Findings) -> StageCounts:
    """Hold the claims of a draft against people whom they do not cite.

    What is drafted is checked first. A claim that waits for its words is not judged:
    it would be asked about twice.

    Args:
        work: Through all stages but this.
        found: What the claims are drawn from.
    """
    _cut_uncarried(work, found)
    claims = [
        claim
        for profile, wordings in work.profiles
        for claim in claims_of(found, profile, wordings)
    ]
    chosen = challengeable(claims, scope_of(work))
    left_out = len({claim.id for claim in claims}) - len(chosen)
    if any(request.step == "draft" for request in work.desk.pending):
        work.challenge_counts = _counts(work, claims=len(chosen))
        return StageCounts(pending=len(chosen), skipped=left_out)
    shown = _shown(work, chosen)
    judged = [(claim, passages) for claim, passages in shown if passages]
    settled = work.settle([work.analyst.judge(_question(work, *one)) for one in judged])
    bench = _Bench(work)
    verdicts: Counter[str] = Counter()
    for (claim, passages), answer in zip(judged, settled, strict=True):
        if answer.value is not None:
            _hold(work, claim, weigh(claim, passages, answer.value.verdicts, bench))
            verdicts.update(one.stance for one in answer.value.verdicts)
            verdicts["dropped"] += answer.value.dropped
    outcomes = Counter(one.outcome for one in settled)
    work.challenge_counts = _counts(work, claims=len(chosen), verdicts=verdicts)
    return StageCounts(
        done=outcomes["done"],
        failed=outcomes["failed"],
        pending=outcomes["pending"],
        skipped=left_out + len(shown) - len(judged),
    )


def scope_of(work: Work) -> Scope:
    """Return which claims are challenged: all without a model, else the top ones."""
    asked = work.settings.challenge
    given = Scope.of(asked) if asked is not None else None
    return given or Scope(TOP if work.analyst.model is not None else None)


def _hold(work: Work, claim: Claim, came: Challenged) -> None:
    """Keep what the verdicts on one claim came to."""
    work.stances = {**work.stances, claim.id: came.stances}
    read = {one.id for one in work.insights}
    held = {one.id: one for one in (*work.judged, *came.insights)}
    work.judged = tuple(held[one] for one in sorted(held.keys() - read))
    work.quarantined = (*work.quarantined, *came.quarantined)


def _counts(
    work: Work, *, claims: int, verdicts: Mapping[str, int] | None = None
) -> Mapping[str, Any]:
    said = verdicts or {}
    names = ("supports", "contradicts", "silent", "unjudged", "dropped")
    return {
        "claims": claims,
        "verdicts": {name: said.get(name, 0) for name in names},
        "flagged": [one.model_dump(mode="json") for one in work.flagged],
    }


def _cut_uncarried(work: Work, found: Findings) -> None:
    """Take out drafted sentences that their evidence does not carry, and count them."""
    brief = work.study.brief
    known = (brief.product, *brief.rivals)
    flagged = []
    profiles = []
    for index, (profile, wordings) in enumerate(work.profiles):
        flags = [
            Flagged(profile=index, number=number, text=text, reason=why, what=what)
            for number, text, evidence in _drafted(profile, wordings.texts, found)
            for why, what in [
                uncarried(text, evidence, opposes=_opposes, known=known) or ("", "")
            ]
            if why
        ]
        flagged += flags
        cut = {one.number for one in flags if one.reason in CUT}
        texts = {n: text for n, text in wordings.texts.items() if n not in cut}
        profiles.append((profile, wordings.model_copy(update={"texts": texts})))
    work.profiles, work.flagged = tuple(profiles), tuple(flagged)


def _drafted(
    profile: Profile, texts: Mapping[int, str], found: Findings
) -> Iterable[tuple[int, str, list[str]]]:
    """Yield the sentences that an analyst wrote, with all that each may rest on."""
    for number, seed in enumerate(profile.seeds, start=1):
        text = texts.get(number, seed.label)
        if "/" not in seed.field or text == seed.label:
            continue
        cited = [found.insights[one] for one in seed.insights]
        said = [quote.text for one in cited for quote in one.quotes]
        yield number, text, [one.statement for one in cited] + said


def _opposes(text: str, evidence: str) -> bool:
    return opposing(text, evidence) is not None


def _shown(
    work: Work, claims: Sequence[Claim]
) -> list[tuple[Claim, dict[int, Passage]]]:
    """Return each claim with the numbered passages that it is held against."""
    hidden = unquoted(work.people.values())
    corpus = corpus_of(work.ledger, work.embedder, keep=True)
    by_id = {one.id: one for one in work.passages}
    insights = {one.id: one for one in work.insights}
    queries = work.vectors([_query(claim, insights) for claim in claims])
    shown = []
    for row, claim in enumerate(claims):
        others = frozenset(work.people) - frozenset(claim.supports) - hidden
        hits: tuple[Hit, ...] = ()
        if others:
            hits = search(
                work.folder / ".icp",
                corpus,
                queries[row : row + 1],
                limit=_HITS,
                participants=others,
            ).hits[0]
        near = nearest([hit for hit in hits if hit.passage in by_id], PASSAGES_A_CLAIM)
        passages = {n: by_id[hit.passage] for n, hit in enumerate(near, start=1)}
        shown.append((claim, passages))
    return shown


def _query(claim: Claim, insights: Mapping[str, Insight]) -> str:
    return " ".join([claim.text, *_statements(claim, insights)])


def _statements(claim: Claim, insights: Mapping[str, Insight]) -> tuple[str, ...]:
    said = dict.fromkeys(insights[one].statement for one in claim.insights)
    said.pop(claim.text, None)
    return tuple(said)[:_STATEMENTS]


def _question(
    work: Work, claim: Claim, passages: Mapping[int, Passage]
) -> ClaimToJudge:
    texts = work.texts()

    def words(passage: Passage, slices: Iterable[Slice]) -> str:
        text = texts[passage.transcript]
        return "\n".join(one.span.of(text) for one in slices)

    return ClaimToJudge(
        field=claim.field,
        text=claim.text,
        statements=_statements(claim, {one.id: one for one in work.insights}),
        passages=tuple(
            PassageToJudge(
                number=number,
                text=words(passage, passage.body()),
                question=words(
                    passage, (one for one in passage.slices if one.use == "context")
                ),
            )
            for number, passage in passages.items()
        ),
        about=tuple(sorted({one.transcript for one in passages.values()})),
    )


class _Bench:
    """Grounds what a judge quotes; a locator is made once a transcript."""

    def __init__(self, work: Work) -> None:
        self._transcripts = publishable(work.transcripts, work.people.values())
        self._locators: dict[str, Locator] = {}
        self._extra = work.study.brief.own_categories()
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
        kind, _, category = claim.field.partition("/")
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
