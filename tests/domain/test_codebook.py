"""Own categories and examples are checked before a model is shown them."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.brief import Brief
from icp_synth.domain.codebook import (
    Codebook,
    Example,
    ExampleInsight,
    ExampleTurn,
    OwnCategory,
)

TEXT = "Interviewer: How do you count?\n\nAnna: By hand.\nIt ate my Sunday."
AUDIT = OwnCategory(category="audit", kind="pain", description="auditors")


def marked(**more: Any) -> ExampleInsight:
    plain = {"kind": "pain", "category": "problem", "quote": "It ate my Sunday."}
    return ExampleInsight.model_validate({**plain, **more})


def problems(*insights: ExampleInsight, text: str = TEXT) -> list[str]:
    example = Example(text=text, insights=insights)
    return Codebook(extra=(AUDIT,), examples=(example,)).problems()


def said(text: str) -> list[tuple[int | None, str]]:
    turns = Example(text=text, insights=()).turns()
    return [(turn.participant, turn.text) for turn in turns]


def test_labels_say_who_speaks_and_further_lines_belong_to_the_turn() -> None:
    assert said(TEXT) == [
        (None, "How do you count?"),
        (1, "By hand.\nIt ate my Sunday."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I: So?\nP1: Fine.\nP2: Not fine.",
        "[3 I] So?\n[4 P1] Fine.\n[5 P2] Not fine.",
        "訪談者：So?\n阿明：Fine.\n小華：Not fine.",
        "Q: So?\nAnn Lee: Fine.\nBob: Not fine.",
    ],
)
def test_turns_may_be_marked_in_several_ways(text: str) -> None:
    assert said(text) == [(None, "So?"), (1, "Fine."), (2, "Not fine.")]


def test_words_without_a_label_are_one_participants() -> None:
    assert Example(text=" It broke. ", insights=()).turns() == (
        ExampleTurn(participant=1, text="It broke."),
    )


def test_a_long_beginning_with_a_colon_is_no_label() -> None:
    assert said("P: First.\nWhat I always tell them: never again.") == [
        (1, "First.\nWhat I always tell them: never again.")
    ]


def test_a_sound_example_has_no_problems() -> None:
    assert problems(marked(), marked(category="audit", quote="By hand.")) == []


@pytest.mark.parametrize(
    ("insight", "words"),
    [
        (marked(quote="It ate my Sundays."), "stands in no turn"),
        (marked(quote="By hand. It ate"), "stands in no turn"),
        (marked(quote="How do you count?"), "is the interviewer's"),
        (marked(quote=" "), "the quote is empty"),
        (marked(category="goal"), "no category 'goal' of pain"),
        (marked(kind="trait", category="audit"), "no category 'audit' of trait"),
    ],
)
def test_an_example_that_cannot_be_grounded_is_named(
    insight: ExampleInsight, words: str
) -> None:
    (problem,) = problems(marked(), insight)
    assert problem.startswith("codebook.examples[0].insights[1]: ")
    assert words in problem


def test_an_example_without_a_text_is_named() -> None:
    assert problems(text=" ") == ["codebook.examples[0]: it has no text"]


@pytest.mark.parametrize(
    ("category", "words"),
    [("role", "is there already"), ("two words", "not one word"), ("", "not one word")],
)
def test_an_own_category_is_one_new_word(category: str, words: str) -> None:
    own = OwnCategory(category=category, kind="trait")
    (problem,) = Codebook(extra=(own,)).problems()
    assert words in problem


def test_an_own_category_given_twice_is_refused() -> None:
    assert len(Codebook(extra=(AUDIT, AUDIT)).problems()) == 1


def test_a_brief_holds_a_codebook_and_gives_it_back() -> None:
    book = Codebook(extra=(AUDIT,), examples=(Example(text=TEXT, insights=()),))
    brief = Brief(product="Larder").with_codebook(book)
    assert (brief.product, brief.codebook()) == ("Larder", book)
    assert brief.own_categories() == (("pain", "audit"),)
