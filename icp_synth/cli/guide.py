"""guide: the next interviews, from what the last synthesis leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli.console import counted, note, print_json, say
from icp_synth.cli.flags import JsonFlag, ProjectFlag

HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("guide")(guide)


def guide(
    project: ProjectFlag = HERE,
    language: Annotated[
        str | None, typer.Option("--language", help="Of the questions: en or zh.")
    ] = None,
    minutes: Annotated[
        int, typer.Option("--minutes", help="How long the interview is to last.")
    ] = 45,
    out: Annotated[
        Path | None, typer.Option("-o", "--output", help="Default: standard output.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write an interview guide: what is open, whom to ask, and why.

    It is drawn from the last synthesis: what nobody of an ICP spoke about, what is
    contradicted, what is still new from person to person.

    Example: icp-synth guide --project study --language zh -o guide.md
    """
    from icp_synth.pipeline.guide import guide as write

    made = write(project, language=language, minutes=minutes)
    if out is not None:
        made.write(out)
    if as_json:
        path = None if out is None else str(out)
        print_json({**made.guide.model_dump(mode="json"), "path": path})
    elif out is None:
        say(made.markdown.rstrip("\n"))
    else:
        questions = counted(len(made.guide.questions), "question")
        note(f"{questions} in {made.guide.planned} minutes: {out}")
