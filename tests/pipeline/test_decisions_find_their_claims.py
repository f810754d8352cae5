"""Decisions bind to claims of every place, survive new interviews, and stay listed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.pipeline.deciding import claims_in, each_claim
from icp_synth.project.decisions import Said, Verdict, append
from icp_synth.stages.diff.pairs import places_of, standing_claims
from icp_synth.stages.guide.gaps import claims_of
from tests import study_factory
from tests.study_factory import (
    CREATED,
    MODEL,
    answer_all,
    naming,
    outputs,
    run,
    talk,
    write_talks,
)

pytestmark = pytest.mark.slow

GONE = {
    "gil": "We left since the map is slow in the yard, you wait for every street.",
    "hana": "I left because the map is slow in the yard every morning.",
    "ivo": "The map is slow in the yard, so we left in the spring.",
}
ALONE = "I hate the tracking dot of the app."
HEARD = {
    "anna": "I heard of it at the trade fair in spring.",
    "bob": "I found it at the trade fair.",
    "carla": "We found out about it at the trade fair.",
    "dev": "I heard about it at the trade fair in spring.",
}
SAME_DAY = "Invoices leave on the same day"
STUDY = """
[product]
name = "Jobwren"
value_proposition = ["Invoices go out on the same day"]
[[research.hypotheses]]
icp = "Trades"
field = "headcount_company"
operator = ">="
value = 20.0
[[research.hypotheses]]
icp = "Trades"
field = "sites"
operator = ">="
value = 300.0
"""


def write(folder: Path) -> None:
    """Write the interviews of a folder anew into participants.csv."""
    talks = folder / "talks"
    rows = [["file", "label", "participant", "company", "group"]]
    for path in sorted(talks.glob("*.txt")):
        name = path.stem.title()
        group = "churned" if path.stem in GONE else "super-user"
        rows.append([path.name, name, name, f"Firm of {name}", group])
    with (talks / "participants.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def say(folder: Path, name: str, said: str) -> None:
    words = f"Interviewer: How is it going?\n\n{name.title()}: {said}\n"
    (folder / "talks" / f"{name}.txt").write_text(words, "utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write_talks(tmp_path / "talks")
    for name, said in {**GONE, "lea": ALONE}.items():
        say(tmp_path, name, said)
    for name, said in HEARD.items():
        asked = "\nInterviewer: How did you hear of it?\n\n"
        with (tmp_path / "talks" / f"{name}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{asked}{name.title()}: {said}\n")
    write(tmp_path)
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    assert run(tmp_path, tmp_path / "talks").code == 0
    return tmp_path


def of(project: Path) -> Synthesis:
    return Project(project).synthesis()


def by_place(synthesis: Synthesis) -> dict[str, tuple[Claim, ...]]:
    negative = synthesis.negative
    return {
        "persona": tuple(one for card in synthesis.personas for one in card.claims),
        "negative": tuple(one for card in negative for one in card.claims),
        "negative persona": tuple(
            one
            for card in negative
            if card.persona is not None
            for one in card.persona.claims
        ),
        "audience": synthesis.audience.claims,
        "why_us": synthesis.positioning.why_us,
        "minority": synthesis.minority,
        "top_down": tuple(one for card in synthesis.top_down for one in card.claims),
    }


def decide(project: Path, claims: list[Claim], said: Said = "rejected") -> None:
    for claim in claims:
        append(project, "Eva", Verdict.on(claim, said), at=CREATED)


def told(project: Path) -> Any:
    return json.loads(outputs(project)["synthesis.json"])["coverage"]["decisions"]


def test_a_decision_binds_in_every_place_and_survives_another_interview(
    project: Path,
) -> None:
    before = by_place(of(project))
    # Why they stay takes a theme's name, which only a model gives: see below.
    assert [place for place, claims in before.items() if not claims] == ["why_us"]
    del before["why_us"]
    firsts = {place: claims[0] for place, claims in before.items()}
    decide(project, list(firsts.values()))
    assert run(project).code == 0
    after = by_place(of(project))
    for place, claim in firsts.items():
        (now,) = (one for one in after[place] if one.id == claim.id)
        assert now.decision is not None, place
        assert (now.decision.verdict, now.decision.stale) == ("rejected", False)

    (project / "talks" / "olga.txt").write_text(
        talk("dev").replace("Dev", "Olga"), "utf-8"
    )
    write(project)
    assert run(project).code == 0
    later = by_place(of(project))
    for place in ("negative", "negative persona"):
        (now,) = (one for one in later[place] if one.anchors == firsts[place].anchors)
        assert now.decision is not None
        assert not now.decision.stale
    assert any(one.decision is not None for one in later["audience"])
    found = told(project)
    assert (found["lost"], found["lost_decisions"]) == (0, [])
    assert found["stale"] == sum(
        one.decision is not None and one.decision.stale
        for one in claims_in(of(project))
    )


def test_a_decision_on_why_they_stay_survives_another_interview(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_factory, "answer", naming("invoices", SAME_DAY))
    talks = write_talks(tmp_path / "talks")
    write(tmp_path)
    (tmp_path / "study.toml").write_text(STUDY, "utf-8")
    assert run(tmp_path, talks, "--model", MODEL).code == 3
    answer_all(tmp_path, tmp_path)
    (claim,) = by_place(of(tmp_path))["why_us"]
    assert (claim.text, len(claim.supports)) == (SAME_DAY, 4)
    decide(tmp_path, [claim])
    assert run(tmp_path, "--model", MODEL).code == 0
    (bound,) = by_place(of(tmp_path))["why_us"]
    assert bound.decision is not None
    assert (bound.id, bound.decision.stale) == (claim.id, False)

    (talks / "olga.txt").write_text(talk("dev").replace("Dev", "Olga"), "utf-8")
    write(tmp_path)
    assert run(tmp_path, "--model", MODEL).code == 3
    answer_all(tmp_path, tmp_path)
    (later,) = by_place(of(tmp_path))["why_us"]
    assert "Olga" in later.supports
    assert later.decision is not None
    assert later.decision.verdict == "rejected"
    found = told(tmp_path)
    assert (found["lost"], found["lost_decisions"]) == (0, [])


def test_an_assumption_that_nobody_speaks_of_keeps_its_decision(project: Path) -> None:
    (claim,) = (c for c in by_place(of(project))["top_down"] if not c.anchors)
    decide(project, [claim], "accepted")
    assert run(project).code == 0
    decided = [one for one in claims_in(of(project)) if one.decision is not None]
    assert decided
    assert {one.text for one in decided} == {claim.text}


def test_all_claims_are_walked_in_one_order_whoever_walks(project: Path) -> None:
    synthesis = of(project)
    changed: list[str] = []

    def note(claim: Claim) -> Claim:
        changed.append(claim.id)
        return claim

    each_claim(synthesis, note)
    assert changed == [one.id for one in claims_in(synthesis)]
    once = {one.claim.id for one in standing_claims(synthesis, places_of)}
    assert once == set(changed) == {one.id for one in claims_of(synthesis)}


def test_equal_claims_in_several_places_get_the_decision_in_each(project: Path) -> None:
    claims = by_place(of(project))
    shared = {one.id for one in claims["negative persona"]}
    claim = next(one for one in claims["negative"] if one.id in shared)
    decide(project, [claim])
    assert run(project).code == 0
    for place in ("negative", "negative persona"):
        (now,) = (one for one in by_place(of(project))[place] if one.id == claim.id)
        assert now.decision is not None


def test_who_has_every_claim_decided_is_reviewed(project: Path) -> None:
    (negative,) = of(project).negative
    assert negative.status == "draft"
    decide(project, list(negative.claims), "accepted")
    assert run(project).code == 0
    (reviewed,) = of(project).negative
    assert reviewed.status == "reviewed"
    assert reviewed.persona is not None
    assert reviewed.persona.status == "reviewed"


def test_a_decision_that_lost_its_place_is_listed_with_the_words_that_still_stand(
    project: Path,
) -> None:
    claim = by_place(of(project))["negative"][0]
    decide(project, [claim])
    for name in ("gil", "hana"):
        (project / "talks" / f"{name}.txt").unlink()
    say(project, "ivo", "The van is late. " + GONE["ivo"])
    write(project)
    assert run(project).code == 0
    found = told(project)
    (lost,) = found["lost_decisions"]
    assert found["lost"] == 1
    assert (lost["by"], lost["verdict"], lost["field"]) == (
        "Eva",
        "rejected",
        claim.field,
    )
    assert lost["anchors"] == len(claim.anchors)
    text = Project(project).transcript("ivo.txt").text
    assert lost["quotes"]
    for quote in lost["quotes"]:
        assert quote["transcript"] == "ivo.txt"
        assert text[quote["start"] : quote["end"]] == quote["text"]
