"""Many draws at once give what one draw at a time gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings, strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from icp_synth.stages.segments.cuts import partitions
from icp_synth.stages.segments.drawing import drawn_distances, shared_of
from icp_synth.stages.segments.likeness import Table, distances_of
from icp_synth.stages.segments.placing import likeness_to, nearness


def made_table(*, languages: int, people: int = 14, features: int = 30) -> Table:
    """Return people who have a third of some features, two of which share a source."""
    random = np.random.default_rng(languages)
    return Table(
        people=tuple(f"P{i:02}" for i in range(people)),
        has=(random.random((people, features)) < 0.35).astype(np.float64),
        weights=random.random(features) + 0.5,
        sources=np.arange(features, dtype=np.int64) * 2 // 3,
        languages=random.integers(0, languages, people),
    )


def same_groups(one: list[int], other: list[int]) -> bool:
    return len(set(zip(one, other, strict=True))) == len(set(one)) == len(set(other))


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 9), st.lists(st.integers(0, 6), min_size=36, max_size=36))
def test_people_are_together_as_in_the_library_ties_or_not(
    n: int, given_distances: list[int]
) -> None:
    distances = np.array(given_distances[: n * (n - 1) // 2], dtype=np.float64)
    tree = linkage(distances, method="average")
    numbers = range(1, n + 1)
    for number, found in zip(numbers, partitions(distances, numbers), strict=True):
        expected = fcluster(tree, number, criterion="maxclust")
        assert same_groups(found.tolist(), expected.tolist())


@settings(deadline=None, max_examples=10)
@given(st.integers(1, 3), st.integers(0, 5))
def test_a_draw_weighs_all_of_a_source_by_how_often_it_was_drawn(
    languages: int, seed: int
) -> None:
    table = made_table(languages=languages)
    sources = int(table.sources.max()) + 1
    chance = np.random.default_rng(seed)
    for found in drawn_distances(shared_of(table), seed, 3):
        drawn = np.bincount(chance.integers(0, sources, sources), minlength=sources)
        weighed = table._replace(weights=table.weights * drawn[table.sources])
        expected = squareform(distances_of(weighed), checks=False)
        assert np.allclose(found, expected, rtol=0, atol=2e-9)


def test_likeness_to_all_groups_at_once_leaves_each_person_out_of_their_own() -> None:
    likeness = 1.0 - distances_of(made_table(languages=2))
    groups = [[0, 1, 2], [3, 4, 5, 6], [7], []]
    assert nearness(likeness, groups) == [
        tuple(likeness_to(likeness, person, group) for group in groups)
        for person in range(len(likeness))
    ]
