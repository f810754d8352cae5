"""Killed at any place, a run goes on and ends in the bytes of one that was not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest

from tests.servers.openai_server import OpenAIServer
from tests.study_factory import CREATED, MODEL, answer, outputs, run, write_talks

pytestmark = pytest.mark.slow


ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_talks(tmp_path_factory.mktemp("crashes") / "talks")


@pytest.fixture(scope="module")
def expected(talks: Path) -> dict[str, bytes]:
    """Return what a run writes that nothing disturbs."""
    project = talks.parent / "undisturbed"
    assert run(project, talks).code == 0
    return outputs(project)


@pytest.fixture(scope="module")
def expected_live(talks: Path) -> dict[str, bytes]:
    """Return the same of a run with a model."""
    project = talks.parent / "undisturbed-live"
    with OpenAIServer(answer) as server:
        flags = ("--model", MODEL, "--base-url", server.url)
        assert run(project, talks, *flags).code == 0
    return outputs(project)


def start(*words: str | Path, place: str = "nowhere", times: int = 1) -> Any:
    """Start the command line as a process of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.faults.crash_driver", place, str(times)),
            *map(str, words),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_flags(project: Path, talks: Path) -> tuple[str | Path, ...]:
    return ("run", talks, "--project", project, "--created", CREATED, "--json")


def left_over(project: Path) -> list[Path]:
    return [*project.rglob("*.tmp"), *project.rglob(".*.tmp")]


@pytest.mark.parametrize(
    ("place", "times"),
    [
        ("after_temp_write", 1),  # study.toml
        ("before_commit", 3),
        ("after_commit", 12),
        ("after_rename", 2),  # names.json
        ("after_rename", 4),  # an output
    ],
)
def test_a_killed_run_goes_on_to_the_same_bytes(
    tmp_path: Path,
    talks: Path,
    expected: dict[str, bytes],
    place: str,
    times: int,
) -> None:
    project = tmp_path / "study"
    with start(*run_flags(project, talks), place=place, times=times) as child:
        child.communicate()
        assert child.returncode == -signal.SIGKILL
    assert run(project, talks).code == 0
    assert outputs(project) == expected
    assert left_over(project) == []


def test_no_answer_is_paid_for_twice_after_a_kill(
    tmp_path: Path, talks: Path, expected_live: dict[str, bytes]
) -> None:
    project, in_flight = tmp_path / "study", 2
    held = threading.Event()
    seen: list[str] = []

    def answer_and_kill(body: Mapping[str, Any]) -> str:
        seen.append(body["messages"][-1]["content"])
        if len(seen) == 4:
            child.kill()
            held.wait(30)
        return answer(body)

    with OpenAIServer(answer_and_kill) as server:
        flags = (
            *("--model", MODEL, "--base-url", server.url),
            *("--in-flight", str(in_flight)),
        )
        with start(*run_flags(project, talks), *flags) as child:
            child.communicate()
            held.set()
        server.answer = answer
        ended = run(project, talks, *flags)
        total = len(server.requests)
    assert ended.code == 0, ended.err
    assert outputs(project) == expected_live
    assert total <= ended.json["calls"] + 4
    assert ended.json["calls"] <= 7 - 4 + in_flight


def test_ctrl_c_keeps_what_is_under_way_and_exits_130(
    tmp_path: Path, talks: Path, expected_live: dict[str, bytes]
) -> None:
    project = tmp_path / "study"
    seen: list[str] = []

    def answer_and_interrupt(body: Mapping[str, Any]) -> str:
        seen.append(body["messages"][-1]["content"])
        if len(seen) == 2:
            child.send_signal(signal.SIGINT)
        return answer(body)

    with OpenAIServer(answer_and_interrupt) as server:
        flags = ("--model", MODEL, "--base-url", server.url, "--in-flight", "1")
        with start(*run_flags(project, talks), *flags) as child:
            out, err = child.communicate()
        assert (child.returncode, out) == (130, "")
        assert "goes on from here" in err
        assert "Traceback" not in err
        assert len(seen) == 2
        ended = run(project, talks, *flags)
    assert ended.json["calls"] == 7 - 2
    assert outputs(project) == expected_live


def test_ctrl_c_twice_ends_at_once_and_loses_nothing(
    tmp_path: Path, talks: Path, expected_live: dict[str, bytes]
) -> None:
    project = tmp_path / "study"
    held = threading.Event()
    seen: list[str] = []

    def answer_and_interrupt(body: Mapping[str, Any]) -> str:
        seen.append(body["messages"][-1]["content"])
        if len(seen) == 2:
            child.send_signal(signal.SIGINT)
            held.wait(30)
        return answer(body)

    with OpenAIServer(answer_and_interrupt) as server:
        flags = ("--model", MODEL, "--base-url", server.url, "--in-flight", "1")
        with start(*run_flags(project, talks), *flags) as child:
            told = next(line for line in child.stderr if "Ctrl-C again" in line)
            child.send_signal(signal.SIGINT)
            err = told + child.stderr.read()
            code = child.wait()
            waits = not held.is_set()
            held.set()
        assert (code, waits) == (130, True)
        assert "goes on from here" in err
        assert "Traceback" not in err
        assert run(project, talks, *flags).code == 0
    assert outputs(project) == expected_live


@pytest.mark.parametrize("line", ["begins", "read:", "extract:", "index:", "draft:"])
def test_ctrl_c_again_and_again_exits_130_wherever_it_comes(
    tmp_path: Path, talks: Path, line: str
) -> None:
    with start(*run_flags(tmp_path / "study", talks)) as child:
        before = list(takewhile(lambda told: not told.startswith(line), child.stderr))
        assert child.poll() is None, before
        while child.poll() is None:
            child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert (child.returncode, out) == (130, "")
    assert "goes on from here" in err
    assert "Traceback" not in err


def test_ctrl_c_without_a_model_exits_130(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    with start(*run_flags(project, talks)) as child:
        for line in child.stderr:
            if line.startswith("chunk:"):
                child.send_signal(signal.SIGINT)
                break
        out, err = child.communicate()
    assert (child.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err
    assert run(project, talks).code == 0


def test_the_signal_of_a_supervisor_ends_it_without_a_word(
    tmp_path: Path, talks: Path, expected: dict[str, bytes]
) -> None:
    project = tmp_path / "study"
    with start(*run_flags(project, talks)) as child:
        for line in child.stderr:
            if line.startswith("chunk:"):
                child.terminate()
                break
        _, err = child.communicate()
    assert child.returncode == -signal.SIGTERM
    assert "Traceback" not in err
    assert run(project, talks).code == 0
    assert outputs(project) == expected


def test_whoever_reads_the_output_may_stop_early() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            [sys.executable, "-m", "icp_synth", "schema", "synthesis"],
            stdout=nobody,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_progress_that_nobody_reads_does_not_stop_the_work(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        ended = subprocess.run(
            [sys.executable, "-m", "icp_synth", *map(str, run_flags(project, talks))],
            stdout=nobody,
            stderr=nobody,
            cwd=ROOT,
            check=False,
        )
    assert ended.returncode == 0
    assert (project / "out" / "report.html").is_file()
