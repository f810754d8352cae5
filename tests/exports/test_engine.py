"""The engine of pages: what is under every page, whoever writes its templates."""

from __future__ import annotations

import base64
import hashlib

import jinja2
import pytest

from icp_synth.exports.engine import engine_for, policy_hash, shipped
from icp_synth.exports.words import words_of

ENGINE = engine_for("icp_synth.exports", words_of("en"))


def test_a_text_is_escaped_without_a_filter() -> None:
    page = ENGINE.from_string("{{ said }}").render(said="<b>")
    assert page == "&lt;b&gt;"


def test_a_hidden_character_is_shown_even_where_a_filter_was_forgotten() -> None:
    page = ENGINE.from_string("{{ said }}").render(said="a\u202eb")
    assert page == "a⟨U+202E⟩b"


def test_a_shown_text_says_what_a_hidden_character_is() -> None:
    page = ENGINE.from_string("{{ said|shown }}").render(said="<\u202e")
    assert page.startswith('&lt;<span class="hidden-char" title="')
    assert page.endswith(">U+202E</span>")


def test_a_misspelt_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        ENGINE.from_string("{{ sayd }}").render(said="")


def test_a_policy_names_a_script_by_its_hash() -> None:
    script = shipped("icp_synth.exports", "templates/filter.js")
    digest = hashlib.sha256(script.encode()).digest()
    assert policy_hash(script) == f"sha256-{base64.b64encode(digest).decode()}"
