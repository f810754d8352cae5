"""Version ids are hashes of content and of nothing else."""

from __future__ import annotations

import json

from hypothesis import given, strategies as st

from icp_synth.domain.chat import ChatRequest, Message
from icp_synth.domain.ids import canonical_json, content_id, sha256_bytes, sha256_text
from icp_synth.domain.insights import Quote, insight_id
from tests.synthesis_factory import make_insight

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
def test_canonical_json_reads_back_and_equal_values_share_it(value: object) -> None:
    text = canonical_json(value)
    assert json.loads(text) == value
    assert canonical_json(json.loads(text)) == text


@given(st.text())
def test_text_and_its_bytes_have_one_hash(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert sha256_text(text) == sha256_bytes(data)


def test_a_content_id_tells_its_kind_and_its_parts_apart() -> None:
    ids = {
        content_id("win", "a", "b"),
        content_id("psg", "a", "b"),
        content_id("win", "ab"),
        content_id("win", ["a", "b"]),
        content_id("win", "b", "a"),
    }
    assert len(ids) == 5
    assert all(len(one.split("-")[1]) == 16 for one in ids)


def test_an_insights_id_counts_its_words_and_places_and_not_its_marks() -> None:
    one = make_insight()
    stressed = one.model_copy(update={"id": "x", "intensity": 3, "signals": ("+able",)})
    assert insight_id("hash", one) == insight_id("hash", stressed)
    moved = one.model_copy(
        update={"quotes": (Quote(start=1, end=2, text="x", turn=0),)}
    )
    said = one.model_copy(update={"statement": "Something else."})
    ids = {insight_id("hash", each) for each in (one, moved, said)}
    assert len({*ids, insight_id("other hash", one)}) == 4


def test_a_request_is_filed_by_what_is_asked_and_not_by_what_is_recorded() -> None:
    asked = ChatRequest(
        model="m",
        messages=(Message(role="user", content="Read."),),
        schema_name="extraction",
        response_schema={"type": "object"},
    )
    noted = asked.model_copy(
        update={"prompt": "extract@2#1", "about": ("t",), "step": "extract"}
    )
    assert noted.key() == asked.key()
    for change in (
        {"model": "n"},
        {"messages": (Message(role="user", content="Reread."),)},
        {"parameters": {"epoch": 2}},
        {"response_schema": {"type": "array"}},
    ):
        assert asked.model_copy(update=change).key() != asked.key()
