"""segments: who belongs together, shown and regrouped."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.flags import JsonFlag, ProjectFlag
from icp_synth.errors import SettingsError

HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("segments")(segments)


def segments(
    project: ProjectFlag = HERE,
    edit: Annotated[
        bool,
        typer.Option(
            "--edit",
            help="Write segments.yaml, where there is none, and open it in $EDITOR.",
        ),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show who belongs together, or regroup people in segments.yaml.

    What stands in segments.yaml is never changed by a run, and drafts follow it.

    Example: icp-synth segments --edit --project study
    """
    from icp_synth.pipeline.segmenting import view_segments, write_present

    if edit:
        made = write_present(project)
        path = project / "segments.yaml"
        note(f"Wrote {path}." if made else f"{path} is there, and was kept.")
        if not as_json and sys.stdin.isatty():
            _open_in_editor(path)
    view = view_segments(project)
    if as_json:
        print_json(view.to_json())
    else:
        _show(view.to_json())
    if not view.current:
        note(f"Next: icp-synth run --project {project}, which drafts by that file.")


def _open_in_editor(path: Path) -> None:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        note("Set EDITOR to have it opened, or open it yourself.")
        return
    try:
        ended = subprocess.run(  # noqa: S603 - the editor that this person named
            [*shlex.split(command), str(path)], check=False
        )
    except (OSError, ValueError) as cause:
        msg = f"The editor {command!r} cannot be started: {cause}."
        hint = f"Set EDITOR to one that is there, or edit {path} by hand."
        raise SettingsError(msg, hint=hint) from cause
    if ended.returncode:
        note(f"The editor ended with code {ended.returncode}.")


def _show(found: dict[str, Any]) -> None:
    for one in found["segments"]:
        facts = [f"{len(one['participants'])} people"]
        if one["stability"] is not None:
            facts.append(f"stability {one['stability']:.2f}")
        if one["decided"]:
            facts.append(f"decided by {one['by']}" if one["by"] else "decided")
        say(f"{one['id']}  {one['label']} ({', '.join(facts)})")
        _people(one["participants"])
    if found["unassigned"]:
        say("unassigned")
        _people(found["unassigned"])
    if found["not_mentioned"]:
        say(f"not in segments.yaml: {', '.join(found['not_mentioned'])}")


def _people(listed: list[dict[str, Any]]) -> None:
    for one in listed:
        score = "" if one["score"] is None else f"{one['score']:.2f}"
        facts = [one[key] for key in ("job", "company", "group") if one[key]]
        if one["score"] is None and one["nearest"]:
            facts.append(f"most like {one['nearest']}")
        say(f"  {score:>5}  {one['id']}{': ' if facts else ''}{', '.join(facts)}")
