"""Two ICPs side by side, and the template of what a choice means for whom."""

from __future__ import annotations

from icp_synth.domain.choices import FUNCTIONS
from icp_synth.domain.profiles import Claim, Icp, Persona, Synthesis
from icp_synth.stages.compare_icps import compare_icps, implications_of
from tests.exports.synthesis_factory import make_claim, synthesis, transcripts


def claims(study: Synthesis) -> tuple[Claim, Claim]:
    pain, want = study.insights[0], study.insights[4]
    return (
        make_claim("slow close", (pain,), field="pain/problem"),
        make_claim("leave early", (want,), field="motivation/goal"),
    )


def icp(name: str, people: tuple[str, ...], *held: Claim) -> Icp:
    given = {
        "id": name,
        "version": "v",
        "name": name,
        "status": "draft",
        "segment": None,
        "type": "account",
        "n": len(people),
        "participants": people,
        "claims": held,
    }
    return Icp.model_validate(given)


def study() -> tuple[Synthesis, Icp, Icp]:
    made = synthesis(transcripts())
    slow, early = claims(made)
    ollie, mary = icp("ollie", ("ann", "bea"), slow), icp("mary", ("cem", "dai"), early)
    persona = Persona(
        id="p",
        version="v",
        name="p",
        status="draft",
        icps=("mary",),
        participants=("cem", "dai"),
        type="proto",
        n=2,
        claims=(early,),
    )
    update = {"icps": (ollie, mary), "personas": (persona,)}
    return made.model_copy(update=update), ollie, mary


def test_people_of_both_are_counted_per_theme_and_the_difference_comes_first() -> None:
    beside = compare_icps(*study())
    assert [(one.id, one.first, one.second) for one in beside.themes] == [
        ("theme-2", 2, 0),
        ("theme-1", 2, 1),
    ]
    assert (beside.first.people, beside.second.people) == (2, 2)
    assert beside.accounts is None


def test_every_function_has_its_line_with_evidence_or_says_there_is_none() -> None:
    made, ollie, mary = study()
    lines = {one.function: one for one in implications_of(made, mary, ollie)}
    assert tuple(lines) == FUNCTIONS
    goal, pain = mary.claims[0].id, ollie.claims[0].id
    assert lines["content"].follow == (goal,)
    assert (lines["product"].follow, lines["product"].leave) == ((), (pain,))
    assert lines["pricing"].status == "no_evidence"


def test_what_both_say_is_nothing_to_leave() -> None:
    made, ollie, mary = study()
    both = mary.model_copy(update={"claims": (*mary.claims, *ollie.claims)})
    made = made.model_copy(update={"icps": (ollie, both)})
    lines = {one.function: one for one in implications_of(made, both, ollie)}
    assert lines["product"].leave == ()
