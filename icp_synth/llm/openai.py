"""The door to OpenAI and to every server that speaks its protocol.

The only importer of `openai`. A call is tried once: the SDK's retries are off, every
error becomes one of ours, and no text that leaves here holds a key. Structured output
goes down a ladder (strict `json_schema`, `json_object`, plain text) when the endpoint
refuses a rung; what was learnt is kept for the next call, and each reply records it.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    IcpSynthError,
    SchemaRefused,
)
from icp_synth.llm.completion import FORMS, LIMIT, read_completion, wire_body
from icp_synth.llm.endpoint import LIMIT_NAMES, Dialect, Endpoint
from icp_synth.llm.faults import Refusal, fault, fields, no_connection, timed_out
from icp_synth.llm.protocol import ChatReply, ChatRequest
from icp_synth.llm.repair import parse_answer

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    import openai

    Send = Callable[
        [openai.AsyncOpenAI],
        AbstractAsyncContextManager[openai.AsyncAPIResponse[Any]],
    ]

Says = Callable[[Refusal], IcpSynthError | None]

_MAX_BODY: Final = 16_000_000
_REFUSES = re.compile(
    r"unsupported|not supported|does(?:n't| not) support|unrecogni[sz]ed|unknown|"
    r"extra|unexpected|not permitted|not allowed",
    re.IGNORECASE,
)
_OPTIONAL: Final = (*LIMIT_NAMES, "temperature", "top_p", "seed", "store")
_MOST_ADAPTATIONS: Final = len(FORMS) + len(_OPTIONAL)


class Connection:
    """An SDK client for the running event loop, and its errors as ours.

    A connection pool belongs to the loop that made it; a step that runs in a new loop
    gets a new client.
    """

    def __init__(self, endpoint: Endpoint, *, now: Callable[[], float] = time.time):
        self.endpoint = endpoint
        self._now = now
        self._client: openai.AsyncOpenAI | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def client(self) -> openai.AsyncOpenAI:
        """Return the client of the running loop."""
        import openai

        loop = asyncio.get_running_loop()
        if self._client is None or self._loop is not loop:
            here = self.endpoint
            client = openai.AsyncOpenAI(
                api_key=here.key,
                base_url=here.base_url,
                timeout=openai.Timeout(here.timeout, connect=min(10.0, here.timeout)),
                max_retries=0,
                http_client=openai.DefaultAsyncHttpxClient(
                    trust_env=not here.is_loopback
                ),
            )
            if not here.is_openai:
                # From OpenAI's environment variables; nobody else's business.
                client.organization = client.project = None
            self._client, self._loop = client, loop
        return self._client

    async def aclose(self) -> None:
        """Close the connections of this loop."""
        if self._client is not None and self._loop is asyncio.get_running_loop():
            await self._client.close()
        self._client = self._loop = None

    async def fetch(
        self, send: Send, *, model: str, says: Says | None = None
    ) -> object:
        """Send one request and return the decoded JSON of the answer.

        Args:
            send: Given the client, opens the response.
            model: For the text of an error.
            says: Given a refusal, what it means for this request, if it has a
                meaning of its own.

        Raises:
            CallFailed: See ChatModel.
            EndpointRefused: See ChatModel.
            QuotaExhausted: See ChatModel.
        """
        here = self.endpoint
        try:
            async with (
                asyncio.timeout(here.deadline),
                self._response(send, model=model, says=says) as response,
            ):
                raw = await _limited(response, here.host)
        except TimeoutError:
            raise timed_out(here.deadline, endpoint=here.host) from None
        try:
            return json.loads(raw)
        except (ValueError, RecursionError):
            msg = f"{here.host} answered 200 with something that is no JSON."
            raise AnswerUnusable(
                msg,
                outcome="malformed",
                hint="Check that --base-url speaks the OpenAI protocol (/v1).",
            ) from None

    async def save(
        self, send: Send, file: IO[bytes], *, model: str, says: Says | None = None
    ) -> None:
        """Write the body of an answer to a file, however long it is.

        Args:
            send: Given the client, opens the response.
            file: Emptied first: a try before may have broken off.
            model: For the text of an error.
            says: As for `fetch`.

        Raises:
            CallFailed: See ChatModel.
            EndpointRefused: See ChatModel.
            QuotaExhausted: See ChatModel.
        """
        file.seek(0)
        file.truncate()
        async with self._response(send, model=model, says=says) as response:
            async for chunk in response.iter_bytes():
                file.write(chunk)

    @asynccontextmanager
    async def _response(
        self, send: Send, *, model: str, says: Says | None
    ) -> AsyncIterator[openai.AsyncAPIResponse[Any]]:
        # httpx2 is the SDK's transport; its errors escape while a body is read.
        import httpx2
        import openai

        host = self.endpoint.host
        try:
            async with send(self.client()) as response:
                yield response
        except openai.APIStatusError as error:
            self._raise(error, model=model, says=says)
        except (openai.APITimeoutError, httpx2.TimeoutException):
            raise timed_out(self.endpoint.timeout, endpoint=host) from None
        except (openai.APIConnectionError, httpx2.TransportError) as error:
            raise no_connection(error, endpoint=host) from None

    def _raise(
        self, error: openai.APIStatusError, *, model: str, says: Says | None
    ) -> NoReturn:
        """Raise ours `from None`: the SDK's text may quote the key."""
        headers = dict(error.response.headers)
        refusal = Refusal.read(error.status_code, error.body, headers, now=self._now())
        meant = says(refusal) if says is not None else None
        if meant is not None:
            raise meant from None
        refused = _refused_parameter(refusal, error.param)
        if refused:
            raise ParameterRefusedError(refused) from None
        raise fault(
            refusal,
            model=model,
            endpoint=self.endpoint.host,
            secrets=(self.endpoint.key,),
        ) from None


class ParameterRefusedError(Exception):
    """The model does not take a parameter; handled by the door, never seen outside."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


async def _limited(response: openai.AsyncAPIResponse[Any], host: str) -> bytes:
    body = bytearray()
    async for chunk in response.iter_bytes():
        body += chunk
        if len(body) > _MAX_BODY:
            msg = f"{host} sent more than {_MAX_BODY // 1_000_000} MB."
            raise AnswerUnusable(
                msg,
                outcome="too_large",
            )
    return bytes(body)


def _refused_parameter(refusal: Refusal, param: str | None) -> str:
    """Return the name of the parameter that a 400 or 422 refuses, or nothing."""
    words = f"{refusal.code} {refusal.message}"
    if refusal.status not in {400, 422} or not _REFUSES.search(words):
        return ""
    if param in _OPTIONAL:
        return param
    named = [name for name in _OPTIONAL if re.search(rf"\b{name}\b", words)]
    # "'max_tokens' is not supported, use 'max_completion_tokens'": the first named.
    return min(named, key=words.index, default="")


class OpenAIChat:
    """A ChatModel over chat completions.

    Args:
        model: Its name, for messages; each request names the model that it asks.
        endpoint: Where to ask.
        dialect: What is known of the endpoint already.
        clock: Seconds that only grow; a call's time is measured with it.
    """

    def __init__(
        self,
        model: str,
        endpoint: Endpoint | None = None,
        *,
        dialect: Dialect | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = model
        self._clock = clock
        self.endpoint = endpoint or Endpoint()
        limit = LIMIT_NAMES[0] if self.endpoint.is_openai else LIMIT_NAMES[1]
        self.dialect = dialect or Dialect(limit_name=limit)
        self.connection = Connection(self.endpoint)

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer one request; a refused rung or parameter is sent again without it.

        Raises:
            CallFailed: The call ended without an answer.
            EndpointRefused: The key, right or model name is wrong.
            QuotaExhausted: The account's quota is used up.
        """
        for attempt in range(1, _MOST_ADAPTATIONS + 1):
            dialect = self.dialect
            sent = self._clock()
            try:
                body = await self._ask(request, dialect)
            except SchemaRefused:
                self.dialect = self.dialect.below(dialect.form)
                if dialect.form == FORMS[-1]:
                    raise
            except ParameterRefusedError as refused:
                self.dialect = self.dialect.after(refused.name)
            else:
                took = self._clock() - sent
                reply = self._reply(request, body, dialect, attempt)
                return reply.model_copy(update={"seconds": took})
        msg = (
            f"{self.endpoint.host} refuses parameters of {request.model!r} in turn: "
            f"{', '.join(sorted(self.dialect.without)) or LIMIT}."
        )
        raise CallFailed(
            msg,
            outcome="bad_request",
            hint="Leave them out of [model] in study.toml.",
        )

    async def _ask(self, request: ChatRequest, dialect: Dialect) -> object:
        body = wire_body(
            request,
            dialect.form,
            limit_name=dialect.limit_name,
            without=dialect.without,
        )
        if self.endpoint.is_openai:
            body["store"] = False
        model, messages = body.pop("model"), body.pop("messages")
        return await self.connection.fetch(
            lambda client: client.chat.completions.with_streaming_response.create(
                model=model, messages=messages, extra_body=body
            ),
            model=model,
        )

    def _reply(
        self, request: ChatRequest, body: object, dialect: Dialect, attempt: int
    ) -> ChatReply:
        error = fields(body).get("error")
        if error:
            # Gateways wrap an upstream's refusal into a 200.
            code = fields(error).get("code")
            status = code if isinstance(code, int) else 502
            raise fault(
                Refusal.read(status, body),
                model=request.model,
                endpoint=self.endpoint.host,
                secrets=(self.endpoint.key,),
            )
        host = self.endpoint.host
        reply = read_completion(body, endpoint=host, form=dialect.form)
        self._learn(request, reply, dialect)
        notes = [f"{name} not sent" for name in sorted(dialect.without)]
        sent = {name for name in dialect.without if name in request.parameters}
        return reply.model_copy(
            update={
                "attempts": attempt,
                "notes": tuple(note for note in notes if note.split()[0] in sent),
            }
        )

    def _learn(self, request: ChatRequest, reply: ChatReply, dialect: Dialect) -> None:
        """Note whether the rung holds: some servers take it and do not heed it."""
        if self.dialect.proven or reply.finish != "stop":
            return
        try:
            parse_answer(reply.text, request.response_schema)
        except AnswerUnusable:
            if dialect.form == FORMS[0]:
                self.dialect = self.dialect.below(dialect.form)
        else:
            if dialect.form == self.dialect.form:
                self.dialect = replace(self.dialect, proven=True)

    async def aclose(self) -> None:
        """Close the connections of this event loop."""
        await self.connection.aclose()
