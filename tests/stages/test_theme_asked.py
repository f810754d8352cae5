"""Who was asked: where a question brought a theme up, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from icp_synth.domain.insights import Insight, Quote
from icp_synth.domain.transcripts import Transcript
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.stages.themes import (
    ThemeGroup,
    WasAsked,
    asked as module,
    asked_about,
    likeness_for,
    questions_of,
)
from tests.factories import make_transcript
from tests.synthesis_factory import make_insight

LOST = "What do you lose when a part is out of stock?"
PRICE = "What did you pay for it in the first year?"
EMBED = EmbeddedEmbedder()


def interview(person: str, *said: tuple[str, str]) -> Transcript:
    """Return an interview of questions and answers."""
    turns = [
        turn
        for question, answer in said
        for turn in (
            ("Q", "interviewer", question),
            (person, "participant", answer),
        )
    ]
    return make_transcript(turns, id=person)  # type: ignore[arg-type]  # literals


def theme(*answers: tuple[str, int]) -> ThemeGroup:
    """Return a theme of who said it in which turn."""
    said: list[Insight] = [
        make_insight(
            person,
            f"{person} {turn}",
            quotes=(Quote(start=0, end=4, text="word", turn=turn),),
        )
        for person, turn in answers
    ]
    people = tuple(sorted({person for person, _ in answers}))
    return ThemeGroup(kind="pain", insights=tuple(said), participants=people)


ELSEWHERE = [
    interview(
        f"Z{i}", ("How many vans do you own?", "Two."), ("Where is home?", "Here.")
    )
    for i in range(20)
]
"""What is asked beside, so that a theme can belong to one question more than others."""


def found_by(
    themes: Sequence[ThemeGroup], transcripts: Sequence[Transcript]
) -> tuple[WasAsked | None, ...]:
    questions = questions_of([*transcripts, *ELSEWHERE])
    return asked_about(themes, questions, EMBED.embed, likeness_for(EMBED.name))


def asked(
    themes: Sequence[ThemeGroup], transcripts: Sequence[Transcript]
) -> tuple[tuple[str, ...] | None, ...]:
    return tuple(
        None if one is None else one.people for one in found_by(themes, transcripts)
    )


def test_the_question_is_told_as_it_was_put() -> None:
    transcripts = [interview(name, (LOST, "A day.")) for name in ("Ann", "Bob")]
    (found,) = found_by([theme(("Ann", 1), ("Bob", 1))], transcripts)
    assert found == WasAsked(people=("Ann", "Bob"), question=LOST)


def test_a_question_that_everybody_answers_about_everything_raises_no_theme() -> None:
    opening = "Can you tell me about your work and the tools that you use?"
    names = [f"P{i:02}" for i in range(30)]
    transcripts = [
        interview(name, (opening, "All sorts."), (PRICE, "Ten.")) for name in names
    ]
    # Four say it to the opening, three to what came next: it belongs to neither.
    said = [(name, 1) for name in names[:4]] + [(name, 3) for name in names[4:7]]
    assert asked([theme(*said)], transcripts) == (None,)


def test_who_was_asked_the_question_that_brought_it_up_was_asked() -> None:
    transcripts = [
        interview("Ann", (LOST, "A day.")),
        interview("Bob", (f"I see, so that is how. {LOST}", "Two days.")),
        interview("Eve", (LOST, "Nothing."), (PRICE, "Ten.")),
        interview("Dan", (PRICE, "Twenty, and a day for each part.")),
    ]
    (found,) = asked([theme(("Ann", 1), ("Bob", 1), ("Dan", 1))], transcripts)
    assert found == ("Ann", "Bob", "Eve")


@pytest.mark.parametrize("block", [1, 2, 3])
def test_like_questions_are_found_among_more_than_fit_in_one_go(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "And what do you lose when the part is out of stock?"
    transcripts = [
        interview("Ann", (LOST, "A day."), ("How many vans do you own?", "Two.")),
        interview("Bob", (LOST, "Two."), ("Where were you born, and when?", "Here.")),
        interview("Eve", (PRICE, "Ten."), (other, "Nothing.")),
        interview("Dan", (PRICE, "Twenty.")),
    ]
    themes = [theme(("Ann", 1), ("Bob", 1)), theme(("Eve", 1), ("Dan", 1))]
    monkeypatch.setattr(module, "_BLOCK", block)
    assert asked(themes, transcripts) == (("Ann", "Bob", "Eve"), ("Dan", "Eve"))


def test_a_question_in_other_words_is_the_same_question() -> None:
    other = "And what do you lose when the part is out of stock?"
    transcripts = [
        interview("Ann", (LOST, "A day.")),
        interview("Bob", (other, "Two.")),
        interview("Eve", (other, "None.")),
    ]
    assert asked([theme(("Ann", 1), ("Bob", 1))], transcripts) == (
        ("Ann", "Bob", "Eve"),
    )


def test_a_question_that_brought_it_up_with_one_person_says_nothing() -> None:
    transcripts = [
        interview("Ann", (LOST, "A day.")),
        interview("Bob", (PRICE, "Ten, and a day.")),
        interview("Eve", (LOST, "None.")),
    ]
    assert asked([theme(("Ann", 1), ("Bob", 1))], transcripts) == (None,)


def test_a_question_that_brought_it_up_with_too_few_of_many_says_nothing() -> None:
    names = [f"P{i}" for i in range(9)]
    transcripts = [
        interview(name, (LOST if i < 2 else "How did you come to this work?", "So."))
        for i, name in enumerate(names)
    ]
    volunteered = [
        one.model_copy(update={"turns": one.turns[1:]}) if i >= 2 else one
        for i, one in enumerate(transcripts)
    ]
    assert asked([theme(*((name, 1) for name in names))], volunteered) == (None,)


def test_without_an_interviewer_nobody_knows_who_was_asked() -> None:
    alone = make_transcript([("Ann", "participant", "It takes a day. Why?")], id="Ann")
    assert questions_of([alone]) == ()
    assert asked([theme(("Ann", 0))], [alone]) == (None,)


@pytest.mark.parametrize("said", ["I see.", "Why?", "And then?", ""])
def test_what_asks_nothing_by_itself_is_no_question(said: str) -> None:
    assert questions_of([interview("Ann", (said, "Well."))]) == ()


def test_a_chinese_question_is_one() -> None:
    (one,) = questions_of([interview("林", ("您好。缺料的時候會損失什麼？", "一天。"))])
    assert one.text == "缺料的時候會損失什麼？"
    assert (one.participant, one.turn) == ("林", 1)


def test_a_point_within_a_number_ends_no_question() -> None:
    put = "Do you use version 2.0 of the app at work?"
    (one,) = questions_of([interview("Ann", (f"Fine. {put} I mean", "Yes."))])
    assert one.text == put


def test_a_question_is_put_to_all_who_answer_before_the_next_one() -> None:
    group = make_transcript(
        [
            ("Q", "interviewer", LOST),
            ("Ann", "participant", "A day."),
            ("Bob", "participant", "Two."),
            ("Q", "interviewer", PRICE),
            ("Ann", "participant", "Ten."),
        ]
    )
    assert [(one.participant, one.text) for one in questions_of([group])] == [
        ("Ann", LOST),
        ("Bob", LOST),
        ("Ann", PRICE),
    ]


def test_withheld_turns_ask_nothing() -> None:
    open_one = interview("Ann", (LOST, "A day."))
    hidden = open_one.turns[0].model_copy(update={"withheld": True})
    closed = open_one.model_copy(update={"turns": (hidden, *open_one.turns[1:])})
    assert questions_of([closed]) == ()
