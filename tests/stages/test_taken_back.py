"""Whom a claim cites and who takes it back moves to the other side, words and all."""

from __future__ import annotations

from hypothesis import given, strategies as st

from icp_synth.domain.challenges import Stances
from icp_synth.domain.passages import Passage, Slice
from icp_synth.domain.profiles import Claim
from icp_synth.domain.transcripts import Person
from icp_synth.stages.challenge import with_stances
from icp_synth.stages.confidence import confidence
from icp_synth.stages.taken_back import Said, before, is_cited, with_taken_back
from tests.synthesis_factory import make_insight

NAMES = ("ann", "bea", "cem", "dan", "eve")
CITED = {name: make_insight(name, f"{name} drives twice") for name in NAMES[:3]}
LATER = {name: make_insight(name, f"{name} does not", at=50) for name in NAMES}
INSIGHTS = {one.id: one for one in (*CITED.values(), *LATER.values())}
CLAIM = Claim(
    id="clm-1",
    field="pain/problem",
    text="They drive twice for a part.",
    basis="evidence",
    insights=tuple(one.id for one in CITED.values()),
    supports=NAMES[:3],
    unjudged=NAMES[3:],
)
PEOPLE = {name: Person(id=name, label=name) for name in NAMES}


def judged(*withdrawn: str, stances: Stances | None = None) -> Claim:
    taken = {name: (LATER[name].id,) for name in withdrawn}
    return with_stances(CLAIM, with_taken_back(stances, CLAIM, taken, INSIGHTS))


def test_who_takes_it_back_contradicts_and_what_was_said_for_it_is_divided() -> None:
    claim = judged("bea")
    assert (claim.supports, claim.contradicts) == (("ann", "cem"), ("bea",))
    assert claim.counter == (LATER["bea"].id,)
    assert claim.divided == (CITED["bea"].id,)
    assert CITED["bea"].id not in claim.insights


def test_what_others_said_against_it_stays() -> None:
    stances = Stances(contradicts=("dan",), counter=(LATER["dan"].id,))
    claim = judged("ann", stances=stances)
    assert claim.contradicts == ("ann", "dan")
    assert set(claim.counter) == {LATER["ann"].id, LATER["dan"].id}


def test_where_nobody_else_carries_it_they_stay_and_it_is_worth_less() -> None:
    claim = judged("ann", "bea", "cem")
    assert claim.supports == NAMES[:3]
    assert claim.insights == CLAIM.insights
    assert len(claim.counter) == 3
    assert claim.contradicts == claim.divided == ()
    before_it = confidence(CLAIM, INSIGHTS, PEOPLE).value
    after = confidence(claim, INSIGHTS, PEOPLE)
    assert before_it is not None
    assert after.value is not None
    assert after.value < before_it
    assert after.parts["agreement"] == 0.5


def test_where_others_carry_it_whom_it_does_not_quote_it_cites_them() -> None:
    more = {name: make_insight(name, f"{name} drives twice", at=9) for name in NAMES}
    insights = {**INSIGHTS, **{one.id: one for one in more.values()}}
    claim = CLAIM.model_copy(update={"supports": NAMES, "unjudged": ()})
    taken = {name: (LATER[name].id,) for name in NAMES[:3]}
    counted = {name: (one.id,) for name, one in more.items()}
    moved = with_stances(
        claim, with_taken_back(None, claim, taken, insights, counted=counted)
    )
    assert (moved.supports, moved.contradicts) == (("dan", "eve"), NAMES[:3])
    assert {insights[one].participant for one in moved.insights} == {"dan", "eve"}
    assert set(moved.divided) == set(CLAIM.insights)


@given(st.sets(st.sampled_from(NAMES[:3])), st.sets(st.sampled_from(NAMES[3:])))
def test_everybody_stands_in_one_place_and_every_quote_on_its_side(
    withdrawn: set[str], others: set[str]
) -> None:
    stances = Stances(
        contradicts=tuple(sorted(others)),
        counter=tuple(sorted(LATER[name].id for name in others)),
    )
    claim = judged(*sorted(withdrawn), stances=stances)
    sides = (claim.supports, claim.contradicts, claim.silent, claim.unjudged)
    assert sorted(name for side in sides for name in side) == list(NAMES)
    for one in claim.insights:
        assert INSIGHTS[one].participant in claim.supports
    for one in claim.divided:
        assert INSIGHTS[one].participant in claim.contradicts
    unchanged = confidence(CLAIM, INSIGHTS, PEOPLE).value or 0
    assert (confidence(claim, INSIGHTS, PEOPLE).value or 0) <= unchanged


def test_only_earlier_turns_and_other_interviews_can_be_taken_back() -> None:
    quote = make_insight("ann", quote="we drive twice", at=10).quotes[0]
    here = Said("ann.txt", quote.model_copy(update={"turn": 3}))
    elsewhere = Said("ann-again.txt", quote)
    piece = Slice(turn=3, start=40, end=60, use="body")
    passage = Passage(
        id="p", transcript="ann.txt", participant="ann", slices=(piece,), tokens=4
    )
    assert before([here, elsewhere], passage, piece) == [elsewhere]
    later = piece.model_copy(update={"turn": 5})
    assert before([here, elsewhere], passage, later) == [here, elsewhere]


def test_words_that_are_cited_take_nothing_back() -> None:
    quote = make_insight("ann", quote="we drive twice", at=10).quotes[0]
    said = [Said("ann.txt", quote)]
    assert is_cited(said, "ann.txt", 0, 11)
    assert not is_cited(said, "ann.txt", 0, 10)
    assert not is_cited(said, "other.txt", 0, 11)
