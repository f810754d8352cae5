"""`icp-synth guide` and `icp-synth teams` as a person calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from icp_synth.cli.app import main
from icp_synth.domain.guide import Guide
from icp_synth.domain.teams import Definition
from tests.exports import synthesis_factory as factory


def call(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def project(tmp_path: Path) -> Path:
    out = tmp_path / "study" / "out"
    out.mkdir(parents=True)
    made = factory.synthesis(factory.transcripts())
    (out / "synthesis.json").write_text(made.model_dump_json(), "utf-8")
    return tmp_path / "study"


def test_guide_prints_a_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("guide", "--project", str(project)) == 0
    page = capsys.readouterr().out
    assert page.startswith("# Interview guide\n")
    assert "Why:" in page


def test_guide_gives_one_json_object_and_writes_the_page(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "guide.md"
    words = ("guide", "--project", str(project), "--language", "zh", "--json")
    assert call(*words, "-o", str(target)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told.pop("path") == str(target)
    assert Guide.model_validate(told).language == "zh"
    assert target.read_text("utf-8").startswith("# 訪談大綱\n")


def test_guide_asks_about_the_projects_hypotheses(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "hypotheses.yaml").write_text(
        '- {field: sites, operator: ">=", value: 3, test: Ask chains.}\n', "utf-8"
    )
    assert call("guide", "--project", str(project), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["counts"]["hypothesis"] == 1


@pytest.mark.parametrize(
    ("flags", "code"),
    [(["--language", "fr"], 2), (["--minutes", "2"], 2)],
)
def test_guide_refuses_what_it_cannot_do(
    project: Path, flags: list[str], code: int
) -> None:
    assert call("guide", "--project", str(project), *flags) == code


def test_guide_needs_a_synthesis(tmp_path: Path) -> None:
    assert call("guide", "--project", str(tmp_path)) == 2


@pytest.fixture
def views(tmp_path: Path) -> list[str]:
    made = {
        "marketing": "- {criterion: Tells others, rating: 5}\n"
        "- {criterion: Location, rating: 3, value: Western Europe}\n",
        "sales": "- {criterion: Tells others, rating: 2}\n",
        "support": "- {criterion: Location, rating: 3, value: same time zone}\n",
    }
    paths = []
    for team, criteria in made.items():
        path = tmp_path / f"{team}.yaml"
        path.write_text(f"team: {team}\ncriteria:\n{criteria}", "utf-8")
        paths.append(str(path))
    return paths


def test_teams_prints_one_definition_and_what_to_talk_about(
    views: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("teams", *views) == 0
    page = capsys.readouterr().out
    assert "Tells others: marketing above sales, 3 steps apart" in page
    assert "Location: marketing: Western Europe; support: same time zone" in page


def test_teams_gives_the_same_object_whatever_the_order(
    views: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("teams", *views, "--json") == 0
    first = capsys.readouterr().out
    assert call("teams", *reversed(views), "--json") == 0
    assert capsys.readouterr().out == first
    assert Definition.model_validate_json(first).teams == (
        "marketing",
        "sales",
        "support",
    )


def test_teams_names_file_and_line_of_a_wrong_rating(
    views: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = Path(views[1])
    wrong.write_text(wrong.read_text("utf-8").replace("2", "9"), "utf-8")
    assert call("teams", *views) == 2
    assert "sales.yaml, line 3" in capsys.readouterr().err
