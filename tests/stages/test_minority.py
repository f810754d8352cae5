"""What one or two people say with force, or against many, has a section of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim
from icp_synth.stages.minority import minority, still_of_few
from tests.synthesis_factory import make_insight, make_theme

PEOPLE = tuple(f"p{i}" for i in range(8))


def shared(n: int, **more: Any) -> list[Insight]:
    return [make_insight(name, "Counting is slow.", **more) for name in PEOPLE[:n]]


def rejects(name: str, statement: str, **more: Any) -> Insight:
    return make_insight(name, statement, category="dislike", intensity=3, **more)


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
    lone = rejects("p7", "Watching staff drives them out.", at=50)
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
    two = shared(2, intensity=3, category="dislike")
    three = shared(3, intensity=3, category="dislike")
    assert minority(three, [make_theme("three", three, of=8)], [], PEOPLE) == ()
    (view,) = minority(two, [make_theme("two", two, of=8)], [], PEOPLE)
    assert view.supports == ("p0", "p1")


def test_a_matter_that_one_person_keeps_coming_back_to_goes_before_others() -> None:
    passing = [
        rejects(name, f"Once hated {name}.", quote=f"I hated {name}") for name in PEOPLE
    ]
    passing += [
        rejects(name, f"Also hated {name}.", quote=f"and {name}", at=30)
        for name in PEOPLE
    ]
    lone = [
        rejects("p7", f"{what} tracking staff.", quote=what, at=60 + at)
        for at, what in enumerate(["Stopped", "Regrets", "Argues against"])
    ]
    views = minority([*passing, *lone], [], [], PEOPLE)
    assert len(views) == 8
    assert ["tracking" in view.text for view in views] == [True] * 2 + [False] * 6


def test_one_person_does_not_fill_the_section() -> None:
    said = [
        rejects("p0", f"Matter {at}", quote=f"matter {at}", at=20 * at)
        for at in range(9)
    ]
    assert len(minority(said, [], [], PEOPLE)) == 2


def test_the_order_of_the_insights_changes_nothing() -> None:
    said = [rejects(name, f"{name} objects") for name in PEOPLE]
    assert minority(said, [], [], PEOPLE) == minority(said[::-1], [], [], PEOPLE)


def test_what_happens_to_one_is_no_view_however_hard_it_hits() -> None:
    hit = make_insight("p7", "The van burnt down.", intensity=3)
    assert minority([hit], [], [], PEOPLE) == ()


def test_a_view_names_the_claim_that_it_opposes_and_comes_first() -> None:
    many = shared(5)
    lone = make_insight("p7", "Counting takes no time.", at=50)
    apart = rejects("p6", "No cloud for me.", at=50)
    again = rejects("p6", "Never the cloud.", at=90)
    theme = make_theme("slow", many, of=8)
    views = minority(
        [*many, lone, apart, again], [theme], [claim_of(many, (lone.id,))], PEOPLE
    )
    assert [one.opposes for one in views] == ["clm-of-many", None, None]


def test_what_three_people_deny_is_a_dispute_and_no_view_of_one() -> None:
    many = shared(4)
    against = [make_insight(name, "It is quick.", at=50) for name in PEOPLE[5:]]
    claim = claim_of(many, tuple(one.id for one in against))
    claim = claim.model_copy(update={"contradicts": PEOPLE[5:]})
    assert minority([*many, *against], [], [claim], PEOPLE) == ()


def test_what_two_others_say_in_near_words_is_folded() -> None:
    def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
        return [[float(a[:5] == b[:5]) for b in others] for a in some]

    said = [
        rejects("p0", "Price is too high."),
        make_insight("p1", "Price hurts.", at=1),
        make_insight("p2", "Price is a pain.", at=1),
        rejects("p3", "Names are silly."),
        make_insight("p4", "Names do not stick.", at=1),
    ]
    views = minority(said, [], [], PEOPLE, likeness=likeness, near=0.5)
    assert [one.text for one in views] == ["Names are silly."]


def test_a_view_that_judges_find_in_two_others_is_no_longer_of_few() -> None:
    (view,) = minority([rejects("p0", "No cloud.")], [], [], PEOPLE)
    joined = view.model_copy(update={"supports": PEOPLE[:3], "unjudged": PEOPLE[3:]})
    assert still_of_few([joined, view]) == (view,)


def test_who_shares_a_small_theme_with_a_contradiction_contradicts_nothing() -> None:
    many = shared(5)
    against = make_insight("p7", "Counting takes no time.", at=50)
    beside = make_insight("p6", "Counts on the phone.", at=50)
    small = make_theme("On the phone", [against, beside], of=8)
    claim = claim_of(many, (against.id,))
    views = minority([*many, against, beside], [small], [claim], PEOPLE)
    (view,) = (one for one in views if one.opposes)
    assert (view.supports, view.insights) == (("p7",), (against.id,))
    assert view.text == "Counting takes no time."


def test_a_small_theme_that_contradicts_as_a_whole_is_one_view() -> None:
    many = shared(5)
    two = [make_insight(name, "It takes no time.", at=50) for name in ("p6", "p7")]
    claim = claim_of(many, tuple(one.id for one in two))
    claim = claim.model_copy(update={"contradicts": ("p6", "p7")})
    (view,) = minority(
        [*many, *two], [make_theme("No time", two, of=8)], [claim], PEOPLE
    )
    assert (view.text, view.supports) == ("No time", ("p6", "p7"))
