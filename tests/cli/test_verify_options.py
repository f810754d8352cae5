"""`verify QUOTES --transcripts PATH…`: several paths, in every order of options."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study_factory import icp, write_talks


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_talks(tmp_path)
    said = '"exports take two hours every Friday" and "My exports take hours every"'
    (tmp_path / "report.md").write_text(said, "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "report.md --transcripts anna.txt carla.txt --json",
        "report.md --json --transcripts anna.txt carla.txt",
        "--json report.md --transcripts anna.txt carla.txt",
        "report.md --transcripts anna.txt --transcripts carla.txt --json",
        "report.md --transcripts=anna.txt carla.txt --json",
        "report.md --transcripts anna.txt carla.txt --interviewer Interviewer --json",
        "report.md --transcripts anna.txt --json --transcripts carla.txt",
        "--transcripts anna.txt carla.txt --json -- report.md",
        "--transcripts anna.txt carla.txt --json report.md",
        "--allow-elided report.md --json --transcripts *a.txt",
        "report.md --json --transcripts .",
    ],
)
def test_every_order_finds_both_quotes(words: str) -> None:
    result = icp("verify", *words.split())
    assert result.code == 0, result.err
    named = [one["transcript"] for one in result.json["quotes"]]
    assert named == ["anna.txt", "carla.txt"]


@pytest.mark.parametrize(
    "words", ["--transcripts anna.txt carla.txt", "report.md", "--json", ""]
)
def test_what_is_missing_is_said(words: str) -> None:
    result = icp("verify", *words.split())
    assert (result.code, result.out) == (2, "")
    assert "Missing" in result.err


def test_help_shows_that_several_paths_are_taken() -> None:
    assert "--transcripts PATH..." in icp("verify", "--help").out


def test_a_transcript_that_cannot_be_read_is_said_and_exits_3(tmp_path: Path) -> None:
    (tmp_path / "bad.vtt").write_text("no captions", "utf-8")
    result = icp("verify", "report.md", "--transcripts", ".", "--json")
    assert result.code == 3
    assert "bad.vtt" in result.err
    assert result.json["counts"] == {"exact": 2}


def test_an_unverified_quote_counts_more_than_an_unread_file(tmp_path: Path) -> None:
    (tmp_path / "bad.vtt").write_text("no captions", "utf-8")
    (tmp_path / "report.md").write_text('"nobody ever said these words"', "utf-8")
    assert icp("verify", "report.md", "--transcripts", ".").code == 1


def test_a_report_without_quotes_says_so(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("Nothing is quoted here.", "utf-8")
    result = icp("verify", "report.md", "--transcripts", "anna.txt", "--json")
    assert (result.code, result.json) == (0, {"quotes": [], "counts": {}})
    assert "no quote" in result.err


def test_no_readable_transcript_is_an_error_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "bad.vtt").write_text("no captions", "utf-8")
    result = icp("verify", "report.md", "--transcripts", "bad.vtt", "--json")
    assert (result.code, result.out) == (2, "")
    assert "bad.vtt" in result.err


def test_broken_quotes_are_refused_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "quotes.jsonl").write_text('{"text": "a"}\n{"quote": 1}\n', "utf-8")
    result = icp("verify", "quotes.jsonl", "--transcripts", "anna.txt")
    assert (result.code, result.out) == (2, "")
    assert "line 2" in result.err


def test_an_elided_quote_passes_only_when_it_is_allowed(tmp_path: Path) -> None:
    said = '"The exports take two hours … and I hate it"'
    (tmp_path / "report.md").write_text(said, "utf-8")
    flags = ("report.md", "--transcripts", "anna.txt")
    assert icp("verify", *flags).code == 1
    assert icp("verify", *flags, "--allow-elided").code == 0


def test_unknown_roles_are_said_in_the_reason(tmp_path: Path) -> None:
    (tmp_path / "prose.txt").write_text("We always pay by invoice here.", "utf-8")
    (tmp_path / "report.md").write_text('"We always pay by invoice"', "utf-8")
    result = icp("verify", "report.md", "--transcripts", "prose.txt", "--json")
    assert result.code == 0
    assert "Nobody knows who speaks" in result.json["quotes"][0]["reason"]


def test_a_named_table_is_a_source_of_transcripts(tmp_path: Path) -> None:
    rows = (
        'who,said\nanna,"Interviewer: Why?\n\nAnna: Because exports take too long."\n'
    )
    (tmp_path / "talks.csv").write_text(rows, "utf-8")
    (tmp_path / "report.md").write_text('"Because exports take too long"', "utf-8")
    flags = ("--id-column", "who", "--text-column", "said", "--json")
    result = icp("verify", "report.md", "--transcripts", "talks.csv", *flags)
    assert result.code == 0, result.err
    assert result.json["quotes"][0]["transcript"] == "talks.csv#anna"
