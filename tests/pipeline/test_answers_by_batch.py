"""Without an endpoint: requests out, answers in, until nothing is pending."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.servers.openai_server import OpenAIServer
from tests.study_factory import (
    MODEL,
    answer,
    answer_all,
    batch_answers,
    icp,
    outputs,
    run,
    write_talks,
)


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


@pytest.fixture
def waiting(tmp_path: Path, talks: Path) -> Path:
    """Return a project whose run waits for the answers to `extract`."""
    project = tmp_path / "study"
    assert run(project, talks, "--model", MODEL).code == 3
    return project


def export(project: Path, file: Path, *flags: str) -> list[dict[str, Any]]:
    more: tuple[str | Path, ...] = ("--model", MODEL, "-o", file, *flags)
    made = icp("batch", "export", "--project", project, *more)
    assert made.code == 0, made.err
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def take_in(project: Path, file: Path, lines: list[str]) -> Any:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return icp("batch", "import", file, "--project", project, "--json")


def test_a_run_without_a_key_waits_and_says_which_export_to_make(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    waits = run(project, talks, "--model", "openai:gpt-4.1", "--language", "zh")
    assert waits.code == 3
    said = waits.json
    assert (said["status"], said["pending"], said["calls"]) == ("waiting", 4, 0)
    assert set(said["out"].values()) == {None}
    assert "OPENAI_API_KEY, which is not set" in said["message"]
    assert (
        f"icp-synth batch export --project {project} --model openai:gpt-4.1"
        " --language zh --step extract -o requests.jsonl" in said["message"]
    )


def test_a_waiting_run_never_takes_another_analyst(waiting: Path) -> None:
    assert not (waiting / "out" / "synthesis.json").exists()
    stages = icp("status", "--project", waiting, "--json").json["stages"]
    assert stages["extract"] == {
        **dict.fromkeys(("done", "failed", "skipped"), 0),
        **dict.fromkeys(("pending", "total"), 4),
    }
    assert stages["draft"]["total"] == 0


def test_each_request_is_an_openai_batch_line(waiting: Path, tmp_path: Path) -> None:
    for line in export(waiting, tmp_path / "requests.jsonl"):
        assert set(line) == {"custom_id", "method", "url", "body"}
        assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
        assert line["body"]["model"] == MODEL
        wanted = line["body"]["response_format"]
        assert wanted["type"] == "json_schema"
        assert wanted["json_schema"]["strict"] is True


def test_exporting_twice_gives_the_same_bytes(waiting: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    export(waiting, one)
    export(waiting, two)
    assert one.read_bytes() == two.read_bytes()


def test_export_answer_import_run_until_nothing_is_pending(
    waiting: Path, tmp_path: Path
) -> None:
    answer_all(waiting, tmp_path)
    done = run(waiting, "--model", MODEL)
    assert done.json["status"] == "done"
    assert (done.json["insights"], done.json["pending"]) == (12, 0)
    assert export(waiting, tmp_path / "rest.jsonl") == []


def test_answers_by_batch_and_live_answers_give_the_same_bytes(
    tmp_path: Path, talks: Path
) -> None:
    batch, live = tmp_path / "batch", tmp_path / "live"
    run(batch, talks, "--model", MODEL)
    answer_all(batch, tmp_path)
    with OpenAIServer(answer) as server:
        ended = run(live, talks, "--model", MODEL, "--base-url", server.url)
    assert ended.code == 0, ended.err
    assert outputs(batch) == outputs(live)


def test_one_and_eight_in_flight_give_the_same_bytes_and_a_rerun_sends_nothing(
    tmp_path: Path, talks: Path
) -> None:
    made = []
    for in_flight in ("1", "8"):
        project = tmp_path / f"with-{in_flight}"
        flags = ("--model", MODEL, "--in-flight", in_flight)
        with OpenAIServer(answer) as server:
            first = run(project, talks, *flags, "--base-url", server.url)
            assert first.json["calls"] == len(server.requests)
            made.append(outputs(project))
            (project / "out" / "report.md").unlink()
            again = run(project, *flags, "--base-url", server.url)
            assert (again.code, again.json["calls"]) == (0, 0)
            assert len(server.requests) == first.json["calls"]
        assert outputs(project) == made[-1]
    assert made[0] == made[1]


def test_another_endpoint_or_provider_prefix_asks_for_nothing_again(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        assert run(project, talks, "--model", MODEL, "--base-url", server.url).code == 0
    before = outputs(project)
    with OpenAIServer(answer) as other:
        flags = ("--model", f"openai:{MODEL}", "--base-url", other.url)
        assert run(project, *flags).code == 0
        assert other.requests == []
    assert outputs(project) == before


def test_the_same_answers_imported_anew_give_the_same_report(
    waiting: Path, tmp_path: Path
) -> None:
    answer_all(waiting, tmp_path)
    before = outputs(waiting)
    shutil.rmtree(waiting / ".icp")
    assert run(waiting, "--model", MODEL).code == 3
    answer_all(waiting, tmp_path)
    assert outputs(waiting) == before


def test_answers_to_a_run_can_be_taken_in_without_another_export(
    waiting: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(waiting, copy)
    export(copy, tmp_path / "requests.jsonl")
    lines = batch_answers(tmp_path / "requests.jsonl")
    taken = take_in(waiting, tmp_path / "answers.jsonl", lines)
    assert (taken.code, taken.json["accepted"]) == (0, 4)


def test_lines_that_give_no_answer_are_counted_and_the_others_kept(
    waiting: Path, tmp_path: Path
) -> None:
    export(waiting, tmp_path / "requests.jsonl")
    first, second, third, fourth = batch_answers(tmp_path / "requests.jsonl")
    failed = json.loads(third)
    failed["response"]["body"]["choices"][0]["finish_reason"] = "length"
    nobodys = json.dumps({"custom_id": "nobodys", "content": "{}"})
    lines = [second, first, first, nobodys, json.dumps(failed), "no json"]
    taken = take_in(waiting, tmp_path / "answers.jsonl", lines)
    assert taken.code == 3
    assert taken.json == {
        "accepted": 2,
        "failed": 2,
        "unknown": 1,
        "duplicate": 1,
        "missing": 2,
    }
    assert "line 5: truncated" in taken.err
    assert "line 6: no_json" in taken.err
    left = export(waiting, tmp_path / "left.jsonl")
    asked = {json.loads(line)["custom_id"] for line in (third, fourth)}
    assert {line["custom_id"] for line in left} == asked


def test_answers_that_came_already_are_duplicates(
    waiting: Path, tmp_path: Path
) -> None:
    export(waiting, tmp_path / "requests.jsonl")
    lines = batch_answers(tmp_path / "requests.jsonl")
    take_in(waiting, tmp_path / "answers.jsonl", lines)
    export(waiting, tmp_path / "next.jsonl")
    again = take_in(waiting, tmp_path / "answers.jsonl", lines)
    assert (again.json["duplicate"], again.json["unknown"]) == (4, 0)


def test_an_import_before_any_export_says_what_to_do(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    assert icp("sources", "add", talks, "--project", project).code == 0
    taken = take_in(project, tmp_path / "answers.jsonl", ['{"custom_id": "x"}'])
    assert (taken.code, taken.out) == (2, "")
    assert "batch export" in taken.err


def test_one_step_can_be_exported_by_itself(waiting: Path, tmp_path: Path) -> None:
    assert export(waiting, tmp_path / "t.jsonl", "--step", "themes") == []
    assert len(export(waiting, tmp_path / "e.jsonl", "--step", "extract")) == 4
    wrong = icp(
        *("batch", "export", "--project", waiting, "--model", MODEL),
        *("--step", "read", "-o", tmp_path / "r.jsonl"),
    )
    assert wrong.code == 2
    assert "extract, glean, themes, draft" in wrong.err


def test_export_without_a_model_is_refused(waiting: Path, tmp_path: Path) -> None:
    refused = icp("batch", "export", "--project", waiting, "-o", tmp_path / "r.jsonl")
    assert refused.code == 2
    assert "--model" in refused.err


def test_a_key_alone_sends_nothing(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer(answer) as server:
        monkeypatch.setenv("OPENAI_API_KEY", "sk-there")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        assert run(tmp_path / "study", talks).json["status"] == "done"
        assert server.requests == []


def test_a_model_in_study_toml_is_asked(tmp_path: Path, talks: Path) -> None:
    project = tmp_path / "study"
    project.mkdir()
    with OpenAIServer(answer) as server:
        text = f'[model]\nname = "{MODEL}"\nbase_url = "{server.url}"\n'
        (project / "study.toml").write_text(text, "utf-8")
        assert run(project, talks).code == 0
        assert len(server.requests) > 4
    manifest = json.loads(outputs(project)["synthesis.json"])["manifest"]
    assert (manifest["analyst"], manifest["model"]) == ("llm", MODEL)
