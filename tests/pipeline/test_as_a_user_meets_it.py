"""What a person sees who plans, runs again with another reader, and looks things up."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.project.decisions import Verdict, append
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import (
    MODEL,
    answer,
    batch_answers,
    icp,
    outputs,
    run,
    write_talks,
)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


@pytest.fixture
def project(tmp_path: Path, talks: Path) -> Path:
    """Return a study that the embedded analyst has read."""
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    return project


def take_in(project: Path, scratch: Path, step: str) -> None:
    """Answer what is pending of one step."""
    asked, answered = scratch / "requests.jsonl", scratch / "answers.jsonl"
    flags = ("--project", project, "--model", MODEL, "--step", step)
    assert icp("batch", "export", *flags, "-o", asked).code == 0
    answered.write_text("\n".join(batch_answers(asked)), "utf-8")
    taken = icp("batch", "import", answered, "--project", project, "--json")
    assert (taken.code, taken.json["missing"]) == (0, 0), taken.err


def calls(project: Path) -> dict[str, int]:
    planned = icp("plan", "--project", project, "--model", MODEL, "--json")
    assert planned.code == 0, planned.err
    return {name: step["calls"] for name, step in planned.json["steps"].items()}


def test_a_plan_counts_later_steps_once_everything_is_read(
    project: Path, tmp_path: Path
) -> None:
    before = calls(project)
    assert before["extract"] == 4
    assert before["themes"] > 0
    run(project, "--model", MODEL)
    take_in(project, tmp_path, "extract")
    asked = tmp_path / "all.jsonl"
    flags = ("--project", project, "--model", MODEL)
    assert icp("batch", "export", *flags, "-o", asked).code == 0
    pending = len(asked.read_text("utf-8").splitlines())
    after = calls(project)
    assert after["extract"] == 0
    assert after["themes"] > 0
    assert sum(after.values()) == pending
    take_in(project, tmp_path, "themes")
    assert calls(project)["themes"] == 0
    assert calls(project)["draft"] > 0
    assert "All interviews are read" in icp("plan", *flags).out


def test_an_import_of_one_step_misses_nothing_of_another(
    project: Path, tmp_path: Path
) -> None:
    run(project, "--model", MODEL)
    take_in(project, tmp_path, "extract")
    assert run(project, "--model", MODEL).json["pending"] > 1
    take_in(project, tmp_path, "themes")
    strange = tmp_path / "strange.jsonl"
    strange.write_text('{"custom_id": "nobodys", "content": "{}"}\n', "utf-8")
    taken = icp("batch", "import", strange, "--project", project, "--json")
    assert taken.code == 3
    assert taken.json["missing"] > 0
    assert "1 line answers nothing" in taken.err


def test_calls_of_an_unknown_price_cost_no_known_sum(
    project: Path, tmp_path: Path
) -> None:
    run(project, "--model", MODEL)
    take_in(project, tmp_path, "extract")
    cost = icp("status", "--project", project, "--json").json["cost"]
    assert (cost["calls"], cost["dollars"], cost["unpriced"]) == (4, None, 4)
    said = icp("status", "--project", project).out
    assert "4 calls so far, cost unknown" in said


def test_a_run_with_another_reader_says_whose_outputs_it_replaces(
    project: Path,
) -> None:
    with OpenAIServer(answer) as server:
        flags = ("--model", f"openai:{MODEL}", "--base-url", server.url)
        other = run(project, *flags)
        assert "The outputs of the embedded analyst are replaced" in other.err
        bare = run(project, "--model", MODEL, "--base-url", server.url)
        assert "are replaced" not in bare.err
        assert run(project, *flags, "--language", "zh").code == 0
    back = run(project)
    assert f"run with --model openai:{MODEL}" in back.err
    assert "are replaced" not in run(project, "--language", "zh").err


def test_a_run_that_waits_replaces_nothing(project: Path) -> None:
    before = outputs(project)
    waits = run(project, "--model", MODEL)
    assert "are replaced" not in waits.err
    assert outputs(project) == before


@pytest.mark.parametrize("words", ["", "  "])
def test_a_search_for_nothing_is_a_usage_error(project: Path, words: str) -> None:
    ended = icp("search", words, "--project", project)
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize("limit", ["0", "-1"])
def test_a_limit_below_one_is_a_usage_error(project: Path, limit: str) -> None:
    ended = icp("search", "exports", "--limit", limit, "--project", project)
    assert (ended.code, ended.out) == (2, "")
    assert "at least 1" in ended.err


def test_a_search_and_doctor_use_the_vectors_of_the_last_run(
    project: Path,
) -> None:
    def embeds(model: str) -> int:
        return len([1 for one in server.requests if one.get("model") == model])

    with OpenAIServer(answer) as server:
        flags = ("--embedding", "vectors", "--base-url", server.url)
        assert run(project, *flags).code == 0
        asked = embeds("vectors")
        assert asked > 0
        found = icp("search", "exports", "--project", project, "--json")
        assert (found.code, found.err) == (0, "")
        assert embeds("vectors") > asked
        checked = icp("doctor", "--project", project, "--json")
        assert checked.code == 0, checked.out
        own = icp("search", "exports", "--embedding", "embedded", "--project", project)
        assert own.code == 0
        assert "rebuilt" not in own.err
        again = icp("search", "exports", "--project", project, "--json")
        assert (again.json, again.err) == (found.json, "")


def test_broken_decisions_are_said_by_run_and_put_in_words_by_doctor(
    project: Path,
) -> None:
    verdict = Verdict(verdict="accepted", field="pain/problem", anchors=())
    append(project, "kim", verdict, at="2026-01-01T00:00:00Z")
    path = project / "decisions" / "kim.jsonl"
    path.write_text(path.read_text("utf-8").replace("accepted", "rejected"), "utf-8")
    ended = run(project)
    assert ended.code == 0
    assert "decisions/ has lines that do not hold, in kim.jsonl" in ended.err
    found = icp("doctor", "--project", project)
    assert found.code == 1
    assert "1 decision, 1 problem\n" in found.out
    assert "kim.jsonl, line 1: This line was changed" in found.out


def test_two_files_of_one_name_leave_study_toml_as_it_was(
    project: Path, tmp_path: Path
) -> None:
    before = (project / "study.toml").read_bytes()
    other = write_talks(tmp_path / "other", ["bob"]) / "bob.txt"
    other.rename(other.with_name("anna.txt"))
    for command in ("run", "ingest", "plan"):
        flags = ("--model", MODEL) if command == "plan" else ()
        ended = icp(command, other.parent, "--project", project, *flags)
        assert (ended.code, ended.out) == (2, "")
        assert "sources remove" in ended.err
        assert (project / "study.toml").read_bytes() == before
    assert run(project).code == 0


def test_a_clash_in_a_new_project_leaves_no_study_toml(tmp_path: Path) -> None:
    one = write_talks(tmp_path / "one", ["bob"])
    two = write_talks(tmp_path / "two", ["anna"])
    (two / "anna.txt").rename(two / "bob.txt")
    assert run(tmp_path / "new", one, two).code == 2
    assert not (tmp_path / "new" / "study.toml").exists()


def test_what_is_passed_over_is_named_with_a_reason(talks: Path, project: Path) -> None:
    (talks / "scan.pdf").write_bytes(b"%PDF-1.7")
    (talks / "crm.csv").write_text("a,b\n", "utf-8")
    (talks / "README.md").write_text("# About", "utf-8")
    (talks / "truth.toml").write_text("", "utf-8")
    status = icp("ingest", "--project", project, "--json").json
    assert status["ignored_names"] == [
        *("README.md", "crm.csv", "scan.pdf", "truth.toml"),
    ]
    assert status["ignored"] == 4
    assert (
        "Export the transcript as DOCX or TXT" in status["ignored_reasons"]["scan.pdf"]
    )
    assert set(status["ignored_reasons"]) == {"crm.csv", "scan.pdf"}
    said = icp("status", "--project", project).out
    assert "4 files passed over" in said
    assert "scan.pdf: no reader takes .pdf files." in said


def test_of_many_that_are_passed_over_twenty_are_named(
    talks: Path, project: Path
) -> None:
    for number in range(25):
        (talks / f"picture-{number:02}.png").write_bytes(b"")
    said = icp("ingest", "--project", project).out
    assert "picture-19.png" in said
    assert "picture-20.png" not in said
    assert "and 5 more" in said


def test_a_reason_is_said_once(talks: Path, project: Path) -> None:
    (talks / "broken.vtt").write_text("no captions", "utf-8")
    said = icp("ingest", "--project", project).out.splitlines()
    at = next(n for n, line in enumerate(said) if "broken.vtt" in line)
    assert said[at + 1].strip() != said[at + 2].strip()
    assert said.count(said[at + 1]) == 1


def test_columns_that_were_guessed_are_said_once_a_table(tmp_path: Path) -> None:
    table = tmp_path / "talks.csv"
    rows = "".join(f'{n},"Interviewer: Why?\nKim: So {n}"\n' for n in "abc")
    table.write_text(f"id,text\n{rows}", "utf-8")
    ended = icp("ingest", table, "--project", tmp_path / "p")
    assert ended.out.count("Took column") == 1
    assert ended.err.count("Took column") == 1


@pytest.mark.parametrize("form", ["json", "html"])
def test_an_export_into_a_folder_is_a_usage_error(
    project: Path, tmp_path: Path, form: str
) -> None:
    ended = icp("export", "--format", form, "-o", tmp_path, "--project", project)
    assert (ended.code, ended.out) == (2, "")
    assert "is a folder" in ended.err
    flags = ("--project", project, "--model", MODEL, "-o", tmp_path)
    assert icp("batch", "export", *flags).code == 2


def test_a_folder_of_prompts_holds_prompts_and_nothing_else(
    project: Path, tmp_path: Path
) -> None:
    own = tmp_path / "prompts"
    own.mkdir()
    flags = ("--model", MODEL, "--prompts", own)
    assert "There is no prompt in" in run(project, *flags).err
    (own / "extrakt.md").write_text("---\n", "utf-8")
    ended = run(project, *flags)
    assert (ended.code, ended.out) == (2, "")
    assert "extrakt.md" in ended.err
    assert "draft.md, extract.md, glean.md, judge.md, name_groups.md" in ended.err
