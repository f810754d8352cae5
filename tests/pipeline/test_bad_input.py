"""Whatever a file holds: one line that says what to do, and the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study_factory import icp, outputs, run, write_talks


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    return write_talks(tmp_path / "talks", ["anna"])


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("broken.vtt", b"no captions at all", "timing"),
        ("broken.docx", b"no document", "Save it as DOCX"),
        ("broken.json", b'{"segments": [', "JSON"),
        ("prose.txt", b"Nobody is named in this text.", "--single-speaker"),
        ("all-ask.txt", b"Interviewer: One?\n\nModerator: Two?\n", "participant"),
    ],
)
def test_a_bad_file_is_one_line_and_the_others_go_on(
    tmp_path: Path, talks: Path, name: str, data: bytes, words: str
) -> None:
    (talks / name).write_bytes(data)
    ended = run(tmp_path / "study", talks)
    assert (ended.code, ended.json["transcripts"]) == (3, 1)
    lines = [line for line in ended.err.splitlines() if line.startswith(f"{name}: ")]
    assert len(lines) == 1, ended.err
    assert words in lines[0]
    found = icp("status", "--project", tmp_path / "study", "--json").json
    (bad,) = (one for one in found["transcripts"] if one["id"] == name)
    assert bad["status"] in {"left_out", "refused", "failed"}
    assert bad["reason"] in lines[0]


def test_a_table_without_the_column_names_those_there_are(
    tmp_path: Path, talks: Path
) -> None:
    table = tmp_path / "talks.csv"
    table.write_text("id,words\n1,Interviewer: Why?\n", "utf-8")
    ended = run(tmp_path / "study", talks, table, "--text-column", "text")
    assert (ended.code, ended.json["transcripts"]) == (3, 1)
    assert "words" in ended.err
    assert "--text-column" in ended.err


@pytest.mark.parametrize("times", [1, 2])
def test_a_project_in_which_nothing_can_be_read_says_why_and_writes_no_report(
    tmp_path: Path, times: int
) -> None:
    file, project = tmp_path / "prose.txt", tmp_path / "study"
    file.write_text("Nobody is named in this text.", "utf-8")
    *_, ended = [run(project, file) for _ in range(times)]
    assert (ended.code, ended.json["status"]) == (3, "partial")
    assert (ended.json["transcripts"], ended.json["icps"]) == (0, 0)
    assert "--single-speaker" in ended.err
    assert "nothing to do" not in ended.err
    assert ended.json["out"] == dict.fromkeys(("synthesis", "report", "markdown"))
    assert "Nothing could be read (1 left_out)" in ended.json["message"]
    assert not list((project / "out").iterdir())


def test_a_run_that_reads_nothing_leaves_the_report_that_stands(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    before = outputs(project)
    everybody = ("--interviewer", "Interviewer", "--interviewer", "Anna")
    ended = icp("run", "--project", project, *everybody)
    assert ended.code == 3
    assert ended.out.startswith("Nothing could be read (1 left_out)")
    assert "The report that stands was left as it is." in ended.out
    assert "report.html" not in ended.out
    assert outputs(project) == before
    assert run(project).json["transcripts"] == 1


def test_a_wrong_encoding_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("Interviewer: Où?\n\nZoë: Au café, là-bas.\n".encode("cp1252"))
    assert run(tmp_path / "study", file, "--encoding", "cp1252").code == 0
    shown = icp(
        "show", "transcript", "latin", "--text", "--project", tmp_path / "study"
    )
    assert "Au café, là-bas." in shown.out


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("study.toml", "[product\n", ("line 1", "study.toml")),
        ("study.toml", '[product]\nnme = "x"\n', ("line 2", "nme", "name")),
        ("study.toml", "[model]\nin_flight = 'many'\n", ("line 2", "in_flight")),
        ("study.toml", '[model]\napi_key = "sk-1"\n', ("environment",)),
        ("participants.csv", "label\nAnna\n", ("no column", "file")),
        ("participants.csv", "file,speaks\nanna.txt,both\n", ("row 2", "both")),
        ("participants.csv", "file,quote_ok\nanna.txt,maybe\n", ("row 2", "maybe")),
        ("names.json", "{", ("names.json",)),
    ],
)
def test_a_broken_file_of_people_is_refused_with_its_place(
    tmp_path: Path, talks: Path, name: str, text: str, words: tuple[str, ...]
) -> None:
    project = tmp_path / "study"
    project.mkdir()
    (project / name).write_text(text, "utf-8")
    ended = run(project, talks)
    assert (ended.code, ended.out) == (2, "")
    for word in words:
        assert word in ended.err
    assert (project / name).read_text("utf-8") == text


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--language", "fr"), "en or zh"),
        (("--in-flight", "0"), "in_flight"),
        (("--prompts", "nowhere", "--model", "m"), "nowhere"),
        (("--base-url", "localhost", "--model", "m"), "http"),
        (("--embedding", "openai:small"), "OPENAI_API_KEY"),
    ],
)
def test_a_flag_that_does_not_fit_is_said(
    tmp_path: Path, talks: Path, flags: tuple[str, ...], words: str
) -> None:
    ended = run(tmp_path / "study", talks, *flags)
    assert words in ended.err
    assert (ended.code, ended.out) == (2, "")


@pytest.mark.parametrize("given", [(), ("talks",)])
@pytest.mark.parametrize("flag", ["interviewer", "participant"])
def test_a_speaker_whom_nobody_knows_stops_a_run_and_is_not_kept(
    tmp_path: Path, talks: Path, flag: str, given: tuple[str, ...]
) -> None:
    project = tmp_path / "study"
    assert run(project, talks, "--interviewer", "interviewer").code == 0
    before, brief = outputs(project), (project / "study.toml").read_bytes()
    paths = [tmp_path / name for name in given]
    ended = run(project, *paths, f"--{flag}", "Nobody")
    assert (ended.code, ended.out) == (2, "")
    assert f"No speaker is called 'Nobody' (--{flag})." in ended.err
    assert "Anna (1 file), Interviewer (1 file)" in ended.err
    assert outputs(project) == before
    assert (project / "study.toml").read_bytes() == brief


@pytest.mark.parametrize("command", ["run", "ingest", "plan"])
def test_a_speaker_whom_nobody_knows_makes_no_study(
    tmp_path: Path, talks: Path, command: str
) -> None:
    project = tmp_path / "study"
    model = ("--model", "openai:gpt-4.1") if command == "plan" else ()
    wrong = ("--participant", "Anna", "--participant", "Nobody")
    assert icp(command, talks, "--project", project, *wrong, *model).code == 2
    assert not (project / "study.toml").exists()


def test_a_name_of_study_toml_that_fits_nobody_is_only_said(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    project.mkdir()
    brief = '[sources]\npaths = ["../talks"]\ninterviewer = ["Nobody"]\n'
    (project / "study.toml").write_text(brief, "utf-8")
    ended = run(project)
    assert ended.code == 0
    words = "study.toml: no speaker is called 'Nobody', which stands under interviewer"
    assert words in ended.err
    assert words in icp("status", "--project", project).out


def test_names_are_not_to_blame_where_no_file_can_be_decoded(tmp_path: Path) -> None:
    file = tmp_path / "broken.vtt"
    file.write_text("no captions", "utf-8")
    ended = run(tmp_path / "study", file, "--interviewer", "Ann")
    assert (ended.code, ended.json["transcripts"]) == (3, 0)


def test_what_could_not_be_decoded_is_said_before_a_name_is_refused(
    tmp_path: Path, talks: Path
) -> None:
    (talks / "broken.vtt").write_text("no captions", "utf-8")
    ended = run(tmp_path / "study", talks, "--interviewer", "Ben")
    assert ended.code == 2
    assert ended.err.index("broken.vtt: refused") < ended.err.index("'Ben'")


def test_what_was_guessed_of_a_table_is_said_once(tmp_path: Path) -> None:
    table = tmp_path / "talks.csv"
    rows = "".join(f'{n},"Interviewer: Why?\n\nAnna: It costs {n}."\n' for n in "123")
    table.write_text(f"id,text\n{rows}", "utf-8")
    ended = run(tmp_path / "study", table)
    assert (ended.code, ended.json["transcripts"]) == (0, 3)
    assert ended.err.count("--text-column") == 1
    status = icp("status", "--project", tmp_path / "study")
    assert status.out.count("--text-column") == 1


def test_own_prompts_that_do_not_hold_together_are_refused(
    tmp_path: Path, talks: Path
) -> None:
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "extract.md").write_text("no front matter", "utf-8")
    flags = ("--prompts", tmp_path / "prompts", "--model", "m")
    ended = run(tmp_path / "study", talks, *flags)
    assert (ended.code, ended.out) == (2, "")
    assert "extract.md" in ended.err
