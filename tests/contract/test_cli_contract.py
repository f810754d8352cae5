"""Every row of "Commands that checks call": keys, exit codes, one JSON object."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.study_factory import CREATED, MODEL, icp, run, talk, write_talks

NAMES = ("anna", "bob", "carla")
STAGES = (
    *("read", "chunk", "index", "extract", "ground"),
    *("themes", "segments", "draft", "challenge"),
)
RUN_KEYS = {
    *("status", "transcripts", "participants", "insights", "quarantined", "themes"),
    *("icps", "personas", "calls", "pending", "cost", "seconds", "out"),
}
TRANSCRIPT_KEYS = {
    *("id", "path", "status", "reason", "participants", "interviewers"),
    *("roles_by", "turns", "windows", "passages"),
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that is done; its sources lie beside it, in `talks`."""
    root = tmp_path_factory.mktemp("contract")
    talks = write_talks(root / "talks", NAMES)
    rows = "file,group,company\nanna.txt,super-user,Pipes\nbob.txt,churned,Wires\n"
    (talks / "participants.csv").write_text(rows, "utf-8")
    (talks / "README.md").write_text("# About", "utf-8")
    assert run(root / "study", talks).code == 0
    return root / "study"


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a source of each status."""
    root = tmp_path_factory.mktemp("partial")
    talks = write_talks(root / "talks", NAMES[:1])
    (talks / "same.txt").write_text(talk("anna"), "utf-8")
    (talks / "prose.txt").write_text("Only prose here, and no label at all.", "utf-8")
    (talks / "broken.docx").write_text("no document", "utf-8")
    (talks / "broken.vtt").write_text("no captions", "utf-8")
    (talks / "link.txt").symlink_to(Path(__file__))
    assert run(root / "study", talks).code == 3
    return root / "study"


def synthesis_of(project: Path) -> dict[str, Any]:
    body = json.loads((project / "out" / "synthesis.json").read_bytes())
    assert isinstance(body, dict)
    return body


def test_run_prints_its_result(study: Path) -> None:
    result = run(study)
    assert result.code == 0
    body = result.json
    assert set(body) >= RUN_KEYS
    assert body["status"] == "done"
    assert (body["transcripts"], body["participants"]) == (3, 3)
    assert set(body["out"]) == {"synthesis", "report", "markdown"}
    assert all(Path(path).is_file() for path in body["out"].values())


def test_run_counts_what_the_synthesis_holds(study: Path) -> None:
    body, synthesis = run(study).json, synthesis_of(study)
    for name in ("transcripts", "participants", "insights", "quarantined", "themes"):
        assert body[name] == len(synthesis[name]), name


def test_run_takes_every_option_of_the_contract(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    accounts = tmp_path / "crm.csv"
    accounts.write_text("account\nPipes\n", "utf-8")
    result = icp(
        *("run", str(talks), "--project", str(tmp_path / "p")),
        *("--accounts", str(accounts), "--interviewer", "Interviewer"),
        *("--participant", "Anna", "--single-speaker", "--language", "zh"),
        *("--created", CREATED, "--json"),
    )
    assert result.code == 0, result.err
    assert (tmp_path / "p" / "accounts.csv").is_file()
    assert synthesis_of(tmp_path / "p")["manifest"]["created"] == CREATED


def test_a_partial_run_prints_one_object_and_exits_3(partial: Path) -> None:
    result = run(partial)
    assert (result.code, result.json["status"]) == (3, "partial")
    assert "icp-synth status" in result.json["message"]


def test_a_waiting_run_prints_one_object_and_exits_3(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    result = run(tmp_path / "study", talks, "--model", MODEL)
    assert (result.code, result.json["status"]) == (3, "waiting")
    assert result.json["pending"] == 1


@pytest.mark.parametrize("command", ["status", "ingest"])
def test_status_and_ingest_print_the_sources(study: Path, command: str) -> None:
    result = icp(command, "--project", study, "--json")
    assert result.code == 0
    body = result.json
    assert body["ignored"] == 2
    assert tuple(body["stages"]) == STAGES
    for counts in body["stages"].values():
        assert set(counts) == {"done", "failed", "skipped", "pending", "total"}
        assert counts["total"] == sum(n for k, n in counts.items() if k != "total")
    assert isinstance(body["cost"], Mapping)
    first = body["transcripts"][0]
    assert set(first) >= TRANSCRIPT_KEYS
    assert (first["id"], first["status"]) == ("anna.txt", "read")
    assert first["participants"] == ["anna.txt#Anna"]
    assert first["interviewers"] == ["Interviewer"]
    assert first["roles_by"]
    assert (first["turns"], first["windows"]) == (6, 1)
    assert first["passages"] >= 1


@pytest.mark.parametrize("command", ["status", "ingest"])
def test_status_gives_each_source_its_fate_and_a_reason(
    partial: Path, command: str
) -> None:
    result = icp(command, "--project", partial, "--json")
    assert result.code == 3
    found = {one["id"]: one for one in result.json["transcripts"]}
    assert {name: one["status"] for name, one in found.items()} == {
        "anna.txt": "read",
        "broken.docx": "failed",
        "broken.vtt": "refused",
        "link.txt": "refused",
        "prose.txt": "left_out",
        "same.txt": "duplicate",
    }
    assert all(one["reason"] for name, one in found.items() if name != "anna.txt")


def test_a_duplicate_alone_does_not_change_the_exit_code(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    (talks / "same.txt").write_text(talk("anna"), "utf-8")
    assert icp("ingest", talks, "--project", tmp_path / "p", "--json").code == 0


def test_status_says_for_a_person_who_speaks_as_what_and_why(study: Path) -> None:
    said = icp("status", "--project", study).out
    assert "anna.txt#Anna [labels]" in said
    cover = next(line for line in said.splitlines() if "cited" in line)
    cited, uncited, unread, whole = (
        int("".join(c for c in word if c.isdigit()))
        for word in cover.split()
        if any(c.isdigit() for c in word)
    )
    assert cited + uncited + unread == whole > 0


def test_plan_prints_calls_tokens_and_cost_and_sends_nothing(study: Path) -> None:
    result = icp("plan", "--project", study, "--model", "openai:gpt-4.1-mini", "--json")
    assert result.code == 0
    body = result.json
    assert set(body) >= {
        *("steps", "calls", "input_tokens", "output_tokens", "instruction_share"),
        *("cost", "currency", "exact_tokens"),
    }
    for step in body["steps"].values():
        assert set(step) == {"calls", "input_tokens", "output_tokens", "cost"}
    assert body["steps"]["extract"]["calls"] == 3
    for name in ("calls", "input_tokens", "output_tokens"):
        assert body[name] == sum(step[name] for step in body["steps"].values())
    assert 0 < body["instruction_share"] < 1
    assert body["cost"] > 0


def test_a_plan_of_a_model_without_a_known_price_says_so(study: Path) -> None:
    body = icp("plan", "--project", study, "--model", MODEL, "--json").json
    assert body["cost"] is None


def test_show_writes_the_canonical_text_and_no_line_end(study: Path) -> None:
    for name in ("anna.txt", "anna"):
        shown = icp("show", "transcript", name, "--text", "--project", study)
        assert (shown.code, shown.out) == (0, talk("anna"))


def test_show_gives_turns_as_slices_of_that_text(study: Path) -> None:
    text = icp("show", "transcript", "anna", "--text", "--project", study).out
    turns = icp("show", "transcript", "anna", "--json", "--project", study).json[
        "turns"
    ]
    assert set(turns[0]) == {"index", "start", "end", "label", "participant", "time"}
    assert [turn["index"] for turn in turns] == list(range(6))
    assert text[turns[1]["start"] : turns[1]["end"]].startswith("I run the office")
    assert (turns[0]["participant"], turns[1]["participant"]) == (None, "anna.txt#Anna")


@pytest.mark.parametrize("name", ["prose.txt", "same.txt"])
def test_show_works_for_every_decoded_file(partial: Path, name: str) -> None:
    shown = icp("show", "transcript", name, "--text", "--project", partial)
    source = (partial.parent / "talks" / name).read_text("utf-8")
    assert (shown.code, shown.out) == (0, source)


def test_show_of_an_unknown_name_is_a_usage_error(study: Path) -> None:
    shown = icp("show", "transcript", "nobody", "--text", "--project", study)
    assert (shown.code, shown.out) == (2, "")
    assert "icp-synth status" in shown.err


def test_search_prints_passages(study: Path) -> None:
    result = icp("search", "exports take hours", "--project", study, "--json")
    assert result.code == 0
    assert set(result.json) == {"passages"}
    best = result.json["passages"][0]
    keys = {"transcript", "participant", "start", "end", "text", "score"}
    assert set(best) == keys
    shown = icp("show", "transcript", best["transcript"], "--text", "--project", study)
    assert shown.out[best["start"] : best["end"]] == best["text"]
    assert "xports take" in best["text"]


@pytest.mark.parametrize(
    "flags",
    [("--group", "churned"), ("--group", "Churned"), ("--participant", "bob.txt#Bob")],
)
def test_search_can_be_narrowed(study: Path, flags: tuple[str, str]) -> None:
    found = icp("search", "exports", "--project", study, *flags, "--json").json
    assert {one["participant"] for one in found["passages"]} == {"bob.txt#Bob"}


@pytest.mark.parametrize("name", ["synthesis", "fields", "labels"])
def test_schema_prints_one_object(name: str) -> None:
    result = icp("schema", name)
    assert result.code == 0
    assert isinstance(result.json, dict)


def test_an_unknown_schema_is_a_usage_error() -> None:
    assert icp("schema", "nothing").code == 2


@pytest.mark.parametrize("form", ["json", "jsonl", "markdown", "html"])
def test_export_says_what_it_wrote(study: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / "made"
    result = icp("export", "--format", form, "-o", file, "--project", study, "--json")
    assert result.code == 0, result.err
    assert set(result.json) == {"format", "path", "items"}
    assert (result.json["format"], result.json["path"]) == (form, str(file))
    assert file.stat().st_size > 0


def test_export_in_an_unknown_format_is_a_usage_error(study: Path) -> None:
    assert icp("export", "--format", "wax", "--project", study).code == 2


def test_extract_text_reads_a_file_or_standard_input(tmp_path: Path) -> None:
    file = write_talks(tmp_path, ["anna"]) / "anna.txt"
    one = icp("extract-text", file, "--json")
    two = icp("extract-text", "-", "--json", stdin=talk("anna").encode())
    assert (one.code, two.code) == (0, 0)
    text = talk("anna")
    for result in (one, two):
        assert result.json["insights"]
        for insight in result.json["insights"]:
            for quote in insight["quotes"]:
                assert text[quote["start"] : quote["end"]] == quote["text"]


def write_quotes(folder: Path, *rows: Mapping[str, str]) -> Path:
    path = folder / "quotes.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_verify_gives_each_quote_a_status(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", NAMES)
    quotes = write_quotes(
        tmp_path,
        {"text": "exports take two hours every Friday", "transcript": "anna.txt"},
        {"text": "The exports take three hours every Friday", "transcript": "anna"},
    )
    result = icp("verify", quotes, "--transcripts", talks, "--json")
    assert result.code == 1
    assert set(result.json) == {"quotes", "counts"}
    first, second = result.json["quotes"]
    assert set(first) >= {
        *("row", "transcript", "text", "status", "start", "end", "parts", "reason")
    }
    assert (first["status"], second["status"]) == ("exact", "altered_number")
    assert talk("anna")[first["start"] : first["end"]] == first["text"]
    assert result.json["counts"] == {"exact": 1, "altered_number": 1}


def test_verify_passes_when_every_quote_does(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", NAMES)
    quotes = write_quotes(tmp_path, {"text": "hurts us badly"})
    assert icp("verify", quotes, "--transcripts", talks, "--json").code == 0


def test_verify_reads_csv_and_reports_too(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", NAMES)
    table, report = tmp_path / "quotes.csv", tmp_path / "report.md"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text"], ["My exports take hours every Friday"]])
    report.write_text('Carla: "My exports take hours every Friday", she says.', "utf-8")
    for quotes in (table, report):
        result = icp("verify", quotes, "--transcripts", talks, "--json")
        assert (result.code, result.json["counts"]) == (0, {"exact": 1})


def test_nothing_but_the_object_is_on_standard_output(tmp_path: Path) -> None:
    """Progress, guesses and messages go to standard error."""
    talks = write_talks(tmp_path / "talks", NAMES)
    (talks / "study.toml").write_text('[product]\nname = "Ledgerly"\n', "utf-8")
    (talks / "bad.vtt").write_text("no captions", "utf-8")
    result = run(tmp_path / "study", talks)
    assert result.code == 3
    assert result.out.startswith("{")
    assert result.out.endswith("}\n")
    assert json.loads(result.out)
    assert "read: 3 done" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--project", "nowhere", "--json"),
        ("run", "nowhere", "--json"),
        ("run", "--no-such-flag"),
        ("no-such-command",),
        ("verify", "nowhere.md", "--transcripts", "nowhere"),
        ("run", "--language", "fr", "--json"),
        ("export", "--format", "json", "--project", "nowhere"),
        ("extract-text", "nowhere.txt"),
        ("batch", "import", "nowhere.jsonl"),
    ],
)
def test_what_is_wrong_with_the_command_exits_2_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_talks(tmp_path / "talks", ["anna"])
    (tmp_path / "study.toml").write_text('[sources]\npaths = ["talks"]\n', "utf-8")
    result = icp(*words)
    assert (result.code, result.out) == (2, "")
    assert result.err
    assert "Traceback" not in result.err
