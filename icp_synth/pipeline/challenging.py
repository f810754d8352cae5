"""Challenge a draft: cut what is not carried, and look for what speaks against it.

Here the pure stages meet the index, the desk and the transcripts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from icp_synth.analysts.protocol import Verdicts
from icp_synth.domain.challenges import TOP, Challenged, Scope, Stances
from icp_synth.domain.insights import Insight
from icp_synth.domain.passages import Passage
from icp_synth.domain.profiles import Claim
from icp_synth.pipeline.bench import Bench
from icp_synth.pipeline.carrying import cut_uncarried
from icp_synth.pipeline.claims_made import minority_views, of_cards, of_the_rest
from icp_synth.pipeline.own_words import OwnWords, TakenBack
from icp_synth.pipeline.retrieving import Nearest
from icp_synth.pipeline.shown import Shown, question_on
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts
from icp_synth.stages.challenge import (
    DESCRIBES,
    WISHES,
    challenge as weigh,
    challengeable,
    rests_on,
    rests_on_words,
    set_aside,
)
from icp_synth.stages.draft import Findings
from icp_synth.stages.taken_back import with_taken_back


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
    session = _Session(work)
    chosen = challengeable(
        made if scope.most is None else cards,
        scope,
        named=session.named,
    )
    left_out = len({rests_on(one) for one in made}) - len(chosen)
    beyond = len(challengeable(made, Scope(None))) - len(chosen)
    why = {"beyond_scope": beyond, "nothing_to_ask": left_out - beyond}
    work.skipped["challenge"] = why
    work.minority = minority_views(work, cards)
    if any(request.step == "draft" for request in work.desk.pending):
        work.challenge_counts = session.published(
            claims=len(chosen), pending=len(chosen)
        )
        return StageCounts(pending=len(chosen), skipped=left_out)
    session.judge(chosen)
    if scope.most != 0:
        session.look_through(made)
    session.share(made)
    work.minority = minority_views(work, cards)
    views = session.unasked(work.minority) if scope.most is None else ()
    waiting = len(views) if session.outcomes["pending"] else 0
    if views and not waiting:
        session.judge(views)
    if scope.most != 0:
        session.look_through(work.minority)
    session.share(work.minority)
    work.skipped["challenge"] = {**why, "no_passages": session.without_passages}
    claims = len(chosen) + len(views)
    work.challenge_counts = session.published(
        claims=claims, pending=session.outcomes["pending"] + waiting
    )
    return StageCounts(
        done=session.outcomes["done"],
        failed=session.outcomes["failed"],
        pending=session.outcomes["pending"] + waiting,
        skipped=left_out + session.without_passages,
    )


@dataclass
class _Session:
    """One go through the claims, and what it came to.

    Attributes:
        verdicts: By stance; `set_aside` are contradictions that say nothing of what
            the claim says.
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
        self._looked: set[str] = set()
        self._answered: set[str] = set()
        self._came: dict[str, Stances] = {}

    @cached_property
    def near(self) -> Nearest:
        """What others said, made when it is first needed."""
        return Nearest(self.work)

    def named(self, claim: Claim) -> float:
        """Return how near others come to a claim (`Nearest.named`)."""
        return self.near.named(claim)

    def unasked(self, views: Sequence[Claim]) -> tuple[Claim, ...]:
        """Return the views that nobody was held against yet, as another claim."""
        new = [one for one in views if rests_on(one) not in self._came]
        return challengeable(new, Scope(None))

    def share(self, claims: Iterable[Claim]) -> None:
        """Give all claims that rest on the same insights what one of them came to."""
        came = {
            one.id: self._came[rests_on(one)]
            for one in claims
            if rests_on_words(one) and rests_on(one) in self._came
        }
        self.work.stances = {**self.work.stances, **came}

    def judge(self, claims: Sequence[Claim]) -> None:
        """Hold claims against the nearest passages of people whom they do not cite.

        A model is shown as well where people whom they do cite seem to take it back.
        """
        if not claims:
            return
        work = self.work
        insights = _by_id(work)
        shown = [
            Shown(claim, passages, self._own_passages(claim, passages, insights))
            for claim, passages in zip(claims, self.near.of(claims), strict=True)
        ]
        judged = [one for one in shown if one.passages or one.own]
        self.without_passages += len(shown) - len(judged)
        texts = work.texts()
        settled = work.settle(
            [
                work.analyst.judge(
                    question_on(one, self.near.statements(one.claim), texts)
                )
                for one in judged
            ]
        )
        for one, answer in zip(judged, settled, strict=True):
            self.outcomes[answer.outcome] += 1
            if work.analyst.model is not None:
                self._asked.add(rests_on(one.claim))
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
        self, shown: Shown, answer: Verdicts, insights: Mapping[str, Insight]
    ) -> None:
        """Keep what a judge said of one claim."""
        claim, said = shown.claim, answer.verdicts
        category = self._bench.kind_of(claim)[1]
        describes, wishes = category in DESCRIBES, category in WISHES
        self.verdicts.update(one.stance for one in said)
        self.verdicts["set_aside"] += sum(
            set_aside(one, describes=describes, wishes=wishes) for one in said
        )
        self.verdicts["dropped"] += answer.dropped
        if any(one.stance != "unjudged" for one in said):
            self._answered.add(rests_on(claim))

        def weighed(passages: Mapping[int, Passage]) -> Challenged:
            of_these = [one for one in said if one.number in passages]
            return weigh(
                claim,
                passages,
                of_these,
                self._bench,
                describes=describes,
                wishes=wishes,
            )

        self._hold(claim, weighed(shown.passages))
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
        once: dict[str, Claim] = {}
        for one in claims:
            if rests_on_words(one):
                once.setdefault(rests_on(one), one)
        for basis, claim in once.items():
            if basis in self._asked or basis in self._looked:
                continue
            self._looked.add(basis)
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
            self._came.get(rests_on(claim)),
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
        self._hold(claim, came)

    def _hold(self, claim: Claim, came: Challenged) -> None:
        """Keep what the verdicts on one claim came to."""
        work, basis = self.work, rests_on(claim)
        self._came[basis] = came.stances
        work.stances = {**work.stances, claim.id: came.stances}
        read = {one.id for one in work.insights}
        held = {one.id: one for one in (*work.judged, *came.insights)}
        work.judged = tuple(held[one] for one in sorted(held.keys() - read))
        work.quarantined = (*work.quarantined, *came.quarantined)

    def published(self, *, claims: int, pending: int) -> Mapping[str, Any]:
        """Return the counts of the coverage section."""
        names = ("supports", "contradicts", "silent", "unjudged", "dropped")
        return {
            "claims": claims,
            "judged": len(self._answered),
            "pending": pending,
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


def _by_id(work: Work) -> dict[str, Insight]:
    return {one.id: one for one in work.published()}
