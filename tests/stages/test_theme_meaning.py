"""Quotes are alike by two words that carry matter or by a concept, not by one."""

from __future__ import annotations

import pytest

from icp_synth.stages.themes import group_themes, meanings_of
from tests.synthesis_factory import make_insight, unit


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("I can't even think of one", "Even the covers are dull", False),
        ("Usually I go there", "They usually come on Friday", False),
        ("the harbour crane fell", "a crane in the harbour", True),
        ("the harbour is cold", "a harbour with cranes", False),
        ("we lost all invoices", "發票都不見了", True),
        ("其實我覺得還好", "其實他們不太來", False),
    ],
)
def test_one_word_binds_nothing(first: str, second: str, *, alike: bool) -> None:
    # So many others that no concept is the study's own topic.
    others = [f"word{chr(97 + at)}" for at in range(60)]
    pairs = meanings_of([first, second, *others]).pairs([0, 1])
    assert bool(pairs[0, 1]) is alike


def test_a_shared_word_makes_no_theme_of_quotes() -> None:
    texts = ["even the harbour", "even the crane", "even the bridge"]
    insights = [
        make_insight(who, text, at=90 * at)
        for at, (who, text) in enumerate(zip("ABC", texts, strict=True))
    ]
    vectors = unit([[1.0, 0.0]] * 3)
    meanings = meanings_of([one.statement for one in insights])
    assert group_themes(insights, vectors, 0.9)
    assert group_themes(insights, vectors, 0.9, meanings=meanings) == ()
