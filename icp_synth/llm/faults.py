"""What an endpoint's refusal means: HTTP status and body → one error of our tree.

Both doors (`openai`, `langchain`) and the batch reader use this one table, so that
the same refusal has the same outcome, exit code and hint wherever it came from.
Nothing here knows a vendor's classes, and no text that leaves here holds a key.
"""

from __future__ import annotations

import email.utils
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from icp_synth.errors import (
    AnswerUnusable,
    CallFailed,
    ContextTooLong,
    EndpointRefused,
    EndpointUnavailable,
    IcpSynthError,
    QuotaExhausted,
    RateLimited,
    SchemaRefused,
)

_MESSAGE_CHARS = 300

_SECRETS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=*-]{4,}"),
    re.compile(r"\b(?:sk|pk|rk|gsk|xai|hf|AIza|lsv2|key)[-_][\w*.-]{3,}"),
    re.compile(
        r"(?i)\b(api[-_ ]?key|token|secret|password)(\"?\s*[=:]\s*\"?)[^\s\"&,]+"
    ),
    re.compile(r"(?<=://)[^/\s@]+@"),
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")

_QUOTA_CODES = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
)
_QUOTA = re.compile(
    r"insufficient[_ ](?:quota|balance|credits?|funds)|credit balance", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context[_ ]length|context[_ ](?:window|size)|maximum context|"
    r"too many (?:input )?tokens|prompt is too long|input is too long|"
    r"request too large|reduce the length",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"response[_ ]format|json[_ ]?schema|json[_ ]object|json mode|"
    r"structured[_ ]outputs?|guided[_ ](?:json|decoding)|grammar",
    re.IGNORECASE,
)
_AGAIN = frozenset({408, 409, 425})
_REFUSED = frozenset({401, 403, 404, 407})


@dataclass(frozen=True)
class Refusal:
    """What an endpoint said when it did not answer.

    Attributes:
        status: HTTP status.
        code: The body's error code or type; empty when there is none.
        message: The body's message as it came; may hold a secret, never show it raw.
        retry_after: Seconds to wait, if it said so.
    """

    status: int
    code: str = ""
    message: str = ""
    retry_after: float | None = None

    @classmethod
    def read(
        cls,
        status: int,
        body: object,
        headers: Mapping[str, str] | None = None,
        *,
        now: float = 0.0,
    ) -> Refusal:
        """Read a refusal from any of the body shapes that servers use.

        Args:
            status: HTTP status.
            body: Decoded JSON, or text, or None.
            headers: Response headers, names in any case.
            now: Wall clock in seconds, for a `Retry-After` that is a date.
        """
        error = body
        if isinstance(error, Mapping):
            error = error.get("error") or error
        code, message = "", ""
        if isinstance(error, Mapping):
            code = str(error.get("code") or error.get("type") or "")
            if code.isdigit() or error.get("type") in _QUOTA_CODES:
                code = str(error.get("type") or "")
            message = str(error.get("message") or error.get("detail") or "")
        elif error is not None:
            message = str(error)
        waits = retry_after(headers or {}, now=now)
        return cls(status=status, code=code, message=message, retry_after=waits)


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Return the seconds that a response asks to wait, or None.

    `retry-after-ms` (milliseconds) goes before `Retry-After` (seconds or an HTTP
    date, counted from the response's own `Date` where it has one).

    Example:
        >>> retry_after({"Retry-After": "2"}, now=0.0)
        2.0
    """
    low = {name.lower(): value for name, value in headers.items()}
    millis = _number(low.get("retry-after-ms"))
    if millis is not None:
        return millis / 1000
    value = low.get("retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    until = _date(value)
    if until is None:
        return None
    since = _date(low.get("date", ""))
    return max(0.0, until - (now if since is None else since))


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _date(value: str) -> float | None:
    try:
        return email.utils.parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError):
        return None


def redact(text: str, *secrets: str) -> str:
    """Return `text` on one line, shortened, with anything like a secret starred.

    Args:
        text: What a server or a library said.
        secrets: Keys that are known and must not appear.

    Example:
        >>> redact("wrong key sk-abc123")
        'wrong key ***'
    """
    for secret in secrets:
        if secret:
            text = text.replace(secret, "***")
    for pattern in _SECRETS:
        text = pattern.sub("***", text)
    text = _CONTROLS.sub(" ", text).strip()
    return text if len(text) <= _MESSAGE_CHARS else text[: _MESSAGE_CHARS - 1] + "…"


def fault(
    refusal: Refusal, *, model: str, endpoint: str, secrets: tuple[str, ...] = ()
) -> IcpSynthError:
    """Return the error of our tree that a refusal means.

    Args:
        refusal: What the endpoint said.
        model: The model that was asked for.
        endpoint: Host, or provider; shown to the user.
        secrets: Keys that must not appear in the text.

    Returns:
        An error to raise; this function raises nothing.
    """
    said = redact(refusal.message, *secrets)
    words = f"{refusal.code} {refusal.message}"
    status = refusal.status
    if status == 402 or refusal.code in _QUOTA_CODES or _QUOTA.search(words):
        return QuotaExhausted(
            f"{endpoint} says that the account's quota is used up.",
            hint="Top up or raise the limit there, then run again; answers are kept.",
        )
    if status in _REFUSED or "model_not_found" in refusal.code:
        return _refused(refusal, said, model=model, endpoint=endpoint)
    place = f"{endpoint} answered {status}"
    if _TOO_LONG.search(words):
        return ContextTooLong(
            f"{place}: the request does not fit {model!r} ({said}).",
            outcome="context_length",
            status=status,
            hint="Use smaller windows or a model with a longer context.",
        )
    if "content_filter" in refusal.code:
        return AnswerUnusable(
            f"{place}: its filter refused the text.", outcome="filtered", status=status
        )
    return _passing(refusal, said, place)


def _refused(
    refusal: Refusal, said: str, *, model: str, endpoint: str
) -> EndpointRefused:
    if refusal.status in {401, 407}:
        # The server's own words are left out: several quote the key they refuse.
        return EndpointRefused(
            f"{endpoint} refused the key for {model!r} ({refusal.status}).",
            hint="Check the key in the environment; nothing was tried again.",
        )
    if refusal.status == 403:
        return EndpointRefused(
            f"{endpoint} does not allow model {model!r} with this key (403: {said}).",
            hint="Use a key with access to it, or another --model.",
        )
    return EndpointRefused(
        f"{endpoint} has no model {model!r} ({refusal.status}: {said}).",
        hint="Check --model, and that --base-url has its path (most end in /v1).",
    )


def _passing(refusal: Refusal, said: str, place: str) -> CallFailed:
    status, wait = refusal.status, refusal.retry_after
    if status == 429:
        return RateLimited(
            f"{place}: too many requests ({said}).",
            outcome="rate_limited",
            retry_after=wait,
            status=status,
            hint="Wait, or lower the number of calls in flight; `run` resumes.",
        )
    if _FORM.search(f"{refusal.code} {refusal.message}") and status not in {502, 503}:
        return SchemaRefused(
            f"{place}: it does not take this form of structured output ({said}).",
            outcome="schema_refused",
            status=status,
        )
    if status >= 500 or status in _AGAIN:
        return EndpointUnavailable(
            f"{place} ({said or 'no reason given'}).",
            outcome="server_error",
            retry_after=wait,
            status=status,
            hint="It may pass; what is done is kept, run again.",
        )
    return CallFailed(
        f"{place} ({said or 'no reason given'}).",
        outcome="bad_request",
        status=status,
        hint="The endpoint does not take this request; see its message.",
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came from, outermost first."""
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        yield at
        at = at.__cause__ or at.__context__


_KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLError, "its TLS certificate or handshake failed"),
    (socket.gaierror, "its name cannot be resolved"),
    (ConnectionRefusedError, "connection refused"),
    (ConnectionResetError, "connection reset"),
    (BrokenPipeError, "connection reset"),
)


def no_connection(error: BaseException, *, endpoint: str) -> EndpointUnavailable:
    """Return the error for a connection that failed or broke off.

    The library's own text is not repeated: it may hold an address with a password.
    """
    why = next(
        (text for at in causes(error) for kind, text in _KINDS if isinstance(at, kind)),
        "the connection failed or broke off",
    )
    if why.startswith("the connection") and "CERTIFICATE_VERIFY" in _texts(error):
        why = _KINDS[0][1]
    return EndpointUnavailable(
        f"No answer from {endpoint}: {why}.",
        outcome="connection",
        hint="Check the network, --base-url, and that the server runs; then run again.",
    )


def _texts(error: BaseException) -> str:
    return " ".join(str(at) for at in causes(error))


def timed_out(seconds: float, *, endpoint: str) -> EndpointUnavailable:
    """Return the error for a call that took too long; it may be billed all the same."""
    return EndpointUnavailable(
        f"No full answer from {endpoint} within {seconds:g} s.",
        outcome="timeout",
        hint="It may be billed all the same; raise `timeout` (seconds) under [model] of"
        " study.toml, or run again.",
    )


def fields(value: object) -> Mapping[str, Any]:
    """Return `value` when it is a JSON object, else an empty one."""
    return value if isinstance(value, Mapping) else {}
