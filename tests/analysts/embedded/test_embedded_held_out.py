"""A text that the weights learnt from is measured with weights that did not see it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pytest

from icp_synth.analysts.embedded import EmbeddedAnalyst, model
from icp_synth.analysts.protocol import Drafts
from icp_synth.domain.passages import Rendered, RenderedTurn
from icp_synth.llm.tokens import counter
from icp_synth.stages.chunk import chunk
from icp_synth.stages.extract import render
from icp_synth.stages.read import read_source

ELSE = "0" * 64


def load(name: str) -> Mapping[str, Any]:
    folder = resources.files("icp_synth.analysts.embedded") / "data"
    loaded: Mapping[str, Any] = json.loads((folder / name).read_text("utf-8"))
    return loaded


def window(text_sha256: str | None) -> Rendered:
    said = (
        ("interviewer", "What goes wrong, and what do you hope for?"),
        ("participant", "I am worried that the price goes up. I want it to be faster."),
    )
    turns = tuple(
        RenderedTurn(
            number=number,
            speaks="interviewer" if who == "interviewer" else "participant",
            participant=None if who == "interviewer" else "p",
            use="body",
            text=text,
            start=100 * number,
        )
        for number, (who, text) in enumerate(said)
    )
    return Rendered(
        window="w",
        transcript="t",
        language="en",
        turns=turns,
        text_sha256=text_sha256,
    )


def read(rendered: Rendered, *, held_out: bool) -> Drafts:
    found = EmbeddedAnalyst(held_out=held_out).extract(rendered)
    assert isinstance(found, Drafts)
    return found


def test_every_training_text_is_left_out_of_exactly_one_fold() -> None:
    reader, folds = load("reader.json"), load("folds.json")["folds"]
    sources = set(reader["sources"].values())
    assert len(sources) == 54
    assert all(len(digest) == 64 for digest in sources)
    left_out = Counter(digest for fold in folds for digest in fold["held_out"])
    assert left_out == dict.fromkeys(sources, 1)
    for digest in sources:
        fold = model.fold_of(digest)
        assert fold is not None
        assert digest in folds[fold]["held_out"]


def test_no_weights_learnt_from_another_text() -> None:
    assert model.fold_of(ELSE) is None
    assert model.fold_of(None) is None


def planted(monkeypatch: pytest.MonkeyPatch, leaked: str) -> list[int | None]:
    """Let the full model know a training text by heart; note which weights are used."""
    used: list[int | None] = []
    shipped = model.table
    blank = {"bias": [-9000, -9000, -9000], "weights": {}}
    by_heart = {"bias": [9000, -9000, -9000], "weights": {}}
    tables = {
        None: {"kinds": {"en": by_heart, "zh": by_heart}, "categories": {}},
        model.fold_of(leaked): {
            "kinds": {"en": blank, "zh": blank},
            "categories": {},
        },
    }

    def table(fold: int | None = None) -> model.Table:
        used.append(fold)
        return tables.get(fold) or shipped(fold)

    monkeypatch.setattr(model, "table", table)
    return used


def test_a_planted_leak_does_not_reach_a_held_out_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    leaked = next(iter(model.weights()["sources"].values()))
    used = planted(monkeypatch, leaked)
    assert read(window(leaked), held_out=False).drafts
    assert read(window(leaked), held_out=True).drafts == ()
    assert used == [None, model.fold_of(leaked)]


def test_other_texts_are_read_with_all_weights_either_way() -> None:
    for digest in (ELSE, None):
        rendered = window(digest)
        assert read(rendered, held_out=True) == read(rendered, held_out=False)


def test_a_window_carries_the_hash_of_its_whole_text() -> None:
    found = read_source(b"AI: Why?\nUser: We type it twice.\n", "talk.txt")
    (transcript,) = found.transcripts
    (shown,) = chunk(transcript, counter("estimate-v1")).windows
    assert render(shown, transcript).text_sha256 == transcript.text_sha256


def test_the_two_modes_have_their_own_fingerprints() -> None:
    plain, held_out = EmbeddedAnalyst(), EmbeddedAnalyst(held_out=True)
    assert plain.fingerprints()["extract"] != held_out.fingerprints()["extract"]
    assert plain.fingerprints()["reader"] == held_out.fingerprints()["reader"]
