"""Startup Sams are flagged, with why, where else, and when they may come back."""

from __future__ import annotations

import pytest

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.conditions import Condition
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Icp
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import Findings, claims_of
from icp_synth.stages.draft.exclusions import (
    Excluded,
    exclusion_of,
    find_excluded,
)
from icp_synth.stages.draft.readmissions import readmissions_of
from icp_synth.stages.draft.reasons import About, reasons_of
from icp_synth.stages.draft.referrals import referral_of
from icp_synth.stages.draft.scorecards import known_facts
from tests.synthesis_factory import (
    make_findings,
    make_insight,
    make_theme,
    make_trait,
)

SAMS = ("sam", "sia", "sol")
RIVALS = About("Jobwren", ("CrewPlum", "Fieldmoor", "whiteboard, spreadsheet"))
GROUPS = {"best": "super-user", "gone": "churned", "bad": "Poor fit", "off": "lost"}


def study(*more: Insight) -> Findings:
    names = (*SAMS, *GROUPS)
    people = {
        name: Person(id=name, label=name, company=f"of {name}", group=GROUPS.get(name))
        for name in names
    }
    keen = [
        make_insight(
            name, f"{name} loves it", kind="motivation", category="like", at=10,
            quote="I love Jobwren, it is great",
        )
        for name in (*SAMS, "best")
    ]  # fmt: skip
    broke = [
        make_insight(
            name, f"{name} cannot pay", category="objection", at=200,
            quote="but we have no budget for it this year",
        )
        for name in (*SAMS, "best")
    ]  # fmt: skip
    size = [
        make_trait(
            name, "headcount_company", "3", at=400,
            normal=Normal(low=3, high=3, unit="people"),
        )
        for name in SAMS
    ]  # fmt: skip
    everything = [*keen, *broke, *size, *more]
    return make_findings(people, traits=everything)


def by_code(found: Findings) -> dict[str, Excluded]:
    return {one.code: one for one in find_excluded(found, about=RIVALS)}


def test_planted_sams_are_flagged_and_a_super_user_is_not() -> None:
    found = by_code(study())
    assert list(found) == ["churned", "lost", "poor_fit", "keen_not_able"]
    sams = found["keen_not_able"]
    assert sams.profile.participants == SAMS
    assert sams.keen_not_able == SAMS
    assert sams.profile.status == "draft"
    assert found["churned"].profile.participants == ("gone",)
    assert found["churned"].profile.status == "too_little"


def test_who_pays_is_no_sam() -> None:
    paid = make_trait(
        "sam", "price_paid", "30 dollars", at=600, category="budget_price",
        normal=Normal(low=30, high=30, currency="USD"),
    )  # fmt: skip
    assert by_code(study(paid))["keen_not_able"].keen_not_able == ("sia", "sol")


@pytest.mark.parametrize(
    ("quote", "flagged"),
    [
        ("we simply can't afford it", True),
        ("there is no money for tools like that", True),
        ("I don't have the budget", True),
        ("我們沒有預算", True),
        ("我們小公司真的付不起", True),
        ("we have no budget for Jobwren", True),
        ("沒有什麼錢", True),
        ("Our budget is zero", True),
        ("小公司真的付不起", False),
        ("Perhaps they can't afford to pay a designer so they turn to it", False),
        ("most authors do not have the budget", False),
        ("it is only useful if there's no budget for hiring an illustrator", False),
        ("I think the people who do that couldn't afford to pay writers", False),
        ("we can't afford a consultant", False),
        ("如果我們沒有預算", False),
        ("我覺得他們沒錢", False),
        ("我沒有預算請插畫師", False),
        ("there is no problem with the budget", False),
        ("we have a budget of two thousand", False),
        ("it's not a budget question", False),
        ("we have no problem with budget", False),
        ("there was no issue finding money", False),
        ("there is no budget cap", False),
        ("I can sign without any budget approval", False),
        ("it's not a money thing, it's time", False),
        ("we have no budget problems at all", False),
        ("we can't afford to lose a customer", False),
        ("there is no real budget for software", True),
        ("we haven't got the money for it", True),
        ("we can't afford to pay for that", True),
        ("沒有預算問題", False),
        ("我們没有预算上的限制", False),
        ("I cannot say a bad word", False),
    ],
)
def test_the_words_for_no_money(quote: str, *, flagged: bool) -> None:
    people = {"x": Person(id="x", label="x")}
    told = [
        make_insight("x", "keen", kind="motivation", category="trigger", at=1),
        make_insight("x", "money", category="objection", quote=quote, at=90),
    ]
    found = find_excluded(make_findings(people, traits=told), about=RIVALS)
    assert bool(found) is flagged


@pytest.mark.parametrize(
    ("category", "quote", "flagged"),
    [
        ("trigger", "we looked for something after the audit", True),
        ("like", "I do like Jobwren", True),
        ("like", "I love that it knows the postcode", True),
        ("like", "I love CrewPlum", False),
        ("desired_gain", "it saves me an hour a day", False),
    ],
)
def test_keen_is_who_acts_or_praises_the_product(
    category: str, quote: str, *, flagged: bool
) -> None:
    people = {"x": Person(id="x", label="x")}
    told = [
        make_insight("x", "keen", kind="motivation", category=category, quote=quote),
        make_insight(
            "x", "money", category="objection", quote="we have no budget", at=90
        ),
    ]
    found = make_findings(people, traits=told)
    assert bool(find_excluded(found, about=RIVALS)) is flagged
    nothing_sold = find_excluded(found, about=About())
    assert nothing_sold == ()


def test_a_readers_sign_tells_as_well_as_words() -> None:
    people = {"x": Person(id="x", label="x")}
    told = [make_insight("x", "hm", at=1, signals=("+willing", "-able"))]
    (one,) = find_excluded(make_findings(people, traits=told), about=RIVALS)
    assert one.code == "keen_not_able"


def test_the_card_says_why_in_their_words_and_cites_the_claims_that_do() -> None:
    found = study()
    sams = by_code(found)["keen_not_able"]
    claims = claims_of(found, sams.profile, Wordings(texts={}))
    insights = tuple(found.insights.values())
    reason = exclusion_of(sams, claims, insights, RIVALS)
    assert reason.keen.participants == reason.not_able.participants == SAMS
    assert reason.said.participants == SAMS
    said = {found.insights[one].statement for one in reason.said.insights}
    assert said == {f"{name} cannot pay" for name in SAMS}


def gone(*said: Insight) -> Findings:
    """Return a study of two who left and one who stays."""
    groups = {"ann": "churned", "bob": "churned", "cat": "super-user"}
    people = {name: Person(id=name, label=name, group=groups[name]) for name in groups}
    return make_findings(people, traits=said)


def test_two_people_share_no_claim_but_what_is_equal_and_each_keeps_their_words() -> (
    None
):
    son = make_insight("ann", "She drives her son.", kind="trait", category="family")
    back = make_insight("bob", "He has a back.", kind="trait", category="family")
    seats = make_insight(
        "ann", "A seat a month was too dear.", category="objection", at=50, intensity=3,
        quote="I cancelled over the seats",
    )  # fmt: skip
    rain = make_insight(
        "bob", "The app cannot move a week.", category="dislike", at=50, intensity=2,
        quote="the app is a toy",
    )  # fmt: skip
    trades = [make_trait(name, "industry", "gardens", at=90) for name in ("ann", "bob")]
    found = gone(son, back, seats, rain, *trades)
    loose = make_theme("Family and body", [son, back], of=3)
    found = found.model_copy(update={"themes": (loose,)})
    (left,) = find_excluded(found, about=RIVALS)
    claims = claims_of(found, left.profile, Wordings(texts={}))
    assert {one.text: one.supports for one in claims} == {
        "gardens": ("ann", "bob"),
        "A seat a month was too dear.": ("ann",),
        "The app cannot move a week.": ("bob",),
    }
    reason = exclusion_of(left, claims, found.insights.values(), RIVALS)
    ordered = {one.id: one.text for one in claims}
    assert [ordered[one] for one in reason.claims] == [
        "A seat a month was too dear.",
        "The app cannot move a week.",
    ]


def test_two_different_figures_are_no_shared_claim() -> None:
    sizes = [
        make_trait(
            name, "headcount_company", str(size), at=90,
            normal=Normal(low=size, high=size, unit="people"),
        )
        for name, size in (("ann", 4), ("bob", 7))
    ]  # fmt: skip
    (left,) = find_excluded(gone(*sizes))
    assert left.profile.seeds == ()


def test_a_reason_is_about_the_product_and_not_about_the_day_or_a_rival() -> None:
    permits = make_insight("ann", "Permits take hours.", quote="permits all day")
    taps = make_insight(
        "ann", "Fieldmoor takes more taps.", category="dislike", at=50,
        quote="Fieldmoor is four more taps",
    )  # fmt: skip
    began = make_insight(
        "ann", "A lost order made her start.", kind="motivation", category="trigger",
        at=90, quote="so I bought the app",
    )  # fmt: skip
    ended = make_insight(
        "ann", "A look at all charges ended it.", kind="motivation",
        category="trigger", at=130, quote="we cancelled it all that Sunday",
    )  # fmt: skip
    silent = make_insight("bob", "Hours get lost.", at=50, quote="it was all gone")
    echo = make_insight("bob", "There is an echo.", at=90, quote="it echoes here")
    found = gone(permits, taps, began, ended, silent, echo)
    asked = {silent.id: "Why did you leave?", echo.id: "You have left. Hello."}
    (left,) = find_excluded(found, about=RIVALS._replace(asked=asked))
    reason = exclusion_of(
        left, (), found.insights.values(), RIVALS._replace(asked=asked)
    )
    assert set(reason.said.insights) == {ended.id, silent.id}


@pytest.mark.parametrize(
    ("quote", "question", "counts"),
    [
        (
            "She said, we look at everything that goes off",
            "Who decided to leave?",
            False,
        ),
        ("She said, we look at everything that goes off", "Why did you leave?", True),
        ("we cancelled it with the rest", "", True),
    ],
)
def test_a_moment_of_leaving_is_told_in_their_own_words(
    quote: str, question: str, *, counts: bool
) -> None:
    moment = make_insight(
        "ann", "A look at all charges led to the cancellation.", kind="motivation",
        category="trigger", quote=quote,
    )  # fmt: skip
    about = RIVALS._replace(asked={moment.id: question})
    assert bool(reasons_of([moment], about, most=3)) is counts


def test_why_they_once_came_is_no_reason_for_leaving() -> None:
    paid = make_insight("ann", "She wanted to be paid.", quote="I wanted to get paid")
    came = RIVALS._replace(
        asked={paid.id: "What brought you to it in the first place?"}
    )
    left = RIVALS._replace(asked={paid.id: "Why did you leave?"})
    assert reasons_of([paid], came, most=3) == ()
    assert reasons_of([paid], left, most=3) == (paid,)


@pytest.mark.parametrize(
    "quote",
    [
        "I took the addresses out again when I left",
        "I'd even have paid more for these nine months, for that app",
    ],
)
def test_when_they_left_and_what_they_would_pay_are_no_reasons(quote: str) -> None:
    said = make_insight("ann", "Of the end of it.", quote=quote)
    assert reasons_of([said], RIVALS, most=3) == ()


@pytest.mark.parametrize(
    ("category", "quote", "status"),
    [
        ("problem", "we will take CrewPlum, it is free", "named"),
        ("technology", "we're on CrewPlum now", "named"),
        ("problem", "I don't have the money, so I take the free CrewPlum", "named"),
        ("trigger", "so we switched to CrewPlum in May", "named"),
        ("technology", "我們現在用CrewPlum", "named"),
        ("like", "CrewPlum is a joy", "named"),
        ("purchase_pattern", "my daughter found CrewPlum", None),
        ("technology", "before that we used CrewPlum", None),
        ("problem", "we did not take CrewPlum", "not_taken"),
        ("like", "CrewPlum looked nice. But no.", "not_taken"),
        ("like", "CrewPlum has bugs but no nonsense", "named"),
        ("dislike", "CrewPlum is useless, we didn't take it", "doubted"),
        ("technology", "we're on CrewPlum now and it's worse", "both"),
    ],
)
def test_a_referral_is_what_somebody_moved_to_or_praises(
    category: str, quote: str, status: str | None
) -> None:
    kind = {"problem": "pain", "like": "motivation", "trigger": "motivation"}
    said = make_insight(
        "ann", "Of a tool.", quote=quote, category=category,
        kind=kind.get(category, "trait"),  # type: ignore[arg-type]  # a kind by name
    )  # fmt: skip
    found = referral_of(("ann", "bob"), [said], RIVALS)
    assert ("CrewPlum" in found.named) is (status in {"named", "both"})
    assert ("CrewPlum" in found.doubted) is (status in {"doubted", "both"})
    assert ("CrewPlum" in found.not_taken) is (status == "not_taken")
    named = status in {"named", "both"}
    assert found.status == ("evidence" if named else "no_evidence")


def test_what_is_rejected_later_in_the_same_answer_is_no_referral() -> None:
    looked = make_insight(
        "ann", "It was beautiful.", kind="motivation", category="like",
        quote="she found CrewPlum and that was beautiful",
    )  # fmt: skip
    answer = "So she found CrewPlum and that was beautiful. But no. We stayed."
    about = RIVALS._replace(answers={looked.id: answer})
    found = referral_of(["ann"], [looked], about)
    assert (found.named, found.doubted) == ({}, {})
    assert found.not_taken["CrewPlum"].insights == (looked.id,)


def test_what_they_moved_to_is_named_whatever_they_hold_against_it() -> None:
    moved = make_insight(
        "ann", "Of a tool.", quote="We're on Fieldmoor now", category="technology",
        kind="trait",
    )  # fmt: skip
    worse = make_insight(
        "ann", "It is worse.", quote="And it's worse!", at=40, category="dislike"
    )
    found = referral_of(["ann"], [moved, worse], RIVALS)
    assert found.named["Fieldmoor"].insights == (moved.id,)
    assert found.doubted["Fieldmoor"].insights == (worse.id,)


def test_what_is_run_down_is_what_was_named_last() -> None:
    looked = make_insight(
        "ann", "Of a tool.", quote="I liked Fieldmoor", category="like",
        kind="motivation",
    )  # fmt: skip
    bad = make_insight("ann", "Bad.", quote="It was useless", at=60, category="dislike")
    answer = "I liked Fieldmoor. Then I saw CrewPlum. It was useless"
    about = RIVALS._replace(answers={looked.id: answer, bad.id: answer})
    assert list(referral_of(["ann"], [looked, bad], about).doubted) == []


def test_what_is_said_of_what_they_went_back_to_is_not_of_the_rival() -> None:
    found = make_insight(
        "ann", "Her daughter looked.", quote="She found CrewPlum", kind="trait",
        category="purchase_pattern",
    )  # fmt: skip
    bad = make_insight("ann", "Bad.", quote="It's just as bad", at=60)
    answer = "She found CrewPlum. No, I'm back with Google Calendar. It's just as bad"
    about = RIVALS._replace(answers={found.id: answer, bad.id: answer})
    assert dict(referral_of(["ann"], [found, bad], about).doubted) == {}
    again = answer.replace("It's", "CrewPlum? It's")
    about = RIVALS._replace(answers={found.id: again, bad.id: again})
    doubted = referral_of(["ann"], [found, bad], about).doubted
    assert doubted["CrewPlum"].insights == (bad.id,)


def icp(*rows: ScorecardRow) -> Icp:
    given = {
        "id": "icp-1",
        "version": "v",
        "name": "x",
        "status": "draft",
        "segment": None,
        "type": "account",
        "n": 3,
        "scorecard": Scorecard(rows=rows),
        "criteria": [
            {
                "field": one.field,
                "operator": one.perfect_fit.operator,
                "value": one.perfect_fit.value,
                "status": "evidence",
                "coverage": {"known": 3, "of": 3},
            }
            for one in rows
        ],
    }
    return Icp.model_validate(given)


SIZE = ScorecardRow(
    field="headcount_company",
    perfect_fit=Condition(operator="between", value=(10, 50), unit="people"),
    claims=("clm-size",),
)
BUDGET = ScorecardRow(
    field="budget", perfect_fit=Condition(operator="between", value=(500, 900))
)


def test_they_may_come_back_when_they_meet_a_criterion_that_was_their_reason() -> None:
    small = make_insight(
        "sam", "Too small for it.", category="objection", at=600,
        quote="we are too small for that",
    )  # fmt: skip
    found = study(small)
    sams = by_code(found)["keen_not_able"]
    facts = known_facts(found.facts)
    told = tuple(found.insights.values())
    size, money = readmissions_of(sams, [icp(SIZE, BUDGET)], facts, insights=told)
    assert (size.code, size.icp, size.field) == (
        "meets_criterion",
        "icp-1",
        "headcount_company",
    )
    assert (size.missed_by, size.known, size.claims) == (SAMS, 3, ("clm-size",))
    assert (money.code, money.operator, money.value) == ("has_budget", ">=", 500)
    grown = {name: {"headcount_company": [12.0]} for name in SAMS}
    (left,) = readmissions_of(sams, [icp(SIZE, BUDGET)], grown, insights=told)
    assert left.code == "has_budget"


def test_of_companies_it_is_companies_that_miss_a_criterion() -> None:
    small = make_insight(
        "sam", "Too small for it.", category="objection", at=600,
        quote="we are too small for that",
    )  # fmt: skip
    found = study(small)
    one = {
        name: found.people[name].model_copy(update={"company": "acme"})
        for name in SAMS[:2]
    }
    colleagues = found.model_copy(update={"people": {**found.people, **one}})
    sams = by_code(colleagues)["keen_not_able"]
    told = tuple(found.insights.values())
    size, money = readmissions_of(
        sams, [icp(SIZE, BUDGET)], known_facts(found.facts), insights=told
    )
    for each in (size, money):
        assert (each.counts, each.missed, each.known) == ("account", 2, 2)
        assert each.missed_by == SAMS
    (people,) = (
        one
        for one in find_excluded(colleagues, level="person", about=RIVALS)
        if one.code == "keen_not_able"
    )
    size, _ = readmissions_of(
        people, [icp(SIZE, BUDGET)], known_facts(found.facts), insights=told
    )
    assert (size.counts, size.missed, size.known) == ("person", 3, 3)


def test_a_criterion_that_nobody_gives_as_a_reason_brings_nobody_back() -> None:
    found = study()
    sams = by_code(found)["keen_not_able"]
    (money,) = readmissions_of(
        sams,
        [icp(SIZE)],
        known_facts(found.facts),
        insights=tuple(found.insights.values()),
    )
    assert money.code == "has_budget"


@pytest.mark.parametrize(
    ("quote", "stated"),
    [
        ("If they do these three then I come back, I'm not angry.", True),
        ("if I could have guests for three days, I'd be back on Monday", True),
        ("如果你們有訪客帳號，我就回來", True),
        ("If it rains I stay in bed.", False),
        ("If they do these three then I come back, and I want a rain button", True),
        ("I took them out again. If only.", False),
        ("If it had been cheaper, CrewPlum would see me again.", False),
    ],
)
def test_what_they_put_as_a_condition_comes_first(quote: str, *, stated: bool) -> None:
    said = make_insight(
        "ann", "A wish.", kind="motivation", category="goal", quote=quote
    )
    found = gone(said)
    (left,) = find_excluded(found, about=RIVALS)
    back = readmissions_of(left, [], {}, insights=[said], about=RIVALS)
    assert [(one.code, one.text, one.missed_by) for one in back] == (
        [("stated", "A wish.", ("ann",))] if stated else []
    )


def test_a_wish_that_is_told_twice_is_a_condition_by_any_of_its_questions() -> None:
    wish = make_insight(
        "ann", "It should say when nothing was saved.", kind="motivation",
        category="goal", quote="the hook mustn't lie",
    )  # fmt: skip
    about = RIVALS._replace(asked={wish.id: "Did it tell you?"})
    (left,) = find_excluded(gone(wish), about=RIVALS)

    def back(given: About) -> list[str | None]:
        found = readmissions_of(left, [], {}, insights=[wish], about=given)
        return [one.text for one in found]

    assert back(about) == []
    again = {wish.id: ("And what would have to change for you to come back?",)}
    assert back(about._replace(asked_again=again)) == [wish.statement]


def test_without_an_icp_that_states_a_budget_the_condition_has_no_figure() -> None:
    sams = by_code(study())["keen_not_able"]
    (money,) = readmissions_of(sams, [], {})
    assert (money.icp, money.operator, money.value) == (None, None, None)
