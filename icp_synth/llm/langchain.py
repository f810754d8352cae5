"""The door to every other provider, through LangChain's `init_chat_model`.

The only importer of `langchain` and `langchain_core` for models. Tracing is off
whatever the environment says, retries are off, and provider errors become ours by
their HTTP status or by LangChain's own error classes. Providers keep connection pools
that belong to one event loop, so all calls run in one loop that lives in a thread of
its own for as long as the process.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
import warnings
from collections.abc import Callable, Coroutine, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from icp_synth.domain.ids import canonical_json
from icp_synth.errors import (
    AnswerUnusable,
    ContextTooLong,
    IcpSynthError,
    SchemaRefused,
    UsageError,
)
from icp_synth.llm.completion import OURS, finish, wire_messages
from icp_synth.llm.faults import (
    Refusal,
    causes,
    fault,
    fields,
    no_connection,
    redact,
    timed_out,
)
from icp_synth.llm.protocol import ChatReply, ChatRequest, Finish, Usage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

T = TypeVar("T")
Method = Literal["json_schema", "function_calling", "text"]
_LADDER: Final[tuple[Method, ...]] = ("json_schema", "function_calling", "text")
_STANDARD: Final = frozenset({"temperature", "max_tokens"})
"""Parameters that LangChain gives to every provider; others only where known."""

_FINISH_KEYS: Final = ("finish_reason", "stop_reason", "done_reason")
_CUT_OFF: Final[Mapping[str, Finish]] = {
    "LengthFinishReasonError": "length",
    "ContentFilterFinishReasonError": "filtered",
    "OpenAIRefusalError": "refused",
}
_STATUS_OF: Final = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelInvalidRequestError": 400,
    "ModelAPIError": 500,
}


class LangChainChat:
    """A ChatModel over `init_chat_model("provider:name")`.

    Args:
        model: `provider:name`.
        base_url: Another address, for providers that take one.
        key: Passed on where given; otherwise the provider reads its own variable.
        timeout: Seconds that the provider's client may wait.
        deadline: Seconds for a whole call.
        clock: Seconds that only grow; a call's time is measured with it.

    Raises:
        UsageError: The provider is unknown, its package is missing, or it cannot be
            set up.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        key: str | None = None,
        timeout: float = 120.0,
        deadline: float = 600.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = model
        self.provider = model.partition(":")[0]
        self._key = key
        self._timeout = timeout
        self._deadline = deadline
        self._clock = clock
        self._settings: dict[str, Any] = {"timeout": timeout, "max_retries": 0}
        if base_url:
            self._settings["base_url"] = base_url
        if key:
            self._settings["api_key"] = key
        self._method: Method = _LADDER[0]
        self._models: dict[str, BaseChatModel] = {}
        self._known = frozenset(type(self._model({})).model_fields)

    async def complete(self, request: ChatRequest) -> ChatReply:
        """Answer one request.

        Raises:
            CallFailed: The call ended without an answer.
            EndpointRefused: The key, right or model name is wrong.
            QuotaExhausted: The account's quota is used up.
        """
        attempt = 1
        while True:
            method = self._method
            sent = self._clock()
            try:
                reply = await _in_background(self._ask(request, method))
            except SchemaRefused:
                if method == _LADDER[-1]:
                    raise
                if method == self._method:
                    self._method = _LADDER[_LADDER.index(method) + 1]
                attempt += 1
            else:
                took = self._clock() - sent
                return reply.model_copy(update={"attempts": attempt, "seconds": took})

    async def _ask(self, request: ChatRequest, method: Method) -> ChatReply:
        from langsmith import tracing_context

        parameters, notes = self._parameters(request)
        asked = self._bound(request, parameters, method)
        form = "json_schema" if method == "json_schema" else "text"
        messages = wire_messages(request, "text" if method == "text" else "json_schema")
        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(self._deadline):
                    answer = await asked(messages)
        except TimeoutError:
            raise timed_out(self._deadline, endpoint=self.provider) from None
        except Exception as error:  # noqa: BLE001 - every provider has its own classes
            return self._failed(error, request, form)
        raw: AIMessage = answer["raw"] if isinstance(answer, dict) else answer
        if method == "function_calling":
            form = "tool_call"
        return _reply(raw, endpoint=self.provider, form=form, notes=notes)

    def _parameters(
        self, request: ChatRequest
    ) -> tuple[dict[str, Any], tuple[str, ...]]:
        wanted = {k: v for k, v in request.parameters.items() if k not in OURS}
        taken = {k: v for k, v in wanted.items() if k in _STANDARD | self._known}
        left = sorted(wanted.keys() - taken.keys())
        return taken, tuple(f"{name} not sent" for name in left)

    def _model(self, parameters: Mapping[str, Any]) -> BaseChatModel:
        key = canonical_json(dict(parameters))
        if key not in self._models:
            self._models[key] = _init(
                self.name, {**self._settings, **parameters}, secret=self._key or ""
            )
        return self._models[key]

    def _bound(
        self, request: ChatRequest, parameters: Mapping[str, Any], method: Method
    ) -> Callable[[Any], Coroutine[Any, Any, Any]]:
        model = self._model(parameters)
        if method == "text":
            return model.ainvoke
        schema = {"title": request.schema_name, **request.response_schema}
        options: dict[str, Any] = {"method": method}
        if method == "json_schema" and self.provider.endswith("openai"):
            options["strict"] = True
        try:
            with warnings.catch_warnings():
                # Providers warn when they take another method than asked.
                warnings.simplefilter("ignore")
                bound = model.with_structured_output(
                    schema, include_raw=True, **options
                )
        except (NotImplementedError, ValueError, TypeError) as error:
            msg = f"{self.provider} has no structured output by {method}."
            raise SchemaRefused(
                msg,
                outcome="schema_refused",
            ) from error
        return bound.ainvoke

    def _failed(self, error: Exception, request: ChatRequest, form: str) -> ChatReply:
        """Return the reply that an error stands for, or raise it as ours."""
        ended = _CUT_OFF.get(type(error).__name__)
        if ended is not None:
            completion = getattr(error, "completion", None)
            usage = getattr(completion, "usage", None)
            return ChatReply(
                text="",
                finish=ended,
                usage=Usage(
                    input_tokens=getattr(usage, "prompt_tokens", None),
                    output_tokens=getattr(usage, "completion_tokens", None),
                ),
                endpoint=self.provider,
                form=form,
            )
        ours = self._ours(error, request.model)
        if ours is None:
            raise error
        raise ours from None

    def _ours(self, error: Exception, model: str) -> IcpSynthError | None:
        names = {kind.__name__ for at in causes(error) for kind in type(at).__mro__}
        if "ContextOverflowError" in names:
            return ContextTooLong(
                f"{self.provider}: the request does not fit {model!r}.",
                outcome="context_length",
                hint="Use smaller windows or a model with a longer context.",
            )
        refusal = _refusal(error, names)
        if refusal is not None:
            secrets = (self._key or "",)
            return fault(refusal, model=model, endpoint=self.provider, secrets=secrets)
        if any("Timeout" in name for name in names):
            return timed_out(self._timeout, endpoint=self.provider)
        if names & {"OSError", "ModelConnectionError", "TransportError"}:
            return no_connection(error, endpoint=self.provider)
        if isinstance(error, LookupError | ValueError | TypeError | AttributeError):
            # What a provider's client trips over when the answer is no completion.
            return AnswerUnusable(
                f"{self.provider} sent what its client cannot read "
                f"({type(error).__name__}).",
                outcome="malformed",
                hint="Check the model's name and, where given, --base-url.",
            )
        return None


def _refusal(error: Exception, names: set[str]) -> Refusal | None:
    for at in causes(error):
        response = getattr(at, "response", None)
        status = getattr(at, "status_code", None) or getattr(
            response, "status_code", getattr(at, "code", None)
        )
        if isinstance(status, int) and 400 <= status < 600:
            headers = dict(getattr(response, "headers", None) or {})
            body = getattr(at, "body", None) or str(at)
            return Refusal.read(status, body, headers, now=time.time())
    for name, status in _STATUS_OF.items():
        if name in names:
            return Refusal(status=status, message=str(error))
    return None


def _reply(
    raw: AIMessage, *, endpoint: str, form: str, notes: tuple[str, ...]
) -> ChatReply:
    meta = fields(raw.response_metadata)
    refusal = str(raw.additional_kwargs.get("refusal") or "")
    text = str(raw.text)
    if not text.strip() and raw.tool_calls:
        text = json.dumps(raw.tool_calls[0]["args"], ensure_ascii=False)
    reason = next((meta[key] for key in _FINISH_KEYS if meta.get(key)), None)
    usage = fields(raw.usage_metadata)
    details = fields(usage.get("input_token_details"))
    return ChatReply(
        text=refusal or text,
        finish="refused" if refusal else finish(reason, text),
        usage=Usage(
            input_tokens=usage.get("input_tokens"),
            output_tokens=usage.get("output_tokens"),
            cached_tokens=details.get("cache_read"),
        ),
        model=str(meta.get("model_name") or meta.get("model") or ""),
        endpoint=endpoint,
        form=form,
        notes=notes,
    )


def _init(model: str, settings: Mapping[str, Any], *, secret: str) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    provider = model.partition(":")[0]
    try:
        built: BaseChatModel = init_chat_model(model, **settings)
    except ImportError as error:
        package = getattr(error.__cause__, "name", None) or f"langchain-{provider}"
        package = str(package).partition(".")[0].replace("_", "-")
        msg = f"Models of {provider!r} need the package {package}, which is missing."
        raise UsageError(
            msg,
            hint=f"Install it with `pip install {package}`.",
        ) from None
    except Exception as error:  # noqa: BLE001 - every provider has its own classes
        msg = f"{model!r} cannot be set up: {redact(str(error), secret)}"
        raise UsageError(
            msg,
            hint="Check the provider's name and that its key is in the environment.",
        ) from None
    return built


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="icp-langchain", daemon=True).start()
    return loop


async def _in_background(work: Coroutine[Any, Any, T]) -> T:
    """Await `work` in the door's own loop; cancelling this cancels it there."""
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, _loop()))
