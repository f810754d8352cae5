"""The interview guide: planted gaps appear, what is covered does not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from icp_synth.domain.fields import CATEGORIES, KIND_OF, KINDS, PROFILE_FIELDS, SIGNALS
from icp_synth.domain.guide import Gap, Guide
from icp_synth.domain.hypotheses import Hypothesis, Weighed
from icp_synth.domain.insights import Insight
from icp_synth.domain.profiles import Claim, Fact, Frame, Icp, Synthesis
from icp_synth.domain.themes import Segment
from icp_synth.exports.guide import guide_to_markdown
from icp_synth.stages.ground.leading import leads
from icp_synth.stages.guide import build_guide, find_gaps, load_catalogue
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
    gaps = find_gaps(planted(), unsaturated=["pain"])
    kinds = {one.split("/")[0] for one in subjects(gaps, "unsaturated")}
    assert kinds == {"pain"}


def test_hypotheses_that_are_no_evidence_are_asked_about() -> None:
    hypothesis = Hypothesis(field="sites", operator=">=", value=3, test="Ask chains.")
    untested = Weighed(hypothesis=hypothesis, supports=("ann",))
    tested = untested.model_copy(update={"status": "evidence"})
    gaps = find_gaps(planted(), weighed=[untested])
    (gap,) = [one for one in gaps if one.code == "hypothesis"]
    assert (gap.subject, gap.known) == ("sites", 1)
    assert gap.note == "≥ 3 sites — Ask chains."
    assert subjects(find_gaps(planted(), weighed=[tested]), "hypothesis") == set()


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
