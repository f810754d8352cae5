"""Walking: what is taken, what is passed over, what is refused."""

import os
from pathlib import Path

import pytest

from icp_synth.errors import NotFound
from icp_synth.project.sources import Found, read_file
from icp_synth.project.walking import find_sources

ENDINGS = (".txt", ".vtt", ".json", ".csv", ".md")


def claims(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def is_table(name: str) -> bool:
    return name.lower().endswith(".csv")


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def find(*paths: Path | str, base: Path | None = None) -> Found:
    return find_sources(paths, claims=claims, is_table=is_table, base=base)


def names(found: Found) -> list[str]:
    return [file.name for file in found.files]


def test_a_folder_gives_sorted_names_relative_to_it(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "sub/a.vtt", "a.txt", "picture.png")
    found = find(tmp_path)
    assert names(found) == ["a.txt", "b.txt", "sub/a.vtt"]
    assert found.ignored == ("picture.png",)


def test_what_is_no_transcript_is_passed_over_and_counted(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.txt",
        ".hidden.txt",
        "~$a.txt",
        "README.md",
        "readme.txt",
        "LICENSE.txt",
        "PROVENANCE.md",
        "ATTRIBUTION.md",
        "names.json",
        "table.csv",
        ".icp/x.txt",
        "out/x.txt",
        "decisions/x.txt",
        "recorded/x.txt",
        "evals/x.txt",
        "nested/study.toml",
        "nested/x.txt",
    )
    found = find(tmp_path)
    assert names(found) == ["a.txt"]
    assert len(found.ignored) == 15
    assert not found.reports


def test_the_root_of_a_folder_may_be_a_project(tmp_path: Path) -> None:
    put(tmp_path, "study.toml", "participants.csv", "accounts.csv", "a.txt")
    found = find(tmp_path)
    assert names(found) == ["a.txt"]
    assert found.studies == (tmp_path / "study.toml",)
    assert found.people == (tmp_path / "participants.csv",)
    assert found.accounts == (tmp_path / "accounts.csv",)


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    put(tmp_path, "README.md", "t.csv", "x.unknown")
    found = find(tmp_path / "README.md", tmp_path / "t.csv", tmp_path / "x.unknown")
    assert names(found) == ["README.md", "t.csv", "x.unknown"]


def test_a_file_that_two_paths_lead_to_is_taken_once(tmp_path: Path) -> None:
    put(tmp_path, "sub/a.txt")
    assert names(find(tmp_path, tmp_path / "sub" / "a.txt")) == ["sub/a.txt"]


def test_a_glob_names_files_from_its_fixed_part(tmp_path: Path) -> None:
    put(tmp_path, "d/a.txt", "d/README.md", "d/sub/b.txt", "d/out/c.txt", "d/t.csv")
    assert names(find("d/*", base=tmp_path)) == ["a.txt", "sub/b.txt"]
    assert names(find("d/**/*.txt", base=tmp_path)) == ["a.txt", "sub/b.txt"]
    assert names(find("d/*.csv", base=tmp_path)) == ["t.csv"]


def test_a_name_with_brackets_is_a_file_when_it_is_one(tmp_path: Path) -> None:
    put(tmp_path, "talk [1].txt")
    assert names(find("talk [1].txt", base=tmp_path)) == ["talk [1].txt"]


@pytest.mark.parametrize("path", ["nowhere", "no*where"])
def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path, path: str) -> None:
    with pytest.raises(NotFound):
        find(path, base=tmp_path)


def test_standard_input_is_a_source_without_a_path() -> None:
    (file,) = find("-").files
    assert (file.name, file.path, file.where) == ("stdin", None, "-")


def test_links_stay_inside_and_loops_end(tmp_path: Path) -> None:
    put(tmp_path, "root/a.txt", "secret.txt", "elsewhere/b.txt")
    root = tmp_path / "root"
    (root / "loop").symlink_to(root)
    (root / "again.txt").symlink_to(root / "a.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret.txt")
    (root / "far").symlink_to(tmp_path / "elsewhere")
    (root / "broken.txt").symlink_to(root / "gone.txt")
    found = find(root)
    assert names(found) == ["a.txt"]
    assert [(r.path, r.status) for r in found.reports] == [
        ("far", "refused"),
        ("out.txt", "refused"),
    ]
    assert found.ignored == ("again.txt", "broken.txt", "loop")


def test_a_link_that_was_named_is_followed(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (file,) = find(tmp_path / "link.txt").files
    assert (file.name, read_file(file)) == ("link.txt", b"a.txt")


def test_an_unreadable_folder_is_reported_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt", "closed/b.txt")
    real = os.scandir

    def guarded(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = find(tmp_path)
    assert names(found) == ["a.txt"]
    (report,) = found.reports
    assert (report.path, report.status) == ("closed", "failed")
    assert "Permission denied" in (report.reason or "")
