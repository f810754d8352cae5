"""Claims against the goal and the differentiators of the brief."""

from __future__ import annotations

from collections.abc import Sequence

from icp_synth.domain.brief import Brief
from icp_synth.domain.positioning import GoalCode
from icp_synth.domain.profiles import Claim, Coverage, Criterion
from icp_synth.stages.goal import goal_fit

BRIEF = Brief(
    outcome="More customers who stay and renew",
    differentiators=("Support by telephone", "No yearly contract"),
)


def likeness(some: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Texts are as like as they share long words."""
    return [
        [0.9 if set(_long(one)) & set(_long(other)) else 0.0 for other in others]
        for one in some
    ]


def _long(text: str) -> list[str]:
    return [word for word in text.casefold().split() if len(word) > 6]


def claim(name: str, field: str, text: str) -> Claim:
    return Claim(id=name, field=field, text=text, basis="inference")


def codes(*claims: Claim, brief: Brief = BRIEF) -> dict[str, tuple[GoalCode, ...]]:
    found = goal_fit(claims, (), brief, likeness=likeness, near=0.5)
    return {one.subject: one.codes for one in found}


TENURE = claim("c1", "tenure", "3-5 years")
PHONE = claim("c2", "trait/channel", "They want help by telephone")
CARS = claim("c3", "technology", "Vans with racks")
BOTH = claim("c4", "motivation/reason_to_stay", "The telephone is always answered")


STAYS = claim("c6", "motivation/like", "They renew because somebody answers")


def test_a_claim_serves_the_goal_by_what_it_says() -> None:
    (found,) = goal_fit([STAYS], (), BRIEF, likeness=likeness, near=0.5)
    assert (found.codes, found.by) == (("serves_goal",), "words")
    assert found.topics == ("retention",)


def test_a_claim_of_which_only_the_field_has_to_do_with_the_goal_is_unknown() -> None:
    (found,) = goal_fit([TENURE], (), BRIEF, likeness=likeness, near=0.5)
    assert (found.codes, found.by) == (("unknown",), "field")
    assert found.topics == ("retention",)


def test_a_claim_serves_a_differentiator_by_its_words() -> None:
    (found,) = goal_fit([PHONE], (), BRIEF, likeness=likeness, near=0.5)
    assert found.codes == ("serves_differentiator",)
    assert found.differentiators == ("Support by telephone",)
    assert found.by is None


def test_what_serves_neither_is_said_so_and_what_serves_both_too() -> None:
    both = claim("c7", "pain/fear", "They would leave without the telephone")
    assert codes(both)["c7"] == ("serves_goal", "serves_differentiator")
    assert codes(CARS, BOTH) == {
        "c3": ("neither",),
        "c4": ("serves_differentiator",),
    }


def test_another_goal_changes_what_serves_it() -> None:
    other = Brief(outcome="More referrals and recommendations")
    assert codes(TENURE, brief=other) == {"c1": ("neither",)}
    praise = claim("c5", "motivation/advocacy", "They recommend it to their trade")
    assert codes(praise, brief=other) == {"c5": ("serves_goal",)}
    assert codes(praise) == {"c5": ("neither",)}


def test_a_goal_in_chinese_is_understood() -> None:
    said = claim("c8", "motivation/like", "他們每年續約")
    goal = Brief(outcome="提高續約率")
    assert codes(said, brief=goal) == {"c8": ("serves_goal",)}
    assert codes(TENURE, brief=goal) == {"c1": ("unknown",)}


def test_without_goal_and_differentiators_nothing_is_judged() -> None:
    assert codes(TENURE, brief=Brief()) == {"c1": ("no_goal",)}


def test_a_criterion_with_a_claim_is_said_once() -> None:
    def criterion(field: str, of: str | None) -> Criterion:
        return Criterion(
            field=field,
            operator=">=",
            value=2.0,
            status="assumption",
            coverage=Coverage(known=0, of=3),
            claim=of,
        )

    found = goal_fit(
        [TENURE],
        [criterion("tenure", "c1"), criterion("sites", None)],
        BRIEF,
        likeness=likeness,
        near=0.5,
    )
    assert [(one.subject, one.codes) for one in found] == [
        ("c1", ("unknown",)),
        ("sites", ("neither",)),
    ]
