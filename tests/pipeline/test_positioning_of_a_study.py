"""The gym study through the embedded vectors: what stands above and beside the ICPs."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from icp_synth.analysts.protocol import Asked, ClaimToJudge, Verdict, Verdicts
from icp_synth.domain.brief import Brief
from icp_synth.domain.hypotheses import Hypothesis
from icp_synth.domain.profiles import Claim, Icp
from icp_synth.domain.transcripts import Person
from icp_synth.embedding.embedded import EmbeddedEmbedder
from icp_synth.pipeline.likeness import (
    NEAR_EMBEDDED,
    NEAR_OF_AN_ENDPOINT,
    judge_by,
    likeness_by,
    near_for,
)
from icp_synth.pipeline.positioning import Study, from_above, positioning
from icp_synth.stages.facts import gather_facts
from tests.gym_factory import GYMS, SHOPS, gym_study

EMBEDDER = EmbeddedEmbedder()
BRIEF = Brief(
    product="Shelfmark",
    outcome="More customers who renew",
    rivals=("paper", "Rosterkite"),
    differentiators=("One system for members and stock",),
    value_proposition=("Counting shelves takes no Sunday any more",),
)


def study() -> Study:
    found = gym_study()
    return Study(
        brief=BRIEF,
        people={one: Person(id=one, label=one) for one in (*SHOPS, *GYMS)},
        insights={one.id: one for one in found.insights},
        themes=(),
        facts=gather_facts(found.insights),
        likeness=likeness_by(EMBEDDER.embed),
        near=near_for(EMBEDDER.name),
        transcripts=found.transcripts,
    )


def icp() -> Icp:
    claim = Claim(id="c", field="tenure", text="3 years", basis="inference")
    return Icp(
        id="icp-account-01",
        version="v",
        name="Shops",
        status="draft",
        segment=None,
        type="account",
        n=5,
        claims=(claim,),
    )


def test_the_hypotheses_about_gyms_give_an_icp_beside_the_shops() -> None:
    hypotheses = [
        Hypothesis(icp="Gyms", field="industry", value="gym", scope=True),
        Hypothesis(icp="Gyms", field="sites", operator=">=", value=3),
    ]
    (gyms,) = from_above(study(), hypotheses, {"icp-account-01": SHOPS})
    assert (gyms.code, gyms.participants) == ("separate", GYMS)


def test_the_section_holds_goal_rivals_and_message() -> None:
    found = positioning(study(), [icp()])
    (fit,) = found.goal_fit["icp-account-01"]
    assert fit.field == "tenure"
    paper, rosterkite = found.table.rivals
    # "I write everything on paper": said, and nothing was taken of it.
    assert (paper.mentions.n, paper.only_named) == (1, ("jo",))
    assert rosterkite.mentions.n == 0
    (sentence,) = found.message
    assert (sentence.code, sentence.n) == ("not_found_by_likeness", 9)


def test_the_section_is_the_same_whatever_the_order() -> None:
    base = study()
    turned = Study(
        brief=base.brief,
        people=dict(reversed(list(base.people.items()))),
        insights=dict(reversed(list(base.insights.items()))),
        themes=base.themes,
        facts=base.facts,
        likeness=base.likeness,
        near=base.near,
        transcripts=tuple(reversed(base.transcripts)),
    )
    assert positioning(turned, [icp()]) == positioning(base, [icp()])


def test_each_sort_of_vectors_has_its_own_nearness() -> None:
    assert near_for(EMBEDDER.name) == NEAR_EMBEDDED
    assert near_for("openai:text-embedding-3-small") == NEAR_OF_AN_ENDPOINT


class _Judge:
    def judge(self, claim: ClaimToJudge) -> Verdicts:
        verdicts = [
            Verdict(number=one.number, stance="contradicts", quote=one.text)
            for one in claim.passages
            if "never" in one.text
        ]
        return Verdicts(verdicts=tuple(verdicts))


def test_a_judge_that_answers_at_once_is_heard_and_its_silence_is_unjudged() -> None:
    judge = judge_by(_Judge(), "trait/behaviour")
    assert judge("They plan.", ["We never plan.", "We plan."]) == [
        "contradicts",
        "unjudged",
    ]
    assert judge("They plan.", []) == []


class _Asks:
    def judge(self, claim: ClaimToJudge) -> Asked[Verdicts]:
        return cast("Asked[Verdicts]", claim)


def test_the_rules_judge_where_the_analyst_would_have_to_ask() -> None:
    judge = judge_by(_Asks(), "why_us")
    said = ["The app is not slow at all.", "The app is slow."]
    assert judge("The app is slow", said) == ["contradicts", "unjudged"]


def test_who_left_is_counted_whatever_the_spelling_of_the_group() -> None:
    base = study()
    groups = dict(
        zip(sorted(base.people), ("Churned", "LOST", "Poor fit"), strict=False)
    )
    people = {
        name: one.model_copy(update={"group": groups.get(name, "Super user")})
        for name, one in base.people.items()
    }
    found = positioning(replace(base, people=people), [icp()])
    assert found.message[0].n == len(base.people) - 3
