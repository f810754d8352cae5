"""Agreement: published tables, cases by hand, and what always holds."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.errors import UsageError
from icp_synth.evaluation.agreement import Agreement, agreement
from icp_synth.evaluation.coefficients import COEFFICIENTS, Level, UnitSums

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C:
# four observers, twelve units, gaps.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def two_by_two(
    both: int, first: int, second: int, neither: int
) -> list[list[str | None]]:
    """Return ratings with these counts of yes-yes, yes-no, no-yes, no-no."""
    mine = ["yes"] * (both + first) + ["no"] * (second + neither)
    yours = ["yes"] * both + ["no"] * first + ["yes"] * second + ["no"] * neither
    return [[*mine], [*yours]]


def values(found: Agreement) -> dict[str, float | None]:
    return {name: getattr(found, name).value for name in COEFFICIENTS}


@pytest.mark.parametrize(
    ("level", "alpha"),
    [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107)],
)
def test_alpha_equals_krippendorffs_published_example(
    level: Level, alpha: float
) -> None:
    found = agreement(OBSERVERS, level=level)

    assert found.alpha.value == pytest.approx(alpha, abs=1e-6)


def test_several_annotators_with_gaps_equal_gwets_published_figures() -> None:
    # The same table is `cac.raw4raters` of the R package irrCAC.
    found = agreement(OBSERVERS)

    assert found.percent.value == pytest.approx(0.8181818, abs=1e-7)
    assert found.ac1.value == pytest.approx(0.77544, abs=1e-5)
    assert found.pabak.value == pytest.approx(0.77273, abs=1e-5)
    assert (found.n_annotators, found.n_units, found.n_left_out) == (4, 11, 1)
    assert found.kappa_pairs == 6


@pytest.mark.parametrize(
    ("cells", "percent", "kappa", "ac1"),
    [
        # Feinstein & Cicchetti 1990: one agreement, two kappas.
        ((40, 9, 6, 45), 0.85, 0.70, 0.70),
        ((80, 10, 5, 5), 0.85, 0.32, 0.81),
        # Gwet 2002: agreement .94 and a kappa below chance.
        ((118, 5, 2, 0), 0.944, -0.0234, 0.9408),
        # A rare code (5.6 %): the pattern of 93 % agreement with a kappa of .34.
        ((21, 35, 35, 909), 0.93, 0.34, 0.92),
    ],
)
def test_the_kappa_paradox_shows_in_the_figures_together(
    cells: tuple[int, int, int, int], percent: float, kappa: float, ac1: float
) -> None:
    found = values(agreement(two_by_two(*cells), draws=10))

    digits = 0.00005 if percent == 0.944 else 0.005
    assert found["percent"] == pytest.approx(percent)
    assert found["kappa"] == pytest.approx(kappa, abs=digits)
    assert found["ac1"] == pytest.approx(ac1, abs=digits)
    assert found["pabak"] == pytest.approx(2 * percent - 1)


def test_prevalence_is_the_mean_share_of_each_category() -> None:
    found = agreement(two_by_two(80, 10, 5, 5), draws=10)

    shown = {one.category: one.share for one in found.prevalence}
    assert shown == pytest.approx({"no": 0.125, "yes": 0.875})


def test_alpha_of_two_annotators_is_as_by_hand() -> None:
    # Coincidences: yes-yes 2, yes-no 1 twice, no-no 2; n 6, three of each, so that
    # alpha = 1 - (6 - 1) * 2 / (3 * 3 * 2).
    found = agreement([["yes", "no", "no"], ["yes", "no", "yes"]])

    assert found.alpha.value == pytest.approx(1 - 10 / 18)


def test_categories_of_the_scale_that_nobody_gave_lower_chance() -> None:
    ratings = [[1, 1, 2, 2], [1, 2, 2, 2]]

    narrow, wide = agreement(ratings), agreement(ratings, scale=[1, 2, 3, 4, 5])

    assert narrow.pabak.value == pytest.approx(0.5)
    assert wide.pabak.value == pytest.approx((5 * 0.75 - 1) / 4)
    assert wide.kappa == narrow.kappa
    assert wide.alpha == narrow.alpha


def test_words_on_a_scale_are_ordinal_in_its_order() -> None:
    words = ["low", "middle", "high"]
    numbers = [[1, 2, 3, 3, 1], [1, 3, 3, 2, 1]]
    as_words = [[words[n - 1] for n in row] for row in numbers]

    named = agreement(as_words, level="ordinal", scale=words)

    assert named.alpha == agreement(numbers, level="ordinal").alpha


def test_one_category_throughout_is_undefined_not_perfect() -> None:
    found = agreement([["no"] * 40, ["no"] * 40])

    assert values(found) == {
        "percent": 1.0,
        "kappa": None,
        "alpha": None,
        "ac1": None,
        "pabak": None,
    }
    assert found.kappa.reason == "undefined for these data"
    assert found.kappa_pairs == 0


def test_on_a_scale_of_two_one_category_throughout_agrees_by_ac1_alone() -> None:
    found = values(agreement([["no"] * 3, ["no"] * 3], scale=["no", "yes"]))

    assert (found["ac1"], found["pabak"]) == (1.0, 1.0)
    assert (found["kappa"], found["alpha"]) == (None, None)


@pytest.mark.parametrize("ratings", [[[], []], [[None, None], [None, None]]])
def test_without_ratings_every_figure_is_undefined(
    ratings: list[list[str | None]],
) -> None:
    found = agreement(ratings)

    assert set(values(found).values()) == {None}
    assert found.n_units == 0
    assert found.prevalence == ()


def test_below_thirty_units_there_is_no_interval_but_a_reason() -> None:
    few, enough = two_by_two(10, 4, 5, 10), two_by_two(10, 5, 5, 10)

    refused, shown = agreement(few, draws=200), agreement(enough, draws=200)

    for name in COEFFICIENTS:
        estimate = getattr(refused, name)
        assert estimate.value is not None
        assert (estimate.low, estimate.high) == (None, None)
        assert estimate.reason == (
            "no interval: it needs at least 30 units, there are 29"
        )
        given = getattr(shown, name)
        assert given.low < given.value < given.high
        assert given.method == "bootstrap 200 over units"


def test_only_units_with_two_ratings_count_towards_the_thirty() -> None:
    mine: list[str | None] = ["yes", "no"] * 20
    yours: list[str | None] = [*mine[:29], *[None] * 11]

    found = agreement([mine, yours])

    assert (found.n_units, found.n_left_out) == (29, 11)
    assert found.percent.low is None


def test_interviews_are_resampled_where_units_belong_to_them() -> None:
    # All disagreement in one of five interviews: units alone look too sure.
    yes_no = ["yes", "no"] * 5
    mine = yes_no * 5
    yours = yes_no * 4 + ["no", "yes"] * 5
    interviews = [name for name in "abcde" for _ in range(10)]

    units = agreement([mine, yours], draws=2000)
    clusters = agreement([mine, yours], clusters=interviews, draws=2000)

    assert clusters.n_clusters == 5
    assert clusters.kappa.value == units.kappa.value
    assert clusters.percent.method == "bootstrap 2000 over interviews"
    assert width(clusters) > 1.5 * width(units)


def width(found: Agreement) -> float:
    low, high = found.percent.low, found.percent.high
    assert low is not None
    assert high is not None
    return high - low


def test_one_interview_gives_no_interval() -> None:
    mine, yours = two_by_two(20, 5, 5, 20)

    found = agreement([mine, yours], clusters=["anna"] * 50)

    assert found.kappa.reason == "no interval: it needs at least 5 interviews, not 1"


def test_perfect_agreement_has_no_interval_of_width_zero() -> None:
    found = agreement([["yes", "no"] * 20, ["yes", "no"] * 20], draws=200)

    assert found.kappa.value == pytest.approx(1)
    assert found.kappa.reason == "no interval: every resample gives the same value"


def test_resampled_kappa_is_the_librarys_kappa() -> None:
    codes = np.array([[0, 1, 2, 1, 0, 2, 2, 1], [0, 1, 1, 1, 2, 2, 0, 1]])
    drawn = np.array([[1, 1, 1, 1, 1, 1, 1, 1], [2, 0, 1, 3, 0, 1, 1, 0]])

    sums = UnitSums(codes, np.arange(3.0)).all(drawn.astype(float), "nominal")

    from sklearn.metrics import cohen_kappa_score

    repeated = [np.repeat(codes, weights, axis=1) for weights in drawn]
    expected = [cohen_kappa_score(mine, yours) for mine, yours in repeated]
    assert sums["kappa"].tolist() == pytest.approx(expected)


def test_a_draw_in_blocks_equals_one_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings = two_by_two(20, 5, 6, 20)
    whole = agreement(ratings, draws=100)

    monkeypatch.setattr("icp_synth.evaluation.agreement.BLOCK", 500)

    assert agreement(ratings, draws=100) == whole


@pytest.mark.parametrize(
    ("ratings", "level", "scale", "says"),
    [
        ([["yes"]], "nominal", None, "at least two annotators"),
        ([["yes"], ["yes", "no"]], "nominal", None, r"\[1, 2\] units"),
        ([["low"], ["high"]], "ordinal", None, "'high' is a word"),
        ([["low"], ["high"]], "interval", ["low", "high"], "'high' is a word"),
        ([["yes"], ["perhaps"]], "nominal", ["yes", "no"], "'perhaps' is not on"),
        ([[1.0], [math.nan]], "nominal", None, "not a finite number"),
    ],
)
def test_ratings_that_cannot_be_compared_are_refused_with_a_way_out(
    ratings: Sequence[Sequence[str | float | None]],
    level: Level,
    scale: Sequence[str] | None,
    says: str,
) -> None:
    with pytest.raises(UsageError, match=says) as refused:
        agreement(ratings, level=level, scale=scale)

    assert refused.value.hint


tables = st.integers(2, 4).flatmap(
    lambda annotators: st.lists(
        st.lists(
            st.none() | st.integers(0, 3), min_size=annotators, max_size=annotators
        ),
        min_size=1,
        max_size=12,
    )
)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_no_figure_passes_one_and_order_does_not_matter(
    units: list[list[int | None]], level: Level
) -> None:
    rows = [list(row) for row in zip(*units, strict=True)]
    turned = [list(row) for row in zip(*reversed(units), strict=True)]

    found = values(agreement(rows, level=level))
    other = values(agreement(turned[::-1], level=level))

    for name, value in found.items():
        assert value is None or value <= 1 + 1e-9
        assert other[name] == (None if value is None else pytest.approx(value))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=12).filter(
        lambda row: len(set(row)) > 1
    ),
    st.integers(2, 4),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_perfect_agreement_is_one_by_every_figure(
    row: list[int], annotators: int, level: Level
) -> None:
    found = values(agreement([row] * annotators, level=level))

    assert set(found) == set(COEFFICIENTS)
    assert all(value == pytest.approx(1) for value in found.values())
