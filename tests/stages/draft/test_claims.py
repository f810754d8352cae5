"""A profile gets its words: claims that partition people, measurable criteria."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Coverage, Criterion
from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import (
    Findings,
    Profile,
    claims_of,
    criteria_of,
    draft_profiles,
    refused_of,
    skeleton_of,
)
from icp_synth.stages.facts import gather_facts
from tests.synthesis_factory import make_findings, make_trait

SIX = [f"p{i}" for i in range(6)]
OUTSIDE = "q"
PEOPLE = {
    name: Person(id=name, label=name, company=f"of {name}") for name in (*SIX, OUTSIDE)
}
NOTHING = Wordings(texts={})


def icp_with(
    *traits: Insight, group: list[str] | None = None
) -> tuple[Findings, Profile]:
    study = make_findings(PEOPLE, traits=traits)
    (icp,), _ = draft_profiles(study, [group or SIX])
    return study, icp


def criteria(*traits: Insight, group: list[str] | None = None) -> list[Criterion]:
    study, icp = icp_with(*traits, group=group)
    return list(criteria_of(icp, claims_of(study, icp, NOTHING)))


def headcounts(*figures: int) -> list[Insight]:
    return [size(f"p{i}", figure) for i, figure in enumerate(figures)]


def size(name: str, figure: int) -> Insight:
    span = Normal(low=figure, high=figure, unit="people")
    return make_trait(name, "headcount_company", str(figure), normal=span)


def test_a_claim_takes_the_analysts_words_or_else_its_label() -> None:
    study = make_findings(SIX, shared={"a": SIX, "b": SIX[:4]})
    (icp,), _ = draft_profiles(study, [SIX])
    claims = claims_of(study, icp, Wordings(texts={2: "They share b."}))
    assert [claim.text for claim in claims] == ["a", "They share b."]


def test_rewording_changes_a_claims_id_and_nothing_of_its_evidence() -> None:
    study = make_findings(SIX, shared={"a": SIX})
    (icp,), _ = draft_profiles(study, [SIX])
    (plain,) = claims_of(study, icp, NOTHING)
    (worded,) = claims_of(study, icp, Wordings(texts={1: "Worded."}))
    assert plain.id != worded.id
    same = {"id": "", "text": ""}
    assert plain.model_copy(update=same) == worded.model_copy(update=same)


@given(
    st.dictionaries(
        st.sampled_from("abcde"), st.sets(st.sampled_from(SIX), min_size=1)
    ),
    st.sets(st.sampled_from(SIX), min_size=1),
)
def test_every_claim_is_evidence_and_partitions_the_participants(
    shared: dict[str, set[str]], group: set[str]
) -> None:
    study = make_findings(SIX, shared={k: sorted(v) for k, v in shared.items()})
    icps, personas = draft_profiles(study, [sorted(group)])
    for profile in (*icps, *personas):
        for claim in claims_of(study, profile, NOTHING):
            stances = [
                *claim.supports,
                *claim.contradicts,
                *claim.silent,
                *claim.unjudged,
            ]
            assert sorted(stances) == SIX
            assert claim.basis == "evidence"
            cited = {study.insights[one].participant for one in claim.insights}
            assert cited
            assert cited <= set(claim.supports)


def test_the_writer_sees_one_statement_a_person_and_three_quotes() -> None:
    study = make_findings(SIX, shared={"a": SIX, "b": SIX[:2]})
    (icp,), _ = draft_profiles(study, [SIX])
    skeleton = skeleton_of(study, icp)
    assert [claim.number for claim in skeleton.claims] == [1, 2]
    assert [len(claim.statements) for claim in skeleton.claims] == [6, 2]
    assert [len(claim.quotes) for claim in skeleton.claims] == [3, 2]
    assert [(claim.supports, claim.of) for claim in skeleton.claims] == [(6, 6), (2, 6)]
    assert (skeleton.people, skeleton.of) == (6, 6)


def test_the_writer_is_told_whether_an_icp_is_of_companies() -> None:
    shared = {"a": SIX, "b": SIX}
    (of_people,), (persona,) = draft_profiles(make_findings(SIX, shared=shared), [SIX])
    study = make_findings(PEOPLE, shared=shared)
    (of_companies,), _ = draft_profiles(study, [SIX])
    told = [skeleton_of(study, one).what for one in (of_people, of_companies, persona)]
    assert told == ["icp_of_people", "icp", "persona"]


def test_a_number_becomes_a_range_with_its_unit() -> None:
    (criterion,) = criteria(*headcounts(35, 60, 40))
    assert (criterion.operator, criterion.value) == ("between", (35, 60))
    assert criterion.unit == "people"
    assert criterion.coverage == Coverage(known=3, of=6)


def test_three_known_of_six_are_a_glimpse_and_four_are_evidence() -> None:
    (three,) = criteria(*headcounts(35, 60, 40))
    (four,) = criteria(*headcounts(35, 60, 40, 50))
    assert (three.status, four.status) == ("assumption", "evidence")


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ((), "evidence"),
        ((40, 50), "assumption"),
        ((40, 900), "evidence"),
        ((700, 900), "evidence"),
    ],
)
def test_what_holds_for_the_others_just_as_much_is_no_evidence(
    others: tuple[int, ...], status: str
) -> None:
    elsewhere = {f"z{n}": Person(id=f"z{n}", label="z") for n in others}
    traits = [*headcounts(35, 60, 40, 50), *(size(f"z{n}", n) for n in others)]
    study = make_findings({**PEOPLE, **elsewhere}, traits=traits)
    (icp,), _ = draft_profiles(study, [SIX])
    (one,) = criteria_of(icp, claims_of(study, icp, NOTHING))
    assert one.status == status


def test_two_people_carry_an_assumption_of_little_weight() -> None:
    (criterion,) = criteria(*headcounts(35, 60))
    assert (criterion.status, criterion.weight) == ("assumption", 0.1)


def test_three_colleagues_are_one_account_and_no_evidence() -> None:
    colleagues = {
        name: PEOPLE[name].model_copy(update={"company": "one"}) for name in SIX[:3]
    }
    study = make_findings({**PEOPLE, **colleagues}, traits=headcounts(35, 40, 60, 50))
    (icp,), _ = draft_profiles(study, [SIX])
    (one,) = criteria_of(icp, claims_of(study, icp, NOTHING))
    assert one.status == "assumption"
    assert one.coverage == Coverage(known=2, of=4)
    assert one.counts == "account"
    (alone,) = criteria(*headcounts(35, 40, 60, 50))
    assert alone.weight is not None
    assert one.weight == pytest.approx(alone.weight / 2, abs=0.01)


def test_what_is_open_is_asked_for_by_its_one_end_and_people_are_whole() -> None:
    over = Normal(low=199.5, unit="people")
    traits = [
        make_trait(name, "headcount_company", f"over {name}", normal=over)
        for name in SIX[:3]
    ]
    (one,) = criteria(*traits)
    assert (one.operator, one.value, one.unit) == (">=", 199, "people")


AMOUNT = Normal(low=30, high=30, unit="a month")


@pytest.mark.parametrize(
    ("field", "normal", "code"),
    [
        ("price_paid", AMOUNT.model_copy(update={"currency": "GBP"}), "after_purchase"),
        ("tenure", Normal(low=2, high=2, unit="years"), "after_purchase"),
    ],
)
def test_what_finds_nobody_is_a_claim_and_no_criterion(
    field: str, normal: Normal, code: str
) -> None:
    traits = [make_trait(name, field, "said", normal=normal) for name in SIX]
    study, icp = icp_with(*traits)
    (claim,) = claims_of(study, icp, NOTHING)
    assert criteria_of(icp, [claim]) == ()
    refused, kind = refused_of(icp, [claim])
    assert kind.code == "no_kind"
    assert (refused.code, refused.claim) == (code, claim.id)


def test_the_currency_of_the_study_makes_an_amount_a_criterion() -> None:
    traits = [make_trait(name, "budget", "30", normal=AMOUNT) for name in SIX]
    study = make_findings(PEOPLE, traits=traits).model_copy(
        update={"facts": gather_facts(traits, "NZD")}
    )
    (icp,), _ = draft_profiles(study, [SIX])
    (one,) = criteria_of(icp, claims_of(study, icp, NOTHING))
    assert (one.value, one.unit) == ((30, 30), "NZD per month")


def test_a_claim_in_one_persons_words_is_marked_as_an_example() -> None:
    study = make_findings(SIX, shared={"a": SIX})
    said = study.themes[0].model_copy(update={"label": "a (p0)"})
    study = study.model_copy(update={"themes": (said,)})
    (icp,), _ = draft_profiles(study, [SIX])
    (plain,) = claims_of(study, icp, NOTHING)
    (worded,) = claims_of(study, icp, Wordings(texts={1: "They say a."}))
    assert (plain.text, plain.example) == ("a (p0)", True)
    assert not worded.example


def test_coverage_counts_whose_field_is_known_not_who_fulfils_it() -> None:
    trades = ["bakery", "bakery", "bakery", "hotel", "school"]
    (criterion,) = criteria(
        *(make_trait(f"p{i}", "industry", trade) for i, trade in enumerate(trades))
    )
    assert (criterion.operator, criterion.value) == ("=", "bakery")
    assert criterion.coverage == Coverage(known=5, of=6)


def test_every_criterion_can_be_measured_and_names_its_claim() -> None:
    study, icp = icp_with(
        *headcounts(35, 60, 40),
        *(make_trait(name, "industry", "bakery", at=90) for name in SIX),
    )
    claims = claims_of(study, icp, NOTHING)
    for criterion in criteria_of(icp, claims):
        assert criterion.operator in PROFILE_FIELDS[criterion.field].operators
        assert criterion.claim in {claim.id for claim in claims}


@pytest.mark.parametrize(
    ("field", "value"), [("sex", "female"), ("family", "two kids")]
)
def test_protected_and_free_fields_are_never_criteria(field: str, value: str) -> None:
    study = make_findings(
        SIX,
        shared={"a": SIX},
        traits=[make_trait(name, field, value, category="demographic") for name in SIX],
    )
    (icp,), _ = draft_profiles(study, [SIX])
    assert criteria_of(icp, claims_of(study, icp, NOTHING)) == ()


def test_amounts_of_no_currency_make_no_range() -> None:
    traits = [make_trait(name, "budget", "said", normal=AMOUNT) for name in SIX]
    study, icp = icp_with(*traits)
    assert claims_of(study, icp, NOTHING) == ()


def trades(*said: str) -> list[Insight]:
    return [make_trait(f"p{i}", "industry", one) for i, one in enumerate(said)]


def test_alike_trades_are_one_condition_in_the_words_that_people_used() -> None:
    (one,) = criteria(
        *trades("commercial cleaning", "office cleaning", "we clean schools", "hotels")
    )
    assert (one.field, one.operator) == ("industry", "in")
    assert one.value == ("commercial cleaning", "office cleaning", "we clean schools")
    assert one.coverage == Coverage(known=4, of=6)


def test_a_trade_is_found_again_in_the_other_language() -> None:
    (one,) = criteria(*trades("lift repair", "repairs boilers", "維修冷凍設備"))
    assert one.value == ("lift repair", "repairs boilers", "維修冷凍設備")


@pytest.mark.parametrize(
    "said", [("bakery", "bakery", "hotel"), ("bakery",) * 3 + ("a", "b", "c", "d")]
)
def test_a_word_of_two_people_or_of_fewer_than_half_is_no_condition(
    said: tuple[str, ...],
) -> None:
    group = [f"p{i}" for i in range(len(said))]
    people = {name: Person(id=name, label=name, company=name) for name in group}
    study = make_findings({**people, OUTSIDE: PEOPLE[OUTSIDE]}, traits=trades(*said))
    (icp,), _ = draft_profiles(study, [group])
    claims = claims_of(study, icp, NOTHING)
    assert criteria_of(icp, claims) == ()
    assert [one.code for one in refused_of(icp, claims)] == ["too_few", "no_kind"]


def test_jobs_are_compared_by_their_last_noun() -> None:
    jobs = ["a writer", "a freelance writer", "copywriter", "a nurse", "the owner"]
    traits = [make_trait(f"p{i}", "role", one) for i, one in enumerate(jobs)]
    study = make_findings([*SIX, OUTSIDE], traits=traits)
    (icp,), _ = draft_profiles(study, [SIX])
    (claim,) = claims_of(study, icp, NOTHING)
    (one,) = criteria_of(icp, [claim])
    assert one.value == ("copywriter", "a freelance writer", "a writer")
    assert claim.supports == ("p0", "p1", "p2")


def test_what_is_listed_in_one_breath_counts_one_by_one() -> None:
    tools = ["Xero, payroll bureau", "Xero", "Excel; Xero"]
    (one,) = criteria(
        *(make_trait(f"p{i}", "technology", tool) for i, tool in enumerate(tools))
    )
    assert (one.operator, one.value) == ("=", "Xero")


def test_where_the_one_segment_is_everybody_nothing_is_a_condition() -> None:
    study = make_findings(
        {name: PEOPLE[name] for name in SIX}, traits=headcounts(9, 20)
    )
    (icp,), _ = draft_profiles(study, [SIX])
    claims = claims_of(study, icp, NOTHING)
    assert criteria_of(icp, claims) == ()
    assert {one.code for one in refused_of(icp, claims)} == {"nothing_separates"}


def test_what_kind_of_firm_it_is_is_missed_where_it_is_no_condition() -> None:
    study, icp = icp_with(*headcounts(35, 60, 40), *trades("bakery", "hotel", "school"))
    (refused,) = refused_of(icp, claims_of(study, icp, NOTHING))
    assert (refused.field, refused.code) == ("industry", "no_kind")
    assert refused.value == ("bakery", "hotel", "school")


def test_a_fact_tells_who_named_another_value_from_who_named_none() -> None:
    many = Normal(low=900, high=900, unit="people")
    other = make_trait(OUTSIDE, "headcount_company", "900", normal=many)
    traits = [*headcounts(35, 60, 40), other]
    study, icp = icp_with(*traits)
    (claim,) = claims_of(study, icp, NOTHING)
    assert claim.other_value == (OUTSIDE,)
    assert set(claim.unjudged) == {"p3", "p4", "p5", OUTSIDE}


def test_a_price_in_another_currency_is_no_unstated_price() -> None:
    def price(name: str, figure: float, currency: str | None) -> Insight:
        normal = Normal(low=figure, high=figure, unit="per month", currency=currency)
        return make_trait(name, "price_paid", str(figure), normal=normal)

    prices = [price("p0", 360, "GBP"), price("p1", 1150, "GBP")]
    prices += [price("p2", 890, "EUR"), price(OUTSIDE, 620, None)]
    study, icp = icp_with(*prices)
    (claim,) = claims_of(study, icp, NOTHING)
    assert claim.supports == ("p0", "p1")
    assert claim.other_value == ()
    assert set(claim.not_comparable) == {"p2", OUTSIDE}


def test_one_figure_and_one_open_end_are_no_range() -> None:
    traits = [
        make_trait("p0", "customer_count", "55", normal=Normal(low=55, high=55)),
        make_trait("p1", "customer_count", "over 200", normal=Normal(low=200)),
    ]
    assert criteria(*traits) == []
