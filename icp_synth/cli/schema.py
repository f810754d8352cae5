"""schema: the shapes that other programs may rely on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli.console import print_json
from icp_synth.cli.flags import ProjectFlag


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("schema")(schema)


def schema(
    name: Annotated[str, typer.Argument(help="synthesis, fields or labels.")],
    project: ProjectFlag = Path(),
) -> None:
    """Print a JSON schema, or the catalogue of profile fields.

    The fields hold the own categories of the project's study.toml, if it has one.

    Example: icp-synth schema synthesis
    """
    from icp_synth.domain.schemas import schema_of
    from icp_synth.project.brief import load_study

    own = load_study(project).brief.codebook().extra if name == "fields" else ()
    print_json(schema_of(name, own))
