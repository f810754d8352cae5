"""One name in several files: `run` says so in a line, with a way that works."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.study_factory import Called, icp, run

ALONE = "Interviewer: Why?\n\nAnna Berg: The exports take {n} hours.\n\n" * 2


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("talks").mkdir()


def ingested(**talks: str) -> Called:
    for name, text in talks.items():
        Path(f"talks/{name}.txt").write_text(text, "utf-8")
    return icp("ingest", "talks", "--project", "study")


def said(ended: Called) -> str:
    return next(x for x in ended.err.splitlines() if x.startswith("A name in several"))


def test_the_command_that_is_said_joins_them() -> None:
    line = said(ingested(a=ALONE.format(n=2), b=ALONE.format(n=3)))
    assert "Anna Berg (2)" in line
    command = line.split("one person: ")[1].split(" (`")[0]
    assert icp(*shlex.split(command)[1:]).code == 0
    again = run(Path("study"))
    assert again.json["participants"] == 1
    assert "A name in several" not in again.err


def test_an_unchanged_run_says_it_again() -> None:
    ingested(a=ALONE.format(n=2), b=ALONE.format(n=3))
    assert said(run(Path("study"))) == said(run(Path("study")))


def test_no_flag_is_said_that_would_make_interviewers_of_others() -> None:
    beside = "Interviewer: Why?\n\nAnna Berg: I see.\n\nBob: It costs {n}.\n\n" * 2
    ended = ingested(a=beside.format(n=2), b=ALONE.format(n=3))
    assert "--participant" not in said(ended)
    assert "participants.csv" in said(ended)
    assert "would make interviewers of the others" in ended.out


def test_who_also_asks_may_be_an_interviewer_everywhere() -> None:
    asks = "Anna Berg: Why? And how? Since when?\n\nBob: It costs {n} hours a week.\n\n"
    line = said(
        ingested(a=ALONE.format(n=2), b=ALONE.format(n=3), c=asks.format(n=4) * 2)
    )
    assert "asks in 1 other file" in line
    assert "--interviewer 'Anna Berg'" in line
    assert "--participant" not in line
