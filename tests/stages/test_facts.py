"""Profile facts as said, and what two people can share of them."""

from __future__ import annotations

import pytest

from icp_synth.domain.insights import Normal
from icp_synth.domain.profiles import Fact
from icp_synth.stages.facts import comparable, feature, features, gather_facts
from tests.synthesis_factory import make_insight, make_trait


def fact(value: str, **normal: float | str | None) -> Fact:
    held = Normal.model_validate(normal) if normal else None
    return Fact(value=value, normal=held, insights=("i",))


def test_equal_values_of_one_person_are_one_fact_with_all_insights() -> None:
    one = make_trait("Ann", "technology", "Xero")
    two = make_trait("Ann", "technology", "the xero.", at=90)
    other = make_trait("Ann", "technology", "Excel", at=200)
    facts = gather_facts([one, two, other])["Ann"]["technology"]
    assert [(one.value, len(one.insights)) for one in facts] == [
        ("Xero", 2),
        ("Excel", 1),
    ]


def test_facts_stand_by_person_and_field_and_take_the_first_figure_known() -> None:
    normal = Normal(low=40, high=40)
    insights = [
        make_trait("Bob", "sites", "two"),
        make_trait("Ann", "headcount_company", "40"),
        make_trait("Ann", "headcount_company", "40", at=90, normal=normal),
        make_insight("Ann"),
    ]
    facts = gather_facts(insights)
    assert list(facts) == ["Ann", "Bob"]
    known = Normal(low=40, high=40, unit="people")
    assert facts["Ann"]["headcount_company"][0].normal == known


def test_the_figure_that_was_said_last_stands_last() -> None:
    said = [(40, 0), (60, 90), (40, 200)]
    insights = [make_trait("Ann", "sites", str(sites), at=at) for sites, at in said]
    for order in (insights, insights[::-1]):
        facts = gather_facts(order)["Ann"]["sites"]
        assert [fact.value for fact in facts] == ["60", "40"]


@pytest.mark.parametrize(
    ("field", "unit", "told"),
    [
        ("headcount_company", "員工", (18, "people")),
        ("headcount_department", "technicians", (18, "people")),
        ("headcount_company", "vans", (18, "vans")),
        ("sites", "家分店", (18, "sites")),
        ("tenure", "months", (1.5, "years")),
        ("tenure", "個月", (1.5, "years")),
        ("company_age", "year founded", (18, "year founded")),
        ("budget", "每月", (18, "per month")),
        ("revenue", "monthly", (216, "per year")),
    ],
)
def test_a_figure_is_held_in_the_unit_of_its_field(
    field: str, unit: str, told: tuple[float, str]
) -> None:
    normal = Normal(low=18, high=18, unit=unit)
    (fact,) = gather_facts([make_trait("Ann", field, "18", normal=normal)])["Ann"][
        field
    ]
    assert fact.normal is not None
    assert (fact.normal.low, fact.normal.unit) == told


def test_the_currency_of_the_study_is_meant_where_none_was_said() -> None:
    amounts = {"Ann": None, "Bob": "EUR"}
    insights = [
        make_trait(name, "budget", "9", normal=Normal(low=9, high=9, currency=currency))
        for name, currency in amounts.items()
    ]
    facts = gather_facts(insights, "GBP")
    held = {name: facts[name]["budget"][0].normal for name in amounts}
    assert {name: one and one.currency for name, one in held.items()} == {
        "Ann": "GBP",
        "Bob": "EUR",
    }
    unknown = gather_facts(insights)["Ann"]["budget"][0].normal
    assert unknown is not None
    assert unknown.currency is None


def test_the_currency_of_the_study_is_of_amounts_alone() -> None:
    people = make_trait("Ann", "headcount_company", "9", normal=Normal(low=9, high=9))
    normal = gather_facts([people], "GBP")["Ann"]["headcount_company"][0].normal
    assert normal is not None
    assert normal.currency is None


def test_a_trait_without_field_or_value_is_no_fact() -> None:
    bare = make_insight("Ann", kind="trait", category="role")
    assert gather_facts([bare, make_trait("Ann", "role", "")]) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Xero.", "xero"),
        ("1,200 people", "1200 people"),
        ("Ｅｘｃｅｌ", "excel"),
        ("a spreadsheet", "Spreadsheet!"),
        ("10–20", "10-20"),
    ],
)
def test_values_that_differ_only_in_form_are_comparable(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C++", "C#"), ("C#", "C"), ("$500", "€500"), ("5", "5%"), ("??", "!!")],
)
def test_values_that_differ_in_meaning_stay_apart(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


@pytest.mark.parametrize(
    ("figure", "band"),
    [
        ({"low": 1, "high": 1}, "0-9"),
        ({"low": 9.5, "high": 9.5}, "0-9"),
        ({"low": 10, "high": 10}, "10-49"),
        ({"low": 35, "high": 60}, "10-49"),
        ({"low": 250}, "250+"),
        ({"high": 10}, "0-9"),
        ({"high": 250}, "50-249"),
    ],
)
def test_headcounts_fall_into_the_bands_of_the_european_union(
    figure: dict[str, float], band: str
) -> None:
    found = feature("headcount_company", fact("said", **figure))
    assert found == f"headcount_company={band}"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("age", fact("40", low=40, high=40)),
        ("sex", fact("female")),
        ("price_paid", fact("500", low=500, high=500)),
        ("headcount_company", fact("a few")),
        ("headcount_company", fact("a few", unit="people")),
        ("company_age", fact("18 months", low=18, high=18, unit="months")),
        ("headcount_company", fact("9 vans", low=9, high=9, unit="vans")),
        ("other:fleet", fact("vans")),
        ("maturity", fact("early")),
    ],
)
def test_protected_free_and_unclear_facts_are_no_feature(
    field: str, said: Fact
) -> None:
    assert feature(field, said) is None


def test_a_person_shares_every_tool_but_only_the_last_figure() -> None:
    facts = {
        "technology": (fact("Xero"), fact("Excel")),
        "headcount_company": (fact("40", low=40), fact("no, 400", low=400)),
        "age": (fact("40", low=40),),
    }
    assert features(facts) == {
        "technology=xero",
        "technology=excel",
        "headcount_company=250+",
    }


def test_years_in_an_earlier_job_are_no_experience_in_this_one() -> None:
    traits = [
        make_trait("p0", "experience", "I was a dental nurse for nine years"),
        make_trait("p1", "experience", "I've been nine years at this"),
    ]
    assert set(gather_facts(traits)) == {"p1"}


def test_a_year_that_a_firm_began_in_is_its_age_when_that_was_said() -> None:
    founded = make_trait(
        "p0",
        "company_age",
        "started in 1987",
        normal=Normal(low=1987, high=1987, unit="year founded"),
    )
    since = make_trait("p1", "company_age", "since 2019")
    years = {founded.transcript: 2026, since.transcript: 2026}
    found = gather_facts([founded, since], years=years)
    for name, age in (("p0", 39), ("p1", 7)):
        (fact,) = found[name]["company_age"]
        assert fact.normal == Normal(low=age, high=age, unit="years")


def stated(field: str, quote: str, *, said: str = "", product: str = "Jobwren") -> bool:
    """Tell whether a field is kept; `said` is a reader's statement, if one wrote."""
    trait = make_trait(
        "Ann",
        field,
        "x",
        statement_origin="written" if said else "verbatim",
    )
    first = trait.quotes[0].model_copy(update={"text": quote, "end": len(quote)})
    told = {"statement": said or quote, "quotes": (first,)}
    kept = gather_facts([trait.model_copy(update=told)], product=product)
    return field in kept.get("Ann", {})


@pytest.mark.parametrize(
    ("field", "quote", "said", "kept"),
    [
        (
            "language",
            "most of my crews, it's Spanish",
            "Her crews speak Spanish.",
            False,
        ),
        ("language", "I speak Arabic at home", "She speaks Arabic.", True),
        ("language", "my cleaners read Tigrinya", "", False),
        ("age", "my son is nineteen", "", False),
        ("headcount_company", "my staff are forty people", "", True),
        ("usage_frequency", "thirty times a day", "She opens a parts portal.", False),
        ("usage_frequency", "thirty times a day", "She opens the app.", True),
        ("usage_frequency", "thirty times a day", "She opens Jobwren.", True),
        ("usage_frequency", "I use it every day", "", True),
        ("usage_frequency", "we count the van every Friday", "", False),
        ("technology", "I think he'll die on that whiteboard", "", False),
        ("technology", "she has our rota on a whiteboard", "", True),
        ("technology", "Xero for the books, my wife does that", "", True),
    ],
)
def test_a_field_is_of_who_says_it_and_use_is_of_the_product(
    field: str, quote: str, said: str, *, kept: bool
) -> None:
    assert stated(field, quote, said=said) is kept


def test_where_no_product_is_named_any_use_counts() -> None:
    assert stated("usage_frequency", "I paint every day", product="")
