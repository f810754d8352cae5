"""How `make` brings a machine to the point where it can start."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts import bootstrap

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a checkout with a finished `.venv`."""
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "constraints.txt").write_text(
        "# words\nnumpy==2.0  # core 70.5 MB\nruff==1.0  # dev 20.0 MB\n"
        "virtualenv==1  # venv 9.0 MB\n"
    )
    python = bootstrap.venv_python(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "CONSTRAINTS", tmp_path / "constraints.txt")
    return tmp_path


def stamp(checkout: Path, *extras: str) -> None:
    key = bootstrap.fingerprint(checkout, checkout / ".venv")
    text = json.dumps({"key": key, "extras": list(extras)})
    bootstrap.stamp_path(checkout / ".venv").write_text(text)


def no_install(venv: Path, extras: set[str]) -> None:
    pytest.fail(f"installed {extras} into {venv} once more")


def test_the_second_time_nothing_is_done(
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stamp(checkout, "dev")
    monkeypatch.setattr(bootstrap, "install", no_install)
    assert bootstrap.main([]) == 0
    assert bootstrap.main(["dev"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_means_installing_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    stamp(checkout)
    installed: list[set[str]] = []
    monkeypatch.setattr(bootstrap, "has_pip", lambda _venv: True)
    monkeypatch.setattr(
        bootstrap, "install", lambda _, extras: installed.append(extras)
    )
    with (checkout / changed).open("a") as file:
        file.write("# more\n")
    assert bootstrap.main([]) == 0
    assert bootstrap.main([]) == 0
    assert installed == [set()]


def test_an_extra_is_added_to_what_is_there(
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stamp(checkout)
    monkeypatch.setattr(bootstrap, "has_pip", lambda _venv: True)
    monkeypatch.setattr(bootstrap, "install", lambda *_: None)
    assert bootstrap.main(["dev"]) == 0
    assert "2 packages, about 90 MB" in capsys.readouterr().out
    key = bootstrap.fingerprint(checkout, checkout / ".venv")
    assert bootstrap.installed_extras(checkout / ".venv", key) == {"dev"}


def test_the_size_is_said_before_anything_is_installed(
    checkout: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_venv: Path) -> None:
        raise bootstrap.Failed("no way")  # noqa: EM101 - the words are the test's

    monkeypatch.setattr(bootstrap, "has_pip", lambda _venv: False)
    monkeypatch.setattr(bootstrap, "make_venv", fail)
    assert bootstrap.main([]) == 2
    said = capsys.readouterr().out.splitlines()
    assert "1 packages, about 70 MB" in said[0]
    assert "no way" in said[-1]
    assert not bootstrap.stamp_path(checkout / ".venv").exists()


def test_the_ways_are_tried_in_order_until_one_works(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tried: list[str] = []
    answers = {"venv": "no ensurepip", "virtualenv": "", "apt": ""}

    def way(name: str) -> Callable[[Path], str]:
        def make(_venv: Path) -> str:
            tried.append(name)
            return answers[name]

        return make

    monkeypatch.setattr(bootstrap, "WAYS", [(name, way(name)) for name in answers])
    monkeypatch.setattr(bootstrap, "has_pip", lambda _venv: True)
    bootstrap.make_venv(tmp_path / ".venv")
    assert tried == ["venv", "virtualenv"]
    assert "by venv: no ensurepip" in capsys.readouterr().out


def test_where_no_way_works_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "WAYS", (("venv", lambda _venv: "no"),))
    with pytest.raises(bootstrap.Failed, match="apt-get install python3-venv"):
        bootstrap.make_venv(tmp_path / ".venv")


def test_a_pip_that_fails_leaves_its_last_words(tmp_path: Path) -> None:
    code = "print('Collecting a'); print('no such version'); raise SystemExit(1)"
    progress = bootstrap.Progress(1, tmp_path)
    with pytest.raises(bootstrap.Failed, match="no such version"):
        bootstrap.follow([sys.executable, "-c", code], tmp_path / "log", progress)
    assert progress.seen == {"a"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Collecting python-docx<2,>=1.2 (from icp-synth==0.1.0)\n", "python-docx"),
        ("Processing /some/where/python_docx-1.2.0-py3-none-any.whl\n", "python-docx"),
        ("Collecting uvicorn[standard]>=0.18.3 (from chromadb)\n", "uvicorn"),
    ],
)
def test_progress_counts_what_pip_has_found(
    tmp_path: Path, line: str, name: str
) -> None:
    progress = bootstrap.Progress(1, tmp_path)
    progress.hear(line)
    progress.hear("Requirement already satisfied: pip\n")
    assert progress.seen == {name}


def test_an_old_python_can_read_the_file_as_far_as_its_message() -> None:
    text = (ROOT / "scripts" / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    guard = text.index("sys.version_info < (3, 11)")
    assert guard < text.index("def ")


def test_the_bootstrap_needs_nothing_but_the_standard_library() -> None:
    code = "import runpy; runpy.run_path('scripts/bootstrap.py', run_name='read')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, check=False
    )
    assert done.returncode == 0
