"""The four SemEval modes: counts worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.fields import KINDS, Kind
from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item
from icp_synth.evaluation.spans import SPAN_MODES, count_spans

PARTS = ("cor", "inc", "par", "mis", "spu")


def item(*places: tuple[int, int], kind: Kind = "pain") -> Item:
    spans = tuple(Span(start=start, end=end) for start, end in places)
    return Item(kind=kind, category="any", spans=spans)


GOLD = [
    item((0, 10)),
    item((20, 30)),
    item((40, 50), kind="trait"),
    item((60, 70), kind="trait"),
    item((80, 90), kind="motivation"),
]
FOUND = [
    item((0, 10)),  # words and kind
    item((22, 32)),  # kind, other words
    item((40, 50)),  # words, other kind
    item((65, 75), kind="motivation"),  # neither
    item((100, 110), kind="trait"),  # overlaps nothing
]


@pytest.mark.parametrize(
    ("mode", "counts"),
    [
        ("strict", (1, 3, 0, 1, 1)),
        ("exact", (2, 2, 0, 1, 1)),
        ("partial", (2, 0, 2, 1, 1)),
        ("type", (2, 2, 0, 1, 1)),
    ],
)
def test_each_mode_counts_as_semeval_says(
    mode: str, counts: tuple[int, int, int, int, int]
) -> None:
    found = count_spans(GOLD, [], FOUND)
    assert tuple(found[f"span_{mode}_{part}"] for part in PARTS) == counts


def test_kinds_are_the_labels_and_of_spurious_spans_their_own() -> None:
    found = count_spans(GOLD, [], FOUND)
    assert found["span_type_inc.trait"] == 2
    assert found["span_type_mis.motivation"] == 1
    assert found["span_type_spu.trait"] == 1
    assert found["span_type_inc.motivation"] == 0


def test_characters_are_of_pairs_with_any_overlap() -> None:
    found = count_spans(GOLD, [], FOUND)
    assert found["span_shared"] == 10 + 8 + 10 + 5
    assert found["span_either"] == 10 + 12 + 10 + 15


def test_overlapping_spans_are_assigned_one_to_one() -> None:
    found = count_spans([item((0, 20)), item((10, 30))], [], [item((10, 30))])
    assert (found["span_exact_cor"], found["span_exact_mis"]) == (1, 1)


def test_credit_comes_before_overlap() -> None:
    # Both predictions cover the first label; its exact words go to it.
    gold = [item((0, 10)), item((8, 30))]
    found = count_spans(gold, [], [item((0, 10)), item((0, 11))])
    assert (found["span_exact_cor"], found["span_exact_inc"]) == (1, 1)
    assert (found["span_partial_cor"], found["span_partial_par"]) == (1, 1)


def test_overlapping_quotes_of_a_label_are_alternatives() -> None:
    gold = [item((0, 10), (0, 11), (40, 50))]
    found = count_spans(gold, [], [item((0, 10))])
    assert (found["span_strict_cor"], found["span_strict_mis"]) == (1, 1)


def test_optional_spans_take_only_what_agreed_ones_leave() -> None:
    spare = [item((0, 10)), item((100, 112), kind="trait")]
    found = count_spans(GOLD[:1], spare, [FOUND[0], FOUND[4]])
    for mode in SPAN_MODES:
        assert found[f"span_{mode}_cor"] == 1
        assert found[f"span_{mode}_spu"] == 0


def test_an_optional_span_of_another_kind_takes_nothing_where_kinds_count() -> None:
    found = count_spans([], [item((0, 10), kind="trait")], [item((0, 10))])
    spurious = [found[f"span_{mode}_spu"] for mode in SPAN_MODES]
    assert spurious == [1, 0, 0, 1]


_ITEMS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(KINDS)).map(
        lambda one: item((one[0], one[0] + one[1]), kind=one[2])
    ),
    max_size=5,
)


@given(_ITEMS, _ITEMS)
def test_every_span_is_counted_once_on_its_side(
    gold: list[Item], predicted: list[Item]
) -> None:
    found = count_spans(gold, [], predicted)
    for mode in SPAN_MODES:
        cor, inc, par, mis, spu = (found[f"span_{mode}_{part}"] for part in PARTS)
        assert cor + inc + par + mis == len(gold)
        assert cor + inc + par + spu == len(predicted)
    assert found["span_strict_cor"] <= found["span_exact_cor"]
    assert found["span_strict_cor"] <= found["span_type_cor"]


@given(_ITEMS, _ITEMS)
def test_sides_may_be_swapped(gold: list[Item], predicted: list[Item]) -> None:
    one, other = count_spans(gold, [], predicted), count_spans(predicted, [], gold)
    for mode in SPAN_MODES:
        assert one[f"span_{mode}_cor"] == other[f"span_{mode}_cor"]
        assert one[f"span_{mode}_par"] == other[f"span_{mode}_par"]
