"""Files that are read: only regular ones of a bearable size, each name once."""

import os
from pathlib import Path

import pytest

from icp_synth.errors import NameClash, ReadError
from icp_synth.project import sources
from icp_synth.project.sources import FoundFile, check_names, duplicates_of, read_file


def test_only_regular_files_of_a_bearable_size_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("a.txt", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    pipe, text = tmp_path / "pipe.txt", tmp_path / "a.txt"
    with pytest.raises(ReadError, match="regular"):
        read_file(FoundFile("pipe.txt", pipe, ""))
    with pytest.raises(ReadError, match="cannot be read"):
        read_file(FoundFile("link.txt", tmp_path / "link.txt", ""))
    monkeypatch.setattr(sources, "MAX_BYTES", 3)
    with pytest.raises(ReadError, match="bytes"):
        read_file(FoundFile("a.txt", text, ""))


def test_two_equal_names_are_refused_with_both_paths() -> None:
    check_names([("a", "x/a"), ("b", "x/b")])
    with pytest.raises(NameClash, match="x/a and y/a"):
        check_names([("a", "x/a"), ("a", "y/a")])


def test_the_first_by_name_is_the_original() -> None:
    assert duplicates_of([("c", "1"), ("b", "1"), ("a", "2")]) == {"c": "b"}
