"""export: what was made, in a format of choice."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.flags import JsonFlag, LanguageFlag, ProjectFlag

HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export)


def export(
    form: Annotated[str, typer.Option("--format", help="json, jsonl, markdown, html.")],
    project: ProjectFlag = HERE,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", help="Default: standard output.")
    ] = None,
    step: Annotated[
        str | None,
        typer.Option("--step", help="Of jsonl: insights, themes, claims …"),
    ] = None,
    language: LanguageFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the last synthesis in another format.

    Example: icp-synth export --format jsonl --step insights -o insights.jsonl
    """
    from icp_synth.pipeline.exporting import export as write

    made = write(project, form, step=step, language=language)
    if out is None and not as_json:
        say(made.text.rstrip("\n"))
        return
    path = made.write(out or project / "out" / made.default_name)
    if as_json:
        print_json({"format": form, "path": str(path), "items": made.items})
    else:
        note(f"{made.items} items in {path}")
