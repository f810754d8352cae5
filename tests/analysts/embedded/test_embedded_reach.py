"""Whom a clause is about, when, and what else keeps two clauses apart."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.reach import alike, content, framed


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("i don't print the orders", "speaker"),
        ("honestly we never print them", "speaker"),
        ("i think the orders are late", "thing"),
        ("for a shop our size it is slow", "it"),
        ("many drivers fear the cameras", "some"),
        ("nobody prints the orders", "all"),
        ("this wasn't an order", "pointed"),
        ("they print the orders", "they"),
    ],
)
def test_the_subject_of_an_english_clause_is_told(clause: str, subject: str) -> None:
    assert framed(clause, chinese=False).subject == subject


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("我們不印工單", "speaker"),
        ("我們老闆不印工單", "thing"),
        ("工單我每天印", "speaker"),
        ("很多店印工單", "thing"),
        ("有些人印工單", "some"),
        ("他們不印工單", "other"),
        ("這不是工單", "pointed"),
        ("大家都印工單", "all"),
    ],
)
def test_the_subject_of_a_chinese_clause_is_told(clause: str, subject: str) -> None:
    assert framed(clause, chinese=True).subject == subject


@pytest.mark.parametrize(
    "said",
    [
        "we didn't print the orders",
        "we don't have to print the orders",
        "some people don't print the orders",
        "you don't print the orders",
        "this doesn't print the orders",
    ],
)
def test_another_time_duty_or_subject_is_not_alike(said: str) -> None:
    claim = framed("we print the orders", chinese=False)
    assert alike(claim, framed("we don't print the orders", chinese=False))
    assert not alike(claim, framed(said, chinese=False))


def test_a_claim_of_them_may_be_of_those_who_speak_and_not_the_other_way() -> None:
    they = framed("they print the orders", chinese=False)
    we = framed("we don't print the orders", chinese=False)
    assert alike(they, we)
    assert not alike(we, they)


def test_grammar_is_no_content() -> None:
    assert content("we really do print all of the orders") == ("print", "order")
