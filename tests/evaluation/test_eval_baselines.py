"""The baselines are readings by the same rule, and belong to their labels."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from icp_synth.errors import UsageError
from icp_synth.evaluation.baselines import (
    SENTENCES,
    TFIDF,
    load_baselines,
    measure_baselines,
    write_baselines,
)
from icp_synth.evaluation.dataset import load_dataset
from tests.study_factory import icp

pytestmark = pytest.mark.slow


EVALS = Path(__file__).resolve().parents[2] / "evals"


@pytest.mark.parametrize("name", ["creatives-en", "visits-zh"])
def test_those_that_are_kept_are_what_is_measured(name: str) -> None:
    folder = EVALS / name
    dataset = load_dataset(folder)
    kept = load_baselines(folder, dataset)
    assert [one.model for one in kept] == [SENTENCES, TFIDF]
    assert kept == measure_baselines(dataset).baselines


def test_every_sentence_as_a_trait_finds_traits_alone() -> None:
    dataset = load_dataset(EVALS / "creatives-en", only=["creativity_0000"] * 1)
    two = load_dataset(
        EVALS / "creatives-en", only=["creativity_0000", "creativity_0009"]
    )
    with pytest.raises(UsageError, match="one interview"):
        measure_baselines(dataset)
    sentences = measure_baselines(two).baselines[0]
    for counts in sentences.cases.values():
        assert counts["tp"] == counts["tp.trait"] > 0
        assert counts["fa"] == counts["fa.trait"] > 0
        assert counts["tp.pain"] == counts["fa.pain"] == 0


def test_labels_that_changed_have_no_baselines(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    shutil.copytree(EVALS / "visits-zh", folder)
    changed = folder / "reference" / next((folder / "reference").iterdir()).name
    changed.write_text(changed.read_text("utf-8") + " ", "utf-8")
    called = icp("eval", "run", folder)
    assert called.code == 2
    assert "eval baselines" in called.err
    written = icp("eval", "baselines", folder, "--json")
    assert written.json["written"][0]["baselines"] == [SENTENCES, TFIDF]
    assert load_baselines(folder, load_dataset(folder))


def test_some_interviews_alone_have_theirs() -> None:
    folder = EVALS / "visits-zh"
    one = load_dataset(folder, only=[load_dataset(folder).cases[0].name])
    assert load_baselines(folder, one)


def test_a_file_that_is_none_says_how_to_make_it(tmp_path: Path) -> None:
    dataset = load_dataset(EVALS / "visits-zh")
    (tmp_path / "baselines.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match="holds no baselines"):
        load_baselines(tmp_path, dataset)
    path = write_baselines(tmp_path, measure_baselines(dataset))
    assert load_baselines(tmp_path, dataset)
    assert path.read_text("utf-8").endswith("}\n")


def test_they_stand_beside_a_reading_of_the_same_interviews(tmp_path: Path) -> None:
    called = icp(
        *("eval", "run", EVALS / "visits-zh", "--limit", "2"),
        *("--project", tmp_path, "--json"),
    )
    (dataset,) = called.json["datasets"]
    rows = [row for row in dataset["baselines"] if row["name"] == "item_f1"]
    assert [row["model"] for row in rows] == [SENTENCES, TFIDF]
    assert {row["n_cases"] for row in rows} == {2}
    assert dataset["ceiling"]["value"] == 0.78
    assert all(not row["model"].startswith("base") for row in called.json["metrics"])
