from __future__ import annotations

import socket
from pathlib import Path

import pytest
import tiktoken
from hypothesis import given, strategies as st

from icp_synth.errors import SettingsError
from icp_synth.llm.tokens import counter, estimate_v1, exact_counter, vocabulary_path


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("a", 1),
        ("four", 1),
        ("fives", 2),
        ("訪談", 2),
        ("好，", 2),
        ("안녕", 2),
        ("ééé", 2),
        ("we use 飛書 daily", 6),
    ],
)
def test_the_estimate_is_fixed_by_script(text: str, tokens: int) -> None:
    assert estimate_v1(text) == tokens


@given(st.text(), st.text())
def test_a_longer_text_never_has_fewer_tokens(one: str, two: str) -> None:
    assert estimate_v1(one + two) >= estimate_v1(one)
    assert estimate_v1(one + two) <= estimate_v1(one) + estimate_v1(two)


def test_without_an_encoding_the_estimate_counts() -> None:
    assert counter(None).name == "estimate-v1"
    assert counter(None).note == ""


def test_a_vocabulary_that_is_not_here_is_said_and_never_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(socket, "socket", None)
    count = counter("o200k_base")
    assert not count.exact
    assert "not on this machine" in count.note
    assert count("four") == 1


def test_a_damaged_vocabulary_counts_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    path = vocabulary_path("cl100k_base")
    assert path is not None
    path.write_bytes(b"YQ== 0\n")
    assert not counter("cl100k_base").exact
    assert path.exists()


def test_a_switched_off_cache_counts_as_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    assert not counter("cl100k_base").exact


def test_an_unknown_encoding_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="o200k_base"):
        counter("gpt-4")


def test_an_exact_counter_takes_special_tokens_as_text() -> None:
    ranks = {bytes([byte]): byte for byte in range(256)}
    encoding = tiktoken.Encoding(
        "bytes",
        pat_str=r"[\s\S]",
        mergeable_ranks=ranks,
        special_tokens={"<|im_start|>": 256},
    )
    count = exact_counter(encoding)
    assert (count.name, count.exact) == ("bytes", True)
    assert count("<|im_start|>") == 12
