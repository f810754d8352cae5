"""Rivals, reasons and the message, on planted statements about one product."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from icp_synth.domain.brief import Brief
from icp_synth.domain.challenges import Stance
from icp_synth.domain.insights import Insight
from icp_synth.domain.mentions import names_any
from icp_synth.stages.positioning import (
    Told,
    differentiator_table,
    message_match,
    unsaid,
    why_us,
)
from tests.factories import make_transcript
from tests.synthesis_factory import make_insight, make_theme

BRIEF = Brief(
    product="Plumbline",
    value_proposition=(
        "Invoices leave on the same day",
        "Everybody sees the plan",
        "The price never changes",
    ),
    differentiators=("Support by telephone", "Set up in a day"),
    rivals=("Fieldmoor", "spreadsheet, paper diary and whiteboard"),
)
PEOPLE = ("ann", "bob", "cyd", "dee", "eve")


def motive(name: str, category: str, text: str, at: int = 0) -> Insight:
    return make_insight(
        name, text, kind="motivation", category=category, at=at, quote=text
    )


def pain(name: str, category: str, text: str, at: int = 0) -> Insight:
    return make_insight(name, text, kind="pain", category=category, at=at, quote=text)


ANN = motive("ann", "reason_to_stay", "I stay for the support by telephone")
BOB = motive("bob", "like", "Plumbline has support that picks up the telephone")
CYD = motive("cyd", "like", "Invoices leave the same day now")
DEE = pain("dee", "objection", "The price of Plumbline changes every year")
EVE = motive("eve", "reason_to_stay", "I stayed for the price while I was there")
RIVALS = (
    pain("ann", "dislike", "Fieldmoor lost our jobs", 100),
    pain("ann", "dislike", "Fieldmoor's app was slow too", 200),
    motive("bob", "like", "Plumbline is simpler than Fieldmoor", 100),
    motive("cyd", "like", "Fieldmoor has nice colours", 100),
    pain("dee", "workaround", "We kept a whiteboard beside it", 100),
)
INSIGHTS = (ANN, BOB, CYD, DEE, EVE, *RIVALS)


def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Texts are alike by the share of the shorter one's longer words."""
    return [[_share(one, other) for other in others] for one in some]


def _share(one: str, other: str) -> float:
    a, b = ({w for w in text.casefold().split() if len(w) > 4} for text in (one, other))
    return len(a & b) / max(1, min(len(a), len(b)))


def told(*, judge: object = None, people: Sequence[str] = PEOPLE) -> Told:
    more = {} if judge is None else {"judge": judge}
    return Told(
        brief=BRIEF,
        people=people,
        insights={one.id: one for one in INSIGHTS},
        likeness=likeness,
        near=0.5,
        stayed=[name for name in people if name != "eve"],
        **more,  # type: ignore[arg-type]  # a judge, where a test has one
    )


def test_a_rival_is_counted_by_people_and_not_by_mentions() -> None:
    fieldmoor, _ = differentiator_table(told()).rivals
    assert fieldmoor.mentions.n == 3
    assert fieldmoor.mentions.of == 5
    assert fieldmoor.mentions.participants == ("ann", "bob", "cyd")
    assert len(fieldmoor.mentions.insights) == 4
    assert len(fieldmoor.mentions.quotes) == 3


def test_the_stance_is_that_of_the_category() -> None:
    fieldmoor, _ = differentiator_table(told()).rivals
    assert fieldmoor.mentions.stances == {
        "praise": ("cyd",),
        "complaint": ("ann",),
        "compared": ("bob",),
    }


def test_an_entry_that_lists_several_things_is_found_by_each() -> None:
    _, habit = differentiator_table(told()).rivals
    assert habit.names == ("spreadsheet", "paper diary", "whiteboard")
    assert habit.mentions.participants == ("dee",)


def test_who_names_a_rival_without_an_insight_is_told_apart() -> None:
    talk = make_transcript(
        [
            ("Q", "interviewer", "What about Fieldmoor?"),
            ("dee", "participant", "Fieldmoor, yes, I heard of it."),
            ("ann", "participant", "Fieldmoor again."),
        ]
    )
    base = told()
    heard = Told(
        brief=BRIEF,
        people=PEOPLE,
        insights=base.insights,
        likeness=likeness,
        near=0.5,
        transcripts=(talk,),
    )
    fieldmoor, _ = differentiator_table(heard).rivals
    assert fieldmoor.only_named == ("dee",)


def test_a_differentiator_has_who_speaks_of_it_and_which_rival_they_name() -> None:
    support, setup = differentiator_table(told()).differentiators
    assert support.mentions.participants == ("ann", "bob")
    assert support.mentions.stances == {"praise": ("ann", "bob")}
    assert support.by_rival == {}
    assert setup.mentions.n == 0
    assert setup.mentions.interval is not None


def test_reasons_that_several_share_are_claims_of_why_us() -> None:
    themes = [
        make_theme("thm-1", [ANN, BOB], of=5),
        make_theme("thm-2", [CYD, EVE], of=5),
    ]
    claims, alone = why_us(told(), themes)
    assert [(one.field, one.supports) for one in claims] == [("why_us", ("ann", "bob"))]
    assert claims[0].unjudged == ("cyd", "dee", "eve")
    # One person's reason is kept apart; who has left gives none.
    assert CYD.id in alone
    assert EVE.id not in alone


def test_praise_of_a_rival_is_no_reason_for_us() -> None:
    claims, alone = why_us(told(), [])
    held = {one for claim in claims for one in claim.insights} | set(alone)
    assert RIVALS[3].id not in held
    assert RIVALS[2].id in held


def test_the_message_is_stated_not_stated_or_contradicted() -> None:
    matches = {one.sentence: one for one in message_match(told())}
    invoices, plan, price = (matches[one] for one in BRIEF.value_proposition)
    assert (invoices.code, invoices.supports, invoices.n) == ("stated", ("cyd",), 4)
    assert (plan.code, plan.k) == ("not_stated", 0)
    assert (price.code, price.contradicts) == ("contradicted", ("dee",))
    assert price.counter == (DEE.id,)


def test_a_judge_overrules_likeness() -> None:
    def judge(sentence: str, statements: Sequence[str]) -> list[Stance]:
        del sentence
        return ["silent" if "Invoices" in one else "supports" for one in statements]

    invoices, _, price = message_match(told(judge=judge))
    assert invoices.code == "not_stated"
    assert (price.code, price.supports) == ("stated", ("dee",))
    assert price.by_likeness == ()


def test_reasons_that_the_message_leaves_out_are_listed() -> None:
    base = told()
    claims, _ = why_us(base, [make_theme("thm-1", [ANN, BOB], of=5)])
    assert unsaid(claims, message_match(base)) == (claims[0].id,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We left FIELDMOOR.", True),
        ("Fieldmoors are everywhere", True),
        ("A fieldmooring", False),
        ("the field moor", False),
    ],
)
def test_a_name_is_found_as_a_word(text: str, found: bool) -> None:  # noqa: FBT001 - a case
    assert names_any(text, ["Fieldmoor"]) is found


def test_a_chinese_name_is_found_where_it_stands() -> None:
    assert names_any("我們以前用田野通的系統", ["田野通"])
