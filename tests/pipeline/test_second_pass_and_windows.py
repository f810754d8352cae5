"""Gleaning and window sizes as settings of a run, a plan and a batch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.servers.openai_server import OpenAIServer
from tests.study_factory import (
    MODEL,
    answer,
    answer_all,
    icp,
    outputs,
    run,
    write_talks,
)

GLEAN = ("--gleaning", "1")


def forgetful(body: Mapping[str, Any]) -> str:
    """Answer with the first insight alone, and with the others when asked again."""
    messages = body["messages"]
    if len(messages) != 4:
        said: dict[str, Any] = json.loads(answer(body))
        return json.dumps({**said, "insights": said["insights"][:1]})
    whole = json.loads(answer({**body, "messages": messages[:2]}))
    return json.dumps({"insights": whole["insights"]})


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


def steps(file: Path) -> list[int]:
    lines = file.read_text("utf-8").splitlines()
    return [len(json.loads(line)["body"]["messages"]) for line in lines]


def test_a_run_asks_each_window_twice_and_counts_what_is_new(
    tmp_path: Path, talks: Path
) -> None:
    def model(body: Mapping[str, Any]) -> str:
        one_interview = "one interview" in body["messages"][0]["content"]
        return forgetful(body) if one_interview else answer(body)

    project = tmp_path / "study"
    with OpenAIServer(model) as server:
        where = ("--model", MODEL, "--base-url", server.url)
        plain = run(project, talks, *where).json
        before = len(server.requests)
        gleaned = run(project, *where, *GLEAN).json
        again = run(project, *where, *GLEAN).json
        sent = [len(one["messages"]) for one in server.requests[before:]]
    assert (plain["insights"], gleaned["insights"]) == (4, 12)
    assert sent.count(4) == 4
    assert again["calls"] == 0
    reading = icp("status", "--project", project, "--json").json["reading"]
    assert (reading["gleaned"], reading["gleaned_duplicates"]) == (8, 4)
    prompts = json.loads(outputs(project)["synthesis.json"])["manifest"]["prompts"]
    assert prompts["glean"].startswith("glean@1#")


def test_by_batch_the_second_question_is_exported_once_the_first_is_answered(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    waits = run(project, talks, "--model", MODEL, *GLEAN)
    assert "--gleaning 1 --step extract" in waits.json["message"]
    assert answer_all(project, tmp_path, GLEAN) == 3
    live = tmp_path / "live"
    with OpenAIServer(answer) as server:
        run(live, talks, "--model", MODEL, "--base-url", server.url, *GLEAN)
    assert outputs(live) == outputs(project)


def test_the_step_can_be_exported_by_itself(tmp_path: Path, talks: Path) -> None:
    project, file = tmp_path / "study", tmp_path / "out.jsonl"
    run(project, talks, "--model", MODEL)
    answer_all(project, tmp_path)
    flags = ("--project", project, "--model", MODEL, *GLEAN, "--step", "glean")
    assert icp("batch", "export", *flags, "-o", file).code == 0
    assert steps(file) == [4, 4, 4, 4]


def test_a_plan_counts_the_second_pass(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    flags = ("--project", project, "--model", MODEL, "--json")
    plain = icp("plan", talks, *flags).json
    gleaning = icp("plan", *flags, *GLEAN).json
    assert "glean" not in plain["steps"]
    extract, glean = (gleaning["steps"][name] for name in ("extract", "glean"))
    assert extract == plain["steps"]["extract"]
    assert glean["calls"] == 4
    assert glean["input_tokens"] > extract["input_tokens"]
    assert gleaning["calls"] == plain["calls"] + 4
    assert gleaning["input_tokens"] == plain["input_tokens"] + glean["input_tokens"]


def test_a_plan_leaves_out_what_is_answered(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    run(project, talks, "--model", MODEL)
    answer_all(project, tmp_path)
    flags = ("--project", project, "--model", MODEL, "--json", *GLEAN)
    planned = icp("plan", *flags).json["steps"]
    assert (planned["extract"]["calls"], planned["glean"]["calls"]) == (0, 4)
    run(project, "--model", MODEL, *GLEAN)
    answer_all(project, tmp_path, GLEAN)
    assert icp("plan", *flags).json["calls"] == 0


def test_smaller_windows_are_more_requests_and_other_windows(tmp_path: Path) -> None:
    talk = "\n\n".join(
        f"Interviewer: And {at}?\n\nAnna: Machine {at} broke. " + "I had to wait. " * 20
        for at in range(16)
    )
    (tmp_path / "anna.txt").write_text(talk, "utf-8")
    project = tmp_path / "study"
    flags = ("--project", project, "--model", MODEL, "--json")
    calls = {}
    for size in ("12000", "6000", "1000", "500"):
        planned = icp("plan", tmp_path / "anna.txt", *flags, "--window", size)
        calls[size] = planned.json["steps"]["extract"]["calls"]
    assert calls["12000"] == calls["6000"] == 1
    assert 1 < calls["1000"] < calls["500"]
    status = icp("status", "--project", project, "--json").json
    assert status["transcripts"][0]["windows"] == calls["500"]
    assert icp("plan", *flags).json["steps"]["extract"]["calls"] == 1


@pytest.mark.parametrize("flag", [("--window", "499"), ("--gleaning", "2")])
def test_a_size_out_of_bounds_is_refused_with_the_bounds(
    tmp_path: Path, talks: Path, flag: tuple[str, str]
) -> None:
    refused = run(tmp_path / "study", talks, "--model", MODEL, *flag)
    assert refused.code == 2
    assert "500 to 100000" in refused.err or "0 or 1" in refused.err
