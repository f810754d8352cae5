"""Each research question has what is near to it, or says that nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.profiles import Claim
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.stages.questions import Drafted, questions
from tests.synthesis_factory import make_insight, make_theme


def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Texts are as like as they share long words."""
    return [
        [float(bool(_long(one) & _long(other))) for other in others] for one in some
    ]


def _long(text: str) -> set[str]:
    return {word.strip("?.") for word in text.casefold().split() if len(word) > 5}


def claim(name: str, field: str, text: str, *people: str) -> Claim:
    return Claim(id=name, field=field, text=text, basis="inference", supports=people)


PAYS = claim("c-pay", "price_paid", "300 a month", "ann", "bob")
DECIDES = claim("c-who", "trait/decision_authority", "The owner decides", "cat")
SLOW = claim("c-slow", "pain/problem", "Invoices are late", "ann")
SEATS = claim("c-seats", "pain/objection", "Seats are too dear", "dan")
SAID = [
    make_insight(name, "Invoicing by hand", category="workaround")
    for name in ("ann", "eve")
]
DRAFTED = Drafted(
    claims=[PAYS, DECIDES, SLOW, PAYS],
    left=[SEATS],
    themes=[make_theme("Invoicing by hand", SAID, of=5)],
    insights={one.id: one for one in SAID},
    of=5,
)


def ask(text: str) -> ResearchQuestion:
    (found,) = questions([text], DRAFTED, likeness=likeness, near=0.5)
    return found


def test_each_part_of_a_question_is_answered_from_its_fields() -> None:
    found = ask("Who decides on the purchase, and what do they pay?")
    assert set(found.claims) == {"c-pay", "c-who"}
    assert (found.status, found.n, found.of) == ("near", 3, 5)
    assert found.participants == ("ann", "bob", "cat")


def test_a_question_about_leaving_is_answered_by_those_who_left() -> None:
    assert ask("Why did customers leave us?").claims == ("c-seats",)
    assert ask("客戶為什麼離開？").claims == ("c-seats",)


def test_any_other_question_is_answered_by_its_words() -> None:
    found = ask("How do they handle invoicing?")
    assert (found.claims, found.themes) == ((), ("Invoicing by hand",))
    assert found.participants == ("ann", "eve")


def test_a_question_that_nothing_is_near_to_says_so() -> None:
    found = ask("Which colours do they prefer?")
    assert (found.status, found.n) == ("not_answered", 0)


def test_questions_keep_their_order_and_an_empty_one_is_none() -> None:
    found = questions(
        ["What do they pay?", " ", "Why leave?", "What do they pay?"],
        DRAFTED,
        likeness=likeness,
        near=0.5,
    )
    assert [one.question for one in found] == ["What do they pay?", "Why leave?"]


def test_a_study_without_claims_answers_nothing() -> None:
    empty = Drafted(claims=[], left=[], themes=[], insights={}, of=0)
    (found,) = questions(["What?"], empty, likeness=likeness, near=0.5)
    assert found.status == "not_answered"


def test_what_rests_on_the_same_insights_answers_once() -> None:
    ids = tuple(one.id for one in SAID)
    twice = [
        claim(name, "pain/workaround", f"Invoicing by hand, {name}", "ann", "eve")
        for name in ("c-icp", "c-persona")
    ]
    cited = [one.model_copy(update={"insights": ids}) for one in twice]
    drafted = DRAFTED._replace(claims=cited)
    (found,) = questions(
        ["What about invoicing?"], drafted, likeness=likeness, near=0.5
    )
    assert (found.claims, found.themes) == (("c-icp",), ())


def test_a_claim_that_counts_fewer_than_its_theme_gives_way_to_the_theme() -> None:
    narrow = claim("c-own", "pain/workaround", "Their invoicing is by hand", "ann")
    cited = narrow.model_copy(update={"insights": (SAID[0].id,)})
    drafted = DRAFTED._replace(claims=[cited])
    (found,) = questions(
        ["What about invoicing?"], drafted, likeness=likeness, near=0.5
    )
    assert (found.claims, found.themes) == ((), ("Invoicing by hand",))
    assert found.n == 2
