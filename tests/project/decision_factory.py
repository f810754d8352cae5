"""Claims with anchors, and decisions about them in a project."""

from __future__ import annotations

from pathlib import Path

from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.spans import Span
from icp_synth.project.anchors import make_anchor
from icp_synth.project.decisions import (
    FOLDER,
    Record,
    Verdict,
    append,
    read_decisions,
)

TEXT = (
    "Bob: Thier approval takes three days, every month. We lose receipts, since people "
    "send photos by chat. The price went up twice and nobody told us why."
)
TEXTS = {"t": TEXT}
SLOW = "Thier approval takes three days"
LOST = "We lose receipts"
COST = "The price went up twice"


def anchor(words: str, text: str = TEXT) -> Anchor:
    start = text.index(words)
    return make_anchor("t", text, Span(start=start, end=start + len(words)))


def claim(*words: str, field: str = "pain/problem", id: str = "clm-1") -> Claim:
    return Claim(
        id=id,
        field=field,
        text="Approval is slow",
        basis="evidence",
        insights=("ins-1",),
        supports=("Bob",),
        anchors=tuple(anchor(one) for one in words),
    )


def assumed(text: str) -> Claim:
    return Claim(id=text, field="sites", text=text, basis="inference")


def verdict(
    *words: str, said: str = "accepted", field: str = "pain/problem", text: str = ""
) -> Verdict:
    anchors = [anchor(one).model_dump() for one in words]
    return Verdict.model_validate(
        {"verdict": said, "field": field, "anchors": anchors, "text": text or None}
    )


def decide(project: Path, *verdicts: Verdict, by: str = "Eva") -> tuple[Record, ...]:
    for minute, one in enumerate(verdicts):
        append(project, by, one, at=f"2026-01-01T10:{minute:02d}:00+00:00")
    found = read_decisions(project)
    assert found.problems == ()
    return found.records


def lines_of(project: Path, name: str = "Eva") -> list[str]:
    return (project / FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()


def put_lines(project: Path, lines: list[str], name: str = "Eva") -> None:
    body = "".join(f"{line}\n" for line in lines)
    (project / FOLDER / f"{name}.jsonl").write_text(body, "utf-8")
