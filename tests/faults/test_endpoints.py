"""What an endpoint does wrong ends in the right exit code, and nothing is lost."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from icp_synth.analysts import choice
from icp_synth.llm.connect import connect
from icp_synth.llm.retry import Policy
from tests.servers import openai_server as server_module
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, Called, answer, icp, outputs, run, write_talks

KEY = "sk-wrong-0123456789abcdef"


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try once where nobody waits: how often is tested elsewhere."""
    once = Policy(tries=1, first_tries=1, limited_tries=1)
    monkeypatch.setattr(choice, "connect", partial(connect, policy=once))


def ask(project: Path, server: OpenAIServer, *words: str | Path) -> Called:
    flags = ("--model", MODEL, "--base-url", server.url, "--in-flight", "1")
    return run(project, *words, *flags)


def test_a_refused_key_stops_at_once_and_is_never_shown(
    tmp_path: Path, talks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with OpenAIServer(answer, key="sk-right") as server:
        ended = ask(tmp_path / "study", server, talks)
        assert len(server.requests) == 1
    assert (ended.code, ended.out) == (2, "")
    assert "401" in ended.err
    assert KEY not in ended.err


def test_an_unknown_model_is_named_and_no_other_is_taken(
    tmp_path: Path, talks: Path
) -> None:
    with OpenAIServer(answer, models=["another"]) as server:
        ended = ask(tmp_path / "study", server, talks)
        assert {body["model"] for body in server.requests} == {MODEL}
    assert (ended.code, ended.out) == (2, "")
    assert MODEL in ended.err


def test_a_used_up_quota_stops_and_what_is_done_stays(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        server.faults.extend([None, server_module.quota()])
        ended = ask(project, server, talks)
        assert (ended.code, ended.json["status"]) == (4, "stopped")
        assert ended.json["pending"] == 3
        assert "quota" in ended.json["message"]
        again = ask(project, server)
        assert (again.code, again.json["calls"]) == (0, 7 - 1)


@pytest.mark.parametrize("budget", ["0", "0.001"])
def test_a_budget_is_kept_before_it_is_passed(
    tmp_path: Path, talks: Path, budget: str
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        flags = ("--model", "gpt-4.1", "--base-url", server.url)
        ended = run(project, talks, *flags, "--budget", budget)
        assert (ended.code, ended.json["status"]) == (4, "stopped")
        assert ended.json["cost"] <= float(budget)
        assert server.requests == []
        assert run(project, *flags, "--budget", "5").code == 0


def test_an_endpoint_that_fails_for_ever_leaves_the_rest_done(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        broken = server_module.error(500, "out of order")
        server.faults.extend([None, broken])
        ended = ask(project, server, talks)
        assert (ended.code, ended.json["status"]) == (3, "partial")
        assert "bob.txt: " in ended.err
        status = icp("status", "--project", project, "--json").json
        assert status["stages"]["extract"]["failed"] == 1
        assert len(status["failures"]) == 1
        again = ask(project, server)
        assert (again.code, again.json["status"]) == (0, "done")


def test_one_poisoned_window_is_asked_again_by_itself(
    tmp_path: Path, talks: Path
) -> None:
    project, whole = tmp_path / "study", tmp_path / "whole"
    with OpenAIServer(answer) as server:
        server.faults.append(server_module.refusal())
        assert ask(project, server, talks).code == 3
        before = len(server.requests)
        assert ask(project, server).code == 0
        asked = [body["messages"][-1]["content"] for body in server.requests[before:]]
        assert sum("INTERVIEW" in text for text in asked) == 1
        assert ask(whole, server, talks).code == 0
    assert outputs(project) == outputs(whole)


def test_an_unreachable_endpoint_is_one_clear_line_and_keeps_the_last_report(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        assert ask(project, server, talks).code == 0
    before = outputs(project)
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    packaged = Path(__file__).parent.parent.parent / "prompts" / "extract.md"
    text = packaged.read_text("utf-8").replace("You read one", "You now read one")
    (prompts / "extract.md").write_text(text, "utf-8")
    ended = ask(project, server, "--prompts", prompts)
    assert (ended.code, ended.json["status"]) == (3, "partial")
    assert "connection refused" in ended.err
    assert set(ended.json["out"].values()) == {None}
    assert outputs(project) == before


def test_a_schema_violation_is_asked_once_more_and_then_kept(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        server.faults.extend([None, server_module.says('{"insights": "none"}')])
        assert ask(project, server, talks).code == 0
        # Four windows, themes, two wordings, three claims held against others' words.
        assert len(server.requests) == 10 + 1
        again = server.requests[4]["messages"]
        assert [message["role"] for message in again[-2:]] == ["assistant", "user"]
        (project / "out" / "report.md").unlink()
        assert ask(project, server).json["calls"] == 0


@pytest.mark.parametrize("refused", [{"json_schema"}, {"json_schema", "json_object"}])
def test_an_endpoint_without_structured_output_gives_the_same_bytes(
    tmp_path: Path, talks: Path, refused: set[str]
) -> None:
    plain, ladder = tmp_path / "plain", tmp_path / "ladder"
    with OpenAIServer(answer) as server:
        assert ask(plain, server, talks).code == 0
    with OpenAIServer(answer, refuses=refused) as server:
        assert ask(ladder, server, talks).code == 0
    assert outputs(plain) == outputs(ladder)


def test_a_quote_that_nobody_said_is_quarantined_and_counted(
    tmp_path: Path, talks: Path
) -> None:
    def inventive(body: server_module.Json) -> str:
        given = json.loads(answer(body))
        for insight in given.get("insights", []):
            words = insight["quotes"][0]["text"]
            insight["quotes"][0]["text"] = words.replace("two hours", "three hours")
        return json.dumps(given)

    project = tmp_path / "study"
    with OpenAIServer(inventive) as server:
        ended = ask(project, server, talks)
    assert (ended.code, ended.json["quarantined"]) == (0, 3)
    synthesis = json.loads(outputs(project)["synthesis.json"])
    reasons = {one["reason"] for one in synthesis["quarantined"]}
    assert reasons == {"altered_number"}
    assert b"three hours" not in outputs(project)["report.html"]


def test_the_timeout_of_study_toml_is_kept_and_named(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    project.mkdir()
    (project / "study.toml").write_text("[model]\ntimeout = 0.3\n", "utf-8")
    with OpenAIServer(answer) as server:
        server.faults.append(server_module.Fault(wire="hang"))
        ended = ask(project, server, talks)
    assert (ended.code, ended.json["status"]) == (3, "partial")
    assert "timeout: " in ended.err
    said = icp("status", "--project", project).out
    assert "within 0.3 s" in said
    assert "`timeout` (seconds) under [model]" in said
