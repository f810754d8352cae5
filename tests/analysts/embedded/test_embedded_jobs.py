"""Jobs and products in what people say of themselves: whole, one by one, and in use."""

from __future__ import annotations

import pytest

from icp_synth.analysts.embedded.facts import facts

WORK = "Could you tell me a bit about your work?"


def told(field: str, text: str, question: str = "") -> list[str]:
    return [fact.value for fact in facts(text, question) if fact.field == field]


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("I'm a writer, so a project for me would be a book.", ["a writer"]),
        ("I am an assistant audio engineer.", ["an assistant audio engineer"]),
        ("I'm a hobbyist baker and florist.", ["a hobbyist baker", "florist"]),
        ("I am writer, of fiction.", ["writer"]),
        ("I'm primarily a nurse.", ["a nurse"]),
        ("I work as a seamstress.", ["a seamstress"]),
        ("I'm a luthier.", ["a luthier"]),
        ("As the owner of a shop, I order.", ["the owner"]),
        ("I'm a freelancer.", []),
        ("I'm the creative driver.", []),
        ("I'm a solo developer for this project.", []),
        ("I'm a slow learner.", []),
        ("I'm in charge of sending quotes.", []),
        ("If I had time I'd work as a writer.", []),
    ],
)
def test_jobs_are_read_whole_and_one_by_one(text: str, jobs: list[str]) -> None:
    assert told("role", text, WORK) == jobs


def test_a_noun_that_only_looks_like_a_job_counts_where_the_work_was_asked() -> None:
    assert told("role", "I'm a luthier.") == []


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("I often ask Chat GPT for a list.", ["Chat GPT"]),
        ("I told ChatGPT about it.", ["ChatGPT"]),
        ("I employ tools such as midjourney and Canva.", ["midjourney", "Canva"]),
        ("I sell them on Etsy.", ["Etsy"]),
        ("I watched videos on YouTube.", []),
        ("We could see Salesforce there one day.", []),
        ("Before I used it I'd have to draw in Photoshop.", []),
        ("A client replaced me in favor of ChatGPT.", []),
        ("I do it now rather than spend hours in Photoshop.", []),
        ("I use LLMs for it.", []),
        ("I start from a blank canvas.", []),
    ],
)
def test_products_count_where_they_are_used(text: str, products: list[str]) -> None:
    assert told("technology", text) == products


def test_a_headcount_is_read_with_its_speaker_counted_or_after_a_pause() -> None:
    assert told("headcount_company", "There's nine, counting me.") == ["nine"]
    said = "And today it's, I should know this, eighty-five employees."
    assert told("headcount_company", said) == ["eighty-five employees"]
