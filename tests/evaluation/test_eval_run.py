"""`eval run` from end to end: planted labels, leaks, waiting, and the shipped sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from icp_synth.analysts import choice
from icp_synth.domain.ids import sha256_text
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import Called, answer, icp, talk

EVALS = Path(__file__).resolve().parents[2] / "evals"


def labels_of(
    text: str, quotes: Sequence[tuple[str, str, str]]
) -> list[dict[str, Any]]:
    """Return labels of kind, category and words; each stands once in the text."""
    return [
        {
            "kind": kind,
            "category": category,
            "statement": "They say so.",
            "quotes": [
                {
                    "start": text.index(words),
                    "end": text.index(words) + len(words),
                    "text": words,
                }
            ],
            "status": "agreed",
        }
        for kind, category, words in quotes
    ]


def write_case(folder: Path, name: str, **changes: Any) -> Path:
    """Write an interview with the labels that the test model finds."""
    text = talk(name)
    said = [line.partition(": ")[2] for line in text.split("\n\n")[1::2]]
    quotes = zip(
        ("trait", "pain", "motivation"), ("role", "problem", "like"), said, strict=True
    )
    body = {
        "transcript": name,
        "text_sha256": sha256_text(text),
        "codebook": 1,
        "labels": labels_of(text, [(k, c, w.strip()) for k, c, w in quotes]),
        **changes,
    }
    for place in ("texts", "reference"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / "texts" / f"{name}.txt").write_text(text, "utf-8")
    path = folder / "reference" / f"{name}.json"
    path.write_text(json.dumps(body), "utf-8")
    return path


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """Return a folder of two labelled interviews."""
    folder = tmp_path / "labelled"
    for name in ("anna", "bob"):
        write_case(folder, name)
    return folder


def measured(*args: str | Path) -> Called:
    return icp("eval", "run", *args, "--json")


def values(called: Called) -> Mapping[tuple[str, str], float | None]:
    return {(row["name"], row["mode"]): row["value"] for row in called.json["metrics"]}


def mend(path: Path, **changes: Any) -> None:
    body = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**body, **changes}), "utf-8")


def test_a_model_that_finds_all_scores_one(labelled: Path) -> None:
    with OpenAIServer(answer) as server:
        flags = ("--model", "scripted", "--base-url", server.url)
        first = measured(labelled, *flags)
        calls = len(server.requests)
        second = measured(labelled, *flags)
        assert len(server.requests) == calls
    assert first.code == 0, first.err
    assert first.out == second.out
    found = values(first)
    assert found["item_f1", "codebook"] == 1.0
    assert found["category_accuracy", "matched"] == 1.0
    assert found["verified_rate", "raw"] == 1.0
    assert {row["model"] for row in first.json["metrics"]} == {"scripted"}


def test_a_model_that_cannot_be_reached_waits(labelled: Path) -> None:
    called = measured(labelled, "--model", "openai:gpt-4.1-mini")
    assert called.code == 3
    assert called.json["status"] == "waiting"
    assert called.json["metrics"][0]["value"] is None
    assert "2 answers are missing" in called.err
    (body,) = called.json["datasets"]
    assert body["runs"][0]["waiting"] == ["anna", "bob"]


def test_windows_that_fail_count_as_missed(labelled: Path) -> None:
    with OpenAIServer(lambda _: "no insight at all") as server:
        flags = ("--model", "scripted", "--base-url", server.url)
        called = measured(labelled, *flags)
    assert called.code == 3
    found = values(called)
    assert found["item_recall", "codebook"] == 0.0
    assert found["item_f1", "codebook"] is None
    assert found["windows_invalid", "contract"] == 1.0
    assert any("anna" in said for said in called.json["errors"])


def test_the_result_is_written_with_a_line_for_each_item(labelled: Path) -> None:
    called = measured(labelled)
    assert called.code == 0, called.err
    out = labelled / ".icp-eval" / "out"
    result = json.loads((out / "result.json").read_bytes())
    assert result["status"] == "success"
    assert result["model"] == "embedded"
    assert [one["case"] for one in result["labels"]] == ["anna", "bob"]
    text = (out / "items.jsonl").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    (run,) = result["runs"]
    for case in run["cases"]:
        own = [one for one in lines if one["case"] == case["name"]]
        assert sum(one["label"] is not None for one in own) == case["labels"]
        assert sum(one["prediction"] is not None for one in own) == case["predicted"]


def test_a_text_that_was_learnt_from_is_listed_and_not_scored(
    labelled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = frozenset({sha256_text(talk("anna"))})
    monkeypatch.setattr("icp_synth.evaluation.measuring.trained_on", lambda _: planted)
    called = measured(labelled)
    assert called.code == 3
    (body,) = called.json["datasets"]
    assert [one["case"] for one in body["leaks"]] == ["anna"]
    assert "anna" in called.json["errors"][0]
    assert {row["n_cases"] for row in called.json["metrics"]} == {1}


def test_the_shipped_weights_name_the_texts_that_they_learnt_from() -> None:
    from icp_synth.analysts.embedded import EmbeddedAnalyst

    assert len(choice.trained_on(EmbeddedAnalyst())) == 54
    assert choice.trained_on(EmbeddedAnalyst(held_out=True)) == frozenset()


def test_a_case_a_limit_and_a_project_can_be_chosen(
    labelled: Path, tmp_path: Path
) -> None:
    one = measured(labelled, "--case", "bob", "--project", tmp_path / "p")
    assert one.json["metrics"][0]["n_cases"] == 1
    assert (tmp_path / "p" / "out" / "result.json").is_file()
    assert not (labelled / ".icp-eval").exists()
    (body,) = measured(labelled, "--limit", "1").json["datasets"]
    assert [case["case"] for case in body["labels"]] == ["anna"]
    assert measured(labelled, "--case", "nobody").code == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text_sha256": "0" * 64}, "text_sha256"),
        ({"codebook": 2}, "codebook"),
        ({"labels": [{"kind": "joy"}]}, "labels[0].kind"),
        ({"labels": "none"}, "labels: "),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_field(
    labelled: Path, changes: dict[str, Any], said: str
) -> None:
    mend(labelled / "reference" / "anna.json", **changes)
    called = measured(labelled)
    assert called.code == 2
    assert "anna.json" in called.err
    assert said in called.err


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ({"category": "like"}, "labels[1].category"),
        ({"quotes": []}, "labels[1].quotes"),
        ({"quotes": [{"start": 0, "end": 4, "text": "Wrng"}]}, "labels[1].quotes[0]"),
        ({"quotes": [{"start": 0, "end": 99999, "text": "x"}]}, "code points"),
        ({"quotes": [{"start": 5, "end": 5, "text": ""}]}, "no stretch"),
        ({"status": "maybe"}, "labels[1].status"),
    ],
)
def test_a_label_that_does_not_fit_is_refused_by_field(
    labelled: Path, label: dict[str, Any], said: str
) -> None:
    path = labelled / "reference" / "anna.json"
    labels = json.loads(path.read_text("utf-8"))["labels"]
    labels[1] |= label
    mend(path, labels=labels)
    called = measured(labelled)
    assert called.code == 2
    assert said in called.err


def test_a_label_given_twice_is_refused(labelled: Path) -> None:
    path = labelled / "reference" / "anna.json"
    labels = json.loads(path.read_text("utf-8"))["labels"]
    mend(path, labels=[*labels, labels[0]])
    called = measured(labelled)
    assert called.code == 2
    assert "labels[3]: the same as labels[0]" in called.err


def test_broken_json_is_refused_by_line(labelled: Path) -> None:
    (labelled / "reference" / "anna.json").write_text('{\n "transcript": }', "utf-8")
    called = measured(labelled)
    assert called.code == 2
    assert "line 2" in called.err


def test_a_missing_text_is_refused(labelled: Path) -> None:
    (labelled / "texts" / "bob.txt").unlink()
    called = measured(labelled)
    assert called.code == 2
    assert "no text 'bob'" in called.err


def test_case_toml_says_who_speaks_and_where_texts_lie(labelled: Path) -> None:
    (labelled / "texts" / "bob.txt").rename(labelled.parent / "elsewhere.txt")
    about = 'interviewers = ["Interviewer"]\n[texts]\nbob = "../elsewhere.txt"\n'
    (labelled / "case.toml").write_text(about, "utf-8")
    assert measured(labelled).code == 0
    (labelled / "case.toml").write_text("interviewer = []", "utf-8")
    refused = measured(labelled)
    assert refused.code == 2
    assert "case.toml" in refused.err


def test_labels_may_lie_directly_in_the_folder(labelled: Path) -> None:
    for path in (labelled / "reference").iterdir():
        path.rename(labelled / path.name)
    (labelled / "reference").rmdir()
    assert measured(labelled).json["metrics"][0]["n_cases"] == 2


def test_people_read_a_table_with_the_origin_of_the_labels(labelled: Path) -> None:
    (labelled / "case.toml").write_text('origin = "one student"', "utf-8")
    called = icp("eval", "run", labelled)
    assert called.code == 0, called.err
    assert "one student" in called.out
    assert "item F1 by the codebook" in called.out
    assert "item_f1" in icp("eval", "run", labelled, "--all").out


def test_the_shipped_sets_are_scored_whole(tmp_path: Path) -> None:
    folders = (EVALS / "creatives-en", EVALS / "visits-zh")
    called = measured(*folders, "--project", tmp_path)
    assert called.code == 0, called.err
    rows = {
        row["dataset"]: row
        for row in called.json["metrics"]
        if (row["name"], row["mode"]) == ("item_f1", "codebook")
    }
    english, chinese = rows["creatives-en"], rows["visits-zh"]
    assert (english["n_cases"], english["n_items"]) == (16, 381)
    assert (chinese["n_cases"], chinese["n_items"]) == (6, 169)
    # What docs/evaluation.md prints.
    assert round(english["value"], 2) == 0.64
    assert round(chinese["value"], 2) == 0.44


def test_the_semantic_mode_says_how_good_its_own_judgement_is(
    tmp_path: Path, labelled: Path
) -> None:
    called = measured(EVALS / "visits-zh", "--limit", "2", "--project", tmp_path)
    (body,) = called.json["datasets"]
    assert body["matcher"]["n_same"] > 30
    assert 0.5 < body["matcher"]["macro_f1"] < 1
    assert "no person judged" in body["matcher"]["origin"]
    # Labels of one annotator give no pairs, and no figure.
    (alone,) = measured(labelled).json["datasets"]
    assert (alone["matcher"]["n_same"], alone["matcher"]["macro_f1"]) == (0, None)
    assert "is not known" in icp("eval", "run", labelled, "--all").out


def test_own_categories_are_read_and_scored(labelled: Path) -> None:
    path = labelled / "reference" / "anna.json"
    labels = json.loads(path.read_text("utf-8"))["labels"]
    labels[1]["category"] = "export_trouble"
    mend(path, labels=labels)
    refused = measured(labelled)
    assert refused.code == 2
    assert "no category 'export_trouble' of pain" in refused.err
    (labelled / "case.toml").write_text(
        "[[codebook.extra]]\ncategory = 'export_trouble'\nkind = 'pain'\n"
        "description = 'what hurts about exports'\n",
        "utf-8",
    )
    with OpenAIServer(answer) as server:
        flags = ("--model", "scripted", "--base-url", server.url)
        called = measured(labelled, *flags)
        sent = json.dumps(server.requests[0], ensure_ascii=False)
    assert called.code == 0, called.err
    assert "Own category pain/export_trouble" in sent
    by_category = {
        (row["name"], row["mode"]): row["n_items"] for row in called.json["metrics"]
    }
    assert by_category["item_f1.export_trouble", "category"] == 1
    # Without a model own categories cannot be read, and that is said.
    assert "read by a model alone" in measured(labelled).err
