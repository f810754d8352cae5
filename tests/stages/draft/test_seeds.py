"""What can be claimed of a group, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.insights import Insight, Normal
from icp_synth.stages.draft.seeds import find_seeds, say_range
from tests.synthesis_factory import make_findings, make_trait

SIX = [f"p{i}" for i in range(6)]
GROUP = SIX[:3]


def headcount(name: str, said: str, low: float, high: float | None = None) -> Insight:
    normal = Normal(low=low, high=low if high is None else high, unit="people")
    return make_trait(name, "headcount_company", said, normal=normal)


def test_a_claim_cites_the_group_and_is_supported_by_everybody_who_said_it() -> None:
    study = make_findings(SIX, shared={"Counting hurts": ["p0", "p1", "p5"]})
    (seed,) = find_seeds(study, GROUP)
    assert seed.field == "pain/problem"
    assert seed.supports == ("p0", "p1", "p5")
    assert seed.within == 2
    cited = {study.insights[one].participant for one in seed.insights}
    assert cited == {"p0", "p1"}


def test_what_only_one_of_the_group_said_is_no_claim() -> None:
    study = make_findings(
        SIX,
        shared={"Counting hurts": ["p0", "p4", "p5"]},
        traits=[make_trait("p0", "industry", "bakery")],
    )
    assert find_seeds(study, GROUP) == []


def test_claims_rank_by_lift_and_then_by_support() -> None:
    study = make_findings(
        SIX,
        shared={
            "everybody": SIX,
            "two of the group": ["p0", "p1"],
            "the whole group": GROUP,
            "two, and two others": ["p0", "p1", "p4", "p5"],
        },
    )
    seeds = find_seeds(study, GROUP)
    assert [seed.label.removesuffix(" (p0)") for seed in seeds] == [
        "the whole group",
        "two of the group",
        "everybody",
        "two, and two others",
    ]
    assert seeds[2].lift == 1.0


def test_a_group_of_everybody_has_no_lift_and_ranks_by_support() -> None:
    study = make_findings(SIX, shared={"two": SIX[:2], "five": SIX[:5]})
    seeds = find_seeds(study, SIX)
    assert [(seed.label, seed.lift) for seed in seeds] == [
        ("five (p0)", 1.0),
        ("two (p0)", 1.0),
    ]


def test_a_range_holds_only_figures_of_one_unit_and_the_last_of_each_person() -> None:
    in_sites = Normal(low=900, high=900, unit="sites")
    corrected = Normal(low=999, high=999, unit="people")
    study = make_findings(
        SIX,
        traits=[
            make_trait("p0", "headcount_company", "999, no", normal=corrected),
            headcount("p0", "40", 40),
            headcount("p1", "30 to 50", 30, 50),
            make_trait("p2", "headcount_company", "900", normal=in_sites),
            headcount("p4", "45", 45),
            headcount("p5", "45 to 60", 45, 60),
        ],
    )
    (seed,) = find_seeds(study, GROUP)
    assert seed.normal == Normal(low=30, high=50, unit="people")
    assert seed.label == "30–50 people"
    assert seed.within == 2
    assert seed.known == 3
    assert seed.supports == ("p0", "p1", "p4")
    assert seed.values == ("40", "30 to 50")
    assert {study.insights[one].participant for one in seed.insights} == {"p0", "p1"}


def test_currencies_are_never_put_into_one_range() -> None:
    traits = [
        make_trait("p0", "price_paid", "$5", normal=Normal(low=5, currency="USD")),
        make_trait("p1", "price_paid", "€9", normal=Normal(low=9, currency="EUR")),
    ]
    assert find_seeds(make_findings(SIX, traits=traits), GROUP) == []


def test_figures_without_a_number_are_no_range() -> None:
    traits = [
        make_trait(name, "sites", "several", normal=Normal(unit="sites"))
        for name in GROUP
    ]
    assert find_seeds(make_findings(SIX, traits=traits), GROUP) == []


def test_a_category_is_claimed_once_for_each_value_however_it_was_written() -> None:
    traits = [
        make_trait("p0", "technology", "Xero"),
        make_trait("p1", "technology", "the xero."),
        make_trait("p1", "technology", "Excel", at=90),
        make_trait("p2", "technology", "Excel"),
        make_trait("p5", "technology", "XERO"),
    ]
    seeds = find_seeds(make_findings(SIX, traits=traits), GROUP)
    assert {seed.label: (seed.within, seed.known, seed.supports) for seed in seeds} == {
        "Xero": (2, 3, ("p0", "p1", "p5")),
        "Excel": (2, 3, ("p1", "p2")),
    }


def test_free_text_fields_are_no_claims() -> None:
    traits = [make_trait(name, "maturity", "early") for name in GROUP]
    assert find_seeds(make_findings(SIX, traits=traits), GROUP) == []


def test_a_theme_whose_every_statement_is_a_fact_claim_is_not_said_twice() -> None:
    traits = [make_trait(name, "industry", "bakery") for name in GROUP]
    study = make_findings(SIX, traits=traits)
    theme = make_findings(SIX, shared={"Bakeries": GROUP}).themes[0]
    doubled = study.model_copy(
        update={
            "themes": (
                theme.model_copy(update={"insights": tuple(one.id for one in traits)}),
            )
        }
    )
    (seed,) = find_seeds(doubled, GROUP)
    assert seed.field == "industry"


@pytest.mark.parametrize(
    ("normal", "said"),
    [
        (Normal(low=35, high=60, unit="people"), "35–60 people"),
        (Normal(low=40, high=40), "40"),
        (
            Normal(low=1_500_000, currency="EUR", unit="per year"),
            "EUR 1,500,000 per year",
        ),
        (Normal(low=2.5, high=3), "2.5–3"),
    ],
)
def test_a_range_is_said_with_its_unit(normal: Normal, said: str) -> None:
    assert say_range(normal) == said


people = st.sets(st.sampled_from(SIX), min_size=1)


@given(st.dictionaries(st.sampled_from("abcdef"), people), people)
def test_every_cited_participant_is_among_the_supports(
    shared: dict[str, set[str]], group: set[str]
) -> None:
    study = make_findings(
        SIX, shared={label: sorted(names) for label, names in shared.items()}
    )
    for seed in find_seeds(study, sorted(group)):
        cited = {study.insights[one].participant for one in seed.insights}
        assert len(cited) == seed.within >= 2
        assert cited <= set(seed.supports) & group
