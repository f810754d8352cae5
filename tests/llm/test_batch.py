from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from icp_synth.llm.batch import ImportReport, export_line, import_lines
from icp_synth.llm.protocol import Usage
from icp_synth.llm.replies import Answered, answer
from icp_synth.llm.schema import lint_schema
from tests.llm.helpers import GOOD, SCHEMA, MemoryStore, request

SOME = [request(f"{at}: text") for at in range(4)]
WANTED = {one.key(): one for one in SOME}
A, B, C, D = WANTED


def completion(text: str | None = GOOD, **choice: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, **choice.pop("message", {})}
    return {
        "model": "small-2026",
        "choices": [{"message": message, "finish_reason": "stop", **choice}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3},
    }


def line(key: str, body: dict[str, Any] | None = None, status: int = 200) -> str:
    response = {"status_code": status, "body": body or completion()}
    return json.dumps({"custom_id": key, "response": response, "error": None})


def test_a_line_is_an_openai_batch_request_under_its_cache_key() -> None:
    asked = request(parameters={"temperature": 0, "max_tokens": 9, "epoch": 3})
    row = json.loads(export_line(asked))
    body = row.pop("body")
    assert row == {
        "custom_id": asked.key(),
        "method": "POST",
        "url": "/v1/chat/completions",
    }
    assert body["model"] == "small"
    assert (body["temperature"], body["max_completion_tokens"]) == (0, 9)
    assert "epoch" not in body
    form = body["response_format"]["json_schema"]
    assert form["strict"] is True
    assert form["schema"] == SCHEMA
    assert lint_schema(form["schema"]) == []


def test_a_line_is_one_line_and_keeps_the_order_of_the_schema() -> None:
    text = export_line(request("first\nsecond \u2028 line"))
    assert "\n" not in text
    assert text.index('"turn"') < text.index('"quote"')


def test_answers_are_kept_with_their_usage_whatever_their_order() -> None:
    store = MemoryStore()
    report = import_lines([line(key) for key in (D, B, A, C)], WANTED, store)
    assert report.counts() == {
        "accepted": 4,
        "failed": 0,
        "unknown": 0,
        "duplicate": 0,
        "missing": 0,
    }
    assert store.kept[A].usage == Usage(input_tokens=7, output_tokens=3)
    assert (store.kept[A].endpoint, store.kept[A].model) == ("batch", "small-2026")


def test_an_imported_answer_is_served_like_a_live_one() -> None:
    store = MemoryStore()
    import_lines([line(A)], WANTED, store)
    outcome = answer(SOME[:1], store=store, model=None).outcomes[A]
    assert isinstance(outcome, Answered)
    assert outcome.cached


@pytest.mark.parametrize(
    "row",
    [
        {"content": GOOD},
        {"content": json.loads(GOOD)},
        {"content": f"```json\n{GOOD}\n```"},
        {"body": completion()},
        {"response": {"body": completion()}},
    ],
)
def test_plain_lines_are_taken_too(row: dict[str, Any]) -> None:
    store = MemoryStore()
    import_lines([json.dumps({"custom_id": A, **row})], WANTED, store)
    assert set(store.kept) == {A}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (line(A, completion(finish_reason="length")), "truncated"),
        (line(A, completion(None, message={"refusal": "no"})), "refused"),
        (line(A, completion("", finish_reason="content_filter")), "filtered"),
        (line(A, completion("")), "empty"),
        (line(A, completion("sorry")), "invalid"),
        (line(A, completion('{"pains": 1}')), "invalid"),
        (line(A, {"choices": []}), "malformed"),
        (
            line(A, {"error": {"code": "server_error", "message": "x"}}, 500),
            "server_error",
        ),
        (line(A, {"error": {}}, 429), "status_429"),
        (
            json.dumps(
                {"custom_id": A, "response": None, "error": {"code": "batch_expired"}}
            ),
            "batch_expired",
        ),
        (json.dumps({"custom_id": A, "content": ""}), "empty"),
        ('{"custom_id": ', "no_json"),
        ("[]", "no_id"),
        ('{"custom_id": 7}', "no_id"),
        ("[" * 100_000, "no_json"),
    ],
)
def test_what_is_no_answer_fails_with_line_and_reason_and_is_not_kept(
    row: str, code: str
) -> None:
    store = MemoryStore()
    report = import_lines(["", row], WANTED, store)
    assert [(one.line, one.code) for one in report.failed] == [(2, code)]
    assert report.failed[0].message
    assert store.kept == {}
    assert set(report.missing) == set(WANTED)


def test_the_first_valid_answer_wins() -> None:
    store = MemoryStore()
    lines = [line(A, completion("no")), line(A), line(A, completion('{"pains": []}'))]
    report = import_lines(lines, WANTED, store)
    assert (report.accepted, report.duplicate) == ((A,), (A,))
    assert [one.line for one in report.failed] == [1]
    assert store.kept[A].text == GOOD


def test_importing_a_file_again_changes_nothing() -> None:
    store = MemoryStore()
    import_lines([line(A)], WANTED, store)
    again = import_lines([line(A, completion('{"pains": []}'))], WANTED, store)
    assert (again.accepted, again.duplicate) == ((), (A,))
    assert store.kept[A].text == GOOD


def test_ids_that_nobody_asked_for_are_counted() -> None:
    report = import_lines([line("somebody-elses")], WANTED, MemoryStore())
    assert report == ImportReport(unknown=("somebody-elses",), missing=tuple(WANTED))


@given(st.permutations([line(A), line(B), line(C, completion("no")), "{", line("?")]))
def test_the_order_of_lines_changes_no_result(lines: list[str]) -> None:
    store = MemoryStore()
    report = import_lines(lines, WANTED, store)
    assert set(store.kept) == {A, B}
    assert set(report.missing) == {C, D}
    assert {one.code for one in report.failed} == {"invalid", "no_json"}
    assert report.unknown == ("?",)
