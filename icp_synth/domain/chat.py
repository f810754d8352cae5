"""One exchange with a language model, as values: what is asked, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from icp_synth.domain.ids import canonical_json, sha256_text
from icp_synth.domain.values import Value

Finish = Literal["stop", "length", "refused", "filtered", "empty"]


class Message(Value):
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(Value):
    """What is asked, before any endpoint gives it a wire form.

    Attributes:
        model: Name without the provider's prefix.
        messages: What never changes stands first.
        parameters: `temperature`, `max_tokens`, `seed`, an eval's `epoch` …
        schema_name: Name of the answer's schema.
        response_schema: Strict JSON schema of the answer.
        prompt: Fingerprint of the prompt, `ID@VERSION#HASH`; recorded, not hashed.
        about: Whom the request is about (transcript names); recorded, not hashed.
        step: Which step asks (`extract`, `themes`, `draft` …); recorded, not hashed.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: Mapping[str, Any] = {}
    schema_name: str
    response_schema: Mapping[str, Any]
    prompt: str = ""
    about: tuple[str, ...] = ()
    step: str = ""

    def key(self) -> str:
        """Return the cache key, also the `custom_id` of a batch (contracts.md)."""
        return sha256_text(
            canonical_json(
                {
                    "model": self.model,
                    "messages": [message.model_dump() for message in self.messages],
                    "parameters": dict(self.parameters),
                    "response_schema": self.response_schema,
                }
            )
        )


class Usage(Value):
    """Tokens of one reply; None where the endpoint did not say."""

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None


class ChatReply(Value):
    """What came back.

    Attributes:
        text: The answer's text; empty when there is none.
        finish: Why it ended; only `stop` may be parsed as a success.
        usage: What the endpoint counted.
        model: The model's snapshot name as it answered.
        endpoint: Where it was asked (host or provider), or `batch`.
        form: The wire form that was used (`json_schema`, `json_object`, `text`).
        attempts: How many times it was sent.
        notes: What differed from the request as written, e.g. a parameter that the
            model does not take; recorded and shown, never hashed.
        seconds: From sending the request that was answered to having read the answer,
            without waits and tries before it. Only of a live reply: it is no part of
            what is kept or compared by content, and None for an answer from a file.
    """

    text: str
    finish: Finish = "stop"
    usage: Usage = Usage()
    model: str = ""
    endpoint: str = ""
    form: str = ""
    attempts: int = 1
    notes: tuple[str, ...] = ()
    seconds: float | None = Field(default=None, exclude=True, ge=0)
