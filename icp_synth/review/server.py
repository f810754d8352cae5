"""Serving the pages on this machine: one socket, few connections, an end to idling."""

from __future__ import annotations

import secrets
import socket
import time
from asyncio import TimerHandle, Transport
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from icp_synth.errors import UsageError
from icp_synth.review.app import Study, build
from icp_synth.review.gate import ENTRANCE, Gate, hosts_of
from icp_synth.review.redraft import Drafting
from icp_synth.review.security import Guard

MOST_CONNECTIONS: Final = 64
PATIENCE: Final = 10.0
"""Seconds for the head of a request to arrive."""

_TICK: Final = 1
"""Seconds between looks at whether anybody is still there."""


@dataclass
class Visits:
    """When somebody was last here.

    Attributes:
        clock: Seconds that only grow.
    """

    clock: Callable[[], float] = time.monotonic
    last: float = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.clock()

    def touch(self) -> None:
        """Note a visit."""
        self.last = self.clock()

    def idle(self) -> float:
        """Return the seconds since the last visit."""
        return self.clock() - self.last


@dataclass(frozen=True)
class Listening:
    """A bound socket with the server that will answer on it.

    Attributes:
        gate: Its rules.
        drafting: Its runs.
        address: Where a browser goes first, with the one-time token.
    """

    gate: Gate
    drafting: Drafting
    address: str
    sock: socket.socket
    server: uvicorn.Server

    def serve(self) -> None:
        """Answer until somebody stops it, or nobody comes any more."""
        try:
            self.server.run(sockets=[self.sock])
        finally:
            self.sock.close()

    def stop(self) -> None:
        """Let `serve` come to its end."""
        self.server.should_exit = True


def listen(
    study: Study,
    drafting: Drafting,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    unsafe: bool = False,
    idle_seconds: float = 3600.0,
) -> Listening:
    """Bind a socket and return the server for it; `serve` answers.

    Args:
        study: What the pages are about.
        drafting: Drafts again.
        host: An address of this machine.
        port: 0 takes any that is free.
        unsafe: Whether the address may be reachable by other machines.
        idle_seconds: Without a visit, after which it ends.

    Raises:
        UsageError: The address is refused, or cannot be had.
    """
    hosts = hosts_of(host, unsafe=unsafe, machine=socket.gethostname())
    sock = _bound("127.0.0.1" if host == "localhost" else host, port)
    port = sock.getsockname()[1]
    gate = Gate(
        port=port,
        hosts=hosts,
        token=secrets.token_urlsafe(32),
        secret=secrets.token_urlsafe(32),
    )
    visits = Visits()
    server = _server(
        Guard(build(study, drafting), gate, touch=visits.touch),
        lambda: visits.idle() > idle_seconds and not drafting.running,
    )
    shown = next(one for one in sorted(hosts) if one != "localhost")
    address = f"http://{shown}:{port}{ENTRANCE}?token={gate.token}"
    return Listening(gate, drafting, address, sock, server)


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        # From here on a browser may knock; it is answered when the server runs.
        sock.listen(MOST_CONNECTIONS)
    except (OSError, OverflowError) as cause:
        sock.close()
        msg = f"{host}, port {port} cannot be had: {cause}."
        hint = "Leave --port out: any free one is taken."
        raise UsageError(msg, hint=hint) from cause
    return sock


def _server(app: Guard, ended: Callable[[], bool]) -> uvicorn.Server:
    async def look() -> None:
        if ended():
            server.should_exit = True

    config = uvicorn.Config(
        app,
        http=_PatientProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        # Addresses hold the token, so none is written anywhere.
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        timeout_notify=_TICK,
        callback_notify=look,
    )
    server = uvicorn.Server(config)
    return server


class _PatientProtocol(H11Protocol):
    """A connection that is closed when a request does not come to its point.

    The server itself waits for ever for the head of a request, and takes as many
    connections as come.
    """

    _timer: TimerHandle | None = None
    _busy = False
    """Whether a request is being answered."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override] # as uvicorn declares it
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self._wait()

    def data_received(self, data: bytes) -> None:
        before = self.scope
        super().data_received(data)
        if self.scope is not before:  # the head of a request has come
            self._busy = True
            self._stop_waiting()
        elif not self._busy:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self._busy = False
        super().on_response_complete()

    def _wait(self) -> None:
        if self._timer is None:
            close: Callable[..., Any] = self.transport.close
            self._timer = self.loop.call_later(PATIENCE, close)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
