"""Find what other people said nearest to a claim: by vectors, insights and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.analysts.protocol import PASSAGES_A_CLAIM
from icp_synth.domain.insights import Insight
from icp_synth.domain.passages import Passage
from icp_synth.domain.profiles import Claim
from icp_synth.index import Search, searching
from icp_synth.pipeline.publishing import unquoted
from icp_synth.pipeline.vectors import corpus_of
from icp_synth.pipeline.work import Work
from icp_synth.stages.challenge import PASSAGES_A_PERSON
from icp_synth.stages.near import Told, Words, best_of, everybody_first, fused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HITS = 4 * PASSAGES_A_CLAIM
_SHOWN = 3
_SEARCHED = 8
"""Of the statements that a claim rests on: those that a judge is shown, and those that
are searched for, each by itself."""


class Nearest:
    """The passages of everybody who may be quoted, ready to be searched.

    Args:
        work: Through all stages before the challenge.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._people = frozenset(work.people) - unquoted(work.people.values())
        self._insights = {one.id: one for one in work.published()}
        self._passages = {
            one.id: one for one in work.passages if one.participant in self._people
        }
        texts = work.texts()
        # With the question: an answer seldom repeats what it was asked.
        self._words = Words(
            {
                name: "\n".join(
                    piece.span.of(texts[one.transcript]) for piece in one.slices
                )
                for name, one in self._passages.items()
            }
        )
        self._read = _read_in(self._passages.values(), work.insights)
        self._said = sorted({one for each in self._read.values() for one in each})
        self._vectors = work.vectors(self._said)

    def of(self, claims: Sequence[Claim]) -> list[dict[int, Passage]]:
        """Return for each claim the numbered passages that it is held against.

        Best first, everybody's best before anybody's second; nobody whom it cites is
        among them.
        """
        work = self._work
        # A view of few may rest on what a judge has found since.
        self._insights = {one.id: one for one in work.published()}
        corpus = corpus_of(work.ledger, work.embedder, keep=True)
        texts = [self._texts(claim) for claim in claims]
        vectors = [
            work.vectors([self._whole(claim), *each])
            for claim, each in zip(claims, texts, strict=True)
        ]
        with searching(work.folder / ".icp", corpus) as find:
            near = [
                self._by_vectors(find, rows, claim)
                for claim, rows in zip(claims, vectors, strict=True)
            ]
        return [
            self._numbered(claim, each, by_vectors)
            for claim, each, by_vectors in zip(claims, texts, near, strict=True)
        ]

    def statements(self, claim: Claim) -> tuple[str, ...]:
        """Return statements that a claim rests on, for its judge to see."""
        said = dict.fromkeys(self._insights[one].statement for one in claim.insights)
        said.pop(claim.text, None)
        return tuple(said)[:_SHOWN]

    def named(self, claim: Claim) -> float:
        """Return how near anything comes that was read of people it does not cite.

        The best cosine of an insight's statement with the claim and what it rests on.
        """
        cited = frozenset(claim.supports)
        others = {
            one
            for name, each in self._read.items()
            if self._passages[name].participant not in cited
            for one in each
        }
        near = self._near(claim)
        return max((near[one] for one in others), default=0.0)

    def _whole(self, claim: Claim) -> str:
        return " ".join([claim.text, *self.statements(claim)])

    def _texts(self, claim: Claim) -> list[str]:
        """Return the claim and its statements, each a query of its own."""
        said = (self._insights[one].statement for one in claim.insights)
        return list(dict.fromkeys((claim.text, *said)))[: _SEARCHED + 1]

    def _by_vectors(
        self, find: Search, rows: NDArray[np.float32], claim: Claim
    ) -> tuple[dict[str, float], dict[str, float]]:
        """Score passages by the whole, and by the nearest of its parts."""
        others = self._people - frozenset(claim.supports)
        hits = find(rows, limit=_HITS, participants=others).hits
        whole, *parts = (
            {hit.passage: hit.score for hit in each if hit.passage in self._passages}
            for each in hits
        )
        return whole, best_of(parts)

    def _numbered(
        self,
        claim: Claim,
        texts: Sequence[str],
        by_vectors: tuple[Mapping[str, float], Mapping[str, float]],
    ) -> dict[int, Passage]:
        near, cited = self._near(claim), frozenset(claim.supports)
        by_insights = {
            name: max(near[one] for one in each) for name, each in self._read.items()
        }
        of_others = [
            {
                name: score
                for name, score in scores.items()
                if self._passages[name].participant not in cited
            }
            for scores in (
                *by_vectors,
                by_insights,
                self._words.scores("\n".join(texts)),
            )
        ]
        ranked = (
            Told(name, self._passages[name].participant) for name in fused(of_others)
        )
        best = everybody_first(ranked, most=PASSAGES_A_CLAIM, each=PASSAGES_A_PERSON)
        return {n: self._passages[name] for n, name in enumerate(best, start=1)}

    def _near(self, claim: Claim) -> dict[str, float]:
        """Return each statement that was read in a passage → its cosine."""
        if not self._said:
            return {}
        row = self._vectors @ self._work.vectors([self._whole(claim)])[0]
        # Rounded: no order may hang on the last bits of a machine.
        cosines = row.astype(float).round(6).tolist()
        return dict(zip(self._said, cosines, strict=True))


def _read_in(
    passages: Iterable[Passage], insights: Sequence[Insight]
) -> dict[str, tuple[str, ...]]:
    """Return passage → statements of the insights that were read in it."""
    by_place: dict[tuple[str, str], list[Passage]] = defaultdict(list)
    for passage in passages:
        by_place[passage.transcript, passage.participant].append(passage)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for one in insights:
        for passage in by_place[one.transcript, one.participant]:
            if any(
                piece.start <= quote.start < piece.end
                for piece in passage.body()
                for quote in one.quotes
            ):
                found[passage.id][one.statement] = None
    return {name: tuple(each) for name, each in found.items()}
