"""What stands before the pages: patience with bodies, and no other protocol."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from icp_synth.review.security import Guard
from tests.review.review_factory import HOST, ORIGIN, PORT, SECRET, a_gate, visit


async def never(scope: Scope, receive: Receive, send: Send) -> None:
    del scope, receive, send
    pytest.fail("the application was reached")


def posted(receive: Receive, **headers: str) -> list[Message]:
    """Send a request that is in order, with a body as `receive` gives it."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    given = {
        "host": HOST,
        "origin": ORIGIN,
        "cookie": f"icp-synth-review-{PORT}={SECRET}",
        "content-type": "application/json",
        **headers,
    }
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/api/segments",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }
    guard = Guard(never, a_gate(), touch=lambda: None, patience=0.05)
    asyncio.run(guard(scope, receive, send))
    return sent


def test_a_body_that_does_not_come_is_given_up() -> None:
    async def wait() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    assert posted(wait)[0]["status"] == 408


def test_a_body_that_breaks_off_is_not_handed_on() -> None:
    parts: list[Message] = [
        {"type": "http.disconnect"},
        {"type": "http.request", "body": b"{", "more_body": True},
    ]

    async def break_off() -> Message:
        return parts.pop()

    assert posted(break_off)[0]["status"] == 400


def test_a_length_that_is_too_great_is_refused_before_reading() -> None:
    async def read() -> Message:
        raise AssertionError

    assert posted(read, **{"content-length": "104857600"})[0]["status"] == 413


def test_another_protocol_is_closed(tmp_path: Any) -> None:
    http = visit(tmp_path).http
    with pytest.raises(WebSocketDisconnect), http.websocket_connect("/segments"):
        pass
