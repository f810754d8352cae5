"""The study's vectors and its judge, as the functions that stages take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from icp_synth.analysts.embedded.opposition import judge_claim
from icp_synth.analysts.protocol import (
    Asked,
    ClaimToJudge,
    PassageToJudge,
    Verdicts,
)
from icp_synth.domain.challenges import Stance
from icp_synth.domain.likeness import Judge, Likeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR_EMBEDDED = 0.34
NEAR_OF_AN_ENDPOINT = 0.5
"""Least cosines from which two texts are taken to be about the same thing.

The first was chosen on the sample study: its value proposition and differentiators
against statements of praise; below it, what is merely worded alike begins. The second
is that of the themes (distance 0.45), rounded down.
"""


def near_for(embedding: str) -> float:
    """Return the least cosine that belongs to an embedder, by its name."""
    return NEAR_EMBEDDED if embedding.startswith("embedded") else NEAR_OF_AN_ENDPOINT


def likeness_by(vectors: Callable[[Sequence[str]], NDArray[np.float32]]) -> Likeness:
    """Return cosines by the vectors of texts, rows of length 1.

    Values are rounded, so that no order depends on the last bits of a machine.
    """

    def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        import numpy as np

        if not some or not others:
            return [[] for _ in some]
        cosines = vectors(list(some)) @ vectors(list(others)).T
        rounded: list[list[float]] = np.round(cosines.astype(float), 6).tolist()
        return rounded

    return likeness


class _Judges(Protocol):
    def judge(self, claim: ClaimToJudge) -> Verdicts | Asked[Verdicts]: ...


def judge_by(analyst: _Judges, field: str) -> Judge:
    """Return a judge that answers at once, and asks no model.

    Nothing here was planned to be paid for, so where the analyst would have to ask a
    model the embedded rules judge: they say what contradicts, and nothing else.

    Args:
        analyst: Whoever judges the study's claims.
        field: What the sentences are about.
    """

    def judge(sentence: str, statements: Sequence[str]) -> list[Stance]:
        passages = tuple(
            PassageToJudge(number=number, text=text)
            for number, text in enumerate(statements, start=1)
        )
        stances: list[Stance] = ["unjudged" for _ in statements]
        if not passages:
            return stances
        claim = ClaimToJudge(field=field, text=sentence, passages=passages)
        answer = analyst.judge(claim)
        verdicts = answer if isinstance(answer, Verdicts) else judge_claim(claim)
        for verdict in verdicts.verdicts:
            if 1 <= verdict.number <= len(stances):
                stances[verdict.number - 1] = verdict.stance
        return stances

    return judge
