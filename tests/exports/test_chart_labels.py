"""Labels beside circles: none lies on another, and the same every time."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, strategies as st

from icp_synth.exports.charts.labels import HEIGHT, Area, Circle, apart, shortened

PLACES = st.floats(0, 500, allow_nan=False)
CIRCLES = st.lists(
    st.builds(
        Circle,
        x=PLACES,
        y=PLACES,
        radius=st.floats(3, 12, allow_nan=False),
        width=st.sampled_from((8.0, 16.0, 120.0)),
    ),
    max_size=30,
)


@given(CIRCLES)
def test_no_label_lies_on_another(circles: list[Circle]) -> None:
    labels = apart(circles)
    assert len(labels) == len(circles)
    for (one, a), (other, b) in combinations(zip(circles, labels, strict=True), 2):
        wide = (one.width + other.width) / 2 + 4
        assert abs(a.x - b.x) >= wide - 1e-6 or abs(a.y - b.y) >= HEIGHT


def test_thirty_circles_in_one_place_still_have_their_labels_apart() -> None:
    labels = apart([Circle(100, 100, 12, 16)] * 30)
    assert len({(round(one.x), round(one.y)) for one in labels}) == 30
    assert labels[-1].led


def test_a_label_alone_stands_beside_its_circle() -> None:
    (label,) = apart([Circle(100, 100, 5, 8)])
    assert (label.x, label.y, label.led) == (113.0, 100.0, False)


@given(CIRCLES)
def test_the_same_circles_give_the_same_places(circles: list[Circle]) -> None:
    assert apart(circles) == apart(circles)


def test_a_label_keeps_to_the_plot_where_it_can() -> None:
    (label,) = apart([Circle(190, 50, 5, 60)], Area(200, 100))
    assert label.x + 30 <= 200
    assert not label.led


def test_a_name_is_cut_to_its_room_and_wide_characters_take_more() -> None:
    assert shortened("all", 5) == "all"
    assert shortened("all the others", 8) == "all the…"
    assert len(shortened("一二三四五六七八", 8)) < len(shortened("abcdefghij", 8))
