"""From `--model` and the environment to a ChatModel, or to none.

`PROVIDER:NAME` with a provider that LangChain knows names where to ask; any other
colon belongs to the name (`llama3:8b`). `openai:` and bare names go through the
OpenAI protocol, everything else through LangChain.

Which key goes where: OPENAI_API_KEY goes to OpenAI, to Azure, to this machine, and to
the address that OPENAI_BASE_URL names; any other endpoint gets ICP_SYNTH_API_KEY or
none. ICP_SYNTH_API_KEY, where set, goes first with `--base-url`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from icp_synth.errors import SettingsError
from icp_synth.llm.endpoint import NO_KEY, OPENAI_URL, TIMEOUT, Endpoint
from icp_synth.llm.openai import OpenAIChat
from icp_synth.llm.protocol import ChatModel
from icp_synth.llm.retry import DEFAULT, Policy, Retrier, Retrying

OUR_KEY: Final = "ICP_SYNTH_API_KEY"
_OPENAI_KEY: Final = "OPENAI_API_KEY"
_OPENAI_BASE: Final = "OPENAI_BASE_URL"

PROVIDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "anthropic": ("ANTHROPIC_API_KEY",),
    "anthropic_bedrock": (),
    "azure_ai": (),
    "azure_openai": ("AZURE_OPENAI_API_KEY", "OPENAI_API_KEY"),
    "baseten": ("BASETEN_API_KEY",),
    "bedrock": (),
    "bedrock_converse": (),
    "bedrock_mantle_anthropic": (),
    "bedrock_mantle_openai": (),
    "cohere": ("COHERE_API_KEY", "CO_API_KEY"),
    "deepseek": ("DEEPSEEK_API_KEY",),
    "fireworks": ("FIREWORKS_API_KEY",),
    "google_anthropic_vertex": (),
    "google_genai": ("GOOGLE_API_KEY", "GEMINI_API_KEY"),
    "google_vertexai": (),
    "groq": ("GROQ_API_KEY",),
    "huggingface": (),
    "ibm": ("WATSONX_APIKEY", "WATSONX_API_KEY"),
    "litellm": (),
    "meta": (),
    "mistralai": ("MISTRAL_API_KEY",),
    "nvidia": ("NVIDIA_API_KEY",),
    "ollama": (),
    "openai": (_OPENAI_KEY,),
    "openrouter": ("OPENROUTER_API_KEY",),
    "perplexity": ("PPLX_API_KEY", "PERPLEXITY_API_KEY"),
    "together": ("TOGETHER_API_KEY",),
    "upstage": ("UPSTAGE_API_KEY",),
    "xai": ("XAI_API_KEY",),
}
"""Provider → variables of which one holds its key; none: it has other ways."""


def split_model(model: str) -> tuple[str | None, str]:
    """Return provider (None for a bare name) and name.

    Example:
        >>> split_model("openai:gpt-4.1"), split_model("llama3:8b")
        (('openai', 'gpt-4.1'), (None, 'llama3:8b'))
    """
    provider, colon, name = model.partition(":")
    if colon and name and provider in PROVIDERS:
        return provider, name
    return None, model


def model_name(model: str) -> str:
    """Return the name without the provider's prefix: what a cache key is made of."""
    return split_model(model)[1]


def connect(
    model: str,
    *,
    base_url: str | None = None,
    timeout: float = TIMEOUT,
    environ: Mapping[str, str] | None = None,
    concurrency: int = 8,
    policy: Policy = DEFAULT,
) -> ChatModel | None:
    """Return a model that retries, or None when there is no endpoint or no key.

    Args:
        model: `openai:NAME`, `PROVIDER:NAME`, or a bare name with `base_url`.
        base_url: An endpoint that speaks the OpenAI protocol (or, with another
            provider's prefix, that provider's).
        timeout: Seconds without a byte before a call is given up.
        environ: Environment; `os.environ` when None.
        concurrency: Most calls in flight.
        policy: How calls are tried again.

    Raises:
        SettingsError: The address or the key cannot be used.
        UsageError: The provider's package is missing.
    """
    env = os.environ if environ is None else environ
    provider, name = split_model(model)
    door: ChatModel | None
    if provider in {None, "openai"}:
        endpoint = openai_endpoint(
            base_url, environ=env, default=provider == "openai", timeout=timeout
        )
        door = OpenAIChat(name, endpoint) if endpoint is not None else None
    else:
        door = _langchain(model, base_url, environ=env, timeout=timeout)
    if door is None:
        return None
    return Retrying(door, Retrier(policy, concurrency=concurrency))


def why_not(model: str) -> str:
    """Return what is missing when `connect` gives None, as one sentence."""
    provider, name = split_model(model)
    if provider is None:
        prefix, colon, _ = model.partition(":")
        known = f" ({prefix!r} is no provider that is known)" if colon else ""
        return (
            f"{model!r} is a bare name{known}: give --base-url, or write "
            f"openai:{name} with {_OPENAI_KEY} set."
        )
    return f"{model!r} needs {' or '.join(PROVIDERS[provider])}, which is not set."


def openai_endpoint(
    base_url: str | None,
    *,
    environ: Mapping[str, str],
    default: bool,
    timeout: float = TIMEOUT,
) -> Endpoint | None:
    """Return where to ask in the OpenAI protocol, or None.

    Args:
        base_url: As given; None looks at OPENAI_BASE_URL.
        environ: Environment.
        default: Whether OpenAI itself is meant where no address is given.
        timeout: Seconds without a byte before a call is given up.

    Raises:
        SettingsError: The address or the key cannot be used.
    """
    from_env = environ.get(_OPENAI_BASE, "").strip()
    url = base_url or from_env
    if not url:
        key = _key(environ, _OPENAI_KEY)
        if not (default and key):
            return None
        return Endpoint(OPENAI_URL, key, timeout, _deadline(timeout))
    url = _address(url)
    bare = Endpoint(url)
    trusted = (
        bare.is_openai
        or bare.is_loopback
        or (urlsplit(url).hostname or "").endswith(".azure.com")
        or (bool(from_env) and url == _address(from_env))
    )
    key = _key(environ, OUR_KEY) or (_key(environ, _OPENAI_KEY) if trusted else "")
    return Endpoint(url, key or NO_KEY, timeout, _deadline(timeout))


def batch_endpoint(
    model: str,
    *,
    base_url: str | None,
    environ: Mapping[str, str],
    timeout: float = TIMEOUT,
) -> Endpoint:
    """Return where the batches of a model go.

    Args:
        model: `openai:NAME`, or a bare name with `base_url`.
        base_url: An endpoint that has the Batch API.
        environ: Usually `os.environ`.
        timeout: Seconds without a byte before a call is given up.

    Raises:
        SettingsError: There is no key or address, or the provider is another.
    """
    provider, _ = split_model(model)
    by_file = "Without the Batch API: icp-synth batch export, then batch import."
    if provider not in {None, "openai"}:
        msg = f"Batches of {model!r} cannot be submitted: only OpenAI's protocol can."
        raise SettingsError(msg, hint=by_file)
    endpoint = openai_endpoint(
        base_url, environ=environ, default=provider == "openai", timeout=timeout
    )
    if endpoint is None:
        raise SettingsError(why_not(model), hint=by_file)
    if endpoint.is_openai and endpoint.key == NO_KEY:
        msg = f"{endpoint.host} needs a key, and OPENAI_API_KEY is not set."
        raise SettingsError(msg, hint=by_file)
    return endpoint


def _deadline(timeout: float) -> float:
    return timeout * 5


def _address(url: str) -> str:
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = "--base-url is no http(s) address."
        raise SettingsError(
            msg,
            hint="Write it like http://localhost:11434/v1.",
        )
    return url.strip().rstrip("/").removesuffix("/chat/completions")


def _key(environ: Mapping[str, str], *names: str) -> str:
    for name in names:
        key = environ.get(name, "").strip()
        if key and not (key.isascii() and key.isprintable()):
            msg = f"{name} holds characters that no key has."
            raise SettingsError(
                msg,
                hint="Copy it again, without spaces or line breaks.",
            )
        if key:
            return key
    return ""


def _langchain(
    model: str, base_url: str | None, *, environ: Mapping[str, str], timeout: float
) -> ChatModel | None:
    names = PROVIDERS[model.partition(":")[0]]
    key = _key(environ, *names) or (_key(environ, OUR_KEY) if base_url else "")
    if names and not key and not base_url:
        return None
    gateway = environ.get("LANGSMITH_GATEWAY", "").strip().lower()
    if gateway not in {"", "false", "0", "no"} and not base_url:
        msg = "LANGSMITH_GATEWAY is set: transcripts would go through LangSmith."
        raise SettingsError(
            msg,
            hint="Unset it; this program sends nothing to third parties.",
        )
    from icp_synth.llm.langchain import LangChainChat

    return LangChainChat(
        model,
        base_url=base_url,
        key=key or None,
        timeout=timeout,
        deadline=_deadline(timeout),
    )
