"""Files of team views: what they may hold, and errors with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.errors import NameClash, NotFound, SettingsError
from icp_synth.project.team_files import load_view, load_views

SALES = """\
team: Sales
criteria:
  - criterion: Eager to buy
    rating: 5
    note: Nobody likes to push.
  - {criterion: Location, rating: 2, value: Western Europe}
"""


def test_a_view_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sales.yaml"
    path.write_text(SALES, "utf-8")
    found = load_view(path)
    assert found.team == "Sales"
    assert [(one.criterion, one.rating, one.line) for one in found.criteria] == [
        ("Eager to buy", 5, 3),
        ("Location", 2, 6),
    ]
    assert found.criteria[0].note == "Nobody likes to push."


def test_a_file_without_a_team_is_that_of_its_name(tmp_path: Path) -> None:
    path = tmp_path / "support.toml"
    path.write_text('[[criteria]]\ncriterion = "Patient"\nweight = 2\n', "utf-8")
    assert load_view(path).team == "support"


def test_views_come_by_team_and_never_twice(tmp_path: Path) -> None:
    one, two = tmp_path / "b.yaml", tmp_path / "a.yaml"
    one.write_text(SALES, "utf-8")
    two.write_text(SALES.replace("Sales", "Marketing"), "utf-8")
    assert [view.team for view in load_views([one, two])] == ["Marketing", "Sales"]
    two.write_text(SALES.replace("Sales", "sales"), "utf-8")
    with pytest.raises(NameClash, match="of the team"):
        load_views([one, two])


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("rating: 5", "rating: 6", 4, "less than or equal to 5"),
        ("    rating: 5\n", "", 3, "needs a rating or a weight"),
        ("rating: 2", "weight: 2", 2, "some criteria have a rating"),
        ("rating: 5", "rating: 5\n    weight: 2", 3, "and not both"),
        ("Location", "eager to buy", 6, "stands twice"),
        ("note:", "because:", 5, "unknown key 'because'"),
        ("criterion: Eager to buy", "criterion:", 3, "has no name"),
        ("criteria:", "points:", 2, "unknown key 'points'"),
    ],
)
def test_an_error_names_the_file_and_the_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert old in SALES
    path = tmp_path / "sales.yaml"
    path.write_text(SALES.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_view(path)
    assert f"sales.yaml, line {line}:" in caught.value.message
    assert said in caught.value.message


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_views([tmp_path / "none.yaml"])
