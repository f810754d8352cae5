"""Charts: the same bytes every time, classes for colours, words for listeners."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from icp_synth.domain.contrasts import Contrast, Difference, Share
from icp_synth.domain.saturation import (
    CurvePoint,
    GroupSaturation,
    Saturation,
    SaturationPoint,
)
from icp_synth.domain.themes import Theme, ThemeMap, ThemePoint
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts import drawing
from icp_synth.exports.charts.contrasts import contrasts_shown
from icp_synth.exports.charts.prevalence import prevalence_shown
from icp_synth.exports.charts.saturation import saturation_shown
from icp_synth.exports.charts.theme_map import plane_shown
from icp_synth.exports.statements import Said, Voices
from icp_synth.exports.words import words_of

EN = words_of("en")
NOBODY = Voices((), (), hidden=0, mentions=0, explicit=0, leading=0)


def _theme(number: int, n: int) -> ThemeShown:
    theme = Theme(
        id=f"theme-{number}",
        version="v",
        kind="pain",
        label="a label",
        insights=("i",),
        participants=tuple(f"p{one}" for one in range(n)),
        n=n,
        of=10,
        interval=(0.1, 0.6),
    )
    said = Said(f"theme <{number}>", None, None)
    return ThemeShown(theme, f"t-{number}", said, "10", "60", (), NOBODY)


def _saturation(n: int = 4, verdict: str = "reached") -> Saturation:
    point = SaturationPoint.model_validate(
        {"threshold": 0.05, "verdict": verdict, "median": 3, "low": 2, "run": 2}
    )
    curve = tuple(
        CurvePoint(
            interview=at,
            new=max(0, 4 - at),
            new_interval=(0, 4),
            found=3 * at,
            found_interval=(at, 4 * at),
        )
        for at in range(1, n + 1)
    )
    return Saturation(
        participants=n,
        themes=12,
        base=2,
        run=2,
        permutations=10,
        seed=0,
        points=(point,),
        curve=curve,
    )


def _contrast(verdict: str) -> Contrast:
    one = Difference.model_validate(
        {
            "feature": "theme-1",
            "sort": "theme",
            "label": "a label",
            "first": Share(k=4, n=5),
            "second": Share(k=1, n=6),
            "difference": 0.63,
            "interval": (0.1, 0.9),
            "lift": 4.8,
            "p": 0.01,
            "q": 0.04,
            "verdict": verdict,
        }
    )
    return Contrast(first="churned", second="", n=(5, 6), tests=1, differences=(one,))


def test_a_chart_is_well_formed_and_the_same_every_time() -> None:
    themes = [_theme(at, at) for at in range(2, 7)]
    first, second = prevalence_shown(themes, EN), prevalence_shown(themes, EN)
    assert first is not None
    assert second is not None
    assert first.picture == second.picture
    root = ElementTree.fromstring(first.picture)  # noqa: S314 - made a line above
    named = (root.get("aria-labelledby") or "").split()
    assert [one.get("id") for one in root[:2]] == named
    assert all(one.text for one in root[:2])


def test_a_chart_leaves_colours_and_fonts_to_the_page() -> None:
    shown = saturation_shown(_saturation(), EN)
    assert shown.picture is not None
    for attribute in ("font-family", "#", 'fill="as-', "url("):
        assert attribute not in shown.picture
    assert shown.added is not None
    assert "line second" in shown.added


def test_themes_are_listed_by_people_beside_their_numbers() -> None:
    shown = prevalence_shown([_theme(1, 2), _theme(2, 9), _theme(3, 4)], EN)
    assert shown is not None
    assert [(at, one.theme.n) for at, one in shown.rows] == [(1, 9), (2, 4), (3, 2)]


def test_two_themes_are_too_few_for_a_chart() -> None:
    assert prevalence_shown([_theme(1, 2), _theme(2, 3)], EN) is None
    points = (ThemePoint(theme="theme-1", x=0, y=0),)
    assert plane_shown(ThemeMap(points=points), [_theme(1, 2)], EN) is None


def test_the_map_says_how_much_it_shows() -> None:
    points = tuple(ThemePoint(theme=f"theme-{at}", x=0.1, y=0.2) for at in (1, 2, 3))
    shown = plane_shown(
        ThemeMap(points=points, share=0.31), [_theme(at, at) for at in (1, 2, 3)], EN
    )
    assert shown is not None
    assert "31 %" in shown.note
    assert not shown.little


def test_a_map_of_little_says_so_and_its_marks_lead_to_their_themes() -> None:
    points = tuple(
        ThemePoint(theme=f"theme-{at}", x=at / 5, y=at % 2) for at in (1, 2, 3, 4)
    )
    shown = plane_shown(
        ThemeMap(points=points, share=0.07),
        [_theme(at, at * at) for at in (1, 2, 3, 4)],
        EN,
    )
    assert shown is not None
    assert shown.little
    root = ElementTree.fromstring(shown.picture)  # noqa: S314 - made a line above
    assert root.get("role") == "group"
    links = [a for a in root.iter("a") if a.find("circle") is not None]
    assert [a.get("href") for a in links] == ["#t-4", "#t-3", "#t-2", "#t-1"]
    assert links[0].findtext("title") == "1 theme <4> (16 of 10 participants)"
    assert not [g for g in root.iter("g") if "axis" in g.get("class", "")]
    # Areas are as the people are: a quarter of them has half the radius.
    radii = [float(a.find("circle").get("r")) for a in links]  # type: ignore[union-attr,arg-type]
    assert radii[0] == 2 * radii[2]
    assert "theme <4>" in [text.text[2:] for text in root.iter("text") if text.text]


def test_saturation_answers_first_and_says_when_it_was_reached() -> None:
    shown = saturation_shown(_saturation(), EN)
    assert shown.answer.startswith("For matters like these, yes")
    assert "after 3 people, borne out by the 2 after them" in shown.verdicts[0]
    assert "who write 3+2" in shown.footnote
    assert shown.rows[0] == ("1", "3", "1–4", "3")


def test_the_table_of_saturation_counts_in_whole_things() -> None:
    found = _saturation()
    first = found.curve[0].model_copy(
        update={"found": 1154.0, "found_interval": (136.975, 1169.2), "new": 34.5}
    )
    shown = saturation_shown(found.model_copy(update={"curve": (first,)}), EN)
    assert shown.rows == (("1", "1,154", "137–1,169", "34"),)


def test_axes_count_in_round_steps_and_the_last_person_is_numbered() -> None:
    assert drawing.round_ticks(125) == (0, 25, 50, 75, 100, 125)
    assert drawing.round_ticks(509) == (0, 100, 200, 300, 400, 500)
    shown = saturation_shown(_saturation(23), EN)
    assert shown.picture is not None
    root = ElementTree.fromstring(shown.picture)  # noqa: S314 - made a line above
    bottom = next(g for g in root.iter("g") if g.get("class") == "axis bottom")
    told = [text.text for text in bottom.iter("text") if text.text]
    # 20 would touch 23.
    assert set(told) == {"0", "5", "10", "15", "23"}


def test_both_thresholds_stand_in_the_panel_of_what_is_new() -> None:
    strict = SaturationPoint.model_validate(
        {"threshold": 0.0, "verdict": "not_reached", "run": 2}
    )
    found = _saturation()
    found = found.model_copy(update={"points": (*found.points, strict)})
    shown = saturation_shown(found, EN)
    assert shown.added is not None
    assert shown.added.count('class="line limit"') == 2
    assert "\u20075 %" in shown.added
    # At nothing the line is the axis, and a label would touch its figures.
    assert "\u20070 %" not in shown.added


def test_two_interviews_give_no_curve_and_too_few_says_so() -> None:
    shown = saturation_shown(_saturation(2, "too_few"), EN)
    assert shown.picture is None
    assert "Too few to tell" in shown.answer


def test_a_contrast_names_both_groups_and_leads_to_the_theme() -> None:
    (shown,) = contrasts_shown(
        [_contrast("different")],
        {"theme-1": _theme(1, 5)},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert shown.title == "churned (5) and all others (6)"
    assert shown.rows[0].anchor == "t-1"
    assert shown.rows[0].difference == "+63 (+10 … +90)"
    assert shown.picture is not None
    assert "← more in all others" in shown.picture
    assert "more in churned →" in shown.picture
    assert not shown.judged


def test_a_contrast_of_too_few_people_has_no_picture() -> None:
    (shown,) = contrasts_shown(
        [_contrast("too_few")],
        {},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert shown.few
    assert shown.picture is None
    assert "Too few people" in shown.note


def test_a_segment_is_described_and_not_tested() -> None:
    described = _contrast("descriptive")
    only = described.differences[0].model_copy(update={"p": None, "q": None})
    (shown,) = contrasts_shown(
        [described.model_copy(update={"tests": 0, "differences": (only,)})],
        {},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert shown.described
    assert shown.rows[0].q == "–"
    assert shown.note == "1 difference, described."


def test_what_is_left_of_a_contrast_is_counted_among_what_was_compared() -> None:
    base = _contrast("different")
    one = base.differences[0]
    rare = one.model_copy(update={"verdict": "too_few"})
    (shown,) = contrasts_shown(
        [base.model_copy(update={"differences": (one,) * 12 + (rare,) * 5})],
        {},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert (len(shown.rows), shown.left) == (10, 2)


@pytest.mark.parametrize(("lift", "told"), [(None, ""), (0.0, ""), (2.04, "2.0×")])
def test_a_lift_is_told_where_both_groups_have_somebody(
    lift: float | None, told: str
) -> None:
    base = _contrast("different")
    one = base.differences[0].model_copy(update={"lift": lift})
    (shown,) = contrasts_shown(
        [base.model_copy(update={"differences": (one,)})],
        {},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert shown.rows[0].lift == told


def test_the_two_counts_of_a_row_say_whose_they_are() -> None:
    others = _contrast("different")
    pair = others.model_copy(update={"second": "new"})
    shown = contrasts_shown(
        [others, pair],
        {},
        said=lambda one: Said(one.label, None, None),
        named=lambda name: name,
        words=EN,
    )
    assert [one.people for one in shown] == ["Here / others", "First / second"]


def test_a_group_of_few_gets_its_own_answer() -> None:
    few = GroupSaturation.model_validate(
        {
            "name": "churned",
            "participants": 2,
            "themes": 3,
            "singles": 4,
            "points": ({"threshold": 0.05, "verdict": "cannot_tell", "run": 2},),
        }
    )
    shown = saturation_shown(
        _saturation().model_copy(update={"groups": (few,), "singles": 7}), EN
    )
    assert shown.groups == ("churned (2): Nobody can tell yet: 2 people are too few.",)
    assert shown.counted == (
        "Counted: 12 themes and 7 things that one person alone says."
    )
