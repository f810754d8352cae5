"""What can be claimed of a group, and in which order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.insights import Insight, Normal
from icp_synth.stages.draft import Findings
from icp_synth.stages.draft.seeds import find_seeds, say_range
from tests.synthesis_factory import make_findings, make_insight, make_theme, make_trait

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


def labels(study: Findings, group: Sequence[str]) -> list[str]:
    return [seed.label for seed in find_seeds(study, group)]


def test_what_most_of_the_group_share_comes_before_what_sets_two_of_them_apart() -> (
    None
):
    study = make_findings(
        SIX,
        shared={
            "everybody": SIX,
            "two of the group": ["p0", "p1"],
            "the whole group": GROUP,
            "two, and two others": ["p0", "p1", "p4", "p5"],
        },
    )
    assert labels(study, GROUP) == [
        "the whole group",
        "everybody",
        "two of the group",
        "two, and two others",
    ]


def test_of_equally_many_the_theme_that_is_found_again_comes_first() -> None:
    study = make_findings(SIX, shared={"loose": GROUP, "firm": [*GROUP, "p5"]})
    loose, firm = study.themes
    known = study.model_copy(
        update={"themes": (loose, firm.model_copy(update={"stability": 0.8}))}
    )
    assert labels(study, GROUP) == ["loose", "firm"]
    assert labels(known, GROUP) == ["firm", "loose"]


def test_a_group_of_everybody_has_no_lift_and_ranks_by_support() -> None:
    study = make_findings(SIX, shared={"two": SIX[:2], "five": SIX[:5]})
    seeds = find_seeds(study, SIX)
    assert [(seed.label, seed.lift) for seed in seeds] == [("five", 1.0), ("two", 1.0)]


def test_the_core_of_a_group_is_drafted_however_much_of_it_there_is() -> None:
    core = {f"core {i}": SIX[:4] for i in range(20)}
    study = make_findings(SIX, shared={**core, "apart": ["p0", "p1"]})
    drafted = labels(study, SIX[:4])
    assert (set(drafted[:-1]), drafted[-1]) == (set(core), "apart")


def test_what_sets_a_group_apart_has_places_beside_what_everybody_shares() -> None:
    common = {f"common {i}": [*SIX[:3], "p6", "p7"] for i in range(12)}
    apart = {f"apart {i}": ["p0", "p1"] for i in range(6)}
    people = [f"p{i}" for i in range(12)]
    drafted = labels(make_findings(people, shared={**common, **apart}), people[:6])
    assert len(drafted) == 12
    assert sum(label in apart for label in drafted) == 4


def test_each_kind_of_theme_has_places_of_its_own() -> None:
    people = [f"p{i}" for i in range(10)]
    pains = make_findings(people, shared={f"pain {i}": people[:5] for i in range(14)})
    goals = [
        make_insight(name, f"goal ({name})", kind="motivation", category="goal", at=9)
        for name in people[:2]
    ]
    study = pains.model_copy(
        update={
            "themes": (*pains.themes, make_theme("goal", goals, of=10)),
            "insights": {**pains.insights, **{one.id: one for one in goals}},
        }
    )
    assert "goal" in labels(study, people)


def test_people_whom_no_segment_took_are_not_what_a_group_is_compared_with() -> None:
    shared = {"said in the group": [*GROUP, "p3"]}
    study = make_findings(SIX, shared=shared)
    apart = study.model_copy(update={"aside": frozenset({"p3"})})
    (with_them,), (without,) = find_seeds(study, GROUP), find_seeds(apart, GROUP)
    # (3.5 / 4) / (1.5 / 4), and without p3: (3.5 / 4) / (0.5 / 3).
    assert (with_them.lift, without.lift) == (2.33, 5.25)
    assert without.supports == ("p0", "p1", "p2", "p3")


def verbatim(label: str, *names: str) -> Findings:
    said = [
        make_insight(
            name, f"{name} said so", quote=f"well, {name} said so", at=9 * i,
            statement_origin="verbatim",
        )
        for i, name in enumerate(names)
    ]  # fmt: skip
    study = make_findings(SIX)
    return study.model_copy(
        update={
            "themes": (make_theme(label, said, of=6),),
            "insights": {one.id: one for one in said},
        }
    )


@pytest.mark.parametrize(
    ("label", "told", "example"),
    [
        ("Shared by all", "Shared by all", False),
        ("p1 said so", "p1 said so", True),
        ("p1 said", "p1 said", True),
        ("p4 said so", "p0 said so", True),
    ],
)
def test_one_persons_words_are_an_example_and_are_of_the_group(
    label: str, told: str, *, example: bool
) -> None:
    study = verbatim(label, "p4", "p0", "p1")
    (seed,) = find_seeds(study, GROUP)
    assert (seed.label, seed.example) == (told, example)


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
    assert seed.known == 2
    assert seed.supports == ("p0", "p1", "p4")
    assert seed.values == ("40", "30 to 50")
    assert {study.insights[one].participant for one in seed.insights} == {"p0", "p1"}


def test_one_unit_has_many_words() -> None:
    units = ["people", "employees", "人"]
    traits = [
        make_trait(
            name, "headcount_company", f"{40 + i}",
            normal=Normal(low=40 + i, high=40 + i, unit=units[i]),
        )
        for i, name in enumerate(GROUP)
    ]  # fmt: skip
    (seed,) = find_seeds(make_findings(SIX, traits=traits), GROUP)
    assert (seed.label, seed.within, seed.known) == ("40–42 people", 3, 3)


def sized(**figures: tuple[float | None, float | None]) -> Findings:
    traits = [
        make_trait(
            name, "headcount_company", name,
            normal=Normal(low=low, high=high, unit="people"),
        )
        for name, (low, high) in figures.items()
    ]  # fmt: skip
    return make_findings(SIX, traits=traits)


@pytest.mark.parametrize(
    ("figures", "label", "inside"),
    [
        # Over 200 is more than anybody else says: the end is open.
        ({"p0": (40, 40), "p1": (90, 90), "p2": (200, None)}, "≥ 40 people", 3),
        # Over 50 may lie in the range or beyond it: it does not tell.
        ({"p0": (40, 40), "p1": (90, 90), "p2": (50, None)}, "40–90 people", 2),
        ({"p0": (40, 40), "p1": (90, 90), "p2": (None, 10)}, "≤ 90 people", 3),
        ({"p0": (50, None), "p1": (200, None)}, "≥ 50 people", 2),
        ({"p0": (None, 9), "p1": (None, 5)}, "≤ 9 people", 2),
    ],
)
def test_an_open_figure_makes_no_closed_range(
    figures: dict[str, tuple[float | None, float | None]], label: str, inside: int
) -> None:
    (seed,) = find_seeds(sized(**figures), GROUP)
    assert (seed.label, seed.within, seed.known) == (label, inside, inside)
    assert seed.supports == tuple(sorted(figures))[:inside]


@pytest.mark.parametrize("ends", [((50, None), (None, 90)), ((50, None), (None, 20))])
def test_over_and_under_alone_are_no_range(
    ends: tuple[tuple[float | None, float | None], ...],
) -> None:
    assert find_seeds(sized(p0=ends[0], p1=ends[1]), GROUP) == []


def test_the_lift_of_a_fact_is_among_those_whose_field_is_known() -> None:
    traits = [make_trait(name, "industry", "bakery") for name in GROUP]
    unknown = find_seeds(make_findings(SIX, traits=traits), GROUP)
    assert [seed.lift for seed in unknown] == [1.0]
    hotel = make_trait("p3", "industry", "hotel")
    (known,) = find_seeds(make_findings(SIX, traits=[*traits, hotel]), GROUP)
    # (3.5 / 4) / (0.5 / 2)
    assert known.lift == 3.5


def test_an_amount_without_a_currency_is_in_no_range_with_one_that_has_it() -> None:
    sums = {"p0": "GBP", "p1": "GBP", "p2": None, "p3": None}
    traits = [
        make_trait(
            name, "budget", f"{i}",
            normal=Normal(low=i, high=i, unit="a month", currency=currency),
        )
        for i, (name, currency) in enumerate(sums.items(), start=1)
    ]  # fmt: skip
    (seed,) = find_seeds(make_findings(SIX, traits=traits), list(sums)[:3])
    assert (seed.label, seed.supports) == ("GBP 1–2 per month", ("p0", "p1"))


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
            "EUR ≥ 1,500,000 per year",
        ),
        (Normal(low=2.5, high=3), "2.5–3"),
        (Normal(high=9, unit="sites"), "≤ 9 sites"),
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
