"""Reading one transcript: window, ask, ground, record; what is done stays done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.embedded import EmbeddedAnalyst
from icp_synth.analysts.llm import LlmAnalyst
from icp_synth.analysts.protocol import Analyst
from icp_synth.domain.brief import Brief
from icp_synth.domain.passages import Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import AnswerUnusable, ContextTooLong, EndpointUnavailable
from icp_synth.llm.protocol import ChatModel, ChatRequest, ReplyStore
from icp_synth.llm.scripted import ScriptedChat
from icp_synth.llm.tokens import counter
from icp_synth.project.ledger import Reading
from icp_synth.reading import Reader
from icp_synth.stages.chunk import Budgets, chunk
from tests.answers_factory import answer, item
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
    return answer(item(quote, statement="Exports are slow."))


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


LONG = [
    turn
    for at in range(8)
    for turn in (
        ("Kim", "interviewer", f"What about {at}?"),
        ("Ann", "participant", f"Machine {at} broke. " + "I had to wait again. " * 12),
    )
]
LONG_TALK = make_transcript(LONG)  # type: ignore[arg-type]
TOO_LONG = ContextTooLong("It does not fit.", outcome="context_length")


def small(
    most: int, fault: Exception = TOO_LONG
) -> Callable[[ChatRequest], str | Exception]:
    """Return the script of a model that takes so many answers at once."""

    def reply(request: ChatRequest) -> str | Exception:
        said = request.messages[1].content
        machines = [at for at in range(8) if f"Machine {at} broke" in said]
        if len(machines) > most:
            return fault
        quotes = [item(f"Machine {at} broke", turn=2 * at + 1) for at in machines]
        return answer(*quotes)

    return reply


def small_model(most: int, fault: Exception = TOO_LONG) -> ScriptedChat:
    return ScriptedChat(small(most, fault))


def test_a_window_too_long_for_the_model_is_read_in_parts() -> None:
    readings = Readings()
    model = small_model(4)
    reading = read(reader(model, readings), LONG_TALK)
    (window,) = windows(LONG_TALK)
    assert (reading.outcome, reading.window) == ("done", window.id)
    assert [one.quotes[0].text for one in reading.insights] == [
        f"Machine {at} broke" for at in range(8)
    ]
    assert reading.counts["split"] == 2
    assert len(model.history) == 3
    assert read(reader(None, readings), LONG_TALK) == reading


def test_parts_that_are_still_too_long_are_cut_once_more_and_no_further() -> None:
    reading = read(reader(small_model(2), Readings()), LONG_TALK)
    assert (len(reading.insights), reading.counts["split"]) == (8, 4)
    model = small_model(1)
    desk = Desk(MemoryStore(), model)
    one = Reader(LlmAnalyst("m", Brief()), desk=desk, store=Readings(), basis={})
    failed = read(one, LONG_TALK)
    assert failed.outcome == "failed"
    assert str(failed.reason).startswith("context_length: ")
    assert len(model.history) == 7
    assert [one.step for one in desk.failures] == ["extract"] * 4


def test_an_answer_that_is_cut_off_is_asked_for_in_parts() -> None:
    cut = AnswerUnusable("Cut off.", outcome="truncated")
    reading = read(reader(small_model(4, cut), Readings()), LONG_TALK)
    assert (len(reading.insights), reading.counts["split"]) == (8, 2)


def test_a_split_that_worked_is_no_failure() -> None:
    desk = Desk(MemoryStore(), small_model(4))
    read(
        Reader(LlmAnalyst("m", Brief()), desk=desk, store=Readings(), basis={}),
        LONG_TALK,
    )
    assert desk.failures == []


def test_answers_of_parts_are_not_paid_for_twice() -> None:
    replies = MemoryStore()
    down = EndpointUnavailable("It is down.", outcome="connection")
    half = small(4)

    def once(request: ChatRequest) -> str | Exception:
        late = "Machine 7" in request.messages[1].content
        whole = "Machine 0" in request.messages[1].content
        return down if late and not whole else half(request)

    readings = Readings()
    first = read(reader(ScriptedChat(once), readings, replies=replies), LONG_TALK)
    assert (first.outcome, readings.kept) == ("failed", {})
    model = small_model(4)
    assert read(reader(model, readings, replies=replies), LONG_TALK).outcome == "done"
    assert len(model.history) == 2


def test_a_smaller_window_makes_more_requests_with_the_same_words() -> None:
    for budget in (150, 300):
        cut = chunk(LONG_TALK, counter(None), Budgets(window=budget)).windows
        model = small_model(8)
        found = reader(model, Readings()).read([(LONG_TALK, cut)], lambda _: None)
        assert len(model.history) == len(cut) > 1
        assert sum(len(one.insights) for one in found.values()) == 8
