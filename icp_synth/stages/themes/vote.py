"""Let like statements of several people vote on their kind.

A reader without a model guesses the kind of one sentence at a time. What several
people say of one matter is better evidence: the group's vote becomes the kind of
each of its statements. People vote, however often they say it; a rare kind weighs up
to twice as much, since it is seldom a slip, and a kind of fewer people than another
needs two of them. Facts keep theirs, since their pattern is certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from icp_synth.domain.fields import KINDS, Kind
from icp_synth.domain.insights import Insight, insight_id
from icp_synth.stages.themes.groups import clusters_of, in_order

_MOST_WEIGHT = 2.0
"""Of a rare kind against the commonest; more lets one guess overrule ten people."""

_LEAST_PEOPLE = 2


def vote_kinds(
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    threshold: float,
    text_hashes: Mapping[str, str],
) -> tuple[Insight, ...]:
    """Give every group of like statements one kind.

    Args:
        insights: Of all participants.
        vectors: Unit vectors of their statements, shape (len(insights), d).
        threshold: Largest average cosine distance within a group.
        text_hashes: Transcript name → hash of its canonical text, for new ids.

    Returns:
        In the order given; changed ones have new ids.
    """
    free = [i for i in in_order(insights) if insights[i].attribute is None]
    weights = _weights([insights[i].kind for i in free])
    voted = list(insights)
    for group in clusters_of(free, vectors, threshold):
        kind = _winner([insights[i] for i in group], weights)
        category = _category([insights[i] for i in group], kind)
        for i in group:
            if insights[i].kind != kind:
                voted[i] = _changed(insights[i], kind, category, text_hashes)
    return tuple(voted)


def _weights(kinds: Sequence[Kind]) -> dict[Kind, float]:
    """Return what a vote for each kind weighs: a rare kind is seldom a slip."""
    counts = Counter(kinds)
    most = max(counts.values(), default=0)
    return {
        kind: min(_MOST_WEIGHT, most / counts[kind]) for kind in KINDS if counts[kind]
    }


def _winner(group: Sequence[Insight], weights: Mapping[Kind, float]) -> Kind:
    votes = Counter(kind for kind, _ in {(one.kind, one.participant) for one in group})
    needed = min(_LEAST_PEOPLE, max(votes.values()))
    stand = [kind for kind in votes if votes[kind] >= needed]
    return max(stand, key=lambda kind: (votes[kind] * weights[kind], kind))


def _category(group: Sequence[Insight], kind: Kind) -> str:
    counts = Counter(one.category for one in group if one.kind == kind)
    return min(counts, key=lambda name: (-counts[name], name))


def _changed(
    insight: Insight, kind: Kind, category: str, text_hashes: Mapping[str, str]
) -> Insight:
    changed = insight.model_copy(
        update={
            "kind": kind,
            "category": category,
            "intensity": None if kind == "trait" else insight.intensity or 1,
        }
    )
    new = insight_id(text_hashes[insight.transcript], changed)
    return changed.model_copy(update={"id": new})
