"""Who is let in: exact hosts, the cookie, and requests of our own pages alone."""

from __future__ import annotations

import pytest

from icp_synth.errors import UsageError
from icp_synth.review.gate import hosts_of
from tests.review.review_factory import HOST, ORIGIN, PORT, SECRET, TOKEN, a_gate

COOKIE = (b"cookie", f"icp-synth-review-{PORT}={SECRET}".encode())
OURS = (b"host", HOST.encode())
JSON = (b"content-type", b"application/json")
FROM_HERE = (b"origin", ORIGIN.encode())


def refused(*headers: tuple[bytes, bytes], method: str = "GET", path: str = "/") -> int:
    """Return the status of a refusal, 0 where a request is let in."""
    found = a_gate().refuse(method, path, headers)
    return found.status if found else 0


def test_our_own_page_is_let_in() -> None:
    assert refused(OURS, COOKIE) == 0
    assert refused((b"host", f"localhost:{PORT}".encode()), COOKIE) == 0


@pytest.mark.parametrize(
    "host",
    [
        b"evil.com",
        b"evil.com:8123",
        b"127.0.0.1.evil.com:8123",
        b"localhost.:8123",
        b"127.0.0.1",
        b"127.0.0.1:8124",
        b"127.0.0.1:8123 ",
        b"127.0.0.1:08123",
        b"user@127.0.0.1:8123",
        b"[::1]:8123",
        b"",
        b"\xff",
    ],
)
def test_a_host_that_is_not_ours_to_the_letter_is_refused(host: bytes) -> None:
    assert refused((b"host", host), COOKIE) == 400


def test_no_host_and_two_hosts_are_refused() -> None:
    assert refused(COOKIE) == 400
    assert refused(OURS, OURS, COOKIE) == 400


@pytest.mark.parametrize(
    "method", ["HEAD", "PUT", "DELETE", "TRACE", "OPTIONS", "get", "CONNECT", "X"]
)
def test_other_methods_are_not_known(method: str) -> None:
    assert refused(OURS, COOKIE, method=method) == 405


def test_without_the_cookie_nothing_is_shown() -> None:
    assert refused(OURS) == 401
    assert refused(OURS, (b"cookie", b"icp-synth-review-1=the-secret")) == 401


@pytest.mark.parametrize("value", ["", "the-secre", "the-secret ", "THE-SECRET", TOKEN])
def test_a_wrong_cookie_is_refused(value: str) -> None:
    line = f"a=b; icp-synth-review-{PORT}={value}x".encode()
    assert refused(OURS, (b"cookie", line)) == 403


def test_of_two_cookies_both_must_be_right() -> None:
    wrong = (b"cookie", f"icp-synth-review-{PORT}=x".encode())
    assert refused(OURS, COOKIE, COOKIE) == 0
    assert refused(OURS, COOKIE, wrong) == 403


def test_the_token_lets_in_once() -> None:
    gate = a_gate()
    assert not gate.enter("the-toke")
    assert gate.enter(TOKEN)
    assert not gate.enter(TOKEN)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() -> None:
    parts = a_gate().set_cookie.split("; ")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} < set(parts)
    assert not any(part.lower().startswith("domain") for part in parts)


def test_neither_token_nor_secret_is_printed_with_the_gate() -> None:
    assert TOKEN not in repr(a_gate())
    assert SECRET not in repr(a_gate())


def test_a_change_comes_from_our_page_as_json() -> None:
    assert refused(OURS, COOKIE, FROM_HERE, JSON, method="POST") == 0
    named = (b"content-type", b"application/json; charset=utf-8")
    site = (b"sec-fetch-site", b"same-origin")
    assert refused(OURS, COOKIE, FROM_HERE, named, site, method="POST") == 0


@pytest.mark.parametrize(
    "origin",
    [
        b"http://evil.com",
        b"null",
        b"http://127.0.0.1",
        b"https://127.0.0.1:8123",
        b"http://127.0.0.1:8123/",
        b"http://localhost:8123",
    ],
)
def test_a_change_from_another_origin_is_refused(origin: bytes) -> None:
    given = (b"origin", origin)
    assert refused(OURS, COOKIE, given, JSON, method="POST") == 403


def test_a_change_without_an_origin_or_with_two_is_refused() -> None:
    assert refused(OURS, COOKIE, JSON, method="POST") == 403
    twice = (FROM_HERE, (b"origin", b"http://evil.com"))
    assert refused(OURS, COOKIE, *twice, JSON, method="POST") == 403


@pytest.mark.parametrize("site", [b"cross-site", b"same-site", b"none"])
def test_a_change_that_another_site_began_is_refused(site: bytes) -> None:
    given = (b"sec-fetch-site", site)
    assert refused(OURS, COOKIE, FROM_HERE, JSON, given, method="POST") == 403


@pytest.mark.parametrize(
    "kind",
    [
        b"text/plain",
        b"application/x-www-form-urlencoded",
        b"multipart/form-data",
        b"application/json-seq",
        b"application/json, text/plain",
        b"",
    ],
)
def test_a_body_of_another_kind_is_refused(kind: bytes) -> None:
    given = (b"content-type", kind)
    assert refused(OURS, COOKIE, FROM_HERE, given, method="POST") == 415


EVERYWHERE = "0.0.0.0"  # noqa: S104 - that it is refused is what is tested


@pytest.mark.parametrize("host", [EVERYWHERE, "192.168.1.7", "::", "8.8.8.8"])
def test_an_address_that_others_reach_needs_a_word(host: str) -> None:
    with pytest.raises(UsageError, match="other machines") as caught:
        hosts_of(host, unsafe=False, machine="desk")
    assert "--unsafe-host" in caught.value.hint


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("localhost", {"127.0.0.1", "localhost"}),
        ("127.0.0.2", {"127.0.0.2", "localhost"}),
        ("::1", {"[::1]", "localhost"}),
        ("192.168.1.7", {"192.168.1.7"}),
        (EVERYWHERE, {"127.0.0.1", "localhost", "desk"}),
    ],
)
def test_a_server_answers_to_names_of_its_address_alone(
    host: str, names: set[str]
) -> None:
    assert hosts_of(host, unsafe=True, machine="Desk") == names


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1:80", "", "1"])
def test_a_name_is_no_address(host: str) -> None:
    with pytest.raises(UsageError, match="takes an address"):
        hosts_of(host, unsafe=True, machine="desk")
