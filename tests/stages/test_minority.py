"""What one or two people say with force, or against many, has a section of its own."""

from __future__ import annotations

from typing import Any

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.stages.minority import minority
from tests.synthesis_factory import make_insight, make_theme

PEOPLE = tuple(f"p{i}" for i in range(8))


def shared(n: int, **more: Any) -> list[Insight]:
    return [make_insight(name, "Counting is slow.", **more) for name in PEOPLE[:n]]


def claim_of(insights: list[Insight], counter: tuple[str, ...] = ()) -> Claim:
    people = tuple(one.participant for one in insights)
    return Claim(
        id="clm-of-many",
        field="pain/problem",
        text="Counting is slow.",
        basis="evidence",
        insights=tuple(one.id for one in insights),
        counter=counter,
        supports=people,
        contradicts=("p7",) if counter else (),
    )


def test_a_planted_minority_is_found_beside_the_majority() -> None:
    many = shared(5, intensity=3)
    lone = make_insight("p7", "Watching staff drives them out.", intensity=3, at=50)
    mild = make_insight("p6", "Labels peel off.", intensity=1, at=50)
    theme = make_theme("slow", many, of=8)
    (view,) = minority([*many, lone, mild], [theme], [claim_of(many)], PEOPLE)
    assert (view.text, view.supports, view.insights) == (
        "Watching staff drives them out.",
        ("p7",),
        (lone.id,),
    )
    assert view.basis == "evidence"
    assert sorted((*view.supports, *view.unjudged)) == list(PEOPLE)


def test_who_contradicts_the_majority_is_heard_however_mildly() -> None:
    many = shared(5)
    lone = make_insight("p7", "Counting takes no time.", intensity=None, at=50)
    theme = make_theme("slow", many, of=8)
    claim = claim_of(many, (lone.id,))
    (view,) = minority([*many, lone], [theme], [claim], PEOPLE)
    assert view.insights == (lone.id,)


def test_a_theme_of_two_people_is_one_view_and_of_three_is_none() -> None:
    two, three = shared(2, intensity=3), shared(3, intensity=3)
    assert minority(three, [make_theme("three", three, of=8)], [], PEOPLE) == ()
    (view,) = minority(two, [make_theme("two", two, of=8)], [], PEOPLE)
    assert view.supports == ("p0", "p1")


def test_a_matter_that_one_person_keeps_coming_back_to_goes_before_others() -> None:
    passing = [
        make_insight(name, f"Once hated {name}.", quote=f"I hated {name}", intensity=3)
        for name in PEOPLE
    ]
    passing += [
        make_insight(
            name, f"Also hated {name}.", quote=f"and {name}", at=30, intensity=3
        )
        for name in PEOPLE
    ]
    lone = [
        make_insight(
            "p7", f"{what} tracking staff.", quote=what, at=60 + at, intensity=3
        )
        for at, what in enumerate(["Stopped", "Regrets", "Argues against"])
    ]
    views = minority([*passing, *lone], [], [], PEOPLE)
    assert len(views) == 12
    assert sum("tracking" in view.text for view in views) == 2


def test_one_person_does_not_fill_the_section() -> None:
    said = [
        make_insight(
            "p0", f"Matter {at}", quote=f"matter {at}", at=20 * at, intensity=3
        )
        for at in range(9)
    ]
    assert len(minority(said, [], [], PEOPLE)) == 2


def test_the_order_of_the_insights_changes_nothing() -> None:
    said = [make_insight(name, f"{name} objects", intensity=3) for name in PEOPLE]
    assert minority(said, [], [], PEOPLE) == minority(said[::-1], [], [], PEOPLE)
