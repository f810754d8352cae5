"""Agreement of annotators: known overlaps give known figures, people or machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript, Turn
from icp_synth.errors import UsageError
from icp_synth.evaluation.annotators import Annotator, agree, compare_annotators
from icp_synth.evaluation.matching import Item
from tests.study_factory import icp

EVALS = Path(__file__).resolve().parents[2] / "evals"

SENTENCES = ("It costs us two days. ", "I run the shop alone. ", "Then we had lunch. ")
TEXT = "".join(SENTENCES)


def marked(at: int, *, kind: str = "pain", category: str = "problem") -> Item:
    start = sum(map(len, SENTENCES[:at]))
    span = Span(start=start, end=start + len(SENTENCES[at]) - 1)
    return Item(kind=kind, category=category, spans=(span,))


def talk(name: str = "anna") -> Transcript:
    return Transcript(
        id=name,
        path=f"{name}.txt",
        sha256="",
        text_sha256="",
        reader="text/1",
        text=TEXT,
        turns=(Turn(index=0, start=0, end=len(TEXT), speaks="participant"),),
    )


def annotator(name: str, *items: Item) -> Annotator:
    return Annotator(name=name, items={"anna": items})


def test_equal_annotators_agree_on_everything_but_chance_is_undefined() -> None:
    one, two = annotator("a", marked(0)), annotator("b", marked(0))
    report = compare_annotators([one, two], {"anna": talk()})
    (pair,) = report.pairs
    assert pair.items.f1 == 1.0
    by_kind = {unit.of: unit.agreement for unit in report.units}
    assert by_kind["pain"].percent.value == 1.0
    assert by_kind["pain"].kappa.value == 1.0
    # Nobody marked a trait: no chance to correct for, so no kappa.
    assert by_kind["trait"].kappa.value is None


def test_another_kind_on_the_same_words_is_seen_by_spans_alone() -> None:
    one = annotator("a", marked(0), marked(1, kind="trait", category="role"))
    two = annotator("b", marked(0), marked(1))
    report = compare_annotators([one, two], {"anna": talk()})
    (pair,) = report.pairs
    assert (pair.items.f1, pair.spans_alone.f1) == (0.5, 1.0)
    by_kind = {unit.of: unit.agreement for unit in report.units}
    assert by_kind["any"].percent.value == 1.0
    assert by_kind["pain"].percent.value == pytest.approx(2 / 3)
    assert by_kind["category"].n_units == 1


def test_three_annotators_are_compared_two_by_two() -> None:
    three = [annotator(name, marked(0)) for name in "abc"]
    report = compare_annotators(three, {"anna": talk()})
    assert [(one.first, one.second) for one in report.pairs] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
    ]
    assert {unit.of for unit in report.units} == {
        "any",
        "trait",
        "pain",
        "motivation",
    }


def test_few_units_have_no_interval_and_say_why() -> None:
    report = compare_annotators(
        [annotator("a", marked(0)), annotator("b", marked(1))], {"anna": talk()}
    )
    kappa = report.units[0].agreement.kappa
    assert kappa.low is None
    assert "30 units" in kappa.reason


def test_what_only_some_read_is_left_out_and_said() -> None:
    one = annotator("a", marked(0))
    two = Annotator(name="b", items={"anna": (marked(0),), "bob": (marked(0),)})
    report = compare_annotators([one, two], {"anna": talk(), "bob": talk("bob")})
    assert (report.cases, report.left_out) == (("anna",), ("bob",))


def test_no_interview_in_common_is_refused() -> None:
    with pytest.raises(UsageError, match="No interview"):
        compare_annotators([annotator("a"), annotator("b")], {"bob": talk("bob")})
    with pytest.raises(UsageError, match="at least two"):
        agree([str(EVALS / "visits-zh")])


def test_a_machine_is_an_annotator_as_well(tmp_path: Path) -> None:
    folder = EVALS / "visits-zh"
    ran = icp("eval", "run", folder, "--project", tmp_path, "--limit", "2", "--json")
    assert ran.code == 0, ran.err
    called = icp(
        *("eval", "agree", folder / "reference", tmp_path / "out"),
        *("--texts", folder, "--json"),
    )
    assert called.code == 0, called.err
    assert called.json["annotators"] == ["reference", "embedded"]
    assert len(called.json["cases"]) == 2
    assert len(called.json["left_out"]) == 4
    assert "left out" in called.err
    shown = icp("eval", "agree", folder, folder / "reference")
    assert "F1 1.000" in shown.out
