"""`quote_ok = no` and `consent = no`: what is published, found, and sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers.openai_server import OpenAIServer
from tests.study_factory import MODEL, answer, icp, outputs, run, talk, write_talks

BOBS = ("dispatcher at an electrical firm", "hurts us badly", "What I love is that")


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """Return three interviews, in one of which two people answer."""
    folder = write_talks(tmp_path / "talks", ["anna", "carla"])
    both = talk("bob") + "\nDev: My exports take two hours and I really hate it.\n"
    (folder / "both.txt").write_text(both, "utf-8")
    return folder


def say(talks: Path, column: str) -> None:
    rows = f"file,label,{column}\nboth.txt,Bob,no\nboth.txt,Dev,yes\n"
    (talks / "participants.csv").write_text(rows, "utf-8")


def altered(body: dict[str, Any]) -> str:
    """Answer as `answer` does, with one quote more that stands nowhere."""
    made = json.loads(answer(body))
    for one in made.get("insights", [])[:1]:
        wrong = [{**quote, "text": quote["text"] + " 77"} for quote in one["quotes"]]
        made["insights"].append({**one, "quotes": wrong})
    return json.dumps(made, ensure_ascii=False)


def published(project: Path) -> str:
    forms = [
        icp("export", "--format", form, "--project", project).out
        for form in ("json", "jsonl", "markdown", "html")
    ]
    for step in ("insights", "quarantined", "participants", "claims"):
        flags = ("--format", "jsonl", "--step", step, "--project", project)
        forms.append(icp("export", *flags).out)
    return "\n".join([*forms, *(one.decode() for one in outputs(project).values())])


def test_words_that_must_not_be_quoted_stand_in_nothing_that_is_published(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    assert BOBS[1] in published(project)
    say(talks, "quote_ok")
    assert run(project).json["participants"] == 4
    text = published(project)
    assert not [words for words in BOBS if words in text]
    assert "My exports take two hours and I really hate it" in text


def test_what_stands_around_a_quote_does_not_reach_into_silent_words(
    tmp_path: Path, talks: Path
) -> None:
    mixed = (
        "Interviewer: What is hard?\n\n"
        "Bob: Never mind, the ledger is a swamp.\n\n"
        "Dev: The exports take two hours every Friday, I hate it.\n\n"
        "Bob: A true swamp of numbers, all of it.\n"
    )
    (talks / "both.txt").write_text(mixed, "utf-8")
    say(talks, "quote_ok")
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    assert "swamp" not in published(project)
    assert "The exports take two hours every Friday" in published(project)


def test_refused_quotes_of_an_interview_with_silent_people_hold_no_words(
    tmp_path: Path, talks: Path
) -> None:
    say(talks, "quote_ok")
    project = tmp_path / "study"
    with OpenAIServer(altered) as server:
        run(project, talks, "--model", MODEL, "--base-url", server.url)
    synthesis = json.loads(outputs(project)["synthesis.json"])
    found = {one["transcript"]: one for one in synthesis["quarantined"]}
    assert set(found) == {"anna.txt", "both.txt", "carla.txt"}
    assert (found["both.txt"]["quote"], found["both.txt"]["statement"]) == ("", "")
    assert found["anna.txt"]["quote"].endswith(" 77")
    assert not [words for words in BOBS if words in published(project)]


def test_words_that_must_not_be_quoted_are_not_found(
    tmp_path: Path, talks: Path
) -> None:
    say(talks, "quote_ok")
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    for more in ((), ("--participant", "both.txt#Bob")):
        found = icp("search", "electrical firm", "--project", project, "--json", *more)
        assert found.code == 0
        people = {one["participant"] for one in found.json["passages"]}
        assert "both.txt#Bob" not in people


def test_without_consent_nothing_is_read_sent_found_or_counted(
    tmp_path: Path, talks: Path
) -> None:
    say(talks, "consent")
    project = tmp_path / "study"
    with OpenAIServer(answer) as server:
        ended = run(project, talks, "--model", MODEL, "--base-url", server.url)
        sent = json.dumps(server.requests, ensure_ascii=False)
    assert (ended.code, ended.json["participants"]) == (0, 3)
    everything = published(project) + sent
    assert "My exports take two hours and I really hate it" in sent
    assert not [words for words in BOBS if words in everything]
    found = icp("search", "electrical firm", "--project", project, "--json").json
    assert not [p for p in found["passages"] if any(w in p["text"] for w in BOBS)]
    assert (
        "Not read, as consent is no: both.txt#Bob"
        in icp("status", "--project", project).out
    )


def test_consent_that_is_taken_back_takes_the_words_out_of_everything(
    tmp_path: Path, talks: Path
) -> None:
    project = tmp_path / "study"
    assert run(project, talks).code == 0
    rows = "file,consent\nanna.txt,no\n"
    (talks / "participants.csv").write_text(rows, "utf-8")
    ended = run(project)
    assert (ended.code, ended.json["transcripts"]) == (3, 2)
    assert "plumbing" not in published(project)
    found = icp("search", "plumbing firm", "--project", project, "--json").json
    assert not [one for one in found["passages"] if one["transcript"] == "anna.txt"]
    assert "consent is no" in icp("status", "--project", project).out
