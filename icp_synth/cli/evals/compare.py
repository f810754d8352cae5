"""eval compare: whether two runs differ, and what may be said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import note, print_json, say
from icp_synth.cli.evals.places import projects_in
from icp_synth.cli.flags import JsonFlag, LanguageFlag

if TYPE_CHECKING:
    from icp_synth.evaluation.comparison import Comparison

_RUN = "A run's folder or id, or a project; RUN#MODEL where it has several models."


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("compare")(compare)


def compare(
    first: Annotated[str, typer.Argument(metavar="A", help=_RUN)],
    second: Annotated[str, typer.Argument(metavar="B", help=_RUN)],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write a page of the comparison here."),
    ] = None,
    folders: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="DIR", help="Where ids are looked for."),
    ] = None,
    language: LanguageFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Compare two runs over the same interviews: B minus A.

    Example: icp-synth eval compare run-7d1d run-c33a -o compared.html
    """
    from icp_synth.evaluation.compared import compare_sides, same_labels, side_of
    from icp_synth.evaluation.runs import find_run

    places = projects_in(folders)
    one, two = find_run(first, places), find_run(second, places)
    sides = side_of(*one), side_of(*two)
    found = compare_sides(*sides)
    same_labels(one[0], two[0], found.cases)
    if out is not None:
        from icp_synth.evaluation.filing import comparison_page
        from icp_synth.project.files import write_atomic

        page = comparison_page(one, two, found, language=language or "en")
        write_atomic(out, page)
    if as_json:
        print_json(
            {
                **found.model_dump(mode="json", exclude={"first", "second"}),
                "first": found.first.model_dump(mode="json", exclude={"counts"}),
                "second": found.second.model_dump(mode="json", exclude={"counts"}),
                "page": None if out is None else str(out),
            }
        )
        return
    for name, side in zip("AB", sides, strict=True):
        say(f"{name}: {side.run}, {side.model}, {side.prompt_hash}")
    say(f"over {len(found.cases)} interviews\n")
    head = f"{'metric':<34}{'A':>6}{'B':>7}{'B - A':>8}  95 % interval    p (Holm)"
    say(f"{head}  detectable")
    for metric in found.metrics:
        say(_line(metric))
    for name, names in (("A", found.only_first), ("B", found.only_second)):
        if names:
            note(f"only {name} read {', '.join(names)}: left out")
    if out is not None:
        say(f"\npage: {out}")


def _line(one: Comparison) -> str:
    values = [_number(value) for value in (one.first, one.second)]
    gap = "n/a" if one.difference is None else f"{one.difference:+.3f}"
    limits = (
        f"{one.low:+.3f} to {one.high:+.3f}"
        if one.low is not None and one.high is not None
        else ""
    )
    named = f"{one.metric:<34}{values[0]:>6}{values[1]:>7}{gap:>8}  {limits:<18}"
    seen = f"{_number(one.p_adjusted):>7}  {_number(one.detectable):>9}"
    verdict = f"{one.verdict}: {one.reason}" if one.reason else one.verdict
    return f"{named}{seen}  {verdict}"


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"
