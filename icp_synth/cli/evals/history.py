"""eval list, eval view: the runs of the past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import print_json, say
from icp_synth.cli.evals.places import projects_in
from icp_synth.cli.flags import JsonFlag, LanguageFlag

if TYPE_CHECKING:
    from icp_synth.evaluation.runs import PastRun

FoldersArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[DIR]...",
        help="Labelled folders or evaluation projects; evals/ without any.",
    ),
]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("list")(list_runs)
    group.command("view")(view)


def list_runs(folders: FoldersArgument = None, as_json: JsonFlag = False) -> None:
    """List the runs that are kept, oldest first.

    Example: icp-synth eval list evals/creatives-en
    """
    from icp_synth.evaluation.runs import past_runs

    runs = past_runs(projects_in(folders))
    if as_json:
        print_json({"runs": [_shown(run) for run in runs]})
        return
    if not runs:
        say("no runs yet: `icp-synth eval run DIR` makes one")
    for run in runs:
        shown = _shown(run)
        when = str(shown["created"])[:16].replace("T", " ")
        figures = ", ".join(
            f"{model} {'n/a' if value is None else format(value, '.3f')}"
            for model, value in shown["item_f1"].items()
        )
        status = "" if shown["status"] == "success" else f" ({shown['status']})"
        say(f"{when}  {run.id}  {shown['dataset']}: item F1 {figures}{status}")


def view(
    folders: FoldersArgument = None,
    out: Annotated[
        Path, typer.Option("-o", "--output", help="The page to write.")
    ] = Path("evals.html"),
    language: LanguageFlag = None,
    open_it: Annotated[
        bool, typer.Option("--open", help="Show it in the browser at once.")
    ] = False,
) -> None:
    """Write one page over all runs, which leads to the page of each.

    Example: icp-synth eval view evals -o evals.html --open
    """
    import os
    import webbrowser

    from icp_synth.errors import NotFound
    from icp_synth.evaluation.report.history_page import render_history
    from icp_synth.evaluation.report.values import PastRun as Shown
    from icp_synth.evaluation.runs import PAGE, past_runs
    from icp_synth.project.files import write_atomic

    runs = past_runs(projects_in(folders))
    if not runs:
        msg = "There are no runs to show."
        raise NotFound(msg, hint="`icp-synth eval run DIR` makes one.")
    here = out.resolve().parent
    pages = [
        Shown(
            when=run.order.get("created", ""),
            result=run.result,
            page=Path(os.path.relpath(run.path / PAGE, here)).as_posix(),
            name=run.id,
        )
        for run in runs
    ]
    write_atomic(out, render_history(pages, language=language or "en"))
    say(f"page: {out}")
    if open_it:
        webbrowser.open(out.resolve().as_uri())


def _shown(run: PastRun) -> dict[str, Any]:
    rows = run.result["metrics"]
    return {
        "id": run.id,
        "folder": run.folder,
        "created": run.order.get("created", ""),
        "dataset": run.result["dataset"],
        "status": run.result["status"],
        "item_f1": {
            row["model"]: row["value"]
            for row in rows
            if row["name"] == "item_f1" and row["mode"] == "codebook"
        },
    }
