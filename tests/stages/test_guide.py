"""The interview guide: planted gaps appear, what is covered does not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import permutations
from typing import Any

import pytest

from icp_synth.domain.fields import CATEGORIES, KIND_OF, KINDS, PROFILE_FIELDS, SIGNALS
from icp_synth.domain.guide import Gap, Guide, StillNew
from icp_synth.domain.hypotheses import Hypothesis, TopDown, Weighed
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Fact, Frame, Icp, Synthesis
from icp_synth.domain.themes import Segment
from icp_synth.exports.guide import guide_to_markdown
from icp_synth.stages.draft.signals import signals_of
from icp_synth.stages.ground.leading import leads
from icp_synth.stages.guide import (
    build_guide,
    find_gaps,
    late_themes,
    load_catalogue,
)
from tests.exports import synthesis_factory as factory
from tests.synthesis_factory import make_insight

PEOPLE = ("ann", "bea", "cem", "dai", "eve", "fei")

# What three people of the planted ICP have all spoken of.
SPOKEN = [
    f"{kind}/{category}"
    for kind in KINDS
    for category in CATEGORIES[kind]
    if (kind, category) != ("pain", "fear")
]
KNOWN = [
    field.name
    for field in PROFILE_FIELDS.values()
    if field.name not in {"sales_cycle", "budget"}
]
SAID_SIGNALS = [name for name in SIGNALS if name != "ready"]


@cache
def _insights() -> tuple[Insight, ...]:
    return tuple(_said())


def _said() -> Iterable[Insight]:
    for name in PEOPLE:
        for at, subject in enumerate(SPOKEN):
            category = subject.split("/")[1]
            yield make_insight(
                name,
                f"{name} {subject}",
                kind=KIND_OF[category],
                category=category,
                at=100 * at,
                signals=tuple(f"+{one}" for one in SAID_SIGNALS),
            )


def planted(**values: Any) -> Synthesis:
    """Return a study in which all is known but what the tests take away."""
    texts = factory.transcripts()
    base = factory.synthesis(texts)
    insights = _insights()
    facts = {name: (Fact(value="x", insights=(insights[0].id,)),) for name in KNOWN}
    people = tuple(
        one.model_copy(update={"facts": facts, "company": f"{one.id} Ltd"})
        for one in base.participants
    )
    themes = tuple(
        base.themes[0].model_copy(
            update={
                "id": f"theme-{at:03}",
                "insights": tuple(
                    one.id
                    for one in insights
                    if f"{one.kind}/{one.category}" == subject
                ),
            }
        )
        for at, subject in enumerate(SPOKEN)
    )
    segment = Segment(id="segment-01", version="s", label="all", participants=PEOPLE)
    icp = Icp(
        id="icp-account-01",
        version="i",
        name="ICP",
        status="draft",
        segment="segment-01",
        type="account",
        n=6,
        claims=values.pop("claims", ()),
    )
    update = {
        "insights": insights,
        "participants": people,
        "themes": themes,
        "segments": (segment,),
        "icps": (icp,),
        "personas": (),
        "minority": (),
        "negative": (),
        "frame": Frame(
            participants=6,
            by_group={"super-user": 3, "churned": 3, "new": 3, "prospect": 3},
            persona_type="qualitative",
        ),
        **values,
    }
    return base.model_copy(update=update)


def subjects(gaps: Iterable[Gap], code: str) -> set[str]:
    return {gap.subject for gap in gaps if gap.code == code}


def claim(**values: Any) -> Claim:
    return Claim.model_validate(
        {
            "id": "clm-1",
            "field": "pain/problem",
            "text": "The close eats nine days",
            "basis": "evidence",
            "insights": ("i",),
            "supports": ("ann", "bea"),
            "contradicts": ("eve",),
            **values,
        }
    )


def test_exactly_the_planted_fields_are_uncovered() -> None:
    gaps = find_gaps(planted())
    assert subjects(gaps, "uncovered") == {
        "sales_cycle",
        "budget",
        "pain/fear",
        "signal/ready",
    }
    assert {gap.code for gap in gaps} == {"uncovered"}


def test_protected_fields_are_never_asked_for() -> None:
    base = planted()
    bare = base.model_copy(
        update={
            "participants": tuple(
                one.model_copy(update={"facts": {}}) for one in base.participants
            )
        }
    )
    asked = subjects(find_gaps(bare), "uncovered")
    assert asked.isdisjoint(
        field.name for field in PROFILE_FIELDS.values() if field.protected
    )
    assert "industry" in asked


def test_what_one_or_two_have_said_is_thin() -> None:
    base = planted()
    first, *rest = base.participants
    knows = {**first.facts, "budget": first.facts["industry"]}
    people = (first.model_copy(update={"facts": knows}), *rest)
    gaps = find_gaps(base.model_copy(update={"participants": people}))
    (thin,) = [gap for gap in gaps if gap.code == "thin"]
    assert (thin.subject, thin.known, thin.of) == ("budget", 1, 6)


def test_a_contradicted_claim_comes_first_and_with_its_counts() -> None:
    gap = find_gaps(planted(claims=(claim(),)))[0]
    assert (gap.code, gap.claim, gap.known, gap.of) == ("contradicted", "clm-1", 2, 3)
    assert gap.note == "The close eats nine days"


def test_a_claim_that_nobody_contradicts_is_no_gap() -> None:
    gaps = find_gaps(planted(claims=(claim(contradicts=()),)))
    assert subjects(gaps, "contradicted") == set()


def test_what_is_new_from_person_to_person_is_unsaturated() -> None:
    base = planted()
    themes = tuple(
        one for at, one in enumerate(base.themes) if SPOKEN[at] != "pain/dislike"
    )
    gaps = find_gaps(base.model_copy(update={"themes": themes}))
    (gap,) = [one for one in gaps if one.code == "unsaturated"]
    assert (gap.subject, gap.known, gap.of) == ("pain/dislike", 0, 6)


def test_a_saturation_curve_may_say_that_a_kind_is_not_exhausted() -> None:
    gaps = find_gaps(planted(), unsaturated=[still_new()])
    found = [gap for gap in gaps if gap.code == "unsaturated"]
    assert {gap.subject.split("/")[0] for gap in found} == {"pain"}
    assert {gap.whom for gap in found} == {("churned",)}


def still_new(**values: Any) -> StillNew:
    return StillNew.model_validate(
        {
            "kind": "pain",
            "among": "group",
            "name": "churned",
            "participants": 7,
            "themes": 9,
            "run": 2,
            "new": 1.5,
            "wanted": 2,
            "verdict": "not_reached",
            **values,
        }
    )


@pytest.mark.parametrize(
    ("language", "reason", "seek"),
    [
        ("en", "Ask Churned customers.", "still bring 2.5 of 12 themes (pains, traits"),
        (
            "zh",
            "請問：已流失的客戶。",
            "12 個主題中仍有 2.5 個只來自最後 2 位（痛點、特徵",
        ),
    ],
)
def test_the_page_says_of_whom_more_is_wanted_and_why(
    language: str, reason: str, seek: str
) -> None:
    traits = still_new(kind="trait", themes=3, new=1)
    found = build_guide(planted(), language=language, unsaturated=[still_new(), traits])
    (more,) = [one for one in found.seek if one.code == "still_new"]
    assert (more.subject, more.known, more.wanted) == ("churned", 7, 2)
    page = guide_to_markdown(found, participants=6, created="")
    assert reason in page
    assert seek in page


def test_everybody_is_asked_where_no_group_stands_out() -> None:
    whole = still_new(among="study", name="", verdict="too_few")
    found = build_guide(planted(), unsaturated=[whole])
    gaps = [gap for one in found.questions for gap in one.gaps]
    assert any(gap.code == "unsaturated" and not gap.whom for gap in gaps)
    assert not any(one.code == "still_new" for one in found.seek)
    assert found.unsaturated == (whole,)


def test_no_sort_of_reason_is_cut_off_the_page() -> None:
    found = build_guide(planted(), unsaturated=[still_new(name="")])
    crowd = [
        Gap(code="contradicted", subject="pain/problem", known=at, of=9)
        for at in range(8)
    ]
    first = found.questions[0]
    late = Gap(code="unsaturated", subject="pain/problem", known=1, of=2)
    full = first.model_copy(update={"gaps": (*crowd, late)})
    page = guide_to_markdown(
        found.model_copy(update={"questions": (full,), "later": ()}),
        participants=6,
        created="",
    )
    assert "1 of 2 statements" in page
    assert "+ 3" in page


THREE = {"ann", "bea", "cem"}


@pytest.mark.parametrize(
    ("themes", "expected"),
    [
        ({}, 0.0),
        ({"a": THREE}, 0.0),
        ({"a": {"ann"}}, 0.67),
        ({"a": {"ann", "bea"}}, 0.33),
        ({"a": {"ann", "zoe"}, "b": {"zoe"}}, 0.67),
    ],
)
def test_late_themes_are_the_mean_over_all_orders(
    themes: dict[str, set[str]], expected: float
) -> None:
    assert late_themes(themes, THREE, 2) == expected
    orders = list(permutations(sorted(THREE)))
    brute = sum(
        bool(held & THREE) and held & THREE <= set(order[1:])
        for order in orders
        for held in themes.values()
    ) / len(orders)
    assert expected == round(brute, 2)


SITES = Hypothesis(field="sites", operator=">=", value=3, test="Ask chains.")


def assumed(*weighed: Weighed, **values: Any) -> TopDown:
    return TopDown.model_validate(
        {
            "name": "Chains",
            "code": "separate",
            "icp": "icp-hypotheses-1",
            "participants": ("ann",),
            "weighed": weighed,
            "claims": tuple(
                claim(id=f"clm-{at}", contradicts=()) for at, _ in enumerate(weighed)
            ),
            **values,
        }
    )


def test_hypotheses_that_are_no_evidence_are_asked_about() -> None:
    silent = Weighed(hypothesis=SITES, supports=("ann",), silent=("bea",))
    tested = silent.model_copy(update={"status": "evidence"})
    (gap,) = [
        one
        for one in find_gaps(planted(), top_down=[assumed(silent, tested)])
        if one.code == "hypothesis"
    ]
    assert (gap.subject, gap.known, gap.of) == ("sites", 1, 2)
    assert (gap.icp, gap.note) == ("icp-hypotheses-1", "≥ 3 sites — Ask chains.")


def test_of_a_contradicted_hypothesis_only_those_count_who_took_a_side() -> None:
    against = Weighed(
        hypothesis=SITES, supports=("ann",), contradicts=("bea", "cem"), silent=("dai",)
    )
    gap = find_gaps(planted(), top_down=[assumed(against)])[0]
    assert (gap.code, gap.known, gap.of) == ("contradicted", 1, 3)


def test_what_was_assumed_of_people_whom_nobody_met_is_untested() -> None:
    scope = Hypothesis(field="industry", value="port", scope=True)
    weighed = (
        Weighed(hypothesis=scope, silent=PEOPLE),
        Weighed(hypothesis=SITES, outside=PEOPLE),
    )
    found = build_guide(
        planted(), top_down=[assumed(*weighed, code="untested", participants=())]
    )
    assert found.counts["untested"] == 2
    (seek,) = [one for one in found.seek if one.code == "icp_untested"]
    assert (seek.subject, seek.note) == ("icp-hypotheses-1", "industry: port")
    assert found.names == {"icp-account-01": "ICP", "icp-hypotheses-1": "Chains"}
    page = guide_to_markdown(found, participants=6, created="")
    assert "icp-hypotheses-1: Chains" in page
    assert "Who belongs to it: industry: port." in page


def test_an_assumed_icp_without_people_is_not_everybody() -> None:
    base = planted()
    icp = base.icps[0].model_copy(
        update={"id": "icp-hypotheses-1", "segment": None, "origin": "hypotheses"}
    )
    found = build_guide(base.model_copy(update={"icps": (*base.icps, icp)}))
    gaps = [gap for one in found.questions for gap in one.gaps]
    assert not any(gap.icp == icp.id for gap in gaps)
    assert not any(one.subject == icp.id for one in found.seek)


def test_a_signal_that_an_icps_people_speak_of_is_no_gap() -> None:
    base = planted()
    icp = base.icps[0]
    heard = signals_of(frozenset(PEOPLE), base.insights)
    voices = heard["able"]["for"]
    signals = {**heard, "ready": {**heard["ready"], "for": voices}}
    spoken = icp.model_copy(update={"signals": signals})
    gaps = find_gaps(base.model_copy(update={"icps": (spoken,)}))
    assert "signal/ready" not in subjects(gaps, "uncovered")


def test_what_no_question_asks_is_told_with_how_to_find_out() -> None:
    vans = Weighed(
        hypothesis=Hypothesis(field="other:fleet", value="vans"),
        silent=PEOPLE,
        test="Look it up.",
    )
    found = build_guide(planted(), top_down=[assumed(vans)])
    page = guide_to_markdown(found, participants=6, created="")
    assert "Not to be read out: vans — Look it up." in page


def guide(**values: Any) -> Guide:
    options = {
        name: values.pop(name) for name in ("language", "minutes") if name in values
    }
    return build_guide(planted(**values), **options)


def test_each_gap_is_closed_by_a_question_that_covers_it() -> None:
    found = guide()
    asked = {gap.subject: one.id for one in found.questions for gap in one.gaps}
    assert asked == {
        "pain/fear": "fear",
        "signal/ready": "trouble",
        "sales_cycle": "choice",
        "budget": "price",
    }
    assert found.later == ()
    assert found.unasked == ()
    assert found.counts == {"uncovered": 4}


def test_questions_stand_in_the_order_of_a_conversation() -> None:
    found = guide()
    catalogue = load_catalogue()
    at = [catalogue.sections.index(one.section) for one in found.questions]
    assert at == sorted(at)
    assert found.planned == 6 + sum(one.minutes for one in found.questions)


def test_what_does_not_fit_is_kept_for_later() -> None:
    whole = guide(claims=(claim(),))
    short = guide(claims=(claim(),), minutes=12)
    assert short.planned <= 12
    assert {one.id for one in (*short.questions, *short.later)} == {
        one.id for one in whole.questions
    }
    # The contradicted claim is the most urgent, so its question is kept.
    assert [one.id for one in short.questions] == ["trouble"]


def test_a_study_without_gaps_asks_nothing() -> None:
    base = planted()
    facts = dict.fromkeys(PROFILE_FIELDS, base.participants[0].facts["industry"])
    people = tuple(one.model_copy(update={"facts": facts}) for one in base.participants)
    more = [
        make_insight(
            name,
            f"{name} fears",
            category="fear",
            at=9000,
            signals=("+ready",),
        )
        for name in PEOPLE
    ]
    full = base.model_copy(
        update={
            "participants": people,
            "insights": (*base.insights, *more),
            "themes": (
                *base.themes,
                base.themes[0].model_copy(
                    update={"id": "f", "insights": tuple(one.id for one in more)}
                ),
            ),
        }
    )
    found = build_guide(full)
    assert found.questions == ()
    assert "Nothing is open" in guide_to_markdown(found, participants=6, created="")


def test_groups_and_companies_that_lack_are_sought() -> None:
    frame = Frame(
        participants=6, by_group={"super-user": 5, "new": 1}, persona_type="qualitative"
    )
    base = planted(frame=frame)
    people = tuple(
        one.model_copy(update={"company": "Alone" if one.id == "fei" else "Big"})
        for one in base.participants
    )
    found = build_guide(base.model_copy(update={"participants": people})).seek
    told = {(one.code, one.subject, one.known) for one in found}
    assert {
        ("group_missing", "churned", 0),
        ("group_missing", "prospect", 0),
        ("group_thin", "new", 1),
        ("company_heavy", "Big", 5),
        ("company_thin", "Alone", 1),
    } <= told
    assert ("group_thin", "super-user", 5) not in told


def test_a_group_written_in_two_ways_is_one_group() -> None:
    groups = {"Churned": 2, "churned": 1, "Super user": 3, "new": 3, "Prospect": 3}
    frame = Frame(participants=12, by_group=groups, persona_type="qualitative")
    found = build_guide(planted(frame=frame)).seek
    assert not [one for one in found if one.code.startswith("group")]


def test_an_icp_of_few_people_and_without_a_decider_seeks_both() -> None:
    base = planted()
    silent = tuple(one for one in base.insights if one.category != "decision_authority")
    people = tuple(
        one.model_copy(
            update={
                "facts": {k: v for k, v in one.facts.items() if k != "decision_role"}
            }
        )
        for one in base.participants
    )
    segment = base.segments[0].model_copy(update={"participants": PEOPLE[:3]})
    update = {"insights": silent, "participants": people, "segments": (segment,)}
    codes = {one.code for one in build_guide(base.model_copy(update=update)).seek}
    assert {"icp_thin", "decider_missing"} <= codes


def test_who_contradicts_is_called_back_about_it() -> None:
    found = guide(claims=(claim(),)).callbacks
    assert [(one.participant, one.codes, one.claims) for one in found] == [
        ("eve", ("contradicts",), 1)
    ]
    assert found[0].questions == ("trouble",)


def test_who_said_little_is_called_back_about_everything() -> None:
    base = planted()
    insights = tuple(
        one
        for one in base.insights
        if one.participant != "fei" or one.category in {"problem", "goal"}
    )
    found = build_guide(base.model_copy(update={"insights": insights}))
    (fei,) = found.callbacks
    assert (fei.participant, fei.codes, fei.insights) == ("fei", ("little_said",), 2)
    assert fei.questions == tuple(one.id for one in found.questions)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_says_why_each_question_is_there(language: str) -> None:
    found = guide(claims=(claim(),), language=language)
    page = guide_to_markdown(found, participants=6, created="2026-01-02T03:04:05Z")
    for one in found.questions:
        assert one.text in page
        assert all(gap.subject in page for gap in one.gaps)
    assert "The close eats nine days" in page
    assert "2026-01-02" in page


def test_what_a_claim_says_never_stands_in_a_question() -> None:
    found = guide(claims=(claim(),))
    assert not any("nine days" in one.text for one in found.questions)


def test_a_claims_marks_do_not_act_on_the_page() -> None:
    found = guide(claims=(claim(text="a [link](http://x) <b>"),))
    page = guide_to_markdown(found, participants=6, created="")
    assert "[link](http" not in page
    assert "\\<b>" in page


CATALOGUE = load_catalogue()
OPEN = ("what", "how", "which", "who", "when", "where", "tell", "walk", "describe")
OPEN_LATER = ("think", "take", "if", "thinking", "at", "whom", "whose")
CLOSED_ZH = ("嗎", "是不是", "對不對", "有沒有", "難道", "是否")


@pytest.mark.parametrize("question", CATALOGUE.questions, ids=lambda one: one.id)
def test_every_question_is_open_and_offers_no_answer(question: Any) -> None:
    for text in (question.en, *question.probes_en):
        assert not leads(text)
        assert text.casefold().split()[0] in (*OPEN, *OPEN_LATER)
    for text in (question.zh, *question.probes_zh):
        assert not leads(text)
        assert not any(word in text for word in CLOSED_ZH)
    assert len(question.probes_en) == len(question.probes_zh)


def test_the_catalogue_covers_whatever_can_be_a_gap() -> None:
    never = {"trait/demographic", "trait/socioeconomic"}
    fields = [
        one.name
        for one in PROFILE_FIELDS.values()
        if not one.protected and one.category != "demographic"
    ]
    categories = [f"{kind}/{name}" for kind in KINDS for name in CATEGORIES[kind]]
    signals = [f"signal/{name}" for name in SIGNALS]
    for subject in (*fields, *categories, *signals, "why_us", "pain/own_category"):
        question = CATALOGUE.for_subject(subject)
        assert (question is None) == (subject in never), subject


def test_the_catalogues_sections_and_ids_hold_together() -> None:
    ids = [one.id for one in CATALOGUE.questions]
    assert len(set(ids)) == len(ids)
    assert {one.section for one in CATALOGUE.questions} == set(CATALOGUE.sections)
    covered = [subject for one in CATALOGUE.questions for subject in one.covers]
    assert len(set(covered)) == len(covered)
