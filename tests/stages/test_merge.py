"""What one person said twice becomes one insight, and nothing gets lost by it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, strategies as st

from icp_synth.domain.insights import Insight, Normal, Quote, insight_id
from icp_synth.stages.merge import MOST_QUOTES, Merged, fold_same, merge
from tests.synthesis_factory import make_insight, make_trait, text_hash, unit

APART = np.eye(16, dtype=np.float32)
SAME = np.tile(APART[:1], (16, 1))
ALIKE = unit([[1, 0], [0.8, 0.6], [1, 0]])
"""The second is like the others (0.8), but not nearly the same."""


def merged(insights: Sequence[Insight], vectors: np.ndarray) -> Merged:
    hashes = {one.transcript: text_hash(one.transcript) for one in insights}
    return merge(insights, vectors[: len(insights)], hashes)


def test_nearly_the_same_words_are_one_insight_with_both_quotes() -> None:
    one = make_insight(at=0, intensity=1)
    two = make_insight(at=500, intensity=1)
    result = merged([one, two], SAME)
    (kept,) = result.insights
    assert [quote.start for quote in kept.quotes] == [0, 500]
    assert kept.intensity == 2  # repeated
    assert kept.statement == one.statement
    assert kept.id == insight_id(text_hash("Ann"), kept) != one.id
    assert result.merged == 1


def test_one_place_listed_twice_is_one_insight_and_no_stress() -> None:
    one = make_insight(at=0, quote="Counting ate my Sunday", intensity=1)
    two = make_insight(at=9, quote="ate my Sunday", intensity=1)
    (kept,) = merged([one, two], ALIKE).insights
    assert kept.quotes == one.quotes
    assert kept.intensity == 1


def test_two_things_said_in_one_sentence_stay_two_insights() -> None:
    one = make_insight(statement="Counting takes her Sundays.")
    two = make_insight(statement="Nobody helps her.")
    assert merged([one, two], APART) == Merged(
        insights=(one, two), merged=0, rows=(0, 1)
    )


def test_overlapping_verbatim_quotes_are_one_whatever_their_vectors() -> None:
    one = make_insight(quote="Counting ate my Sunday", statement_origin="verbatim")
    two = make_insight(at=9, quote="ate my Sunday", statement_origin="verbatim")
    assert merged([one, two], APART).merged == 1


def test_two_facts_of_one_quote_stay_two_facts() -> None:
    one = make_trait("Ann", "technology", "Xero", category="technology")
    two = make_trait("Ann", "technology", "Excel", category="technology")
    role = make_trait("Ann", "role", "owner", category="role")
    assert merged([one, two, role], SAME).insights == (one, two, role)


def test_a_fact_said_twice_keeps_the_figure_that_one_of_them_has() -> None:
    normal = Normal(low=40, high=40, unit="people")
    one = make_trait("Ann", "headcount_company", "Forty")
    two = make_trait("Ann", "headcount_company", "forty", at=90, normal=normal)
    (kept,) = merged([one, two], SAME).insights
    assert kept.normal == normal


def test_different_people_kinds_and_categories_are_never_merged() -> None:
    insights = [
        make_insight("Ann"),
        make_insight("Bob"),
        make_insight("Ann", kind="motivation", category="goal"),
        make_insight("Ann", category="fear"),
    ]
    assert merged(insights, SAME).insights == tuple(insights)


def test_what_is_said_again_in_another_interview_stays_apart() -> None:
    one = make_insight("Ann", transcript="first")
    two = make_insight("Ann", transcript="second")
    assert merged([one, two], SAME).insights == (one, two)


def test_an_insight_holds_three_quotes_and_counts_those_left_out() -> None:
    insights = [make_insight(at=100 * i, intensity=3) for i in range(5)]
    result = merged(insights, SAME)
    (kept,) = result.insights
    assert len(kept.quotes) == MOST_QUOTES
    assert result.quotes_left_out == 2
    assert kept.intensity == 3


def test_signals_and_explicitness_of_all_are_kept() -> None:
    one = make_insight(signals=("+ready",), explicit=False)
    two = make_insight(at=90, signals=("+able", "+ready"))
    (kept,) = merged([one, two], SAME).insights
    assert kept.signals == ("+able", "+ready")
    assert kept.explicit


def test_nothing_gives_nothing() -> None:
    empty = np.zeros((0, 4), dtype=np.float32)
    assert merge([], empty, {}) == Merged(insights=(), merged=0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ann", "Bob"]),
            st.integers(0, 60),
            st.integers(1, 30),
            st.integers(0, 3),
        ),
        max_size=14,
    )
)
def test_merging_keeps_people_order_and_quotes_that_do_not_overlap(
    drawn: list[tuple[str, int, int, int]],
) -> None:
    insights = [
        make_insight(person, f"{i}", at=at, quote="x" * length)
        for i, (person, at, length, _) in enumerate(drawn)
    ]
    vectors = APART[[direction for *_, direction in drawn]]
    result = merged(insights, vectors)
    assert len(result.insights) + result.merged == len(insights)
    assert {one.participant for one in result.insights} == {p for p, *_ in drawn}
    statements = [int(one.statement) for one in result.insights]
    assert statements == sorted(statements)
    for one in result.insights:
        spans = [quote.span for quote in one.quotes]
        assert 1 <= len(spans) <= MOST_QUOTES
        assert all(
            a.overlap(b) == 0 for i, a in enumerate(spans) for b in spans[i + 1 :]
        )
    again = merged(result.insights, vectors[statements])
    assert {one.participant for one in again.insights} == {p for p, *_ in drawn}


def test_an_untouched_insight_keeps_its_id() -> None:
    quote = Quote(start=3, end=7, text="word", turn=0, alignment="folded")
    one = make_insight(quotes=(quote,))
    assert merged([one], SAME).insights == (one,)


def test_two_of_one_id_are_folded_into_the_first_and_no_other() -> None:
    one, other = make_insight(intensity=1), make_insight(statement="Nobody helps.")
    again = one.model_copy(update={"intensity": 3})
    hashes = {one.transcript: text_hash(one.transcript)}
    found = fold_same([one, other, again], hashes)
    assert [kept.statement for kept in found.insights] == [
        one.statement,
        other.statement,
    ]
    assert found.insights[0].intensity == 3
    assert (found.merged, found.rows) == (1, (0, 1))
    assert fold_same(found.insights, hashes).insights == found.insights
