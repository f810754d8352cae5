"""k of n in a report: one n, who of it may not be quoted, no contrast with nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from icp_synth.domain.profiles import Criterion, Frame, Synthesis
from icp_synth.domain.sections import Phrase, Place, Section
from icp_synth.domain.themes import Segment
from icp_synth.exports.claims import ClaimShown
from icp_synth.exports.html import to_html
from icp_synth.exports.markdown import to_markdown
from icp_synth.exports.report import Report, build_report
from tests.exports.full_synthesis import TEST, full
from tests.exports.synthesis_factory import (
    CLOSE,
    PEOPLE,
    by_id,
    make_claim,
    synthesis,
    transcripts,
)

TEXTS = transcripts()


def shown(made: Synthesis, language: str = "en") -> Report:
    return build_report(made, by_id(TEXTS), language=language)


def silent(*names: str, **values: Any) -> Synthesis:
    """Return the small synthesis in which some people may not be quoted."""
    frame = synthesis(TEXTS).frame.model_copy(
        update={"unheard": names, "unquoted": names}
    )
    return synthesis(TEXTS, frame=frame, **values)


def alone() -> Synthesis:
    """Return a synthesis in which all who may be quoted are one segment."""
    plain = synthesis(TEXTS)
    everybody = Segment(id="s", version="v", label="all", participants=PEOPLE[:5])
    ann = TEXTS["ann"]
    start = ann.text.index(CLOSE)
    phrase = Phrase(
        text=CLOSE,
        participants=("ann",),
        n=1,
        of=5,
        elsewhere=0,
        lift=1.0,
        places=(Place(transcript=ann.id, start=start, end=start + len(CLOSE)),),
    )
    persona = plain.personas[0].model_copy(
        update={
            "participants": PEOPLE[:5],
            "words": (phrase,),
            "sections": {"pains": Section(status="no_evidence")},
        }
    )
    return silent(
        "fei", segments=(everybody,), personas=(persona,), unassigned=("fei",)
    )


def test_every_line_of_the_sample_says_how_many_of_n_may_not_be_quoted() -> None:
    report = shown(silent("dai"))
    assert report.frame.startswith("n = 6: ")
    assert report.frame.endswith("; 1 of them may not be quoted")
    assert report.of == 6
    plain = shown(synthesis(TEXTS))
    assert "quoted" not in plain.frame
    assert (plain.aside, plain.compared) == ("", "")
    for page in (to_html(report), to_markdown(report)):
        assert "1 of them may not be quoted" in page
    assert "1 of the 6 participants may not be quoted: in n" in to_html(report)


def test_a_card_says_how_many_of_its_own_people_may_not_be_quoted() -> None:
    (card,) = shown(silent("cem")).icps
    assert card.size.endswith("3 people; 1 of them may not be quoted")
    (other,) = shown(silent("dai")).icps
    assert other.size.endswith("3 people")


@pytest.mark.parametrize(
    ("language", "words", "fit"),
    [("en", "may not be quoted", "no fit"), ("zh", "不可引用", "不屬任何區隔")],
)
def test_who_may_not_be_quoted_is_not_said_to_fit_nowhere(
    language: str, words: str, fit: str
) -> None:
    report = shown(silent("dai"), language)
    assert [one.id for one in report.unassigned] == ["eve", "fei"]
    page = to_html(report)
    row = page.split(f'<tr id="{report.map.columns[-1].anchor}"')[1].split("</tr>")[0]
    assert report.map.columns[-1].id == "dai"
    assert words in row
    assert fit not in row
    assert [(name, n) for _, name, n in report.map.bands][1:] == [(fit, 2), (words, 1)]
    assert words not in report.map.rows[0].by_segment
    (line,) = (
        one for one in to_markdown(report).splitlines() if one.startswith("- **dai**")
    )
    assert words in line


def test_an_empty_cell_of_the_matrix_tells_who_may_not_be_quoted() -> None:
    plain = synthesis(TEXTS)
    stands = {"silent": (), "unjudged": ("dai", "eve")}
    claim = make_claim(CLOSE, plain.insights[:4], **stands)
    icp = plain.icps[0].model_copy(update={"claims": (claim,)})
    page = to_html(shown(silent("dai", icps=(icp,), personas=())))
    matrix = page.split('<section id="matrix"')[1].split("</section>")[0]
    assert matrix.count('aria-label="may not be quoted"') == 1
    assert 'aria-label="may not be quoted"' not in to_html(shown(plain))


def test_nothing_is_contrasted_with_nobody() -> None:
    report = shown(alone())
    assert report.segments[0].shared[0].told == "3 of 5"
    for page in (to_html(report), to_markdown(report)):
        assert "elsewhere" not in page.replace("how often it does elsewhere", "")
        assert "more often than by others" not in page
        assert "more with one another than with the rest" not in page


def test_where_there_are_others_the_contrast_stands() -> None:
    assert "3 of 3 here, 1 of 3 elsewhere" in to_html(shown(synthesis(TEXTS)))


def whole_study(report: Report) -> Iterator[ClaimShown]:
    yield from report.audience
    yield from report.positioning.why_us
    yield from (one.claim for one in report.minority)


def cards(report: Report) -> Iterator[ClaimShown]:
    for card in (*report.icps, *report.personas, *report.negative):
        yield from card.claims


@pytest.mark.parametrize("made", [synthesis(TEXTS), full(TEXTS)], ids=["small", "full"])
def test_no_place_tells_more_people_than_mentions(made: Synthesis) -> None:
    report = shown(made)
    claims = [*cards(report), *whole_study(report)]
    assert claims
    for one in claims:
        assert one.voices.mentions >= one.k
    for one in whole_study(report):
        assert one.voices.mentions >= one.supports
    for board in report.boards:
        for theme in board.themes:
            assert len(theme.theme.insights) >= theme.theme.n


def test_mentions_stand_beside_the_people_whose_they_are() -> None:
    """A card counts its own people; the study may have more who say so."""
    icp = synthesis(TEXTS).icps[0]
    outside = make_claim(CLOSE, synthesis(TEXTS).insights[:4])
    made = synthesis(TEXTS, icps=(icp.model_copy(update={"claims": (outside,)}),))
    (claim,) = shown(made).icps[0].claims
    assert (claim.k, claim.n, claim.supports) == (3, 3, 4)
    page = to_html(shown(made))
    # The line of the whole study has more people than the card has mentions.
    tally = page.partition('<div class="tally">')[2].partition("</div>")[0]
    assert "3 of 3" in tally
    assert "of this card" in tally
    assert "3 mentions" in tally


@pytest.mark.parametrize(
    ("counts", "said"), [("account", "1 of 3 companies"), ("person", "1 of 3 people")]
)
def test_a_condition_says_whether_companies_or_people_are_counted(
    counts: str, said: str
) -> None:
    icp = synthesis(TEXTS).icps[0]
    criterion = Criterion.model_validate(
        {**icp.criteria[0].model_dump(), "counts": counts, "effect": "knock_out"}
    )
    made = synthesis(TEXTS, icps=(icp.model_copy(update={"criteria": (criterion,)}),))
    for page in (to_html(shown(made)), to_markdown(shown(made))):
        assert said in page


def test_a_test_plan_shows_the_name_of_a_field_as_code_and_no_backtick() -> None:
    made = full(TEXTS)
    above = made.top_down[0]
    plan = "Count in the column `sites` of the accounts table <b>"
    weighed = above.weighed[0].model_copy(update={"test": plan})
    top = above.model_copy(update={"weighed": (weighed, *above.weighed[1:])})
    assert TEST in to_html(shown(made))
    page = to_html(shown(made.model_copy(update={"top_down": (top,)})))
    told = "Count in the column <code>sites</code> of the accounts table &lt;b&gt;"
    assert told in page
    body = page.split("<main")[1].split("<script")[0]
    assert "`" not in body


def test_a_frame_of_an_earlier_version_has_nobody_who_may_not_be_quoted() -> None:
    old = {"participants": 2, "by_group": {}, "persona_type": "proto"}
    frame = Frame.model_validate({**old, "unheard": ["a"]})
    assert (frame.unquoted, frame.unread) == ((), ("a",))


def test_a_claim_says_where_its_count_is_not_that_of_its_theme() -> None:
    made = synthesis(TEXTS)
    icp, theme = made.icps[0], made.themes[0]
    known = {one.id: one for one in made.insights}
    held = tuple(known[name] for name in theme.insights)
    outside = next(name for name in PEOPLE if name not in theme.participants)
    same = make_claim("Closing hurts.", held)
    more = make_claim(
        "Closing takes long.", held, silent=theme.participants[:1], unjudged=(),
        supports=tuple(sorted({*theme.participants[1:], outside})),
    )  # fmt: skip
    card = icp.model_copy(update={"claims": (same, more)})
    by_text = {
        one.claim.text: one.differs
        for one in shown(synthesis(TEXTS, icps=(card,))).icps[0].claims
    }
    assert by_text == {
        "Closing hurts.": "",
        "Closing takes long.": f"its theme counts {theme.n}; 1 more was found when it "
        "was held against the others; 1 of its theme does not say this",
    }


def test_who_was_not_judged_is_not_said_to_say_otherwise() -> None:
    made = synthesis(TEXTS)
    icp, theme = made.icps[0], made.themes[0]
    known = {one.id: one for one in made.insights}
    held = tuple(known[name] for name in theme.insights)
    claim = make_claim(
        "Closing takes long.", held, silent=(), unjudged=theme.participants[:1],
        supports=theme.participants[1:],
    )  # fmt: skip
    card = icp.model_copy(update={"claims": (claim,)})
    (one,) = shown(synthesis(TEXTS, icps=(card,))).icps[0].claims
    assert one.differs == ""
