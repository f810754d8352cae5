from __future__ import annotations

import pytest

from icp_synth.errors import SettingsError, UsageError
from icp_synth.llm.connect import (
    PROVIDERS,
    batch_endpoint,
    connect,
    model_name,
    openai_endpoint,
    split_model,
    why_not,
)
from icp_synth.llm.endpoint import NO_KEY, OPENAI_URL
from icp_synth.llm.openai import OpenAIChat
from icp_synth.llm.retry import Retrying

URL = "http://127.0.0.1:9/v1"
KEY = {"OPENAI_API_KEY": "sk-mine"}


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("openai:gpt-4.1", "gpt-4.1"),
        ("anthropic:claude-x", "claude-x"),
        ("ollama:llama3:8b", "llama3:8b"),
        ("gpt-4.1", "gpt-4.1"),
        ("llama3:8b", "llama3:8b"),
        ("hf.co/some/model:Q4_K_M", "hf.co/some/model:Q4_K_M"),
        ("openai:", "openai:"),
    ],
)
def test_only_a_known_providers_prefix_is_stripped(model: str, name: str) -> None:
    assert model_name(model) == name


def test_every_provider_that_langchain_knows_is_known() -> None:
    from langchain.chat_models import base

    # `langsmith` is its gateway: transcripts would go to a third party.
    assert set(PROVIDERS) == set(base._BUILTIN_PROVIDERS) - {"langsmith"}


@pytest.mark.parametrize("model", ["openai:gpt-4.1", "gpt-4.1", "anthropic:claude-x"])
def test_without_endpoint_or_key_there_is_no_model_and_a_reason(model: str) -> None:
    assert connect(model, environ={}) is None
    assert model in why_not(model)


def test_a_key_alone_gives_a_bare_name_no_endpoint() -> None:
    assert connect("gpt-4.1", environ=KEY) is None
    assert "openai:gpt-4.1" in why_not("gpt-4.1")


def test_a_misspelt_provider_is_pointed_out() -> None:
    assert connect("antropic:claude-x", environ=KEY) is None
    assert "'antropic' is no provider" in why_not("antropic:claude-x")


@pytest.mark.parametrize("model", ["small", "openai:small", "llama3:8b"])
def test_an_address_needs_no_key(model: str) -> None:
    found = connect(model, base_url=URL, environ={})
    assert isinstance(found, Retrying)
    assert isinstance(found.model, OpenAIChat)
    assert found.name == split_model(model)[1]
    assert found.model.endpoint.key == NO_KEY


def test_openai_is_asked_where_only_its_key_is_there() -> None:
    endpoint = openai_endpoint(None, environ=KEY, default=True)
    assert endpoint is not None
    assert (endpoint.base_url, endpoint.key) == (OPENAI_URL, "sk-mine")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://api.openai.com/v1", "sk-mine"),
        ("https://eu.api.openai.com/v1", "sk-mine"),
        ("https://me.openai.azure.com/openai/v1", "sk-mine"),
        ("http://localhost:4000/v1", "sk-mine"),
        ("http://[::1]:4000/v1", "sk-mine"),
        ("https://api.example.com/v1", NO_KEY),
        ("https://evil-openai.com/v1", NO_KEY),
    ],
)
def test_an_openai_key_goes_to_openai_azure_and_this_machine_only(
    url: str, key: str
) -> None:
    endpoint = openai_endpoint(url, environ=KEY, default=False)
    assert endpoint is not None
    assert endpoint.key == key


def test_the_environments_own_address_gets_its_key() -> None:
    environ = {**KEY, "OPENAI_BASE_URL": "https://api.example.com/v1/"}
    endpoint = openai_endpoint(None, environ=environ, default=False)
    assert endpoint is not None
    assert (endpoint.host, endpoint.key) == ("api.example.com", "sk-mine")


def test_our_own_key_goes_to_any_address_that_was_given() -> None:
    environ = {**KEY, "ICP_SYNTH_API_KEY": " other\n"}
    endpoint = openai_endpoint(
        "https://api.example.com/v1", environ=environ, default=False
    )
    assert endpoint is not None
    assert endpoint.key == "other"


def test_no_key_is_in_a_repr() -> None:
    endpoint = openai_endpoint(None, environ=KEY, default=True)
    assert "sk-mine" not in repr(endpoint)


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x/v1", "http://", "v1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="http://localhost"):
        connect("small", base_url=url, environ={})


def test_a_broken_key_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as caught:
        connect("openai:x", environ={"OPENAI_API_KEY": "sk-\nsecret"})
    assert "secret" not in str(caught.value)


def test_a_full_address_of_the_method_is_taken_as_its_base() -> None:
    endpoint = openai_endpoint(f"{URL}/chat/completions", environ={}, default=False)
    assert endpoint is not None
    assert endpoint.base_url == URL


def test_a_password_in_the_address_is_never_shown() -> None:
    endpoint = openai_endpoint("http://me:pw@host:1/v1", environ={}, default=False)
    assert endpoint is not None
    assert endpoint.host == "host:1"


def test_a_missing_provider_package_is_named() -> None:
    with pytest.raises(UsageError, match="pip install langchain-anthropic"):
        connect("anthropic:claude-x", environ={"ANTHROPIC_API_KEY": "k"})


def test_langsmiths_gateway_is_refused() -> None:
    environ = {"LANGSMITH_GATEWAY": "true", "MISTRAL_API_KEY": "k"}
    with pytest.raises(SettingsError, match="LANGSMITH_GATEWAY"):
        connect("mistralai:x", environ=environ)


def test_a_batch_goes_where_the_model_or_the_address_says() -> None:
    key = KEY["OPENAI_API_KEY"]
    there = batch_endpoint("openai:gpt-4.1", base_url=None, environ=KEY)
    assert (there.base_url, there.key) == (OPENAI_URL, key)
    here = batch_endpoint("m", base_url="http://u:secret@h:1/v1", environ=KEY)
    assert here.key != key
    assert here.plain_address == "http://h:1/v1"


@pytest.mark.parametrize(
    ("model", "url", "env", "said"),
    [
        ("gpt-4.1", None, KEY, "bare name"),
        ("openai:gpt-4.1", None, {}, "OPENAI_API_KEY"),
        ("openai:gpt-4.1", OPENAI_URL, {}, "OPENAI_API_KEY"),
        ("anthropic:claude-sonnet-4-6", None, {}, "only OpenAI's protocol"),
    ],
)
def test_without_a_key_or_an_address_no_batch_is_sent(
    model: str, url: str | None, env: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as told:
        batch_endpoint(model, base_url=url, environ=env)
    assert "batch export" in told.value.hint
