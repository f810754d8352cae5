"""Matching by similarity: planted vectors, the matcher's own quality, frozen tau."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from icp_synth.domain.fields import Kind
from icp_synth.evaluation.calibration import JudgedPair, choose_tau, matcher_quality
from icp_synth.evaluation.case_file import CaseFile
from icp_synth.evaluation.dataset import Dataset, load_dataset
from icp_synth.evaluation.semantic import TAU, Likeness
from tests.labelled_factory import case, insight, label

EVALS = Path(__file__).resolve().parents[2] / "evals"


class Angles:
    """Texts are angles in degrees, so that every cosine is planted."""

    name = "angles"
    dimension = 2

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        turned = np.radians([float(text) for text in texts])
        stacked = np.stack([np.cos(turned), np.sin(turned)], axis=1)
        return stacked.astype(np.float32)


def likeness(
    gold: Sequence[tuple[int, Kind]],
    predicted: Sequence[tuple[int, Kind]],
    spare: Sequence[tuple[int, Kind]] = (),
) -> Likeness:
    labels = [label((0, 5), kind=kind, statement=str(at)) for at, kind in gold]
    optional = [label((0, 5), kind=kind, statement=str(at)) for at, kind in spare]
    found = [insight((0, 5), kind=kind, statement=str(at)) for at, kind in predicted]
    return Likeness.of(labels, optional, found, embedder=Angles())


def totals(
    found: Likeness, tau: float, *, kindless: bool = False
) -> tuple[int, int, int, int]:
    counts = found.count(tau, kindless=kindless)
    tp, fd, fa, fn = (part.total() for part in counts)
    return tp, fd, fa, fn


def test_pairs_are_right_above_tau_and_false_discoveries_below() -> None:
    # Cosines: 1 for the first pair, 0.5 for the second.
    found = likeness([(0, "pain"), (90, "pain")], [(0, "pain"), (150, "pain")])
    assert totals(found, 0.4) == (2, 0, 0, 0)
    assert totals(found, 0.6) == (1, 1, 0, 0)


def test_what_has_no_partner_is_missed_or_a_false_alarm() -> None:
    assert totals(likeness([(0, "pain")], []), 0.5) == (0, 0, 0, 1)
    assert totals(likeness([], [(0, "pain")]), 0.5) == (0, 0, 1, 0)
    assert totals(likeness([], []), 0.5) == (0, 0, 0, 0)


def test_kinds_keep_statements_apart_unless_they_are_passed_over() -> None:
    found = likeness([(0, "pain")], [(0, "trait")])
    assert totals(found, 0.5) == (0, 0, 1, 1)
    assert totals(found, 0.5, kindless=True) == (1, 0, 0, 0)


def test_the_assignment_has_the_greatest_sum() -> None:
    # Greedy would give 0 its twin and leave 60 and 120 apart.
    found = likeness([(0, "pain"), (60, "pain")], [(10, "pain"), (50, "pain")])
    assert totals(found, 0.98) == (2, 0, 0, 0)


def test_an_optional_statement_takes_a_false_discovery_out_of_the_count() -> None:
    found = likeness([(0, "pain")], [(90, "pain")], spare=[(95, "pain")])
    assert totals(found, 0.5) == (0, 0, 0, 1)
    other = likeness([(0, "pain")], [(90, "pain")], spare=[(95, "trait")])
    assert totals(other, 0.5) == (0, 1, 0, 0)
    assert totals(other, 0.5, kindless=True) == (0, 0, 0, 1)


def test_a_verbatim_statement_is_its_quote() -> None:
    one = label((0, 40), statement=insight((0, 40)).quotes[0].text)
    other = insight((0, 40), statement="otherwise", statement_origin="verbatim")
    assert Likeness.of([one], [], [other]).agreed[0, 0] == pytest.approx(1.0)


def test_the_middle_of_the_thresholds_that_part_both_sorts_is_chosen() -> None:
    pairs = [
        JudgedPair("anna", same=True, similarity=0.8),
        JudgedPair("anna", same=True, similarity=0.62),
        JudgedPair("anna", same=False, similarity=0.41),
        JudgedPair("anna", same=False, similarity=0.1),
    ]
    assert choose_tau(pairs) == 0.52


def dataset(*statements: Sequence[tuple[str, str]]) -> Dataset:
    cases = [
        case(
            [
                label((5 * at, 5 * at + 5), statements=both)
                for at, both in enumerate(pairs)
            ],
            name=f"case {number}",
        )
        for number, pairs in enumerate(statements)
    ]
    return Dataset(name="planted", about=CaseFile(), cases=tuple(cases))


def test_quality_is_measured_on_two_annotators_statements() -> None:
    planted = dataset(
        [("0", "5"), ("90", "80")], [("10", "10"), ("100", "110")], [("45", "45")]
    )
    found = matcher_quality(planted, tau=0.9, embedder=Angles())
    assert (found.n_same, found.n_different, found.n_cases) == (5, 4, 3)
    assert (found.macro_f1, found.out_of_fold) == (1.0, 1.0)
    # At -1 all are said to be the same: F1 of 10 / 14, and of 0.
    loose = matcher_quality(planted, tau=-1.0, embedder=Angles())
    assert loose.macro_f1 == pytest.approx(5 / 14)
    assert "no person judged" in loose.origin


def test_labels_of_one_annotator_measure_nothing() -> None:
    found = matcher_quality(dataset([]), embedder=Angles())
    assert (found.macro_f1, found.chosen, found.out_of_fold) == (None, None, None)
    assert (found.n_same, found.n_different) == (0, 0)


def test_the_frozen_threshold_is_what_the_english_labels_choose() -> None:
    found = matcher_quality(load_dataset(EVALS / "creatives-en"))
    assert found.chosen == TAU
    assert (found.n_same, found.n_different, found.n_cases) == (381, 3344, 16)
    assert found.out_of_fold == pytest.approx(0.9655, abs=0.002)
