"""What people had just been asked: before the first quote, and before any other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from icp_synth.domain.brief import Brief
from icp_synth.domain.insights import Quote
from icp_synth.pipeline.asked import about_of
from icp_synth.pipeline.work import Work
from tests.factories import make_transcript
from tests.synthesis_factory import make_insight

TALK = make_transcript(
    [
        ("Q", "interviewer", "Did it tell you?"),
        ("Ann", "participant", "It lied to me."),
        ("Q", "interviewer", "What would bring you back?"),
        ("Ann", "participant", "The hook must not lie."),
        ("Ann", "participant", "And it is red."),
    ]
)


def quote(turn: int) -> Quote:
    span = TALK.turns[turn].span
    return Quote(start=span.start, end=span.end, text=span.of(TALK.text), turn=turn)


def test_the_question_before_any_quote_is_known_beside_that_of_the_first() -> None:
    told = make_insight("Ann", transcript=TALK.id)
    twice = told.model_copy(update={"quotes": (quote(1), quote(3), quote(4))})
    once = told.model_copy(update={"id": "once", "quotes": (quote(1), quote(1))})
    work = SimpleNamespace(
        transcripts=(TALK,),
        insights=(twice, once),
        study=SimpleNamespace(brief=Brief(product="Jobwren")),
    )
    about = about_of(cast(Work, work))
    assert about.question(twice) == "Did it tell you?"
    assert about.questions(twice) == (
        "Did it tell you?",
        "What would bring you back?",
    )
    assert about.answers[twice.id] == "It lied to me."
    assert about.questions(once) == ("Did it tell you?",)
