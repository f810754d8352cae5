"""Sign flips, Holm and detectable differences: published and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.errors import UsageError
from icp_synth.evaluation.statistics import (
    holm,
    minimum_detectable_difference,
    sign_flip,
    spread,
)


def test_holm_equals_the_example_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_a_metric_without_a_test_leaves_the_family() -> None:
    assert holm([0.01, None, 0.02]) == pytest.approx((0.02, None, 0.02))
    assert holm([]) == ()


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_only_raises_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = [p for p in holm(p_values) if p is not None]

    assert len(adjusted) == len(p_values)
    assert all(p <= raised <= 1 for p, raised in zip(p_values, adjusted, strict=True))
    by_p = [raised for _, raised in sorted(zip(p_values, adjusted, strict=True))]
    assert by_p == sorted(by_p)


def test_the_exact_test_counts_every_pattern_of_signs() -> None:
    # Of eight patterns only +++ and --- reach the sum seen.
    found = sign_flip([0.1, 0.2, 0.3], [0.2, 0.4, 0.6])

    assert found.p == 0.25
    assert found.difference == pytest.approx(0.2)
    assert (found.n, found.left_out, found.method) == (3, 0, "exact sign flips")


def test_equal_systems_have_p_one() -> None:
    assert sign_flip([0.5, 0.6], [0.5, 0.6]).p == 1


def test_undefined_scores_are_left_out_and_counted() -> None:
    found = sign_flip([0.1, None, 0.3, 0.4], [0.2, 0.4, None, 0.6])

    assert (found.n, found.left_out, found.p) == (2, 2, 0.5)


def test_without_a_pair_of_scores_p_is_undefined() -> None:
    found = sign_flip([None, 0.2], [0.1, None])

    assert (found.p, found.difference, found.n) == (None, None, 0)


def test_twenty_pairs_are_exact_and_twenty_one_are_drawn() -> None:
    low, high = [0.0] * 21, [0.1] * 21

    assert sign_flip(low[:20], high[:20]).p == 2 / 2**20
    drawn = sign_flip(low, high, draws=999)
    assert drawn.p == 1 / 1000
    assert drawn.method == "sign flips 999"


def test_the_test_agrees_with_scipy() -> None:
    from scipy.stats import permutation_test

    rng = np.random.default_rng(3)
    first, second = rng.random(9), rng.random(9) + 0.15

    expected = permutation_test(
        [second - first],
        np.mean,
        permutation_type="samples",
        vectorized=True,
        n_resamples=1000,
    )
    assert sign_flip(first.tolist(), second.tolist()).p == pytest.approx(
        expected.pvalue
    )


def test_scores_that_cannot_be_paired_are_refused() -> None:
    with pytest.raises(UsageError, match="1 scores cannot be paired with 2"):
        sign_flip([0.1], [0.1, 0.2])


scores = st.none() | st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(scores, scores), max_size=24))
def test_p_is_a_share_and_does_not_depend_on_order_or_side(
    pairs: list[tuple[float | None, float | None]],
) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]

    found = sign_flip(first, second, draws=200)

    assert found.n + found.left_out == len(pairs)
    if found.p is None:
        assert found.n == 0
    else:
        assert 0 < found.p <= 1
    assert sign_flip(first[::-1], second[::-1], draws=200) == found
    if found.n <= 20:
        assert sign_flip(second, first, draws=200).p == found.p


def test_the_detectable_difference_shrinks_with_interviews_towards_the_normal() -> None:
    few = minimum_detectable_difference(0.02, n=16)
    many = minimum_detectable_difference(0.02, n=100_000)

    # t(15): 2.1314 + 0.8662; normal: 1.9600 + 0.8416.
    assert few == pytest.approx(0.02 * 2.9976, abs=1e-5)
    assert many == pytest.approx(0.02 * 2.8016, abs=1e-5)


@pytest.mark.parametrize(("error", "n"), [(None, 16), (0.02, 1), (0.0, 16)])
def test_without_a_spread_no_difference_is_called_detectable(
    error: float | None, n: int
) -> None:
    assert minimum_detectable_difference(error, n=n) is None


def test_the_spread_of_epochs_leaves_out_the_undefined() -> None:
    assert spread([0.7, None, 0.74]) == pytest.approx(0.0282843, abs=1e-6)
    assert spread([0.7, None]) is None
