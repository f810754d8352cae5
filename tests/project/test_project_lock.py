"""One writer at a time, named to whoever comes second."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from icp_synth.errors import ProjectLocked
from icp_synth.project.lock import hold, holder, lock_path

HOLD = """
import sys
from pathlib import Path
from icp_synth.project.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holding_child(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        try:
            yield child
        finally:
            child.kill()


def test_the_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    with holding_child(path) as child:
        found = holder(path)
        assert found is not None
        assert found.pid == child.pid
        with pytest.raises(ProjectLocked) as caught, hold(path):
            pass
    said = f"process {child.pid} on {socket.gethostname()} since {found.started}"
    assert said in caught.value.message
    assert caught.value.exit_code == 2


def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    with holding_child(path) as child:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert json.loads(path.read_text())["pid"] == child.pid
    assert holder(path) is None
    with hold(path) as mine:
        assert mine.pid == os.getpid()


def test_a_lock_is_not_taken_from_another_machine(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    path.parent.mkdir()
    path.write_text('{"pid": 1, "host": "elsewhere", "started": "2026-01-01"}')
    with pytest.raises(ProjectLocked, match="process 1 on elsewhere"), hold(path):
        pass
    assert "delete that file" in str(ProjectLocked("", hint="delete that file"))


def test_one_process_cannot_hold_it_twice_and_leaves_it_free(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    with hold(path) as mine:
        assert holder(path) == mine
        with pytest.raises(ProjectLocked), hold(path):
            pass
    assert holder(path) is None
    with hold(path):
        pass


def test_a_lock_file_with_no_sense_in_it_is_free(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    path.parent.mkdir()
    path.write_bytes(b"\xff\x00{")
    assert holder(path) is None
    with hold(path):
        pass


def test_an_error_inside_releases_the_lock(tmp_path: Path) -> None:
    path = lock_path(tmp_path)
    with pytest.raises(KeyError), hold(path):
        raise KeyError
    assert path.read_text() == ""
