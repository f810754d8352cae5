from __future__ import annotations

import asyncio

import pytest

from icp_synth.errors import CallFailed, QuotaExhausted
from icp_synth.llm.protocol import ChatReply
from icp_synth.llm.scripted import Script, ScriptedChat
from tests.llm.helpers import request

ONE, TWO = request("one"), request("two")


def texts(script: Script) -> list[str]:
    model = ScriptedChat(script)

    async def ask() -> list[str]:
        return [(await model.complete(one)).text for one in (ONE, TWO, ONE)]

    return asyncio.run(ask())


@pytest.mark.parametrize(
    "script",
    [
        ["a", "b", "c"],
        {ONE.key(): ["a", "c"], TWO.key(): "b"},
        {ONE.key(): ["a", ChatReply(text="c")], TWO.key(): ["b"]},
    ],
)
def test_lines_are_given_in_order_or_by_key(script: Script) -> None:
    assert texts(script) == ["a", "b", "c"]


def test_a_function_answers_each_request() -> None:
    assert texts(lambda asked: asked.messages[-1].content) == ["one", "two", "one"]


def test_an_error_in_the_script_is_raised_and_history_shows_what_was_asked() -> None:
    model = ScriptedChat([QuotaExhausted("x")])
    with pytest.raises(QuotaExhausted):
        asyncio.run(model.complete(ONE))
    assert model.history == [ONE]


def test_a_call_without_a_line_fails() -> None:
    with pytest.raises(CallFailed, match="no line for call 1"):
        asyncio.run(ScriptedChat([]).complete(ONE))
