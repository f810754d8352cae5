"""Where to ask, and what is known of the ways of who answers there."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from icp_synth.llm.completion import FORMS, Form

OPENAI_URL: Final = "https://api.openai.com/v1"
NO_KEY: Final = "no-key"
"""Sent where a server asks for none; the protocol wants something there."""

TIMEOUT: Final = 120.0
"""Seconds without a byte before a call is given up, unless study.toml says more."""

LIMIT_NAMES: Final = ("max_completion_tokens", "max_tokens")
"""What endpoints call the largest answer: OpenAI's name now, everybody's before."""


@dataclass(frozen=True)
class Endpoint:
    """Where to ask, with what, and how long to wait.

    Attributes:
        base_url: Up to and with `/v1`.
        key: Never shown; `repr` leaves it out.
        timeout: Seconds without a byte before a call is given up.
        deadline: Seconds for a whole call, however slowly it drips.
    """

    base_url: str = OPENAI_URL
    key: str = field(default=NO_KEY, repr=False)
    timeout: float = TIMEOUT
    deadline: float = 600.0

    @property
    def host(self) -> str:
        """Host and port: what may be shown (an address may hold a password)."""
        parts = urlsplit(self.base_url)
        return (parts.hostname or "") + (f":{parts.port}" if parts.port else "")

    @property
    def plain_address(self) -> str:
        """The address without the password that it may hold."""
        parts = urlsplit(self.base_url)
        return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))

    @property
    def is_openai(self) -> bool:
        """Whether it is OpenAI's own service."""
        host = urlsplit(self.base_url).hostname or ""
        return host == "openai.com" or host.endswith(".openai.com")

    @property
    def is_loopback(self) -> bool:
        """Whether it is on this machine, where no proxy belongs in between."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


@dataclass(frozen=True)
class Dialect:
    """What is known of an endpoint's ways; grows by its refusals alone.

    Attributes:
        form: Rung of the ladder that is used.
        proven: It answered with an object that fits, on this rung.
        limit_name: Its name for the largest answer.
        without: Parameters that its model does not take.
    """

    form: Form = "json_schema"
    proven: bool = False
    limit_name: str = "max_tokens"
    without: frozenset[str] = frozenset()

    def below(self, form: Form) -> Dialect:
        """Return the dialect one rung lower, unless another call was there before."""
        if form != self.form or form == FORMS[-1]:
            return self
        return replace(self, form=FORMS[FORMS.index(form) + 1], proven=False)

    def after(self, name: str) -> Dialect:
        """Return the dialect that does not send parameter `name` any more."""
        if name not in LIMIT_NAMES:
            return replace(self, without=self.without | {name})
        other = LIMIT_NAMES[1 - LIMIT_NAMES.index(name)]
        return replace(self, limit_name=other) if name == self.limit_name else self
