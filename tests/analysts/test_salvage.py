"""One item that does not fit costs itself, not the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from icp_synth.analysts.answered import can_be_salvaged, read_drafts
from icp_synth.analysts.answers import extraction_schema
from icp_synth.analysts.desk import Desk
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.domain.brief import Brief
from icp_synth.domain.chat import ChatReply, ChatRequest
from icp_synth.errors import AnswerUnusable, EndpointUnavailable
from icp_synth.llm.batch import import_lines
from icp_synth.llm.scripted import ScriptedChat
from icp_synth.llm.tokens import estimate_v1
from icp_synth.project.ledger import Reading
from icp_synth.reading import Reader
from icp_synth.stages.chunk import chunk
from icp_synth.stages.extract import render
from tests.answers_factory import answer, item
from tests.factories import make_transcript
from tests.llm.helpers import MemoryStore

SCHEMA = extraction_schema()
TALK = make_transcript(
    [
        ("Kim", "interviewer", "What is hard?"),
        ("Ann", "participant", "The exports take two hours. The printer jams."),
    ]
)
WINDOWS = chunk(TALK, estimate_v1).windows
GOOD = item("The exports take two hours")
BAD = item("The printer jams.", category="joy")


class Nowhere:
    """Keeps no reading."""

    def put_many(self, readings: Any) -> None:
        """Take nothing."""

    def of(self, windows: Any, fingerprint: str) -> dict[str, Reading]:
        del windows, fingerprint
        return {}


def request() -> ChatRequest:
    asked = LlmAnalyst("m", Brief()).extract(render(WINDOWS[0], TALK))
    return asked.request


def read(*lines: str | Exception, store: MemoryStore | None = None) -> Reading:
    desk = Desk(store or MemoryStore(), ScriptedChat(lines) if lines else None)
    one = Reader(LlmAnalyst("m", Brief()), desk=desk, store=Nowhere(), basis={})
    (reading,) = one.read([(TALK, WINDOWS)], lambda _: None).values()
    return reading


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (BAD, "insights[1].category: 'joy' is not one of"),
        ({k: v for k, v in GOOD.items() if k != "statement"}, "'statement' is a req"),
        (item("x", intensity="3"), "intensity"),
        (item("x", mood="glad"), "mood"),
        (item("x", quotes="x"), "quotes: 'x' is not of type 'array'"),
        ("x", "insights[1]: 'x' is not of type 'object'"),
        (None, "insights[1]: None is not of type 'object'"),
    ],
)
def test_an_item_that_does_not_fit_is_left_out_with_its_reason(
    bad: Any, reason: str
) -> None:
    drafts = read_drafts(ChatReply(text=answer(GOOD, bad, GOOD)), SCHEMA)
    assert len(drafts.drafts) == 2
    (invalid,) = drafts.invalid
    assert reason in invalid.reason


def test_what_it_says_is_kept_as_far_as_it_can_be_told() -> None:
    (invalid,) = read_drafts(ChatReply(text=answer(GOOD, BAD)), SCHEMA).invalid
    assert (invalid.statement, invalid.quote) == (
        "Something is hard.",
        "The printer jams.",
    )


@pytest.mark.parametrize("text", [answer(BAD), '{"insights": 1}', "[]", "no", "{}"])
def test_an_answer_without_one_good_item_is_unusable(text: str) -> None:
    with pytest.raises(AnswerUnusable):
        read_drafts(ChatReply(text=text), SCHEMA)


def test_it_is_asked_for_once_more_before_anything_is_left_out() -> None:
    reading = read(answer(GOOD, BAD), answer(GOOD, item("The printer jams.")))
    assert len(reading.insights) == 2
    assert (reading.quarantined, reading.reason) == ((), None)


def test_a_second_misfit_is_used_but_for_its_faults_and_counted() -> None:
    reading = read(answer(GOOD, BAD), answer(GOOD, BAD, BAD))
    assert (reading.outcome, len(reading.insights)) == ("done", 1)
    assert reading.counts["invalid_items"] == 2
    assert [one.reason for one in reading.quarantined] == ["invalid_item"] * 2
    assert reading.quarantined[0].quote == "The printer jams."
    assert str(reading.reason).startswith("invalid_items: insights[1].category")
    assert str(reading.reason).endswith("and 1 more")


@pytest.mark.parametrize(
    "second",
    ["not JSON", EndpointUnavailable("It is down.", outcome="connection")],
    ids=["rubbish", "down"],
)
def test_where_the_second_answer_is_worse_the_first_is_used(
    second: str | Exception,
) -> None:
    reading = read(answer(GOOD, BAD), second)
    assert (reading.outcome, reading.counts["invalid_items"]) == ("done", 1)


def test_what_was_salvaged_is_kept_and_read_alike_without_a_call() -> None:
    store = MemoryStore()
    first = read(answer(GOOD, BAD), answer(GOOD, BAD), store=store)
    assert read(store=store) == first


def test_an_answer_by_a_file_is_salvaged_too() -> None:
    asked, store = request(), MemoryStore()
    line = json.dumps({"custom_id": asked.key(), "content": answer(GOOD, BAD)})
    wanted = {asked.key(): asked}
    assert import_lines([line], wanted, store).counts()["failed"] == 1
    report = import_lines([line], wanted, store, usable=can_be_salvaged)
    assert report.counts()["accepted"] == 1
    assert read(store=store).counts["invalid_items"] == 1


def test_a_file_with_nothing_to_read_stays_failed() -> None:
    asked = request()
    line = json.dumps({"custom_id": asked.key(), "content": answer(BAD)})
    wanted = {asked.key(): asked}
    report = import_lines([line], wanted, MemoryStore(), usable=can_be_salvaged)
    assert [one.code for one in report.failed] == ["invalid"]


def test_names_and_wordings_are_not_salvaged() -> None:
    naming = request().model_copy(update={"step": "themes"})
    assert not can_be_salvaged(naming, ChatReply(text=answer(GOOD, BAD)))
