"""The sample study: what was planted is found, and no trap is fallen into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from icp_synth import Project
from icp_synth.domain.profiles import Synthesis
from icp_synth.exports.report import build_report
from icp_synth.stages.ground.leading import leads
from tests.sample_truth import (
    SAMPLE,
    kinds_found,
    load_truth,
    planted_themes,
    trapped,
)
from tests.study_factory import icp


@pytest.fixture(scope="module")
def truth() -> Mapping[str, Any]:
    return load_truth()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    study = Project(tmp_path_factory.mktemp("sample"))
    result = study.run(SAMPLE, created="2026-01-01T00:00:00Z")
    assert result.status == "done"
    return study


@pytest.fixture(scope="module")
def synthesis(project: Project) -> Synthesis:
    return project.synthesis()


def test_every_planted_span_is_a_slice_of_what_was_read(
    truth: Mapping[str, Any], project: Project
) -> None:
    texts = {one["transcript"]: "" for one in truth["fact"]}
    texts = {name: project.transcript(name).text for name in texts}
    spans = [
        *(span for theme in truth["theme"] for span in theme["span"]),
        *(span for one in truth["contradiction"] for span in one["span"]),
        *truth["minority"]["span"],
        *truth["fact"],
        *truth["trap"],
    ]
    for span in spans:
        text = texts[span["transcript"]]
        assert text[span["start"] : span["end"]] == span["text"]


def test_seven_of_ten_planted_themes_are_found_with_their_people(
    truth: Mapping[str, Any], synthesis: Synthesis
) -> None:
    found = planted_themes(truth, synthesis)
    assert sum(one.good for one in found) >= 7, [one.planted for one in found]


def test_the_two_kinds_of_company_are_told_apart(
    truth: Mapping[str, Any], synthesis: Synthesis
) -> None:
    assert kinds_found(truth, synthesis) >= 0.6


def test_no_trap_appears_in_facts_claims_or_values(
    truth: Mapping[str, Any], synthesis: Synthesis
) -> None:
    assert trapped(truth, synthesis) == []


def test_every_published_quote_is_its_slice_in_a_participants_turn(
    synthesis: Synthesis, project: Project
) -> None:
    transcripts = {one.id: project.transcript(one.id) for one in synthesis.transcripts}
    for insight in synthesis.insights:
        transcript = transcripts[insight.transcript]
        for quote in insight.quotes:
            turn = transcript.turns[quote.turn]
            assert quote.span.of(transcript.text) == quote.text
            assert turn.speaks == "participant"
            assert turn.participant == insight.participant
            assert turn.span.holds(quote.span)


def test_no_claim_and_no_theme_counts_more_people_than_mentions(
    project: Project, synthesis: Synthesis
) -> None:
    texts = {one.id: project.transcript(one.id) for one in synthesis.transcripts}
    report = build_report(synthesis, texts, language="en")
    cards = (*report.icps, *report.personas, *report.negative)
    of_cards = [claim for card in cards for claim in card.claims]
    of_all = [
        *report.audience,
        *report.positioning.why_us,
        *(view.claim for view in report.minority),
    ]
    assert of_cards
    assert all(one.voices.mentions >= one.k for one in of_cards)
    assert report.audience
    assert all(one.voices.mentions >= one.supports == one.k for one in of_all)
    assert all(one.mentions >= one.n for one in synthesis.themes)


def test_the_same_input_gives_the_same_bytes(project: Project, tmp_path: Path) -> None:
    again = Project(tmp_path / "again")
    again.run(SAMPLE, created="2026-01-01T00:00:00Z")
    for name in ("synthesis.json", "report.html", "report.md"):
        first = (project.folder / "out" / name).read_bytes()
        assert (again.folder / "out" / name).read_bytes() == first


def test_the_guide_says_among_whom_new_themes_still_come(project: Project) -> None:
    told = icp("guide", "--project", project.folder, "--json")
    assert told.code == 0, told.err
    guide = told.json
    assert {"segment-01", "segment-02"} <= {one["name"] for one in guide["unsaturated"]}
    gaps = [gap for one in guide["questions"] for gap in one["gaps"]]
    assert any(gap["code"] == "unsaturated" and gap["whom"] for gap in gaps)
    page = icp("guide", "--project", project.folder, "--language", "zh").out
    assert "再找 segment-01：已訪" in page
    assert not any(leads(one["text"]) for one in guide["questions"])
