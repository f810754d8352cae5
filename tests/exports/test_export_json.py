"""synthesis.json and its lines: exact, ordered, the same bytes again."""

from __future__ import annotations

import json

import pytest

from icp_synth.domain.profiles import Synthesis
from icp_synth.errors import NotFound
from icp_synth.exports import FORMATS, Options
from icp_synth.exports.json import to_json
from icp_synth.exports.jsonl import STEPS, to_jsonl
from tests.exports.synthesis_factory import (
    CHINESE,
    by_id,
    manifest,
    synthesis,
    transcripts,
)


def test_the_json_reads_back_as_the_same_synthesis() -> None:
    made = synthesis(transcripts())
    assert Synthesis.model_validate_json(to_json(made)) == made


def test_keys_of_free_mappings_are_sorted_whatever_their_order_was() -> None:
    texts = transcripts()
    one = synthesis(texts, coverage={"b": {"y": 1, "x": 2}, "a": 3})
    other = synthesis(texts, coverage={"a": 3, "b": {"x": 2, "y": 1}})
    assert to_json(one) == to_json(other)


def test_fields_stand_in_the_order_of_the_contract() -> None:
    read = json.loads(to_json(synthesis(transcripts())))
    assert list(read)[:4] == ["schema_version", "manifest", "frame", "transcripts"]
    kept = [key for key in read if key in {"icps", "negative", "minority", "coverage"}]
    assert kept == ["icps", "negative", "minority", "coverage"]


def test_text_is_written_as_it_is_and_not_escaped() -> None:
    assert CHINESE in to_json(synthesis(transcripts()))


def test_a_lone_surrogate_can_be_written_as_utf_8_and_read_back() -> None:
    texts = transcripts()
    odd = "a\ud800b"
    text = to_json(synthesis(texts, manifest=manifest(texts, settings={"odd": odd})))
    read = json.loads(text.encode("utf-8"))
    assert read["manifest"]["settings"]["odd"] == odd


@pytest.mark.parametrize("step", STEPS)
def test_each_step_gives_its_records_one_a_line(step: str) -> None:
    lines = to_jsonl(synthesis(transcripts()), step=step).splitlines()
    assert all(json.loads(line)["step"] == step for line in lines)


def test_without_a_step_all_come_in_the_order_of_the_steps() -> None:
    lines = to_jsonl(synthesis(transcripts())).splitlines()
    steps = list(dict.fromkeys(json.loads(line)["step"] for line in lines))
    assert steps == [step for step in STEPS if step in steps]


def test_claims_say_which_card_they_are_part_of() -> None:
    lines = to_jsonl(synthesis(transcripts()), step="claims").splitlines()
    places = [(json.loads(line)["part_of"], json.loads(line)["card"]) for line in lines]
    assert places == [("icp", "icp-1"), ("icp", "icp-1"), ("persona", "persona-1")]


def test_an_unknown_step_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="insights"):
        to_jsonl(synthesis(transcripts()), step="thoughts")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_writes_the_same_bytes_twice(name: str) -> None:
    texts = transcripts()
    made = synthesis(texts)
    one, two = (FORMATS[name].write(made, by_id(texts), Options()) for _ in range(2))
    assert one == two
    assert one.items > 0
    assert one.text.endswith("\n")
