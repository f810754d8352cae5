"""Challenge a draft: cut what is not carried, and look for what speaks against it.

Here the pure stages meet the index, the desk and the transcripts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from icp_synth.analysts.protocol import (
    PASSAGES_A_CLAIM,
    ClaimToJudge,
    PassageToJudge,
    Verdicts,
)
from icp_synth.domain.challenges import TOP, Challenged, Scope
from icp_synth.domain.insights import Insight
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.index import searching
from icp_synth.pipeline.bench import Bench
from icp_synth.pipeline.carrying import cut_uncarried
from icp_synth.pipeline.claims_made import minority_views, of_cards, of_the_rest
from icp_synth.pipeline.own_words import OwnWords, TakenBack
from icp_synth.pipeline.publishing import unquoted
from icp_synth.pipeline.vectors import corpus_of
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts
from icp_synth.stages.challenge import (
    DESCRIBES,
    challenge as weigh,
    challengeable,
    nearest,
    rests_on_words,
)
from icp_synth.stages.draft import Findings
from icp_synth.stages.taken_back import with_taken_back

_HITS = 4 * PASSAGES_A_CLAIM
_STATEMENTS = 3


def challenge(work: Work, found: Findings) -> StageCounts:
    """Hold the claims of a draft against what speaks against them.

    What is drafted is checked first. A claim that waits for its words is not judged:
    it would be asked about twice. Minority views go last, since what speaks against
    a claim of many is one; where all is asked, they wait for the other answers.

    Args:
        work: Through all stages but this.
        found: What the claims are drawn from.
    """
    cut_uncarried(work, found)
    scope = scope_of(work)
    cards = of_cards(work, found)
    made = [*cards, *(of_the_rest(work, found) if scope.most != 0 else ())]
    chosen = challengeable(made if scope.most is None else cards, scope)
    left_out = len({one.id for one in made}) - len(chosen)
    session = _Session(work)
    work.minority = minority_views(work, cards)
    if any(request.step == "draft" for request in work.desk.pending):
        work.challenge_counts = session.published(claims=len(chosen))
        return StageCounts(pending=len(chosen), skipped=left_out)
    session.judge(chosen)
    if scope.most != 0:
        session.look_through(made)
    work.minority = minority_views(work, cards)
    views = challengeable(work.minority, scope) if scope.most is None else ()
    waiting = len(views) if session.outcomes["pending"] else 0
    if views and not waiting:
        session.judge(views)
    if scope.most != 0:
        session.look_through(work.minority)
    claims = len(chosen) + len(views)
    work.challenge_counts = session.published(claims=claims)
    return StageCounts(
        done=session.outcomes["done"],
        failed=session.outcomes["failed"],
        pending=session.outcomes["pending"] + waiting,
        skipped=left_out + session.without_passages,
    )


class _Shown(NamedTuple):
    """What a judge is shown of one claim, by number.

    Attributes:
        passages: Of people whom it does not cite, nearest first.
        own: Of people whom it cites and who may take it back.
    """

    claim: Claim
    passages: Mapping[int, Passage]
    own: Mapping[int, Passage]

    def all(self) -> dict[int, Passage]:
        """Return both, by number."""
        return {**self.passages, **self.own}


@dataclass
class _Session:
    """One go through the claims, and what it came to.

    Attributes:
        verdicts: By stance; `set_aside` are contradictions of what only describes.
        without_passages: Claims near which nobody else said anything.
        taken_back: Pairs of a claim and a person whom it cites.
        cleared: Such pairs that the rules saw and that stay as they are, since the
            model says otherwise or was not asked.
    """

    work: Work
    outcomes: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    without_passages: int = 0
    taken_back: int = 0
    cleared: int = 0

    def __post_init__(self) -> None:
        self._bench = Bench(self.work)
        self._own = OwnWords(self.work, self._bench)
        self._asked: set[str] = set()

    def judge(self, claims: Sequence[Claim]) -> None:
        """Hold claims against the nearest passages of people whom they do not cite.

        A model is shown as well where people whom they do cite seem to take it back.
        """
        work = self.work
        insights = _by_id(work)
        shown = [
            _Shown(claim, passages, self._own_passages(claim, passages, insights))
            for claim, passages in _nearest_passages(work, claims)
        ]
        judged = [one for one in shown if one.passages or one.own]
        self.without_passages += len(shown) - len(judged)
        settled = work.settle(
            [work.analyst.judge(_question(work, insights, one)) for one in judged]
        )
        for one, answer in zip(judged, settled, strict=True):
            self.outcomes[answer.outcome] += 1
            if work.analyst.model is not None:
                self._asked.add(one.claim.id)
            if answer.value is not None:
                self._take(one, answer.value, insights)

    def _own_passages(
        self,
        claim: Claim,
        passages: Mapping[int, Passage],
        insights: Mapping[str, Insight],
    ) -> dict[int, Passage]:
        if self.work.analyst.model is None:
            return {}
        doubted = self._own.doubted(claim, insights)
        return dict(enumerate(doubted, start=len(passages) + 1))

    def _take(
        self, shown: _Shown, answer: Verdicts, insights: Mapping[str, Insight]
    ) -> None:
        """Keep what a judge said of one claim."""
        claim, said = shown.claim, answer.verdicts
        describes = self._bench.kind_of(claim)[1] in DESCRIBES
        against = sum(one.stance == "contradicts" for one in said)
        self.verdicts.update(one.stance for one in said)
        self.verdicts["set_aside"] += against if describes else 0
        self.verdicts["dropped"] += answer.dropped

        def weighed(passages: Mapping[int, Passage]) -> Challenged:
            of_these = [one for one in said if one.number in passages]
            return weigh(claim, passages, of_these, self._bench, describes=describes)

        _hold(self.work, claim, weighed(shown.passages))
        if not shown.own:
            return
        came = weighed(shown.own)
        by_id = {one.id: one for one in came.insights}
        taken = {
            name: tuple(
                one for one in came.stances.counter if by_id[one].participant == name
            )
            for name in came.stances.contradicts
        }
        doubted = {one.participant for one in shown.own.values()}
        self.cleared += len(doubted - taken.keys())
        self._withdraw(claim, TakenBack(taken, came.insights, came.quarantined))

    def look_through(self, claims: Iterable[Claim]) -> None:
        """Look whether people whom claims cite take it back elsewhere.

        Of a claim that a model was asked about, it has been asked that too.
        """
        insights = _by_id(self.work)
        sparing = self.work.analyst.model is not None
        once = {one.id: one for one in claims if rests_on_words(one)}
        for claim in once.values():
            if claim.id in self._asked:
                continue
            found = self._own.look(claim, insights, sparing=sparing)
            self.cleared += len(found.left)
            self._withdraw(claim, found)

    def _withdraw(self, claim: Claim, found: TakenBack) -> None:
        """Move the people who take a claim back."""
        if not (found.people or found.quarantined):
            return
        insights = _by_id(self.work)
        self.taken_back += len(found.people)
        stances = with_taken_back(
            self.work.stances.get(claim.id),
            claim,
            found.people,
            insights,
            counted=self._own.cited(claim, insights),
        )
        kept = {one for ids in found.people.values() for one in ids}
        came = Challenged(
            stances=stances,
            insights=tuple(one for one in found.insights if one.id in kept),
            quarantined=found.quarantined,
        )
        _hold(self.work, claim, came)

    def published(self, *, claims: int) -> Mapping[str, Any]:
        """Return the counts of the coverage section."""
        names = ("supports", "contradicts", "silent", "unjudged", "dropped")
        return {
            "claims": claims,
            "verdicts": {name: self.verdicts[name] for name in names},
            "set_aside": self.verdicts["set_aside"],
            "taken_back": self.taken_back,
            "cleared": self.cleared,
        }


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


def _by_id(work: Work) -> dict[str, Insight]:
    return {one.id: one for one in work.published()}


def _nearest_passages(
    work: Work, claims: Sequence[Claim]
) -> list[tuple[Claim, dict[int, Passage]]]:
    """Return each claim with the numbered passages that it is held against."""
    hidden = unquoted(work.people.values())
    corpus = corpus_of(work.ledger, work.embedder, keep=True)
    by_id = {one.id: one for one in work.passages}
    insights = _by_id(work)
    queries = work.vectors([_query(claim, insights) for claim in claims])
    everybody = frozenset(work.people) - hidden
    shown = []
    with searching(work.folder / ".icp", corpus) as find:
        for row, claim in enumerate(claims):
            hits = find(
                queries[row : row + 1],
                limit=_HITS,
                participants=everybody - frozenset(claim.supports),
            ).hits[0]
            known = [hit for hit in hits if hit.passage in by_id]
            near = nearest(known, PASSAGES_A_CLAIM)
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
    work: Work,
    insights: Mapping[str, Insight],
    shown: _Shown,
) -> ClaimToJudge:
    claim, passages, texts = shown.claim, shown.all(), work.texts()

    def words(passage: Passage, slices: Iterable[Slice]) -> str:
        text = texts[passage.transcript]
        return "\n".join(one.span.of(text) for one in slices)

    return ClaimToJudge(
        field=claim.field,
        text=claim.text,
        statements=_statements(claim, insights),
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
