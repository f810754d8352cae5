"""Verdicts become stances: counted by person, grounded, and never in two places."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from icp_synth.analysts.protocol import Verdict
from icp_synth.domain.challenges import Challenged, Scope, Stances
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.stages.challenge import (
    already_said,
    challenge,
    challengeable,
    rests_on,
    with_stances,
)
from tests.synthesis_factory import make_insight

CLAIM = Claim(
    id="clm-1",
    field="pain/problem",
    text="They drive twice for a part.",
    basis="evidence",
    insights=("ins-0",),
    supports=("ann",),
    unjudged=("bea", "cem", "dan"),
)


def passage(who: str, number: int) -> Passage:
    piece = Slice(turn=number, start=0, end=9, use="body")
    return Passage(
        id=f"{who}-{number}", transcript=who, participant=who, slices=(piece,), tokens=3
    )


def ground(quote: str, at: Passage, claim: Claim) -> Insight | Quarantined:
    if quote == "made up":
        return Quarantined(
            transcript=at.transcript,
            statement=claim.text,
            quote=quote,
            reason="not_found",
        )
    return make_insight(at.participant, quote, quote=quote)


def came_of(*said: tuple[str, str, str]) -> Challenged:
    """Return what verdicts (person, stance, quote) on passages in a row come to."""
    passages = {n: passage(who, n) for n, (who, _, _) in enumerate(said, start=1)}
    verdicts = [
        Verdict.model_validate({"number": n, "stance": stance, "quote": quote})
        for n, (_, stance, quote) in enumerate(said, start=1)
        if stance
    ]
    return challenge(CLAIM, passages, verdicts, ground)


def test_a_planted_contradiction_is_found_with_its_quote() -> None:
    came = came_of(("bea", "contradicts", "nobody drives twice"))
    assert came.stances.contradicts == ("bea",)
    assert [one.id for one in came.insights] == list(came.stances.counter)
    assert came.insights[0].participant == "bea"


def test_a_quote_that_nobody_said_counts_for_nothing_and_is_kept_apart() -> None:
    came = came_of(("bea", "contradicts", "made up"))
    assert came.stances == Stances(looked_at=("bea",))
    assert [one.reason for one in came.quarantined] == ["not_found"]


def test_who_says_both_contradicts_and_both_are_kept() -> None:
    came = came_of(("bea", "supports", "we do"), ("bea", "contradicts", "we never do"))
    assert (came.stances.supports, came.stances.contradicts) == ((), ("bea",))
    kept = {one.id: one.statement for one in came.insights}
    assert [kept[one] for one in came.stances.counter] == ["we never do"]
    assert [kept[one] for one in came.stances.divided] == ["we do"]
    assert came.stances.insights == ()


def test_silent_is_who_was_judged_silent_in_all_that_was_shown() -> None:
    came = came_of(
        ("bea", "silent", ""),
        ("bea", "silent", ""),
        ("cem", "silent", ""),
        ("cem", "unjudged", ""),
        ("dan", "", ""),
    )
    assert came.stances.silent == ("bea",)


VERDICTS = st.lists(
    st.tuples(
        st.sampled_from(["bea", "cem", "dan"]),
        st.sampled_from(["supports", "contradicts", "silent", "unjudged", ""]),
        st.sampled_from(["made up", "said so", "said not so"]),
    ),
    max_size=12,
)


@given(VERDICTS)
def test_everybody_stands_in_one_place_whatever_is_judged(
    said: list[tuple[str, str, str]],
) -> None:
    came = came_of(*said)
    judged = with_stances(CLAIM, came.stances)
    places = (judged.supports, judged.contradicts, judged.silent, judged.unjudged)
    everybody = [name for place in places for name in place]
    assert sorted(everybody) == ["ann", "bea", "cem", "dan"]
    insights = {one.id: one for one in came.insights}
    for one in judged.insights[1:]:
        assert insights[one].participant in judged.supports
    for one in judged.counter:
        assert insights[one].participant in judged.contradicts
    assert judged.id == CLAIM.id


def test_a_claim_that_was_not_judged_stays_as_it_is() -> None:
    assert with_stances(CLAIM, None) == CLAIM


def variant(name: str, **update: object) -> Claim:
    """Return a claim that rests on insights of its own."""
    return CLAIM.model_copy(update={"id": name, "insights": (name,), **update})


def test_the_best_supported_claims_go_first_each_once_and_facts_do_not() -> None:
    few = variant("clm-2")
    many = variant("clm-3", supports=("ann", "bea"))
    fact = variant("clm-4", field="headcount_company")
    claims = [few, CLAIM, fact, many, few]
    ranked = [one.id for one in challengeable(claims, Scope(None))]
    assert ranked == ["clm-3", "clm-1", "clm-2"]
    assert [one.id for one in challengeable(claims, Scope(1))] == ["clm-3"]
    assert challengeable(claims, Scope(0)) == ()


def test_claims_that_rest_on_the_same_insights_are_asked_about_once() -> None:
    twin = CLAIM.model_copy(update={"id": "clm-9", "text": "Vans lack parts."})
    wider = twin.model_copy(update={"id": "clm-8", "supports": ("ann", "bea")})
    assert rests_on(twin) == rests_on(CLAIM) != rests_on(wider)
    chosen = challengeable([twin, CLAIM, wider], Scope(None))
    assert [one.id for one in chosen] == ["clm-8", "clm-1"]


def test_the_places_of_twins_go_to_what_others_seem_to_speak_of() -> None:
    twin = CLAIM.model_copy(update={"id": "clm-0"})
    quiet, spoken = variant("clm-5"), variant("clm-6")
    near = {"clm-5": 0.1, "clm-6": 0.7}

    def named(claim: Claim) -> float:
        return near[claim.id]

    claims = [twin, CLAIM, quiet, spoken]
    chosen = challengeable(claims, Scope(2), named=named)
    assert [one.id for one in chosen] == ["clm-0", "clm-6"]
    assert challengeable(claims, Scope(0), named=named) == ()


def test_what_an_audience_shares_and_why_us_can_be_challenged() -> None:
    claims = [
        variant(field, field=field) for field in ("audience", "why_us", "industry")
    ]
    chosen = {one.field for one in challengeable(claims, Scope(None))}
    assert chosen == {"audience", "why_us"}


def test_who_is_otherwise_does_not_contradict_what_only_describes() -> None:
    verdict = Verdict(number=1, stance="contradicts", quote="we do lifts")
    came = challenge(CLAIM, {1: passage("bea", 1)}, [verdict], ground, describes=True)
    assert came.stances == Stances(silent=("bea",), looked_at=("bea",))
    assert came.insights == ()


@pytest.mark.parametrize(
    ("quote", "against"),
    [
        ("With us language has never been an issue", False),
        ("that doesn't bother us", False),
        ("這個我們沒有問題", False),
        ("it's no problem, we don't want it in ten languages", True),
        ("Nobody needs that here", True),
        ("I'd rather have it in English", True),
    ],
)
def test_who_has_no_such_trouble_does_not_contradict_a_wish(
    quote: str, *, against: bool
) -> None:
    verdict = Verdict(number=1, stance="contradicts", quote=quote)
    came = challenge(CLAIM, {1: passage("bea", 1)}, [verdict], ground, wishes=True)
    assert came.stances.contradicts == (("bea",) if against else ())
    assert came.stances.silent == (() if against else ("bea",))
    pain = challenge(CLAIM, {1: passage("bea", 1)}, [verdict], ground)
    assert pain.stances.contradicts == ("bea",)


def test_who_was_shown_to_a_judge_that_cannot_tell_was_looked_at() -> None:
    came = came_of(("bea", "unjudged", ""), ("cem", "", ""))
    judged = with_stances(CLAIM, came.stances)
    assert judged.unjudged == ("bea", "cem", "dan")
    assert judged.looked_at == ("bea",)


def test_words_that_were_read_before_are_the_insight_that_holds_them() -> None:
    read = make_insight("bea", quote="nobody drives twice for a part", at=10)
    again = make_insight("bea", quote="drives twice for a", at=17)
    apart = make_insight("bea", quote="the vans are stocked", at=90)
    other = make_insight("cem", quote="drives twice for a", at=17)
    assert already_said(again, [apart, read]) == read
    assert already_said(apart, [read]) is None
    assert already_said(other, [read]) is None
