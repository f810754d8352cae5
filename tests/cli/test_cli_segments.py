"""segments: shown, written for people, and followed by the next run."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.study_factory import icp, outputs, run, write_talks

pytestmark = pytest.mark.slow


GROUPED = """\
by: Kim
segments:
  - name: Friday exporters
    participants: [anna.txt#Anna, Carla, Dev]
unassigned:
  - Bob
"""


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("segments")
    made = folder / "study"
    assert run(made, write_talks(folder / "talks")).code == 0
    return made


@pytest.fixture
def project(standing: Path, tmp_path: Path) -> Path:
    """A copy, to change."""
    shutil.copytree(standing.parent, tmp_path / "copy")
    return tmp_path / "copy" / "study"


def written(project: Path) -> Any:
    return json.loads((project / "out" / "synthesis.json").read_text("utf-8"))


def test_segments_are_shown_with_their_people(project: Path) -> None:
    found = icp("segments", "--project", project, "--json").json
    (segment,) = found["segments"]
    assert [one["id"] for one in segment["participants"]] == [
        "anna.txt#Anna",
        "bob.txt#Bob",
        "carla.txt#Carla",
        "dev.txt#Dev",
    ]
    assert (segment["decided"], found["file"], found["current"]) == (False, None, True)


def test_edit_writes_the_present_segments_and_changes_nothing(project: Path) -> None:
    before = written(project)
    made = icp("segments", "--edit", "--project", project)
    assert made.code == 0
    assert str(project / "segments.yaml") in made.err
    assert run(project).code == 0
    after = written(project)
    assert after["segments"][0].pop("decided") is True
    assert before["segments"][0].pop("decided") is False
    for one in (*before["segments"], *after["segments"]):
        # What is machine-made of it is the division, not who is in it.
        one.pop("stability")
    assert after["segments"] == before["segments"]
    assert after["icps"] == before["icps"]


def test_the_next_run_drafts_for_the_segments_of_the_file(project: Path) -> None:
    (old,) = written(project)["segments"]
    path = project / "segments.yaml"
    path.write_text(GROUPED, "utf-8")
    waiting = icp("segments", "--project", project, "--json")
    assert waiting.json["current"] is False
    assert "icp-synth run" in waiting.err

    assert run(project).code == 0
    found = written(project)
    (segment,) = found["segments"]
    people = ["anna.txt#Anna", "carla.txt#Carla", "dev.txt#Dev"]
    assert segment["label"] == "Friday exporters"
    assert (segment["decided"], segment["by"]) == (True, "Kim")
    assert segment["participants"] == people
    assert segment["id"] == old["id"]
    assert found["unassigned"] == ["bob.txt#Bob"]
    assert found["personas"][0]["participants"] == people
    assert path.read_text("utf-8") == GROUPED
    assert icp("segments", "--project", project, "--json").json["current"] is True


def test_the_same_file_gives_the_same_bytes(project: Path) -> None:
    (project / "segments.yaml").write_text(GROUPED, "utf-8")
    run(project)
    first = outputs(project)
    (project / "out" / "report.md").unlink()
    run(project)
    assert outputs(project) == first


def test_who_is_not_in_the_file_stands_apart_and_is_named(project: Path) -> None:
    text = GROUPED.replace("unassigned:\n  - Bob\n", "")
    (project / "segments.yaml").write_text(text, "utf-8")
    ended = run(project)
    assert "does not mention bob.txt#Bob (most like 'Friday exporters')" in ended.err
    assert written(project)["unassigned"] == ["bob.txt#Bob"]
    found = icp("segments", "--project", project, "--json").json
    assert found["not_mentioned"] == ["bob.txt#Bob"]


def test_deleting_the_file_gives_the_grouping_back_to_the_program(
    project: Path,
) -> None:
    before = outputs(project)
    path = project / "segments.yaml"
    path.write_text(GROUPED, "utf-8")
    run(project)
    path.unlink()
    run(project)
    after = outputs(project)
    assert after["synthesis.json"] == before["synthesis.json"]


def test_a_wrong_line_stops_the_run_and_is_named(project: Path) -> None:
    path = project / "segments.yaml"
    path.write_text(GROUPED.replace("- Bob", "- Bobby"), "utf-8")
    for ended in (run(project), icp("segments", "--project", project)):
        assert ended.code == 2
        assert f"{path}, line 6: there is no participant 'Bobby'" in ended.err


def test_edit_keeps_a_file_that_people_wrote(project: Path) -> None:
    path = project / "segments.yaml"
    path.write_text(GROUPED, "utf-8")
    made = icp("segments", "--edit", "--project", project)
    assert made.code == 0
    assert "kept" in made.err
    assert path.read_text("utf-8") == GROUPED


def test_edit_opens_the_editor_on_a_terminal(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8').replace('unassigned: []', 'by: Kim')\n"
        "path.write_text(text, 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
    made = icp("segments", "--edit", "--project", project, terminal=True)
    assert made.code == 0, made.err
    assert "by: Kim" in (project / "segments.yaml").read_text("utf-8")


def test_an_editor_that_is_not_there_is_said(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    made = icp("segments", "--edit", "--project", project, terminal=True)
    assert made.code == 2
    assert "cannot be started" in made.err


def test_without_a_synthesis_there_is_nothing_to_group(tmp_path: Path) -> None:
    ended = icp("segments", "--edit", "--project", tmp_path)
    assert ended.code == 2
    assert not (tmp_path / "segments.yaml").exists()
