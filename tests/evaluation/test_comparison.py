"""Intervals over interviews, and what may be said of two systems."""

import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.errors import UsageError
from icp_synth.evaluation.comparison import compare, compare_family
from icp_synth.evaluation.resampling import (
    micro_estimate,
    paired_bootstrap,
    resample_weights,
)
from icp_synth.evaluation.tallies import Counts, Tally, micro


def f1(*counts: tuple[int, int, int]) -> list[Tally]:
    """Return one F1 tally an interview from (TP, FA, FN)."""
    return [
        Counts(interview=f"interview-{at:02}", tp=tp, fa=fa, fn=fn).f1()
        for at, (tp, fa, fn) in enumerate(counts)
    ]


def test_micro_figures_divide_sums_not_mean_scores() -> None:
    runs = [
        Counts(interview="a", tp=1, fa=1, fn=0),
        Counts(interview="b", tp=6, fa=2, fn=4),
    ]

    assert micro([run.precision() for run in runs]) == pytest.approx(7 / 10)
    assert micro([run.recall() for run in runs]) == pytest.approx(7 / 11)
    assert micro([run.f1() for run in runs]) == pytest.approx(14 / 21)


@pytest.mark.parametrize("empty", [(0, 0, 5), (0, 3, 0), (0, 0, 0)])
def test_without_labels_or_predictions_f1_is_undefined_not_zero(
    empty: tuple[int, int, int],
) -> None:
    (tally,) = f1(empty)

    assert tally.score is None
    assert micro([tally]) is None


def test_an_interview_without_predictions_still_counts_as_missed() -> None:
    assert micro(f1((5, 0, 0), (0, 0, 5))) == pytest.approx(10 / 15)


def test_a_wrong_reading_scores_zero() -> None:
    (tally,) = f1((0, 2, 3))

    assert tally.score == 0


def test_an_interval_by_interviews_holds_the_value() -> None:
    runs = f1((8, 2, 2), (5, 5, 5), (9, 1, 0), (3, 4, 6), (7, 2, 1))

    found = micro_estimate(runs)

    assert found.value == pytest.approx(64 / 92)
    assert found.low is not None
    assert found.high is not None
    assert 0.5 <= found.low < 64 / 92 < found.high < 0.9
    assert found.method == "cluster bootstrap 10000"


def test_more_items_in_the_same_interviews_do_not_narrow_the_interval() -> None:
    counts = [(2, 1, 1), (1, 3, 2), (4, 0, 0), (3, 1, 0), (2, 2, 2)]
    few = micro_estimate(f1(*counts))
    many = micro_estimate(f1(*[(10 * a, 10 * b, 10 * c) for a, b, c in counts]))

    assert few.low is not None
    assert (few.low, few.high) == pytest.approx((many.low, many.high))


def test_one_interview_gets_no_interval_but_a_reason() -> None:
    found = micro_estimate(f1((3, 1, 1)))

    assert (found.value, found.low) == (0.75, None)
    assert found.reason == "no interval: it needs at least 5 interviews, not 1"


def test_a_value_that_never_moves_gets_no_interval_of_width_zero() -> None:
    found = micro_estimate(f1(*[(3, 0, 0), (2, 0, 0)] * 3))

    assert (found.value, found.low) == (1.0, None)
    assert found.reason == "no interval: every resample gives the same value"


def test_undefined_draws_are_counted_and_refuse_the_interval_where_many() -> None:
    # Four of five interviews are empty: 1,024 of 3,125 draws hold no other.
    found = micro_estimate(f1((3, 1, 1), *[(0, 0, 0)] * 4), draws=2700)

    assert found.low is None
    assert 800 < found.undefined_draws < 970
    assert found.reason.endswith("of 2700 resamples are undefined")


def test_the_paired_interval_is_narrower_where_interviews_are_hard_for_both() -> None:
    low = f1((1, 9, 9), (5, 5, 5), (9, 1, 1), (2, 8, 8), (7, 3, 3), (4, 6, 6))
    high = f1((2, 8, 8), (6, 4, 4), (10, 0, 0), (3, 7, 7), (8, 2, 2), (6, 4, 4))

    gap, alone = paired_bootstrap(low, high), micro_estimate(high)

    assert gap.value == pytest.approx(7 / 60)
    assert None not in {gap.low, gap.high, alone.low, alone.high}
    assert (gap.high or 0) - (gap.low or 0) < ((alone.high or 0) - (alone.low or 0)) / 4


def test_systems_measured_on_other_interviews_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match="one system only: interview-01") as refused:
        paired_bootstrap(f1((1, 1, 1)), f1((1, 1, 1), (2, 0, 0)))

    assert refused.value.hint


def test_an_interview_that_is_counted_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="'interview-00' is counted twice"):
        micro_estimate([*f1((1, 1, 1)), *f1((1, 1, 1))])


ONE_BETTER = (6, 4, 4), (5, 5, 5), (7, 3, 3), (4, 6, 6), (6, 4, 4), (5, 5, 5)
BETTER = (8, 2, 2), (7, 3, 3), (8, 2, 2), (7, 3, 3), (9, 1, 1), (6, 4, 4)


def test_a_system_that_is_better_everywhere_is_named() -> None:
    found = compare("item_f1", f1(*ONE_BETTER), f1(*BETTER))

    assert found.verdict == "second is higher"
    assert found.p == 2 / 2**6
    assert found.low is not None
    assert found.low > 0
    assert found.reason == ""
    assert found.method == "paired cluster bootstrap 10000, exact sign flips"
    turned = compare("item_f1", f1(*BETTER), f1(*ONE_BETTER))
    assert turned.verdict == "first is higher"


def test_an_interval_that_holds_zero_is_not_distinguishable() -> None:
    found = compare("item_f1", f1(*ONE_BETTER), f1(*reversed(ONE_BETTER)))

    assert found.verdict == "not distinguishable"
    assert found.reason == "the interval of the difference holds 0"
    assert found.detectable is not None
    assert found.detectable > 0


def test_five_interviews_never_name_a_winner() -> None:
    found = compare("item_f1", f1(*ONE_BETTER[:5]), f1(*BETTER[:5]))

    assert found.p == 2 / 2**5
    assert found.verdict == "not distinguishable"
    assert found.reason == "p is at least .05: under six interviews"


def test_a_system_compared_with_itself_is_not_distinguishable() -> None:
    found = compare("item_f1", f1(*BETTER), f1(*BETTER))

    assert (found.difference, found.low, found.high, found.p) == (0, 0, 0, 1)
    assert found.verdict == "not distinguishable"
    assert found.detectable is None


def test_one_interview_is_not_comparable_and_says_why() -> None:
    found = compare("item_f1", f1((5, 0, 0)), f1((1, 4, 4)))

    assert found.verdict == "not comparable"
    assert found.reason.startswith("no interval: it needs at least 5 interviews")


def test_a_system_without_predictions_is_not_comparable() -> None:
    found = compare("item_f1", f1((0, 0, 5), (0, 0, 4)), f1((3, 1, 2), (2, 1, 2)))

    assert (found.first, found.difference) == (None, None)
    assert found.verdict == "not comparable"
    assert found.left_out == 2


def test_holm_over_the_family_takes_back_a_winner() -> None:
    pair = f1(*ONE_BETTER), f1(*BETTER)

    alone = compare_family({"item_f1": pair})
    both = compare_family({"item_f1": pair, "item_f1.pain": pair})

    assert [one.verdict for one in alone] == ["second is higher"]
    assert [one.p_adjusted for one in both] == [4 / 2**6, 4 / 2**6]
    assert {one.verdict for one in both} == {"not distinguishable"}
    assert {one.reason for one in both} == {"p is at least .05"}


def test_pooled_and_mean_differences_that_point_apart_name_no_winner() -> None:
    # One long interview outweighs many short ones in the pooled figure.
    first = f1(*[(5, 5, 5)] * 11, (50, 50, 50))
    second = f1(*[(6, 4, 4)] * 11, (0, 1, 500))

    found = compare("item_f1", first, second)

    assert (found.difference or 0) < 0
    assert found.verdict == "not distinguishable"


def test_weights_are_whole_draws_of_n_and_depend_on_the_seed_alone() -> None:
    weights = resample_weights(5, draws=50, seed=1)

    assert weights.shape == (50, 5)
    assert set(weights.sum(axis=1).tolist()) == {5.0}
    assert (weights == resample_weights(5, draws=50, seed=1)).all()
    assert (weights != resample_weights(5, draws=50, seed=2)).any()


counts = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=8))
def test_a_comparison_is_deterministic_and_blind_to_the_order_of_interviews(
    pairs: list[tuple[tuple[int, int, int], tuple[int, int, int]]],
) -> None:
    first, second = f1(*(a for a, _ in pairs)), f1(*(b for _, b in pairs))

    found = compare("item_f1", first, second, draws=200)

    assert compare("item_f1", first[::-1], second, draws=200) == found
    if found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.high <= 1
