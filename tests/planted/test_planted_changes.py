"""Each change that was planted between two versions is found, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from icp_synth.domain.diffs import SynthesisDiff
from icp_synth.domain.exclusions import Exclusion
from icp_synth.domain.profiles import Coverage, Criterion, NegativeIcp, Synthesis
from icp_synth.stages.diff import compare
from tests.versions_factory import (
    CRITERION,
    GOAL,
    OTHER,
    PAIN,
    PEOPLE,
    SIZE,
    Said,
    study,
    text_of,
)

EXCLUDED = Exclusion(code="churned")
HELD: dict[str, Any] = {
    "icp-01": (PAIN, SIZE),
    "icp-02": (OTHER,),
    "persona-01": (PAIN, GOAL),
    "persona-02": (OTHER,),
}


def found(old: Synthesis, new: Synthesis, **more: Any) -> dict[str, list[Any]]:
    """Return what is in a diff, part by part, without what is empty."""
    diff = compare(old, new, **more)
    parts = {name: list(getattr(diff, name)) for name in SynthesisDiff.model_fields}
    return {name: part for name, part in parts.items() if part}


def test_the_same_synthesis_gives_an_empty_diff_whenever_it_was_made() -> None:
    later = study(created="2027-05-05T00:00:00Z")
    assert compare(study(), later).empty
    assert found(study(), later) == {}


def test_a_claim_that_came_and_one_that_went_are_named() -> None:
    new = Said("pain/fear", 9, ("p02", "p04"))
    changed = study(claims={**HELD, "persona-01": (PAIN, new)})
    parts = found(study(), changed)
    assert set(parts) == {"claims"}
    assert [(one.change, one.field) for one in parts["claims"]] == [
        ("new", "pain/fear"),
        ("gone", "motivation/goal"),
    ]
    assert parts["claims"][0].owner.id == "persona-01"
    assert parts["claims"][0].joined == ("p02", "p04")
    assert parts["claims"][1].left == ("p01", "p02")


def test_a_claim_with_more_people_is_stronger_and_with_fewer_weaker() -> None:
    more = PAIN._replace(people=("p01", "p02", "p03", "p04"))
    fewer = OTHER._replace(people=("p05", "p06"))
    changed = study(
        claims={**HELD, "icp-01": (more, SIZE), "icp-02": (fewer,)},
    )
    parts = found(study(), changed)
    assert set(parts) == {"claims"}
    strong, weak = parts["claims"]
    assert (strong.change, strong.owner.id, strong.joined) == (
        "stronger",
        "icp-01",
        ("p04",),
    )
    assert (weak.change, weak.owner.id, weak.left) == ("weaker", "icp-02", ("p07",))
    assert (weak.before.supports, weak.after.supports, weak.by) == (3, 2, "supports")


def test_a_contradiction_makes_a_claim_weaker() -> None:
    against = OTHER._replace(against=("p08",))
    parts = found(study(), study(claims={**HELD, "icp-02": (against,)}))
    (one,) = parts["claims"]
    assert (one.change, one.after.contradicts) == ("weaker", 1)


def test_confidence_decides_where_both_have_one() -> None:
    before = study(claims={**HELD, "icp-02": (OTHER._replace(confidence=0.5),)})
    after = OTHER._replace(confidence=0.4, people=("p05", "p06", "p07", "p08"))
    (one,) = found(before, study(claims={**HELD, "icp-02": (after,)}))["claims"]
    assert (one.change, one.by, one.joined) == ("weaker", "confidence", ("p08",))


def test_other_words_for_the_same_quotes_are_no_change() -> None:
    reworded = PAIN._replace(text="Somebody put it better.")
    assert found(study(), study(claims={**HELD, "icp-01": (reworded, SIZE)})) == {}


def test_a_claim_that_stands_in_another_icp_has_moved() -> None:
    claims = {**HELD, "icp-01": (SIZE,), "icp-02": (OTHER, PAIN)}
    (one,) = found(study(), study(claims=claims))["claims"]
    assert (one.change, one.came_from.id, one.owner.id) == ("moved", "icp-01", "icp-02")


def test_half_of_the_anchors_make_a_claim_the_same_and_less_a_new_one() -> None:
    half = PAIN._replace(people=("p01", "p02", "p03", "p04", "p05", "p06"))
    less = PAIN._replace(people=("p03", "p04", "p05", "p06"))
    for people, changes in ((half, ["stronger"]), (less, ["new", "gone"])):
        parts = found(study(), study(claims={**HELD, "icp-01": (people, SIZE)}))
        assert [one.change for one in parts["claims"]] == changes


@pytest.mark.parametrize(
    ("update", "what"),
    [
        ({"value": (10.0, 99.0)}, ("value",)),
        ({"coverage": Coverage(known=3, of=4)}, ("coverage",)),
        ({"status": "evidence"}, ("status",)),
        ({"effect": "knock_out", "weight": 0.5}, ("effect", "weight")),
    ],
)
def test_a_criterion_that_moved_says_in_what(
    update: dict[str, Any], what: tuple[str, ...]
) -> None:
    changed = study(criteria=(CRITERION.model_copy(update=update),))
    parts = found(study(), changed)
    assert set(parts) == {"criteria"}
    assert [(one.change, one.field, one.what) for one in parts["criteria"]] == [
        ("moved", "headcount_company", what)
    ]


def test_criteria_come_and_go_and_equal_ones_of_a_field_are_paired() -> None:
    tools = [
        CRITERION.model_copy(
            update={"field": "technology", "operator": "has", "value": tool}
        )
        for tool in ("excel", "sap", "oracle")
    ]
    before = study(criteria=tools[:2])
    after = study(criteria=(tools[1], tools[2], CRITERION))
    parts = found(before, after)["criteria"]
    assert [(one.change, one.field) for one in parts] == [
        ("moved", "technology"),
        ("new", "headcount_company"),
    ]
    assert (parts[0].before.value, parts[0].after.value) == ("excel", "oracle")


def negative_of(synthesis: Synthesis, *criteria: Criterion) -> NegativeIcp:
    """Return the first ICP as one that is not ideal, with the first persona as its."""
    icp, persona = synthesis.icps[0], synthesis.personas[0]
    return NegativeIcp.model_validate(
        {
            **icp.model_dump(),
            "id": "negative-01",
            "criteria": criteria,
            "claims": (),
            "reason": EXCLUDED,
            "persona": persona.model_copy(update={"id": "negative-persona-01"}),
        }
    )


def test_claims_of_negative_personas_and_of_why_us_are_compared() -> None:
    base = study()
    why = base.personas[0].claims[0].model_copy(update={"field": "why_us"})
    ours = base.positioning.model_copy(update={"why_us": (why,)})
    parts = found(base, base.model_copy(update={"positioning": ours}))
    assert [(one.change, one.owner.sort) for one in parts["claims"]] == [
        ("new", "why_us")
    ]
    held = base.model_copy(update={"negative": (negative_of(base),)})
    assert compare(held, held).empty
    gone = compare(held, base).claims
    assert {(one.change, one.owner.sort) for one in gone} == {
        ("gone", "negative_persona")
    }


def test_criteria_of_a_negative_icp_are_compared() -> None:
    base = study()
    moved = CRITERION.model_copy(update={"value": (1.0, 2.0)})
    before, after = (
        base.model_copy(update={"negative": (negative_of(base, one),)})
        for one in (CRITERION, moved)
    )
    (change,) = compare(before, after).criteria
    assert (change.icp.sort, change.what) == ("negative", ("value",))


def test_people_who_changed_segment_came_and_went_are_named() -> None:
    after = study(
        people=(*PEOPLE[:7], "p09"),
        segments={
            "segment-01": ("p01", "p02", "p03"),
            "segment-02": ("p04", "p05", "p06", "p07"),
        },
    )
    parts = found(study(), after)
    assert [(one.change, one.participant) for one in parts["people"]] == [
        ("moved", "p04"),
        ("gone", "p08"),
        ("new", "p09"),
    ]
    moved = parts["people"][0]
    assert (moved.before, moved.after) == ("segment-01", "segment-02")
    assert [(one.change, one.id) for one in parts["transcripts"]] == [
        ("gone", "p08"),
        ("new", "p09"),
    ]
    assert set(parts) == {"people", "transcripts"}


def test_themes_come_go_and_merge() -> None:
    split = Said("pain/problem", 1, ("p01", "p02", "p03", "p04", "p05"))
    whole = split._replace(people=("p01", "p02", "p03", "p04", "p05"))
    part = Said("pain/problem", 5, ("p01", "p02"))
    joined = Said("pain/problem", 1, whole.people)
    old, new = study(themes=(GOAL, whole, part)), study(themes=(OTHER, joined))
    # What the small one held went into the large one.
    large = new.themes[1]
    both = (*large.insights, *old.themes[2].insights)
    merged = new.model_copy(
        update={
            "themes": (new.themes[0], large.model_copy(update={"insights": both})),
            "insights": old.insights + new.insights,
        }
    )
    parts = found(old, merged)
    assert set(parts) == {"themes"}
    assert [(one.change, one.id, one.into) for one in parts["themes"]] == [
        ("new", new.themes[0].id, None),
        ("merged", old.themes[2].id, large.id),
        ("gone", old.themes[0].id, None),
    ]


def test_an_icp_that_is_gone_takes_its_claims_and_criteria_with_it() -> None:
    new = study()
    gone = new.model_copy(update={"icps": new.icps[1:]})
    parts = found(study(), gone)
    assert [(one.change, one.sort, one.id) for one in parts["profiles"]] == [
        ("gone", "icp", "icp-01")
    ]
    assert {one.owner.id for one in parts["claims"]} == {"icp-01"}
    assert [one.change for one in parts["criteria"]] == ["gone"]


def test_a_persona_that_was_reviewed_has_another_status() -> None:
    new = study()
    reviewed = new.personas[0].model_copy(update={"status": "reviewed"})
    changed = new.model_copy(update={"personas": (reviewed, new.personas[1])})
    (one,) = found(study(), changed)["profiles"]
    assert (one.change, one.before, one.after) == ("status", "draft", "reviewed")


def test_quotes_are_found_again_in_a_corrected_transcript() -> None:
    corrected = {"p01": "Corrected at its head. " + text_of("p01")}
    after = study(texts=corrected)
    # Its insights stand where they stood before: what themes quote is moved by hand.
    shift = len(corrected["p01"]) - len(text_of("p01"))
    insights = tuple(
        one.model_copy(
            update={
                "quotes": tuple(
                    quote.model_copy(
                        update={"start": quote.start + shift, "end": quote.end + shift}
                    )
                    for quote in one.quotes
                )
            }
        )
        if one.participant == "p01"
        else one
        for one in after.insights
    )
    after = after.model_copy(update={"insights": insights})
    assert set(found(study(), after, texts=corrected)) == {"transcripts"}
    (change,) = found(study(), after, texts=corrected)["transcripts"]
    assert (change.change, change.id) == ("corrected", "p01")
    blind = found(study(), after)
    assert blind["unplaced"] == ["p01"]


@given(st.sets(st.sampled_from(PEOPLE), min_size=2), st.sampled_from([PAIN, OTHER]))
def test_there_and_back_says_the_opposite(people: set[str], claim: Said) -> None:
    one = study(claims={**HELD, "icp-02": (claim._replace(people=sorted(people)),)})
    there, back = compare(study(), one), compare(one, study())
    opposite = {"new": "gone", "gone": "new", "stronger": "weaker"}
    opposite |= {"weaker": "stronger", "moved": "moved"}
    assert sorted(opposite[change.change] for change in there.claims) == sorted(
        change.change for change in back.claims
    )
    assert there.empty == back.empty


def test_confidence_with_and_without_stability_is_not_compared() -> None:
    old = study(claims={**HELD, "icp-02": (OTHER._replace(confidence=0.4),)})
    new = study(claims={**HELD, "icp-02": (OTHER._replace(confidence=0.2),)})
    settings = {**new.manifest.settings, "no_stability": True}
    manifest = new.manifest.model_copy(update={"settings": settings})
    assert found(old, new)["claims"][0].change == "weaker"
    otherwise = new.model_copy(update={"manifest": manifest})
    assert found(old, otherwise) == {"not_compared": ["confidence"]}
    assert compare(old, otherwise).empty
