"""Forms: what is written into them comes back, and what does not hold is told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.labelling import (
    NewForms,
    Outcome,
    ReadLabels,
    check_labels,
    new_forms,
    read_labels,
)
from icp_synth.evaluation.labelling.form import (
    COLUMNS,
    form_text,
    guarded,
    read_form,
    unguarded,
)
from icp_synth.evaluation.labels import load_labels
from icp_synth.stages.read import ReadOptions
from tests.factories import make_transcript

EVALS = Path(__file__).resolve().parents[3] / "evals"
PARTS = (
    "kind",
    "category",
    "statement",
    "quotes",
    "explicit",
    "intensity",
    "signals",
    "attribute",
    "value",
    "status",
)

TALK = (
    "Interviewer: What hurts at the moment?\n\n"
    "Anna: The exports take two hours. I fear that we lose data.\n\n"
    "Interviewer: The exports take too long, then.\n\n"
    "Anna: Yes. The “exports” take two hours. So exports take two hours. "
    "We pay −5 euros 😀 a month.\n"
)


def begin(folder: Path, text: str = TALK, name: str = "anna") -> Path:
    source = folder / "from" / f"{name}.txt"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text, "utf-8")
    outcome = new_forms(NewForms(texts=(source,), folder=folder))
    assert outcome.problems == ()
    return folder / "forms" / f"{name}.csv"


def fill(form: Path, *rows: dict[str, str], delimiter: str = ",") -> None:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    form.write_text(stream.getvalue(), "utf-8-sig")


def read(folder: Path, *forms: Path, **more: Any) -> Outcome:
    order = ReadLabels(sources=forms, folder=folder / "reference", **more)
    return read_labels(order)


def labels_in(folder: Path, name: str = "anna") -> list[dict[str, Any]]:
    body = json.loads((folder / "reference" / f"{name}.json").read_text("utf-8"))
    labels: list[dict[str, Any]] = body["labels"]
    return labels


def row(category: str, quote: str, **more: str) -> dict[str, str]:
    return {"category": category, "quote": quote, "statement": "They say so.", **more}


def as_one(label: dict[str, Any]) -> str:
    """Return a label's parts, its quotes by place."""
    quotes = sorted(label["quotes"], key=lambda one: (one["start"], one["end"]))
    parts = {part: label[part] for part in PARTS}
    return json.dumps({**parts, "quotes": quotes}, ensure_ascii=False)


def told(outcome: Outcome) -> list[tuple[int | None, str]]:
    return [(one.line, one.field) for one in outcome.problems]


@pytest.mark.parametrize(
    ("dataset", "names"),
    [
        ("creatives-en", ("creativity_0000", "creativity_0021")),
        ("visits-zh", ("2019-08-02-譚大倫來訪",)),
    ],
)
def test_every_label_comes_back_from_a_form_as_it_was(
    tmp_path: Path, dataset: str, names: Sequence[str]
) -> None:
    home = EVALS / dataset
    (tmp_path / "case.toml").write_bytes((home / "case.toml").read_bytes())
    made = new_forms(
        NewForms(
            texts=[home / "texts" / f"{name}.txt" for name in names],
            folder=tmp_path,
            labels=home / "reference",
        )
    )
    forms = [tmp_path / "forms" / f"{name}.csv" for name in names]
    outcome = read(tmp_path, *forms)
    assert outcome.problems == made.problems == ()
    for name in names:
        path = home / "reference" / f"{name}.json"
        wanted = json.loads(path.read_text("utf-8"))["labels"]
        found = labels_in(tmp_path, name)
        assert sorted(map(as_one, found)) == sorted(map(as_one, wanted))
        assert load_labels(tmp_path / "reference" / f"{name}.json").problems == ()


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    form = begin(tmp_path)
    fill(form, row("fear", "I fear that we lose data"))
    read(tmp_path, form)
    first = (tmp_path / "reference" / "anna.json").read_bytes()
    assert read(tmp_path, form).problems == ()
    assert (tmp_path / "reference" / "anna.json").read_bytes() == first


def test_a_quote_is_written_as_it_stands_in_the_source(tmp_path: Path) -> None:
    form = begin(tmp_path)
    fill(form, row("problem", 'yes. the "exports" take two   hours', turn="3"))
    assert read(tmp_path, form).problems == ()
    (label,) = labels_in(tmp_path)
    assert label["kind"] == "pain"
    assert label["quotes"][0]["text"] == "Yes. The “exports” take two hours"
    start, end = (label["quotes"][0][edge] for edge in ("start", "end"))
    assert TALK[start:end] == "Yes. The “exports” take two hours"


def test_a_row_with_a_quote_alone_belongs_to_the_label_above(tmp_path: Path) -> None:
    form = begin(tmp_path)
    fill(
        form,
        row("problem", "I fear that we lose data"),
        {"turn": "1", "quote": "The exports take two hours"},
    )
    read(tmp_path, form)
    (label,) = labels_in(tmp_path)
    assert [one["text"] for one in label["quotes"]] == [
        "The exports take two hours",
        "I fear that we lose data",
    ]


def test_everything_wrong_is_told_at_once_with_row_and_column(tmp_path: Path) -> None:
    form = begin(tmp_path)
    rows = [
        row("fear", "I fear that we lose money"),
        row("fear", "The exports take too long, then"),
        row("fright", "I fear that we lose data", intensity="4"),
        row("fear", "I fear that we lose data", kind="trait", turn="nine"),
        row("fear", "I fear that we lose data", turn="3"),
        row("fear", "exports take two hours"),
        row("fear", "lose data", signals="willing", explicit="maybe", turn="99"),
        row("fear", "", status="sure", value="5"),
    ]
    fill(form, *rows)
    outcome = read(tmp_path, form)
    assert told(outcome) == [
        (2, "quote"),
        (3, "quote"),
        (4, "category"),
        (4, "intensity"),
        (5, "category"),
        (5, "turn"),
        (6, "turn"),
        (7, "quote"),
        (8, "explicit"),
        (8, "signals"),
        (8, "turn"),
        (9, "status"),
        (9, "value"),
        (9, "quote"),
    ]
    said = [one.message for one in outcome.problems]
    assert said[0].startswith("altered_words")
    assert said[1].startswith("interviewer")
    assert "in turns 1, 3; give the turn" in said[7]
    assert not (tmp_path / "reference").exists()


def test_a_bad_form_costs_the_others_nothing(tmp_path: Path) -> None:
    good = begin(tmp_path, name="good")
    bad = begin(tmp_path, name="bad")
    fill(good, row("fear", "I fear that we lose data"))
    fill(bad, row("fear", "nobody ever said this to anyone"))
    outcome = read(tmp_path, bad, good)
    assert [Path(one).name for one in outcome.written] == ["good.json"]
    assert outcome.exit_code == 3
    assert [Path(one.file).name for one in outcome.problems] == ["bad.csv"]


def test_a_label_given_twice_is_told(tmp_path: Path) -> None:
    form = begin(tmp_path)
    same = row("fear", "I fear that we lose data")
    fill(form, same, same)
    (problem,) = read(tmp_path, form).problems
    assert (problem.line, problem.message) == (3, "the same label as in line 2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_form_may_come_from_any_spreadsheet(tmp_path: Path, delimiter: str) -> None:
    form = begin(tmp_path)
    fill(form, row("fear", "I fear that we lose data"), delimiter=delimiter)
    form.write_bytes(form.read_text("utf-8-sig").encode("utf-16"))
    assert read(tmp_path, form).labels == 1


def test_a_filled_form_is_never_written_over(tmp_path: Path) -> None:
    form = begin(tmp_path)
    fill(form, row("fear", "I fear that we lose data"))
    before = form.read_bytes()
    order = NewForms(texts=(tmp_path / "texts" / "anna.txt",), folder=tmp_path)
    outcome = new_forms(order)
    assert form.read_bytes() == before
    assert any("was not touched" in note for note in outcome.notes)


def test_each_annotator_gets_forms_of_their_own(tmp_path: Path) -> None:
    source = tmp_path / "anna.txt"
    source.write_text(TALK, "utf-8")
    new_forms(
        NewForms(texts=(source,), folder=tmp_path / "l", annotators=("ann", "bob"))
    )
    forms = sorted(one.name for one in (tmp_path / "l" / "forms").iterdir())
    assert forms == ["HOW-TO-LABEL.md", "ann", "bob"]
    with pytest.raises(UsageError, match="cannot be the name"):
        new_forms(
            NewForms(texts=(source,), folder=tmp_path / "l", annotators=("../x",))
        )


def test_two_texts_of_one_name_and_a_text_without_participants_are_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "anna.txt", tmp_path / "a" / "anna.md"):
        path.write_text(TALK, "utf-8")
    nobody = tmp_path / "nobody.txt"
    nobody.write_text("Just words, and no labels at all.\n", "utf-8")
    texts = (nobody, tmp_path / "anna.txt", tmp_path / "a" / "anna.md")
    outcome = new_forms(NewForms(texts=texts, folder=tmp_path / "out"))
    assert [Path(one.file).name for one in outcome.problems] == [
        "anna.txt",
        "nobody.txt",
    ]
    assert (tmp_path / "out" / "forms" / "anna.csv").is_file()


def test_speakers_are_kept_and_not_changed_behind_a_persons_back(
    tmp_path: Path,
) -> None:
    source = tmp_path / "talk.txt"
    source.write_text("X: How is it?\n\nY: It is too slow for me.\n", "utf-8")
    options = ReadOptions(interviewers=("X",))
    new_forms(NewForms(texts=(source,), folder=tmp_path / "l", options=options))
    assert 'interviewers = ["X"]' in (tmp_path / "l" / "case.toml").read_text("utf-8")
    other = ReadOptions(interviewers=("Y",))
    with pytest.raises(UsageError, match="other interviewers"):
        new_forms(NewForms(texts=(source,), folder=tmp_path / "l", options=other))


def test_labels_that_say_something_else_are_replaced_only_when_asked(
    tmp_path: Path,
) -> None:
    form = begin(tmp_path)
    fill(form, row("fear", "I fear that we lose data"))
    read(tmp_path, form)
    fill(form, row("problem", "I fear that we lose data"))
    assert "--replace" in str(read(tmp_path, form).problems[0])
    assert labels_in(tmp_path)[0]["category"] == "fear"
    assert read(tmp_path, form, replace=True).problems == ()
    assert labels_in(tmp_path)[0]["category"] == "problem"


def test_own_categories_are_taken_when_they_are_named(tmp_path: Path) -> None:
    form = begin(tmp_path)
    fill(form, row("pain/latency", "I fear that we lose data"))
    assert told(read(tmp_path, form)) == [(2, "category")]
    assert read(tmp_path, form, extra=(("pain", "latency"),)).problems == ()
    assert labels_in(tmp_path)[0]["category"] == "latency"


def test_an_empty_form_is_told_and_not_written(tmp_path: Path) -> None:
    outcome = read(tmp_path, begin(tmp_path))
    assert (outcome.written, outcome.problems) == ((), ())
    assert any("the form is empty" in note for note in outcome.notes)


def test_own_categories_of_the_case_file_are_known(tmp_path: Path) -> None:
    form = begin(tmp_path)
    own = '[[codebook.extra]]\nkind = "pain"\ncategory = "latency"\n'
    (tmp_path / "case.toml").write_text(own, "utf-8")
    fill(form, row("latency", "I fear that we lose data"))
    assert read(tmp_path, form).problems == ()
    assert check_labels(tmp_path).problems == ()


def test_a_label_without_a_statement_has_its_quote_and_that_is_said(
    tmp_path: Path,
) -> None:
    form = begin(tmp_path)
    fill(form, {"category": "fear", "quote": "I fear that we lose data"})
    outcome = read(tmp_path, form, annotator="ann")
    (label,) = labels_in(tmp_path)
    assert label["statement"] == "I fear that we lose data"
    assert label["statement_origin"] == "verbatim"
    assert label["annotator"] == "ann"
    assert any("without a statement" in note for note in outcome.notes)


@pytest.mark.parametrize(
    "head", ["turn,quote", "category,quote,quote", "category,quote,colour", ""]
)
def test_a_form_with_another_head_is_refused(tmp_path: Path, head: str) -> None:
    form = begin(tmp_path)
    form.write_text(f"{head}\nx,y,z\n", "utf-8")
    outcome = read(tmp_path, form)
    assert outcome.written == ()
    assert outcome.problems
    assert outcome.problems[0].line == 1


def test_labels_without_texts_are_refused(tmp_path: Path) -> None:
    lonely = tmp_path / "a" / "b" / "c" / "d" / "anna.csv"
    lonely.parent.mkdir(parents=True)
    lonely.write_text("category,quote\n", "utf-8")
    with pytest.raises(NotFound, match="texts"):
        read(lonely.parent, lonely)


@pytest.mark.parametrize(
    "cell", ["=1+1", "-5 euros", "+willing", "'=x", "plain", "'tis"]
)
def test_a_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert guarded(cell)[:1] not in {"=", "+", "-", "@"}
    assert unguarded(guarded(cell)) == cell


WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=20
).filter(str.strip)


@given(statement=WORDS, value=WORDS, note=WORDS)
def test_whatever_is_written_into_a_form_is_read_again(
    statement: str, value: str, note: str
) -> None:
    transcript = make_transcript(
        [("Q", "interviewer", "How?"), ("Ann", "participant", "So it is.")]
    )
    start = transcript.text.index("So")
    quote = {"start": start, "end": start + 9, "text": "So it is."}
    label = {
        "kind": "trait",
        "category": "role",
        "quotes": [quote],
        "statement": statement,
        "value": value,
        "note": note,
    }
    data = form_text([label], transcript).encode("utf-8")
    (draft,), problems = read_form(data, "form.csv")
    assert problems == ()
    assert (draft.statement, draft.value, draft.note) == (statement, value, note)
    assert (draft.quotes[0].text, draft.quotes[0].turn) == ("So it is.", "1")
