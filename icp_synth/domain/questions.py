"""What the study set out to find, and what of the draft answers it."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value


class ResearchQuestion(Value):
    """One research question of the brief.

    Attributes:
        status: `near` where claims, themes or single answers are near to it, which
            people read as its answer or not; else `not_answered`.
        claims: Ids, nearest first.
        themes: Ids, nearest first.
        single: Ids of insights: what one person each answers, where few share an
            answer.
        participants: Who carries one of them, sorted: `n` of `of`.
    """

    question: str
    status: Literal["near", "not_answered"]
    claims: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    single: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    n: int = 0
    of: int = 0
