"""What people wrote stays text, in HTML and in Markdown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, strategies as st

from icp_synth.exports.escaping import escape_markdown, has_hidden, show_html


def _hint(code: str) -> str:
    return f"hidden {code}"


@given(st.text())
def test_html_without_hidden_characters_reads_back_as_it_was(text: str) -> None:
    shown = str(show_html(text, hint=_hint))
    if not has_hidden(text):
        assert unescape(shown) == text or "&" in text
        assert "<" not in shown


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x1b", "\x00", "\U000e0041"]
)
def test_a_hidden_character_is_shown_by_its_code(hidden: str) -> None:
    shown = str(show_html(f"a{hidden}b", hint=_hint))
    assert hidden not in shown
    assert f"U+{ord(hidden):04X}" in shown
    assert hidden not in escape_markdown(f"a{hidden}b")


@pytest.mark.parametrize("plain", ["👩‍💻", "می‌خواهم", "soft\u00adly", "tab\there"])
def test_joiners_that_scripts_need_are_not_flagged(plain: str) -> None:
    assert not has_hidden(plain)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("![x](https://evil.example/?q=1)", r"\!\[x\](https\://evil.example/?q=1)"),
        ("<img src=x>", r"\<img src=x>"),
        ("a | b", r"a \| b"),
        ("`code`", r"\`code\`"),
        ("# no heading", r"\# no heading"),
        ("> no quote", r"\> no quote"),
        ("- no item", r"\- no item"),
        ("1. no item", r"1\. no item"),
        ("4.5 hours", "4.5 hours"),
        ("[^e1]: no footnote", r"\[^e1\]: no footnote"),
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("*no* _emphasis_", r"\*no\* \_emphasis\_"),
        ("snake_case stays!", "snake_case stays!"),
        ("two\n\nparagraphs", "two  paragraphs"),
    ],
)
def test_markdown_marks_do_not_act(text: str, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@given(st.text())
def test_escaped_markdown_is_one_line_without_bare_marks(text: str) -> None:
    escaped = escape_markdown(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)(?:\\\\)*[<\[\]|`]", escaped)
