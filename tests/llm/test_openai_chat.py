"""The real `openai` client against a real server on loopback."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Iterator

import pytest

from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    ContextTooLong,
    EndpointRefused,
    EndpointUnavailable,
    QuotaExhausted,
    RateLimited,
    SchemaRefused,
)
from icp_synth.llm import openai as door_module
from icp_synth.llm.completion import wire_messages
from icp_synth.llm.endpoint import Endpoint
from icp_synth.llm.openai import OpenAIChat
from icp_synth.llm.protocol import ChatReply, ChatRequest
from icp_synth.llm.replies import Answered, answer
from icp_synth.llm.retry import Policy, Retrier, Retrying
from icp_synth.llm.schema import lint_schema
from tests.llm.helpers import SCHEMA, FakeTime, MemoryStore, request
from tests.servers import openai_server as faults
from tests.servers.openai_server import OpenAIServer

KEY = "sk-proj-Secret123"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def door(server: OpenAIServer, *, key: str = KEY, seconds: float = 30.0) -> OpenAIChat:
    return OpenAIChat("small", Endpoint(server.url, key, seconds, seconds))


def complete(model: OpenAIChat, *requests: ChatRequest) -> list[ChatReply]:
    async def run() -> list[ChatReply]:
        try:
            return [await model.complete(one) for one in requests or (request(),)]
        finally:
            await model.aclose()

    return asyncio.run(run())


def test_an_answer_comes_with_usage_snapshot_host_and_form(
    server: OpenAIServer,
) -> None:
    (reply,) = complete(door(server))
    assert json.loads(reply.text) == {
        "pains": [{"turn": 2, "quote": "it takes all morning"}]
    }
    assert (reply.finish, reply.form, reply.attempts) == ("stop", "json_schema", 1)
    assert reply.model == "small-2026-01-01"
    assert server.url == f"http://{reply.endpoint}/v1"
    assert reply.usage.input_tokens
    assert reply.usage.cached_tokens


def test_what_is_sent_is_a_strict_schema_and_no_more_than_was_asked(
    server: OpenAIServer,
) -> None:
    complete(door(server), request(parameters={"temperature": 0, "epoch": 1}))
    body = server.requests[0]
    # Their order too: what never changes stands first.
    assert list(body) == ["model", "messages", "response_format", "temperature"]
    assert body["messages"] == wire_messages(request(), "json_schema")
    schema = body["response_format"]["json_schema"]
    assert (schema["strict"], schema["schema"]) == (True, SCHEMA)
    assert lint_schema(schema["schema"]) == []


def test_organisation_and_project_stay_at_home(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-mine")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-mine")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    complete(door(server))
    assert not {"openai-organization", "openai-project"} & server.headers[0].keys()


def test_connections_are_kept_alive_and_closed(server: OpenAIServer) -> None:
    complete(door(server), *[request(str(at)) for at in range(5)])
    assert server.connections == 1


def test_one_door_serves_several_event_loops(server: OpenAIServer) -> None:
    model = door(server)
    assert complete(model)[0].finish == complete(model)[0].finish == "stop"


@pytest.mark.parametrize(
    ("fault", "finish"),
    [
        (faults.truncated(), "length"),
        (faults.refusal(), "refused"),
        (faults.content_filter(), "filtered"),
        (faults.says(""), "empty"),
        (faults.says(None), "empty"),
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
        (faults.rate_limited(), RateLimited, "rate_limited"),
        (faults.context_too_long(), ContextTooLong, "context_length"),
        (faults.error(500, "oops"), EndpointUnavailable, "server_error"),
        (faults.error(529, "overloaded"), EndpointUnavailable, "server_error"),
        (faults.Fault(503, "<html>busy</html>"), EndpointUnavailable, "server_error"),
        (faults.error(400, "bad messages"), CallFailed, "bad_request"),
        (faults.HANG, EndpointUnavailable, "timeout"),
        (faults.DRIP, EndpointUnavailable, "timeout"),
        (faults.CUT, EndpointUnavailable, "connection"),
        (faults.Fault(body="<html>hello</html>"), AnswerUnusable, "malformed"),
        (faults.Fault(body={"hello": 1}), AnswerUnusable, "malformed"),
        (
            faults.Fault(body={"error": {"message": "upstream", "code": 502}}),
            EndpointUnavailable,
            "server_error",
        ),
    ],
)
def test_each_fault_has_its_own_outcome_and_one_try(
    server: OpenAIServer, fault: faults.Fault, kind: type[CallFailed], outcome: str
) -> None:
    server.faults.append(fault)
    seconds = 0.3 if outcome == "timeout" else 30.0
    with pytest.raises(kind) as caught:
        complete(door(server, seconds=seconds))
    assert caught.value.outcome == outcome
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "3"}, 3.0),
        ({"retry_after_ms": "250"}, 0.25),
    ],
)
def test_retry_after_reaches_the_error(
    server: OpenAIServer, headers: dict[str, str], seconds: float
) -> None:
    server.faults.append(faults.rate_limited(**headers))
    with pytest.raises(RateLimited) as caught:
        complete(door(server))
    assert caught.value.retry_after == seconds


def test_a_used_up_quota_is_no_rate_limit(server: OpenAIServer) -> None:
    server.faults.append(faults.quota())
    with pytest.raises(QuotaExhausted):
        complete(door(server))
    assert len(server.requests) == 1


def test_a_wrong_key_stops_and_is_not_shown() -> None:
    with (
        OpenAIServer(key="another") as server,
        pytest.raises(EndpointRefused) as caught,
    ):
        complete(door(server))
    assert KEY not in f"{caught.value}{caught.value.__cause__!r}"
    assert caught.value.__suppress_context__
    assert caught.value.exit_code == 2


def test_an_unknown_model_is_named() -> None:
    with OpenAIServer(models=["other"]) as server:
        with pytest.raises(EndpointRefused, match="'small'"):
            complete(door(server))
        assert len(server.requests) == 1


def test_a_wrong_path_hints_at_v1(server: OpenAIServer) -> None:
    model = OpenAIChat("small", Endpoint(server.url.removesuffix("/v1") + "/v2/x"))
    model.endpoint = Endpoint(server.url + "/nothing")
    server.faults.append(faults.error(404, "Not found"))
    with pytest.raises(EndpointRefused, match="/v1"):
        complete(model)


def test_a_closed_port_says_so_without_the_key() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(EndpointUnavailable, match="refused") as caught:
            complete(OpenAIChat("small", Endpoint(url, KEY)))
    assert KEY not in str(caught.value)


def test_a_name_that_is_not_there_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(EndpointUnavailable, match="cannot be resolved"):
        complete(OpenAIChat("small", Endpoint("http://models.invalid/v1", KEY)))


def test_plain_http_behind_https_says_tls(server: OpenAIServer) -> None:
    url = server.url.replace("http://", "https://")
    with pytest.raises(EndpointUnavailable, match="TLS"):
        complete(OpenAIChat("small", Endpoint(url, KEY)))


@pytest.mark.parametrize(
    ("refuses", "forms"),
    [
        ({"json_schema"}, ["json_schema", "json_object", "json_object"]),
        (
            {"json_schema", "json_object"},
            ["json_schema", "json_object", "text", "text"],
        ),
    ],
)
def test_the_ladder_is_gone_down_once_and_recorded(
    refuses: set[str], forms: list[str]
) -> None:
    with OpenAIServer(refuses=refuses) as server:
        replies = complete(door(server), request("1: a"), request("2: b"))
        sent = [
            body.get("response_format", {}).get("type", "text")
            for body in server.requests
        ]
    assert sent == forms
    assert [reply.form for reply in replies] == [forms[-1]] * 2
    assert [reply.attempts for reply in replies] == [len(forms) - 1, 1]
    assert all(json.loads(reply.text)["pains"] for reply in replies)


def test_a_server_that_takes_the_schema_and_ignores_it_gets_it_in_the_prompt() -> None:
    with OpenAIServer(ignores=["json_schema"]) as server:
        replies = complete(door(server), request("1: a"), request("2: b"))
    assert [reply.form for reply in replies] == ["json_schema", "json_object"]
    assert json.loads(replies[1].text)


def test_one_bad_answer_of_a_proven_server_changes_nothing(
    server: OpenAIServer,
) -> None:
    server.faults.extend([None, faults.says("oops"), None])
    replies = complete(door(server), *[request(str(at)) for at in range(3)])
    assert {reply.form for reply in replies} == {"json_schema"}


def test_many_at_once_go_down_the_ladder_together() -> None:
    asked = [request(f"{at}: a") for at in range(16)]
    with OpenAIServer(refuses=["json_schema"]) as server:
        model = Retrying(door(server), Retrier(concurrency=8))
        answers = answer(asked, store=MemoryStore(), model=model, concurrency=8)
        tried = len(server.requests)
    assert all(isinstance(one, Answered) for one in answers.outcomes.values())
    assert 17 <= tried <= 24


@pytest.mark.parametrize(
    ("message", "parameter", "kept"),
    [
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            "max_tokens",
            {"max_completion_tokens": 9, "temperature": 0},
        ),
        (
            "Unsupported value: 'temperature' does not support 0 with this model.",
            "temperature",
            {"max_tokens": 9},
        ),
    ],
)
def test_a_parameter_that_the_model_refuses_is_renamed_or_left_out(
    server: OpenAIServer, message: str, parameter: str, kept: dict[str, int]
) -> None:
    asked = request(parameters={"max_tokens": 9, "temperature": 0})
    fault = faults.error(400, message, code="unsupported_value", param=parameter)
    server.faults.append(fault)
    replies = complete(door(server), asked, asked)
    for body in server.requests[1:]:
        sent = {k: v for k, v in body.items() if k in {*kept, *asked.parameters}}
        assert sent == kept
    left_out = "temperature" not in kept
    assert replies[1].notes == (("temperature not sent",) if left_out else ())


def test_an_endless_answer_is_cut_off(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_module, "_MAX_BODY", 1_000)
    server.faults.append(faults.says("x" * 5_000))
    with pytest.raises(AnswerUnusable) as caught:
        complete(door(server))
    assert caught.value.outcome == "too_large"


def test_a_model_that_refuses_everything_in_turn_is_given_up(
    server: OpenAIServer,
) -> None:
    fault = faults.error(400, "Unsupported parameter: 'seed'", param="seed")
    server.faults.extend([fault] * 50)
    with pytest.raises(CallFailed, match="refuses parameters"):
        complete(door(server), request(parameters={"seed": 1}))
    assert len(server.requests) < 12


def test_a_server_that_refuses_plain_text_too_has_no_form() -> None:
    with OpenAIServer(refuses=["json_schema", "json_object", "text"]) as server:
        with pytest.raises(SchemaRefused):
            complete(door(server))
        assert len(server.requests) == 3


def test_retries_wait_as_long_as_the_server_says(server: OpenAIServer) -> None:
    time = FakeTime()
    server.faults.extend(
        [faults.rate_limited(retry_after="30"), faults.error(500, "oops")]
    )
    retrier = Retrier(Policy(), clock=time.clock, sleep=time.sleep)
    model = Retrying(door(server), retrier)
    asked = [request("1: a")]
    outcome = answer(asked, store=MemoryStore(), model=model).outcomes[asked[0].key()]
    assert isinstance(outcome, Answered)
    assert outcome.reply.attempts == 3
    assert time.now >= 30


def test_no_more_than_asked_for_are_in_flight() -> None:
    asked = [request(f"{at}: a") for at in range(40)]
    with OpenAIServer(latency=0.01) as server:
        model = Retrying(door(server), Retrier(concurrency=4))
        answer(asked, store=MemoryStore(), model=model, concurrency=32)
        assert 1 < server.most_in_flight <= 4


def test_1_and_16_in_flight_keep_the_same_replies(server: OpenAIServer) -> None:
    asked = [request(f"{at}: said {at}") for at in range(24)]

    def kept(concurrency: int) -> dict[str, ChatReply]:
        store = MemoryStore()
        model = Retrying(door(server), Retrier(concurrency=concurrency))
        answer(asked, store=store, model=model, concurrency=concurrency)
        return store.kept

    assert kept(1) == kept(16)


def ticking(*readings: float) -> Callable[[], float]:
    """Return a clock that shows these seconds, one a look."""
    left = iter(readings)
    return lambda: next(left)


def timed(server: OpenAIServer, *readings: float) -> OpenAIChat:
    at = Endpoint(server.url, KEY, 30.0, 30.0)
    return OpenAIChat("small", at, clock=ticking(*readings))


def test_a_reply_says_how_long_it_took(server: OpenAIServer) -> None:
    (reply,) = complete(timed(server, 10.0, 12.5))
    assert reply.seconds == 2.5


def test_the_time_is_that_of_the_attempt_that_was_answered(
    server: OpenAIServer,
) -> None:
    server.refuses = frozenset({"json_schema"})
    # The first is refused and sent again, a rung lower, which takes nine seconds.
    (reply,) = complete(timed(server, 1.0, 100.0, 109.0))
    assert (reply.attempts, reply.seconds) == (2, 9.0)


def test_waits_before_another_try_are_no_part_of_the_time(
    server: OpenAIServer,
) -> None:
    server.faults.append(faults.error(503, "busy"))
    time = FakeTime()
    model = Retrying(
        timed(server, 1.0, 500.0, 501.0),
        Retrier(Policy(), clock=time.clock, sleep=time.sleep),
    )

    async def run() -> ChatReply:
        try:
            return await model.complete(request())
        finally:
            await model.aclose()

    reply = asyncio.run(run())
    assert (reply.attempts, reply.seconds) == (2, 1.0)
