"""The wire form of a chat completion: request → body, body → reply.

One place writes and reads it, so that live calls and batch files cannot differ.
The shapes are those of OpenAI's chat completions and of the servers that speak it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

from icp_synth.errors import AnswerUnusable
from icp_synth.llm.faults import fields, redact
from icp_synth.llm.protocol import ChatReply, ChatRequest, Finish, Usage

Form = Literal["json_schema", "json_object", "text"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
"""The ladder of structured output, best first."""

OURS: Final = frozenset({"epoch"})
"""Parameters that make a request another one for us, and are never sent."""

LIMIT: Final = "max_tokens"
"""Our name for the largest answer, in tokens."""

_INSTRUCTION = (
    "Answer with one JSON object and nothing else: no prose, no code fence. "
    "It must fit this JSON schema:\n"
)

_FINISHES: Mapping[str, Finish] = {
    "stop": "stop",
    "eos": "stop",
    "end_turn": "stop",
    "stop_sequence": "stop",
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filtered",
    "safety": "filtered",
    "refusal": "refused",
}


def wire_messages(request: ChatRequest, form: Form) -> list[dict[str, str]]:
    """Return the messages; below `json_schema` the system message holds the schema.

    It goes to the end of the first system message, so that what never changes still
    stands first and a provider's prompt cache pays.
    """
    messages = [
        {"role": message.role, "content": message.content}
        for message in request.messages
    ]
    if form == "json_schema":
        return messages
    # Not sorted: a model writes properties in the order of its schema.
    schema = json.dumps(dict(request.response_schema), ensure_ascii=False)
    words = _INSTRUCTION + schema
    for message in messages:
        if message["role"] == "system":
            message["content"] += "\n\n" + words
            return messages
    return [{"role": "system", "content": words}, *messages]


def response_format(request: ChatRequest, form: Form) -> dict[str, Any] | None:
    """Return the `response_format` of a form, None for plain text."""
    if form == "json_schema":
        schema = {
            "name": request.schema_name,
            "strict": True,
            "schema": dict(request.response_schema),
        }
        return {"type": "json_schema", "json_schema": schema}
    return {"type": "json_object"} if form == "json_object" else None


def wire_body(
    request: ChatRequest,
    form: Form = "json_schema",
    *,
    limit_name: str = "max_completion_tokens",
    without: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return the body of `POST /chat/completions`.

    Args:
        request: What is asked.
        form: Rung of the ladder.
        limit_name: What this endpoint calls the largest answer; OpenAI's name is the
            default, older servers know `max_tokens` only.
        without: Parameters that this endpoint refuses.
    """
    body: dict[str, Any] = {
        "model": request.model,
        "messages": wire_messages(request, form),
    }
    shape = response_format(request, form)
    if shape is not None:
        body["response_format"] = shape
    for name, value in sorted(request.parameters.items()):
        if name not in OURS and name not in without:
            body[limit_name if name == LIMIT else name] = value
    return body


def read_completion(body: object, *, endpoint: str, form: str) -> ChatReply:
    """Return the reply that a completion's body holds; its finish is checked first.

    Args:
        body: Decoded JSON of the response.
        endpoint: Where it came from; recorded.
        form: Wire form that was used; recorded.

    Raises:
        AnswerUnusable: The body is no completion (`malformed`).
    """
    holder = fields(body)
    choices = holder.get("choices")
    if not isinstance(choices, list) or not choices:
        said = redact(str(fields(holder.get("error")).get("message", "")))
        raise AnswerUnusable(
            f"{endpoint} answered 200 without a choice. {said}".strip(),
            outcome="malformed",
            hint="Check that --base-url speaks the OpenAI protocol.",
        )
    choice = fields(choices[0])
    message = fields(choice.get("message"))
    text = _text(message.get("content"))
    refusal = _text(message.get("refusal"))
    return ChatReply(
        text=refusal or text,
        finish="refused" if refusal else finish(choice.get("finish_reason"), text),
        usage=read_usage(holder.get("usage")),
        model=str(holder.get("model") or ""),
        endpoint=endpoint,
        form=form,
    )


def finish(reason: object, text: str) -> Finish:
    """Return why an answer ended; no text is `empty`, whatever the reason said.

    A missing reason passes as `stop`: some proxies send none, and an answer that was
    cut off does not parse.

    Raises:
        AnswerUnusable: The reason is one that nobody knows, or an error.
    """
    known = "stop" if reason in {None, "", "null"} else str(reason).lower()
    ended = _FINISHES.get(known)
    if ended is None and known not in {"tool_calls", "tool_use", "function_call"}:
        msg = f"The answer ended with {redact(known)!r}."
        raise AnswerUnusable(
            msg,
            outcome="ended_otherwise",
            hint="Run again; if it stays, the endpoint does not finish its answers.",
        )
    if not text.strip() and ended in {None, "stop"}:
        return "empty"
    return ended or "stop"


def read_usage(usage: object) -> Usage:
    """Return the token counts; None where the endpoint did not say."""
    counts = fields(usage)
    details = fields(counts.get("prompt_tokens_details"))
    cached = details.get("cached_tokens", counts.get("prompt_cache_hit_tokens"))
    return Usage(
        input_tokens=_count(counts.get("prompt_tokens")),
        output_tokens=_count(counts.get("completion_tokens")),
        cached_tokens=_count(cached),
    )


def _count(value: object) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return int(value) if known and isinstance(value, int) else None


def _text(content: object) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            part if isinstance(part, str) else str(fields(part).get("text") or "")
            for part in content
        )
    return ""
