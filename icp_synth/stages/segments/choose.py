"""Choose into how many groups people fall, if they do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from icp_synth.domain.segments import SegmentCandidate
from icp_synth.stages.segments.chance import by_chance
from icp_synth.stages.segments.consensus import agreed, draw
from icp_synth.stages.segments.cuts import Cut, cut_of, numbers_of, silhouettes
from icp_synth.stages.segments.drawing import shared_of
from icp_synth.stages.segments.likeness import Floats, Table
from icp_synth.stages.segments.stability import (
    agreement,
    beyond_chance,
    found_again,
    member_matrix,
)

_SMALLEST = 0.01
"""Least spread of what chance gives, and room above it: some are dealt in few ways."""


class Choice(NamedTuple):
    """A division, what was looked at beside it, and which of its groups hold.

    Attributes:
        cut: The division; None where none is better than chance usually is.
        stability: Label of each group of at least three people → how often it is found
            again, 0 to 1.
        holding: Labels of those that are found again more often than chance's best.
        candidates: The numbers of groups that were considered.
        perhaps_chance: Whether chance did as well in one of twenty cases or more.
    """

    cut: Cut | None
    stability: Mapping[int, float] = {}
    holding: frozenset[int] = frozenset()
    candidates: tuple[SegmentCandidate, ...] = ()
    perhaps_chance: bool = False


def choose(table: Table, distances: Floats) -> Choice:
    """Return the division that other draws agree with beyond chance, most of all.

    At each number of groups people are divided as many draws agree (`consensus`), and
    the division is held against other draws (`agreement`) and against what people whose
    things were dealt out anew get at that number (`chance`). The fewest groups are
    chosen whose agreement is as far beyond chance, `(own - chance) / (1 - chance)`, as
    the best but for one standard deviation of chance. Nobody is divided where it is no
    farther above chance, in its standard deviations, than the best number of such deals
    usually is.

    Args:
        table: Who has what.
        distances: Of the people, for the silhouettes.

    Source:
        The fewest groups within one deviation: Tibshirani, Walther and Hastie 2001.
    """
    numbers = numbers_of(len(table.people))
    shared = shared_of(table)
    draws = draw(shared, numbers)
    cuts = [cut_of(number, agreed(draws, number)) for number in numbers]
    cuts = [cut for cut in cuts if cut.divides]
    if not cuts:
        return Choice(None)
    divided = [cut.number for cut in cuts]
    judges = draw(shared, divided, judges=True)
    own = np.array([agreement(judges, cut.number, cut.labels) for cut in cuts])
    chance = by_chance(table, divided)
    usual = chance.agreements.mean(axis=0)
    spread = np.maximum(chance.agreements.std(axis=0), _SMALLEST)
    room = np.maximum(1.0 - usual, _SMALLEST)
    beyond = np.round((own - usual) / room, 6)
    best = int(np.argmax(beyond))
    enough = beyond[best] - spread[best] / room[best]
    at = int(np.flatnonzero(beyond >= enough)[0])
    above = float((own[at] - usual[at]) / spread[at])
    dealt = ((chance.agreements - usual) / spread).max(axis=1)
    better = above > float(dealt.mean())
    candidates = tuple(
        SegmentCandidate(
            cuts=cut.number,
            silhouette=round(float(np.mean(silhouettes(distances, cut.labels))), 6),
            agreement=float(own[i]),
            by_chance=round(float(usual[i]), 6),
            chosen=better and i == at,
        )
        for i, cut in enumerate(cuts)
    )
    if not better:
        return Choice(None, candidates=candidates)
    chosen = cuts[at]
    member = member_matrix(chosen.labels, chosen.large)
    limit = float(chance.best[:, at].mean())
    holding = zip(
        chosen.large, beyond_chance(judges, chosen.number, member), strict=True
    )
    return Choice(
        chosen,
        stability=dict(
            zip(chosen.large, found_again(judges, chosen.number, member), strict=True)
        ),
        holding=frozenset(label for label, found in holding if found > limit),
        candidates=candidates,
        perhaps_chance=above <= float(dealt.max()),
    )
