"""The order in which bytes are decoded, and what is told about it."""

import builtins
import sys

import pytest

from icp_synth.errors import SourceRefused
from icp_synth.stages.read.decode import decode, unify_line_ends

CHINESE = "受訪者：我們每個月對帳要九天，大家都很討厭。\n訪談者：為什麼？\n" * 20


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"],
)
def test_unicode_is_told_by_its_bytes(codec: str) -> None:
    assert decode("Anna: café, 九天\n".encode(codec)).text == "Anna: café, 九天\n"


def test_few_bad_bytes_are_replaced_counted_and_placed() -> None:
    data = b"a" * 5000 + b"\x92" + b"b" * 5000
    found = decode(data)
    assert found.text.count("\ufffd") == 1
    (notice,) = found.notices
    assert notice.code == "bad_bytes"
    assert "byte 5000" in notice.message
    assert "cp1252" in notice.message


def test_a_given_encoding_keeps_what_replacing_would_lose() -> None:
    data = b"a" * 5000 + b"\x92" + b"b" * 5000
    assert "\u2019" in decode(data, encoding="cp1252").text


@pytest.mark.parametrize(
    ("encoding", "code"),
    [
        ("ascii", "wrong_encoding"),
        ("klingon", "unknown_encoding"),
        ("hex", "unknown_encoding"),
    ],
)
def test_a_wrong_encoding_is_an_error_and_no_fallback(encoding: str, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        decode("é".encode("cp1252") * 50, encoding=encoding)
    assert refused.value.code == code


def test_a_guess_is_printed() -> None:
    pytest.importorskip("charset_normalizer")
    found = decode(CHINESE.encode("gb18030"))
    assert found.text == CHINESE
    assert [notice.code for notice in found.notices] == ["encoding_guessed"]


def test_a_guess_that_mixes_scripts_in_words_is_refused() -> None:
    with pytest.raises(SourceRefused) as refused:
        decode("José: sí".encode("cp1252"))
    assert "--encoding" in refused.value.hint


def test_without_the_extra_the_way_out_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "charset_normalizer":
            raise ImportError(name)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "charset_normalizer", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SourceRefused) as refused:
        decode(CHINESE.encode("gb18030"))
    assert "icp-synth[docs]" in refused.value.hint


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(SourceRefused):
        decode(bytes(range(32)) * 50)


def test_only_line_ends_change() -> None:
    assert unify_line_ends("a\r\nb\rc\n\u2028\x0b") == "a\nb\nc\n\u2028\x0b"
