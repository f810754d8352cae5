"""A file is written whole or not at all, and a full disk is said plainly."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from icp_synth.errors import StorageError
from icp_synth.project.files import preflight, remove_orphans, write_atomic

WRITE = """
import sys
from pathlib import Path
from icp_synth.project.files import write_atomic
write_atomic(Path(sys.argv[1]), "new")
"""


def write_and_die(path: Path, place: str) -> int:
    environment = os.environ | {"ICP_SYNTH_FAILPOINT": place}
    command = [sys.executable, "-c", WRITE, str(path)]
    return subprocess.run(command, env=environment, check=False).returncode


@pytest.mark.parametrize(
    ("place", "left"),
    [("after_temp_write", "old"), ("after_fsync", "old"), ("after_rename", "new")],
)
def test_a_kill_leaves_the_old_file_or_the_new_one(
    tmp_path: Path, place: str, left: str
) -> None:
    path = tmp_path / "names.json"
    path.write_text("old")
    assert write_and_die(path, place) == -signal.SIGKILL
    assert path.read_text() == left
    remove_orphans(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["names.json"]


def test_orphans_of_living_processes_and_of_others_stay(tmp_path: Path) -> None:
    kept = [f".out.json.{os.getppid()}.tmp", "mine.tmp", ".notes.tmp"]
    for name in kept:
        (tmp_path / name).touch()
    assert remove_orphans(tmp_path) == ()
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(kept)


def fail_with(code: int) -> object:
    def fsync(_: int) -> None:
        raise OSError(code, os.strerror(code))

    return fsync


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, "Free some space"),
        (errno.EACCES, "Make the folder writable"),
        (errno.EROFS, "read-only"),
    ],
)
def test_what_the_disk_refuses_names_path_bytes_and_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, said: str
) -> None:
    path = tmp_path / "synthesis.json"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", fail_with(code))
    with pytest.raises(StorageError, match=rf"synthesis\.json \(5 bytes\).*{said}"):
        write_atomic(path, "12345")
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_found_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preflight(tmp_path / ".icp")
    assert list((tmp_path / ".icp").iterdir()) == []
    monkeypatch.setattr(os, "fsync", fail_with(errno.EROFS))
    with pytest.raises(StorageError, match=r"\.icp"):
        preflight(tmp_path / ".icp")
    assert list((tmp_path / ".icp").iterdir()) == []


def test_a_file_in_the_way_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StorageError, match="out is a file, and a folder is needed"):
        write_atomic(tmp_path / "out" / "report.md", "text")


def test_renaming_over_an_open_file_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals = [PermissionError(errno.EACCES, "in use")] * 2
    rename = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr("time.sleep", lambda _: None)
    write_atomic(tmp_path / "report.html", "<p>")
    assert (tmp_path / "report.html").read_text() == "<p>"


def test_bytes_and_line_ends_are_written_as_given(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a" / "b.txt", "one\r\n二\n")
    assert (tmp_path / "a" / "b.txt").read_bytes() == "one\r\n二\n".encode()
