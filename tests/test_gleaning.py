"""A second pass asks what was missed; nothing is paid for twice."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.domain.brief import Brief
from icp_synth.domain.chat import ChatReply
from icp_synth.domain.insights import Insight, Quote
from icp_synth.errors import EndpointUnavailable
from icp_synth.llm.scripted import ScriptedChat
from icp_synth.llm.tokens import estimate_v1
from icp_synth.project.ledger import Reading
from icp_synth.prompting import load_prompt
from icp_synth.reading import Reader
from icp_synth.stages.chunk import chunk
from icp_synth.stages.pool import with_gleanings
from tests.answers_factory import answer, item
from tests.factories import Said, make_transcript
from tests.llm.helpers import MemoryStore

SAID: list[Said] = [
    ("Kim", "interviewer", "What is hard?"),
    ("Ann", "participant", "The exports take two hours. The printer jams each day."),
]
TALK = make_transcript(SAID)
WINDOWS = chunk(TALK, estimate_v1).windows

EXPORTS = item("The exports take two hours")
PRINTER = item("The printer jams each day")


class Readings(dict[str, Reading]):
    """A store of readings by window."""

    def put_many(self, readings: Any) -> None:
        self.update({one.window: one for one in readings})

    def of(self, windows: Any, fingerprint: str) -> dict[str, Reading]:
        return {
            one: self[one]
            for one in windows
            if one in self and self[one].fingerprint == fingerprint
        }


def reader(
    model: ScriptedChat | None,
    store: MemoryStore,
    readings: Readings | None = None,
    *,
    gleaning: int = 1,
) -> tuple[Reader, Desk]:
    desk = Desk(store, model, in_flight=1)
    analyst = LlmAnalyst("m", Brief(), gleaning=gleaning)
    kept = readings if readings is not None else Readings()
    return Reader(analyst, desk=desk, store=kept, basis={}), desk


def read(one: Reader) -> Reading:
    (reading,) = one.read([(TALK, WINDOWS)], lambda _: None).values()
    return reading


def test_without_gleaning_each_window_is_asked_once() -> None:
    model = ScriptedChat([answer(EXPORTS)])
    assert len(read(reader(model, MemoryStore(), gleaning=0)[0]).insights) == 1
    assert len(model.history) == 1


def test_what_was_missed_is_added_in_place_and_counted() -> None:
    model = ScriptedChat([answer(PRINTER), answer(EXPORTS)])
    reading = read(reader(model, MemoryStore())[0])
    assert [one.quotes[0].text for one in reading.insights] == [
        "The exports take two hours",
        "The printer jams each day",
    ]
    assert (reading.counts["gleaned"], reading.counts["quotes"]) == (1, 2)


def test_the_second_request_goes_on_with_the_first() -> None:
    model = ScriptedChat([answer(EXPORTS), answer()])
    read(reader(model, MemoryStore())[0])
    first, second = model.history
    assert second.messages[:2] == first.messages
    assert [one.role for one in second.messages[2:]] == ["assistant", "user"]
    assert second.messages[2].content == answer(EXPORTS)
    assert second.messages[3].content == load_prompt("glean").user
    assert second.response_schema == first.response_schema
    assert (first.step, second.step) == ("extract", "glean")
    assert second.prompt.startswith("glean@1#")


def test_an_insight_of_the_same_kind_on_the_same_quote_is_a_duplicate() -> None:
    again = {**EXPORTS, "statement": "It is slow.", "category": "dislike"}
    model = ScriptedChat([answer(EXPORTS), answer(again, PRINTER, PRINTER)])
    reading = read(reader(model, MemoryStore())[0])
    assert len(reading.insights) == 2
    assert reading.counts["gleaned"] == 1
    assert reading.counts["gleaned_duplicates"] == 1
    assert reading.counts["duplicate_insights"] == 1


def test_another_kind_on_the_same_quote_is_none() -> None:
    other = {**EXPORTS, "kind": "motivation", "category": "goal"}
    model = ScriptedChat([answer(EXPORTS), answer(other)])
    reading = read(reader(model, MemoryStore())[0])
    assert reading.counts["gleaned"] == 1
    assert "gleaned_duplicates" not in reading.counts


def test_what_the_second_pass_invents_is_quarantined() -> None:
    model = ScriptedChat(
        [answer(EXPORTS), answer(item("The printer often jams each day"))]
    )
    reading = read(reader(model, MemoryStore())[0])
    assert [one.reason for one in reading.quarantined] == ["altered_words"]
    assert "gleaned" not in reading.counts


def test_gleaning_is_part_of_what_a_reading_is_kept_under() -> None:
    plain, _ = reader(None, MemoryStore(), gleaning=0)
    gleaning, _ = reader(None, MemoryStore())
    assert plain.fingerprint(TALK) != gleaning.fingerprint(TALK)


def test_turning_it_on_later_asks_only_the_second_question() -> None:
    store, readings = MemoryStore(), Readings()
    read(reader(ScriptedChat([answer(EXPORTS)]), store, readings, gleaning=0)[0])
    model = ScriptedChat([answer(PRINTER)])
    assert len(read(reader(model, store, readings)[0]).insights) == 2
    assert [one.step for one in model.history] == ["glean"]


def test_a_window_waits_for_its_second_answer_which_is_asked_for_by_itself() -> None:
    store, readings = MemoryStore(), Readings()
    one, desk = reader(None, store, readings)
    assert read(one).outcome == "pending"
    (first,) = desk.pending
    store.put_reply(first, ChatReply(text=answer(EXPORTS)))
    one, desk = reader(None, store, readings)
    assert read(one).outcome == "pending"
    (second,) = desk.pending
    assert (first.step, second.step) == ("extract", "glean")
    assert readings == {}
    store.put_reply(second, ChatReply(text=answer(PRINTER)))
    one, desk = reader(None, store, readings)
    assert len(read(one).insights) == 2
    assert desk.pending == []


def test_where_the_second_pass_fails_the_first_stands_and_it_is_asked_again() -> None:
    store, readings = MemoryStore(), Readings()
    down = EndpointUnavailable("It is down.", outcome="connection")
    one, desk = reader(ScriptedChat([answer(EXPORTS), down]), store, readings)
    reading = read(one)
    assert (reading.outcome, len(reading.insights)) == ("done", 1)
    assert reading.counts["glean_failed"] == 1
    assert str(reading.reason).startswith("gleaning: connection: ")
    assert [one.step for one in desk.failures] == ["glean"]
    model = ScriptedChat([answer(PRINTER)])
    again = read(reader(model, store, readings)[0])
    assert (len(again.insights), again.reason) == (2, None)
    assert [one.step for one in model.history] == ["glean"]


def test_a_kept_reading_is_not_gleaned_again() -> None:
    store, readings = MemoryStore(), Readings()
    model = ScriptedChat([answer(EXPORTS), answer(PRINTER)])
    first = read(reader(model, store, readings)[0])
    assert read(reader(None, MemoryStore(), readings)[0]) == first


@pytest.mark.parametrize("quotes", [[(0, 3), (5, 9)], [(5, 9), (0, 3)]])
def test_the_order_of_quotes_makes_no_new_insight(quotes: list[Any]) -> None:
    def insight(places: list[Any]) -> Insight:
        return Insight(
            id=str(places),
            participant="Ann",
            transcript="t",
            kind="pain",
            category="problem",
            statement="It hurts.",
            statement_origin="written",
            quotes=tuple(
                Quote(start=a, end=b, text="x" * (b - a), turn=0) for a, b in places
            ),
        )

    def reading(*insights: Insight) -> Reading:
        return Reading(
            transcript="t",
            window="w",
            fingerprint="f",
            outcome="done",
            insights=insights,
        )

    both = with_gleanings(reading(insight([(0, 3), (5, 9)])), reading(insight(quotes)))
    assert len(both.insights) == 1
    assert both.counts == {"gleaned_duplicates": 1}
