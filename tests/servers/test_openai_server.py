from __future__ import annotations

import json
import subprocess
import sys

import httpx
import pytest

from icp_synth.analysts.answers import extraction_schema
from icp_synth.llm.completion import wire_body
from icp_synth.llm.repair import check
from tests.llm.helpers import SCHEMA, request
from tests.servers.openai_server import OpenAIServer, echo


def test_it_runs_as_a_process_and_prints_its_address_first() -> None:
    command = [sys.executable, "-m", "tests.servers.openai_server", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            models = httpx.get(f"{url}/models", trust_env=False).json()
        finally:
            process.terminate()
    assert models["data"][0]["id"] == "scripted"


@pytest.mark.parametrize("form", ["json_schema", "json_object", "text"])
@pytest.mark.parametrize("schema", [SCHEMA, extraction_schema()])
def test_the_echo_fits_the_schema_that_was_asked_in_any_form(
    schema: dict[str, object], form: str
) -> None:
    asked = request(response_schema=schema)
    answer = echo(wire_body(asked, form))  # type: ignore[arg-type]  # from parametrize
    assert check(json.loads(answer), schema) == []
    assert "it takes all morning" in answer


def test_the_echo_quotes_a_participant_where_turns_are_marked() -> None:
    turns = "[1 I] And how long does all of that take?\n[2 P1] A morning."
    asked = request(turns, response_schema=SCHEMA)
    assert json.loads(echo(wire_body(asked))) == {
        "pains": [{"turn": 2, "quote": "A morning."}]
    }


def test_ended_as_a_process_it_says_what_it_served_and_when() -> None:
    command = [sys.executable, "-m", "tests.servers.openai_server", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            body = wire_body(request())
            httpx.post(f"{url}/chat/completions", json=body, trust_env=False)
        finally:
            process.terminate()
        ended = json.loads(process.stdout.readline())
    ((name, came, went),) = ended["served"]
    assert name == body["response_format"]["json_schema"]["name"]
    assert came <= went
    assert ended["cpu"] > 0


def test_two_servers_have_two_ports() -> None:
    with OpenAIServer() as one, OpenAIServer() as two:
        assert one.url != two.url
