"""An evaluation of a model that this machine cannot reach: by files and by batches."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from icp_synth.analysts.waiting import asked
from icp_synth.project.ledger import Ledger
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import (
    MODEL,
    Called,
    answer,
    batch_answers,
    icp,
    talk,
    write_talks,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Return two folders of labelled interviews; one interview is in both."""
    made = []
    for name, cases in (("one", ("anna", "bob")), ("two", ("bob", "carla"))):
        folder = tmp_path / name
        write_talks(folder / "texts", cases)
        (folder / "reference").mkdir()
        for case in cases:
            text = talk(case)
            words = text.split("\n\n")[1].partition(": ")[2]
            start = text.index(words)
            end = start + len(words)
            label = {
                "kind": "trait",
                "category": "role",
                "statement": "They say so.",
                "quotes": [{"start": start, "end": end, "text": words}],
                "status": "agreed",
            }
            body = {"transcript": case, "codebook": 1, "labels": [label]}
            path = folder / "reference" / f"{case}.json"
            path.write_text(json.dumps(body | {"text_sha256": _sha(text)}), "utf-8")
        made.append(folder)
    return made


def _sha(text: str) -> str:
    from icp_synth.domain.ids import sha256_text

    return sha256_text(text)


def of(folders: list[Path]) -> list[str]:
    return [word for folder in folders for word in ("--eval", str(folder))]


def export(folders: list[Path], out: Path, *more: str) -> list[str]:
    made = icp("batch", "export", *of(folders), "--model", MODEL, "-o", out, *more)
    assert made.code == 0, made.err
    return out.read_text("utf-8").splitlines()


def take(folders: list[Path], file: Path, lines: list[str]) -> Called:
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return icp("batch", "import", file, *of(folders), "--json")


def scores(folders: list[Path], *more: str) -> Called:
    return icp("eval", "run", *folders, "--model", MODEL, *more, "--json")


def test_by_files_it_gives_the_figures_of_a_live_one(
    folders: list[Path], tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    assert len(export(folders, requests)) == 3
    taken = take(folders, tmp_path / "answers.jsonl", batch_answers(requests))
    # The interview that both have is asked once, and its answer goes to both.
    assert (taken.code, taken.json["accepted"], taken.json["missing"]) == (0, 3, 0)
    by_file = scores(folders)
    assert by_file.code == 0, by_file.err
    assert export(folders, requests) == []
    with OpenAIServer(answer) as server:
        live = scores(
            folders, "--base-url", server.url, "--project", str(tmp_path / "live")
        )
        assert len(server.requests) == 4
    # The scripted batch counts tokens in its own way; all else is the same.
    found, expected = (
        [row for row in one.json["metrics"] if row["mode"] != "usage"]
        for one in (by_file, live)
    )
    assert found == expected


def test_what_is_asked_is_what_a_live_evaluation_asks_byte_for_byte(
    folders: list[Path], tmp_path: Path
) -> None:
    lines = export(folders[:1], tmp_path / "requests.jsonl")
    bodies = [json.dumps(json.loads(line)["body"]) for line in lines]
    with OpenAIServer(answer) as server:
        flags = ("--base-url", server.url, "--project", str(tmp_path / "live"))
        scores(folders[:1], *flags)
        live = [body["response_format"] for body in server.requests]
    exported = [json.loads(body)["response_format"] for body in bodies]
    assert sorted(map(json.dumps, exported)) == sorted(map(json.dumps, live))


def test_answers_are_missing_until_they_came(
    folders: list[Path], tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    export(folders, requests)
    lines = batch_answers(requests)
    partly = take(folders, tmp_path / "answers.jsonl", lines[:2])
    assert (partly.code, partly.json["accepted"], partly.json["missing"]) == (3, 2, 1)
    again = take(folders, tmp_path / "answers.jsonl", lines)
    assert (again.json["accepted"], again.json["duplicate"]) == (1, 2)


def test_an_answer_is_paid_for_once_where_two_folders_ask_for_it(
    folders: list[Path], tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    export(folders, requests)
    take(folders, tmp_path / "answers.jsonl", batch_answers(requests))
    calls = 0
    for folder in folders:
        with Ledger.open(folder / ".icp-eval", write=False) as ledger:
            calls += ledger.runs.usage_totals().calls
    assert calls == 3


def test_what_waits_says_which_export_to_make(folders: list[Path]) -> None:
    waits = scores(folders[:1])
    assert waits.code == 3
    assert waits.json["status"] == "waiting"
    assert f"icp-synth batch export --eval {folders[0]} --model {MODEL}" in waits.err


def test_that_export_makes_the_requests_that_are_waited_for(
    folders: list[Path], tmp_path: Path
) -> None:
    flags = ("--limit", "1", "--epochs", "2", "--window", "2000", "--gleaning", "1")
    who = ("--case", "bob", "--case", "anna", "--interviewer", "Interviewer")
    read = ("--encoding", "utf-8")
    waits = scores(folders[:1], *flags, *who, *read)
    assert waits.code == 3
    said = re.search(r"`(icp-synth batch export .*?) -o requests.jsonl`", waits.err)
    assert said is not None
    _, *words = shlex.split(said.group(1))
    out = tmp_path / "requests.jsonl"
    assert icp(*words, "-o", out).code == 0
    lines = out.read_text("utf-8").splitlines()
    assert len(lines) == 2
    made = {json.loads(line)["custom_id"] for line in lines}
    with Ledger.open(folders[0] / ".icp-eval", write=False) as ledger:
        assert waited_for(ledger) == made


def test_where_one_project_holds_several_folders_each_names_its_own(
    folders: list[Path], tmp_path: Path
) -> None:
    project = tmp_path / "kept"
    waits = scores(folders, "--project", str(project))
    for folder in folders:
        place = f"--eval {folder} --project {project / folder.name} --model {MODEL}"
        assert place in waits.err
    said = f"{folders[0]} --project {project / 'one'}"
    out = tmp_path / "requests.jsonl"
    made = icp("batch", "export", "--eval", *said.split(), "--model", MODEL, "-o", out)
    assert made.code == 0, made.err
    with Ledger.open(project / "one", write=False) as ledger:
        lines = out.read_text("utf-8").splitlines()
        assert {json.loads(one)["custom_id"] for one in lines} == waited_for(ledger)


def test_an_export_measures_nothing_and_files_no_run(
    folders: list[Path], tmp_path: Path
) -> None:
    assert export(folders[:1], tmp_path / "requests.jsonl")
    project = folders[0] / ".icp-eval"
    assert not (project / "runs").exists()
    assert not (project / "out").exists()
    assert icp("eval", "list", folders[0], "--json").json["runs"] == []
    scores(folders[:1])
    (run,) = (project / "runs").iterdir()
    export(folders[:1], tmp_path / "requests.jsonl")
    assert list((project / "runs").iterdir()) == [run]


def test_a_live_answer_is_timed_and_one_from_a_file_is_not(
    folders: list[Path], tmp_path: Path
) -> None:
    requests = tmp_path / "requests.jsonl"
    export(folders[:1], requests)
    take(folders[:1], tmp_path / "answers.jsonl", batch_answers(requests))
    row = latency(scores(folders[:1]))
    assert (row["value"], row["n_items"]) == (None, 0)
    assert row["reason"] == "no call was timed"
    with OpenAIServer(answer, latency=0.05) as server:
        live = ("--base-url", server.url, "--project", str(tmp_path / "live"))
        first = scores(folders[:1], *live)
        again = scores(folders[:1], *live)
    row = latency(first)
    assert (row["n_items"], row["reason"]) == (2, None)
    assert row["value"] >= 0.05
    # Nothing was asked the second time, so it is the same run with the same figures.
    assert again.json["metrics"] == first.json["metrics"]
    assert len(list((tmp_path / "live" / "runs").iterdir())) == 1


def test_a_run_is_what_it_measured_however_long_that_took(
    folders: list[Path], tmp_path: Path
) -> None:
    names = []
    with OpenAIServer(answer) as server:
        for name in ("first", "second"):
            place = tmp_path / name
            live = ("--base-url", server.url, "--project", str(place))
            assert scores(folders[:1], *live).code == 0
            names += [one.name for one in (place / "runs").iterdir()]
    assert len(names) == 2
    assert len(set(names)) == 1


def latency(called: Called) -> dict[str, Any]:
    """Return the row of the median time of a call."""
    rows = called.json["metrics"]
    (row,) = [one for one in rows if one["name"] == "latency_p50"]
    found: dict[str, Any] = row
    return found


def waited_for(ledger: Ledger) -> set[str]:
    """Return the keys of what was asked and is not answered."""
    known = asked(ledger)
    assert known is not None
    return set(known.waited_for)


def test_models_wait_beside_each_other(folders: list[Path], tmp_path: Path) -> None:
    lines = [*export(folders[:1], tmp_path / "first.jsonl")]
    other = icp(
        *("batch", "export", *of(folders[:1]), "--model", "another"),
        *("-o", tmp_path / "second.jsonl"),
    )
    assert other.code == 0
    assert len(lines) == 2
    taken = take(
        folders[:1],
        tmp_path / "answers.jsonl",
        batch_answers(tmp_path / "first.jsonl")[:1],
    )
    # Of the model that the lines belong to; the other one has two more to come.
    assert (taken.json["accepted"], taken.json["missing"]) == (1, 1)


def test_each_epoch_is_a_request_of_its_own(
    folders: list[Path], tmp_path: Path
) -> None:
    lines = export(folders[:1], tmp_path / "requests.jsonl", "--epochs", "2")
    rows = [json.loads(line) for line in lines]
    assert len({row["custom_id"] for row in rows}) == 4
    assert len({json.dumps(row["body"]) for row in rows}) == 2


def test_by_the_batch_api_each_folder_has_its_answers(folders: list[Path]) -> None:
    with OpenAIServer(answer) as server:
        place = (*of(folders), "--base-url", server.url, "--json")
        made = icp("batch", "submit", *place, "--model", MODEL)
        assert made.code == 0, made.err
        assert [one["requests"] for one in made.json["batches"]] == [2, 1]
        assert icp("batch", "status", *place, "--wait", "--every", "0").code == 0
        fetched = icp("batch", "fetch", *place)
        assert (fetched.code, fetched.json["accepted"]) == (0, 3), fetched.err
        assert server.requests == []
    assert scores(folders).code == 0


def test_an_import_before_any_export_says_what_to_do(
    folders: list[Path], tmp_path: Path
) -> None:
    refused = take(folders, tmp_path / "answers.jsonl", ['{"custom_id": "x"}'])
    assert (refused.code, refused.out) == (2, "")
    assert f"batch export --eval {folders[0]}" in refused.err


def test_an_evaluation_has_no_other_steps_and_needs_a_model(
    folders: list[Path], tmp_path: Path
) -> None:
    out = ("-o", str(tmp_path / "r.jsonl"))
    step = ("--model", MODEL, "--step", "draft")
    wrong = icp("batch", "export", *of(folders), *step, *out)
    assert wrong.code == 2
    assert "extract" in wrong.err
    nobody = icp("batch", "export", *of(folders), *out)
    assert nobody.code == 2
    assert "--model" in nobody.err
