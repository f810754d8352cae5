"""What people decided is appended and chained, and never lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from icp_synth.errors import ProjectLocked, UsageError
from icp_synth.project.binding import bind
from icp_synth.project.decisions import FOLDER, Verdict, append, read_decisions
from icp_synth.project.lock import hold
from tests.project.decision_factory import (
    COST,
    LOST,
    SLOW,
    TEXTS,
    assumed,
    claim,
    decide,
    lines_of,
    put_lines,
    verdict,
)


def test_decisions_are_appended_a_line_each_and_chained(tmp_path: Path) -> None:
    records = decide(tmp_path, verdict(SLOW), verdict(LOST, said="rejected"))
    assert [record.seq for record in records] == [1, 2]
    assert records[1].prev == records[0].hash
    assert len(lines_of(tmp_path)) == 2


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


def test_a_changed_wording_of_an_assumption_is_seen(tmp_path: Path) -> None:
    records = decide(tmp_path, Verdict.on(assumed("≥ 3 sites"), "accepted"))
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
