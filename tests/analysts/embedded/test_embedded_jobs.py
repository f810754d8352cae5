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
        ("I'm a real estate agent.", ["a real estate agent"]),
        ("I'm a car mechanic.", ["a car mechanic"]),
        ("I'm the owner of a small bakery.", ["the owner"]),
        ("I guess I'm the manager.", ["the manager"]),
        ("I'm in charge of sending quotes.", []),
        ("I'm a smoker and a Londoner.", []),
        ("I'm an early riser.", []),
        ("I'm a born procrastinator.", []),
        ("I'm a dog owner.", []),
        ("I'm the owner of two cats.", []),
        ("I'm a decent cook.", []),
        ("I'm a retired teacher.", []),
        ("I'm a very keen writer and artist.", []),
        ("I'm a planner by nature.", []),
        ("I'm an agent of change.", []),
        ("I'm the secretary of our club.", []),
        ("I'm married to the owner.", []),
        ("I'm calling the office manager, always.", []),
        ("I feel like I'm a manager now.", []),
        ("My mum thinks I'm a doctor.", []),
        ('I told it: "I\'m a lawyer, help me."', []),
        ("Some days I'm an accountant.", []),
        ("As a manager you need to listen.", []),
        ("If I had time I'd work as a writer.", []),
    ],
)
def test_jobs_are_read_whole_and_one_by_one(text: str, jobs: list[str]) -> None:
    assert told("role", text, WORK) == jobs


def test_a_noun_that_is_not_always_a_job_counts_where_the_work_was_asked() -> None:
    assert told("role", "I'm a pianist.") == []
    assert told("role", "I'm a pianist.", WORK) == ["a pianist"]


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
        ("We use MS Word and the Teams channel.", ["Word", "Teams"]),
        ("I have it in an Excel sheet.", ["Excel"]),
        ("I bounce ideas off it in Claude Code.", ["Claude"]),
        ("I draw in Adobe Premiere.", ["Premiere"]),
        ("We moved to Linear, a better tool for us.", ["Linear"]),
        ("We get most customers through Word of mouth.", []),
        ("I work with Customer Success Teams.", []),
        ("I work with Teams across Europe.", []),
        ("We have Access to all the data.", []),
        ("I use the Notion of value.", []),
        ("I have a positive Outlook.", []),
        ("I use my Outlook on life.", []),
        ("I live on Oracle Road.", []),
        ("I live in Paris with my husband Claude.", []),
        ("I have two dogs, Sora and Miro.", []),
        ("We stand in the final cut, with the after effects of stress.", []),
        ("WE STAND IN LINE EVERY DAY.", []),
        ("We got an offer from Oracle.", []),
        ("We moved to London in 2019.", []),
        ("I use Japanese with clients.", []),
        ("I use Mondays for that.", []),
        ("We use Portland cement.", []),
        ("I ran with Miro and his wife.", []),
    ],
)
def test_products_count_where_they_are_used(text: str, products: list[str]) -> None:
    assert told("technology", text) == products


def test_a_headcount_is_read_with_its_speaker_counted_or_after_a_pause() -> None:
    assert told("headcount_company", "There's nine, counting me.") == ["nine"]
    said = "And today it's, I should know this, eighty-five employees."
    assert told("headcount_company", said) == ["eighty-five employees"]
