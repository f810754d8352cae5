"""What holds for every test: loopback only, a clean environment, no chance."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from pytest_socket import socket_allow_hosts

# `thorough` is for a person at a keyboard: HYPOTHESIS_PROFILE=thorough.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=1000)
settings.load_profile(
    "ci" if os.environ.get("CI") else os.environ.get("HYPOTHESIS_PROFILE", "ci")
)

_PREFIXES = ("OPENAI_", "LANGCHAIN_", "LANGSMITH_", "ICP_SYNTH_")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def pytest_runtest_setup() -> None:
    """Let no test speak to anything but this machine."""
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide keys, addresses, tracing and proxies of whoever runs the tests."""
    for name in list(os.environ):
        upper = name.upper()
        if (
            upper.startswith(_PREFIXES)
            or upper.endswith("_API_KEY")
            or upper in _PROXIES
        ):
            monkeypatch.delenv(name)
