"""How the command line speaks and ends."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import typer.main

from icp_synth.cli import console
from icp_synth.cli.app import app
from icp_synth.version import __version__
from tests.study_factory import icp, talk, write_talks

_ROOT = typer.main.get_command(app)


def _leaves(command: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    commands = getattr(command, "commands", None)
    if commands is None:
        return [path]
    return [
        leaf
        for name, child in commands.items()
        for leaf in _leaves(child, (*path, name))
    ]


COMMANDS = _leaves(_ROOT)


def test_every_command_of_the_contract_is_there() -> None:
    wanted = {
        *(("init",), ("run",), ("ingest",), ("plan",), ("status",), ("search",)),
        *(("show", "transcript"), ("verify",), ("extract-text",), ("export",)),
        *(("batch", "export"), ("batch", "import"), ("schema",), ("doctor",)),
        *(("sources", "list"), ("sources", "add"), ("sources", "remove")),
    }
    assert wanted <= {*COMMANDS}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_gives_an_example_of_the_command(command: tuple[str, ...]) -> None:
    shown = icp(*command, "--help")
    assert shown.code == 0
    assert f"Example: icp-synth {' '.join(command)}" in " ".join(shown.out.split())
    assert "╭" not in shown.out


def test_without_words_the_help_is_shown() -> None:
    shown = icp()
    assert shown.code == 2
    assert "Example: icp-synth run" in shown.out + shown.err


def test_the_version_is_printed() -> None:
    assert icp("--version").out == f"icp-synth {__version__}\n"


def test_the_project_may_stand_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICP_SYNTH_PROJECT", str(tmp_path / "study"))
    assert icp("ingest", write_talks(tmp_path / "talks", ["anna"])).code == 0
    assert (tmp_path / "study" / "study.toml").is_file()


def test_init_writes_the_brief_and_leaves_what_stood_there(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text("# mine\n[model]\nseed = 1\n", "utf-8")
    made = icp(
        *("init", "--project", str(tmp_path), "--product", "Ledgerly"),
        *("--what", "books", "--question", "Why?", "--outcome", "more"),
    )
    assert made.code == 0
    text = (tmp_path / "study.toml").read_text("utf-8")
    for part in ("# mine", "seed = 1", 'name = "Ledgerly"', "Why?"):
        assert part in text


def test_init_asks_on_a_terminal_and_ends_with_130_when_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> str:
        raise typer.Abort

    monkeypatch.setattr(typer, "prompt", interrupted)
    ended = icp("init", "--project", tmp_path, terminal=True)
    assert (ended.code, ended.out) == (130, "")
    assert not (tmp_path / "study.toml").exists()


def test_init_takes_answers_from_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Ledgerly", "books", "fast", "", "", "", "Why?", "", "more"])
    monkeypatch.setattr(typer, "prompt", lambda *_, **__: next(answers))
    assert icp("init", "--project", tmp_path, terminal=True).code == 0
    text = (tmp_path / "study.toml").read_text("utf-8")
    assert 'value_proposition = ["fast"]' in text
    assert 'questions = ["Why?"]' in text


def test_text_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    file = tmp_path / "zh.txt"
    file.write_text("訪談者：為什麼？\n\n王小姐：因為很慢，我很討厭。\n", "utf-8")
    study = ("--project", str(tmp_path / "study"))
    assert icp("ingest", file, *study).code == 0
    shown = subprocess.run(
        [*(sys.executable, "-m", "icp_synth", "show", "transcript", "zh"), *study],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert "因為很慢" in shown.stdout.decode("utf-8")


def test_show_for_a_person_says_who_speaks(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    assert icp("ingest", talks, "--project", tmp_path / "study").code == 0
    shown = icp("show", "transcript", "anna", "--project", tmp_path / "study").out
    assert "[0] Interviewer (interviewer): Could you" in shown
    assert "[1] anna.txt#Anna: I run the office" in shown


def test_doctor_finds_a_sound_installation_and_rebuilds_the_index(
    tmp_path: Path,
) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    assert icp("ingest", talks, "--project", tmp_path / "study").code == 0
    found = icp("doctor", "--project", tmp_path / "study", "--json")
    assert found.code == 0, found.out
    assert {check["name"] for check in found.json["checks"]} >= {"ledger", "index"}


def test_doctor_says_what_is_broken(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    assert icp("ingest", talks, "--project", tmp_path / "study").code == 0
    (tmp_path / "study" / ".icp" / "ledger.sqlite").write_bytes(b"rubbish" * 999)
    found = icp("doctor", "--project", tmp_path / "study")
    assert found.code == 1
    assert "BAD" in found.out


@pytest.mark.parametrize("statements", [(), ("CREATE TABLE t (a)",)])
def test_a_ledger_that_is_none_is_told_and_never_an_unexpected_error(
    tmp_path: Path, statements: tuple[str, ...]
) -> None:
    talks, study = write_talks(tmp_path / "talks", ["anna"]), tmp_path / "study"
    assert icp("ingest", talks, "--project", study).code == 0
    ledger = study / ".icp" / "ledger.sqlite"
    for path in ledger.parent.glob("ledger.sqlite*"):
        path.unlink()
    with closing(sqlite3.connect(ledger)) as connection:
        for statement in statements:
            connection.execute(statement)
    status = icp("status", "--project", study)
    assert status.code == (3 if statements else 2)
    found = icp("doctor", "--project", study)
    assert found.code == (1 if statements else 0), found.out
    ended = icp("run", "--project", study)
    assert ended.code == (3 if statements else 0)
    assert ("is damaged: it is no ledger" in ended.err) == bool(statements)


def test_an_empty_ledger_is_made_anew(tmp_path: Path) -> None:
    talks, study = write_talks(tmp_path / "talks", ["anna"]), tmp_path / "study"
    (study / ".icp").mkdir(parents=True)
    (study / ".icp" / "ledger.sqlite").write_bytes(b"")
    assert icp("run", talks, "--project", study).code == 0


def test_a_ledger_that_lost_its_tables_is_damaged(tmp_path: Path) -> None:
    talks, study = write_talks(tmp_path / "talks", ["anna"]), tmp_path / "study"
    assert icp("run", talks, "--project", study).code == 0
    with closing(sqlite3.connect(study / ".icp" / "ledger.sqlite")) as connection:
        connection.execute("DROP TABLE state")
        connection.commit()
    for command in ("run", "status"):
        ended = icp(command, "--project", study)
        assert (ended.code, ended.out) == (3, "")
        assert "lacks the table state" in ended.err
    assert icp("doctor", "--project", study).code == 1


def test_doctor_names_the_keys_that_are_set_and_shows_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICP_SYNTH_API_KEY", "sk-secret")
    said = icp("doctor", "--project", tmp_path).out
    assert "keys: ICP_SYNTH_API_KEY" in said
    assert "sk-secret" not in said


def test_extract_text_says_who_and_where(tmp_path: Path) -> None:
    file = write_talks(tmp_path, ["anna"]) / "anna.txt"
    shown = icp("extract-text", file)
    assert shown.code == 0
    assert "anna.txt#Anna" in shown.out
    assert "hate it" in shown.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (3 * "Kim: Yes, we do.\n\nLee: No, we do not.\n\n", "--participant"),
        ("", "empty"),
    ],
)
def test_extract_text_that_finds_nobody_says_what_to_do(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(text, "utf-8")
    ended = icp("extract-text", file, "--json")
    assert (ended.code, ended.out) == (3, "")
    assert words in ended.err


@pytest.mark.parametrize(
    ("data", "way"),
    [
        (b"", "holds the words"),
        (b"\x89\x00\xfe\x01\x93" * 60, "save the file as UTF-8"),
    ],
)
def test_extract_text_of_what_holds_no_words_does_not_ask_who_answers(
    tmp_path: Path, data: bytes, way: str
) -> None:
    file = tmp_path / "talk.txt"
    file.write_bytes(data)
    ended = icp("extract-text", file)
    assert ended.code == 3
    assert way in ended.err
    assert "--participant" not in ended.err


@pytest.mark.parametrize("command", [("init",), ("run", "talks")])
def test_a_project_that_is_a_file_is_told_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_talks(tmp_path / "talks", ["anna"])
    (tmp_path / "afile").write_text("words")
    ended = icp(*command, "--project", "afile")
    assert "afile is a file, and a folder is needed" in ended.err
    assert "disk" not in ended.err


def test_extract_text_of_a_table_says_to_make_a_project(tmp_path: Path) -> None:
    table = tmp_path / "talks.csv"
    rows = "".join(f'{name},"{talk(name)}"\n' for name in ("anna", "bob"))
    table.write_text(f"id,text\n{rows}", "utf-8")
    ended = icp("extract-text", table)
    assert ended.code == 2
    assert "icp-synth run" in ended.err


def test_export_goes_to_standard_output_without_a_file(tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    study = ("--project", tmp_path / "study")
    assert icp("run", talks, *study).code == 0
    assert icp("export", "--format", "markdown", *study).out.startswith("#")
    body = icp("export", "--format", "json", *study).json
    assert body["schema_version"] == 1


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 calls"), (1, "1 call"), (1200, "1,200 calls")]
)
def test_nouns_agree_with_their_numbers(number: int, words: str) -> None:
    assert console.counted(number, "call") == words
