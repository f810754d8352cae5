"""What the command line says where something went otherwise than a user meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from icp_synth.domain.brief import Brief
from icp_synth.pipeline import registry
from icp_synth.pipeline.registry import Stage
from icp_synth.pipeline.work import Work
from icp_synth.project.brief import load_study, parse_study
from icp_synth.project.ledger import StageCounts
from tests.study_factory import MODEL, icp, run, write_talks


def test_a_wrong_file_of_answers_is_told_in_a_few_lines(tmp_path: Path) -> None:
    project = tmp_path / "study"
    run(project, write_talks(tmp_path / "talks"), "--model", MODEL)
    wrong = tmp_path / "report.md"
    wrong.write_text("no answer\n" * 50, "utf-8")
    taken = icp("batch", "import", wrong, "--project", project)
    assert taken.code == 3
    assert "50 failed" in taken.out
    told = taken.err.splitlines()
    assert sum("no_json" in line for line in told) == 3
    assert "and 47 more such lines." in told
    assert any("output file of a batch" in line for line in told)


def test_a_run_that_was_ended_is_said_by_status_until_one_comes_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, talks = tmp_path / "study", write_talks(tmp_path / "talks")

    def ended(_work: Work) -> StageCounts:
        raise KeyboardInterrupt

    whole = registry.STAGES
    broken = (*whole[:4], Stage("ground", ended), *whole[5:])
    monkeypatch.setattr(registry, "STAGES", broken)
    assert run(project, talks).code == 130
    told = icp("status", "--project", project)
    assert "did not finish" in told.out
    assert f"`icp-synth run --project {project}`" in told.out
    assert (
        "did not finish"
        in icp("status", "--project", project, "--json").json["unfinished"]
    )
    monkeypatch.setattr(registry, "STAGES", whole)
    assert run(project).code == 0
    assert "did not finish" not in icp("status", "--project", project).out


def test_status_says_why_items_were_skipped(tmp_path: Path) -> None:
    project = tmp_path / "study"
    run(project, write_talks(tmp_path / "talks", ["anna", "bob"]))
    found = icp("status", "--project", project, "--json").json
    for stage in ("segments", "draft", "challenge"):
        why: Mapping[str, int] = found["skipped"].get(stage, {})
        assert sum(why.values()) == found["stages"][stage]["skipped"]
    skipped = found["stages"]["draft"]["skipped"]
    assert skipped > 0
    told = icp("status", "--project", project).out
    assert f"{skipped} skipped: of too few people" in told


def test_status_groups_what_is_left_out_for_one_reason(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    for name in ("x", "y", "z"):
        (talks / f"{name}.txt").write_text(f"Words of nobody, {name}.", "utf-8")
    project = tmp_path / "study"
    icp("ingest", talks, "--project", project)
    told = icp("status", "--project", project).out
    assert "left_out  3 sources: x.txt, y.txt, z.txt" in told
    assert told.count("no speaker labels") == 1


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
@pytest.mark.parametrize("command", ["run", "init"])
def test_a_folder_that_cannot_be_made_is_called_so(
    command: str, tmp_path: Path
) -> None:
    words = [write_talks(tmp_path / "talks")] if command == "run" else []
    ended = icp(command, *words, "--project", "/proc/x/y")
    assert ended.code == 3
    assert "The folder /proc/x cannot be made" in ended.err
    assert "Choose another place" in ended.err
    assert "nothing is lost" not in ended.err


def test_init_without_answers_writes_a_template_of_comments(tmp_path: Path) -> None:
    project = tmp_path / "study"
    made = icp("init", "--project", project)
    assert "a template" in made.out
    text = (project / "study.toml").read_text("utf-8")
    assert load_study(project).brief == Brief()
    live = re.sub(r"^#(?=\w)", "", text, flags=re.MULTILINE)
    brief = parse_study(live).brief
    keys = set(Brief.model_fields) - {"examples"}
    assert {name for name in keys if getattr(brief, name)} == keys
    assert tomllib.loads(live)["model"]["name"]
    again = icp("init", "--project", project)
    assert "stays as it is" in again.out
    assert (project / "study.toml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("sources", "--project", "x"), "icp-synth sources list --project x"),
        (
            ("sources", "--project", "x", "add", "a"),
            "icp-synth sources add --project x a",
        ),
        (("sources", "talks"), "icp-synth sources add talks"),
        (("show", "ES1"), "icp-synth show transcript ES1"),
    ],
)
def test_a_group_without_its_command_says_which_was_meant(
    words: tuple[str, ...], meant: str
) -> None:
    ended = icp(*words)
    assert ended.code == 2
    assert f"Did you mean `{meant}`?" in " ".join(ended.err.split())


@pytest.mark.parametrize("day", ["2026-13-45", "2026-1-5", "2026-02-30"])
def test_a_date_that_is_none_is_called_so(day: str, tmp_path: Path) -> None:
    project = tmp_path / "study"
    run(project, write_talks(tmp_path / "talks", ["anna", "bob"]))
    ended = icp("drift", "--since", day, "--project", project)
    assert ended.code == 2
    assert f"There is no such date: {day}." in ended.err


def test_where_no_company_is_known_an_assumed_icp_counts_people(tmp_path: Path) -> None:
    beliefs = tmp_path / "ports.yaml"
    beliefs.write_text(
        "icp: Ports\nhypotheses:\n"
        '  - {field: revenue, operator: ">=", value: 900000000, unit: EUR}\n',
        "utf-8",
    )
    project = tmp_path / "study"
    talks = write_talks(tmp_path / "talks")
    assert run(project, talks, "--hypotheses", beliefs).code == 0
    page = (project / "out" / "report.md").read_text("utf-8")
    assert "0 of 0 known; 4 people in all" in page
    assert "4 companies" not in page
