from __future__ import annotations

import json
from typing import Any

import pytest

from icp_synth.errors import AnswerUnusable
from icp_synth.llm.completion import read_completion, wire_body
from icp_synth.llm.protocol import ChatReply, Usage
from tests.llm.helpers import SCHEMA, request


def read(
    message: dict[str, Any], reason: str | None = "stop", **body: Any
) -> ChatReply:
    choice = {"message": message, "finish_reason": reason}
    return read_completion({"choices": [choice], **body}, endpoint="e", form="text")


def test_the_strict_form_sends_the_schema_as_written() -> None:
    sent = wire_body(request())["response_format"]["json_schema"]
    assert sent == {"name": "pains", "strict": True, "schema": SCHEMA}


def test_below_it_the_schema_stands_at_the_end_of_the_system_message() -> None:
    body = wire_body(request(), "json_object")
    system = body["messages"][0]["content"]
    assert system.startswith("Find pains.")
    assert json.loads(system[system.index("{") :]) == SCHEMA
    assert body["response_format"] == {"type": "json_object"}


def test_plain_text_sends_no_response_format() -> None:
    assert "response_format" not in wire_body(request(), "text")


def test_an_epoch_changes_the_key_and_is_never_sent() -> None:
    again = request(parameters={"epoch": 2, "temperature": 0})
    assert again.key() != request(parameters={"temperature": 0}).key()
    assert wire_body(again) == wire_body(request(parameters={"temperature": 0}))


def test_the_largest_answer_has_the_name_that_the_endpoint_knows() -> None:
    limited = request(parameters={"max_tokens": 9})
    assert wire_body(limited)["max_completion_tokens"] == 9
    assert wire_body(limited, limit_name="max_tokens")["max_tokens"] == 9


@pytest.mark.parametrize(
    ("message", "reason", "finish"),
    [
        ({"content": "{}"}, "stop", "stop"),
        ({"content": "{}"}, None, "stop"),
        ({"content": "{"}, "length", "length"),
        ({"content": ""}, "length", "length"),
        ({"content": ""}, "content_filter", "filtered"),
        ({"content": None, "refusal": "no"}, "stop", "refused"),
        ({"content": " \n"}, "stop", "empty"),
        ({"content": None}, "tool_calls", "empty"),
        ({}, "stop", "empty"),
    ],
)
def test_the_finish_is_read_before_the_text(
    message: dict[str, Any], reason: str | None, finish: str
) -> None:
    assert read(message, reason).finish == finish


def test_an_unknown_ending_is_no_success() -> None:
    with pytest.raises(AnswerUnusable, match="abort"):
        read({"content": "{}"}, "abort")


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": "{"}, {"type": "text", "text": "}"}]
    assert read({"content": parts}).text == "{}"


@pytest.mark.parametrize("body", [None, [], "x", {}, {"choices": []}, {"choices": {}}])
def test_what_is_no_completion_is_refused(body: object) -> None:
    with pytest.raises(AnswerUnusable) as caught:
        read_completion(body, endpoint="e", form="text")
    assert caught.value.outcome == "malformed"


def test_usage_is_what_was_counted_and_none_where_nothing_was() -> None:
    usage = {
        "prompt_tokens": 10,
        "completion_tokens": 3,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    counted = Usage(input_tokens=10, output_tokens=3, cached_tokens=4)
    assert read({"content": "x"}, usage=usage).usage == counted
    assert read({"content": "x"}, usage={"prompt_tokens": "10"}).usage == Usage()
    assert read({"content": "x"}).usage == Usage()
