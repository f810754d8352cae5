"""What a report says once: one group of everybody, one card of the same people."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.fit import Fit, FitScore
from icp_synth.domain.profiles import Coverage, Criterion, Synthesis
from icp_synth.domain.sections import Section
from icp_synth.domain.themes import Segment
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.synthesis_factory import (
    PEOPLE,
    WANT,
    by_id,
    make_claim,
    synthesis,
    transcripts,
)

TEXTS = transcripts()
TRIED = [
    {"cuts": 2, "agreement": 0.31, "by_chance": 0.3},
    {"cuts": 3, "agreement": 0.222, "by_chance": 0.214},
]


def built(language: str = "en", **values: Any) -> Report:
    return build_report(synthesis(TEXTS, **values), by_id(TEXTS), language=language)


def plain() -> Synthesis:
    return synthesis(TEXTS)


def undivided(**values: Any) -> dict[str, Any]:
    everybody = Segment(
        id="segment-1", version="v", label="", participants=tuple(PEOPLE)
    )
    coverage = {"segmentation": {"codes": ("one_group",), "candidates": TRIED}}
    return {
        "segments": (everybody,),
        "unassigned": (),
        "coverage": coverage,
        **values,
    }


def test_one_group_of_everybody_is_a_sentence_with_what_was_tried() -> None:
    report = built(**undivided())
    assert report.undivided.startswith("All 6 participants stand in one segment")
    assert "2 parts (agreement 0.31, by chance 0.30)" in report.undivided
    page = to_html(report)
    assert report.undivided in page
    assert '<article class="segment' not in page
    assert "segment" not in report.participants.columns
    assert report.undivided in to_markdown(report)


def test_two_groups_are_no_sentence() -> None:
    assert built().undivided == ""
    assert '<article class="segment' in to_html(built())


def test_a_persona_of_the_very_people_of_a_profile_points_to_its_claims() -> None:
    (icp, persona) = plain().icps[0], plain().personas[0]
    want = make_claim(WANT, plain().insights[4:6], field="motivation/goal")
    goals = Section(status="evidence", claims=(persona.claims[0].id, want.id))
    changed = persona.model_copy(
        update={"claims": (*persona.claims, want), "sections": {"goals": goals}}
    )
    report = built(personas=(changed,))
    card = report.personas[0]
    assert card.twin == (report.icps[0].anchor, icp.name)
    assert [one.claim.id for one in card.claims] == [want.id]
    assert card.persona is not None
    stated = card.persona.sections[0].claims
    there = {one.anchor for one in (*report.icps[0].claims, *card.claims)}
    assert {one.anchor for one in stated} <= there
    assert len(stated) == 2


def test_a_persona_of_some_of_the_people_says_all_that_it_rests_on() -> None:
    persona = plain().personas[0].model_copy(update={"participants": ("ann", "bea")})
    (card,) = built(personas=(persona,)).personas
    assert card.twin is None
    assert len(card.claims) == len(persona.claims)


def test_what_two_questions_share_stands_under_the_first() -> None:
    persona = plain().personas[0]
    want = make_claim(WANT, plain().insights[4:6], field="motivation/goal")
    first = Section(status="evidence", claims=(persona.claims[0].id,))
    both = Section(status="evidence", claims=(persona.claims[0].id, want.id))
    changed = persona.model_copy(
        update={
            "participants": ("ann", "bea"),
            "claims": (*persona.claims, want),
            "empathy": {"help": first, "goals": both, "pains": first},
            "sections": {"goals": first},
        }
    )
    parts = built(personas=(changed,)).personas[0].persona
    assert parts is not None
    shown = [one for one in parts.empathy if not one.above]
    said = [each.claim.id for one in shown for each in one.claims]
    assert len(said) == len(set(said)) == 2
    assert sum(one.repeated for one in shown) == 1


def test_values_of_one_field_are_one_condition_with_who_holds_them() -> None:
    icp = plain().icps[0]
    insights = plain().insights
    jobs = [
        make_claim(
            text,
            (insights[at],),
            field="role",
            supports=who,
            silent=(),
            unjudged=tuple(one for one in PEOPLE if one not in who),
            contradicts=(),
        )
        for at, (text, who) in enumerate(
            (("a writer", ("ann", "eve")), ("an artist", ("bea",)))
        )
    ]
    rows = tuple(
        Criterion(
            field="role",
            operator="=",
            value=one.text,
            status="evidence",
            coverage=Coverage(known=2, of=3),
            claim=one.id,
        )
        for one in jobs
    )
    made = icp.model_copy(
        update={"type": "person", "criteria": rows, "claims": tuple(jobs)}
    )
    report = built(icps=(made,), personas=())
    (row,) = report.icps[0].criteria
    assert [(one.value, one.held) for one in row.values] == [
        ("a writer", 1),
        ("an artist", 1),
    ]
    assert row.counted == "2 of 2 known; 3 people in all"
    assert "one of" in row.operator
    assert "a writer (1), an artist (1)" in to_markdown(report)


def test_one_profile_overlaps_with_nothing_and_people_have_their_names() -> None:
    score = FitScore(total=70, low=0, high=100, coverage=0.5, tier="viable")
    first_fits = {plain().icps[0].id: score}
    fits = (Fit(account="ann", participants=("ann",), scores=first_fits),)
    assert built(fits=fits).overlaps.fits == ()
    first = plain().icps[0].model_copy(update={"type": "person"})
    second = first.model_copy(update={"id": "icp-2", "segment": None})
    found = built(fits=fits, icps=(first, second)).overlaps
    assert [one.account for one in found.fits] == ["ann"]
    assert found.one == "Participant"
    left = tuple(
        one.model_copy(update={"group": "churned"}) if one.id == "ann" else one
        for one in plain().participants
    )
    gone = built(fits=fits, icps=(first, second), participants=left).overlaps
    assert [one.account for one in gone.fits] == ["ann (churned)"]
    unknown = (Fit(account="ann", participants=("ann",), scores={}),)
    assert built(fits=unknown, icps=(first, second)).overlaps.fits == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_segment_has_one_name_everywhere(language: str) -> None:
    unnamed = plain().segments[0].model_copy(update={"label": ""})
    report = built(language, segments=(unnamed,))
    assert report.segment_names == ("Firms that close slowly",)
    assert report.segments[0].name == "Firms that close slowly"


def test_the_markdown_counts_whom_it_does_not_name() -> None:
    many = tuple(f"p{at:02}" for at in range(15))
    person = plain().participants[0]
    people = tuple(
        person.model_copy(update={"id": one, "label": one, "facts": {}}) for one in many
    )
    segments = (Segment(id="segment-1", version="v", label="all", participants=many),)
    report = built(
        segments=segments, participants=(*plain().participants, *people), icps=()
    )
    line = next(row for row in to_markdown(report).splitlines() if "p00" in row)
    assert "and 3 more" in line
