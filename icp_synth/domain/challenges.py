"""What became of a claim that was held against what people said."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.values import Value

Stance = Literal["supports", "contradicts", "silent", "unjudged"]

_TOP = re.compile(r"top:([1-9]\d{0,5})")

TOP = 30
"""How many claims a model is asked about where nobody says."""


class Scope(NamedTuple):
    """Which claims are challenged; `most` is None for all, 0 for none."""

    most: int | None

    @classmethod
    def of(cls, text: str) -> Scope | None:
        """Return what `top:N`, `all` or `off` says; None for anything else.

        Example:
            >>> Scope.of("top:30"), Scope.of("all"), Scope.of("some")
            (Scope(most=30), Scope(most=None), None)
        """
        if text in {"all", "off"}:
            return cls(None if text == "all" else 0)
        match = _TOP.fullmatch(text)
        return cls(int(match.group(1))) if match else None


class Stances(Value):
    """Where people stand to a claim, once they were judged.

    Nobody is in two places: who contradicts a claim does not support it as well.

    Attributes:
        supports, contradicts, silent: Participants whom the claim did not cite, sorted;
            the rest is unjudged.
        insights: Of those who support it, sorted.
        counter: That contradict it, sorted.
        divided: In which somebody who contradicts it supports it all the same.
        withdrawn: Participants whom the claim does cite and who take it back in other
            words of theirs, sorted; these stand in `counter`.
        carrying: Insights of the claim's theme in which supporters whom the claim
            counts and does not quote say it; it is cited by them when all whom it
            quotes take it back.
        looked_at: Participants some of whose passages a judge gave an answer on,
            sorted; it may have been that nobody can tell.
    """

    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    insights: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()
    divided: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    carrying: tuple[str, ...] = ()
    looked_at: tuple[str, ...] = ()


class Challenged(Value):
    """What the verdicts on one claim came to.

    Attributes:
        stances: Of the people who were judged.
        insights: New ones, made of the judged quotes, by id.
        quarantined: Quotes that a judge gave and nobody said so.
    """

    stances: Stances
    insights: tuple[Insight, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
