"""Which ICPs and personas there are, and of whom."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from icp_synth.domain.transcripts import Person
from icp_synth.stages.draft import draft_profiles, share_enough
from tests.synthesis_factory import make_findings, make_trait

SIX = [f"p{i}" for i in range(6)]


def themes_of(shared: Mapping[str, list[str]]) -> bool:
    study = make_findings(SIX, shared=shared)
    return share_enough(study.themes, SIX[:4])


@pytest.mark.parametrize(
    ("shared", "enough"),
    [
        ({"a": ["p0", "p1", "p2"], "b": ["p0", "p1", "p2"]}, True),
        ({"a": ["p0", "p1", "p2", "p3"], "b": ["p1", "p2", "p3"]}, True),
        ({"a": ["p0", "p1", "p2"], "b": ["p1", "p2", "p3"]}, False),
        ({"a": ["p0", "p1", "p2"]}, False),
        ({"a": ["p0", "p1"], "b": ["p0", "p1"], "c": ["p0", "p1"]}, False),
        ({"a": ["p2", "p3", "p4"], "b": ["p2", "p3", "p4"]}, False),
        ({}, False),
    ],
)
def test_enough_is_three_of_the_people_who_share_two_themes(
    shared: dict[str, list[str]], *, enough: bool
) -> None:
    assert themes_of(shared) is enough


def employed(
    companies: str, jobs: Mapping[str, str] | None = None
) -> dict[str, Person]:
    """Give p0, p1 … the companies named by letters; a dot is none."""
    return {
        f"p{i}": Person(
            id=f"p{i}",
            label=f"p{i}",
            company=None if letter == "." else letter,
            job=(jobs or {}).get(f"p{i}"),
        )
        for i, letter in enumerate(companies)
    }


SHARED = {"a": SIX, "b": SIX}


def test_without_segments_there_is_one_profile_of_all_that_says_what_they_share() -> (
    None
):
    icps, personas = draft_profiles(make_findings(SIX, shared=SHARED), [])
    for profile in (*icps, *personas):
        assert profile.status == "too_little"
        assert profile.segment is None
        assert profile.participants == tuple(SIX)
        assert [seed.label for seed in profile.seeds] == ["a", "b"]


def test_a_segment_that_shares_too_little_shows_what_it_shares() -> None:
    study = make_findings(SIX, shared={"a": SIX[:3]})
    (icp,), (persona,) = draft_profiles(study, [SIX[:3]])
    assert icp.status == persona.status == "too_little"
    assert [seed.label for seed in persona.seeds] == ["a"]


def test_each_segment_is_an_icp_and_a_persona_that_belongs_to_it() -> None:
    study = make_findings(SIX, shared=SHARED)
    icps, personas = draft_profiles(study, [SIX[:3], SIX[3:]])
    assert [icp.status for icp in icps] == ["draft", "draft"]
    assert [persona.icps for persona in personas] == [(0,), (1,)]


def test_a_persona_belongs_to_every_icp_that_holds_its_companies() -> None:
    study = make_findings(employed("xyzxvw"), shared=SHARED)
    _, personas = draft_profiles(study, [SIX[:3], SIX[3:]])
    assert [persona.icps for persona in personas] == [(0, 1), (0, 1)]


def test_an_icp_of_companies_claims_what_companies_have_in_common() -> None:
    people = employed("xyzuvw")
    traits = [
        trait
        for name in SIX
        for trait in (
            make_trait(name, "industry", "bakery"),
            make_trait(name, "seniority", "owner", at=90, category="role"),
        )
    ]
    study = make_findings(
        people, shared={"a": SIX, "b": SIX}, traits=traits, category="fear"
    )
    (icp,), (persona,) = draft_profiles(study, [SIX])
    assert icp.accounts == ("u", "v", "w", "x", "y", "z")
    assert [seed.field for seed in icp.seeds] == ["industry"]
    assert [seed.field for seed in persona.seeds] == [
        "seniority",
        "pain/fear",
        "pain/fear",
    ]


def test_a_theme_of_one_company_of_the_segment_says_nothing_about_companies() -> None:
    # p5 stands outside the segment and works elsewhere.
    study = make_findings(employed("xxxyzz"), shared={"a": ["p0", "p1", "p5"]})
    (icp,), _ = draft_profiles(study, [SIX[:4]])
    assert icp.seeds == ()


def test_where_no_company_is_known_an_icp_is_of_people() -> None:
    traits = [make_trait(name, "seniority", "owner", category="role") for name in SIX]
    study = make_findings(SIX, shared=SHARED, traits=traits)
    (icp,), _ = draft_profiles(study, [SIX])
    assert icp.accounts == ()
    assert {seed.field for seed in icp.seeds} == {"seniority", "pain/problem"}


def test_personas_are_split_by_jobs_that_three_people_hold() -> None:
    jobs = {"p0": "Cook", "p1": "cook", "p2": " COOK ", "p3": "Owner"}
    study = make_findings(employed("......", jobs), shared=SHARED)
    _, personas = draft_profiles(study, [SIX])
    assert [(one.job, one.participants) for one in personas] == [
        ("cook", ("p0", "p1", "p2")),
        (None, ("p3", "p4", "p5")),
    ]


def test_one_or_two_beside_a_job_make_no_persona_but_stand_in_the_icp() -> None:
    jobs = dict.fromkeys(SIX[:4], "cook")
    study = make_findings(employed("......", jobs), shared=SHARED)
    (icp,), personas = draft_profiles(study, [SIX])
    assert icp.participants == tuple(SIX)
    assert [one.job for one in personas] == ["cook"]


def test_jobs_that_nobody_shares_leave_one_persona_of_all() -> None:
    jobs = {name: f"job {name}" for name in SIX}
    study = make_findings(employed("......", jobs), shared=SHARED)
    _, personas = draft_profiles(study, [SIX])
    assert [(one.job, one.participants) for one in personas] == [(None, tuple(SIX))]


def test_the_order_of_people_changes_nothing() -> None:
    study = make_findings(employed("xyzxvw"), shared=SHARED)
    turned = study.model_copy(
        update={"people": dict(reversed(list(study.people.items())))}
    )
    assert draft_profiles(study, [SIX]) == draft_profiles(turned, [SIX[::-1]])
