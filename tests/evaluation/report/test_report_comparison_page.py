"""The page of two runs: verdicts as they were reached, labels by who found them."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.errors import IcpSynthError
from icp_synth.evaluation.comparison import Comparison, compare
from icp_synth.evaluation.report.comparison_page import render_comparison
from icp_synth.evaluation.report.values import Side, lines_of
from icp_synth.evaluation.tallies import Counts
from tests.evaluation.report.page_factory import (
    FAILS,
    TEXT,
    WANT,
    Page,
    case,
    item,
    line,
    result,
    shown,
)

TEXTS = {"bob": shown()}
WANTS = item(WANT, id="l2", kind="motivation", category="goal")


def comparison(**values: Any) -> Comparison:
    runs = [Counts(interview=name, tp=2, fa=1, fn=1).f1() for name in "abcdef"]
    return compare("item_f1 codebook", runs, runs).model_copy(update=values)


def side(name: str, lines: list[dict[str, Any]] | None = None, **values: Any) -> Side:
    made = [line()] if lines is None else lines
    return Side(name=name, model="m1", result=result(**values), lines=lines_of(made))


def page(
    first: Side | None = None, second: Side | None = None, *made: Comparison
) -> Page:
    one, two = first or side("old"), second or side("new")
    return Page(render_comparison(made or (comparison(),), one, two, TEXTS))


def _cases(*cases: dict[str, Any]) -> dict[str, Any]:
    return {"runs": [{**result()["runs"][0], "cases": list(cases)}]}


def test_the_page_is_well_formed_and_runs_nothing() -> None:
    made = page()
    assert made.open == []
    assert made.all_of("script") == []
    (policy,) = (
        values["content"] for values in made.all_of("meta") if "http-equiv" in values
    )
    assert "script-src" not in policy


def test_equal_runs_are_not_distinguishable_and_the_reason_is_told() -> None:
    text = page().seen
    assert "not distinguishable the interval of the difference holds 0" in text
    assert "is higher the" not in text


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("second is higher", "new is higher"),
        ("first is higher", "old is higher"),
        ("not comparable", "not comparable"),
    ],
)
def test_a_verdict_names_the_run(verdict: Any, said: str) -> None:
    one = comparison(
        verdict=verdict,
        reason="",
        first=0.5,
        second=0.6,
        difference=0.1,
        low=0.04,
        high=0.16,
        p_adjusted=0.0123,
        detectable=0.08,
        left_out=1,
    )
    (made,) = (text for text in page(None, None, one).rows if "Item F1" in text)
    assert made == (
        f"Item F1 codebook 0.50 0.60 +0.10 +0.04 … +0.16 .012 {said} "
        "the smallest difference that could have been seen is 0.08 "
        "1 interview without a score is left out of the test"
    )


def test_interviews_are_paired_and_the_greatest_gain_stands_first() -> None:
    before = _cases(case("a"), case("b", tp=1, fn=3, fa=1), case("x"))
    after = _cases(case("a", fa=2), case("b"), case("c", tp=0, fa=0))
    made = page(side("old", **before), side("new", **after))
    rows = [text for text in made.rows if text.startswith(("a ", "b "))]
    assert rows == ["b 0.33 0.75 +0.42", "a 0.75 0.67 −0.08"]
    assert "2 interviews are in one of the runs only and are not shown: c, x" in (
        made.seen
    )


def test_labels_stand_under_who_found_them_with_the_text_around() -> None:
    missed = line("missed", label=WANTS)
    found = line(label=WANTS, prediction=item(WANT, id="p2"))
    both = line("missed", label=item("export", id="l3", statement="Neither has it"))
    text = page(side("old", [line(), missed, both]), side("new", [line(), found, both]))
    seen = text.seen
    assert "1 labels were found by both" in seen
    only = seen[seen.index("Found by new only") : seen.index("Missed by both")]
    assert "1 label bob (1) motivation goal About i want fewer tools" in only
    assert f"😀 {FAILS}. {WANT} ." in only
    assert "Neither has it" in seen[seen.index("Missed by both") :]
    assert "Found by old only 0 labels None." in seen


def test_with_epochs_a_label_is_found_when_most_epochs_found_it() -> None:
    first = [line("missed", epoch=1), line(epoch=2), line(epoch=3)]
    second = [line("missed", epoch=1), line(epoch=2), line("missed", epoch=3)]
    seen = page(side("old", first), side("new", second)).seen
    assert "most of them found it" in seen
    assert "Found by old only 1 label" in seen


def test_other_models_of_a_run_are_not_counted() -> None:
    first = [line(), line("missed", model="m2", label=WANTS)]
    seen = page(side("old", first), side("new", first)).seen
    assert "Missed by both 0 labels" in seen


def test_runs_on_other_labels_are_flagged() -> None:
    made = page(side("old"), side("new", dataset_sha="dts-2"))
    assert "not made on the same labels" in made.seen
    assert "not made on the same labels" not in page().seen


def test_hostile_names_and_texts_stay_texts() -> None:
    name = "<script>alert(1)</script>"
    mine = [line(label=item(statement=name))]
    made = page(side(name, mine), side(name, [line("missed", label=mine[0]["label"])]))
    assert made.all_of("script") == []
    assert name in made.seen


def test_a_quote_that_is_no_slice_is_refused() -> None:
    wrong = {"bob": shown(TEXT.replace("export", "import"))}
    with pytest.raises(IcpSynthError, match="not in the text"):
        render_comparison((), side("old"), side("new"), wrong)


def test_it_speaks_chinese_and_gives_the_same_bytes() -> None:
    made = [
        render_comparison((comparison(),), side("a"), side("b"), TEXTS, language="zh")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert "無法區分" in made[0]
