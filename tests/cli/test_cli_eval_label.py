"""`eval label` on the command line: files, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from icp_synth.cli.evals import label as eval_label
from icp_synth.errors import UsageError

TALK = "Interviewer: What hurts?\n\nAnna: The exports take two hours every Friday.\n"


def call(*args: str | Path) -> Result:
    evals = typer.Typer()
    eval_label.register(evals)
    evals.command("other")(lambda: None)
    return CliRunner().invoke(evals, ["label", *(str(arg) for arg in args)])


def body(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    (tmp_path / "anna.txt").write_text(TALK, "utf-8")
    made = call("new", tmp_path / "anna.txt", "-o", tmp_path / "labels", "--json")
    assert made.exit_code == 0, made.output
    assert len(body(made)["written"]) == 4
    return tmp_path / "labels" / "forms" / "anna.csv"


def fill(form: Path, *rows: str) -> None:
    form.write_text("\n".join(("category,quote,statement", *rows)) + "\n", "utf-8")


def test_from_a_text_to_labels_that_hold(form: Path) -> None:
    fill(form, "problem,the exports take two hours,Exports are slow.")
    home = form.parents[1]
    done = call("read", form, "-o", home / "reference", "--json")
    assert done.exit_code == 0, done.output
    assert body(done)["labels"] == 1
    checked = call("check", home, "--json")
    assert checked.exit_code == 0
    assert (body(checked)["labels"], body(checked)["problems"]) == (1, [])


def test_faults_end_with_3_and_name_file_line_and_field(form: Path) -> None:
    fill(form, "problem,the exports take three hours,Slow.", "fright,x,Y.")
    done = call("read", form, "-o", form.parents[1] / "reference", "--json")
    assert done.exit_code == 3
    places = [(one["line"], one["field"]) for one in body(done)["problems"]]
    assert places == [(2, "quote"), (3, "category"), (3, "quote")]
    plain = call("read", form, "-o", form.parents[1] / "reference")
    assert "anna.csv, line 2: quote: altered_number" in plain.stderr


def test_labels_that_do_not_hold_fail_the_check(form: Path) -> None:
    home = form.parents[1]
    (home / "reference").mkdir()
    (home / "reference" / "anna.json").write_text("[]", "utf-8")
    checked = call("check", home)
    assert checked.exit_code == 1
    assert "anna.json" in checked.stderr


def test_two_annotators_are_merged(form: Path) -> None:
    home = form.parents[1]
    fill(form, "problem,the exports take two hours,Exports are slow.")
    for name in ("ann", "bob"):
        out = home / f"annotator-{name}"
        call("read", form, "-o", out, "--annotator", name)
    merged = call(
        "merge",
        home / "annotator-ann",
        home / "annotator-bob",
        "-o",
        home / "reference",
        "--json",
    )
    assert (merged.exit_code, body(merged)["labels"]) == (0, 1)


def test_configurations_are_printed(form: Path) -> None:
    assert call("config").stdout.startswith("<View>")
    own = call("config", "--for", "doccano", "--category", "pain/latency")
    assert "pain/latency" in own.stdout
    tasks = call("config", "--tasks", form.parents[1])
    assert body(tasks)[0]["data"]["text"] == TALK


@pytest.mark.parametrize(
    "args",
    [
        ("config", "--for", "nobody"),
        ("config", "--category", "latency"),
        ("read", "x", "-o", "y", "--from", "nobody"),
        ("read", "x", "-o", "y", "--offsets", "bytes"),
    ],
)
def test_words_that_nobody_knows_are_usage_errors(args: tuple[str, ...]) -> None:
    assert isinstance(call(*args).exception, UsageError)
