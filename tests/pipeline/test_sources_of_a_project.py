"""What `run PATH…` takes, keeps in study.toml, and gives up again."""

from __future__ import annotations

import json
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.study_factory import Called, icp, outputs, run, talk, write_talks

TABLE = ('who,said,note\nanna,"{anna}",x\nbob,"{bob}",y\n').format(
    anna=talk("anna"), bob=talk("bob")
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def sources(project: str | Path = "study") -> dict[str, Any]:
    found = tomllib.loads((Path(project) / "study.toml").read_text("utf-8"))["sources"]
    assert isinstance(found, dict)
    return found


def ids(called: Called) -> list[str]:
    return [one["id"] for one in called.json["transcripts"] if one["status"] == "read"]


def test_paths_are_kept_sorted_relative_to_study_toml() -> None:
    write_talks(Path("b"), ["bob"])
    write_talks(Path("a"), ["anna"])
    assert run(Path("study"), "b").code == 0
    assert run(Path("study"), "a", "b").code == 0
    assert sources()["paths"] == ["../a", "../b"]
    assert run(Path("study")).json["transcripts"] == 2


def test_study_toml_of_a_given_folder_starts_that_of_the_project() -> None:
    talks = write_talks(Path("talks"))
    text = (
        '# ours\n[product]\nname = "Ledgerly"\n'
        '[sources]\npaths = ["."]\nparticipant = ["Anna"]\n'
    )
    (talks / "study.toml").write_text(text, "utf-8")
    assert run(Path("study"), talks).code == 0
    taken = tomllib.loads(Path("study/study.toml").read_text("utf-8"))
    assert taken["product"]["name"] == "Ledgerly"
    assert taken["sources"] == {"paths": ["../talks"], "participant": ["Anna"]}
    assert "# ours" in Path("study/study.toml").read_text("utf-8")


def test_a_study_toml_of_its_own_is_not_replaced() -> None:
    talks = write_talks(Path("talks"))
    (talks / "study.toml").write_text('[product]\nname = "Other"\n', "utf-8")
    assert icp("init", "--project", "study", "--product", "Mine").code == 0
    assert run(Path("study"), talks).code == 0
    assert tomllib.loads(Path("study/study.toml").read_text())["product"] == {
        "name": "Mine"
    }


def test_participants_csv_beside_the_sources_is_used_live() -> None:
    talks = write_talks(Path("talks"), ["anna"])
    table = talks / "participants.csv"
    for group in ("churned", "super-user"):
        table.write_text(f"file,participant,group\nanna.txt,A. K.,{group}\n", "utf-8")
        assert run(Path("study"), talks).code == 0
        synthesis = json.loads(outputs(Path("study"))["synthesis.json"])
        (person,) = synthesis["participants"]
        assert (person["id"], person["group"]) == ("A. K.", group)
    assert not Path("study/participants.csv").exists()


def test_participants_csv_of_the_project_goes_before_that_of_the_sources() -> None:
    talks = write_talks(Path("talks"), ["anna"])
    (talks / "participants.csv").write_text("file,group\nanna.txt,new\n", "utf-8")
    Path("study").mkdir()
    rows = "file,group\nanna.txt,churned\n"
    Path("study/participants.csv").write_text(rows, "utf-8")
    assert run(Path("study"), talks).code == 0
    synthesis = json.loads(outputs(Path("study"))["synthesis.json"])
    assert synthesis["participants"][0]["group"] == "churned"


def test_rows_and_columns_that_fit_nothing_are_said() -> None:
    talks = write_talks(Path("talks"), ["anna"])
    rows = "file,grup\nanna.txt,new\nana.txt,new\n"
    (talks / "participants.csv").write_text(rows, "utf-8")
    ended = run(Path("study"), talks)
    assert ended.code == 0
    assert "grup" in ended.err
    assert "row 3: no source is called ana.txt" in ended.err


def test_a_source_that_is_removed_leaves_the_next_synthesis() -> None:
    write_talks(Path("a"), ["anna", "bob"])
    write_talks(Path("b"), ["carla"])
    assert run(Path("study"), "a", "b").code == 0
    removed = icp("sources", "remove", "b", "--project", "study")
    assert (removed.code, removed.out) == (0, "removed ../b\n")
    ended = run(Path("study"))
    assert (ended.code, ended.json["transcripts"]) == (0, 2)
    assert b"carla" not in outputs(Path("study"))["synthesis.json"]
    listed = icp("sources", "list", "--project", "study", "--json").json
    assert listed == {"paths": ["../a"], "tables": []}


def test_removing_what_is_no_source_says_what_there_is() -> None:
    write_talks(Path("a"), ["anna"])
    assert icp("sources", "add", "a", "--project", "study").code == 0
    wrong = icp("sources", "remove", "b", "--project", "study")
    assert wrong.code == 2
    assert "../a" in wrong.err


def test_the_same_content_twice_is_one_transcript() -> None:
    talks = write_talks(Path("talks"), ["anna"])
    (talks / "copy.txt").write_text(talk("anna"), "utf-8")
    ended = run(Path("study"), talks)
    assert (ended.code, ended.json["transcripts"]) == (0, 1)


def test_two_files_of_one_name_are_refused_with_both_paths() -> None:
    write_talks(Path("a"), ["anna"])
    (write_talks(Path("b"), ["bob"]) / "bob.txt").rename("b/anna.txt")
    ended = run(Path("study"), "a/anna.txt", "b/anna.txt")
    assert (ended.code, ended.out) == (2, "")
    assert "a/anna.txt" in ended.err
    assert "b/anna.txt" in ended.err


def test_standard_input_is_a_source_that_stays() -> None:
    ended = icp("run", "-", "--project", "study", "--json", stdin=talk("anna").encode())
    assert (ended.code, ended.json["participants"]) == (0, 1)
    again = run(Path("study"))
    assert (again.code, again.json["participants"]) == (0, 1)


def test_a_glob_is_kept_and_takes_what_comes_to_fit() -> None:
    write_talks(Path("talks"), ["anna", "bob"])
    assert run(Path("study"), "talks/a*.txt").json["transcripts"] == 1
    assert sources()["paths"] == ["../talks/a*.txt"]
    Path("talks/bob.txt").rename("talks/abob.txt")
    assert run(Path("study")).json["transcripts"] == 2


def test_a_table_is_a_source_only_when_it_is_named() -> None:
    talks = write_talks(Path("talks"), ["carla"])
    (talks / "talks.csv").write_text(TABLE, "utf-8")
    assert run(Path("study"), "talks").json["transcripts"] == 1
    flags = ("--id-column", "who", "--text-column", "said")
    ended = run(Path("study"), "talks/talks.csv", *flags)
    assert (ended.code, ended.json["transcripts"]) == (0, 3)
    assert sources() == {
        "paths": ["../talks"],
        "tables": ["../talks/talks.csv"],
        "id_column": "who",
        "text_column": "said",
    }
    status = icp("ingest", "--project", "study", "--json")
    assert ids(status) == ["carla.txt", "talks.csv#anna", "talks.csv#bob"]


def test_who_speaks_as_what_is_kept_with_the_sources() -> None:
    talks = Path("talks")
    talks.mkdir()
    (talks / "a.txt").write_text("Kim: Why?\n\nLee: Because it hurts.\n", "utf-8")
    flags = ("--interviewer", "Kim", "--encoding", "cp1252")
    assert icp("ingest", talks, "--project", "study", *flags).code == 0
    assert sources() == {
        "paths": ["../talks"],
        "interviewer": ["Kim"],
        "encoding": "cp1252",
    }
    status = icp("ingest", "--project", "study", "--json").json["transcripts"][0]
    assert (status["participants"], status["interviewers"]) == (["a.txt#Lee"], ["Kim"])


def test_a_source_that_is_gone_says_how_to_take_it_out() -> None:
    write_talks(Path("talks"), ["anna"])
    assert run(Path("study"), "talks").code == 0
    Path("talks/anna.txt").unlink()
    Path("talks").rmdir()
    ended = run(Path("study"))
    assert (ended.code, ended.out) == (2, "")
    assert "sources remove" in ended.err


def test_a_path_that_is_not_there_makes_no_project() -> None:
    ended = run(Path("study"), "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert "nowhere" in ended.err
    assert not Path("study").exists()


@pytest.mark.parametrize("command", ["run", "ingest", "plan"])
def test_a_project_without_sources_says_so_and_makes_nothing(command: str) -> None:
    ended = icp(command, "--project", "study", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert "no sources" in ended.err
    assert not Path("study").exists()


def test_a_folder_without_transcripts_says_what_it_passed_over() -> None:
    Path("talks").mkdir()
    Path("talks/README.md").write_text("Nothing yet.", "utf-8")
    ended = run(Path("study"), "talks")
    assert (ended.code, ended.out) == (2, "")
    assert "README.md" in ended.err


def test_the_accounts_table_is_kept_in_the_project() -> None:
    write_talks(Path("talks"), ["anna"])
    Path("crm.csv").write_text("account\nPipes\n", "utf-8")
    assert run(Path("study"), "talks", "--accounts", "crm.csv").code == 0
    assert Path("study/accounts.csv").read_text("utf-8") == "account\nPipes\n"
    assert run(Path("study"), "--accounts", "nowhere.csv").code == 2


@pytest.mark.parametrize("command", ["run", "ingest", "plan"])
def test_a_folder_whose_names_clash_is_no_source(command: str) -> None:
    write_talks(Path("a"), ["anna", "bob"])
    write_talks(Path("b"), ["anna", "bob"])
    assert run(Path("study"), "a").code == 0
    before = Path("study/study.toml").read_bytes()
    model = ("--model", "openai:gpt-4.1") if command == "plan" else ()
    ended = icp(command, "b", "--project", "study", "--single-speaker", *model)
    assert ended.code == 2
    assert "a/anna.txt and b/anna.txt" in ended.err
    assert Path("study/study.toml").read_bytes() == before
    assert run(Path("study")).code == 0


def test_a_folder_whose_names_clash_is_not_added_unread_either() -> None:
    write_talks(Path("a"), ["anna"])
    write_talks(Path("b"), ["anna"])
    assert icp("sources", "add", "a", "--project", "study").code == 0
    ended = icp("sources", "add", "b", "--project", "study")
    assert ended.code == 2
    assert "a/anna.txt and b/anna.txt" in ended.err
    assert sources()["paths"] == ["../a"]


def test_rows_with_their_folder_tell_two_files_of_one_name_apart() -> None:
    write_talks(Path("a"), ["anna"])
    (write_talks(Path("b"), ["bob"]) / "bob.txt").rename("b/anna.txt")
    Path("study").mkdir()
    rows = "file,transcript\na/anna.txt,first\nb/anna.txt,second\n"
    Path("study/participants.csv").write_text(rows, "utf-8")
    assert icp("sources", "add", "a", "b", "--project", "study").code == 0
    assert run(Path("study")).json["transcripts"] == 2
    status = icp("status", "--project", "study", "--json")
    assert ids(status) == ["first", "second"]


def test_paths_of_a_clash_are_shown_as_they_are_typed() -> None:
    write_talks(Path("a"), ["anna"])
    write_talks(Path("b"), ["anna"])
    ended = run(Path("study"), "a", "b/")
    assert "a/anna.txt and b/anna.txt" in ended.err
    assert "study/.." not in ended.err


def test_the_way_out_of_a_source_that_is_gone_works_when_it_is_pasted() -> None:
    write_talks(Path("my talks"), ["anna"])
    write_talks(Path("b"), ["bob"])
    assert run(Path("my study"), "my talks", "b").code == 0
    Path("my talks").rename("elsewhere")
    ended = run(Path("my study"))
    assert ended.code == 2
    assert ended.err.startswith("icp-synth: my talks is not there")
    hint = "icp-synth sources remove 'my talks' --project 'my study'"
    assert hint in ended.err
    assert icp(*shlex.split(hint)[1:]).code == 0
    assert run(Path("my study"), "elsewhere").json["transcripts"] == 2


def test_a_path_given_beside_a_source_that_is_gone_is_not_kept() -> None:
    write_talks(Path("a"), ["anna"])
    assert run(Path("study"), "a").code == 0
    Path("a").rename("b")
    assert run(Path("study"), "b").code == 2
    assert sources()["paths"] == ["../a"]
