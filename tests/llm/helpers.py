"""What the tests of `icp_synth.llm` share: requests, a store, a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from icp_synth.llm.protocol import ChatReply, ChatRequest, Message

SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "pains": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "turn": {"type": "integer"},
                    "quote": {"type": "string"},
                },
                "required": ["turn", "quote"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["pains"],
    "additionalProperties": False,
}
GOOD = '{"pains": [{"turn": 2, "quote": "it takes all morning"}]}'


def request(text: str = "2: it takes all morning", **changes: Any) -> ChatRequest:
    """Return a small request; its last message is `text`."""
    fields: dict[str, Any] = {
        "model": "small",
        "messages": (
            Message(role="system", content="Find pains."),
            Message(role="user", content=text),
        ),
        "schema_name": "pains",
        "response_schema": SCHEMA,
    }
    return ChatRequest(**{**fields, **changes})


class MemoryStore:
    """A ReplyStore in a dictionary; `order` is the order of keeping."""

    def __init__(self) -> None:
        self.kept: dict[str, ChatReply] = {}
        self.order: list[str] = []

    def get_reply(self, key: str) -> ChatReply | None:
        return self.kept.get(key)

    def put_reply(self, request: ChatRequest, reply: ChatReply) -> None:
        self.kept[request.key()] = reply
        self.order.append(request.key())


class FakeTime:
    """A clock that moves when somebody sleeps; sleepers wake in order of time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        woken = asyncio.Event()
        self._sleepers.append((self.now + seconds, len(self.slept), woken))
        # Let everybody else fall asleep before time moves.
        for _ in range(50):
            await asyncio.sleep(0)
        while not woken.is_set():
            self._sleepers.sort(key=lambda sleeper: sleeper[:2])
            until, _, first = self._sleepers.pop(0)
            self.now = max(self.now, until)
            first.set()
