"""Trades and jobs in other words: what names all of it is it, the rest is not known."""

from __future__ import annotations

import pytest

from icp_synth.domain.conditions import Condition
from icp_synth.domain.fit import Voices
from icp_synth.domain.profiles import Coverage, Criterion, Icp
from icp_synth.domain.scorecards import Scorecard, ScorecardRow
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft.alike import holds_in_words, in_words_of, merged
from icp_synth.stages.draft.exclusions import Excluded
from icp_synth.stages.draft.overlaps import fits_of
from icp_synth.stages.draft.profiles import Profile
from icp_synth.stages.draft.readmissions import readmissions_of
from icp_synth.stages.draft.scorecards import (
    Facts,
    draft_scorecard,
    with_knock_outs,
)
from tests.synthesis_factory import make_insight

OTHER_TRADES = [
    ("office cleaning", "law office"),
    ("office cleaning", "office furniture"),
    ("cleaning company", "cleaning products manufacturer"),
    ("coffee shop", "barber shop"),
    ("coffee shop", "coffee machine repair"),
    ("travel agency", "marketing agency"),
    ("commercial kitchen repair", "car repair"),
    ("commercial kitchen repair", "kitchen design"),
    ("furniture company", "we do furniture removals"),
    ("car repair", "bike repair"),
    ("bakery", "kitchen design"),
    ("AI startup", "a startup for farms"),
    ("IT support", "support for farms"),
    ("law firm", "law school"),
    ("window cleaning", "window fitting"),
    ("bakery", "廚房設計"),
    ("咖啡店", "咖啡機維修"),
    ("辦公室清潔", "辦公室家具"),
]
SAME_TRADES = [
    ("office cleaning", "We clean windows"),
    ("office cleaning", "a small cleaning company"),
    ("commercial kitchen repair", "we mostly repair kitchens"),
    ("coffee shop", "a family coffee shop in Leeds"),
    ("IT support", "we do IT support"),
    ("catering", "we cater for weddings"),
    ("pest control", "pest control for farms"),
    ("solar panel installation", "installation of solar panels on farms"),
    ("landscaping", "landscaping in town, snow removal"),
    ("清潔公司", "辦公室清潔"),
    ("商用廚房維修", "kitchen repair"),
]
OTHER_JOBS = [
    ("sales manager", "office manager"),
    ("sales manager", "manager"),
    ("a writer", "an underwriter"),
    ("a porter", "a reporter"),
    ("an actor", "a contractor"),
    ("head of sales", "head of finance"),
    ("software engineer", "lift engineer"),
    ("a nurse", "a doctor"),
    ("nurse", "nurse manager"),
    ("vice president of sales", "vice president of marketing"),
    ("a teacher", "a student"),
    ("業務經理", "行政經理"),
    ("會計師", "設計師"),
]
SAME_JOBS = [
    ("a writer", "a copywriter"),
    ("a writer", "an author"),
    ("a writer", "作家"),
    ("a freelance writer", "a writer"),
    ("operations manager", "manager of operations"),
    ("owner", "co-owner and dispatcher"),
    ("經理", "行政經理"),
]


def as_told(field: str, wanted: str, said: str) -> list[object]:
    condition = Condition(operator="in", value=(wanted,))
    return list(in_words_of(condition, field, [said]))


@pytest.mark.parametrize(
    ("field", "wanted", "said"),
    [
        *(("industry", *pair) for pair in OTHER_TRADES),
        *(("role", *pair) for pair in OTHER_JOBS),
    ],
)
def test_one_word_in_common_is_no_fit(field: str, wanted: str, said: str) -> None:
    assert wanted not in as_told(field, wanted, said)
    row = ScorecardRow(
        field=field, perfect_fit=Condition(operator="in", value=(wanted,))
    )
    icp = Icp(
        id="one",
        version="v",
        name="one",
        status="draft",
        segment=None,
        type="person",
        n=3,
        scorecard=Scorecard(rows=(row,)),
    )
    people = {"ann": Person(id="ann", label="ann")}
    (fit,) = fits_of([icp], people, {"ann": {field: [said]}}, level="person")
    assert not fit.scores["one"].total


@pytest.mark.parametrize(
    ("field", "wanted", "said"),
    [
        *(("industry", *pair) for pair in SAME_TRADES),
        *(("role", *pair) for pair in SAME_JOBS),
    ],
)
def test_what_names_all_that_is_wanted_fits(field: str, wanted: str, said: str) -> None:
    assert as_told(field, wanted, said) == [wanted]


def test_jobs_that_only_end_alike_are_no_claim_together() -> None:
    jobs = ["porter", "reporter", "writer", "underwriter", "copywriter"]
    under = merged(jobs, "role")
    assert under["copywriter"] == "writer"
    assert under["reporter"] == "reporter"
    assert under["underwriter"] == "underwriter"


def test_a_scope_that_was_written_beforehand_leaves_other_words_out() -> None:
    trade = Condition(operator="in", value=("office cleaning",))
    said = ["stairwells", "we clean windows"]
    assert in_words_of(trade, "industry", said) == ["office cleaning"]
    told = in_words_of(trade, "industry", said, written=True)
    assert told == ["stairwells", "office cleaning"]


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        (["office cleaning"], True),
        (["We clean windows"], True),
        (["lift repair"], False),
        (["cleaning products manufacturer"], None),
        (["we are cleaners"], None),
        (["電梯維修"], None),
        (["lift repair", "we clean windows"], True),
        ([], None),
    ],
)
def test_other_words_are_a_yes_a_no_where_clearly_unlike_or_not_known(
    said: list[str],
    fits: bool | None,  # noqa: FBT001 - a case
) -> None:
    trade = Condition(operator="in", value=("office cleaning",))
    assert holds_in_words(trade, "industry", said) is fits


CLEANING = Criterion(
    field="industry",
    operator="in",
    value=("office cleaning",),
    status="evidence",
    coverage=Coverage(known=3, of=3),
    claim="clm-trade",
)
LIFTS: Facts = {
    **{name: {"industry": ["office cleaning"]} for name in "abc"},
    **{name: {"industry": ["lift repair"]} for name in "def"},
    "g": {"industry": ["cleaning products manufacturer"]},
}
WHY = make_insight(
    "d", "It is not made for our trade.", category="objection",
    quote="it is not made for our trade",
)  # fmt: skip


def test_a_trade_that_none_of_those_outside_is_in_may_knock_out() -> None:
    def effect(inside: str, outside: str) -> str:
        (one,) = with_knock_outs(
            [CLEANING], LIFTS, inside=inside, outside=outside, reasons=[WHY]
        )
        return one.effect

    assert effect("abc", "def") == "knock_out"
    assert effect("abc", "dg") == "weight", "of one outside it is not known"
    assert effect("abcd", "ef") == "weight", "one inside is clearly in another"


def test_who_left_may_come_back_when_they_are_of_the_trade() -> None:
    icp = Icp(
        id="one",
        version="v",
        name="one",
        status="draft",
        segment=None,
        type="person",
        n=3,
        criteria=(CLEANING,),
        scorecard=draft_scorecard([CLEANING]),
    )
    people = tuple("defg")
    gone = Excluded(
        code="churned",
        profile=Profile(
            what="icp",
            segment=None,
            participants=people,
            accounts=(),
            status="draft",
            seeds=(),
        ),
        keen=Voices(),
        not_able=Voices(),
        keen_not_able=(),
    )
    (back,) = readmissions_of(gone, [icp], LIFTS, insights=[WHY])
    assert (back.code, back.field, back.value) == (
        "meets_criterion",
        "industry",
        ("office cleaning",),
    )
    assert (back.missed, back.known) == (3, 3)
