"""Which members of a theme are judged by its name, and who is left."""

from __future__ import annotations

import pytest

from icp_synth.stages.themes import ThemeGroup, held
from tests.synthesis_factory import make_insight


def theme(people: str) -> ThemeGroup:
    said = tuple(make_insight(name, f"{i}", at=9 * i) for i, name in enumerate(people))
    return ThemeGroup(kind="pain", insights=said, participants=tuple(sorted({*people})))


@pytest.mark.parametrize(
    ("people", "most", "places"),
    [
        ("AABC", 9, [0, 1, 2, 3]),
        ("AABC", 3, [0, 2, 3]),
        ("AAABBC", 4, [0, 1, 3, 5]),
        ("ABC", 2, [0, 1]),
    ],
)
def test_all_members_are_shown_and_one_of_each_person_first_where_room_is_short(
    monkeypatch: pytest.MonkeyPatch, people: str, most: int, places: list[int]
) -> None:
    monkeypatch.setattr(held, "MOST_STATEMENTS", most)
    assert held.shown_of(theme(people)) == places


@pytest.mark.parametrize(
    ("out", "people"),
    [((), "ABC"), ((0,), "ABC"), ((0, 2), "BC"), ((1, 3), "A"), ((0, 1, 2, 3), "")],
)
def test_who_does_not_carry_the_name_is_left_out_and_one_person_is_no_theme(
    out: tuple[int, ...], people: str
) -> None:
    before = theme("ABAC")
    left = held.without(before, out)
    if len(people) < 2:
        assert left is None
        return
    assert left is not None
    assert left.participants == tuple(people)
    assert left.insights == tuple(
        one for i, one in enumerate(before.insights) if i not in out
    )
