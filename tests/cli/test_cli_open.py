"""open: the report in a browser, or where it is."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from icp_synth.cli.app import app
from icp_synth.cli.opening import has_display

RUNNER = CliRunner()


def _report(project: Path) -> Path:
    path = project / "out" / "report.html"
    path.parent.mkdir()
    path.write_text("<!DOCTYPE html>", encoding="utf-8")
    return path.resolve()


def test_without_a_display_the_path_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _report(tmp_path)
    monkeypatch.setattr("icp_synth.cli.opening.has_display", lambda *_: False)
    made = RUNNER.invoke(app, ["open", "--project", str(tmp_path)])
    assert made.exit_code == 0
    assert made.stdout.strip() == str(path)


def test_with_a_display_the_browser_gets_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _report(tmp_path)
    asked: list[str] = []

    def browser(uri: str) -> bool:
        asked.append(uri)
        return True

    monkeypatch.setattr("icp_synth.cli.opening.has_display", lambda *_: True)
    monkeypatch.setattr(webbrowser, "open", browser)
    made = RUNNER.invoke(app, ["open", "--project", str(tmp_path), "--json"])
    assert asked == [path.as_uri()]
    assert json.loads(made.stdout) == {"path": str(path), "opened": True}


def test_without_a_report_it_says_how_to_make_one(tmp_path: Path) -> None:
    made = RUNNER.invoke(app, ["open", "--project", str(tmp_path)])
    assert "There is no report" in str(made.exception)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"BROWSER": "w3m"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_told_by_the_environment(
    environment: dict[str, str], platform: str, *, expected: bool
) -> None:
    assert has_display(environment, platform) is expected
