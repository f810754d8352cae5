"""The map of the themes is not squeezed by one that is unlike all others."""

from __future__ import annotations

from xml.etree import ElementTree

from icp_synth.domain.themes import Theme, ThemeMap, ThemePoint
from icp_synth.exports.board import ThemeShown
from icp_synth.exports.charts.theme_map import PlaneShown, plane_shown
from icp_synth.exports.statements import NOBODY, Said
from icp_synth.exports.words import words_of

NEAR = [(0.0, 0.0), (0.1, 0.3), (0.2, 0.1), (0.3, 0.4), (0.4, 0.2), (0.5, 0.5)]


def _theme(at: int) -> ThemeShown:
    theme = Theme(
        id=f"theme-{at}",
        version="v",
        kind="pain",
        label="a label",
        insights=("i",),
        participants=("ann", "bo"),
        n=2,
        of=10,
        interval=(0.1, 0.6),
    )
    return ThemeShown(
        theme, f"t-{at}", Said(f"theme {at}", None, None), "10", "60", (), NOBODY
    )


def _map(places: list[tuple[float, float]], language: str = "en") -> PlaneShown:
    points = tuple(
        ThemePoint(theme=f"theme-{at}", x=x, y=y) for at, (x, y) in enumerate(places)
    )
    themes = [_theme(at) for at in range(len(places))]
    shown = plane_shown(ThemeMap(points=points, share=0.3), themes, words_of(language))
    assert shown is not None
    return shown


def _across(shown: PlaneShown) -> list[float]:
    root = ElementTree.fromstring(shown.picture)  # noqa: S314 - made a line above
    return [float(one.get("cx", "")) for one in root.iter("circle")]


def test_a_theme_far_from_all_others_leaves_them_room() -> None:
    places = _across(_map([*NEAR, (40.0, 0.2)]))
    near = places[: len(NEAR)]
    assert max(near) - min(near) > (max(places) - min(places)) / 5
    assert max(places) == places[-1]


def test_the_note_says_that_far_ones_are_drawn_nearer() -> None:
    assert "nearer" in _map([*NEAR, (40.0, 0.2)]).note
    assert "實際近" in _map([*NEAR, (40.0, 0.2)], "zh").note


def test_a_map_without_far_ones_says_nothing_of_them() -> None:
    assert "nearer" not in _map(NEAR).note


def test_themes_mostly_at_one_place_keep_their_distances() -> None:
    shown = _map([(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (1.0, 1.0)])
    assert "nearer" not in shown.note
    assert len(set(_across(shown))) == 2
