"""schema: the shapes that other programs may rely on."""

from __future__ import annotations

from typing import Annotated

import typer

from icp_synth.cli.console import print_json


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("schema")(schema)


def schema(
    name: Annotated[str, typer.Argument(help="synthesis, fields or labels.")],
) -> None:
    """Print a JSON schema, or the catalogue of profile fields.

    Example: icp-synth schema synthesis
    """
    from icp_synth.domain.schemas import schema_of

    print_json(schema_of(name))
