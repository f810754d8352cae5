"""sources: what a study is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli.console import print_json, say
from icp_synth.cli.flags import Guessing, JsonFlag, ProjectFlag

HERE = Path()


class _Group(Guessing):
    before_options = "list"
    before_words = "add"


sources = typer.Typer(
    cls=_Group,
    help="List, add and remove sources.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(sources, name="sources")


@sources.command("list")
def list_sources(project: ProjectFlag = HERE, as_json: JsonFlag = False) -> None:
    """List the sources of study.toml.

    Example: icp-synth sources list --project study
    """
    from icp_synth.project.brief import load_study

    found = load_study(project).sources
    if as_json:
        print_json({"paths": list(found.paths), "tables": list(found.tables)})
        return
    for path in (*found.paths, *found.tables):
        say(path)


@sources.command("add")
def add(
    paths: Annotated[list[str], typer.Argument(help="Files, folders or globs.")],
    project: ProjectFlag = HERE,
) -> None:
    """Add sources without reading them.

    Example: icp-synth sources add interviews/ --project study
    """
    from icp_synth.pipeline.events import silent
    from icp_synth.pipeline.sources import add_unread

    for path in add_unread(project, paths, emit=silent):
        say(f"added {path}")


@sources.command("remove")
def remove(
    path: Annotated[str, typer.Argument(help="As `sources list` prints it.")],
    project: ProjectFlag = HERE,
) -> None:
    """Take a source out; its transcripts leave the next synthesis.

    Example: icp-synth sources remove interviews/draft.txt --project study
    """
    from icp_synth.pipeline.project import Project

    say(f"removed {Project(project).remove_source(path)}")
