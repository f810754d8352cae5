"""Review decisions become labels, and what cannot be used is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from icp_synth.domain.profiles import Claim, Synthesis
from icp_synth.errors import NotFound
from icp_synth.evaluation.labelling import ReadLabels, read_labels
from icp_synth.project.decisions import Verdict, append
from tests.study_factory import run, write_talks

AT = "2026-02-01T10:00:00+00:00"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    write_talks(folder / "talks")
    assert run(folder, folder / "talks").code == 0
    return folder


def synthesis(project: Path) -> Synthesis:
    return Synthesis.model_validate_json(
        (project / "out" / "synthesis.json").read_bytes()
    )


def claims(project: Path) -> list[Claim]:
    draft = synthesis(project)
    cards = [
        draft.audience.claims,
        *(one.claims for one in draft.icps),
        *(one.claims for one in draft.personas),
    ]
    everything = [c for one in cards for c in one]
    found = {claim.id: claim for claim in everything if claim.insights}
    return sorted(found.values(), key=lambda claim: (claim.field, claim.id))


def decide(project: Path, by: str, claim: Claim, said: Any, text: str = "") -> None:
    verdict = Verdict(
        verdict=said, field=claim.field, anchors=claim.anchors, text=text or None
    )
    append(project, by, verdict, at=AT)


def test_accepted_edited_and_rejected_claims(project: Path, tmp_path: Path) -> None:
    first, second, third = claims(project)[:3]
    decide(project, "Eva", first, "accepted")
    decide(project, "Eva", second, "edited", "They say it in other words.")
    decide(project, "Eva", third, "rejected")
    lost = third.model_copy(update={"field": "media"})
    decide(project, "Eva", lost, "accepted")
    outcome = read_labels(
        ReadLabels(sources=(project,), folder=tmp_path, origin="review")
    )
    assert outcome.problems == ()
    found = [
        label
        for path in outcome.written
        for label in json.loads(Path(path).read_text("utf-8"))["labels"]
    ]
    # A decision holds for every card that makes the claim; two insights on the same
    # words, edited alike, are one label.
    assert len(found) == outcome.labels
    accepted = {
        quote.text
        for one in synthesis(project).insights
        if one.id in first.insights
        for quote in one.quotes
    }
    assert accepted <= {q["text"] for label in found for q in label["quotes"]}
    assert {label["annotator"] for label in found} == {"Eva"}
    edited = [one for one in found if one["statement"] == "They say it in other words."]
    assert edited
    texts = {
        Path(path).stem: json.loads(Path(path).read_text("utf-8"))["text_sha256"]
        for path in outcome.written
    }
    known = {
        Path(one.id).stem: one.text_sha256 for one in synthesis(project).transcripts
    }
    assert texts.items() <= known.items()
    assert any("rejected claims: 1" in note for note in outcome.notes)
    assert any("decisions that lost their place: 1" in note for note in outcome.notes)


def test_a_project_without_decisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no decisions"):
        read_labels(ReadLabels(sources=(tmp_path,), folder=tmp_path, origin="review"))
