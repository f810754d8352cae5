from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from icp_synth.analysts.answers import (
    extraction_schema,
    theme_names_schema,
    wording_schema,
)
from icp_synth.errors import PromptError
from icp_synth.llm.repair import check
from icp_synth.llm.schema import lint_schema, strict_schema


class Quote(BaseModel):
    turn: int = Field(ge=1, description="Number of the turn.")
    text: str = Field(min_length=1)


class Item(BaseModel):
    kind: Literal["pain", "motivation"]
    quotes: list[Quote] = Field(max_length=3)
    value: str | None = None


class Answer(BaseModel):
    items: list[Item] = []


class Tree(BaseModel):
    children: list[Tree]


class Free(BaseModel):
    anything: dict[str, str]


class Pair(BaseModel):
    pair: tuple[int, str]


class Untyped(BaseModel):
    it: Any


def test_every_property_is_required_and_no_other_is_allowed() -> None:
    item = strict_schema(Answer)["properties"]["items"]["items"]
    assert item["required"] == ["kind", "quotes", "value"]
    assert item["additionalProperties"] is False
    assert item["properties"]["value"] == {
        "anyOf": [{"type": "string"}, {"type": "null"}]
    }


def test_references_are_written_out() -> None:
    assert "$ref" not in str(strict_schema(Answer))
    assert "$defs" not in strict_schema(Answer)


def test_a_model_instance_fits_its_strict_schema() -> None:
    answer = Answer(items=[Item(kind="pain", quotes=[Quote(turn=1, text="x")])])
    assert check(answer.model_dump(), strict_schema(Answer)) == []


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (Tree, "recursive"),
        (Free, "free dictionary"),
        (Pair, "tuple"),
        (Untyped, "any type"),
    ],
)
def test_what_strict_mode_cannot_say_is_refused(
    model: type[BaseModel], why: str
) -> None:
    with pytest.raises(PromptError, match=why):
        strict_schema(model)


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ({"type": "array", "items": {"type": "string"}}, "root"),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}},
            "not required: a",
        ),
        ({"type": "object"}, "free dictionary"),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "string", "default": ""}},
                "required": ["a"],
                "additionalProperties": False,
            },
            "default",
        ),
        (
            {
                "type": "object",
                "properties": {"a": {"type": "array"}},
                "required": ["a"],
                "additionalProperties": False,
            },
            "without the type of its items",
        ),
    ],
)
def test_the_lint_names_what_strict_mode_would_refuse(
    schema: dict[str, Any], why: str
) -> None:
    assert why in "; ".join(lint_schema(schema))


@pytest.mark.parametrize(
    "schema", [extraction_schema(), theme_names_schema(), wording_schema()]
)
def test_every_schema_that_we_send_passes_the_lint(schema: dict[str, Any]) -> None:
    assert lint_schema(schema) == []
