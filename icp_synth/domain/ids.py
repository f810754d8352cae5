"""Version ids: hashes of content. docs/identity.md lists what goes into each."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_LENGTH = 16
"""Hex digits kept: 64 bits, a collision at 10^6 ids has odds of 3 in 10^8."""


def canonical_json(value: Any) -> str:
    """Return `value` as the one JSON text that equal values share.

    Args:
        value: Anything that `json` takes.

    Returns:
        Sorted keys, no spaces, no escapes outside JSON's own.

    Example:
        >>> canonical_json({"b": 1, "a": "é"})
        '{"a":"é","b":1}'
    """
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def sha256_text(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sha256_bytes(data: bytes) -> str:
    """Return the SHA-256 of the bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, *parts: Any) -> str:
    """Return the id of a version: `PREFIX-` and a hash of its parts.

    Args:
        prefix: What it is: `win`, `psg`, `ins`, `clm` …
        parts: JSON values that make the content.

    Example:
        >>> content_id("win", "a", 1) == content_id("win", "a", 1)
        True
    """
    return f"{prefix}-{sha256_text(canonical_json(list(parts)))[:_LENGTH]}"
