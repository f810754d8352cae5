"""The recorded reading is replayed: no model, no network, every answer hits."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from icp_synth import Project
from tests.sample_truth import SAMPLE, kinds_found, load_truth, planted_themes

RECORDED = SAMPLE / "recorded"
SETTINGS = tomllib.loads((RECORDED / "recorded.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("recorded"))


def test_every_recorded_answer_hits_and_nothing_is_left_to_ask(
    project: Project,
) -> None:
    asking = {
        "model": SETTINGS["model"],
        "prompts": str(RECORDED / "prompts"),
        "created": "2026-01-01T00:00:00Z",
    }
    waiting = project.run(SAMPLE, **asking)
    for name in SETTINGS["answers"]:
        assert waiting.status == "waiting"
        lines = (RECORDED / name).read_text("utf-8").splitlines()
        report = project.take_answers(lines)
        assert len(report.accepted) == len(lines)
        assert report.counts() | {"accepted": 0, "missing": 0} == {
            "accepted": 0,
            "failed": 0,
            "unknown": 0,
            "duplicate": 0,
            "missing": 0,
        }
        waiting = project.run(**asking)
    assert waiting.status == "done"
    assert waiting.calls == 0


def test_nine_of_ten_planted_themes_are_found_in_it(project: Project) -> None:
    truth, synthesis = load_truth(), project.synthesis()
    found = planted_themes(truth, synthesis)
    assert sum(one.good for one in found) >= 9, [one.planted for one in found]
    assert kinds_found(truth, synthesis) >= 0.6


def test_the_planted_minority_has_its_place(project: Project) -> None:
    planted = load_truth()["minority"]
    synthesis = project.synthesis()
    insights = {one.id: one for one in synthesis.insights}
    cited = [
        (insights[one].transcript, quote)
        for view in synthesis.minority
        for one in view.insights
        for quote in insights[one].quotes
    ]
    assert any(
        name == span["transcript"]
        and quote.start < span["end"]
        and span["start"] < quote.end
        for name, quote in cited
        for span in planted["span"]
    )


def test_the_planted_participant_who_takes_it_back_is_found(project: Project) -> None:
    (planted,) = (one for one in load_truth()["contradiction"] if one["id"] == "C3")
    back = planted["span"][1]
    synthesis = project.synthesis()
    insights = {one.id: one for one in synthesis.insights}
    claims = [claim for icp in synthesis.icps for claim in icp.claims]
    claims += [claim for one in synthesis.personas for claim in one.claims]
    found = [claim for claim in claims if back["participant"] in claim.contradicts]
    assert found
    for claim in found:
        mine = [insights[one] for one in claim.counter]
        quotes = [
            q
            for one in mine
            if one.participant == back["participant"]
            for q in one.quotes
        ]
        assert any(back["start"] <= one.start < back["end"] for one in quotes)
        assert {insights[one].participant for one in claim.divided} == {
            back["participant"]
        }


@pytest.mark.parametrize("planted", ["C1", "C2"])
def test_the_planted_participant_who_says_otherwise_is_found(
    project: Project, planted: str
) -> None:
    (one,) = (each for each in load_truth()["contradiction"] if each["id"] == planted)
    (other,) = (span for span in one["span"] if span["side"] == "b")
    sayers = {span["participant"] for span in one["span"] if span["side"] == "a"}
    synthesis = project.synthesis()
    insights = {insight.id: insight for insight in synthesis.insights}
    against = [
        quote.span.of(project.transcript(other["transcript"]).text)
        for icp in synthesis.icps
        for claim in icp.claims
        if other["participant"] in claim.contradicts and sayers & set(claim.supports)
        for counter in claim.counter
        if insights[counter].participant == other["participant"]
        for quote in insights[counter].quotes
    ]
    assert any(said in other["text"] or other["text"] in said for said in against)


def test_no_quote_of_the_model_had_to_be_refused(project: Project) -> None:
    synthesis = project.synthesis()
    assert synthesis.quarantined == ()
    texts = {one.id: project.transcript(one.id).text for one in synthesis.transcripts}
    for insight in synthesis.insights:
        for quote in insight.quotes:
            assert quote.span.of(texts[insight.transcript]) == quote.text


def test_the_prompts_that_were_answered_lie_beside_the_answers() -> None:
    names = {path.name for path in Path(RECORDED / "prompts").glob("*.md")}
    assert names == {
        "extract.md",
        "name_themes.md",
        "name_groups.md",
        "draft.md",
        "judge.md",
    }
