"""Who may come in: addresses, the token of the first visit, the cookie afterwards.

Any page in any browser can send requests to this machine. So a request is let in only
if it names an address that is ours, letter for letter with its port (or a page whose
name was rebound to 127.0.0.1 could read everything), and carries the cookie that the
one-time token was exchanged for; what changes something must come from our own pages.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from icp_synth.errors import UsageError

Headers = Sequence[tuple[bytes, bytes]]
"""As ASGI gives them: names in small letters, a pair for each line."""

METHODS: Final = ("GET", "POST")
ENTRANCE: Final = "/enter"
"""Where the token is exchanged for a cookie."""

_JSON: Final = re.compile(r"application/json(?:\s*;\s*charset=\"?utf-8\"?)?\s*", re.I)
_HTTP_PORT: Final = 80


class Refused(NamedTuple):
    """A status of HTTP, and a sentence that repeats nothing of the request."""

    status: int
    reason: str


@dataclass
class Gate:
    """The rules of one running server.

    Attributes:
        port: Where it listens.
        hosts: Names and addresses it answers to, without the port.
        token: Lets in once.
        secret: The cookie's value afterwards.
        used: Whether the token was exchanged.
    """

    port: int
    hosts: frozenset[str]
    token: str = field(repr=False)
    secret: str = field(repr=False)
    used: bool = False

    @property
    def cookie(self) -> str:
        """Name of the cookie: a port of its own, since cookies know no ports."""
        return f"icp-synth-review-{self.port}"

    @property
    def set_cookie(self) -> str:
        """The header's value that hands out the cookie."""
        return f"{self.cookie}={self.secret}; Path=/; HttpOnly; SameSite=Strict"

    def enter(self, token: str) -> bool:
        """Exchange the token: true once, and only for the right one."""
        right = _same(token, self.token) and not self.used
        self.used = self.used or right
        return right

    def refuse(self, method: str, path: str, headers: Headers) -> Refused | None:
        """Return why a request is not let in; None lets it in.

        Args:
            method: Of HTTP.
            path: Decoded, without the query.
            headers: All of them.
        """
        host = self._host(headers)
        if host is None:
            return Refused(400, "This server does not answer to that name.")
        if method not in METHODS:
            return Refused(405, "Only GET and POST are known here.")
        if path != ENTRANCE:
            given = _cookies(headers, self.cookie)
            if not given:
                reason = "Open the address that `icp-synth review` printed."
                return Refused(401, reason)
            if not all(_same(one, self.secret) for one in given):
                reason = "This address is of an earlier start: open the newest one."
                return Refused(403, reason)
        return self._foreign(host, headers) if method != "GET" else None

    def _host(self, headers: Headers) -> str | None:
        given = [value for name, value in headers if name == b"host"]
        if len(given) != 1:
            return None
        host = given[0].decode("latin-1")
        allowed = {f"{one}:{self.port}" for one in self.hosts}
        if self.port == _HTTP_PORT:
            allowed |= self.hosts
        return host if host in allowed else None

    def _foreign(self, host: str, headers: Headers) -> Refused | None:
        """Return why a request that changes something is not one of our pages'."""
        if _values(headers, b"origin") != [f"http://{host}"]:
            return Refused(403, "This request does not come from the review page.")
        if any(one != "same-origin" for one in _values(headers, b"sec-fetch-site")):
            return Refused(403, "This request does not come from the review page.")
        kinds = _values(headers, b"content-type")
        if len(kinds) != 1 or not _JSON.fullmatch(kinds[0]):
            return Refused(415, "Send application/json.")
        return None


def hosts_of(bound: str, *, unsafe: bool, machine: str) -> frozenset[str]:
    """Return the names that a server bound to an address answers to.

    Args:
        bound: What `--host` says: an address or `localhost`.
        unsafe: Whether an address beyond this machine was asked for on purpose.
        machine: This machine's name, for an address that stands for all of its own.

    Raises:
        UsageError: It is no address, or beyond this machine without being allowed.

    Example:
        >>> sorted(hosts_of("127.0.0.1", unsafe=False, machine="desk"))
        ['127.0.0.1', 'localhost']
    """
    if bound == "localhost":
        bound = "127.0.0.1"
    try:
        address = ipaddress.ip_address(bound)
    except ValueError as cause:
        msg = f"--host takes an address, not {bound!r}."
        raise UsageError(msg, hint="Leave it out: 127.0.0.1 is meant.") from cause
    if not address.is_loopback and not unsafe:
        msg = f"{bound} can be reached by other machines: interviews would be, too."
        hint = "Leave --host out, or add --unsafe-host if that is what you want."
        raise UsageError(msg, hint=hint)
    own = f"[{address}]" if address.version == 6 else str(address)
    if address.is_loopback:
        return frozenset({own, "localhost"})
    if address.is_unspecified:
        return frozenset({"127.0.0.1", "localhost", machine.lower()})
    return frozenset({own})


def _values(headers: Headers, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in headers if key == name]


def _cookies(headers: Headers, name: str) -> list[str]:
    """Return what cookies of a name hold; two of one name must both be right."""
    pairs: Iterable[str] = (
        pair for line in _values(headers, b"cookie") for pair in line.split(";")
    )
    found = (pair.strip().partition("=") for pair in pairs)
    return [value for key, _, value in found if key == name]


def _same(given: str, wanted: str) -> bool:
    """Compare in a time that tells nothing of how much was right."""
    return hmac.compare_digest(given.encode("utf-8"), wanted.encode("utf-8"))
