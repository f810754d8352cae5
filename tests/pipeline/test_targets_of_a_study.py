"""Who it is for and who not, from invented interviews with planted Startup Sams."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.sections import SECTIONS
from icp_synth.project.decisions import read_decisions
from tests.study_factory import CREATED, icp, run, write_talks

pytestmark = pytest.mark.slow


SAMS = {
    "sam": (
        "I started an online shop alone last spring.",
        "I love the planning board, it is exactly what I was looking for.",
        "But we have no budget for it, we can't afford thirty dollars a month.",
    ),
    "sue": (
        "I am founding a delivery start-up with a friend.",
        "I really love the planning board and I tell everybody about it.",
        "There is no money at all, we simply can't afford a subscription.",
    ),
    "sol": (
        "I run a one-woman catering start-up.",
        "I love how fast the planning board is, honestly great.",
        "I don't have the budget, so I take the free CrewPlum for now.",
    ),
}
GROUPS = {"sam": "poor_fit", "sue": "poor_fit", "sol": "poor_fit"}
STUDY = """
[product]
name = "Jobwren"
rivals = ["CrewPlum"]
"""


def write_study(folder: Path, *, extra: str = "") -> Path:
    """Write an invented study of four customers and three Sams, with companies."""
    talks = write_talks(folder / "talks")
    for path in talks.glob("*.txt"):
        asked = "\n\nInterviewer: And the firm?\n\n"
        told = f"{path.stem.title()}: We have 14 employees in the company.\n"
        path.write_text(path.read_text("utf-8").rstrip() + asked + told, "utf-8")
    for name, said in SAMS.items():
        turns = [f"Interviewer: And then?\n\n{name.title()}: {one}" for one in said]
        (talks / f"{name}.txt").write_text("\n\n".join(turns) + "\n", "utf-8")
    rows = ["file,label,participant,company,group"]
    rows += [
        f"{path.name},{path.stem.title()},{path.stem.title()},Firm of {path.stem},"
        f"{GROUPS.get(path.stem, 'super-user')}"
        for path in sorted(talks.glob("*.txt"))
    ]
    (talks / "participants.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "study.toml").write_text(STUDY + extra, "utf-8")
    return talks


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("sams")
    study = Project(folder)
    assert study.run(write_study(folder), created=CREATED).status == "done"
    return study


def test_the_planted_sams_are_the_negative_icp_with_reason_and_way_back(
    project: Project,
) -> None:
    (sams,) = project.synthesis().negative
    assert sams.id == "icp-negative-01"
    assert sams.reason.code == "poor_fit"
    assert sams.participants == ("Sam", "Sol", "Sue")
    assert sams.reason.keen_not_able == ("Sam", "Sol", "Sue")
    assert sams.refer_to.named["CrewPlum"].participants == ("Sol",)
    assert "has_budget" in {one.code for one in sams.readmit_when}
    assert sams.persona is not None
    assert sams.persona.id == "persona-negative-01"
    assert sams.persona.participants == sams.participants


def test_sams_are_in_no_icp_and_no_persona(project: Project) -> None:
    synthesis = project.synthesis()
    placed = [
        *(one.participants for one in synthesis.icps),
        *(one.participants for one in synthesis.personas),
    ]
    assert placed
    for people in placed:
        assert not {"Sam", "Sol", "Sue"}.intersection(people)


def test_audience_holds_the_icps_and_the_icps_hold_the_personas(
    project: Project,
) -> None:
    synthesis = project.synthesis()
    assert synthesis.audience.includes == tuple(sorted(i.id for i in synthesis.icps))
    assert synthesis.audience.claims
    drafted = set(synthesis.icps[0].participants)
    known = {one.id: one for one in synthesis.insights}
    for claim in synthesis.audience.claims:
        assert claim.field == "audience"
        assert claim.anchors
        assert {known[one].participant for one in claim.insights} <= drafted
    linked = {name for one in synthesis.icps for name in one.personas}
    assert linked == {one.id for one in synthesis.personas}


def test_a_drafted_persona_shows_every_section_and_quotes_its_words(
    project: Project,
) -> None:
    synthesis = project.synthesis()
    personas = [one for one in synthesis.personas if one.status == "draft"]
    assert personas
    for persona in personas:
        assert set(persona.sections) == set(SECTIONS)
        assert set(persona.empathy) == {"pains", "help", "goals"}
        assert persona.words
        for phrase in persona.words:
            text = project.transcript(phrase.places[0].transcript).text
            place = phrase.places[0]
            assert text[place.start : place.end] == phrase.text


def test_every_icp_has_seven_signals_and_says_which_cannot_be_observed(
    project: Project,
) -> None:
    for one in project.synthesis().icps:
        assert len(one.signals) == 7
        for signal in one.signals.values():
            operational = signal["status"] == "operational"
            assert operational is (signal["observable"] is not None)
            assert operational or signal["score"] is None


def test_the_same_study_gives_the_same_file(project: Project, tmp_path: Path) -> None:
    again = Project(tmp_path)
    again.run(write_study(tmp_path), created=CREATED)
    first = json.loads((project.folder / "out" / "synthesis.json").read_bytes())
    second = json.loads((tmp_path / "out" / "synthesis.json").read_bytes())
    assert first == second


@pytest.mark.parametrize("by", ["flag", "study.toml"])
def test_the_preset_for_consumers_makes_icps_of_people(by: str, tmp_path: Path) -> None:
    extra = '[research]\npreset = "b2c"\n' if by == "study.toml" else ""
    talks = write_study(tmp_path, extra=extra)
    flags = {"preset": "b2c"} if by == "flag" else {}
    study = Project(tmp_path)
    study.run(talks, created=CREATED, **flags)
    synthesis = study.synthesis()
    assert {one.type for one in (*synthesis.icps, *synthesis.negative)} == {"person"}
    assert {one.accounts for one in synthesis.icps} == {()}


def test_a_preset_that_is_none_is_refused(tmp_path: Path) -> None:
    called = icp("run", "--project", tmp_path, "--preset", "b2g")
    assert called.code == 2
    assert "b2b or b2c" in called.err


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of two ICPs: two copies of one under two names."""
    folder = tmp_path_factory.mktemp("pair")
    run(folder, write_study(folder))
    path = folder / "out" / "synthesis.json"
    synthesis: dict[str, Any] = json.loads(path.read_bytes())
    twin = {**synthesis["icps"][0], "id": "icp-account-77"}
    synthesis["icps"].append(twin)
    path.write_text(json.dumps(synthesis), "utf-8")
    return folder


def test_two_icps_are_compared_and_a_choice_is_a_decision_with_its_reason(
    pair: Path,
) -> None:
    names = ("icp-account-01", "icp-account-77")
    beside = icp("choose", *names, "--project", pair, "--json").json
    assert (beside["first"]["id"], beside["second"]["id"]) == names
    assert beside["accounts"] is None
    assert read_decisions(pair).records == ()
    because = "Ten to a thousand people: they stay, and they have a budget."
    recorded = ("--chosen", names[1], "--because", because, "--by", "ann")
    called = icp("choose", *names, *recorded, "--project", pair)
    assert called.code == 0, called.err
    assert "sales_routing" in called.out
    decisions = read_decisions(pair)
    assert decisions.problems == ()
    (record,) = decisions.records
    assert (record.verdict, record.about, record.against) == (
        "chosen",
        names[1],
        names[0],
    )
    assert record.text == because
    assert [one.function for one in record.implications] == [
        "content",
        "sales_routing",
        "product",
        "pricing",
        "service",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("icp-account-01", "icp-account-01"), "itself"),
        (("icp-account-01", "icp-account-99"), "no ICP"),
        (
            ("icp-account-01", "icp-negative-01", "--chosen", "x", "--because", "y",
             "--by", "z"),
            "no ICP",
        ),
        (("icp-account-01", "icp-account-77", "--chosen", "icp-account-01"), "reason"),
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_told(
    pair: Path, words: tuple[str, ...], said: str
) -> None:
    called = icp("choose", *words, "--project", pair)
    assert called.code == 2
    assert said in called.err


def test_a_recorded_choice_is_no_decision_that_lost_its_place(pair: Path) -> None:
    called = run(pair)
    assert called.code == 0, called.err
    coverage = json.loads((pair / "out" / "synthesis.json").read_bytes())["coverage"]
    assert coverage.get("decisions", {"lost": 0})["lost"] == 0
