"""Each research question has what is near to it, or says that nothing is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.domain.questions import ResearchQuestion
from icp_synth.stages.questions import Drafted, Told, questions
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


def had(name: str, quote: str, **more: Any) -> Insight:
    more = {"kind": "trait", "category": "technology", **more}
    return make_insight(name, f"Of {quote}.", quote=quote, **more)


def before(
    *said: Insight,
    asked: Mapping[str, str] | None = None,
    shared: Sequence[Insight] = (),
) -> ResearchQuestion:
    """Return what answers "before", where some of what is said is a claim as well."""
    claims = (
        [
            Claim(
                id="c-books",
                field="trait/technology",
                text="They keep books in Xero",
                basis="evidence",
                insights=tuple(one.id for one in shared),
                supports=tuple(sorted({one.participant for one in shared})),
            )
        ]
        if shared
        else []
    )
    drafted = Drafted(
        claims=claims,
        left=[],
        themes=[],
        insights={one.id: one for one in said},
        of=9,
        told={
            one.id: Told([(asked or {}).get(one.participant, "")], "Jobwren")
            for one in said
        },
    )
    text = "What did they use before, and what made them start?"
    (found,) = questions([text], drafted, likeness=likeness, near=0.5)
    return found


def test_a_tool_of_today_is_no_answer_to_what_they_used_before() -> None:
    said = [had("ann", "Xero for the books"), had("bob", "we have Sage")]
    found = before(*said, shared=said)
    assert (found.status, found.claims, found.single) == ("not_answered", (), ())


def test_what_they_had_before_is_told_by_each_where_no_two_share_it() -> None:
    now = had("ann", "Xero for the books")
    books = [had("cat", "Sage does that"), had("dan", "Iris, for the wages")]
    diary = had("ann", "before that I had a diary", at=90)
    board = had("bob", "a board with magnets")
    moment = had(
        "ann", "the diary fell off the roof", kind="motivation", category="trigger",
        at=200,
    )  # fmt: skip
    asked = {"bob": "Before Jobwren, what was there?"}
    everything = [now, *books, diary, board, moment]
    found = before(*everything, asked=asked, shared=[now, *books])
    assert found.claims == ()
    assert found.single == (diary.id, moment.id, board.id)
    assert found.participants == ("ann", "bob")


def test_shared_answers_will_do_where_they_count_half_of_those_who_answer() -> None:
    said = [had(name, "before that a spreadsheet") for name in ("ann", "bob")]
    found = before(*said, shared=said)
    assert (found.claims, found.single) == (("c-books",), ())


@pytest.mark.parametrize(
    ("quote", "answers"),
    [
        ("that is why we got Jobwren", True),
        ("so we switched to Jobwren", True),
        ("so I started my own company", False),
        ("that day we cancelled it", False),
        ("and so we switched to Fieldmoor", False),
    ],
)
def test_founding_a_firm_and_leaving_are_no_starts(
    quote: str, *, answers: bool
) -> None:
    moment = had("ann", quote, kind="motivation", category="trigger")
    assert before(moment).single == ((moment.id,) if answers else ())


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("And before?", True),
        ("How was it before?", True),
        ("How did you come to use Jobwren?", True),
        ("那你們是怎麼開始用 Jobwren 的？", True),
        ("What did you do before this?", False),
        ("What is on the board?", False),
    ],
)
def test_words_alone_answer_where_the_question_asks_for_it(
    question: str, *, answers: bool
) -> None:
    said = had(
        "ann", "I'd text the boys", category="behaviour", statement_origin="verbatim"
    )
    found = before(said, asked={"ann": question})
    assert found.single == ((said.id,) if answers else ())
