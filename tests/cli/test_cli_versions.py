"""versions, diff, drift: what changed is said, and what stands is questioned."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.study_factory import icp, run, talk, write_talks

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of four people, then of six, then of twelve; only looked at."""
    folder = tmp_path_factory.mktemp("versions")
    talks = write_talks(folder / "talks")
    made = folder / "study"
    assert run(made, talks).code == 0
    for more in (("eva", "finn"), ("gil", "hana", "ida", "jon", "kay", "leo")):
        for name, like in zip(more, cycle(("anna", "bob", "carla")), strict=False):
            text = talk(like).replace(f"{like.title()}:", f"{name.title()}:")
            text = text.replace(" hours", " whole hours").replace("people", "staff")
            (talks / f"{name}.txt").write_text(text, "utf-8")
        assert run(made).code == 0
    return made


@pytest.fixture
def project(standing: Path, tmp_path: Path) -> Path:
    """A copy of it, to change."""
    shutil.copytree(standing.parent, tmp_path / "copy")
    return tmp_path / "copy" / "study"


def asked(project: Path, *words: str) -> Any:
    ended = icp(*words, "--project", project, "--json")
    assert ended.code == 0, ended.err
    return ended.json


def versions_of(project: Path) -> list[str]:
    return [one["version"] for one in asked(project, "versions")["versions"]]


def test_every_synthesis_is_a_version(project: Path) -> None:
    found = asked(project, "versions")
    counts = [(one["transcripts"], one["participants"]) for one in found["versions"]]
    assert counts == [(4, 4), (6, 6), (12, 12)]
    assert found["versions"][0]["icps"] == 1
    assert found["review"]["by"] == "2027-01-02"
    assert run(project).code == 0
    assert asked(project, "versions") == found


def test_diff_says_what_new_interviews_changed(standing: Path) -> None:
    first, second, third = versions_of(standing)
    found = asked(standing, "diff", first, second)
    assert found["changed"] is True
    new = [one["participant"] for one in found["people"] if one["change"] == "new"]
    assert new == ["eva.txt#Eva", "finn.txt#Finn"]
    assert {one["change"] for one in found["transcripts"]} == {"new"}
    stronger = [one for one in found["claims"] if one["change"] == "stronger"]
    assert stronger
    for one in stronger:
        assert one["after"]["supports"] > one["before"]["supports"]
        assert set(one["joined"]) <= set(new)
    newest = asked(standing, "diff")
    assert (newest["before"], newest["after"]) == (second, third)


def test_a_version_compared_with_itself_did_not_change(standing: Path) -> None:
    found = asked(standing, "diff", "latest", "latest")
    assert found.pop("changed") is False
    assert found.pop("before") == found.pop("after")
    assert not any(found.values())
    said = icp("diff", "latest", "latest", "--project", standing)
    assert "nothing changed" in said.out


def test_versions_are_named_by_their_beginning_or_a_file(
    standing: Path, tmp_path: Path
) -> None:
    first, *_, last = versions_of(standing)
    copy = tmp_path / "synthesis.json"
    copy.write_bytes((standing / "out" / "synthesis.json").read_bytes())
    found = asked(standing, "diff", first[4:10], str(copy))
    assert found["before"] == first
    assert found["people"] == asked(standing, "diff", first, last)["people"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("syn-0000", "no version and no file"),
        ("", "no version and no file"),
        ("study.toml", "is no synthesis.json"),
    ],
)
def test_what_is_no_version_is_said(standing: Path, name: str, said: str) -> None:
    given = str(standing / name) if name == "study.toml" else name
    ended = icp("diff", given, "latest", "--project", standing)
    assert ended.code == 2
    assert said in ended.err


def test_one_synthesis_has_none_before_it(tmp_path: Path) -> None:
    made = tmp_path / "study"
    run(made, write_talks(tmp_path / "talks"))
    ended = icp("diff", "--project", made)
    assert ended.code == 2
    assert "none before it" in ended.err


def test_drift_holds_the_standing_claims_against_new_people(standing: Path) -> None:
    found = asked(standing, "drift")
    assert [found["standing"], found["latest"]] == versions_of(standing)[1:]
    assert (len(found["people"]), found["before"]) == (6, 6)
    assert found["claims"]
    for one in found["claims"]:
        parts = ("supports", "contradicts", "silent", "unjudged")
        people = [name for part in parts for name in one[part]]
        assert sorted(people) == found["people"]
    exports = [one for one in found["claims"] if one["field"].startswith("pain/")]
    assert {one["verdict"] for one in exports} == {"holds"}
    assert {one["code"] for one in found["shifts"]} <= {"too_few"}
    said = icp("drift", "--project", standing)
    assert "6 new participants in 6 new transcripts" in said.out


def test_drift_finds_what_new_people_do_not_say(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks")
    made = tmp_path / "study"
    assert run(made, talks).code == 0
    for i in range(8):
        text = "Interviewer: What is hard?\n\n"
        text += f"Person{i}: The garden needs water in summer, say {i} litres.\n"
        (talks / f"new{i}.txt").write_text(text, "utf-8")
    assert run(made).code == 0
    found = asked(made, "drift")
    assert found["codes"][0] == "disagrees"
    weaker = [one for one in found["claims"] if one["verdict"] == "weaker"]
    assert weaker
    assert all(one["difference"][1] < 0 for one in weaker)


def test_drift_by_day_needs_dates(standing: Path) -> None:
    ended = icp("drift", "--since", "2026-01-01", "--project", standing)
    assert ended.code == 2
    assert "0 of 12 have a date" in ended.err


def test_drift_by_day_takes_the_interviews_from_then_on(project: Path) -> None:
    talks = sorted(path.name for path in (project.parent / "talks").glob("*.txt"))
    late = {"gil.txt", "hana.txt", "ida.txt", "jon.txt", "kay.txt"}
    rows = [
        f"{name},{'2026-06-01' if name in late else '2025-06-01'}" for name in talks
    ]
    (project / "participants.csv").write_text("\n".join(["file,date", *rows]), "utf-8")
    assert run(project).code == 0
    found = asked(project, "drift", "--since", "2026-05-01")
    assert found["transcripts"] == sorted(late)
    assert len(found["people"]) == 5


def test_without_anything_new_there_is_no_drift(tmp_path: Path) -> None:
    made = tmp_path / "study"
    run(made, write_talks(tmp_path / "talks"))
    ended = icp("drift", "--project", made)
    assert ended.code == 2
    assert ended.err.count("\n") == 2


@pytest.mark.parametrize(("days", "code"), [(-1, "overdue"), (1, "current")])
def test_the_day_of_review_is_read_from_the_brief(
    project: Path, days: int, code: str
) -> None:
    day = (datetime.now(UTC) + timedelta(days=days)).date()
    brief = project / "study.toml"
    brief.write_text(f"{brief.read_text('utf-8')}\n[review]\nby = {day}\n", "utf-8")
    review = icp("status", "--project", project, "--json").json["review"]
    assert review == {"by": str(day), "source": "study", "code": code}
    said = icp("status", "--project", project).out
    assert ("overdue" in said) is (code == "overdue")


def test_a_day_of_review_that_is_none_is_refused_with_its_line(project: Path) -> None:
    brief = project / "study.toml"
    brief.write_text(f'{brief.read_text("utf-8")}\n[review]\nby = "soon"\n', "utf-8")
    ended = icp("status", "--project", project)
    assert ended.code == 2
    assert "review.by" in ended.err


def test_the_json_of_a_diff_is_plain(standing: Path) -> None:
    found = asked(standing, "diff")
    assert json.loads(json.dumps(found)) == found
