"""Own categories and examples, from study.toml or given to one text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from icp_synth import Example, OwnCategory, extract
from icp_synth.errors import NotFound, PromptError, SettingsError, UsageError
from icp_synth.project.brief import load_study
from tests.servers.openai_server import OpenAIServer
from tests.study_factory import (
    MODEL,
    answer,
    answer_all,
    icp,
    outputs,
    run,
    talk,
    write_talks,
)

EXAMPLE: dict[str, Any] = {
    "text": "Interviewer: And the forms?\nPia: I fill in the same form three times.",
    "insights": [
        {
            "kind": "pain",
            "category": "paperwork",
            "quote": "I fill in the same form three times.",
            "statement": "Fills in each form three times.",
        }
    ],
}
OWN = OwnCategory(category="paperwork", kind="pain", description="forms and copies")
BOOK = """
[codebook]
extra = [{category = "paperwork", kind = "pain", description = "forms and copies"}]

[[codebook.examples]]
text = '''
Interviewer: And the forms?
Pia: I fill in the same form three times.'''
insights = [
  {kind = "pain", category = "paperwork", quote = "the same form three times"},
]
"""


def of_own(body: Mapping[str, Any]) -> str:
    """Answer as the study's model does, with pains in the own category."""
    first = {**body, "messages": body["messages"][:2]}
    return answer(first).replace('"problem"', '"paperwork"')


def first_user_message(server: OpenAIServer) -> str:
    said: str = server.requests[0]["messages"][1]["content"]
    return said


# Of one text


@pytest.mark.parametrize("given", [OWN, OWN.model_dump()], ids=["value", "mapping"])
def test_a_text_is_read_with_an_own_category(given: Any) -> None:
    with OpenAIServer(of_own) as server:
        where: dict[str, Any] = {"model": MODEL, "base_url": server.url}
        found = extract(talk("anna"), codebook=[given], **where)
        assert "Own category pain/paperwork: forms" in first_user_message(server)
    assert "pain/paperwork" in {f"{i.kind}/{i.category}" for i in found.insights}
    assert found.quarantined == ()


def test_an_own_category_that_was_not_given_is_refused() -> None:
    with OpenAIServer(of_own) as server:
        found = extract(talk("anna"), model=MODEL, base_url=server.url)
    assert found.counts["invalid_items"] == 1
    assert [one.reason for one in found.quarantined] == ["invalid_item"]
    assert found.notes[0].startswith("invalid_items: ")
    assert found.failed == ()


@pytest.mark.parametrize(
    "shown", [EXAMPLE, Example.model_validate(EXAMPLE)], ids=["mapping", "value"]
)
def test_examples_are_shown_before_the_transcript(shown: Any) -> None:
    with OpenAIServer(of_own) as server:
        where: dict[str, Any] = {"model": MODEL, "base_url": server.url}
        extract(talk("anna"), codebook=[OWN], examples=[shown], **where)
        said = first_user_message(server)
    assert '→ pain/paperwork "I fill in the same form three times."' in said
    assert said.index("three times") < said.index("plumbing")


@pytest.mark.parametrize("model", [None, MODEL])
def test_an_example_that_cannot_be_grounded_is_named_before_anything_is_asked(
    model: str | None,
) -> None:
    marks = [{**EXAMPLE["insights"][0], "quote": "I fill in the form."}]
    wrong = {**EXAMPLE, "insights": marks}
    with OpenAIServer(of_own) as server:
        where: dict[str, Any] = {"model": model, "base_url": server.url}
        with pytest.raises(UsageError, match=r"examples\[1\]\.insights\[0\].*the form"):
            extract(talk("anna"), codebook=[OWN], examples=[EXAMPLE, wrong], **where)
        assert server.requests == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"codebook": [{"category": "audit"}]}, r"codebook\.extra\.0\.kind"),
        ({"codebook": [{"category": "role", "kind": "trait"}]}, "there already"),
        ({"examples": [{"insights": []}]}, r"codebook\.examples\.0\.text"),
        ({"examples": [EXAMPLE]}, "no category 'paperwork' of pain"),
    ],
)
def test_what_does_not_hold_together_is_named(more: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        extract(talk("anna"), **more)
    assert caught.value.hint


def test_a_prompt_without_a_place_for_examples_is_refused(tmp_path: Path) -> None:
    (tmp_path / "extract.md").write_text(
        "---\nid: extract\nversion: 1\nvariables: [turns]\nschema: extraction\n---\n"
        "# system\nRead one interview.\n# user\n{{ turns }}\n",
        "utf-8",
    )
    with OpenAIServer(of_own) as server:
        where: dict[str, Any] = {
            "model": MODEL,
            "base_url": server.url,
            "prompts": str(tmp_path),
        }
        with pytest.raises(PromptError, match="no place for the examples"):
            extract(talk("anna"), codebook=[OWN], examples=[EXAMPLE], **where)
        assert server.requests == []


def test_the_embedded_analyst_says_that_it_leaves_own_categories_aside() -> None:
    found = extract(talk("anna"), codebook=[OWN], examples=[EXAMPLE])
    (note,) = found.notes
    assert "pain/paperwork" in note
    assert found.insights
    assert extract(talk("anna")).notes == ()


def test_the_command_reads_a_file_with_own_categories(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(BOOK, "utf-8")
    (tmp_path / "anna.txt").write_text(talk("anna"), "utf-8")
    with OpenAIServer(of_own) as server:
        made = icp(
            *("extract-text", tmp_path / "anna.txt", "--model", MODEL, "--json"),
            *("--base-url", server.url, "--codebook", tmp_path / "book.toml"),
        )
        assert "three times" in first_user_message(server)
    assert made.code == 0
    assert "paperwork" in {one["category"] for one in made.json["insights"]}


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"none\.toml"):
        extract(talk("anna"), codebook=tmp_path / "none.toml")


# Of a study


@pytest.fixture
def study(tmp_path: Path) -> Path:
    project = tmp_path / "study"
    project.mkdir()
    (project / "study.toml").write_text(BOOK, "utf-8")
    return project


def test_an_own_category_goes_through_to_themes_claims_and_report(
    study: Path, tmp_path: Path
) -> None:
    talks = write_talks(tmp_path / "talks")
    with OpenAIServer(of_own) as server:
        done = run(study, talks, "--model", MODEL, "--base-url", server.url)
        assert "three times" in first_user_message(server)
    assert done.code == 0, done.err
    assert done.json["insights"] == 12
    synthesis = json.loads(outputs(study)["synthesis.json"])
    assert {"pain/paperwork", "trait/role", "motivation/like"} == {
        f"{one['kind']}/{one['category']}" for one in synthesis["insights"]
    }
    own = {one["id"] for one in synthesis["insights"] if one["category"] == "paperwork"}
    assert any(own & set(one["insights"]) for one in synthesis["themes"])
    claims = [
        claim
        for profile in (*synthesis["icps"], *synthesis["personas"])
        for claim in profile["claims"]
        if own & set(claim["insights"])
    ]
    assert claims
    allowed = icp("schema", "fields", "--project", study).json["claim_fields"]
    assert {claim["field"] for claim in claims} <= set(allowed)
    assert "pain/paperwork" in allowed
    assert b"two hours every Friday" in outputs(study)["report.html"]


def test_by_batch_it_is_the_same(study: Path, tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks")
    assert run(study, talks, "--model", MODEL).code == 3
    assert answer_all(study, tmp_path) <= 3


def test_the_fields_of_a_study_list_its_own_categories(study: Path) -> None:
    fields = icp("schema", "fields", "--project", study).json
    assert fields["own_categories"] == [OWN.model_dump()]
    assert icp("schema", "fields").json["own_categories"] == []


def test_a_run_without_a_model_says_that_it_leaves_them_aside(
    study: Path, tmp_path: Path
) -> None:
    done = run(study, write_talks(tmp_path / "talks"))
    assert done.code == 0
    assert "pain/paperwork" in done.err


def test_another_example_is_another_reading(study: Path, tmp_path: Path) -> None:
    talks = write_talks(tmp_path / "talks", ["anna"])
    with OpenAIServer(of_own) as server:
        where = ("--model", MODEL, "--base-url", server.url)
        run(study, talks, *where)
        before = len(server.requests)
        toml = study / "study.toml"
        text = toml.read_text("utf-8").replace("three times", "four times")
        toml.write_text(text, "utf-8")
        run(study, *where)
        again = server.requests[before]["messages"][1]["content"]
    assert "the same form four times" in again
    assert "plumbing" in again


def test_an_example_of_a_study_that_cannot_be_grounded_stops_it(study: Path) -> None:
    text = BOOK.replace('quote = "the same', 'quote = "that same')
    (study / "study.toml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=r"study\.toml.*that same form"):
        load_study(study)
