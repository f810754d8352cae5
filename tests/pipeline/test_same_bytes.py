"""Same input, same bytes: whatever the order, the cache, the place or the time."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.study_factory import CREATED, icp, outputs, run, talk, write_talks


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bytes")
    assert run(root / "study", write_talks(root / "talks")).code == 0
    return root / "study"


def test_deleting_what_can_be_made_again_gives_the_same_bytes(
    study: Path, tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(study.parent, root)
    project = root / "study"
    before = outputs(project)
    shutil.rmtree(project / ".icp")
    shutil.rmtree(project / "out")
    assert run(project).code == 0
    assert outputs(project) == before


def test_two_runs_differ_in_their_time_alone(study: Path, tmp_path: Path) -> None:
    project = tmp_path / "later"
    later = "2030-01-01T00:00:00+00:00"
    flags = ("--project", project, "--created", later)
    assert icp("run", study.parent / "talks", *flags).code == 0
    first, second = (
        json.loads(outputs(folder)["synthesis.json"]) for folder in (study, project)
    )
    assert (first["manifest"].pop("created"), second["manifest"].pop("created")) == (
        CREATED,
        later,
    )
    assert first == second


def test_the_order_of_sources_changes_nothing(tmp_path: Path) -> None:
    made = []
    for order in (("anna", "bob", "carla"), ("carla", "anna", "bob")):
        root = tmp_path / order[0]
        files = [write_talks(root, [name]) / f"{name}.txt" for name in order]
        assert run(root / "study", *files).code == 0
        made.append(outputs(root / "study"))
    assert made[0] == made[1]


def test_one_after_the_other_is_as_good_as_all_at_once(
    study: Path, tmp_path: Path
) -> None:
    talks, project = tmp_path / "talks", tmp_path / "study"
    for name in ("anna", "bob", "carla", "dev"):
        write_talks(talks, [name])
        assert run(project, talks).code == 0
    one, other = (
        json.loads(outputs(folder)["synthesis.json"]) for folder in (study, project)
    )
    assert one["insights"] == other["insights"]
    assert [t["insights"] for t in one["themes"]] == [
        t["insights"] for t in other["themes"]
    ]


def test_line_ends_and_byte_order_marks_change_no_word(
    study: Path, tmp_path: Path
) -> None:
    talks = write_talks(tmp_path / "talks")
    for path in talks.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert run(tmp_path / "study", talks).code == 0
    one, other = (
        json.loads(outputs(folder)["synthesis.json"])
        for folder in (study, tmp_path / "study")
    )
    assert one["insights"] == other["insights"]
    assert one["transcripts"][0]["sha256"] != other["transcripts"][0]["sha256"]


def test_every_published_quote_is_its_slice(study: Path) -> None:
    synthesis = json.loads(outputs(study)["synthesis.json"])
    assert synthesis["insights"]
    for insight in synthesis["insights"]:
        text = talk(insight["transcript"].removesuffix(".txt"))
        for quote in insight["quotes"]:
            assert text[quote["start"] : quote["end"]] == quote["text"]


def test_the_outputs_name_no_place_of_this_machine(study: Path) -> None:
    for name, body in outputs(study).items():
        assert str(study.parent).encode() not in body, name


def test_only_one_interview_is_read_anew_when_one_changes(
    study: Path, tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(study.parent, root)
    path = root / "talks" / "anna.txt"
    path.write_text(talk("anna").replace("Friday", "Monday"), "utf-8")
    before = (root / "study" / ".icp" / "ledger.sqlite").read_bytes()
    assert run(root / "study").code == 0
    assert before
    synthesis = json.loads(outputs(root / "study")["synthesis.json"])
    assert re.search("every Monday", json.dumps(synthesis["insights"]))
