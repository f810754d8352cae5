"""Agreement on spans: the codebook's pairs, and characters."""

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.fields import Kind
from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item
from icp_synth.evaluation.span_agreement import span_agreement


def item(start: int, end: int, kind: Kind = "pain") -> Item:
    spans = (Span(start=start, end=end),)
    return Item(kind=kind, category="anything", spans=spans)


def test_half_of_the_shorter_is_enough_and_less_is_not() -> None:
    enough = span_agreement({"a": [item(0, 10)]}, {"a": [item(5, 40)]})
    less = span_agreement({"a": [item(0, 10)]}, {"a": [item(6, 40)]})

    assert (enough.pairs, enough.f1) == (1, 1.0)
    assert (less.pairs, less.f1) == (0, 0.0)


def test_characters_are_counted_where_items_are_not_paired() -> None:
    found = span_agreement({"a": [item(0, 10)]}, {"a": [item(6, 20)]})

    assert found.character_f1 == pytest.approx(2 * 4 / (10 + 14))
    assert found.character_iou == pytest.approx(4 / 20)


def test_kinds_must_be_equal_unless_stretches_alone_are_compared() -> None:
    mine, yours = {"a": [item(0, 10)]}, {"a": [item(0, 10, "motivation")]}

    assert span_agreement(mine, yours).f1 == 0
    assert span_agreement(mine, yours, kinds=False).f1 == 1
    assert span_agreement(mine, yours, kinds=False).character_iou == 1


def test_figures_are_micro_over_texts_and_a_missing_text_has_no_items() -> None:
    mine = {"a": [item(0, 10), item(20, 30)], "b": [item(0, 10)]}
    yours = {"a": [item(0, 10)]}

    found = span_agreement(mine, yours)

    assert (found.n_texts, found.n_first, found.n_second) == (2, 3, 1)
    assert found.f1 == pytest.approx(2 / 4)


def test_where_nobody_marked_anything_agreement_is_undefined() -> None:
    found = span_agreement({"a": []}, {"a": []})

    assert (found.f1, found.character_f1, found.character_iou) == (None, None, None)


items = st.builds(
    lambda start, length: item(start, start + length),
    st.integers(0, 40),
    st.integers(1, 15),
)
marked = st.lists(items, max_size=5, unique_by=lambda one: one.content)


@given(marked, marked)
def test_swapping_the_annotators_changes_no_figure(
    mine: list[Item], yours: list[Item]
) -> None:
    there = span_agreement({"a": mine}, {"a": yours})
    back = span_agreement({"a": yours}, {"a": mine})

    assert there.model_dump(exclude={"n_first", "n_second"}) == back.model_dump(
        exclude={"n_first", "n_second"}
    )


@given(marked.filter(bool))
def test_the_same_marks_agree_fully(mine: list[Item]) -> None:
    found = span_agreement({"a": mine}, {"a": mine})

    assert (found.f1, found.character_f1, found.character_iou) == (1.0, 1.0, 1.0)
