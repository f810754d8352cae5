from __future__ import annotations

import ssl
from typing import Any

import pytest
from hypothesis import given, strategies as st

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
from icp_synth.llm.faults import Refusal, fault, no_connection, redact, retry_after


def meant(status: int, message: str = "", **error: Any) -> Exception:
    refusal = Refusal.read(status, {"error": {"message": message, **error}})
    return fault(refusal, model="gpt-x", endpoint="api.example")


@pytest.mark.parametrize(
    ("status", "message", "code", "kind"),
    [
        (429, "slow down", "rate_limit_exceeded", RateLimited),
        (429, "exceeded your current quota", "insufficient_quota", QuotaExhausted),
        (402, "Insufficient Balance", None, QuotaExhausted),
        (400, "Your credit balance is too low", None, QuotaExhausted),
        (429, "Request too large for gpt-x: tokens per min", "tokens", ContextTooLong),
        (
            400,
            "maximum context length is 8192",
            "context_length_exceeded",
            ContextTooLong,
        ),
        (400, "the request exceeds the available context size", None, ContextTooLong),
        (401, "no", None, EndpointRefused),
        (403, "country", None, EndpointRefused),
        (404, "nothing here", None, EndpointRefused),
        (400, "gone", "model_not_found", EndpointRefused),
        (400, "Invalid parameter: 'response_format'", None, SchemaRefused),
        (500, "failed to build grammar", None, SchemaRefused),
        (400, "the prompt was filtered", "content_filter", AnswerUnusable),
        (500, "oops", None, EndpointUnavailable),
        (529, "overloaded", None, EndpointUnavailable),
        (408, "", None, EndpointUnavailable),
    ],
)
def test_each_refusal_has_its_own_error(
    status: int, message: str, code: str | None, kind: type[Exception]
) -> None:
    assert isinstance(meant(status, message, code=code), kind)


def test_any_other_400_is_a_call_that_failed_and_is_not_tried_again() -> None:
    error = meant(400, "messages must not be empty")
    assert type(error) is CallFailed
    assert error.outcome == "bad_request"


def test_a_refused_model_is_named() -> None:
    assert "'gpt-x'" in str(meant(404, "no such model"))


def test_a_401_never_repeats_the_servers_words() -> None:
    assert "sekrit" not in str(meant(401, "Incorrect API key provided: sekrit"))


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "slow", "type": "requests"}},
        {"message": "slow", "type": "requests"},
        {"error": "slow"},
        "slow",
    ],
)
def test_every_shape_of_body_gives_its_message(body: object) -> None:
    assert Refusal.read(429, body).message == "slow"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "2"}, 2.0),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        (
            {
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
                "Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT",
            },
            30.0,
        ),
        ({"Retry-After": "Thu, 01 Jan 1970 00:01:40 GMT"}, 90.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({"Retry-After": "nan"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_every_form(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert retry_after(headers, now=10.0) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-proj-abc123DEF",
        "header Authorization: Bearer abc123DEF",
        "http://user:abc123DEF@host/v1",
        "https://host/v1?api_key=abc123DEF&x=1",
        "wrong: abc123DEF",
    ],
)
def test_no_secret_survives_redaction(text: str) -> None:
    assert "abc123DEF" not in redact(text, "abc123DEF")
    assert "abc123DEF" not in redact(text) or text.startswith("wrong")


@given(st.text(max_size=2000))
def test_redacted_text_is_one_short_printable_line(text: str) -> None:
    shown = redact(text)
    assert len(shown) <= 300
    assert not any(ord(character) < 32 or ord(character) == 127 for character in shown)


def test_a_failed_certificate_is_told_from_a_closed_port() -> None:
    tls = no_connection(ssl.SSLCertVerificationError("x"), endpoint="host")
    closed = no_connection(ConnectionRefusedError(), endpoint="host")
    assert "TLS" in str(tls)
    assert "refused" in str(closed)
