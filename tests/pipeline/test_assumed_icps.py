"""The gym case through the command line: what was assumed is an ICP of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Icp, Synthesis
from tests import study_factory
from tests.answers_factory import answer, item
from tests.gym_factory import GYMS, SHOPS, gym_study
from tests.study_factory import MODEL, answer_all, icp, run

pytestmark = pytest.mark.slow

GYM = """\
icps:
  - name: Gym chains
    hypotheses:
      - {field: industry, value: gym, scope: true, confidence: high}
      - {field: role, operator: in, value: [gym manager, retail purchaser],
         test: Ask who signs the order.}
      - {field: sites, operator: ">=", value: 3, confidence: medium}
      - {field: pain/problem, value: Members and stock are kept in two systems.}
      - {field: budget, operator: ">=", value: 5000, unit: EUR}
  - name: Ports
    hypotheses:
      - {field: industry, value: port, scope: true}
      - {field: headcount_company, operator: ">=", value: 500}
"""
STUDY = gym_study()
SAID = {one.id: one.text.split(f"{one.id}: ", 1)[1] for one in STUDY.transcripts}


def _item(insight: Insight) -> dict[str, Any]:
    """Return an insight of the fixture as a model would answer it."""
    normal = insight.normal
    quote = insight.quotes[0].text
    if quote == "gym":
        # A word that stands there twice is no quote: its clause is.
        clauses = re.split(r"[.,] ?", SAID[insight.participant])
        quote = next(one for one in clauses if re.search(r"\bgym\b", one))
    return item(
        quote,
        kind=insight.kind,
        category=insight.category,
        statement=insight.statement,
        intensity=2 if insight.kind == "pain" else None,
        attribute=insight.attribute,
        value=insight.value,
        low=normal.low if normal else None,
        high=normal.high if normal else None,
        unit=normal.unit if normal else None,
    )


def _answer(body: Mapping[str, Any]) -> str:
    system, said = (body["messages"][at]["content"] for at in (0, -1))
    if "one interview" not in system:
        return quoting(body)
    (name,) = (one for one, words in SAID.items() if words in said)
    mine = [one for one in STUDY.insights if one.participant == name]
    (turn,) = re.findall(r"^\[(\d+) P\d+\] ", said, re.MULTILINE)
    items = [_item(one) for one in mine]
    for one in items:
        one["quotes"][0]["turn"] = int(turn)
    return answer(*items)


quoting = study_factory.answer


@pytest.fixture(scope="module")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("gym")
    talks = folder / "talks"
    talks.mkdir()
    # The shops are customers; the gyms were asked because of the hypotheses.
    rows = ["file,label,participant,group"]
    for name, words in SAID.items():
        talk = f"Interviewer: Tell me about your work.\n\n{name.title()}: {words}\n"
        (talks / f"{name}.txt").write_text(talk, "utf-8")
        group = "super-user" if name in SHOPS else "prospect"
        rows.append(f"{name}.txt,{name.title()},{name},{group}")
    (talks / "participants.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "gym.yaml").write_text(GYM, "utf-8")
    project = folder / "project"
    flags = ("--model", MODEL, "--hypotheses", folder / "gym.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study_factory, "answer", _answer)
        assert run(project, talks, *flags).code == 3
        answer_all(project, folder)
        yield project


@pytest.fixture(scope="module")
def synthesis(gym: Path) -> Synthesis:
    return Project(gym).synthesis()


def named(synthesis: Synthesis, name: str) -> Icp:
    (found,) = (one for one in synthesis.icps if one.name == name)
    return found


def test_the_gyms_are_an_icp_beside_those_found(synthesis: Synthesis) -> None:
    gyms = named(synthesis, "Gym chains")
    assert (gyms.origin, gyms.status, gyms.type) == ("hypotheses", "draft", "person")
    assert gyms.participants == tuple(sorted(GYMS))
    assert gyms.n == len(GYMS)
    above = next(one for one in synthesis.top_down if one.name == "Gym chains")
    assert (above.code, above.icp) == ("separate", gyms.id)
    assert {one.id for one in gyms.claims} == {one.id for one in above.claims}
    found = [one for one in synthesis.icps if one.origin == "interviews"]
    assert all(not set(GYMS) <= set(one.participants) for one in found)


def test_its_criteria_say_how_sure_who_wrote_them_was_and_how_to_find_out(
    synthesis: Synthesis,
) -> None:
    criteria = {one.field: one for one in named(synthesis, "Gym chains").criteria}
    told = {
        name: (one.status, one.effect, one.confidence) for name, one in criteria.items()
    }
    assert told == {
        "industry": ("evidence", "knock_out", 0.75),
        "role": ("evidence", "weight", None),
        "sites": ("assumption", "weight", 0.5),
        "budget": ("assumption", "weight", None),
    }
    assert criteria["role"].test == "Ask who signs the order."
    assert "column `sites` of the accounts table" in criteria["sites"].test


def test_a_claim_that_nobody_supports_is_inference(synthesis: Synthesis) -> None:
    claims = {one.field: one for one in named(synthesis, "Gym chains").claims}
    assert claims["budget"].basis == "inference"
    assert claims["budget"].confidence.value is None
    pain = claims["pain/problem"]
    # Words that are near are no support while nobody judged them.
    above = next(one for one in synthesis.top_down if one.name == "Gym chains")
    (weighed,) = (
        one for one in above.weighed if one.hypothesis.field == "pain/problem"
    )
    assert weighed.by_likeness == ("gus", "hana", "ivo")
    assert (pain.basis, pain.supports, pain.anchors) == ("inference", (), ())
    role = claims["role"]
    assert (role.basis, role.supports) == ("evidence", tuple(sorted(GYMS)))
    assert {one.transcript for one in role.anchors} == {f"{name}.txt" for name in GYMS}
    everybody = {*GYMS, *SHOPS}
    for one in claims.values():
        stances = (one.supports, one.contradicts, one.silent, one.unjudged)
        assert {name for stance in stances for name in stance} == everybody


def test_no_signal_of_what_was_assumed_is_operational(synthesis: Synthesis) -> None:
    for name in ("Gym chains", "Ports"):
        signals = named(synthesis, name).signals.values()
        assert len(signals) == 7
        assert {one["status"] for one in signals} == {"not_operational"}


def test_an_icp_of_nobody_is_there_with_nothing_but_assumptions(
    synthesis: Synthesis,
) -> None:
    ports = named(synthesis, "Ports")
    assert (ports.type, ports.n, ports.participants) == ("account", 0, ())
    assert ports.personas == ()
    assert {one.status for one in ports.criteria} == {"assumption"}
    assert {one.basis for one in ports.claims} == {"inference"}
    assert synthesis.icps[-1] == ports


def test_its_scorecard_excludes_who_is_outside_the_scope(
    synthesis: Synthesis,
) -> None:
    gyms = named(synthesis, "Gym chains")
    rows = {one.field: one for one in gyms.scorecard.rows}
    assert rows["industry"].must_have
    assert all(one.claims for one in rows.values())
    tiers = {one.account: one.scores[gyms.id].tier for one in synthesis.fits}
    assert {tiers[name] for name in SHOPS} == {"excluded"}
    best = {one.account: one.best for one in synthesis.fits}
    assert {best[name] for name in ("gus", "hana", "ivo")} == {gyms.id}


def test_who_belongs_to_no_assumed_icp_never_fits_one_best(
    synthesis: Synthesis,
) -> None:
    ports = named(synthesis, "Ports")
    assert all(ports.id in one.scores for one in synthesis.fits)
    assert all(one.best != ports.id for one in synthesis.fits)


def test_colleagues_are_one_account_in_what_is_known_of_an_assumed_icp(
    tmp_path: Path,
) -> None:
    talks = study_factory.write_talks(tmp_path / "talks")
    again = study_factory.talk("dev").replace("Dev:", "Eli:").replace("80", "90")
    (talks / "eli.txt").write_text(again, "utf-8")
    rows = "".join(f"{name}.txt,{name}\n" for name in ("anna", "bob", "carla"))
    table = f"file,company\n{rows}dev.txt,Roofs\neli.txt,Roofs\n"
    (talks / "participants.csv").write_text(table, "utf-8")
    beliefs = (
        "icps:\n  - name: Large\n    hypotheses:\n"
        '      - {field: headcount_company, operator: ">=", value: 70, scope: true}\n'
    )
    (tmp_path / "large.yaml").write_text(beliefs, "utf-8")
    project = tmp_path / "project"
    flags = ("--hypotheses", tmp_path / "large.yaml")
    assert run(project, talks, *flags).code == 0
    large = named(Project(project).synthesis(), "Large")
    assert (large.type, large.n, len(large.participants)) == ("account", 1, 2)
    (size,) = large.criteria
    assert (size.effect, size.counts) == ("knock_out", "account")
    assert size.coverage.known == 1
    assert "1 within it, of 3 companies" in (project / "out" / "report.md").read_text(
        "utf-8"
    )


def test_overlaps_and_the_audience_take_it_in(synthesis: Synthesis) -> None:
    ids = {one.id for one in synthesis.icps}
    pairs = {frozenset(one.icps) for one in synthesis.overlaps}
    assert len(pairs) == len(ids) * (len(ids) - 1) // 2
    assert set(synthesis.audience.includes) == ids
    gyms, ports = (named(synthesis, name) for name in ("Gym chains", "Ports"))
    (both,) = (
        one for one in synthesis.overlaps if set(one.icps) == {gyms.id, ports.id}
    )
    assert (both.fields, both.compatible) == (("industry",), ())


def test_the_reports_show_it_and_count_nobody_who_is_not_of_it(gym: Path) -> None:
    page = (gym / "out" / "report.md").read_text("utf-8")
    card = page.split("### Ports", 1)[1].split("###", 1)[0]
    assert "9 people" not in card
    assert "Gym chains" in (gym / "out" / "report.html").read_text("utf-8")


def test_the_guide_asks_what_was_assumed_and_seeks_who_is_missing(gym: Path) -> None:
    told = icp("guide", "--project", gym, "--json", "--minutes", "90")
    assert told.code == 0, told.err
    guide = told.json
    gaps = [gap for one in guide["questions"] for gap in one["gaps"]]
    of = {(gap["code"], gap["subject"]) for gap in gaps if gap["test"]}
    assert ("contradicted", "sites") in of
    assert ("hypothesis", "budget") in of
    assert ("untested", "headcount_company") in of
    assert {one["code"] for one in guide["seek"]} >= {"icp_untested"}
    again = icp("guide", "--project", gym, "--language", "zh")
    assert "Ports" in again.out


def test_it_keeps_its_id_while_people_come_and_go(gym: Path) -> None:
    before = Project(gym).synthesis()
    ids = {one.name: one.id for one in before.icps if one.origin == "hypotheses"}
    longer = GYM.replace("value: port", "value: [port, shop]")
    (gym / "hypotheses.yaml").write_text(longer, "utf-8")
    assert run(gym, "--model", MODEL).code == 0
    after = Project(gym).synthesis()
    now = {one.name: one for one in after.icps if one.origin == "hypotheses"}
    gyms = now["Gym chains"]
    assert gyms.id == ids["Gym chains"]
    ports = next(one for one in after.top_down if one.name == "Ports")
    if ports.code == "overlaps":
        assert "Ports" not in now
        assert ports.nearest in {one.id for one in after.icps}
    else:
        assert now["Ports"].id == ids["Ports"]
    changes = icp("diff", "previous", "latest", "--project", gym, "--json").json
    assert ids["Gym chains"] not in json.dumps(changes["profiles"])
