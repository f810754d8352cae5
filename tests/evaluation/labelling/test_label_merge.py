"""Annotators' folders become one reference, and a folder is checked in full."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from icp_synth.domain.ids import sha256_text
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.labelling import check_labels, merge_labels

EVALS = Path(__file__).resolve().parents[3] / "evals"
TEXT = "Interviewer: What hurts?\n\nAnna: The exports take two hours. I fear a loss.\n"


def label(
    words: str, kind: str = "pain", category: str = "problem", **more: Any
) -> Any:
    start = TEXT.index(words)
    quote = {"start": start, "end": start + len(words), "text": words}
    return {
        "kind": kind,
        "category": category,
        "statement": f"They say: {words}.",
        "quotes": [quote],
        **more,
    }


def write(folder: Path, labels: Sequence[Any], **more: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    body = {
        "transcript": "anna",
        "text_sha256": sha256_text(TEXT),
        "codebook": 1,
        "labels": labels,
        **more,
    }
    (folder / "anna.json").write_text(json.dumps(body), "utf-8")
    return folder


def merged(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "anna.json").read_text("utf-8"))[
        "labels"
    ]
    return found


def test_what_two_gave_is_agreed_and_what_one_gave_is_optional(tmp_path: Path) -> None:
    a = write(tmp_path / "annotator-a", [label("The exports take two hours")])
    b = write(
        tmp_path / "annotator-b",
        [label("exports take two hours", category="obstacle"), label("I fear a loss")],
    )
    outcome = merge_labels((a, b), tmp_path / "reference")
    assert (outcome.labels, outcome.problems) == (2, ())
    both, one = merged(tmp_path / "reference")
    assert (both["status"], both["category"]) == ("agreed", "problem")
    assert both["categories"] == ["obstacle", "problem"]
    assert len(both["statements"]) == 2
    assert both["annotators"] == ["a", "b"]
    assert [quote["text"] for quote in both["quotes"]] == [
        "The exports take two hours",
        "exports take two hours",
    ]
    assert (one["status"], one["annotators"]) == ("optional", ["b"])


def test_labels_of_another_kind_or_hardly_overlapping_do_not_meet(
    tmp_path: Path,
) -> None:
    a = write(tmp_path / "a", [label("The exports take two hours")])
    b = write(
        tmp_path / "b",
        [label("The exports take two hours", "motivation", "goal")],
    )
    merge_labels((a, b), tmp_path / "out")
    assert [one["status"] for one in merged(tmp_path / "out")] == ["optional"] * 2


def test_two_of_three_are_enough(tmp_path: Path) -> None:
    a = write(tmp_path / "a", [label("The exports take two hours")])
    b = write(tmp_path / "b", [label("I fear a loss")])
    c = write(tmp_path / "c", [label("I fear a loss")])
    merge_labels((a, b, c), tmp_path / "out")
    found = {
        tuple(one["annotators"]): one["status"] for one in merged(tmp_path / "out")
    }
    assert found == {("a",): "optional", ("b", "c"): "agreed"}


def test_an_interview_that_one_annotator_lacks_is_told(tmp_path: Path) -> None:
    a = write(tmp_path / "a", [label("I fear a loss")])
    b = write(tmp_path / "b", [label("I fear a loss")], text_sha256="0" * 64)
    assert "different texts" in str(merge_labels((a, b), tmp_path / "o").problems[0])
    other = write(tmp_path / "c", [label("I fear a loss")], transcript="bob")
    problems = merge_labels((a, other), tmp_path / "o").problems
    assert [one.message for one in problems] == [
        "not labelled, or not readable, by c",
        "not labelled, or not readable, by a",
    ]


def test_merging_needs_two_folders(tmp_path: Path) -> None:
    a = write(tmp_path / "a", [label("I fear a loss")])
    for folders in ((a,), (a, a)):
        with pytest.raises(UsageError, match="two folders"):
            merge_labels(folders, tmp_path / "o")
    with pytest.raises(NotFound, match="no label files"):
        merge_labels((a, tmp_path), tmp_path / "o")


def test_the_shipped_labels_hold_together() -> None:
    outcome = check_labels(EVALS / "creatives-en")
    assert (len(outcome.written), outcome.labels) == (16, 445)
    assert outcome.problems == ()


def test_a_folder_is_checked_in_full(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "anna.txt").write_text(TEXT, "utf-8")
    good = label("I fear a loss")
    asked = label("What hurts?")
    reference = tmp_path / "reference"
    write(reference, [good, asked, label("I fear a loss", category="fright")])
    (reference / "broken.json").write_text("{\n", "utf-8")
    (reference / "other.json").write_text(
        json.dumps(
            {
                "transcript": "nobody",
                "text_sha256": "",
                "codebook": 1,
                "labels": [good],
            }
        ),
        "utf-8",
    )
    outcome = check_labels(tmp_path)
    assert [(Path(one.file).name, one.line, one.field) for one in outcome.problems] == [
        ("anna.json", None, "labels[2].category"),
        ("broken.json", 2, ""),
        ("other.json", None, "transcript"),
    ]
    write(reference, [good, asked])
    fields = [one.field for one in check_labels(tmp_path).problems]
    assert "labels[1].quotes[0]" in fields
