"""One unit a field: words for it in two languages, stretches of time, amounts."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.fields import PROFILE_FIELDS
from icp_synth.domain.insights import Normal
from icp_synth.domain.units import Unit, canonical, factor, parse, whole

SAID = ("employees", "人", "buildings", "家", "months", "每月", "%", "EUR per year", "")


@given(st.sampled_from(sorted(PROFILE_FIELDS)), st.sampled_from(SAID), st.floats(1, 99))
def test_a_figure_in_its_unit_stays_as_it_is(
    field: str, unit: str, figure: float
) -> None:
    once = canonical(field, Normal(low=figure, high=figure, unit=unit or None))
    assert canonical(field, once) == once


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("GBP per month", Unit("GBP", "month", "")),
        ("per user/month", Unit(None, "month", "user")),
        ("個月", Unit(None, "month", "")),
        (None, Unit(None, None, "")),
    ],
)
def test_a_unit_is_taken_apart(text: str | None, unit: Unit) -> None:
    assert parse(text) == unit


@pytest.mark.parametrize(
    ("field", "wanted", "said", "times"),
    [
        ("revenue", "GBP per year", Normal(unit="月", currency="GBP"), 12.0),
        ("budget", "GBP", Normal(unit="per month", currency="GBP"), None),
        ("budget", "GBP per user", Normal(unit="per site", currency="GBP"), None),
        ("sales_cycle", "days", Normal(unit="weeks"), 7.0),
        ("customer_count", "customers", Normal(unit="farms"), 1.0),
        ("sites", "sites", Normal(unit="employees"), None),
        ("headcount_company", None, Normal(unit="員工"), 1.0),
        ("other:vans", "vans", Normal(unit="vans"), 1.0),
        ("other:vans", "vans", Normal(unit="lifts"), None),
    ],
)
def test_what_a_figure_is_multiplied_with(
    field: str, wanted: str | None, said: Normal, times: float | None
) -> None:
    assert factor(wanted, said, field) == times


def test_people_and_sites_are_whole() -> None:
    assert [whole(unit) for unit in ("people", "sites", "years", None)] == [
        True,
        True,
        False,
        False,
    ]
