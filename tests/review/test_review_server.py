"""The server on a real socket: this machine alone, no waiting for the slow, an end."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from icp_synth.errors import UsageError
from icp_synth.review import server
from icp_synth.review.app import Study
from icp_synth.review.redraft import Drafting
from icp_synth.review.server import Listening, Visits, listen
from tests.review.review_factory import read_study, write_study

LIMIT = 10.0


@contextmanager
def served(folder: Path, *, idle_seconds: float = 3600.0) -> Iterator[Listening]:
    """Serve a study on a free port for the length of a block."""
    study = Study(folder, lambda: read_study(folder), "kim")
    listening = listen(study, Drafting(None), idle_seconds=idle_seconds)
    thread = threading.Thread(target=listening.serve)
    thread.start()
    try:
        yield listening
    finally:
        listening.stop()
        thread.join(LIMIT)
        assert not thread.is_alive()


def connected(listening: Listening) -> socket.socket:
    return socket.create_connection(("127.0.0.1", listening.gate.port), timeout=LIMIT)


def said_to(listening: Listening, request: bytes) -> bytes:
    """Return the first bytes of the answer to a request, written by hand."""
    with connected(listening) as sock:
        sock.sendall(request)
        return sock.recv(200)


def test_a_browser_goes_from_the_address_to_the_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with served(write_study(tmp_path)) as listening:
        port = listening.gate.port
        assert listening.address.startswith(f"http://127.0.0.1:{port}/enter?token=")
        assert listening.sock.getsockname()[0] == "127.0.0.1"
        http_ = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
        http_.request("GET", listening.address.partition(str(port))[2])
        entered = http_.getresponse()
        cookie = (entered.getheader("set-cookie") or "").partition(";")[0]
        entered.read()
        http_.request("GET", "/api/segments", headers={"cookie": cookie})
        board = http_.getresponse()
        assert (entered.status, board.status) == (200, 200)
        assert b"slow closers" in board.read()
        assert board.getheader("server") is None
        http_.close()
    printed = capfd.readouterr()
    assert listening.gate.token not in printed.out + printed.err


def test_two_hosts_in_one_request_are_refused(tmp_path: Path) -> None:
    with served(write_study(tmp_path)) as listening:
        host = f"Host: 127.0.0.1:{listening.gate.port}\r\n".encode()
        twice = said_to(listening, b"GET / HTTP/1.1\r\n" + host + host + b"\r\n")
        none = said_to(listening, b"GET / HTTP/1.1\r\nHost: evil\r\n\r\n")
        old = said_to(listening, b"GET / HTTP/1.0\r\n\r\n")
        trace = said_to(listening, b"TRACE / HTTP/1.1\r\n" + host + b"\r\n")
    for answer in (twice, none, old):
        assert answer.startswith(b"HTTP/1.1 400")
    assert trace.startswith(b"HTTP/1.1 405")


def test_a_request_that_does_not_come_to_its_point_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    with (
        served(write_study(tmp_path)) as listening,
        connected(listening) as silent,
        connected(listening) as slow,
    ):
        slow.sendall(b"GET / HTTP/1.1\r\nHost: ")
        assert silent.recv(1) == b""
        assert slow.recv(1) == b""


def test_more_connections_than_a_person_has_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 2)
    with served(write_study(tmp_path)) as listening:
        open_ = [connected(listening) for _ in range(2)]
        # Each has been taken up when it is answered.
        for sock in open_:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert sock.recv(12) == b"HTTP/1.1 400"
        with connected(listening) as third, suppress(ConnectionResetError):
            assert third.recv(1) == b""
        for sock in open_:
            sock.close()


def test_it_ends_when_nobody_comes(tmp_path: Path) -> None:
    study = write_study(tmp_path)
    listening = listen(
        Study(study, lambda: read_study(study)), Drafting(None), idle_seconds=0.0
    )
    thread = threading.Thread(target=listening.serve)
    thread.start()
    thread.join(LIMIT)
    assert not thread.is_alive()


def test_a_visit_begins_the_waiting_anew() -> None:
    now = [0.0]
    visits = Visits(clock=lambda: now[0])
    now[0] = 100.0
    assert visits.idle() == 100.0
    visits.touch()
    assert visits.idle() == 0.0


def test_a_port_that_is_taken_is_said_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        study = Study(tmp_path, lambda: read_study(tmp_path))
        with pytest.raises(UsageError, match=str(port)) as caught:
            listen(study, Drafting(None), port=port)
    assert "--port" in caught.value.hint


def test_two_servers_have_their_own_tokens_and_cookies(tmp_path: Path) -> None:
    study = Study(tmp_path, lambda: read_study(tmp_path))
    one, two = listen(study, Drafting(None)), listen(study, Drafting(None))
    assert one.gate.token != two.gate.token != two.gate.secret
    assert one.gate.cookie != two.gate.cookie
    assert len(one.gate.token) > 40
    one.sock.close()
    two.sock.close()
