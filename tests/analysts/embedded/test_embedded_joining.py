"""One insight for what is said in one go, however many sentences it takes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from icp_synth.analysts.embedded.drafting import Drafting, Item
from icp_synth.analysts.embedded.lexicon import named
from icp_synth.analysts.embedded.sentences import (
    RUN_ON_WORDS,
    Piece,
    length,
    sentences,
    statements,
)
from icp_synth.analysts.embedded.trim import MOST_CHARACTERS, MOST_WORDS, quoted
from icp_synth.domain.fields import Kind
from icp_synth.domain.passages import RenderedTurn

TEXT = "The import breaks. Then we type it all again. We like the colours."
TURN = RenderedTurn(
    number=1, speaks="participant", participant="p", use="body", text=TEXT, start=0
)
PLACES = sentences(TEXT)


def item(at: int, kind: Kind = "pain", *, chance: float = 0.6) -> Item:
    category = "problem" if kind == "pain" else "like"
    sure = chance > 0.8
    return Item(at, (PLACES[at],), kind, category, None, chance, sure)


def quotes(*items: Item) -> list[list[str]]:
    drafting = Drafting()
    for one in items:
        drafting.add(TURN, one)
    return [[quote.text for quote in draft.quotes] for draft in drafting.drafts]


def test_two_sentences_in_a_row_of_one_kind_are_one_insight() -> None:
    assert quotes(item(0), item(1)) == [
        ["The import breaks.", "Then we type it all again."]
    ]


def test_the_surer_sentence_leads() -> None:
    (joined,) = quotes(item(0), item(1, chance=0.9))
    assert joined == ["Then we type it all again.", "The import breaks."]


@pytest.mark.parametrize(
    "items",
    [
        (item(0, chance=0.9), item(1, chance=0.9)),
        (item(0), item(2)),
        (item(0), item(1, "motivation")),
    ],
    ids=["both sure", "one between them", "two kinds"],
)
def test_other_sentences_stand_for_themselves(items: tuple[Item, Item]) -> None:
    assert [len(found) for found in quotes(*items)] == [1, 1]


def test_a_third_sentence_starts_anew() -> None:
    assert [len(found) for found in quotes(item(0), item(1), item(2))] == [2, 1]


def test_a_sentence_is_judged_whole_unless_it_runs_on() -> None:
    turning = "The reports are nice to read, but the import breaks every other week."
    assert len(statements(turning)) == 1
    endless = " and then we do it all again".join(["we open the list"] * 20)
    found = statements(endless)
    assert len(found) > 1
    assert all(length(piece.of(endless)) <= 2 * RUN_ON_WORDS for piece in found)


@pytest.mark.parametrize(
    ("clause", "times", "most"),
    [
        ("we type the order into the sheet, ", 12, MOST_WORDS),
        ("我們每天都要把訂單再輸入一次，", 12, MOST_CHARACTERS),
    ],
)
def test_a_long_sentence_is_quoted_in_runs_of_clauses(
    clause: str, times: int, most: int
) -> None:
    text = clause * times
    parts = quoted(text, Piece(0, len(text)))
    assert len(parts) > 1
    assert all(length(part.of(text)) <= most for part in parts)
    ends = sorted(parts)
    assert all(one.end <= two.start for one, two in pairwise(ends))


def test_a_group_behind_a_negation_is_marked() -> None:
    assert "worried" in named("i am afraid of it", "en")
    assert "!worried" in named("i am not afraid of it", "en")
    assert "worried" in named("我很擔心", "zh")
    assert "!worried" in named("我不擔心", "zh")
