"""A real HTTP server on loopback that speaks the OpenAI protocol, with faults.

Chat completions (with structured output), embeddings, files and batches, and
`/models`, over HTTP/1.1 with keep-alive. What it answers is a function of the request;
which requests go wrong, and how, is a queue. Run by itself it prints its address:

    python -m tests.servers.openai_server --port 0 --latency 1

and, when it is ended, one line of JSON with what it served and its CPU seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.servers.batch_desk import BatchDesk, call_name

Json = dict[str, Any]
Answer = Callable[[Json], str]
"""From the body of a request to the text of its answer."""

DIMENSION = 8
_JSON_ANSWER = re.compile(r"JSON schema:\n(\{.*)", re.DOTALL)
_PARTICIPANT = re.compile(r"^\[(\d+) P\d+\] (.*\w.*)$")
_NUMBERED = re.compile(r"^\W{0,3}(\d+)\W+(.*\w.*)$")


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of an answer.

    Attributes:
        status: HTTP status; 200 with a `body` is an answer of another shape.
        body: JSON, or raw text.
        headers: Added to the response.
        wire: What the connection does: `answer`, `hang` until the server closes,
            `drip` single bytes, or `cut` in mid-body.
        change: Applied to a good answer's body.
    """

    status: int = 200
    body: Json | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    wire: str = "answer"
    change: Callable[[Json], None] | None = None


class Served(NamedTuple):
    """One request that was answered.

    Attributes:
        schema: Name of the schema that was asked for, or nothing.
        came: When its headers were in, by `time.monotonic`.
        went: When its answer was sent.
    """

    schema: str
    came: float
    went: float


def error(status: int, message: str, *, code: str | None = None, **more: Any) -> Fault:
    """Return a refusal in OpenAI's shape; keyword `headers` go to the response."""
    headers = more.pop("headers", {})
    body = {"message": message, "type": "invalid_request_error", "code": code, **more}
    return Fault(status=status, body={"error": body}, headers=headers)


def rate_limited(**headers: str) -> Fault:
    """Return a 429 that passes; `retry_after="2"` becomes a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return error(429, "Rate limit reached.", code="rate_limit_exceeded", headers=named)


def quota() -> Fault:
    """Return the 429 that does not pass."""
    return error(
        429,
        "You exceeded your current quota.",
        code="insufficient_quota",
        type="insufficient_quota",
    )


def context_too_long() -> Fault:
    """Return OpenAI's refusal of a request that does not fit."""
    return error(
        400,
        "This model's maximum context length is 8192 tokens.",
        code="context_length_exceeded",
    )


def _choice(**changes: Any) -> Callable[[Json], None]:
    def change(body: Json) -> None:
        choice = body["choices"][0]
        for name, value in changes.items():
            if name == "finish_reason":
                choice[name] = value
            else:
                choice["message"][name] = value

    return change


def truncated() -> Fault:
    """Return an answer that was cut off at its limit."""
    return Fault(change=_choice(finish_reason="length", content='{"insights": [{"ki'))


def refusal() -> Fault:
    """Return an answer that is a refusal."""
    return Fault(change=_choice(content=None, refusal="I cannot help with that."))


def content_filter() -> Fault:
    """Return an answer that a filter stopped."""
    return Fault(change=_choice(finish_reason="content_filter", content=""))


def says(text: str | None) -> Fault:
    """Return an answer with this text, whatever was asked."""
    return Fault(change=_choice(content=text))


def without_usage() -> Fault:
    """Return an answer whose tokens nobody counted."""

    def change(body: Json) -> None:
        del body["usage"]

    return Fault(change=change)


HANG = Fault(wire="hang")
DRIP = Fault(wire="drip")
CUT = Fault(wire="cut")


class OpenAIServer:
    """The server, in a thread of its own; a context manager.

    Args:
        answer: Text of an answer; the default echoes (see `echo`).
        latency: Seconds before each answer.
        refuses: Forms of structured output that it answers with 400.
        ignores: Forms that it takes and does not heed.
        key: When given, any other key gets 401, with the key in the text.
        models: When given, any other model gets 404.
        port: 0 for any that is free.

    Attributes:
        requests: Bodies in the order in which they came in.
        faults: What happens to the next requests, first in, first out.
        most_in_flight: Most requests that it had at the same time.
        batches: Files and batches; None for a server without them.
        served: What was answered, in the order of the answers.
    """

    def __init__(
        self,
        answer: Answer | None = None,
        *,
        latency: float = 0.0,
        refuses: Iterable[str] = (),
        ignores: Iterable[str] = (),
        key: str | None = None,
        models: Iterable[str] = (),
        port: int = 0,
    ) -> None:
        self.answer = answer or echo
        self.latency = latency
        self.refuses = frozenset(refuses)
        self.ignores = frozenset(ignores)
        self.key = key
        self.models = tuple(models)
        self.requests: list[Json] = []
        self.served: list[Served] = []
        self.headers: list[dict[str, str]] = []
        self.connections = 0
        self.faults: deque[Fault | None] = deque()
        self.batches: BatchDesk | None = BatchDesk(self.completion)
        self.most_in_flight = 0
        self.closing = threading.Event()
        self.lock = threading.Lock()
        self._idle = threading.Condition(self.lock)
        self._in_flight = 0
        self._http = _Http(
            ("127.0.0.1", port), type("Handler", (_Handler,), {"owner": self})
        )
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """The base address, with `/v1`."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def received(self, body: Json, headers: Mapping[str, str]) -> Fault | None:
        """Record a request and return what shall happen to it."""
        with self.lock:
            self.requests.append(body)
            self.headers.append({k.lower(): v for k, v in headers.items()})
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
            return self.faults.popleft() if self.faults else None

    def done(self, body: Json, came: float) -> None:
        """Note that a request is answered, and when it came in."""
        form = body.get("response_format", {}).get("json_schema", {})
        with self.lock:
            self._in_flight -= 1
            self.served.append(Served(form.get("name", ""), came, time.monotonic()))
            self._idle.notify_all()

    def until_idle(self) -> None:
        """Wait until everything that was received is answered, and noted so."""
        with self._idle:
            self._idle.wait_for(lambda: self._in_flight == 0, timeout=5)

    def refusal(self, path: str, body: Json, key: str) -> Fault | None:
        """Return how this server always refuses such a request, if it does."""
        model = body.get("model")
        if self.key is not None and key != f"Bearer {self.key}":
            return error(401, f"Incorrect API key provided: {key[7:]}.", code="bad_key")
        if self.models and model not in self.models:
            return error(
                404, f"The model `{model}` does not exist.", code="model_not_found"
            )
        form = body.get("response_format", {}).get("type", "text")
        if path.endswith("/chat/completions") and form in self.refuses:
            return error(400, f"response_format type {form!r} is not supported.")
        return None

    def completion(self, body: Json) -> Json:
        """Return the body of a good answer."""
        form = body.get("response_format", {}).get("type", "text")
        text = "I read it; it is good." if form in self.ignores else self.answer(body)
        asked = sum(len(message["content"]) for message in body["messages"])
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "created": 0,
            "model": f"{body['model']}-2026-01-01",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "stop",
                    "message": {"role": "assistant", "content": text},
                }
            ],
            "usage": {
                "prompt_tokens": asked // 4,
                "completion_tokens": len(text) // 4,
                "total_tokens": asked // 4 + len(text) // 4,
                "prompt_tokens_details": {"cached_tokens": asked // 8},
            },
        }


def echo(body: Json) -> str:
    """Return the smallest answer that fits the schema, quoting the last message.

    Where the message marks who speaks, the quote is a participant's.
    """
    schema = body.get("response_format", {}).get("json_schema", {}).get("schema")
    if schema is None:
        found = _JSON_ANSWER.search(body["messages"][0]["content"])
        schema = json.JSONDecoder().raw_decode(found.group(1))[0] if found else {}
    lines = body["messages"][-1]["content"].splitlines()
    said_by_them = [match for line in lines if (match := _PARTICIPANT.match(line))]
    numbered = said_by_them or [
        match for line in lines if (match := _NUMBERED.match(line))
    ]
    best = max(numbered, key=lambda match: len(match.group(2)), default=None)
    turn, said = (int(best.group(1)), best.group(2)) if best else (0, "nothing said")
    quote = said if len(said) <= 120 else said[:120].rpartition(" ")[0]
    return json.dumps(_filled(schema, turn, quote), ensure_ascii=False)


def _filled(schema: Json, turn: int, quote: str) -> Any:
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if "anyOf" in schema:
        return _filled(schema["anyOf"][0], turn, quote)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        return {
            name: _filled(child, turn, quote)
            for name, child in schema.get("properties", {}).items()
        }
    if kind == "array":
        return [_filled(schema["items"], turn, quote)]
    simple = {"string": quote, "integer": turn, "number": 0.5, "boolean": True}
    return simple.get(kind)


def vector(text: str) -> list[float]:
    """Return a vector that depends on the text alone; its length is not 1."""
    digest = hashlib.sha256(text.encode()).digest()
    return [math.cos(digest[at]) + 0.001 for at in range(DIMENSION)]


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over clients that hang up; anything else is a bug of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    owner: OpenAIServer

    def setup(self) -> None:
        super().setup()
        with self.owner.lock:
            self.owner.connections += 1

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_DELETE(self) -> None:
        if not self._batch_call(b""):
            self._send(404, {"error": {"message": f"Not found: {self.path}"}})

    def do_GET(self) -> None:
        if self._batch_call(b""):
            return
        names = self.owner.models or ("scripted",)
        rows = [{"id": name, "object": "model"} for name in names]
        self._send(200, {"object": "list", "data": rows})

    def do_POST(self) -> None:
        came = time.monotonic()
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._batch_call(raw):
            return
        body = json.loads(raw)
        fault = self.owner.received(body, dict(self.headers.items()))
        try:
            self._answer(body, fault or self._refusal(body))
        finally:
            self.owner.done(body, came)

    def _batch_call(self, raw: bytes) -> bool:
        """Answer a call for files and batches; False when it is another."""
        called = call_name(self.command, self.path)
        if not called:
            return False
        batches = self.owner.batches
        if batches is None:
            self._send(404, {"error": {"message": f"Not found: {self.path}"}})
            return True
        with self.owner.lock:
            fault = batches.fault(called)
            key = self.headers.get("Authorization", "")
            if self.owner.key is not None and key != f"Bearer {self.owner.key}":
                fault = error(401, f"Incorrect API key provided: {key[7:]}.")
            if fault is not None and fault.body is not None:
                self._send(fault.status, fault.body, fault.headers)
                return True
            kind = self.headers.get("Content-Type", "")
            sent = batches.work(called, self.path, raw, kind)
        self._send(sent.status, sent.body, wire=fault.wire if fault else "answer")
        return True

    def _refusal(self, body: Json) -> Fault | None:
        key = self.headers.get("Authorization", "")
        return self.owner.refusal(self.path, body, key)

    def _answer(self, body: Json, fault: Fault | None) -> None:
        if fault is not None and fault.wire == "hang":
            self.owner.closing.wait()
            self.close_connection = True
            return
        if fault is not None and fault.body is not None:
            self._send(fault.status, fault.body, fault.headers)
            return
        if self.owner.latency:
            time.sleep(self.owner.latency)
        if self.path.endswith("/embeddings"):
            self._send(200, _embeddings(body))
            return
        if not self.path.endswith("/chat/completions"):
            self._send(404, {"error": {"message": f"Not found: {self.path}"}})
            return
        good = self.owner.completion(body)
        if fault is not None and fault.change is not None:
            fault.change(good)
        self._send(200, good, wire=fault.wire if fault else "answer")

    def _send(
        self,
        status: int,
        body: Json | str,
        headers: Mapping[str, str] | None = None,
        *,
        wire: str = "answer",
    ) -> None:
        text = body if isinstance(body, str) else json.dumps(body)
        payload = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if wire == "answer":
            # One write, or every answer waits for a delayed acknowledgement.
            self._headers_buffer.append(b"\r\n" + payload)  # type: ignore[attr-defined]  # no public way
            self.flush_headers()
            return
        self.end_headers()
        self.close_connection = True
        if wire == "cut":
            self.wfile.write(payload[: len(payload) // 2])
            return
        for byte in payload:
            if self.owner.closing.wait(0.01):
                return
            self.wfile.write(bytes([byte]))


def _embeddings(body: Json) -> Json:
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    rows = [
        {"object": "embedding", "index": at, "embedding": vector(text)}
        for at, text in enumerate(texts)
    ]
    # Servers may answer in any order; the index counts.
    return {
        "object": "list",
        "model": body["model"],
        "data": rows[::-1],
        "usage": {"prompt_tokens": sum(map(len, texts)) // 4},
    }


def main() -> None:
    """Serve until ended; the first line printed is the address."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--refuse", action="append", default=[])
    options = parser.parse_args()
    server = OpenAIServer(
        latency=options.latency, refuses=options.refuse, port=options.port
    )
    # Ended as by Ctrl-C, also where whoever started it had that ignored.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with server:
        sys.stdout.write(server.url + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            server.until_idle()
            ended = {"served": server.served, "cpu": time.process_time()}
            sys.stdout.write(json.dumps(ended) + "\n")


if __name__ == "__main__":
    main()
