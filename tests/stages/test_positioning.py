"""Rivals, reasons and the message, on planted statements about one product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from icp_synth.analysts.embedded.opposition import judge_claim
from icp_synth.analysts.protocol import ClaimToJudge, Verdicts
from icp_synth.domain.brief import Brief
from icp_synth.domain.challenges import Stance
from icp_synth.domain.insights import Insight
from icp_synth.domain.likeness import Likeness
from icp_synth.domain.mentions import names_any, spellings
from icp_synth.domain.positioning import DifferentiatorTable, RivalRow
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.pipeline.likeness import judge_by, likeness_by
from icp_synth.stages.positioning import (
    Told,
    differentiator_table,
    message_match,
    unsaid,
    why_us,
)
from icp_synth.stages.positioning.rivals import way_of
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
EMBEDDED = likeness_by(EmbeddedEmbedder().embed)
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


def row(found: DifferentiatorTable, rival: str) -> RivalRow:
    (one,) = [one for one in found.rivals if one.rival == rival]
    return one


def of_study(
    insights: Sequence[Insight], *, likeness: Likeness = likeness, **brief: object
) -> Told:
    """A study of its own, with the judge by rules."""
    people = sorted({one.participant for one in insights})
    return Told(
        brief=Brief.model_validate({"product": "Plumbline", **brief}),
        people=people,
        insights={one.id: one for one in insights},
        likeness=likeness,
        near=0.34,
        judge=judge_by(_Rules(), "why_us"),
    )


class _Rules:
    def judge(self, claim: ClaimToJudge) -> Verdicts:
        return judge_claim(claim)


def test_a_rival_is_counted_by_people_and_not_by_mentions() -> None:
    fieldmoor = row(differentiator_table(told()), "Fieldmoor")
    assert fieldmoor.mentions.n == 3
    assert fieldmoor.mentions.of == 5
    assert fieldmoor.mentions.participants == ("ann", "bob", "cyd")
    assert len(fieldmoor.mentions.insights) == 4
    assert len(fieldmoor.mentions.quotes) == 3


def test_the_stance_is_that_of_the_category_where_words_tell_no_way() -> None:
    fieldmoor = row(differentiator_table(told()), "Fieldmoor")
    assert fieldmoor.mentions.stances == {
        "praise": ("cyd",),
        "complaint": ("ann",),
        "compared": ("bob",),
    }


def test_an_entry_that_lists_several_things_is_a_row_for_each() -> None:
    found = differentiator_table(told())
    listed = [one for one in found.rivals if one.listed_in == BRIEF.rivals[1]]
    assert [one.rival for one in listed] == ["spreadsheet", "paper diary", "whiteboard"]
    assert [one.mentions.participants for one in listed] == [(), (), ("dee",)]


@pytest.mark.parametrize(
    ("text", "name", "way"),
    [
        ("I rejected Fieldmoor for its small text", "Fieldmoor", "rejected"),
        ("We looked at Fieldmoor and didn't take it", "Fieldmoor", "rejected"),
        ("沒選田野通", "田野通", "rejected"),
        ("Free guests made her switch to Fieldmoor.", "Fieldmoor", "left_for"),
        ("She has used Fieldmoor since November.", "Fieldmoor", "left_for"),
        ("後來改用田野通", "田野通", "left_for"),
        ("Before Plumbline we planned on a whiteboard", "whiteboard", "used_before"),
        ("以前全部都在群組", "messenger group", "used_before"),
        ("I also looked at Fieldmoor", "Fieldmoor", "compared"),
        ("試用過田野通", "田野通", "compared"),
        ("Plumbline is simpler than Fieldmoor", "Fieldmoor", "compared"),
        ("I compared them all in a spreadsheet", "spreadsheet", None),
        ("There's always Excel", "spreadsheet", None),
        ("Fieldmoor, yes, I heard of it.", "Fieldmoor", None),
    ],
)
def test_words_tell_what_somebody_did_with_a_rival(
    text: str, name: str, way: str | None
) -> None:
    assert way_of(text, spellings(name), "Plumbline") == way


def test_who_stayed_has_not_left_us_for_a_rival() -> None:
    switched = "We switched to Fieldmoor"
    said = [pain(name, "problem", switched) for name in ("ann", "eve")]
    base = told()
    one = replace(base, insights={one.id: one for one in said})
    stances = row(differentiator_table(one), "Fieldmoor").mentions.stances
    assert stances["left_for"] == ("eve",)
    assert stances["complaint"] == ("ann",)


def test_who_names_a_rival_in_a_turn_alone_is_counted_and_told_apart() -> None:
    talk = make_transcript(
        [
            ("Q", "interviewer", "What about Fieldmoor?"),
            ("dee", "participant", "Fieldmoor, yes, I heard of it."),
            ("ann", "participant", "Fieldmoor again."),
            ("eve", "participant", "We had a WhatsApp group."),
        ]
    )
    brief = BRIEF.model_copy(update={"rivals": ("Fieldmoor", "paper, messenger group")})
    heard = replace(told(), brief=brief, transcripts=(talk,), stayed=None)
    found = differentiator_table(heard)
    fieldmoor = row(found, "Fieldmoor")
    assert fieldmoor.only_named == ("dee",)
    assert fieldmoor.mentions.participants == ("ann", "bob", "cyd", "dee")
    assert fieldmoor.mentions.stances["mention"] == ("dee",)
    assert row(found, "messenger group").mentions.participants == ("eve",)


def test_a_differentiator_has_who_speaks_of_it_and_which_rival_they_name() -> None:
    support, setup = differentiator_table(told()).differentiators
    assert support.mentions.participants == ("ann", "bob")
    assert support.mentions.stances == {"praise": ("ann", "bob")}
    assert support.by_rival == {}
    assert setup.mentions.n == 0
    assert setup.mentions.interval is not None


PRICES = "Prices on the website, one month free, no yearly contract"
SUPPORT = "Support by telephone, answered by people who know the customer"


@pytest.mark.parametrize(
    ("differentiator", "insight", "counted"),
    [
        (PRICES, motive("a", "like", "The prices stand on the website"), True),
        (PRICES, motive("a", "like", "No contract, and the price is there"), True),
        (PRICES, motive("a", "like", "It's a fair price for what it is"), False),
        (PRICES, pain("a", "objection", "The price of a part is open"), False),
        (PRICES, pain("a", "problem", "Prices on a website of parts differ"), False),
        (PRICES, pain("a", "dislike", "Fieldmoor has no prices on its website"), False),
        (
            PRICES,
            pain("a", "dislike", "Another tool hides its prices, website or not"),
            False,
        ),
        (PRICES, motive("a", "like", "價格網站上就有"), True),
        (SUPPORT, motive("a", "like", "Support picks up the telephone"), True),
        (SUPPORT, motive("a", "like", "客服有真人接電話"), True),
        (
            SUPPORT,
            motive("a", "desired_gain", "No more telephone calls from customers"),
            False,
        ),
        (SUPPORT, pain("a", "problem", "Customers telephone to shout at us"), False),
    ],
)
def test_a_differentiator_is_spoken_of_by_who_judges_our_product(
    differentiator: str,
    insight: Insight,
    counted: bool,  # noqa: FBT001 - a case
) -> None:
    one = of_study([insight], differentiators=(differentiator,), rivals=("Fieldmoor",))
    (found,) = differentiator_table(one).differentiators
    assert bool(found.mentions.n) is counted


def test_a_rival_beside_a_differentiator_speaks_of_the_same_thing() -> None:
    said = [
        pain("ann", "dislike", "Fieldmoor has no prices on its website"),
        pain("bob", "dislike", "Fieldmoor had a high price"),
        pain("cyd", "problem", "Prices on the website of Fieldmoor are for parts"),
    ]
    one = of_study(said, differentiators=(PRICES,), rivals=("Fieldmoor",))
    (found,) = differentiator_table(one).differentiators
    assert found.by_rival["Fieldmoor"].participants == ("ann",)


def test_reasons_that_several_share_are_claims_of_why_us() -> None:
    themes = [
        make_theme("Support on the telephone", [ANN, BOB], of=5),
        make_theme("Invoices on the same day", [CYD, EVE], of=5),
    ]
    found = why_us(told(), themes)
    (claim,) = found.shared
    assert (claim.field, claim.supports) == ("why_us", ("ann", "bob"))
    assert claim.text == "Support on the telephone"
    assert claim.unjudged == ("cyd", "dee", "eve")
    # One person's reason is kept apart; who has left gives none.
    assert CYD.id in found.unthemed
    assert EVE.id not in found.unthemed


def test_one_persons_sentence_never_stands_for_several() -> None:
    for name in (ANN.statement, ANN.statement[:30], f"{ANN.statement} now"):
        found = why_us(told(), [make_theme(name, [ANN, BOB], of=5)])
        assert found.shared == ()
        assert [one.participant for one in found.single] == ["ann"]


def test_a_shared_reason_counts_those_alone_who_give_it() -> None:
    the_map = [
        motive("ann", "reason_to_stay", "I would ask for it again for the map"),
        motive("bob", "like", "The map shows where the vans are"),
        motive("cyd", "like", "The price is fair for what it is"),
        motive("dee", "desired_gain", "She wants a map of the gates"),
        motive("eve", "like", "The map is good"),
        pain("eve", "objection", "We switched the map off", 100),
        motive("fay", "goal", "A map that prints"),
    ]
    one = of_study(the_map)
    of_it = [one for one in the_map if one.kind != "pain" and one.participant != "cyd"]
    (claim,) = why_us(one, [make_theme("The map", of_it, of=6)]).shared
    assert claim.supports == ("ann", "bob")


def test_who_was_held_to_say_what_a_theme_says_need_not_use_its_words() -> None:
    said = [
        motive("ann", "reason_to_stay", "I would fight to keep it for the support"),
        motive("bob", "like", "A human answers at five in the morning"),
        motive("cyd", "reason_to_stay", "They pick up and know me by name"),
    ]
    found = why_us(of_study(said), [make_theme("Support is reachable", said, of=5)])
    assert [one.supports for one in found.shared] == [("ann", "bob", "cyd")]
    assert found.single == ()


def test_a_differentiator_is_found_where_people_tell_how_they_came_to_it() -> None:
    way = make_insight(
        "ann", "She tried it.", kind="trait", category="purchase_pattern",
        quote="So I tried it on the free month",
    )  # fmt: skip
    fieldmoor = pain("bob", "objection", "Fieldmoor made us sign for two years")
    brief = BRIEF.model_copy(
        update={"differentiators": ("One month free, no yearly contract",)}
    )
    (row,) = differentiator_table(
        replace(of_study([way, fieldmoor]), brief=brief)
    ).differentiators
    assert row.mentions.participants == ("ann",)
    assert row.by_rival["Fieldmoor"].participants == ("bob",)


def test_what_is_held_against_whoever_was_named_last_is_not_held_against_us() -> None:
    talk = make_transcript(
        [
            ("Q", "interviewer", "Did you look at others?"),
            ("ann", "participant", "Fieldmoor. The calendar is a bingo card."),
        ]
    )
    text = "The calendar is a bingo card"
    at = talk.text.index(text)
    bad = make_insight(
        "ann", text, category="dislike", at=at, quote=text, transcript=talk.id
    )
    turn = talk.turns[1].index
    bad = bad.model_copy(
        update={"quotes": (bad.quotes[0].model_copy(update={"turn": turn}),)}
    )
    heard = replace(of_study([bad]), brief=BRIEF, transcripts=(talk,))
    assert not heard.of_product(bad)
    assert replace(heard, transcripts=()).of_product(bad)


def test_a_common_thing_is_a_rival_only_where_it_was_used_before_or_instead() -> None:
    talk = make_transcript(
        [
            ("Q", "interviewer", "How do you plan?"),
            ("ann", "participant", "That white board of ours hangs in the hall."),
            ("bob", "participant", "We had a whiteboard then."),
            ("Q", "interviewer", "What did you use before that?"),
            ("cyd", "participant", "A whiteboard, mostly."),
        ]
    )
    heard = replace(of_study([]), brief=BRIEF, people=PEOPLE, transcripts=(talk,))
    board = row(differentiator_table(heard), "whiteboard")
    assert board.mentions.stances == {"used_before": ("bob", "cyd")}


def test_without_a_product_nobody_says_why_they_stay_with_it() -> None:
    themes = [make_theme("Support is reachable", [ANN, BOB], of=5)]
    nothing = replace(told(), brief=Brief())
    assert why_us(nothing, themes) == ((), (), ())


def test_outright_reasons_of_one_person_are_single_voices() -> None:
    said = [
        motive("ann", "reason_to_stay", "Because of the money, honestly"),
        motive("bob", "like", "I'd fight to keep it for the support"),
        motive("cyd", "like", "It has nice colours"),
        pain("dee", "problem", "We stay for the coffee"),
    ]
    found = why_us(of_study(said), [])
    assert [(one.participant, one.quote) for one in found.single] == [
        ("ann", "Because of the money, honestly"),
        ("bob", "I'd fight to keep it for the support"),
    ]


def test_what_says_outright_what_a_claim_holds_points_to_it() -> None:
    support = [
        motive("ann", "like", "Support by telephone is quick"),
        motive("bob", "like", "The support answers the telephone at once"),
    ]
    outright = [
        motive("ann", "reason_to_stay", "I stay for the support by telephone", 90),
        motive("cyd", "reason_to_stay", "I stay for the map of our vans"),
    ]
    one = replace(of_study([*support, *outright]), likeness=EMBEDDED)
    found = why_us(one, [make_theme("Support is reachable", support, of=3)])
    (claim,) = found.shared
    assert {one.quote: one.of for one in found.single} == {
        "I stay for the support by telephone": claim.id,
        "I stay for the map of our vans": None,
    }


def test_praise_of_a_rival_is_no_reason_for_us() -> None:
    found = why_us(told(), [])
    assert RIVALS[3].id not in found.unthemed
    assert RIVALS[2].id in found.unthemed


def test_the_message_is_stated_or_not_found_by_likeness() -> None:
    matches = {one.sentence: one for one in message_match(told())}
    invoices, plan, _ = (matches[one] for one in BRIEF.value_proposition)
    assert (invoices.code, invoices.supports, invoices.n) == ("stated", ("cyd",), 4)
    assert invoices.by_likeness == ("cyd",)
    assert (plan.code, plan.k) == ("not_found_by_likeness", 0)


def test_a_judge_overrules_likeness() -> None:
    def judge(sentence: str, statements: Sequence[str]) -> list[Stance]:
        del sentence
        return ["silent" if "Invoices" in one else "supports" for one in statements]

    invoices, _, price = message_match(told(judge=judge))
    assert invoices.code == "not_found_by_likeness"
    assert (price.code, price.supports) == ("stated", ("dee",))
    assert price.by_likeness == ()


def test_a_sentence_of_the_message_is_matched_part_by_part() -> None:
    said = [
        motive("ann", "like", "The invoice leaves while we are still parked"),
        motive("bob", "like", "當天帳單就送出去了"),
        motive("cyd", "like", "He sends the client proof of the visit"),
        motive("dee", "goal", "She wants the invoice to leave by itself"),
        pain("eve", "problem", "The invoice never leaves before Friday"),
        motive("fay", "like", "Fieldmoor makes the invoice in one click"),
    ]
    sentence = "The job becomes an invoice, or a proof of work on the same day"
    one = of_study(said, value_proposition=(sentence,), rivals=("Fieldmoor",))
    (found,) = message_match(replace(one, likeness=EMBEDDED))
    assert [part.supports for part in found.parts] == [("ann", "bob"), ("cyd",)]
    assert (found.code, found.k) == ("stated", 3)


def test_who_praises_a_piece_of_the_product_by_name_states_its_promise() -> None:
    said = [
        motive("ann", "like", "He likes that visits can be dragged around the board"),
        motive("bob", "like", "The wall is green"),
        pain("cyd", "problem", "The board is slow"),
    ]
    sentence = "The office plans and re-plans the day on one board"
    for what, people in (
        ("Dispatch for firms: a planning board for the office", ("ann",)),
        ("Dispatch for firms", ()),
    ):
        one = of_study(said, what=what, value_proposition=(sentence,))
        (found,) = message_match(replace(one, likeness=EMBEDDED))
        assert found.supports == people


def test_what_is_worded_alike_and_denies_the_message_never_states_it() -> None:
    said = [motive("ann", "like", "The app is not fast at all")]
    one = of_study(said, value_proposition=("The app is fast",))
    (found,) = message_match(replace(one, likeness=EMBEDDED))
    assert found.supports == ()
    assert (found.code, found.contradicts) == ("contradicted", ("ann",))


def test_likeness_alone_states_nothing() -> None:
    said = [motive("ann", "like", "The colours are calm")]

    def alike(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        return [[0.9 for _ in others] for _ in some]

    one = of_study(said, likeness=alike, value_proposition=("Invoices leave at once",))
    (found,) = message_match(one)
    assert found.code == "not_found_by_likeness"
    assert found.near == (said[0].id,)


def test_reasons_that_the_message_leaves_out_are_listed() -> None:
    base = told()
    theme = make_theme("Support on the telephone", [ANN, BOB], of=5)
    claims = why_us(base, [theme]).shared
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
