"""Exports of Label Studio and doccano, made by hand in the shapes that they document.

Label Studio's task format: https://labelstud.io/guide/task_format.html; results that
share a region's id: https://labelstud.io/guide/export.html; `value` of a text region:
https://labelstud.io/tags/text. JSON_MIN: HumanSignal/label-studio-converter.
Doccano's JSONL: doccano/doccano, backend/data_export/pipeline/examples and
`ExportedSpan` in backend/data_export/models.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from icp_synth.evaluation.labelling import Outcome, ReadLabels, read_labels
from icp_synth.evaluation.labelling.config import (
    doccano_labels,
    doccano_texts,
    label_studio_config,
    label_studio_tasks,
)
from icp_synth.evaluation.labelling.offsets import Marked, Ruler, units_of
from icp_synth.evaluation.labelling.placed_json import load_placed
from icp_synth.evaluation.texts import Texts

TEXT = (
    "Interviewer: Hello 😀, what hurts?\n\n"
    "Anna: The exports 😡 take two hours. I fear that we lose data.\n"
)
SLOW = "The exports 😡 take two hours"
FEAR = "I fear that we lose data"


def utf16(offset: int, text: str = TEXT) -> int:
    return len(text[:offset].encode("utf-16-le")) // 2


def place(words: str, *, count: str = "code-points") -> dict[str, int]:
    start = TEXT.index(words)
    edges = {"start": start, "end": start + len(words)}
    if count == "utf-16":
        return {name: utf16(at) for name, at in edges.items()}
    return edges


def region(words: str, label: str, id: str, **more: Any) -> dict[str, Any]:
    value = {**place(words), "text": words, "labels": [label], **more}
    return {
        "value": value,
        "id": id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
    }


def said(id: str, name: str, kind: str, words: str, *held: str) -> dict[str, Any]:
    key = "text" if kind == "textarea" else "choices"
    value = {**place(words), key: list(held)}
    return {
        "value": value,
        "id": id,
        "from_name": name,
        "to_name": "text",
        "type": kind,
        "origin": "manual",
    }


def task(*results: dict[str, Any], by: Any = 1, **more: Any) -> dict[str, Any]:
    annotation = {
        "id": 9,
        "completed_by": by,
        "result": list(results),
        "was_cancelled": False,
        "ground_truth": False,
        "lead_time": 4.288,
    }
    return {
        "id": 1,
        "annotations": [annotation],
        "file_upload": "abc-anna.txt",
        "predictions": [],
        "data": {"text": TEXT},
        "project": 3,
        **more,
    }


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "anna.txt").write_text(TEXT, "utf-8")
    return tmp_path


def read(home: Path, content: Any, origin: Any, **more: Any) -> Outcome:
    path = home / ("export.json" if origin == "label-studio" else "export.jsonl")
    if isinstance(content, str):
        path.write_text(content, "utf-8")
    else:
        path.write_text(json.dumps(content, indent=1), "utf-8")
    order = ReadLabels(
        sources=(path,), folder=home / "reference", origin=origin, **more
    )
    return read_labels(order)


def labels(home: Path, where: str = "reference/anna.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((home / where).read_text("utf-8"))[
        "labels"
    ]
    assert all(
        TEXT[quote["start"] : quote["end"]] == quote["text"]
        for label in found
        for quote in label["quotes"]
    )
    return found


def test_a_region_of_label_studio_is_a_label_with_all_that_is_said_of_it(
    home: Path,
) -> None:
    export = [
        task(
            region(SLOW, "pain/problem", "r1"),
            said("r1", "statement", "textarea", SLOW, "Exports are slow."),
            said("r1", "explicit", "choices", SLOW, "yes"),
            said("r1", "intensity", "choices", SLOW, "2"),
            said("r1", "signals", "choices", SLOW, "ready+", "willing-"),
            region(FEAR, "fear", "r2"),
        )
    ]
    outcome = read(home, export, "label-studio")
    assert outcome.problems == ()
    slow, fear = labels(home)
    assert slow["quotes"][0]["text"] == SLOW
    assert (slow["statement"], slow["explicit"], slow["intensity"]) == (
        "Exports are slow.",
        True,
        2,
    )
    assert slow["signals"] == ["+ready", "-willing"]
    assert slow["annotator"] == "1"
    assert (fear["kind"], fear["category"]) == ("pain", "fear")


def test_old_offsets_of_label_studio_are_known_by_their_words(home: Path) -> None:
    export = [
        task(
            region(SLOW, "pain/problem", "r1", **place(SLOW, count="utf-16")),
            region(FEAR, "pain/fear", "r2", **place(FEAR, count="utf-16")),
        )
    ]
    assert read(home, export, "label-studio").problems == ()
    assert [one["quotes"][0]["text"] for one in labels(home)] == [SLOW, FEAR]


def test_offsets_that_fit_in_neither_way_are_told_with_line_and_field(
    home: Path,
) -> None:
    export = [task(region(FEAR, "pain/fear", "r1", start=3, end=20))]
    (problem,) = read(home, export, "label-studio").problems
    assert problem.field == "[0].annotations[0].result[0].value.text"
    lines = (home / "export.json").read_text("utf-8").splitlines()
    assert problem.line is not None
    assert lines[problem.line - 1].strip() == '"value": {'


def test_all_faults_of_an_export_are_told_at_once(home: Path) -> None:
    hello = region("Hello 😀", "like", "r1")
    over = region(FEAR, "pain/fear", "r2", start=60, end=999)
    over["value"].pop("text")
    bare = region(FEAR, "pain", "r3")
    html = region(FEAR, "fear", "r4", start="/p[1]/text()[1]")
    none = {**region(FEAR, "fear", "r5"), "value": place(FEAR)}
    export = [task(hello, over, bare, html, none)]
    outcome = read(home, export, "label-studio", unit="code-points")
    assert [one.field.partition("result")[2] for one in outcome.problems] == [
        "[0].value.start",
        "[1].value",
        "[2].value.labels",
        "[3].value.start",
        "[4].value.labels",
    ]
    assert not (home / "reference").exists()


def test_regions_of_other_than_plain_texts_are_told(home: Path) -> None:
    html = {**region(FEAR, "fear", "r1"), "type": "hypertextlabels"}
    outcome = read(home, [task(html, region(FEAR, "fear", "r2"))], "label-studio")
    (problem,) = outcome.problems
    assert problem.field == "[0].annotations[0].result[0].type"


def test_several_annotators_get_a_folder_each(home: Path) -> None:
    one = task(region(FEAR, "fear", "r1"), by={"id": 4, "email": "ann@example.org"})
    two = task(region(SLOW, "problem", "r1"), by=7)["annotations"][0]
    skipped = {**two, "was_cancelled": True}
    one["annotations"] += [two, skipped]
    outcome = read(home, [one], "label-studio")
    assert [Path(path).parent.name for path in outcome.written] == [
        "annotator-7",
        "annotator-ann@example.org",
    ]
    assert any("skipped by its annotator" in note for note in outcome.notes)
    assert labels(home, "reference/annotator-7/anna.json")[0]["annotator"] == "7"


def test_related_regions_of_one_label_are_one_label(home: Path) -> None:
    relation = {
        "type": "relation",
        "from_id": "r1",
        "to_id": "r2",
        "direction": "right",
    }
    export = [
        task(region(FEAR, "fear", "r1"), region(SLOW, "fear", "r2"), relation),
    ]
    assert read(home, export, "label-studio").problems == ()
    (label,) = labels(home)
    assert [one["text"] for one in label["quotes"]] == [SLOW, FEAR]


def test_the_short_form_of_label_studio_is_read_too(home: Path) -> None:
    export = [
        {
            "text": TEXT,
            "id": 1,
            "label": [{**place(FEAR), "text": FEAR, "labels": ["pain/fear"]}],
            "statement": "They fear a loss.",
            "annotator": 1,
            "annotation_id": 2,
        }
    ]
    outcome = read(home, export, "label-studio")
    assert outcome.problems == ()
    assert labels(home)[0]["quotes"][0]["text"] == FEAR
    assert any("JSON_MIN" in note for note in outcome.notes)


def test_another_text_than_the_one_labelled_is_refused(home: Path) -> None:
    export = [task(region(FEAR, "fear", "r1"), data={"text": TEXT + "More."})]
    (problem,) = read(home, export, "label-studio").problems
    assert problem.field == "[0].data.text"


def test_windows_line_ends_count_as_the_export_counts_them(home: Path) -> None:
    text = TEXT.replace("\n", "\r\n")
    start = text.index(FEAR)
    where = {"start": start, "end": start + len(FEAR)}
    export = [task(region(FEAR, "fear", "r1", **where), data={"text": text})]
    assert read(home, export, "label-studio").problems == ()
    assert labels(home)[0]["quotes"][0]["text"] == FEAR


def doc(**more: Any) -> str:
    return json.dumps({"id": 1, "text": TEXT, **more}, ensure_ascii=False) + "\n"


def triple(words: str, label: str, count: str = "code-points") -> list[Any]:
    edges = place(words, count=count)
    return [edges["start"], edges["end"], label]


def test_doccanos_offsets_are_taken_as_said(home: Path) -> None:
    line = doc(label=[triple(FEAR, "pain/fear", "utf-16")])
    assert read(home, line, "doccano", unit="utf-16").problems == ()
    assert labels(home)[0]["quotes"][0]["text"] == FEAR
    (label,) = labels(home)
    assert label["statement"] == FEAR
    assert "signals" not in label


def test_doccanos_offsets_are_not_guessed_where_they_matter(home: Path) -> None:
    outcome = read(home, doc(label=[triple(FEAR, "fear")]), "doccano")
    (problem,) = outcome.problems
    assert (problem.line, problem.field) == (1, "label[0]")
    assert "--offsets" in problem.message


def test_doccanos_entities_and_relations_are_read(home: Path) -> None:
    entities = [
        {
            "id": at,
            "label": "pain/fear",
            "start_offset": place(words)["start"],
            "end_offset": place(words)["end"],
        }
        for at, words in ((3, FEAR), (4, SLOW))
    ]
    relation = {"id": 1, "from_id": 3, "to_id": 4, "type": "same"}
    line = doc(entities=entities, relations=[relation], Comments=["Check this."])
    outcome = read(home, line, "doccano", unit="code-points")
    assert outcome.problems == ()
    assert len(labels(home)[0]["quotes"]) == 2
    assert any("Comments" in note for note in outcome.notes)


def test_faults_of_doccanos_lines_name_line_and_field(home: Path) -> None:
    lines = (
        doc(label=[triple(FEAR, "fear"), [1, 2], [5, 2000, "fear"], [1, 4, 7]])
        + "{\n"
        + doc()
        + json.dumps({"text": "Another text."})
    )
    outcome = read(home, lines, "doccano", unit="code-points")
    assert [(one.line, one.field) for one in outcome.problems] == [
        (1, "label[1]"),
        (1, "label[3][2]"),
        (1, "label[2]"),
        (2, ""),
        (3, "label"),
        (4, "text"),
    ]


def test_doccanos_files_are_called_by_their_annotators(home: Path) -> None:
    for name in ("ann", "bob"):
        line = doc(label=[triple(FEAR, "fear")])
        (home / f"{name}.jsonl").write_text(line, "utf-8")
    order = ReadLabels(
        sources=(home / "ann.jsonl", home / "bob.jsonl"),
        folder=home,
        origin="doccano",
        unit="code-points",
    )
    assert [Path(one).parent.name for one in read_labels(order).written] == [
        "annotator-ann",
        "annotator-bob",
    ]


def test_what_other_programs_are_given_comes_back_from_them(home: Path) -> None:
    texts = Texts(home).all()
    (given_task,) = json.loads(label_studio_tasks(texts))
    assert given_task["data"] == {"transcript": "anna", "text": TEXT}
    export = [task(region(FEAR, "fear", "r1"), data=given_task["data"])]
    assert read(home, export, "label-studio").problems == ()
    line = json.loads(doccano_texts(texts))
    line["label"] = [triple(FEAR, "fear")]
    again = read(home, json.dumps(line), "doccano", unit="code-points", replace=True)
    assert again.problems == ()


def test_configurations_hold_every_category() -> None:
    from xml.etree import ElementTree as ET

    root = ET.fromstring(label_studio_config((("pain", "la<tency"),)))  # noqa: S314 - made here
    values = [one.get("value") for one in root.iter("Label")]
    assert len(values) == 25
    assert {"pain/fear", "trait/role", "pain/la<tency"} <= set(values)
    areas = [one.get("name") for one in root.iter("TextArea")]
    assert areas[0] == "statement"
    assert all(one.get("perRegion") == "true" for one in root.iter("TextArea"))
    assert len(json.loads(doccano_labels())) == 24


@given(st.text(max_size=30), st.data())
def test_utf_16_offsets_come_back_as_code_points(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    ruler = Ruler(text, "utf-16")
    units = len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
    assert ruler.code_point(units) == at
    assert Ruler(text, "code-points").code_point(at) == at
    whole = len(text.encode("utf-16-le", "surrogatepass")) // 2
    assert ruler.code_point(whole + 1) is None


@given(st.text(alphabet="a😀b", min_size=1, max_size=12), st.data())
def test_words_tell_how_offsets_count(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    marked = [Marked(utf16(start, text), utf16(end, text), words)]
    found = units_of(text, marked, str.__eq__)
    assert "utf-16" in found or Ruler(text, "code-points").code_point(
        marked[0].end
    ) == Ruler(text, "utf-16").code_point(marked[0].end)


def test_half_an_emoji_is_no_place() -> None:
    assert Ruler("😀", "utf-16").code_point(1) is None


def test_objects_know_their_lines() -> None:
    found = load_placed('[{"a":\n {"b": [1,\n {"c": "}{"}]}},\n{}]', first_line=5)
    assert [found[0].line, found[0]["a"].line, found[1].line] == [5, 6, 8]
    assert found[0]["a"]["b"][1].line == 7
