"""The widest circle, and the sections of a persona, empty ones too."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, strategies as st

from icp_synth.analysts.protocol import Wordings
from icp_synth.domain.insights import Insight, Normal
from icp_synth.domain.profiles import Claim
from icp_synth.domain.sections import EVIDENCE_GROUPS, SECTIONS, Section
from icp_synth.stages.draft import claims_of, draft_profiles
from icp_synth.stages.draft.audience import audience_claims
from icp_synth.stages.draft.reasons import About
from icp_synth.stages.draft.sections import empathy_of, mentions, sections_of
from tests.synthesis_factory import make_findings, make_insight, make_trait

EIGHT = [f"p{i}" for i in range(8)]
NOTHING = Wordings(texts={})


def test_the_audience_is_what_half_of_the_drafted_people_share() -> None:
    shared = {"most": EIGHT[:5], "half": EIGHT[:3], "few": EIGHT[4:8]}
    study = make_findings(EIGHT, shared=shared, category="channel")
    claims = audience_claims(study, EIGHT[:6])
    assert [(one.text, len(one.supports)) for one in claims] == [
        ("most", 5),
        ("half", 3),
    ]
    assert {one.field for one in claims} == {"audience"}
    for one in claims:
        assert sorted((*one.supports, *one.unjudged)) == EIGHT
        cited = {study.insights[i].participant for i in one.insights}
        assert cited == set(one.supports)


@given(
    trades=st.lists(st.sampled_from(["bakery", "hotel", ""]), min_size=8, max_size=8),
    sizes=st.lists(st.integers(0, 90), min_size=8, max_size=8),
    reached=st.sets(st.sampled_from(EIGHT), min_size=2),
    drafted=st.sets(st.sampled_from(EIGHT), min_size=3),
)
def test_an_audience_never_counts_more_people_than_it_has_mentions_of(
    trades: list[str], sizes: list[int], reached: set[str], drafted: set[str]
) -> None:
    """Who is counted is cited, whether anything is drafted from them or not."""
    traits = [
        make_trait(name, "industry", trade)
        for name, trade in zip(EIGHT, trades, strict=True)
        if trade
    ]
    traits += [
        make_trait(
            name,
            "headcount_company",
            str(size),
            at=90,
            normal=Normal(low=size, high=size, unit="people"),
        )
        for name, size in zip(EIGHT, sizes, strict=True)
        if size
    ]
    shared = {"fairs": sorted(reached)}
    study = make_findings(EIGHT, shared=shared, category="channel", traits=traits)
    for one in audience_claims(study, sorted(drafted)):
        cited = {study.insights[name].participant for name in one.insights}
        assert cited == set(one.supports)
        assert len(one.insights) >= len(one.supports)


def test_what_goes_wrong_in_their_day_is_no_audience() -> None:
    study = make_findings(EIGHT, shared={"phones": EIGHT})
    assert audience_claims(study, EIGHT) == ()


def test_what_everybody_shares_is_not_lost_behind_what_sets_apart() -> None:
    traits = [make_trait(name, "geography", "England", at=10) for name in EIGHT] + [
        make_trait(name, "technology", f"tool {number}", at=100 + 10 * number)
        for number in range(9)
        for name in EIGHT[:3]
    ]
    study = make_findings(EIGHT, traits=traits)
    assert [one.text for one in audience_claims(study, EIGHT)] == ["England"]


def test_two_people_are_no_audience() -> None:
    study = make_findings(EIGHT, shared={"a": EIGHT[:2]}, category="channel")
    assert audience_claims(study, EIGHT[:2]) == ()


def test_facts_are_of_the_audience_and_protected_ones_are_not() -> None:
    traits = [
        trait
        for name in EIGHT
        for trait in (
            make_trait(name, "industry", "bakery"),
            make_trait(name, "sex", "female", at=90, category="demographic"),
        )
    ]
    study = make_findings(EIGHT, traits=traits)
    assert [one.text for one in audience_claims(study, EIGHT)] == ["bakery"]


def sections(**more: object) -> dict[str, tuple[str, int, int]]:
    fear = [
        make_insight(name, f"fears {name}", at=10, category="fear")
        for name in ("p0", "p1")
    ]
    like = make_insight("p2", "likes it", at=50, kind="motivation", category="like")
    age = make_trait("p0", "age", "40", at=90, category="demographic")
    study = make_findings(EIGHT, shared={"a": EIGHT}, category="goal")
    goal = [one for one in study.insights.values() if one.participant in EIGHT[:4]]
    (_,), (persona,) = draft_profiles(study, [EIGHT[:4]])
    claims = claims_of(study, persona, NOTHING)
    found = sections_of(
        frozenset(EIGHT[:4]),
        claims,
        [*goal, *fear, like, age],
        **more,  # type: ignore[arg-type]  # the test's own words
    )
    return {
        name: (one.status, len(one.claims), len(one.participants))
        for name, one in found.items()
    }


def test_every_section_stands_there_and_an_empty_one_says_so() -> None:
    found = sections()
    assert list(found) == list(SECTIONS)
    assert set(EVIDENCE_GROUPS) <= set(found)
    assert len(EVIDENCE_GROUPS) == 5
    assert found["fears"] == ("single_voices", 0, 2)
    assert found["likes"] == ("single_voices", 0, 1)
    assert found["demographics"] == ("single_voices", 0, 1)
    for name in ("objections", "channels", "buying_role", "psychographics"):
        assert found[name] == ("no_evidence", 0, 0)


def test_a_claim_of_several_people_makes_a_section_evidence() -> None:
    study = make_findings(EIGHT, shared={"a": EIGHT}, category="fear")
    (_,), (persona,) = draft_profiles(study, [EIGHT[:4]])
    claims = claims_of(study, persona, NOTHING)
    insights = tuple(study.insights.values())
    found = sections_of(frozenset(EIGHT[:4]), claims, insights)
    assert found["fears"].status == "evidence"
    assert found["fears"].claims == (claims[0].id,)
    assert found["fears"].participants == tuple(EIGHT[:4])
    assert empathy_of(frozenset(EIGHT[:4]), claims, insights)["pains"].claims == (
        claims[0].id,
    )


def test_the_three_questions_are_answered_or_have_no_evidence() -> None:
    found = empathy_of(
        frozenset({"p0"}),
        (),
        [make_insight("p0", kind="motivation", category="desired_gain")],
    )
    assert {name: one.status for name, one in found.items()} == {
        "pains": "no_evidence",
        "help": "single_voices",
        "goals": "single_voices",
    }


def test_rivals_are_counted_by_the_people_who_speak_of_them() -> None:
    insights = [
        make_insight("p0", "a", quote="we left CrewPlum for you", at=1),
        make_insight("p0", "b", quote="crewplum was slow", at=90),
        make_insight("p1", "c", quote="the CrewPlumber came", at=1),
        make_insight("p2", "d", quote="我們用過小飛象", at=1),
    ]
    assert {
        name: len(ids)
        for name, ids in mentions(insights, ["CrewPlum", "小飛象"]).items()
    } == {"CrewPlum": 2, "小飛象": 1}
    found = sections_of(
        frozenset({"p0", "p1"}),
        (),
        insights,
        about=About(rivals=("CrewPlum", "小飛象")),
    )["brand_affinity"]
    assert dict(found.rivals) == {"CrewPlum": ("p0",)}
    assert found.status == "single_voices"


def test_an_entry_that_lists_several_rivals_is_named_by_each_of_them() -> None:
    insights = [
        make_insight("p0", "a", quote="it stood on the whiteboard", at=1),
        make_insight("p1", "b", quote="two spreadsheets", at=1),
    ]
    listed = "whiteboard, messenger group and spreadsheet"
    assert mentions(insights, [listed]) == {listed: [one.id for one in insights]}


def filled(*insights: Insight) -> Mapping[str, Section]:
    people = frozenset(one.participant for one in insights)
    about = About("Jobwren", ("CrewPlum",))
    return sections_of(people, (), insights, about=about)


def test_what_not_to_say_is_wording_and_objections_to_us() -> None:
    price = make_insight(
        "p0", "a", category="objection", quote="your price went up", at=1
    )
    word = make_insight(
        "p1", "b", category="dislike", quote="that word synergy, please", at=1
    )
    slow = make_insight(
        "p0", "c", category="dislike", quote="the app loses pictures", at=50
    )
    rival = make_insight(
        "p1", "d", category="objection", quote="CrewPlum costs too much", at=50
    )
    found = filled(price, word, slow, rival)["avoid_saying"]
    assert found.insights == (word.id, price.id)


def test_what_is_held_against_others_stands_apart() -> None:
    ours = make_insight("p0", "a", category="dislike", quote="it is slow", at=1)
    named = make_insight("p0", "b", category="dislike", quote="CrewPlum is slow", at=50)
    other = make_insight(
        "p1", "She rejects a competitor.", category="objection", quote="no, too dear"
    )
    found = filled(ours, named, other)
    assert found["dislikes"].insights == (ours.id,)
    assert found["dislikes"].others == (named.id,)
    assert found["objections"].insights == ()
    assert found["objections"].others == (other.id,)


@pytest.mark.parametrize(
    ("statement", "of_others"),
    [
        ("She dislikes that the supplier portal logs her out.", True),
        ("The system at his former employer needed eleven clicks.", True),
        ("She switched off the customer portal.", False),
        ("The app needed eleven clicks.", False),
    ],
)
def test_what_others_run_is_none_of_our_product(
    statement: str, *, of_others: bool
) -> None:
    one = make_insight("p0", statement, category="dislike", quote="it took an age")
    found = filled(one)["dislikes"]
    assert (found.others == (one.id,)) is of_others
    assert (found.insights == (one.id,)) is not of_others


def test_a_rival_named_before_in_the_same_answer_is_what_is_disliked() -> None:
    one = make_insight("p0", "a", category="dislike", quote="it was slow", at=1)
    answer = "I had CrewPlum then. it was slow"
    about = About("Jobwren", ("CrewPlum",), answers={one.id: answer})
    found = sections_of({"p0"}, (), [one], about=about)
    assert (found["dislikes"].insights, found["dislikes"].others) == ((), (one.id,))


@pytest.mark.parametrize(
    ("section", "category", "quote", "belongs"),
    [
        ("demographics", "demographic", "I worked in customer service", False),
        ("demographics", "demographic", "I live with my two kids", True),
        ("channels", "channel", "the podcast has an episode on ghosts", False),
        ("channels", "channel", "I heard of it on a podcast", True),
        ("brand_affinity", "brand_affinity", "it is a fan-favorite character", False),
        ("brand_affinity", "brand_affinity", "I stick with the same brand", True),
    ],
)
def test_words_alone_need_a_second_cue(
    section: str, category: str, quote: str, *, belongs: bool
) -> None:
    one = make_insight(
        "p0", quote, kind="trait", category=category, quote=quote,
        statement_origin="verbatim",
    )  # fmt: skip
    assert bool(filled(one)[section].insights) is belongs
    written = one.model_copy(update={"statement_origin": "written"})
    assert filled(written)[section].insights


def test_a_question_of_the_matter_is_a_second_cue() -> None:
    one = make_insight(
        "p0", "a", kind="trait", category="channel", quote="a podcast, mostly",
        statement_origin="verbatim",
    )  # fmt: skip
    about = About(asked={one.id: "Where did you hear of it?"})
    found = sections_of({"p0"}, (), [one], about=about)
    assert found["channels"].insights == (one.id,)


def test_a_trigger_that_is_not_about_buying_is_no_purchase_pattern() -> None:
    boss = make_insight(
        "p0", "a", kind="motivation", category="trigger",
        quote="I quarrelled with my boss and founded the firm", at=1,
    )  # fmt: skip
    audit = make_insight(
        "p0", "b", kind="motivation", category="trigger",
        quote="I went home and searched for one", at=90,
    )  # fmt: skip
    found = filled(boss, audit)
    assert found["purchase_pattern"].insights == (audit.id,)
    assert set(found["motives"].insights) == {boss.id, audit.id}


def test_years_with_the_product_are_no_experience_in_the_trade() -> None:
    trade = make_insight(
        "p0", "a", kind="trait", category="role", attribute="experience",
        quote="twenty years in lifts", at=1,
    )  # fmt: skip
    use = make_insight(
        "p1", "b", kind="trait", category="technology", attribute="experience",
        quote="four years with Jobwren", at=1,
    )  # fmt: skip
    assert filled(trade, use)["socio_economics"].insights == (trade.id,)


def test_demographics_are_those_of_the_speaker() -> None:
    own = make_trait("p0", "age", "40", category="demographic")
    hers = make_insight(
        "p0", "a", kind="trait", category="demographic", attribute="education",
        quote="my daughter studies law", at=50,
    )  # fmt: skip
    family = make_insight(
        "p0", "b", kind="trait", category="demographic", attribute="family",
        quote="my son plays hockey", at=90,
    )  # fmt: skip
    assert set(filled(own, hers, family)["demographics"].insights) == {
        own.id,
        family.id,
    }


def test_single_voices_stand_by_strength_and_people_in_turn() -> None:
    said = [
        make_insight(
            name, f"{name} {strength}", category="fear", at=at, intensity=strength
        )
        for name, at, strength in (
            ("p0", 1, 1), ("p0", 50, 3), ("p0", 90, 2), ("p1", 1, 1), ("p1", 50, 2),
        )
    ]  # fmt: skip
    by_id = {one.id: one.statement for one in said}
    assert [by_id[one] for one in filled(*said)["fears"].insights] == [
        "p0 3",
        "p1 2",
        "p0 2",
        "p1 1",
        "p0 1",
    ]


def test_what_is_told_of_the_staff_is_no_trait_of_the_speaker() -> None:
    crews = make_insight(
        "p0", "Many of her best people read Arabic.", kind="trait", at=1,
        category="demographic", attribute="language", quote="I've people from Aleppo",
    )  # fmt: skip
    own = make_insight(
        "p1", "She speaks Arabic.", kind="trait", at=1, category="demographic",
        attribute="language", quote="my Arabic is old",
    )  # fmt: skip
    assert filled(crews, own)["demographics"].insights == (own.id,)


def test_founding_a_firm_is_no_way_of_buying() -> None:
    firm = make_insight(
        "p0", "A second child made her look for day work and start the company.",
        kind="motivation", category="trigger", quote="what could I do in the daytime?",
    )  # fmt: skip
    assert filled(firm)["purchase_pattern"].insights == ()


def test_how_often_something_else_is_used_is_no_affinity_to_us() -> None:
    portal = make_insight(
        "p0", "She opens the supplier's portal often.", kind="trait", at=1,
        category="behaviour", attribute="usage_frequency", quote="thirty times a day",
    )  # fmt: skip
    ours = make_insight(
        "p1", "She keeps the product open all day.", kind="trait", at=1,
        category="behaviour", attribute="usage_frequency", quote="the left screen",
    )  # fmt: skip
    found = filled(portal, ours)
    assert found["brand_affinity"].insights == (ours.id,)
    assert set(found["habits"].insights) == {portal.id, ours.id}


def test_a_common_thing_is_counted_as_a_rival_and_is_no_brand() -> None:
    sheet = make_insight(
        "p0", "She kept a spreadsheet.", kind="trait", category="technology",
        quote="I had a spreadsheet",
    )  # fmt: skip
    found = sections_of({"p0"}, (), [sheet], about=About("Jobwren", ("spreadsheet",)))
    brands = found["brand_affinity"]
    assert (brands.insights, dict(brands.rivals)) == ((), {"spreadsheet": ("p0",)})


def test_what_a_rival_lacks_is_nothing_to_avoid_saying() -> None:
    lacks = make_insight(
        "p0", "CrewPlum knows no buildings.", category="objection",
        quote="CrewPlum had no idea about buildings", at=1,
    )  # fmt: skip
    words = make_insight(
        "p0", "CrewPlum talks down.", category="dislike",
        quote="that word synergy, in CrewPlum", at=60,
    )  # fmt: skip
    found = filled(lacks, words)
    assert found["objections"].others == (lacks.id,)
    assert found["avoid_saying"].others == (words.id,)


def test_a_shared_demographic_stands_among_the_demographics() -> None:
    said = [
        make_insight(
            name, "Has children.", kind="trait", category="demographic",
            attribute="family", quote="my kids",
        )
        for name in ("p0", "p1")
    ]  # fmt: skip
    claim = Claim(
        id="clm-1", field="trait/demographic", text="They have children.",
        basis="evidence", insights=tuple(one.id for one in said),
        supports=("p0", "p1"),
    )  # fmt: skip
    found = sections_of({"p0", "p1"}, [claim], said)
    assert found["demographics"].claims == (claim.id,)
