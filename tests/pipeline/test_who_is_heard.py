"""Who stands in the n of "k of n", and who is compared: see pipeline/heard.py."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.passages import Slice, Window
from icp_synth.domain.transcripts import Person
from icp_synth.pipeline.heard import heard
from icp_synth.pipeline.notes import frame_notes
from icp_synth.pipeline.theming import groups_of
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import Reading
from icp_synth.stages.segments.find import Segmentation
from tests.factories import make_transcript
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, answer, run, write_talks

OUTCOMES = {
    "Ann": ("done", "done"),
    "Bob": ("done", "failed"),
    "Cal": ("pending", "failed"),
    "Dee": ("done", "done"),
}


def work(groups: dict[str, str] | None = None, *, silent: str = "Dee") -> Work:
    """Return a run in which each of four people is read in two windows."""
    given = groups or {}
    transcripts, windows, readings = [], [], {}
    for name, outcomes in OUTCOMES.items():
        made = make_transcript(
            [
                ("Q", "interviewer", "How?"),
                (name, "participant", "So."),
                (name, "participant", "And so."),
            ],
            id=name,
        )
        transcripts.append(made)
        for at, outcome in enumerate(outcomes, start=1):
            turn = made.turns[at]
            said = Slice(turn=at, start=turn.start, end=turn.end, use="body")
            window = Window(
                id=f"{name}-{at}", transcript=name, index=at, slices=(said,), tokens=1
            )
            windows.append(window)
            readings[window.id] = Reading.model_validate(
                {
                    "transcript": name,
                    "window": window.id,
                    "fingerprint": "f",
                    "outcome": outcome,
                }
            )
    people = {
        name: Person(
            id=name, label=name, group=given.get(name), quote_ok=name != silent
        )
        for name in OUTCOMES
    }
    made_up = SimpleNamespace(
        transcripts=tuple(transcripts),
        windows=tuple(windows),
        readings=readings,
        people=people,
    )
    return cast("Work", made_up)


def test_who_is_silenced_or_unread_is_not_heard_and_who_is_in_part_is() -> None:
    found = heard(work())
    assert found.people == ("Ann", "Bob")
    assert (found.silenced, found.unread, found.in_part) == (
        ("Dee",),
        ("Cal",),
        ("Bob",),
    )
    assert found.counted == ("Ann", "Bob", "Dee"), "in n, and never in k"


def test_a_group_written_in_two_ways_is_one_of_those_who_were_heard() -> None:
    groups = {"Ann": "Churned", "Bob": "churned", "Dee": "churned"}
    assert groups_of(work(groups, silent="")) == {"churned": ("Ann", "Bob", "Dee")}
    assert groups_of(work(groups)) == {"Churned": ("Ann", "Bob")}


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


def synthesis(project: Path) -> Any:
    return json.loads((project / "out" / "synthesis.json").read_text("utf-8"))


def test_who_may_not_be_quoted_stands_in_n_and_is_compared_with_nobody(
    tmp_path: Path, talks: Path
) -> None:
    rows = "file,quote_ok,group\nbob.txt,no,Churned\nanna.txt,yes,churned\n"
    (talks / "participants.csv").write_text(rows, "utf-8")
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    found = synthesis(project)
    assert found["frame"]["participants"] == 4
    assert {one["of"] for one in found["themes"]} == {4}
    assert all("bob.txt#Bob" not in one["participants"] for one in found["themes"])
    assert found["saturation"]["participants"] == 3
    assert [one["name"] for one in found["saturation"]["groups"]] == ["churned"]
    assert all(sum(one["n"]) <= 3 for one in found["contrasts"])
    assert "bob.txt#Bob" in found["unassigned"]
    (note,) = [one for one in found["frame"]["notes"] if "may not be quoted" in one]
    assert note.startswith("1 of the 4 participants")
    assert found["frame"]["unheard"] == ["bob.txt#Bob"]
    assert found["frame"]["unquoted"] == ["bob.txt#Bob"]


RIVALS = '[product]\nname = "Plumbline"\nrivals = ["Fieldmoor"]\n'
BELIEFS = """\
icps:
  - name: Firms
    hypotheses:
      - {field: headcount_company, operator: ">=", value: 20}
"""


def all_claims(found: Any) -> list[Any]:
    cards = (*found["icps"], *found["personas"], *found["negative"])
    above = (one["claims"] for one in found["top_down"])
    places = (found["audience"]["claims"], found["minority"], *above)
    why = found["positioning"]["why_us"]
    held = [claim for claims in places for claim in claims]
    return [*held, *why, *(claim for card in cards for claim in card["claims"])]


def test_every_claim_has_who_may_not_be_quoted_among_those_not_looked_at(
    tmp_path: Path, talks: Path
) -> None:
    with (talks / "bob.txt").open("a", encoding="utf-8") as file:
        file.write("\nInterviewer: And?\n\nBob: Fieldmoor was dear, we left it.\n")
    rows = "file,quote_ok,group\nbob.txt,no,churned\nanna.txt,,churned\n"
    (talks / "participants.csv").write_text(rows, "utf-8")
    (talks / "study.toml").write_text(RIVALS, "utf-8")
    (tmp_path / "beliefs.yaml").write_text(BELIEFS, "utf-8")
    project = tmp_path / "study"
    flags = ("--hypotheses", tmp_path / "beliefs.yaml")
    assert run(project, talks, *flags).code == 0
    found = synthesis(project)
    claims = all_claims(found)
    assert claims
    stances = ("supports", "contradicts", "silent", "unjudged")
    for claim in claims:
        everybody = [name for stance in stances for name in claim[stance]]
        assert sorted(everybody) == [one["id"] for one in found["participants"]]
        assert "bob.txt#Bob" in claim["unjudged"]
    (weighed,) = found["top_down"][0]["weighed"]
    assert "bob.txt#Bob" in weighed["unclear"], "nobody knows, which is not silent"
    (rival,) = found["positioning"]["table"]["rivals"]
    assert (rival["mentions"]["n"], rival["mentions"]["of"]) == (0, 4)
    assert "Fieldmoor was dear" not in json.dumps(found)


def test_whose_windows_failed_stands_in_no_denominator(
    tmp_path: Path, talks: Path
) -> None:
    def model(body: dict[str, Any]) -> str:
        asked = json.dumps(body["messages"])
        extracting = "one interview" in body["messages"][0]["content"]
        return "none" if extracting and "heating business" in asked else answer(body)

    project = tmp_path / "study"
    with OpenAIServer(model) as server:
        run(project, talks, "--model", MODEL, "--base-url", server.url)
    found = synthesis(project)
    assert found["frame"]["participants"] == 4
    assert {one["of"] for one in found["themes"]} == {3}
    assert found["saturation"]["participants"] == 3
    assert any("was read" in one for one in found["frame"]["notes"])


@pytest.mark.parametrize(("group", "pointed"), [("churned", 1), ("prospect", 0)])
def test_of_a_study_of_those_who_left_it_says_so_and_where_to_look(
    tmp_path: Path, talks: Path, group: str, pointed: int
) -> None:
    rows = "".join(f"{name},{group}\n" for name in ("anna", "bob", "carla", "dev"))
    table = "file,group\n" + rows.replace(",", ".txt,")
    (talks / "participants.csv").write_text(table, "utf-8")
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    report = (project / "out" / "report.md").read_text("utf-8")
    assert "of 4 participants who were heard all have left" in report
    assert "None of these 4 people are drafted from" in report
    assert "Nobody is drafted from, so nothing was divided" in report
    assert ("See *Who it is not for*" in report) is bool(pointed)
    for wrong in ("to draft from.", "share fewer than", "are drafted from 0", "Under"):
        assert wrong not in report


def test_nobody_is_said_to_be_drafted_from_where_nothing_is_drafted() -> None:
    group = Segmentation(groups=(("Ann", "Bob"),), unassigned=())
    made = work()
    made.segmentation, made.drafted, made.themes = group, ("Ann", "Bob"), ()
    made.settings = cast("Any", SimpleNamespace(language="en"))
    said: dict[str, str] = {}
    for status in ("too_little", "draft"):
        made.profiles = (
            (cast("Any", SimpleNamespace(status=status)), Wordings(texts={})),
        )
        said[status] = " ".join(frame_notes(made))
    assert "ICPs and personas are drafted from 2 of 4" in said["draft"]
    assert "ICPs and personas are drafted from" not in said["too_little"]
