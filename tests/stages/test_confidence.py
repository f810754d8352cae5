"""Confidence is a formula of counts: support raises it, contradiction does not."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Confidence
from icp_synth.domain.transcripts import Person
from icp_synth.stages.confidence import confidence
from tests.synthesis_factory import make_insight

NAMES = tuple(f"p{i:02}" for i in range(24))
SIDES = st.lists(
    st.sampled_from(["supports", "implied", "contradicts", "silent", "unjudged"]),
    min_size=2,
    max_size=len(NAMES),
)


def figure(
    sides: list[str], *, firms: int = 0, stability: float | None = None
) -> Confidence:
    """Return the confidence where each person took a side, the first one supporting."""
    people = {
        name: Person(
            id=name, label=name, company=f"firm {i % firms}" if firms else None
        )
        for i, name in enumerate(NAMES)
    }
    by_side: dict[str, list[str]] = {}
    insights: dict[str, Insight] = {}
    for name, side in zip(NAMES, sides, strict=False):
        taken = "supports" if side == "implied" else side
        by_side.setdefault(taken, []).append(name)
        if taken == "supports":
            one = make_insight(name, explicit=side == "supports")
            insights[one.id] = one
    claim = Claim.model_validate(
        {
            "id": "clm",
            "field": "pain/problem",
            "text": "They count by hand.",
            "basis": "evidence" if insights else "inference",
            "insights": tuple(insights),
            **{side: tuple(names) for side, names in by_side.items()},
        }
    )
    return confidence(claim, insights, people, stability=stability)


def value(sides: list[str], **more: float) -> float:
    found = figure(sides, **more).value  # type: ignore[arg-type]  # counts and shares
    return -1.0 if found is None else found


@given(SIDES, st.integers(0, 4), st.data())
def test_one_more_who_supports_never_lowers_it(
    sides: list[str], firms: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sides) - 1))
    how = data.draw(st.sampled_from(["supports", "implied"]))
    if sides[at] in {"supports", "implied"}:
        return
    more = [*sides[:at], how, *sides[at + 1 :]]
    assert value(more, firms=firms) >= value(sides, firms=firms)


@given(SIDES, st.integers(0, 4), st.data())
def test_one_more_who_contradicts_never_raises_it(
    sides: list[str], firms: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(sides) - 1))
    more = [*sides[:at], "contradicts", *sides[at + 1 :]]
    assert value(more, firms=firms) <= value(sides, firms=firms)


@given(SIDES, st.none() | st.floats(0, 1))
def test_value_and_parts_lie_between_nothing_and_all(
    sides: list[str], stability: float | None
) -> None:
    found = figure(sides, stability=stability)
    assert all(0 <= part <= 1 for part in found.parts.values())
    assert found.value is None or 0 <= found.value <= 1
    assert ("stability" in found.parts) == (
        stability is not None and found.value is not None
    )


def test_not_to_look_does_not_raise_it() -> None:
    supports = ["supports"] * 3
    assert value([*supports, *["unjudged"] * 9]) == value([*supports, *["silent"] * 9])


def test_one_company_counts_as_one_source() -> None:
    four = ["supports"] * 4
    assert figure(four, firms=1).parts["spread"] == 0
    assert figure(four, firms=2).parts["spread"] == 0.5
    assert figure(four).parts["spread"] == 0.75


def test_the_parts_are_those_of_the_documented_formula() -> None:
    found = figure(
        ["supports", "supports", "implied", "contradicts", *["silent"] * 6],
        stability=0.8,
    )
    assert found.parts == {
        "support": 0.108,
        "agreement": 0.75,
        "explicitness": 0.667,
        "spread": 0.667,
        "stability": 0.8,
    }
    by_hand = 0.75 * 0.10779**0.5 * (5 / 6) * (5 / 6) * 0.9
    assert found.value == pytest.approx(by_hand, abs=0.001)


def test_whom_a_claim_only_counts_is_asked_how_outright_they_say_it() -> None:
    insights = {
        one.id: one
        for one in (make_insight(name, explicit=i == 0) for i, name in enumerate(NAMES))
    }
    claim = Claim(
        id="clm",
        field="pain/problem",
        text="They count by hand.",
        basis="evidence",
        insights=tuple(insights)[:1],
        supports=NAMES,
    )
    people = {name: Person(id=name, label=name) for name in NAMES}
    seen = confidence(claim, insights, people, counted=insights)
    assert seen.parts["explicitness"] == pytest.approx(1 / len(NAMES), abs=0.001)


def test_a_fact_is_as_stable_as_a_range_of_so_many_values() -> None:
    claim = Claim(
        id="clm",
        field="headcount_company",
        text="9–38",
        basis="inference",
        supports=NAMES[:4],
        unjudged=NAMES[4:],
    )
    assert confidence(claim, {}, {}).parts["stability"] == 0.6


def test_what_was_not_resampled_does_not_stand_above_what_was() -> None:
    sides = ["supports"] * 5 + ["silent"] * 5
    assert value(sides) <= value(sides, stability=0.1)


def test_what_was_not_to_be_measured_is_left_out_of_the_formula() -> None:
    people = {name: Person(id=name, label=name) for name in NAMES}
    said = [make_insight(name) for name in NAMES[:4]]
    claim = Claim(
        id="clm",
        field="pain/problem",
        text="They count by hand.",
        basis="evidence",
        insights=tuple(one.id for one in said),
        supports=NAMES[:4],
        silent=NAMES[4:],
    )
    insights = {one.id: one for one in said}
    off = confidence(claim, insights, people, switched_off=True)
    assert off.value == confidence(claim, insights, people, stability=1.0).value
    assert "stability" not in off.parts


def test_a_claim_that_nobody_supports_has_no_figure() -> None:
    assert figure(["contradicts", "silent"]) == Confidence()


def test_a_reader_that_tells_nothing_implied_gets_no_part_for_it() -> None:
    outright = figure(["supports", "supports", "silent"], stability=0.9)
    assert "explicitness" not in outright.parts
    implied = figure(["supports", "implied", "silent"], stability=0.9)
    assert implied.parts["explicitness"] == 0.5
    assert outright.value is not None
    assert implied.value is not None
    assert outright.value > implied.value


def test_stability_takes_from_a_value_and_never_adds_to_one() -> None:
    sides = ["supports", "supports", "silent"]
    assert value(sides, stability=0.3) < value(sides, stability=0.9)
    assert value(sides, stability=0.9) < value(sides, stability=1.0)
