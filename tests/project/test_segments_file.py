"""segments.yaml: read as written, written as read, and wrong lines are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from icp_synth.errors import SettingsError
from icp_synth.project.segments_file import (
    Line,
    parse_segments,
    read_segments,
    resolve_people,
    to_yaml,
    write_segments,
)

KNOWN = {"anna": "Anna A.", "bob": "Bob", "carla": "Sam", "dev": "Sam"}

FILE = """\
by: Kim
segments:
  - name: Shops
    participants:
      - anna   # office manager
      - Bob
  - name: Plants
    participants: [carla]
unassigned:
  - dev
"""


def test_a_file_is_read_with_its_names_and_lines() -> None:
    found = parse_segments(FILE)
    assert found.by == "Kim"
    assert [group.name for group in found.segments] == ["Shops", "Plants"]
    assert [(one.name, one.line) for one in found.segments[0].participants] == [
        ("anna", 5),
        ("Bob", 6),
    ]
    assert found.everybody() == {"anna", "Bob", "carla", "dev"}


def test_a_unique_label_names_a_participant() -> None:
    there = resolve_people(parse_segments(FILE), KNOWN)
    assert [one.name for one in there.segments[0].participants] == ["anna", "bob"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- dev", "- dav", "line 10: there is no participant 'dav'"),
        ("- dev", "- anna", "line 10: 'anna' stands in unassigned and, line 5"),
        ("[carla]", "[bob]", "line 8: 'bob' stands in 'Plants' and, line 6"),
        ("- dev", "- Sam", "line 10: 'Sam' is the label of carla, dev"),
        ("Plants", "Shops", "line 7: 'Shops' is also the segment of line 3"),
    ],
)
def test_who_is_not_known_or_stands_twice_is_named_with_the_line(
    old: str, new: str, said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        resolve_people(parse_segments(FILE.replace(old, new)), KNOWN)
    assert said in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("segments:\n  - name: [", "line 2: is not valid YAML"),
        ("segmnts: []\n", "line 1: unknown key 'segmnts'"),
        ("segments:\n- participants: [a]\n", "line 2: a segment has no name"),
        ("segments:\n- name: A\n  participants: bob\n", "line 3: here should stand"),
        ("segments: [anna]\n", "line 1: here should stand name:"),
        ("unassigned:\n- a: b\n", "line 2: here should stand one name"),
        ("by: A\nby: B\n", "line 2: 'by' stands twice"),
        ("- anna\n", "line 1: here should stand by:"),
    ],
)
def test_a_file_of_another_shape_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_segments(text)
    assert said in caught.value.message


def test_no_file_and_an_empty_one_are_not_the_same(tmp_path: Path) -> None:
    assert read_segments(tmp_path) is None
    (tmp_path / "segments.yaml").write_text("# nothing yet\n", "utf-8")
    empty = read_segments(tmp_path)
    assert empty is not None
    assert empty.segments == ()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "segments.yaml").write_bytes(b"by: \xff\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_segments(tmp_path)


def test_what_is_said_beside_a_name_is_not_read(tmp_path: Path) -> None:
    lines = [Line("anna", "Anna A.,\nscore 0.71"), Line("bob")]
    path = write_segments(tmp_path, [("Shops: small", lines)], by="Kim")
    body = path.read_text("utf-8")
    assert "      - anna  # Anna A., score 0.71\n" in body
    found = read_segments(tmp_path)
    assert found is not None
    assert found.by == "Kim"
    assert found.segments[0].name == "Shops: small"
    assert found.everybody() == {"anna", "bob"}


printable = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1
).filter(lambda text: text.strip() == text)


@given(
    st.dictionaries(printable, st.lists(printable, unique=True), max_size=3),
    st.lists(printable, max_size=3),
)
def test_whatever_names_are_written_are_read_again(
    segments: dict[str, list[str]], rest: list[str]
) -> None:
    text = to_yaml(
        [(name, map(Line, people)) for name, people in segments.items()],
        map(Line, rest),
    )
    found = parse_segments(text)
    assert {
        group.name: [one.name for one in group.participants] for group in found.segments
    } == segments
    assert [one.name for one in found.unassigned] == rest
