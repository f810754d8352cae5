"""What people decided is chained, bound to the words, and never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from icp_synth.domain.profiles import Claim
from icp_synth.domain.reviews import Anchor, Decision
from icp_synth.domain.spans import Span
from icp_synth.errors import ProjectLocked, UsageError
from icp_synth.project.anchors import make_anchor
from icp_synth.project.decisions import (
    FOLDER,
    Record,
    Verdict,
    append,
    bind,
    read_decisions,
)
from icp_synth.project.lock import hold

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


def test_decisions_are_appended_a_line_each_and_chained(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW), verdict(LOST, said="rejected"))
    assert [record.seq for record in records] == [1, 2]
    assert records[1].prev == records[0].hash
    assert len(lines_of(tmp_path)) == 2


def test_equal_anchors_keep_a_decision(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW, LOST))
    bound = bind(records, [claim(LOST, SLOW), claim(COST, id="clm-2")], TEXTS)
    at = "2026-01-01T10:00:00+00:00"
    assert bound.claims[0].decision == Decision(verdict="accepted", by="Eva", at=at)
    assert bound.claims[1].decision is None
    assert bound.lost == ()


def test_a_corrected_typo_and_a_shorter_quote_are_equal_anchors(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW))
    corrected = TEXT.replace("Thier", "Their, I mean,")
    now = claim(SLOW).model_copy(
        update={"anchors": (anchor("approval takes three days", corrected),)}
    )
    (decided,) = bind(records, [now], {"t": corrected}).claims
    assert decided.decision is not None
    assert not decided.decision.stale


def test_half_of_the_anchors_keep_a_decision_as_stale(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW, LOST))
    (decided,) = bind(records, [claim(SLOW)], TEXTS).claims
    assert decided.decision is not None
    assert decided.decision.stale


@pytest.mark.parametrize("now", [claim(COST), claim(SLOW, field="pain/fear")])
def test_the_rest_lost_their_place_and_are_listed(tmp_path: Path, now: Claim) -> None:
    records = decide(tmp_path, verdict(SLOW))
    bound = bind(records, [now], TEXTS)
    assert bound.claims == (now,)
    assert bound.lost == records
    assert lines_of(tmp_path)


def test_of_several_the_newest_with_equal_anchors_counts(tmp_path: Path) -> None:
    records = decide(
        tmp_path,
        verdict(SLOW, said="rejected"),
        verdict(SLOW, said="edited", text="Approval takes three days"),
        verdict(SLOW, LOST),
    )
    bound = bind(records, [claim(SLOW)], TEXTS)
    decision = bound.claims[0].decision
    assert decision is not None
    assert (decision.verdict, decision.stale) == ("edited", False)
    assert bound.texts == {"clm-1": "Approval takes three days"}
    assert bound.lost == ()


def test_two_reviewers_are_taken_in_order_of_time(tmp_path: Path) -> None:
    append(tmp_path, "Zoe", verdict(SLOW, said="rejected"), at="2026-01-02")
    append(tmp_path, "Al", verdict(SLOW), at="2026-01-01")
    records = read_decisions(tmp_path).records
    decision = bind(records, [claim(SLOW)], TEXTS).claims[0].decision
    assert decision is not None
    assert decision.by == "Zoe"


def test_erasing_texts_keeps_the_chain(tmp_path: Path) -> None:
    decide(
        tmp_path, verdict(SLOW, LOST, said="edited", text="Bob waits"), verdict(LOST)
    )
    lines = lines_of(tmp_path)
    first = json.loads(lines[0])
    first["text"] = None
    first["anchors"][0]["anchor"] = None
    put_lines(tmp_path, [json.dumps(first), lines[1]])
    found = read_decisions(tmp_path)
    assert found.problems == ()
    (decided,) = bind(found.records[:1], [claim(LOST)], TEXTS).claims
    assert decided.decision is not None
    assert decided.decision.stale


def codes(project: Path) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in read_decisions(project).problems]


def test_a_change_afterwards_is_seen(tmp_path: Path) -> None:
    decide(tmp_path, verdict(SLOW, text="remark"), verdict(LOST), verdict(COST))
    lines = lines_of(tmp_path)
    put_lines(tmp_path, [lines[0].replace("accepted", "rejected"), *lines[1:]])
    assert codes(tmp_path) == [(1, "altered")]
    put_lines(tmp_path, [lines[0].replace("remark", "praise"), *lines[1:]])
    assert codes(tmp_path) == [(1, "altered_text")]
    put_lines(tmp_path, [lines[0], lines[2]])
    assert codes(tmp_path) == [(2, "broken_chain")]


def test_a_line_cut_short_by_a_crash_is_said_and_the_rest_counts(
    tmp_path: Path,
) -> None:
    decide(tmp_path, verdict(SLOW))
    path = tmp_path / FOLDER / "Eva.jsonl"
    path.write_text(path.read_text("utf-8") + '{"seq": 2, "by', "utf-8")
    append(tmp_path, "Eva", verdict(LOST), at="2026-01-02")
    found = read_decisions(tmp_path)
    assert codes(tmp_path) == [(2, "broken_line")]
    assert [record.seq for record in found.records] == [1, 2]


@pytest.mark.parametrize("name", ["../Eva", "", ".Eva", "a/b", "C:x", "a\nb"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        append(tmp_path, name, verdict(SLOW), at="2026-01-01")
    assert list(tmp_path.iterdir()) == []


def test_decisions_have_a_lock_of_their_own(tmp_path: Path) -> None:
    with hold(tmp_path / ".icp" / "lock"):
        append(tmp_path, "王芳", verdict(SLOW), at="2026-01-01")
    with hold(tmp_path / FOLDER / ".lock"), pytest.raises(ProjectLocked):
        append(tmp_path, "王芳", verdict(SLOW), at="2026-01-01")


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert read_decisions(tmp_path).records == ()


def test_a_verdict_on_a_claim_binds_to_it_wherever_it_stands(tmp_path: Path) -> None:
    records = decide(tmp_path, Verdict.on(claim(SLOW), "rejected", about="icp-1"))
    claims = [claim(SLOW), claim(LOST, id="clm-2"), claim(SLOW, id="clm-3")]
    bound = bind(records, claims, TEXTS)
    assert [one.decision is not None for one in bound.claims] == [True, False, True]


def test_an_assumption_without_quotes_is_told_by_its_text(tmp_path: Path) -> None:
    few, many = (
        Claim(id=text, field="sites", text=text, basis="inference")
        for text in ("≥ 3 sites", "≥ 30 sites")
    )
    records = decide(tmp_path, Verdict.on(few, "accepted"))
    bound = bind(records, [many, few, claim(SLOW, field="sites")], TEXTS)
    assert [one.decision is not None for one in bound.claims] == [False, True, False]
    assert bind(records, [many], TEXTS).lost == records
    lines = lines_of(tmp_path)
    wording = records[0].wording_sha256
    put_lines(tmp_path, [lines[0].replace(wording, wording[::-1])])
    assert codes(tmp_path) == [(1, "altered")]


def test_a_line_that_was_written_without_a_wording_holds_as_before(
    tmp_path: Path,
) -> None:
    decide(tmp_path, verdict(SLOW))
    line = json.loads(lines_of(tmp_path)[0])
    assert line.pop("wording_sha256") == ""
    put_lines(tmp_path, [json.dumps(line)])
    assert read_decisions(tmp_path).problems == ()
