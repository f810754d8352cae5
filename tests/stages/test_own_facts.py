"""A claim about one profile field is answered by what people stated in that field."""

from __future__ import annotations

import pytest

from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Claim
from icp_synth.stages.facts import gather_facts
from icp_synth.stages.own_facts import with_own_facts
from tests.synthesis_factory import make_insight, make_trait


def price(name: str, low: float, *, currency: str = "EUR", said: str = "") -> Insight:
    return make_insight(
        name,
        f"They pay {low:g} a month. {said}",
        kind="trait",
        category="budget_price",
        quote=f"{low:g} a month",
        attribute="price_paid",
        value=f"{low:g} a month",
        normal=Normal(low=low, high=low, unit="per month", currency=currency),
    )


def placed(
    text: str, cited: list[Insight], others: list[Insight], **more: bool
) -> Claim:
    """Return a claim of those cited, after a judge found everybody else silent."""
    everything = [*cited, *others]
    claim = Claim(
        id="c",
        field="trait/budget_price",
        text=text,
        basis="evidence",
        insights=tuple(one.id for one in cited),
        supports=tuple(sorted({one.participant for one in cited})),
        silent=("nobody", *sorted({one.participant for one in others})),
        **more,
    )
    by_id = {one.id: one for one in everything}
    found = with_own_facts(claim, gather_facts(everything), by_id)
    stances = (found.supports, found.contradicts, found.silent, found.unjudged)
    assert sorted(name for one in stances for name in one) == sorted(
        {"nobody", *(one.participant for one in everything)}
    )
    assert "nobody" in found.silent
    return found


CITED = [price("ann", 200), price("bob", 400)]


def test_who_states_a_price_is_not_silent_on_what_people_pay() -> None:
    pounds = price("cat", 900, currency="GBP")
    found = placed("They pay a monthly amount, such as 200 euros.", CITED, [pounds])
    assert found.supports == ("ann", "bob", "cat")
    assert pounds.id in found.insights
    assert found.silent == ("nobody",)


@pytest.mark.parametrize(
    ("other", "stance"),
    [
        (price("cat", 300), "supports"),
        (price("cat", 700), "other_value"),
        (price("cat", 300, currency="GBP"), "not_comparable"),
    ],
)
def test_a_range_holds_of_whose_figure_lies_in_it(other: Insight, stance: str) -> None:
    found = placed("They pay 200 to 400 a month", CITED, [other])
    for one in ("supports", "other_value", "not_comparable"):
        assert ("cat" in getattr(found, one)) is (one == stance)


def test_a_sentence_that_says_more_than_the_value_is_borne_out_by_words_only() -> None:
    plain, more = price("cat", 300), price("dan", 500, said="It includes extras.")
    found = placed("Their monthly payment includes extras", CITED, [plain, more])
    assert found.supports == ("ann", "bob", "dan")
    assert found.other_value == ("cat",)


def test_of_an_example_another_figure_is_another_value() -> None:
    same, other = price("cat", 400), price("dan", 300)
    found = placed("200 a month", CITED, [same, other], example=True)
    assert (found.supports, found.other_value) == (("ann", "bob", "cat"), ("dan",))


def test_another_word_in_a_field_of_one_value_is_another_value() -> None:
    cited = [make_trait(name, "industry", "lift repair") for name in ("ann", "bob")]
    others = [
        make_trait("cat", "industry", "Lift repair"),
        make_trait("dan", "industry", "gardens"),
    ]
    found = placed("They repair lifts", cited, others)
    assert found.supports == ("ann", "bob", "cat")
    assert found.other_value == ("dan",)


def test_another_tool_says_nothing_of_this_one() -> None:
    cited = [make_trait(name, "technology", "Xero") for name in ("ann", "bob")]
    found = placed("They use Xero", cited, [make_trait("cat", "technology", "Excel")])
    assert found.silent == ("nobody", "cat")


def test_a_claim_that_rests_on_more_than_one_field_stays_as_it_was_judged() -> None:
    cited = [price("ann", 200), make_insight("bob", "He accepts the price.")]
    found = placed("They pay a monthly amount", cited, [price("cat", 300)])
    assert found.silent == ("nobody", "cat")


def test_whom_a_judge_found_against_it_stays_there() -> None:
    other = price("cat", 300)
    everything = [*CITED, other]
    claim = Claim(
        id="c",
        field="trait/budget_price",
        text="They pay a monthly amount",
        basis="evidence",
        insights=tuple(one.id for one in CITED),
        supports=("ann", "bob"),
        contradicts=("cat",),
    )
    by_id = {one.id: one for one in everything}
    assert with_own_facts(claim, gather_facts(everything), by_id) == claim
