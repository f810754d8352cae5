"""Saving who belongs where: one writer, no version and no comment lost unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from icp_synth.domain.profiles import Participant
from icp_synth.project.groups import (
    ABSENT,
    Changed,
    Saved,
    WouldLose,
    follows,
    lost_by_saving,
    placed,
    present_groups,
    read_bytes,
    remove_groups,
    save_groups,
    version_of,
)
from icp_synth.project.segments_file import Group, SegmentsFile, read_segments
from tests.exports.synthesis_factory import synthesis, transcripts

ANN = Participant(
    id="ann", label="Ann A.", job="owner", segment_score=0.71, transcripts=("a",)
)
BEA = Participant(id="bea", label="bea", transcripts=("b",))
PEOPLE = (ANN, BEA)


def groups(**segments: str) -> SegmentsFile:
    made = tuple(
        Group(name=name, participants=placed(people.split()))
        for name, people in segments.items()
    )
    return SegmentsFile(segments=made, by="Kim")


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    done = save_groups(tmp_path, groups(A="ann", B="bea"), PEOPLE, expected=ABSENT)
    assert isinstance(done, Saved)
    assert done.version == version_of(read_bytes(tmp_path))
    found = read_segments(tmp_path)
    assert found is not None
    assert [one.name for one in found.segments] == ["A", "B"]
    assert "- ann  # Ann A., owner, score 0.71" in (
        tmp_path / "segments.yaml"
    ).read_text("utf-8")


def test_another_version_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "segments.yaml").write_text("by: Ines\n", "utf-8")
    done = save_groups(tmp_path, groups(A="ann"), PEOPLE, expected=ABSENT, drop=True)
    assert done == Changed(version=version_of(b"by: Ines\n"))
    assert read_bytes(tmp_path) == b"by: Ines\n"
    assert isinstance(remove_groups(tmp_path, expected=ABSENT), Changed)
    assert read_bytes(tmp_path) == b"by: Ines\n"


def test_removing_what_is_not_there_is_done(tmp_path: Path) -> None:
    assert remove_groups(tmp_path, expected=ABSENT) == Saved(version=ABSENT)


def test_what_the_program_wrote_is_written_anew_without_a_question(
    tmp_path: Path,
) -> None:
    first = save_groups(tmp_path, groups(A="ann bea"), PEOPLE, expected=ABSENT)
    assert isinstance(first, Saved)
    # Scores move from run to run; the comment is still the program's.
    moved = ANN.model_copy(update={"segment_score": 0.52})
    again = save_groups(
        tmp_path, groups(A="bea ann"), (moved, BEA), expected=first.version
    )
    assert isinstance(again, Saved)
    assert "score 0.52" in (tmp_path / "segments.yaml").read_text("utf-8")


def test_comments_of_a_person_are_named_before_they_are_lost(tmp_path: Path) -> None:
    text = 'by: Kim  # me\nsegments:\n- name: "A # 1"\n  participants: [ann]\n# end\n'
    (tmp_path / "segments.yaml").write_text(text, "utf-8")
    version = version_of(text.encode())
    done = save_groups(tmp_path, groups(A="ann"), PEOPLE, expected=version)
    assert done == WouldLose(lines=("# me", "# end"))
    assert (tmp_path / "segments.yaml").read_text("utf-8") == text
    forced = save_groups(tmp_path, groups(A="ann"), PEOPLE, expected=version, drop=True)
    assert isinstance(forced, Saved)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("segments: []\n", ()),
        ("segments: []  # owner\n", ("# owner",)),
        ("segments: []  # Ann A., owner\n", ()),
        ("by: a#b\n", ()),
        ("by: 'a # b'\n", ()),
        ("by: |\n  a # b\n", ()),
        ("by: 甲  # 乙\n", ("# 乙",)),
        ("segments: [\n", ("segments: [",)),
        ("unknown: 1\n\n# so\n", ("unknown: 1", "# so")),
    ],
)
def test_a_comment_is_told_from_a_name(text: str, lost: tuple[str, ...]) -> None:
    assert lost_by_saving(text.encode(), PEOPLE) == lost


def test_the_groups_of_a_run_have_a_name_each() -> None:
    made = synthesis(transcripts())
    (first,) = made.segments
    same = first.model_copy(update={"id": "segment-2"})
    bare = first.model_copy(update={"id": "segment-3", "label": "  "})
    found = present_groups(made.model_copy(update={"segments": (first, same, bare)}))
    assert [one.name for one in found.segments] == [
        "slow closers",
        "slow closers (segment-2)",
        "segment-3",
    ]


def test_a_draft_follows_a_file_that_says_the_same() -> None:
    made = synthesis(transcripts())
    assert follows(made, None)
    assert not follows(made, present_groups(made))
    (first,) = made.segments
    decided = made.model_copy(
        update={"segments": (first.model_copy(update={"decided": True}),)}
    )
    assert follows(decided, present_groups(decided))
    assert not follows(decided, None)
