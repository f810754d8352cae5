"""Planted predictions: what meets which label, and what every figure then is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.fields import Kind
from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item, match, overlap

_SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(
    lambda one: (one[0], one[0] + one[1])
)


def item(*spans: tuple[int, int], kind: Kind = "pain", category: str = "fear") -> Item:
    return Item(
        kind=kind,
        category=category,
        spans=tuple(Span(start=start, end=end) for start, end in spans),
    )


_ITEMS = st.lists(_SPANS.map(item), max_size=5)


def test_a_perfect_reading_has_every_pair() -> None:
    labels = [item((0, 10)), item((20, 30)), item((40, 50), kind="trait")]
    found = match(labels, [], labels)
    assert [(one.label, one.prediction, one.score) for one in found.pairs] == [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (2, 2, 1.0),
    ]
    assert (found.missed, found.false_alarms, found.absorbed) == ((), (), ())


def test_an_empty_reading_misses_all() -> None:
    assert match([item((0, 10)), item((20, 30))], [], []).missed == (0, 1)


def test_without_labels_all_is_a_false_alarm() -> None:
    assert match([], [], [item((0, 10))]).false_alarms == (0,)


def test_another_kind_is_no_pair() -> None:
    found = match([item((0, 10))], [], [item((0, 10), kind="motivation")])
    assert (found.pairs, found.missed, found.false_alarms) == ((), (0,), (0,))


def test_another_category_is_a_pair() -> None:
    assert match([item((0, 10))], [], [item((0, 10), category="problem")]).pairs


@pytest.mark.parametrize(("shift", "pairs"), [(5, 1), (6, 0)])
def test_a_quote_shifted_by_half_is_met_and_by_more_is_not(
    shift: int, pairs: int
) -> None:
    found = match([item((0, 10))], [], [item((shift, 10 + shift))])
    assert len(found.pairs) == pairs


def test_half_of_the_shorter_quote_is_enough() -> None:
    assert overlap(item((0, 100)), item((98, 102))) == 0.5


def test_of_several_quotes_the_best_pair_counts() -> None:
    label, found = item((0, 10), (50, 60)), item((200, 210), (52, 60))
    assert overlap(label, found) == 1.0


def test_the_number_of_pairs_comes_before_the_overlap() -> None:
    # One prediction fits both labels, the other only the first, and worse.
    labels = [item((0, 10)), item((8, 12))]
    predicted = [item((0, 12)), item((5, 15))]
    assert len(match(labels, [], predicted).pairs) == 2
    greedy = [item((0, 10)), item((6, 16))]
    wide = [item((0, 10)), item((0, 5), (30, 40))]
    pairs = {(one.label, one.prediction) for one in match(greedy, [], wide).pairs}
    assert pairs == {(0, 0)}


def test_an_optional_label_takes_what_agreed_ones_leave() -> None:
    found = match([item((0, 10))], [item((0, 10)), item((40, 50))], [item((0, 10))])
    assert len(found.pairs) == 1
    assert found.absorbed == ()
    assert found.missed == ()
    left = match([item((0, 10))], [item((40, 50))], [item((0, 10)), item((41, 50))])
    assert [one.prediction for one in left.absorbed] == [1]
    assert left.false_alarms == ()


def test_a_missed_optional_label_costs_nothing() -> None:
    found = match([], [item((0, 10))], [])
    assert (found.missed, found.false_alarms) == ((), ())


def test_an_exact_duplicate_is_a_false_alarm_even_beside_an_optional_label() -> None:
    twice = [item((0, 10)), item((0, 10))]
    assert match([item((0, 10))], [], twice).false_alarms == (1,)
    assert match([item((0, 10))], [item((0, 10))], twice).false_alarms == (1,)
    assert match([], [item((0, 10)), item((0, 10))], twice).false_alarms == (1,)


def test_a_split_and_a_merge_are_one_pair_each() -> None:
    whole, parts = item((0, 20)), [item((0, 9)), item((10, 20))]
    split = match([whole], [], parts)
    assert (len(split.pairs), len(split.false_alarms)) == (1, 1)
    merge = match(parts, [], [whole])
    assert (len(merge.pairs), len(merge.missed)) == (1, 1)


@given(_ITEMS, _ITEMS)
def test_no_other_assignment_is_better(
    labels: list[Item], predicted: list[Item]
) -> None:
    found = match(labels, [], predicted)
    own = (len(found.pairs), sum(one.score for one in found.pairs))
    best = _best(labels, predicted)
    assert own[0] == best[0]
    assert own[1] == pytest.approx(best[1])


@given(_ITEMS, _ITEMS, _ITEMS)
def test_every_label_and_prediction_is_in_one_place(
    agreed: list[Item], optional: list[Item], predicted: list[Item]
) -> None:
    found = match(agreed, optional, predicted)
    labels = [*found.missed, *(one.label for one in found.pairs)]
    taken = [one.prediction for one in (*found.pairs, *found.absorbed)]
    assert sorted(labels) == [*range(len(agreed))]
    assert sorted([*taken, *found.false_alarms]) == [*range(len(predicted))]


def _best(labels: Sequence[Item], predicted: Sequence[Item]) -> tuple[int, float]:
    """Return pairs and overlap of the best assignment, by trying all of them."""
    slots = [*range(len(predicted)), *[None] * len(labels)]
    best = (0, 0.0)
    for chosen in set(permutations(slots, len(labels))):
        scores = [
            overlap(label, predicted[at])
            for label, at in zip(labels, chosen, strict=True)
            if at is not None
        ]
        kept = [one for one in scores if one]
        best = max(best, (len(kept), round(sum(kept), 9)))
    return best
