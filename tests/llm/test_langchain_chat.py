"""LangChain's own OpenAI client against a real server on loopback."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import BaseMessage
from typing_extensions import override

from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    ContextTooLong,
    EndpointRefused,
    EndpointUnavailable,
    QuotaExhausted,
    RateLimited,
    UsageError,
)
from icp_synth.llm import langchain as door_module
from icp_synth.llm.langchain import LangChainChat
from icp_synth.llm.protocol import ChatReply, ChatRequest
from icp_synth.llm.repair import parse_answer
from icp_synth.llm.replies import Answered, answer
from icp_synth.llm.retry import Retrying
from tests.llm.helpers import GOOD, SCHEMA, MemoryStore, request
from tests.servers import openai_server as faults
from tests.servers.openai_server import OpenAIServer

KEY = "sk-proj-Secret123"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def door(server: OpenAIServer, *, seconds: float = 30.0) -> LangChainChat:
    return LangChainChat(
        "openai:small",
        base_url=server.url,
        key=KEY,
        timeout=seconds,
        deadline=seconds,
    )


def complete(model: LangChainChat, *requests: ChatRequest) -> list[ChatReply]:
    async def run() -> list[ChatReply]:
        return [await model.complete(one) for one in requests or (request(),)]

    return asyncio.run(run())


def test_an_answer_comes_with_usage_snapshot_provider_and_form(
    server: OpenAIServer,
) -> None:
    (reply,) = complete(door(server))
    assert json.loads(reply.text) == {
        "pains": [{"turn": 2, "quote": "it takes all morning"}]
    }
    assert (reply.finish, reply.form, reply.endpoint) == (
        "stop",
        "json_schema",
        "openai",
    )
    assert reply.model == "small-2026-01-01"
    assert reply.usage.input_tokens
    assert reply.usage.cached_tokens


def test_the_schema_that_is_sent_is_ours_and_strict(server: OpenAIServer) -> None:
    complete(door(server), request(parameters={"temperature": 0, "epoch": 1}))
    form = server.requests[0]["response_format"]["json_schema"]
    schema = {key: form["schema"][key] for key in SCHEMA}
    assert (form["strict"], form["name"], schema) == (True, "pains", SCHEMA)
    assert server.requests[0]["temperature"] == 0
    assert "epoch" not in server.requests[0]


def test_parameters_that_a_provider_lacks_are_noted(server: OpenAIServer) -> None:
    asked = request(parameters={"seed": 7, "max_tokens": 50, "banana": 1})
    (reply,) = complete(door(server), asked)
    assert reply.notes == ("banana not sent",)
    assert server.requests[0]["seed"] == 7


def test_it_serves_several_event_loops(server: OpenAIServer) -> None:
    model = door(server)
    assert complete(model)[0].finish == complete(model)[0].finish == "stop"


def test_nothing_is_traced_whatever_the_environment_says(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer() as langsmith:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_ENDPOINT", langsmith.url)
        monkeypatch.setenv("LANGSMITH_API_KEY", "ls-key")
        complete(door(server))
        assert langsmith.connections == 0
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("fault", "finish"),
    [
        (faults.truncated(), "length"),
        (faults.refusal(), "refused"),
        (faults.content_filter(), "filtered"),
        (faults.says(""), "empty"),
        (faults.says("not JSON at all"), "stop"),
        (faults.without_usage(), "stop"),
    ],
)
def test_how_an_answer_ended_is_seen(
    server: OpenAIServer, fault: faults.Fault, finish: str
) -> None:
    server.faults.append(fault)
    assert complete(door(server))[0].finish == finish


@pytest.mark.parametrize(
    ("fault", "kind", "outcome"),
    [
        (faults.rate_limited(retry_after="3"), RateLimited, "rate_limited"),
        (faults.context_too_long(), ContextTooLong, "context_length"),
        (faults.error(500, "oops"), EndpointUnavailable, "server_error"),
        (faults.error(400, "bad messages"), CallFailed, "bad_request"),
        (faults.HANG, EndpointUnavailable, "timeout"),
        (faults.DRIP, EndpointUnavailable, "timeout"),
        (faults.CUT, EndpointUnavailable, "connection"),
    ],
)
def test_each_fault_has_its_own_outcome_and_one_try(
    server: OpenAIServer, fault: faults.Fault, kind: type[CallFailed], outcome: str
) -> None:
    server.faults.append(fault)
    with pytest.raises(kind) as caught:
        complete(door(server, seconds=0.5 if outcome == "timeout" else 30.0))
    assert caught.value.outcome == outcome
    assert len(server.requests) == 1


def test_retry_after_reaches_the_error(server: OpenAIServer) -> None:
    server.faults.append(faults.rate_limited(retry_after="3"))
    with pytest.raises(RateLimited) as caught:
        complete(door(server))
    assert caught.value.retry_after == 3


def test_a_used_up_quota_is_no_rate_limit(server: OpenAIServer) -> None:
    server.faults.append(faults.quota())
    with pytest.raises(QuotaExhausted):
        complete(door(server))


def test_a_wrong_key_stops_and_is_not_shown() -> None:
    with (
        OpenAIServer(key="another") as server,
        pytest.raises(EndpointRefused) as caught,
    ):
        complete(door(server))
    assert KEY not in str(caught.value)
    assert caught.value.__suppress_context__


def test_an_unknown_model_is_named() -> None:
    with (
        OpenAIServer(models=["other"]) as server,
        pytest.raises(EndpointRefused, match="'small'"),
    ):
        complete(door(server))


def test_a_closed_port_is_no_connection() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        model = LangChainChat("openai:small", base_url=url, key=KEY)
        with pytest.raises(EndpointUnavailable, match="refused"):
            complete(model)


def test_a_refused_form_is_replaced_by_the_next_and_remembered() -> None:
    with OpenAIServer(refuses=["json_schema"]) as server:
        model = door(server)
        replies = complete(model, request("1: a"), request("2: b"))
        assert len(server.requests) == 3
    assert [reply.form for reply in replies] == ["tool_call"] * 2


def test_a_provider_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be set up"):
        LangChainChat("nonesuch:model")


def test_a_missing_package_is_named() -> None:
    with pytest.raises(UsageError, match="pip install langchain-anthropic"):
        LangChainChat("anthropic:claude-x", key=KEY)


def test_many_answers_come_through_the_same_wrappers(server: OpenAIServer) -> None:
    asked = [request(f"{at}: a") for at in range(12)]
    model = Retrying(door(server))
    answers = answer(asked, store=MemoryStore(), model=model)
    assert all(isinstance(one, Answered) for one in answers.outcomes.values())


def test_an_answer_that_is_no_completion_is_unusable(server: OpenAIServer) -> None:
    server.faults.append(faults.Fault(body={"choices": []}))
    with pytest.raises(AnswerUnusable, match="cannot read"):
        complete(door(server))


def test_a_provider_without_structured_output_gets_the_schema_in_the_prompt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []

    class Plain(FakeListChatModel):
        @override
        def _call(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> str:
            seen.append(messages[0].text)
            return super()._call(messages, *args, **kwargs)

    plain = Plain(responses=[f"```json\n{GOOD}\n```"])
    monkeypatch.setattr(door_module, "_init", lambda *_, **__: plain)
    (reply,) = complete(LangChainChat("ollama:small"))
    assert (reply.form, reply.finish) == ("text", "stop")
    assert parse_answer(reply.text, SCHEMA).repaired
    assert "JSON schema" in seen[0]


def test_a_reply_says_how_long_it_took(server: OpenAIServer) -> None:
    readings = iter([10.0, 12.5])
    model = LangChainChat(
        "openai:small", base_url=server.url, key=KEY, clock=lambda: next(readings)
    )
    (reply,) = complete(model)
    assert reply.seconds == 2.5
