"""Where requests are answered: from what is kept, from a model, or not yet."""

from __future__ import annotations

import json
from typing import Any

import pytest

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.protocol import Asked
from icp_synth.domain.chat import ChatReply
from icp_synth.errors import (
    AnswerUnusable,
    EndpointUnavailable,
    QuotaExhausted,
)
from icp_synth.llm.protocol import ChatRequest, Message
from icp_synth.llm.repair import parse_answer
from icp_synth.llm.replies import Outcome
from icp_synth.llm.scripted import ScriptedChat
from tests.llm.helpers import GOOD, MemoryStore, request


def asked(text: str = "one", **changes: Any) -> Asked[str]:
    """Return a request whose answer is read as its text."""
    first = request(text, **changes)

    def again(reply: ChatReply, fault: str) -> ChatRequest:
        said = Message(role="user", content=f"{reply.text} {fault}")
        return first.model_copy(update={"messages": (*first.messages, said)})

    def read(reply: ChatReply) -> str:
        parse_answer(reply.text, first.response_schema)
        return reply.text

    return Asked(request=first, read=read, again=again)


def test_answers_come_in_the_order_of_the_requests() -> None:
    desk = Desk(MemoryStore(), ScriptedChat(_about), in_flight=2)
    settled = desk.settle([asked("b"), asked("a"), asked("c")])
    assert [json.loads(str(one.value))["pains"][0]["quote"] for one in settled] == [
        *("b", "a", "c")
    ]


def _about(one: ChatRequest) -> str:
    return json.dumps({"pains": [{"turn": 1, "quote": one.messages[-1].content}]})


def test_what_is_kept_is_not_asked_again() -> None:
    store, model = MemoryStore(), ScriptedChat([GOOD])
    Desk(store, model).settle([asked()])
    (settled,) = Desk(store, None).settle([asked()])
    assert (settled.outcome, settled.value) == ("done", GOOD)


def test_without_a_model_requests_are_pending_and_remembered() -> None:
    desk = Desk(MemoryStore())
    assert [one.outcome for one in desk.settle([asked("a"), asked("b")])] == [
        *("pending", "pending")
    ]
    assert [one.messages[-1].content for one in desk.pending] == ["a", "b"]
    desk.check()


def test_an_answer_that_does_not_fit_is_asked_once_more_with_what_was_wrong() -> None:
    store, model = MemoryStore(), ScriptedChat(['{"pains": 1}', GOOD])
    (settled,) = Desk(store, model).settle([asked()])
    assert (settled.outcome, settled.value) == ("done", GOOD)
    assert len(model.history) == 2
    assert '{"pains": 1}' in model.history[1].messages[-1].content


def test_the_second_answer_is_kept_under_what_was_asked_first() -> None:
    store, model = MemoryStore(), ScriptedChat(['{"pains": 1}', GOOD])
    Desk(store, model).settle([asked()])
    (settled,) = Desk(store, None).settle([asked()])
    assert settled.value == GOOD


def test_a_second_misfit_fails_and_says_why() -> None:
    model = ScriptedChat(['{"pains": 1}', '{"pains": 2}'])
    desk = Desk(MemoryStore(), model)
    (settled,) = desk.settle([asked(about=("anna.txt",))])
    assert settled.outcome == "failed"
    assert str(settled.reason).startswith("invalid: ")
    assert [(one.about, one.reason) for one in desk.failures] == [
        (("anna.txt",), settled.reason)
    ]


def test_a_reply_that_its_reader_refuses_fails() -> None:
    def refuse(_: ChatReply) -> str:
        msg = "not what was asked"
        raise AnswerUnusable(msg, outcome="invalid")

    one = asked()
    picky = Asked(request=one.request, read=refuse, again=one.again)
    (settled,) = Desk(MemoryStore(), ScriptedChat([GOOD])).settle([picky])
    assert settled.reason == "invalid: not what was asked"


def test_one_failure_leaves_the_others_done() -> None:
    down = EndpointUnavailable("It is down.", outcome="connection")
    desk = Desk(MemoryStore(), ScriptedChat([GOOD, down, GOOD]), in_flight=1)
    settled = desk.settle([asked("a"), asked("b"), asked("c")])
    assert [one.outcome for one in settled] == ["done", "failed", "done"]


def test_what_stops_asking_leaves_the_rest_pending_and_is_raised_by_check() -> None:
    stop = QuotaExhausted("Used up.")
    model = ScriptedChat([GOOD, stop, GOOD])
    desk = Desk(MemoryStore(), model, in_flight=1)
    settled = desk.settle([asked("a"), asked("b"), asked("c")])
    assert [one.outcome for one in settled] == ["done", "pending", "pending"]
    assert desk.settle([asked("d")])[0].outcome == "pending"
    assert len(model.history) == 2
    with pytest.raises(QuotaExhausted):
        desk.check()


def test_progress_counts_from_what_was_done_before() -> None:
    told: list[tuple[str, int, int]] = []
    logged: list[Outcome] = []
    desk = Desk(
        MemoryStore(),
        ScriptedChat(['{"pains": 1}', GOOD, GOOD]),
        in_flight=1,
        on_outcome=lambda _, outcome: logged.append(outcome),
        on_progress=lambda *words: told.append(words),
    )
    desk.settle([asked("a", step="s"), asked("b", step="s")], before=3)
    assert told[:2] == [("s", 4, 5), ("s", 5, 5)]
    assert told[-1] == ("s", 5, 5)
    assert len(logged) == 3


def test_nothing_asked_is_nothing_done() -> None:
    assert Desk(MemoryStore()).settle([]) == []
