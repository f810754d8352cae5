"""eval: how good a reading is, on labelled interviews."""

from __future__ import annotations

import typer

from icp_synth.cli.evals import agree, compare, history, label, run

group = typer.Typer(
    help="Measure a reading on labelled interviews.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="eval")


@group.callback()
def _group() -> None:
    """Measure a reading on labelled interviews."""


for _module in (run, compare, agree, label, history):
    _module.register(group)
