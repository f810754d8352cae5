"""Reading one transcript: window, ask, ground, record; what is done stays done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.embedded import EmbeddedAnalyst
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.analysts.protocol import Analyst
from icp_synth.domain.brief import Brief
from icp_synth.domain.passages import Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import EndpointUnavailable
from icp_synth.llm.protocol import ChatModel, ReplyStore
from icp_synth.llm.scripted import ScriptedChat
from icp_synth.llm.tokens import counter
from icp_synth.project.ledger import Reading
from icp_synth.reading import Reader
from icp_synth.stages.chunk import chunk
from tests.factories import Said, make_transcript
from tests.llm.helpers import MemoryStore

SAID: list[Said] = [
    ("Kim", "interviewer", "What is hard?"),
    ("Ann", "participant", "The exports take two hours each Friday, I hate it."),
]
TALK = make_transcript(SAID)


class Readings:
    """A store of readings in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Reading] = {}

    def put_many(self, readings: Sequence[Reading]) -> None:
        for one in readings:
            self.kept[one.window, one.fingerprint] = one

    def of(self, windows: Sequence[str], fingerprint: str) -> dict[str, Reading]:
        found = ((one, self.kept.get((one, fingerprint))) for one in windows)
        return {window: reading for window, reading in found if reading is not None}


def insight(quote: str) -> str:
    """Return an answer with one pain that quotes turn 1."""
    nothing = ("attribute", "value", "low", "high", "unit", "currency")
    body: Mapping[str, Any] = {
        "quotes": [{"turn": 1, "text": quote}],
        "kind": "pain",
        "category": "problem",
        "statement": "Exports are slow.",
        "explicit": True,
        "intensity": 2,
        "signals": [],
        **dict.fromkeys(nothing),
    }
    return json.dumps({"insights": [body]})


def reader(
    model: ChatModel | None,
    readings: Readings,
    *,
    analyst: Analyst | None = None,
    basis: Mapping[str, Any] | None = None,
    replies: ReplyStore | None = None,
) -> Reader:
    return Reader(
        analyst or LlmAnalyst("model-1", Brief(product="Larder")),
        desk=Desk(replies or MemoryStore(), model),
        store=readings,
        basis=basis or {},
    )


def windows(transcript: Transcript = TALK) -> tuple[Window, ...]:
    return chunk(transcript, counter(None)).windows


def read(one: Reader, transcript: Transcript = TALK) -> Reading:
    (reading,) = one.read([(transcript, windows(transcript))], lambda _: None).values()
    return reading


def test_what_is_quoted_is_a_slice_of_the_transcript() -> None:
    reading = read(
        reader(ScriptedChat([insight("exports take two hours")]), Readings())
    )
    assert reading.outcome == "done"
    (found,) = reading.insights
    (quote,) = found.quotes
    assert TALK.text[quote.start : quote.end] == quote.text == "exports take two hours"
    assert found.participant == "Ann"


def test_an_altered_quote_is_quarantined_with_its_reason() -> None:
    model = ScriptedChat([insight("exports take three hours each Friday")])
    reading = read(reader(model, Readings()))
    assert reading.insights == ()
    assert [one.reason for one in reading.quarantined] == ["altered_number"]


def test_a_window_that_is_read_is_not_read_again() -> None:
    readings, model = Readings(), ScriptedChat([insight("exports take two hours")])
    first = read(reader(model, readings))
    assert read(reader(None, readings)) == first
    assert len(model.history) == 1


def test_every_reading_is_told_kept_or_new() -> None:
    readings = Readings()
    for model in (ScriptedChat([insight("two hours each Friday")]), None):
        told: list[Reading] = []
        reader(model, readings).read([(TALK, windows())], told.append)
        assert [one.outcome for one in told] == ["done"]


def test_without_a_model_a_window_is_pending_and_nothing_is_kept() -> None:
    readings = Readings()
    assert read(reader(None, readings)).outcome == "pending"
    assert readings.kept == {}


def test_a_call_that_fails_gives_a_reason_and_is_asked_again_next_time() -> None:
    readings = Readings()
    down = EndpointUnavailable("It is down.", outcome="connection")
    reading = read(reader(ScriptedChat([down]), readings))
    assert reading.outcome == "failed"
    assert reading.reason is not None
    assert "It is down." in reading.reason
    again = ScriptedChat([insight("exports take two hours")])
    assert read(reader(again, readings)).outcome == "done"


def test_other_roles_other_prompts_or_another_brief_are_read_anew() -> None:
    one = reader(None, Readings())
    other = reader(None, Readings(), basis={"product": "Pantry"})
    embedded = reader(None, Readings(), analyst=EmbeddedAnalyst())
    turned: list[Said] = [("Kim", "participant", SAID[0][2]), SAID[1]]
    prints = {
        one.fingerprint(TALK),
        one.fingerprint(make_transcript(turned)),
        other.fingerprint(TALK),
        embedded.fingerprint(TALK),
    }
    assert len(prints) == 4
    assert one.fingerprint(TALK) == reader(None, Readings()).fingerprint(TALK)


def test_the_embedded_analyst_reads_at_once() -> None:
    reading = read(reader(None, Readings(), analyst=EmbeddedAnalyst()))
    assert reading.outcome == "done"
    for found in reading.insights:
        assert all(TALK.text[q.start : q.end] == q.text for q in found.quotes)


def test_an_interviewers_words_are_no_evidence() -> None:
    model = ScriptedChat([insight("What is hard")])
    reading = read(reader(model, Readings()))
    assert reading.insights == ()
    assert [one.reason for one in reading.quarantined] == ["interviewer"]
