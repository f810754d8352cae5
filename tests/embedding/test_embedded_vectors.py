"""Vectors of the embedded embedder: a fixed function of one text."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.embedding.concepts import in_words, lexicon
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.embedding.words import pieces, stem, traditional

EMBEDDER = EmbeddedEmbedder()
SENTENCES = (
    "We type every invoice twice, once by hand.",
    "每張發票我們都要手動輸入兩次",
    "每张发票我们都要手动输入两次",
    "The van broke down on the motorway.",
)


def closeness(first: str, second: str) -> float:
    rows = EMBEDDER.embed([first, second])
    return float(rows[0] @ rows[1])


def test_rows_have_length_one_and_the_stated_dimension() -> None:
    rows = EMBEDDER.embed(SENTENCES)
    assert rows.shape == (len(SENTENCES), EMBEDDER.dimension)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-6)


def test_no_texts_give_no_rows() -> None:
    assert EMBEDDER.embed([]).shape == (0, EMBEDDER.dimension)


@pytest.mark.parametrize("text", ["", "   ", "…?!"])
def test_a_text_without_words_is_one_fixed_unit_vector(text: str) -> None:
    row = EMBEDDER.embed([text])[0]
    assert row[0] == 1.0
    assert not row[1:].any()


@settings(max_examples=60)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_a_row_depends_on_its_own_text_alone(texts: list[str]) -> None:
    together = EMBEDDER.embed(texts)
    for row, text in zip(together, texts, strict=True):
        assert np.array_equal(row, EMBEDDER.embed([text])[0])


def test_a_lone_surrogate_does_not_stop_it() -> None:
    assert EMBEDDER.embed(["broken \ud800 text"]).shape == (1, EMBEDDER.dimension)


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib;"
        "from icp_synth.embedding.embedded import EmbeddedEmbedder as E;"
        f"print(hashlib.sha256(E().embed({SENTENCES!r}).tobytes()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_same_thing_in_other_words_is_closer_than_another_thing() -> None:
    said = "We type every invoice twice, once by hand."
    again = "All the billing is entered manually, and then entered again."
    assert closeness(said, again) > closeness(said, SENTENCES[3]) + 0.1


def test_the_other_language_comes_close_by_concepts() -> None:
    assert closeness(SENTENCES[0], SENTENCES[1]) > 0.15
    assert closeness(SENTENCES[3], SENTENCES[1]) < 0.1


def test_both_chinese_scripts_come_close() -> None:
    assert closeness(SENTENCES[1], SENTENCES[2]) > 0.8


def test_function_words_alone_bring_nothing_close() -> None:
    assert closeness("and then it was the slow app", "and then it was the dog") < 0.35


def test_the_dimension_is_part_of_the_name() -> None:
    assert EmbeddedEmbedder(512).name != EMBEDDER.name
    assert EmbeddedEmbedder(512).embed(["slow"]).shape == (1, 512)


@pytest.mark.parametrize(
    ("first", "second"),
    [("using", "uses"), ("paid", "paying"), ("stopped", "stop"), ("calls", "calling")],
)
def test_forms_of_a_word_share_a_stem(first: str, second: str) -> None:
    assert stem(first) == stem(second)


def test_pieces_are_stems_numbers_and_runs_of_characters() -> None:
    assert list(pieces("We paid 1,200 for it。发票很贵")) == [
        "we", "pay", "1200", "for", "it", "發票很貴",
    ]  # fmt: skip


def test_folding_keeps_the_length() -> None:
    assert len(traditional("这个软件太贵了")) == len("这个软件太贵了")


def test_every_concept_has_words_in_both_languages() -> None:
    table = lexicon()
    assert len(table.names) == len(set(table.names))
    english = {name for names in table.english.values() for name in names}
    chinese = {name for names in table.chinese.values() for name in names}
    assert english == set(table.names)
    assert chinese == set(table.names)


def test_a_longer_phrase_is_not_read_as_its_parts() -> None:
    assert in_words(pieces("customer service")) == ["support"]
