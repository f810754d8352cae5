"""A run that has nothing to do says so at once, and any change makes it run again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from icp_synth import Project
from icp_synth.pipeline.events import Event, StageEnded
from icp_synth.pipeline.unchanged import inputs_digest
from tests.study_factory import CREATED, icp, outputs, run, talk, write_talks


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose run is done."""
    folder = tmp_path / "study"
    assert run(folder, write_talks(tmp_path / "talks")).code == 0
    return folder


@pytest.fixture
def added(tmp_path: Path) -> Path:
    """Return a project with sources that nobody read yet."""
    folder = tmp_path / "study"
    talks = write_talks(tmp_path / "talks")
    assert icp("sources", "add", talks, "--project", folder).code == 0
    return folder


def stages_of_a_rerun(project: Path, **settings: object) -> int:
    """Run again and count the stages that were gone through."""
    seen: list[Event] = []
    Project(project, emit=seen.append).run(**{"created": CREATED, **settings})
    return sum(isinstance(event, StageEnded) for event in seen)


def test_an_unchanged_rerun_goes_through_no_stage(project: Path) -> None:
    assert stages_of_a_rerun(project) == 0


def test_an_unchanged_rerun_prints_what_the_run_printed_and_no_calls(
    project: Path,
) -> None:
    first, again = run(project).json, run(project).json
    assert again == {**first, "seconds": again["seconds"], "calls": 0}


def test_outputs_are_named_from_where_the_rerun_was_started(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    assert run(Path()).json["out"]["report"] == "out/report.html"


def _new_source(project: Path) -> None:
    folder = project.parent / "talks"
    (folder / "eve.txt").write_text(talk("anna").replace("Anna", "Eve"), "utf-8")


def _other_words(project: Path) -> None:
    path = project.parent / "talks" / "anna.txt"
    path.write_text(talk("anna").replace("Friday", "Monday"), "utf-8")


def _less_rights(project: Path) -> None:
    (project.parent / "talks" / "anna.txt").chmod(0o600)


def _passed_over(project: Path) -> None:
    (project.parent / "talks" / "README.md").write_text("About these.", "utf-8")


def _people(project: Path) -> None:
    (project / "participants.csv").write_text("file,group\nanna.txt,churned\n", "utf-8")


def _people_beside_the_sources(project: Path) -> None:
    rows = "file,group\nanna.txt,churned\n"
    (project.parent / "talks" / "participants.csv").write_text(rows, "utf-8")


def _brief(project: Path) -> None:
    assert icp("init", "--project", project, "--product", "Ledgerly").code == 0


def _decision(project: Path) -> None:
    (project / "decisions").mkdir()
    (project / "decisions" / "kim.jsonl").write_text("", "utf-8")


def _output(project: Path) -> None:
    (project / "out" / "report.md").unlink()


def _output_edited(project: Path) -> None:
    (project / "out" / "report.html").write_text("mine", "utf-8")


def _names(project: Path) -> None:
    names = project / "names.json"
    names.write_text(names.read_text("utf-8").replace('"last": {', '"last":  {'))


def _source_gone(project: Path) -> None:
    (project.parent / "talks" / "dev.txt").unlink()


@pytest.mark.parametrize(
    "change",
    [
        _new_source,
        _other_words,
        _less_rights,
        _passed_over,
        _people,
        _people_beside_the_sources,
        _brief,
        _decision,
        _source_gone,
    ],
)
def test_any_change_of_what_a_run_depends_on_is_seen(
    added: Path, change: Callable[[Path], None]
) -> None:
    before = inputs_digest(added, {})
    assert inputs_digest(added, {}) == before
    change(added)
    assert inputs_digest(added, {}) != before


@pytest.mark.parametrize(
    "flags",
    [
        {"created": CREATED},
        {"language": "zh"},
        {"in_flight": 3},
        {"interviewers": ("Anna",)},
        {"model": "openai:gpt-4.1"},
    ],
)
def test_any_other_flag_is_seen(added: Path, flags: dict[str, object]) -> None:
    assert inputs_digest(added, flags) != inputs_digest(added, {})


def test_own_prompts_are_seen_when_they_change(added: Path, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    flags = {"prompts": str(prompts)}
    before = inputs_digest(added, flags)
    (prompts / "draft.md").write_text("anything", "utf-8")
    assert inputs_digest(added, flags) != before


def test_it_does_not_matter_from_where_the_project_is_named(
    added: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inputs_digest(added, {})
    monkeypatch.chdir(added)
    assert inputs_digest(Path(), {}) == before


@pytest.mark.parametrize("change", [_output, _output_edited, _names])
def test_what_a_run_wrote_is_written_again_when_it_changed(
    project: Path, change: Callable[[Path], None]
) -> None:
    before = outputs(project)
    change(project)
    assert stages_of_a_rerun(project) == 9
    assert outputs(project) == before
    assert stages_of_a_rerun(project) == 0


def test_another_reading_in_between_makes_it_run_again(project: Path) -> None:
    before = outputs(project)
    ingested = icp("ingest", "--project", project, "--participant", "Anna", "--json")
    assert ingested.json["transcripts"][0]["roles_by"] == "--participant"
    assert stages_of_a_rerun(project) == 9
    assert outputs(project) == before
    shown = icp("status", "--project", project, "--json").json
    assert shown["transcripts"][0]["roles_by"] == "labels"


def test_a_plan_in_between_changes_nothing(project: Path) -> None:
    assert icp("plan", "--project", project, "--model", "openai:gpt-4.1").code == 0
    assert stages_of_a_rerun(project) == 0


def test_a_source_that_cannot_be_read_does_not_cost_a_whole_run_each_time(
    project: Path,
) -> None:
    (project.parent / "talks" / "bad.vtt").write_text("no captions here", "utf-8")
    first = run(project)
    assert (first.code, first.json["status"]) == (3, "partial")
    again = run(project)
    assert (again.code, again.json["status"]) == (3, "partial")
    assert stages_of_a_rerun(project) == 0


def test_an_unchanged_rerun_says_what_still_holds(project: Path) -> None:
    talks = project.parent / "talks"
    for number in range(5):
        (talks / f"bad-{number}.vtt").write_text("no captions here", "utf-8")
    (talks / "again.txt").write_text(talk("anna"), "utf-8")
    rows = "file,group\nanna.txt,churned\nana.txt,churned\n"
    (project / "participants.csv").write_text(rows, "utf-8")
    first, again = run(project), run(project)
    assert stages_of_a_rerun(project) == 0
    for ended in (first, again):
        assert "row 3: no source is called ana.txt" in ended.err
        assert "bad-0.vtt: refused: " in ended.err
        assert "5 of 10 sources: 5 refused" in ended.json["message"]
    assert "bad-4.vtt" in first.err
    assert "bad-4.vtt" not in again.err
    assert f"and 2 more: `icp-synth status --project {project}` lists" in again.err


def test_a_source_changed_while_a_run_goes_on_is_taken_by_the_next(
    tmp_path: Path,
) -> None:
    talks, project = write_talks(tmp_path / "talks"), tmp_path / "study"

    def meddle(event: Event) -> None:
        if isinstance(event, StageEnded) and event.stage == "chunk":
            path = talks / "anna.txt"
            path.write_text(talk("anna").replace("Friday", "Monday"), "utf-8")

    Project(project, emit=meddle).run(talks, created=CREATED)
    assert b"Monday" not in outputs(project)["synthesis.json"]
    assert run(project).code == 0
    assert b"Monday" in outputs(project)["synthesis.json"]
