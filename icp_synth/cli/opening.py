"""open: the report in the browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.flags import JsonFlag, ProjectFlag
from icp_synth.errors import NotFound

HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("open")(open_report)


def open_report(project: ProjectFlag = HERE, as_json: JsonFlag = False) -> None:
    """Open the report in the browser; print where it is when there is no display.

    Example: icp-synth open --project study
    """
    import webbrowser

    path = (project / "out" / "report.html").resolve()
    if not path.is_file():
        msg = f"There is no report in {project}."
        raise NotFound(msg, hint=f"Make it: icp-synth run --project {project}")
    opened = has_display(os.environ, sys.platform) and webbrowser.open(path.as_uri())
    if as_json:
        print_json({"path": str(path), "opened": opened})
        return
    say(str(path))
    if not opened:
        note("No browser could be opened here; open that file in one.")


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Tell whether a browser could show itself.

    Args:
        environment: Names and values as the shell gives them.
        platform: As `sys.platform`.

    Example:
        >>> has_display({}, "linux"), has_display({"DISPLAY": ":0"}, "linux")
        (False, True)
    """
    if platform in {"darwin", "win32"}:
        return True
    named = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    return any(environment.get(name) for name in named)
