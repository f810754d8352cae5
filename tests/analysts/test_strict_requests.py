"""Every request fits OpenAI's strict mode, and begins with what never changes.

The limits are those of the structured-outputs guide: objects closed and all of their
properties required, a root object, known keywords, at most 10 levels, 5,000
properties, 1,000 enum values, 15,000 characters in an enum of more than 250, and
120,000 characters in names and enum values together. Five levels and 100 properties
were the limits before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

import pytest

from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.analysts.protocol import (
    ClaimToWord,
    GroupToName,
    Skeleton,
    ThemeToName,
)
from icp_synth.domain.brief import Brief
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.llm.batch import export_line
from icp_synth.llm.schema import lint_schema
from icp_synth.llm.tokens import estimate_v1
from icp_synth.stages.chunk import chunk
from icp_synth.stages.extract import render
from tests.factories import Said, make_transcript

_ALLOWED = {
    *("type", "properties", "required", "additionalProperties", "items", "enum"),
    *("anyOf", "description", "const", "pattern", "format", "minimum", "maximum"),
}
_TYPES = {"string", "number", "boolean", "integer", "object", "array", "null"}
_OWN = (("seasonality", "trait", "how the year moves their work"),)
_MANY = tuple((f"own_category_{at}", "pain", "x") for at in range(100))
BRIEFS = {
    "plain": Brief(product="Larder"),
    "own": Brief(product="Larder", questions=("Why?",), extra=_OWN),
    "many": Brief(extra=_MANY),
}

TALKS: list[list[Said]] = [
    [("Kim", "interviewer", "How?"), ("Ann", "participant", "By hand.")],
    [("Bob", "participant", "It broke."), ("Eve", "participant", "Twice.")],
]


def extractions(brief: Brief) -> list[ChatRequest]:
    """Return the request for each interview, and the one that follows its answer."""
    analyst = LlmAnalyst("m", brief, gleaning=1)
    requests = []
    for said in TALKS:
        talk = make_transcript(said)
        (window,) = chunk(talk, estimate_v1).windows
        asked = analyst.extract(render(window, talk))
        assert asked.more is not None
        more = asked.more(ChatReply(text='{"insights": []}'))
        requests += [asked.request, more.request]
    return requests


def others(brief: Brief) -> list[ChatRequest]:
    analyst = LlmAnalyst("m", brief)
    themes = [ThemeToName(number=1, kind="pain", statements=("It hurts.",), quotes=())]
    group = GroupToName(number=1, kind="pain", words=("x",), themes=(), statements=())
    claim = ClaimToWord(
        number=1,
        field="pain/problem",
        label="It hurts",
        statements=(),
        quotes=("it hurts",),
        supports=2,
        of=3,
    )
    skeletons = [
        Skeleton(id="s", what=what, people=people, of=6, claims=(claim,))
        for what, people in (("persona", 3), ("icp", 4))
    ]
    return [
        analyst.name_themes(themes, "en").request,
        analyst.name_groups([group], "en").request,
        *(analyst.draft(one, "en").request for one in skeletons),
    ]


def nodes(schema: Mapping[str, Any], depth: int = 0) -> Iterator[tuple[int, Any]]:
    yield depth, schema
    for child in schema.get("properties", {}).values():
        yield from nodes(child, depth + 1)
    if "items" in schema:
        yield from nodes(schema["items"], depth + 1)


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)
def test_every_schema_fits_the_strict_rules(brief: Brief) -> None:
    for request in [*extractions(brief), *others(brief)]:
        schema = request.response_schema
        assert lint_schema(schema) == []
        assert schema["type"] == "object"
        properties = values = characters = 0
        for depth, node in nodes(schema):
            assert depth <= 5
            assert node.keys() <= _ALLOWED
            types = node["type"] if isinstance(node["type"], list) else [node["type"]]
            assert set(types) <= _TYPES
            if "object" in types:
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            names = [*node.get("properties", ()), *map(str, node.get("enum", ()))]
            characters += sum(map(len, names))
            properties += len(node.get("properties", ()))
            values += len(node.get("enum", ()))
            if len(node.get("enum", ())) > 250:
                assert sum(len(str(one)) for one in node["enum"]) <= 15_000
        assert properties <= 100
        assert values <= 1_000
        assert characters <= 15_000


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)
def test_every_request_goes_out_in_the_strict_form(brief: Brief) -> None:
    for request in [*extractions(brief), *others(brief)]:
        body = json.loads(export_line(request))["body"]
        form = body["response_format"]["json_schema"]
        assert form["strict"] is True
        assert form["schema"] == request.response_schema
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", form["name"])


def test_own_categories_are_in_the_schema_of_both_passes() -> None:
    for request in extractions(BRIEFS["own"]):
        items = request.response_schema["properties"]["insights"]["items"]
        assert "seasonality" in items["properties"]["category"]["enum"]


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS)
def test_instructions_stand_first_and_are_the_same_bytes(brief: Brief) -> None:
    one, glean, two, _ = extractions(brief)
    for request in (one, glean, two):
        assert [message.role for message in request.messages[:2]] == ["system", "user"]
        assert request.messages[0] == one.messages[0]
    system = one.messages[0].content
    for said in TALKS:
        assert not any(words in system for _, _, words in said)
    bodies = [json.loads(export_line(request))["body"] for request in (one, two)]
    sent = [json.dumps(body["messages"]).encode() for body in bodies]
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(*sent, strict=False))
    shared = bytes(pair[0] for pair in alike)
    # All that does not depend on the interview: instructions, the study, and the
    # beginning of the line that stands before and after the transcript.
    assert len(shared) > len(json.dumps(system))
    assert b"Product: " in shared
    assert shared.rstrip().endswith(b"===")


def test_a_second_pass_begins_with_the_whole_of_the_first() -> None:
    one, glean, _, _ = extractions(BRIEFS["own"])
    assert glean.messages[:2] == one.messages
    assert [message.role for message in glean.messages[2:]] == ["assistant", "user"]


def test_naming_and_wording_begin_alike_too() -> None:
    *_, persona, icp = others(BRIEFS["plain"])
    assert persona.messages[0] == icp.messages[0]
    assert persona.messages[0].role == "system"
