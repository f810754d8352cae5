"""teams: the views of several teams, merged into one definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import counted, note, print_json, say
from icp_synth.cli.flags import JsonFlag

if TYPE_CHECKING:
    from icp_synth.domain.teams import Definition, Disagreement, MergedCriterion


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("teams")(teams)


def teams(
    files: Annotated[
        list[Path], typer.Argument(help="A YAML or TOML file a team.", metavar="FILE…")
    ],
    threshold: Annotated[
        int,
        typer.Option(
            "--threshold",
            min=0,
            max=4,
            help="Steps (of five) by which teams may differ before it is listed.",
        ),
    ] = 1,
    as_json: JsonFlag = False,
) -> None:
    """Merge what several teams hold ideal into one definition; say where they differ.

    Example: icp-synth teams marketing.yaml sales.yaml support.yaml
    """
    from icp_synth.pipeline.teams import reconcile

    made = reconcile(files, ordinal_alpha, threshold=threshold)
    if as_json:
        print_json(made.model_dump(mode="json"))
        return
    for line in _lines(made):
        say(line)
    note(f"{counted(len(made.disagreements), 'disagreement')} to talk about.")


def ordinal_alpha(rows: Sequence[Sequence[int | None]]) -> float | None:
    """Return Krippendorff's alpha of ordinal ratings; None where undefined."""
    from icp_synth.evaluation.agreement import agreement

    if len(rows) < 2:
        return None
    found = agreement(rows, level="ordinal", scale=(1, 2, 3, 4, 5), draws=0)
    return found.alpha.value


def _lines(made: Definition) -> Iterator[str]:
    yield f"{counted(len(made.teams), 'team')}: {', '.join(made.teams)}"
    yield ""
    yield from (_criterion(one) for one in made.criteria)
    yield ""
    yield _agreement(made)
    if made.disagreements:
        yield "Disagreements:"
        yield from (f"  {_disagreement(one)}" for one in made.disagreements)
    for first, second in made.perhaps_same:
        yield f"Perhaps the same: “{first}” and “{second}”"


def _criterion(one: MergedCriterion) -> str:
    steps = ", ".join(f"{team} {step}" for team, step in one.steps.items())
    spread = "" if one.rank_spread is None else f"; ranks differ by {one.rank_spread:g}"
    values = f" = {' / '.join(one.values)}" if one.values else ""
    return f"{one.weight:6.1%}  {one.criterion}{values}  ({steps}{spread})"


def _agreement(made: Definition) -> str:
    found = made.agreement
    shared = f"{found.shared} criteria that two teams or more name"
    if found.alpha is None:
        why = {"nothing_shared": "they share none", "no_variation": "none differ"}
        return f"Agreement: no figure ({why.get(found.reason, found.reason)})."
    few = "; too few to lean on" if found.reason == "few_shared" else ""
    return f"Agreement: Krippendorff's α {found.alpha:.2f} over {shared}{few}."


def _disagreement(one: Disagreement) -> str:
    if one.code == "importance":
        high, low = ", ".join(one.highest), ", ".join(one.lowest)
        return f"{one.criterion}: {high} above {low}, {one.spread} steps apart"
    if one.code == "other_value":
        named = "; ".join(f"{', '.join(t)}: {value}" for value, t in one.values.items())
        return f"{one.criterion}: {named}"
    return f"{one.criterion}: only {', '.join(one.highest)} names it"
