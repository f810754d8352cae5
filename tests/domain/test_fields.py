"""The codebook's closed lists, and free words mapped to them."""

from __future__ import annotations

import pytest

from icp_synth.domain.fields import (
    CATEGORIES,
    KIND_OF,
    KINDS,
    PROFILE_FIELDS,
    SIGNALS,
    attribute_of,
    claim_fields,
)


def test_the_codebook_has_three_kinds_and_seven_signals() -> None:
    assert KINDS == ("trait", "pain", "motivation")
    assert [len(CATEGORIES[kind]) for kind in KINDS] == [12, 6, 6]
    assert len(SIGNALS) == 7


def test_a_category_belongs_to_one_kind_alone() -> None:
    assert len(KIND_OF) == sum(len(entries) for entries in CATEGORIES.values())


def test_every_field_belongs_to_a_trait_category() -> None:
    for field in PROFILE_FIELDS.values():
        assert field.category in CATEGORIES["trait"]
        assert field.operators


def test_what_the_law_protects_is_marked() -> None:
    protected = {name for name, field in PROFILE_FIELDS.items() if field.protected}
    assert {"age", "sex", "income", "family"} <= protected


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("Headcount (company)", "headcount_company"),
        ("team-size", "headcount_department"),
        ("  Job title ", "role"),
        ("industry", "industry"),
        ("other:fleet size", "other:fleet_size"),
        ("Fleet size", "other:fleet_size"),
        ("other: role", "role"),
        ("車隊", "other:車隊"),
    ],
)
def test_free_words_are_mapped_to_the_catalogue(said: str, field: str) -> None:
    assert attribute_of(said) == field
    assert attribute_of(field) == field


@pytest.mark.parametrize("said", [None, "", "  ", "other:", "--"])
def test_no_words_are_no_field(said: str | None) -> None:
    assert attribute_of(said) is None


def test_claims_may_be_about_fields_categories_and_signals_and_own_ones() -> None:
    fields = claim_fields((("trait", "seasonality"),))
    assert len(set(fields)) == len(fields)
    assert {"industry", "pain/fear", "trait/seasonality", "signal/ready"} <= set(fields)
    assert {"audience", "why_us"} <= set(fields)
