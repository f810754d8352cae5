from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings, strategies as st

from icp_synth.errors import AnswerUnusable
from icp_synth.llm.repair import MAX_CHARS, check, parse_answer
from tests.llm.helpers import GOOD, SCHEMA

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
OBJECTS = st.dictionaries(st.text(), JSON, min_size=1)


def test_clean_json_is_not_called_repaired() -> None:
    assert parse_answer(GOOD, SCHEMA) == (json.loads(GOOD), False)


@pytest.mark.parametrize(
    "text",
    [
        f"```json\n{GOOD}\n```",
        f"```\n{GOOD}\n```\nHope that helps!",
        f"Here it is:\n{GOOD}\nAnything else?",
        f"\ufeff{GOOD}",
        GOOD.replace("}]", "},]"),
        f'<think>maybe {{"pains": []}}?</think>\n{GOOD}',
        f"Some {{braces}} first. {GOOD}",
    ],
)
def test_the_wrapping_of_an_answer_is_stripped(text: str) -> None:
    assert parse_answer(text, SCHEMA) == (json.loads(GOOD), True)


def test_commas_and_fences_inside_strings_stay() -> None:
    value = {"pains": [{"turn": 1, "quote": 'a ,] b "```json\n{}\n```" ,}'}]}
    assert parse_answer(json.dumps(value), SCHEMA).value == value
    assert parse_answer("So: " + json.dumps(value)[:-1] + ",}").value == value


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Expecting value"),
        ("no idea", "Expecting value"),
        ("[]", "no JSON object"),
        ('{"pains": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "out of range"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ('{"a": ' + "[" * 10_000 + "]" * 10_000 + "}", "nested deeper"),
        ("{" * 100_000, "nested deeper"),
        ('{"a": ' + "9" * 5_000 + "}", "limit"),
        ('{"a": "\\ud83d"}', "surrogate"),
        ('{"a": 1} or {"a": 2}', "different objects"),
        ('{"a": "cut of', "Unterminated"),
        (" " * (MAX_CHARS + 1), "characters"),
    ],
)
def test_what_is_not_json_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(AnswerUnusable, match=why) as caught:
        parse_answer(text)
    assert caught.value.outcome == "invalid"


def test_a_repeated_answer_is_one_answer() -> None:
    assert parse_answer(f"{GOOD}\nThat is: {GOOD}", SCHEMA).value == json.loads(GOOD)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "'pains' is a required property"),
        ('{"pains": [{"turn": "2", "quote": "x"}]}', r"pains\[0\].turn"),
        ('{"pains": [], "url": "http://x"}', "Additional properties"),
    ],
)
def test_what_does_not_fit_the_schema_is_refused_with_its_path(
    text: str, why: str
) -> None:
    with pytest.raises(AnswerUnusable, match=why):
        parse_answer(text, SCHEMA)


def test_a_problem_is_told_shortly_however_large_the_answer() -> None:
    problems = check({"pains": [{"turn": "x" * 9_000}] * 50}, SCHEMA)
    assert len(problems) == 5
    assert all(len(problem) <= 200 for problem in problems)


@settings(max_examples=50)
@given(OBJECTS)
def test_any_object_comes_back_as_it_was(value: dict[str, object]) -> None:
    assert parse_answer(json.dumps(value)) == (value, False)


@settings(max_examples=50)
@given(OBJECTS)
def test_any_object_survives_a_fence(value: dict[str, object]) -> None:
    assert parse_answer(f"```json\n{json.dumps(value)}\n```").value == value


@given(st.text(alphabet='{}[]",:\\ab1 \n`', max_size=200))
def test_any_text_is_an_object_or_unusable(text: str) -> None:
    with contextlib.suppress(AnswerUnusable):
        assert isinstance(parse_answer(text).value, dict)
