"""Both languages say the same things, and every word is used."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

from icp_synth.review.words import CHINESE, ENGLISH

_KEY = re.compile(r"""["'`](\w+\.\w+)["'`]""")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def used() -> str:
    root = files("icp_synth.review")
    parts = [
        one.read_text("utf-8")
        for folder in ("static", "templates")
        for one in root.joinpath(folder).iterdir()
        if one.name.endswith((".js", ".j2"))
    ]
    parts.append(root.joinpath("board.py").read_text("utf-8"))
    return "\n".join(parts)


def test_the_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(ENGLISH) == list(CHINESE)


def test_a_text_has_the_same_placeholders_in_both() -> None:
    english = {key: placeholders(text) for key, text in ENGLISH.items()}
    assert english == {key: placeholders(text) for key, text in CHINESE.items()}


def test_every_key_that_a_page_names_has_words() -> None:
    named = {
        key
        for key in _KEY.findall(used())
        if key.partition(".")[0] in {one.partition(".")[0] for one in ENGLISH}
    }
    pairs = {key.rpartition(".")[0] for key in ENGLISH if key.endswith(".one")}
    assert named - ENGLISH.keys() - pairs == set()
    assert len(named) > 60


def test_no_words_stand_for_nothing() -> None:
    text = used()
    groups = ("menu.", "keys.")  # named by a part of a path, and by a loop
    unused = [
        key
        for key in ENGLISH
        if not key.startswith(groups) and re.sub(r"\.(one|many)$", "", key) not in text
    ]
    assert unused == []
