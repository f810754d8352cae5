"""Words, data, curves and figures of the evaluation's pages."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from itertools import pairwise
from string import Formatter

import pytest
from hypothesis import given, strategies as st

from icp_synth.evaluation.report.curves import BOTTOM, TOP, charts
from icp_synth.evaluation.report.engine import island
from icp_synth.evaluation.report.figures import place, reach, score, signed
from icp_synth.evaluation.report.run_page import SCRIPTS
from icp_synth.evaluation.report.words import CHINESE, ENGLISH, for_script, words_of
from icp_synth.exports.escaping import has_hidden

ENGLISH_WORDS = words_of("en")


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_with_the_same_placeholders() -> None:
    assert list(ENGLISH) == list(CHINESE)
    english = {key: _placeholders(text) for key, text in ENGLISH.items()}
    assert english == {key: _placeholders(text) for key, text in CHINESE.items()}


def test_the_script_says_only_what_has_words() -> None:
    known = for_script(ENGLISH_WORDS)
    scripts = files("icp_synth.evaluation.report").joinpath("script")
    text = "".join(scripts.joinpath(name).read_text("utf-8") for name in SCRIPTS)
    said = set(re.findall(r'say\("(\w+)"', text))
    assert len(said) > 20
    assert said <= set(known)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_text_comes_back_out_of_the_page_and_nothing_ends_it(text: str) -> None:
    made = island({"text": text})
    assert json.loads(made) == {"text": text}
    made.encode("utf-8")
    assert not set("<>&\u2028\u2029") & set(made)
    assert not has_hidden(made)


def test_a_score_has_two_decimals_and_nothing_is_na() -> None:
    assert score(0.5379, words=ENGLISH_WORDS) == "0.54"
    assert score(None, words=ENGLISH_WORDS) == "n/a"
    assert score(0.00123, words=ENGLISH_WORDS) == "0.0012"
    assert score(12345.6, words=ENGLISH_WORDS) == "12,346"
    assert score(0.0, words=ENGLISH_WORDS) == "0.00"


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.052, "+0.05"), (-0.1, "−0.10"), (-0.001, "0.00"), (None, "n/a")],
)
def test_a_difference_has_its_sign_unless_it_is_none(
    value: float | None, said: str
) -> None:
    assert signed(value, words=ENGLISH_WORDS) == said


@given(st.floats(-2, 2))
def test_a_place_is_on_the_scale(value: float) -> None:
    made = place(value)
    assert made is not None
    assert 0 <= float(made) <= 100


def test_a_scale_around_zero_holds_every_value() -> None:
    assert reach([0.12, -0.21, None]) == 0.25
    assert reach([0.2]) == 0.2
    assert reach([]) == 0.05


def _curve(name: str, points: list[list[float | None]], model: str = "m") -> dict:  # type: ignore[type-arg]  # as result.json holds it
    return {"name": name, "mode": "tau", "model": model, "points": points}


def test_curves_of_one_model_share_a_picture_and_mark_the_threshold_used() -> None:
    made = charts(
        [
            _curve("item_f1", [[0.5, 0.6], [0.4, 0.2], [0.6, 0.6]]),
            _curve("item_recall", [[0.4, 0.9], [0.6, 0.1]]),
            _curve("item_f1", [[0.4, 0.3]], model="other"),
            _curve("item_f1", [], model="empty"),
        ],
        ENGLISH_WORDS,
        {"tau": 0.5},
    )
    assert [chart.title for chart in made] == [
        "m · Least similarity of a pair",
        "other · Least similarity of a pair",
    ]
    f1, recall = made[0].traces
    assert made[0].used is not None
    assert made[0].used.text == "0.50"
    assert made[1].used is None
    assert f1.points == (("0.40", "0.200"), ("0.50", "0.600"), ("0.60", "0.600"))
    assert recall.name == "Recall"
    assert made[0].axis == "Least similarity of a pair"


def test_a_point_without_a_value_interrupts_the_line() -> None:
    (chart,) = charts([_curve("f", [[0, 0], [1, None], [2, 1]])], ENGLISH_WORDS, {})
    (trace,) = chart.traces
    assert trace.path.count("M") == 2
    assert "L" not in trace.path
    assert trace.points[1] == ("1.00", "n/a")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_names_at_the_ends_of_lines_do_not_cover_one_another(
    values: list[float],
) -> None:
    curves = [_curve(f"c{at}", [[0, 1], [1, y]]) for at, y in enumerate(values)]
    (chart,) = charts(curves, ENGLISH_WORDS, {})
    ends = sorted(float(trace.end) for trace in chart.traces)
    assert all(b - a >= 13.8 for a, b in pairwise(ends))
    assert TOP - 15 * len(values) <= ends[0]
    assert ends[-1] <= BOTTOM + 0.1
