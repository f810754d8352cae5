"""What stands around every page: the gate, a limit to bodies, headers of safety."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from icp_synth.review.gate import ENTRANCE, METHODS, Gate, Refused

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES: Final = 2 * 1024 * 1024
"""Of a body."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing is loaded from elsewhere, and nothing that stands in a page itself runs."""

_HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_POLICY_HEADER: Final = b"content-security-policy"

# A page and not a redirect: a browser that followed a link from elsewhere would not
# send a cookie of SameSite=Strict along a redirect, but does from this page.
_WELCOME: Final = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="refresh" content="0;url=/">'
    '<link rel="icon" href="/static/icon.svg"><title>icp-synth</title></head>'
    '<body><p><a href="/">Go on</a></p></body></html>'
)


class Guard:
    """An ASGI application that lets in what the gate lets in.

    Args:
        app: What is guarded.
        gate: Who may come in.
        touch: Called for each request that is let in.
        patience: Seconds for a body to arrive.
    """

    def __init__(
        self,
        app: ASGIApp,
        gate: Gate,
        *,
        touch: Callable[[], None],
        patience: float = 20.0,
    ) -> None:
        self._app = app
        self._gate = gate
        self._touch = touch
        self._patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        send = _with_headers(send)
        method, path, headers = scope["method"], scope["path"], scope["headers"]
        refused = self._gate.refuse(method, path, headers)
        if refused is not None:
            await _answer_refused(send, refused, path)
        elif path == ENTRANCE:
            await self._enter(scope, send)
        else:
            await self._hand_on(scope, receive, send)

    async def _enter(self, scope: Scope, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode("latin-1"))
        tokens = query.get("token", [])
        # Whoever is in already may open the same address again.
        inside = self._gate.refuse("GET", "/", scope["headers"]) is None
        if len(tokens) == 1 and self._gate.enter(tokens[0]):
            self._touch()
            cookie = (b"set-cookie", self._gate.set_cookie.encode())
            await _answer(send, 200, _WELCOME, (cookie,), kind="text/html")
        elif inside:
            await _answer(send, 200, _WELCOME, kind="text/html")
        else:
            reason = "This address was used already: start `icp-synth review` again."
            await _answer_refused(send, Refused(403, reason), ENTRANCE)

    async def _hand_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        if scope["method"] != "GET":
            try:
                async with asyncio.timeout(self._patience):
                    taken = await _body(scope, receive)
            except TimeoutError:
                taken = Refused(408, "The request took too long.")
            if isinstance(taken, Refused):
                await _answer_refused(send, taken, scope["path"])
                return
            body = taken
        self._touch()
        await self._app(scope, _once(body, receive), send)


async def _body(scope: Scope, receive: Receive) -> bytes | Refused:
    """Return the body, unless it is longer than it may be."""
    too_long = Refused(413, "A request may have 2 MB at most.")
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > MOST_BYTES:
            return too_long
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return Refused(400, "The request ended too early.")
        parts += message.get("body", b"")
        if len(parts) > MOST_BYTES:
            return too_long
        if not message.get("more_body", False):
            return bytes(parts)


def _once(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read, then what comes."""
    waiting = [body]

    async def give() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return give


def _with_headers(send: Send) -> Send:
    """Return a `send` that adds the headers; a policy of its own is kept."""

    async def give(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            named = {name.lower() for name, _ in headers}
            headers += [one for one in _HEADERS if one[0] not in named]
            if _POLICY_HEADER not in named:
                headers.append((_POLICY_HEADER, POLICY.encode()))
            message = {**message, "headers": headers}
        await send(message)

    return give


async def _answer_refused(send: Send, refused: Refused, path: str) -> None:
    more: tuple[tuple[bytes, bytes], ...] = ()
    if refused.status == 405:
        more = ((b"allow", ", ".join(METHODS).encode()),)
    if refused.status in {408, 413}:
        more = ((b"connection", b"close"),)
    if path.startswith("/api/"):
        said = json.dumps({"error": refused.reason, "hint": ""})
        await _answer(send, refused.status, said, more, kind="application/json")
    else:
        await _answer(send, refused.status, refused.reason + "\n", more)


async def _answer(
    send: Send,
    status: int,
    text: str,
    more: tuple[tuple[bytes, bytes], ...] = (),
    *,
    kind: str = "text/plain",
) -> None:
    body = text.encode()
    headers = [
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
