"""What resembles others: both ways of counting it give what the definition says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.stages.themes import alike as stage
from icp_synth.stages.themes.alike import alike, by_gram, by_vectors
from tests.synthesis_factory import Vectors, unit


def by_definition(vectors: Vectors, people: list[int], likeness: float) -> list[int]:
    """Leave out, three times, what is not like the mean of the others' rows."""
    kept = list(range(len(people)))
    for _ in range(3):
        near = []
        for row in kept:
            others = [one for one in kept if people[one] != people[row]]
            if not others:
                continue
            mean = vectors[others].astype(float).mean(axis=0)
            length = float(np.linalg.norm(mean))
            cosine = float(vectors[row] @ mean) / length if length else 0.0
            if round(cosine, 6) >= likeness:
                near.append(row)
        if near == kept:
            break
        kept = near
    return kept


@given(
    st.lists(st.integers(0, 3), min_size=1, max_size=14),
    st.integers(0, 50),
    st.sampled_from([0.1, 0.35, 0.7]),
)
@settings(max_examples=60, deadline=None)
def test_sums_and_pairs_give_what_the_definition_gives(
    people: list[int], seed: int, likeness: float
) -> None:
    chance = np.random.default_rng(seed)
    vectors = unit(chance.normal(size=(len(people), 4)) + np.array([1, 0, 0, 0]))
    numbers = np.array(people)
    rows = vectors.astype(np.float64)
    wanted = by_definition(vectors, people, likeness)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage, "_FEW", 0)
        patch.setattr(stage, "_BLOCK", 3)
        assert alike(numbers, by_vectors(vectors), likeness).tolist() == wanted
    assert alike(numbers, by_gram(rows @ rows.T), likeness).tolist() == wanted


def test_at_no_likeness_all_stay() -> None:
    vectors = unit([[1, 0], [0, 1]])
    assert alike(np.array([0, 1]), by_vectors(vectors), 0.0).tolist() == [0, 1]
