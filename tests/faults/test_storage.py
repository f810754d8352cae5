"""A lock, a full disk, a folder without rights: one line, the right code, no loss."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from icp_synth.project import files
from icp_synth.project.lock import hold, lock_path
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, Called, answer, icp, outputs, run, write_talks


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


def assert_said(ended: Called, code: int, *words: str) -> None:
    """Assert that an error is one line with a way out, and nothing is printed."""
    assert (ended.code, ended.out) == (code, ""), ended.err
    line, hint = ended.err.splitlines()[-2:]
    assert line.startswith("icp-synth: ")
    assert hint.startswith("  ")
    for word in words:
        assert word in line + hint


def test_a_second_run_names_who_holds_the_project(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    with hold(lock_path(project)) as holder:
        ended = run(project, talks)
    assert_said(ended, 2, str(holder.pid), holder.host, holder.started)
    assert run(project, talks).code == 0


def test_the_lock_of_a_process_that_died_is_taken_over(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with hold(lock_path(project)) as holder:
        dead = holder.model_copy(update={"pid": 2**22 + 1}).model_dump()
    lock_path(project).write_text(json.dumps(dead), "utf-8")
    assert run(project, talks).code == 0


def test_status_and_show_read_beside_a_run(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    with hold(lock_path(project)):
        assert icp("status", "--project", project, "--json").code == 0
        shown = icp("show", "transcript", "anna", "--text", "--project", project)
        assert shown.code == 0
        found = icp("search", "exports", "--project", project, "--json")
        assert found.json["passages"]
        assert run(project).code == 0  # unchanged: nothing to write


def refuse(monkeypatch: pytest.MonkeyPatch, number: int, *, inside: str) -> None:
    """Let writing below a folder fail as the system would."""
    write = files._write_durably

    def refusing(path: Path, content: bytes) -> None:
        if inside in path.parts:
            raise OSError(number, os.strerror(number))
        write(path, content)

    monkeypatch.setattr(files, "_write_durably", refusing)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("inside", [".icp", "out"])
def test_a_folder_that_cannot_be_written_ends_it_before_the_first_call(
    tmp_path: Path,
    talks: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    inside: str,
) -> None:
    project = tmp_path / "study"
    assert icp("sources", "add", talks, "--project", project).code == 0
    refuse(monkeypatch, number, inside=inside)
    with OpenAIServer(answer) as server:
        ended = run(project, "--model", MODEL, "--base-url", server.url)
        assert server.requests == []
    assert_said(ended, 3, str(project))


def test_a_project_folder_that_cannot_be_made_is_one_line(
    tmp_path: Path, talks: Path
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert_said(run(tmp_path / "file" / "study", talks), 3, "file")


def test_a_disk_that_is_full_at_the_end_loses_nothing(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    before = outputs(project)
    (talks / "anna.txt").unlink()
    write = files._write_durably

    def full(path: Path, content: bytes) -> None:
        if "report.html" in path.name:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(files, "_write_durably", full)
        assert_said(run(project), 3, "report.html", "bytes", "Free some space")
    assert outputs(project)["report.html"] == before["report.html"]
    assert run(project).code == 0
    assert b"anna.txt" not in outputs(project)["synthesis.json"]


def test_a_disk_that_is_full_in_the_middle_keeps_the_paid_answers(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "study"
    connect = sqlite3.connect
    limit = 0

    def small(*args: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **named)
        if limit:
            connection.execute(f"PRAGMA max_page_count = {limit}")
        return connection

    assert icp("ingest", talks, "--project", project).code == 0
    ledger = project / ".icp" / "ledger.sqlite"
    limit = ledger.stat().st_size // 4096 + 6
    monkeypatch.setattr(sqlite3, "connect", small)
    with OpenAIServer(answer) as server:
        flags = ("--model", MODEL, "--base-url", server.url, "--in-flight", "1")
        assert_said(run(project, *flags), 3, "ledger.sqlite", "Free some space")
        sent, limit = len(server.requests), 0
        ended = run(project, *flags)
    assert ended.code == 0
    assert ended.json["calls"] + sent <= 7 + 1


def test_an_unreadable_source_folder_is_a_line_and_the_others_go_on(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (talks / "closed").mkdir()
    scan = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ended = run(tmp_path / "study", talks)
    assert (ended.code, ended.json["transcripts"]) == (3, 4)
    assert "closed: failed: It cannot be read: Permission denied" in ended.err


def test_a_damaged_ledger_says_how_to_go_on(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    ledger = project / ".icp" / "ledger.sqlite"
    ledger.write_bytes(b"no database at all" * 1000)
    assert_said(run(project), 3, "damaged", "delete .icp/")


def test_a_lost_index_changes_nothing(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    before = icp("search", "exports", "--project", project, "--json").json
    for path in (project / ".icp" / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"rubbish")
    again = icp("search", "exports", "--project", project, "--json")
    assert (again.code, again.json) == (0, before)


def test_an_unexpected_error_leaves_a_report_and_exits_70(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from icp_synth.pipeline import run as module

    def broken(*_: object) -> str:
        msg = "a bug"
        raise RuntimeError(msg)

    monkeypatch.setattr(module, "inputs_digest", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = run(tmp_path / "study", talks)
    assert (ended.code, ended.out) == (70, "")
    assert "RuntimeError: a bug" in ended.err
    assert "Traceback" not in ended.err
    (report,) = tmp_path.glob("icp-synth-error-*.txt")
    assert str(report) in ended.err
    assert "Traceback" in report.read_text("utf-8")
