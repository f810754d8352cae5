"""Planted readings for which every metric has a known value."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from icp_synth.domain.insights import Insight
from icp_synth.evaluation.curves import curves
from icp_synth.evaluation.labels import Label
from icp_synth.evaluation.metrics import Row, rows
from icp_synth.evaluation.scoring import Scored, score
from icp_synth.evaluation.semantic import KINDLESS_MODE, TAU_MODE
from tests.labelled_factory import case, insight, label, reading

LABELS = [
    label((0, 40)),
    label((100, 140)),
    label((500, 540), kind="trait"),
    label((900, 940), kind="motivation"),
]
PERFECT = [
    insight((0, 40)),
    insight((100, 140)),
    insight((500, 540), kind="trait"),
    insight((900, 940), kind="motivation"),
]
RATED = ("item_f1", "item_precision", "item_recall")


def read(labels: Sequence[Label], insights: Sequence[Insight]) -> Scored:
    return score(case(labels), [reading(insights)])


def found(
    labels: Sequence[Label], insights: Sequence[Insight]
) -> dict[tuple[str, str], float | None]:
    return {
        (row.name, row.mode): row.value
        for row in rows([read(labels, insights)], "planted")
    }


def test_a_perfect_reading_scores_one_in_every_mode() -> None:
    values = found(LABELS, PERFECT)
    for mode in ("codebook", "granular", "category", TAU_MODE, KINDLESS_MODE):
        assert [values[name, mode] for name in RATED] == [1.0, 1.0, 1.0], mode
    for mode in ("strict", "exact", "partial", "type"):
        assert values["span_f1", mode] == 1.0
        assert values["span_f1_macro", mode] == 1.0
    assert values["span_iou", "partial"] == 1.0
    assert (values["splits", "codebook"], values["merges", "codebook"]) == (0.0, 0.0)
    assert values["false_discoveries", TAU_MODE] == 0.0
    assert values["item_f1.pain", TAU_MODE] == 1.0


def test_an_empty_prediction_has_a_recall_of_0_and_the_rest_undefined() -> None:
    values = found(LABELS, [])
    for mode in ("codebook", TAU_MODE, KINDLESS_MODE, "category"):
        assert [values[name, mode] for name in RATED] == [None, None, 0.0], mode
    for mode in ("strict", "exact", "partial", "type"):
        assert values["span_f1", mode] is None
        assert values["span_recall", mode] == 0.0
    assert values["span_iou", "partial"] is None
    assert values["merges", "codebook"] is None
    assert values["category_accuracy", "matched"] is None
    assert values["category_accuracy", "end_to_end"] == 0.0
    assert values["quote_position", "predicted"] is None
    assert values["interview_coverage", "turns"] == 0.0


def test_empty_gold_has_a_precision_of_0_and_the_rest_undefined() -> None:
    values = found([], PERFECT)
    for mode in ("codebook", TAU_MODE, KINDLESS_MODE, "category"):
        assert [values[name, mode] for name in RATED] == [None, 0.0, None], mode
    assert values["span_precision", "strict"] == 0.0
    assert values["span_f1", "strict"] is None
    assert values["splits", "codebook"] is None
    assert values["explicit_accuracy", "end_to_end"] is None


def test_nothing_on_either_side_is_undefined_throughout() -> None:
    values = found([], [])
    rated = {
        name: value
        for (name, _), value in values.items()
        if name.startswith(("item_", "span_", "splits", "merges"))
    }
    assert set(rated.values()) == {None}


def test_shifted_by_half_is_met_by_the_codebook_and_half_right_as_a_span() -> None:
    values = found([label((0, 40))], [insight((20, 60))])
    assert values["item_f1", "codebook"] == 1.0
    assert values["span_f1", "strict"] == 0.0
    assert values["span_f1", "exact"] == 0.0
    assert values["span_f1", "partial"] == 0.5
    assert values["span_f1", "type"] == 1.0
    assert values["span_iou", "partial"] == pytest.approx(20 / 60, abs=1e-6)


def test_the_wrong_kind_is_wrong_wherever_kinds_count() -> None:
    values = found([label((0, 40))], [insight((0, 40), kind="trait")])
    assert values["item_f1", "codebook"] == 0.0
    assert values["item_f1", TAU_MODE] == 0.0
    assert values["item_f1", KINDLESS_MODE] == 1.0
    assert values["span_f1", "strict"] == 0.0
    assert values["span_f1", "exact"] == 1.0
    assert values["span_f1", "partial"] == 1.0
    assert values["span_f1", "type"] == 0.0


def test_a_split_is_one_pair_and_a_piece_that_granular_leaves_out() -> None:
    values = found([label((0, 80))], [insight((0, 40)), insight((40, 80))])
    assert values["item_precision", "codebook"] == 0.5
    assert values["item_f1", "granular"] == 1.0
    assert (values["splits", "codebook"], values["merges", "codebook"]) == (1.0, 0.0)
    assert values["span_precision", "partial"] == 0.25


def test_a_merge_is_one_pair_and_a_label_that_granular_leaves_out() -> None:
    values = found([label((0, 40)), label((40, 80))], [insight((0, 80))])
    assert values["item_recall", "codebook"] == 0.5
    assert values["item_f1", "granular"] == 1.0
    assert (values["splits", "codebook"], values["merges", "codebook"]) == (0.0, 1.0)
    assert values["span_recall", "partial"] == 0.25


def test_duplicates_are_false_alarms_and_no_split() -> None:
    twice = [insight((0, 40)), insight((0, 40), statement="The same.")]
    values = found([label((0, 40))], twice)
    assert values["item_precision", "codebook"] == 0.5
    assert values["item_precision", "granular"] == 0.5
    assert values["splits", "codebook"] == 0.0
    assert values["span_precision", "strict"] == 0.5


def test_with_optional_labels_alone_nothing_is_right_or_wrong() -> None:
    spare = [label((0, 40), status="optional"), label((100, 140), status="optional")]
    values = found(spare, [insight((0, 40))])
    for mode in ("codebook", TAU_MODE, KINDLESS_MODE):
        assert [values[name, mode] for name in RATED] == [None, None, None], mode
    for mode in ("strict", "exact", "partial", "type"):
        assert values["span_precision", mode] is None, mode
    assert values["merges", "codebook"] is None


def test_another_category_is_met_and_wrong_by_category() -> None:
    values = found([label((0, 40))], [insight((0, 40), category="problem")])
    assert values["item_f1", "codebook"] == 1.0
    assert values["category_accuracy", "matched"] == 0.0
    assert values["item_f1", "category"] == 0.0
    assert values["item_recall.fear", "category"] == 0.0
    assert values["item_precision.problem", "category"] == 0.0
    assert ("item_f1.dislike", "category") not in values
    assert values["item_f1_macro", "category"] is None


def test_a_statement_that_says_something_else_is_a_false_discovery() -> None:
    one = label((0, 40), statement="Reporting eats two days of every month.")
    other = insight((0, 40), statement="They live by the sea with a dog.")
    values = found([one], [other])
    assert values["item_f1", "codebook"] == 1.0
    assert values["item_f1", TAU_MODE] == 0.0
    assert values["false_discoveries", TAU_MODE] == 1.0


def test_turns_and_positions_are_shares_of_the_interview() -> None:
    values = found(LABELS, PERFECT[:2])
    assert values["interview_coverage", "turns"] == 0.25
    assert values["label_coverage", "turns"] == 0.75
    assert values["interview_coverage", "passages"] is None
    assert values["quote_position", "predicted"] == pytest.approx(0.07)
    assert values["quote_position.1", "predicted"] == 0.5
    assert values["quote_position.2", "predicted"] == 0.5
    assert values["quote_position.10", "labels"] == 0.25


def test_a_quote_of_the_interviewer_is_a_wrong_speaker() -> None:
    raw = reading([], quotes=5, exact=3, interviewer=1, not_found=1)
    (row,) = [
        row
        for row in rows([score(case(), [raw])], "m")
        if row.name == "wrong_speaker_rate"
    ]
    assert (row.value, row.n_items) == (0.25, 4)


def test_curves_hold_the_codebooks_rule_and_the_frozen_tau() -> None:
    scored = read([label((0, 40))], [insight((28, 68))])
    by_overlap, by_tau = curves([scored.sweep])
    assert [point.f1 for point in by_overlap.points] == [1.0] * 3 + [0.0] * 7
    assert (by_tau.name, by_tau.mode) == ("item_f1", "tau")
    assert by_tau.points[0].f1 == 1.0
    assert by_tau.points[-1].f1 == 0.0


def test_curves_of_nothing_are_undefined() -> None:
    assert {point.f1 for one in curves([]) for point in one.points} == {None}


def epochs(*numbers: tuple[str, int, int]) -> list[Scored]:
    return [
        Scored(case=name, epoch=epoch, counts={"tp": right, "fa": 10 - right, "fn": 0})
        for name, epoch, right in numbers
    ]


def of(scored: Sequence[Scored], name: str) -> Row:
    return next(row for row in rows(scored, "m") if row.name == name)


def test_epochs_are_summed_and_their_spread_stands_beside() -> None:
    read_thrice = epochs(("anna", 1, 6), ("anna", 2, 8), ("anna", 3, 7))
    row = of(read_thrice, "item_precision")
    assert (row.value, row.epochs, row.n_cases) == (0.7, 3, 1)
    assert row.epoch_sd == pytest.approx(0.1)


def test_an_interview_is_drawn_with_all_its_epochs() -> None:
    once = epochs(*((f"case {n}", 1, n) for n in range(1, 9)))
    thrice = epochs(*((f"case {n}", e, n) for n in range(1, 9) for e in (1, 2, 3)))
    one, many = of(once, "item_precision"), of(thrice, "item_precision")
    assert (one.ci_low, one.ci_high) == (many.ci_low, many.ci_high)
    assert (one.n_cases, many.n_cases) == (8, 8)
    assert (one.epoch_sd, many.epoch_sd) == (None, 0.0)


def test_epochs_are_compared_on_the_interviews_that_all_of_them_read() -> None:
    read = epochs(("anna", 1, 6), ("anna", 2, 8), ("bob", 1, 0))
    row = of(read, "item_precision")
    assert row.value == pytest.approx(14 / 30, abs=1e-6)
    assert row.epoch_sd == pytest.approx(0.02**0.5, abs=1e-6)
