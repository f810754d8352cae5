"""What sets the product apart, as the report shows it: near, none, and no product."""

from __future__ import annotations

from typing import Any

import pytest

from icp_synth.domain.positioning import (
    DifferentiatorRow,
    DifferentiatorTable,
    GoalFit,
    Mentions,
    MessageMatch,
    MessagePart,
    Positioning,
)
from icp_synth.domain.sections import Section
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.synthesis_factory import by_id, make_claim, synthesis, transcripts

TEXTS = transcripts()
PLAIN = synthesis(TEXTS)


def built(**values: Any) -> Report:
    return build_report(synthesis(TEXTS, **values), by_id(TEXTS), language="en")


def pages(**values: Any) -> tuple[str, str]:
    report = built(**values)
    return to_markdown(report), " ".join(to_html(report).split())


def message(**values: Any) -> dict[str, Positioning]:
    match = MessageMatch(sentence="It closes by itself", **values)
    return {"positioning": Positioning(message=(match,))}


def unnamed() -> dict[str, Any]:
    settings = {**PLAIN.manifest.settings, "product": {"name": "", "what": ""}}
    return {"manifest": PLAIN.manifest.model_copy(update={"settings": settings})}


def test_what_comes_near_is_told_and_not_called_absent() -> None:
    near = tuple(one.id for one in PLAIN.insights[:2])
    people = len({one.participant for one in PLAIN.insights[:2]})
    found = message(code="not_found_by_likeness", near=near, n=6)
    (shown,) = built(**found).positioning.message
    assert (shown.near, shown.k) == (people, 0)
    for page in pages(**found):
        assert "come near; nobody judged" in page or "comes near" in page
        assert "nothing alike was found" not in page


def test_the_people_of_several_parts_are_no_sum() -> None:
    parts = (
        MessagePart(text="An invoice", supports=("ann",)),
        MessagePart(text="a proof", supports=("bob",)),
    )
    found = message(code="stated", supports=("ann", "bob"), parts=parts, k=2, n=6)
    (shown,) = built(**found).positioning.message
    assert (shown.k, shown.parts) == (0, (("An invoice", 1), ("a proof", 1)))


def test_what_was_not_found_by_words_has_no_interval() -> None:
    nobody = Mentions(n=0, of=6, interval=(0.0, 0.39))
    row = DifferentiatorRow(differentiator="Set up in a day", mentions=nobody)
    table = DifferentiatorTable(differentiators=(row,), of=6)
    found = {"positioning": Positioning(table=table)}
    (shown,) = built(**found).positioning.differentiators
    assert (shown.low, shown.high) == (None, None)
    for page in pages(**found):
        assert "not found by words; nobody judged" in page


def test_a_reason_says_of_how_many_of_its_theme_it_is_one() -> None:
    theme = PLAIN.themes[0]
    cited = tuple(one for one in PLAIN.insights if one.id in theme.insights)
    claim = make_claim(theme.label, cited, field="why_us")
    found = {"positioning": Positioning(why_us=(claim,))}
    shown = built(**found).positioning
    assert shown.of_theme == {claim.id: len(theme.participants)}
    assert "people of its theme" in pages(**found)[0]


def test_where_no_product_is_named_nothing_is_said_about_buying_it() -> None:
    claim = make_claim("They stay for it", PLAIN.insights[:2], field="why_us")
    sections = {
        name: Section(status="no_evidence") for name in ("fears", "channels", "goals")
    }
    persona = PLAIN.personas[0].model_copy(update={"sections": sections})
    found = {
        "positioning": Positioning(why_us=(claim,)),
        "personas": (persona,),
        **unnamed(),
    }
    report = built(**found)
    assert report.positioning.why_us == ()
    assert (report.icps[0].signals, report.icps[0].scorecard) == ((), ())
    parts = report.personas[0].persona
    assert parts is not None
    assert [one.key for one in parts.sections] == ["goals", "fears"]
    for page in pages(**found):
        assert "The brief names no product." in page


def test_a_section_without_a_claim_names_the_themes_that_its_people_share() -> None:
    theme = PLAIN.themes[0]
    held = [one for one in PLAIN.insights if one.id in theme.insights]
    alone = next(one for one in PLAIN.insights if one.id not in theme.insights)
    ids = (*(one.id for one in held), alone.id)
    section = Section(status="single_voices", insights=ids)
    persona = PLAIN.personas[0].model_copy(
        update={
            "sections": {"pains": section},
            "participants": tuple(sorted({one.participant for one in (*held, alone)})),
        }
    )
    parts = built(personas=(persona,)).personas[0].persona
    assert parts is not None
    (shown,) = parts.sections
    assert (shown.status, len(shown.shared)) == ("evidence", 1)
    assert shown.shared[0][1] == len({one.participant for one in held})
    assert {one.insight.id for one in shown.heard.all} == {alone.id}


@pytest.mark.parametrize("idle", [1, 2])
def test_what_does_not_serve_is_listed_where_it_is_little(idle: int) -> None:
    listed = idle == 1
    claim = PLAIN.icps[0].claims[0]
    fits = [
        GoalFit(
            subject=claim.id,
            field=claim.field,
            text=claim.text,
            codes=("neither",) if at < idle else ("serves_goal",),
        )
        for at in range(3)
    ]
    found = Positioning(goal_fit={PLAIN.icps[0].id: tuple(fits)})
    (row,) = built(positioning=found).positioning.unserved["neither"]
    assert (row.k, row.of, bool(row.texts)) == (idle, 3, listed)
    for page in pages(positioning=found):
        assert f"{idle} of 3" in page
        assert ("Too many to be listed" in page) is not listed
