"""Quotes are found again after their transcript was corrected."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.reviews import Anchor
from icp_synth.domain.spans import Span
from icp_synth.project.anchors import (
    Places,
    find_all,
    find_anchor,
    in_common,
    jaccard,
    make_anchor,
)

TEXT = (
    "Ann: So what slows you down?\n\nBob: Thier approval step is what slows me down, "
    "every single month. I wait three days for it.\n\nAnn: And then?\n\nBob: Yes. I "
    "call the bank, and I wait again. Every month the same.\n\n李明：我每个月都要等三天"
    "才能拿到审批，真的很慢。"
)


def anchor_of(quote: str, text: str = TEXT, nth: int = 0) -> Anchor:
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return make_anchor("t", text, Span(start=at, end=at + len(quote)))


def found(anchor: Anchor, text: str) -> str | None:
    span = find_anchor(anchor, text)
    return span.of(text) if span else None


def test_in_the_same_text_it_is_where_it_was() -> None:
    anchor = anchor_of("I wait three days")
    span = find_anchor(anchor, TEXT)
    assert span is not None
    assert span.start == anchor.start


def test_words_before_it_only_move_it() -> None:
    assert found(anchor_of("I wait again"), f"A title\n\n{TEXT}") == "I wait again"


def test_a_typo_corrected_inside_is_no_loss() -> None:
    corrected = TEXT.replace("Thier", "Their")
    quote = "Thier approval step is what slows me down"
    assert found(anchor_of(quote), corrected) == quote.replace("Thier", "Their")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approval step", "approvals step"),
        ("I wait three days", "I wait for three days"),
        ("every single month", "each single month"),
        ("三天才能", "三天，才能"),
    ],
)
def test_small_corrections_are_no_loss(old: str, new: str) -> None:
    around = {"三天才能": "我每个月都要等三天才能拿到审批"}.get(
        old, "approval step is what slows me down, every single month. I wait three"
    )
    anchor = anchor_of(around)
    span = find_anchor(anchor, TEXT.replace(old, new))
    assert span is not None
    moved = Span(start=anchor.start, end=anchor.start + len(around))
    assert span.overlap_of_shorter(moved) > 0.9


def test_of_several_places_the_surroundings_decide() -> None:
    text = TEXT.replace("And then?", "And then? Every month the same?")
    second = anchor_of("wait", nth=1)
    span = find_anchor(second, text)
    assert span is not None
    assert text[span.start - 2 : span.end + 7] == "I wait again."


def test_a_short_word_elsewhere_is_not_taken_for_it() -> None:
    gone = TEXT.replace("Bob: Yes. I call the bank, and I wait again. ", "Bob: ")
    assert found(anchor_of("Yes"), f"{gone}\n\nZoe: Yes, of course, why not.") is None


def test_what_was_cut_out_is_gone() -> None:
    gone = TEXT.replace("I call the bank, and I wait again.", "")
    assert found(anchor_of("I call the bank, and I wait again"), gone) is None
    assert find_anchor(anchor_of("I wait again"), "") is None


def test_anchors_that_overlap_by_half_of_the_shorter_are_one() -> None:
    long = anchor_of("approval step is what slows me down, every single month")
    short = anchor_of("slows me down")
    beside = anchor_of("every single month. I wait three days")
    texts = {"t": TEXT}
    assert jaccard(find_all([long], texts), find_all([short], texts)) == 1
    assert jaccard(find_all([long], texts), find_all([beside], texts)) == 0


def test_anchors_that_are_gone_count_in_the_union() -> None:
    texts = {"t": TEXT}
    both = [anchor_of("slows me down"), make_anchor("u", "else", Span(start=0, end=4))]
    one = find_all([both[0]], texts)
    assert find_all(both, texts).gone == 1
    assert jaccard(find_all(both, texts), one) == 0.5
    assert jaccard(Places(()), Places(())) == 0


places = st.lists(
    st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.integers(1, 12)),
    max_size=12,
).map(
    lambda items: find_all(
        [
            make_anchor(name, "x" * 60, Span(start=start, end=start + length))
            for name, start, length in items
        ],
        {"a": "x" * 60, "b": "x" * 60},
    )
)


@given(places, places)
def test_what_is_in_common_is_symmetric_and_bounded(one: Places, other: Places) -> None:
    assert in_common(one, other) == in_common(other, one)
    assert 0 <= jaccard(one, other) <= 1
    if one:
        assert jaccard(one, one) == 1


@given(st.text(min_size=1, max_size=80), st.data())
def test_every_slice_is_found_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start=start, end=end)
    assert find_anchor(make_anchor("t", text, span), text) == span
