"""eval run, eval retry, eval baselines: measure, and measure again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import counted, note, print_json, progress, say
from icp_synth.cli.evals.tables import show_result
from icp_synth.cli.flags import (
    ENDPOINT,
    EXTRACTION,
    LANGUAGE,
    PROMPTS,
    SPEAKERS,
    SPENDING,
    BaseUrlFlag,
    Flags,
    JsonFlag,
    settings,
    takes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icp_synth.evaluation.results import Result
    from icp_synth.evaluation.runner import Order

FailUnderFlag = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-under",
        metavar="FILE|NUMBER",
        help="End with 1 where a figure is lower: thresholds.toml, a number for "
        "item_f1, or METRIC=NUMBER.",
    ),
]
AllFlag = Annotated[bool, typer.Option("--all", help="Print every metric.")]


def register(group: typer.Typer) -> None:
    """Add the commands."""
    group.command("run")(run)
    group.command("retry")(retry)
    group.command("baselines")(baselines)


@takes(ENDPOINT, PROMPTS, SPEAKERS, LANGUAGE, EXTRACTION, SPENDING)
def run(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="Folders with labels and their texts."),
    ],
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            help="Where readings are kept; .icp-eval in each DIR without it.",
        ),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model", help="As for `run`, several times; `embedded` needs none."
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", help="The first interviews of each DIR.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Only this interview.")
    ] = None,
    epochs: Annotated[
        int, typer.Option("--epochs", help="How often a model reads each interview.")
    ] = 1,
    metric: Annotated[
        list[Path] | None,
        typer.Option("--metric", help="A Python file with own metrics."),
    ] = None,
    fail_under: FailUnderFlag = None,
    *,
    flags: Flags,
    every: AllFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Read labelled interviews, match what is found to the labels, and report.

    Example: icp-synth eval run evals/creatives-en
    """
    from icp_synth.evaluation.own import load_all

    order = _order(
        project=project,
        models=tuple(model or ()),
        only=tuple(case or ()),
        limit=limit,
        epochs=epochs,
        own=load_all(metric or ()),
        flags=flags,
    )
    _measure(folders, order, fail_under or (), every=every, as_json=as_json)


def retry(
    named: Annotated[
        str, typer.Argument(metavar="RUN", help="Its id, or a path to its folder.")
    ],
    folders: Annotated[
        list[Path] | None,
        typer.Option("--in", metavar="DIR", help="Where ids are looked for."),
    ] = None,
    base_url: BaseUrlFlag = None,
    fail_under: FailUnderFlag = None,
    every: AllFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Make a run again as it was asked for; only what is missing is asked.

    Example: icp-synth eval retry run-7d1d8a6a08662a42
    """
    from icp_synth.cli.evals.places import projects_in
    from icp_synth.errors import NotFound
    from icp_synth.evaluation.own import load_all
    from icp_synth.evaluation.runs import find_run

    past, _ = find_run(named, projects_in(folders))
    asked = past.order
    if not asked:
        msg = f"{past.folder} does not say how it was asked for."
        raise NotFound(msg, hint="Give a folder below runs/, as `eval list` shows it.")
    flags: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in asked["flags"].items()
    }
    order = _order(
        project=_project_of(past.path),
        models=tuple(asked["models"]),
        only=tuple(asked["only"]),
        limit=asked["limit"],
        epochs=asked["epochs"],
        own=load_all([Path(one) for one in asked["metrics"]]),
        flags=flags | settings(base_url=base_url),
    )
    folder = Path(asked["folder"])
    _measure([folder], order, fail_under or (), every=every, as_json=as_json)


def _project_of(folder: Path) -> Path:
    """Return the project of a run's folder: `P/runs/ID`, or `P/out` for the latest."""
    return folder.parent if folder.name == "out" else folder.parent.parent


def baselines(
    folders: Annotated[
        list[Path], typer.Argument(metavar="DIR...", help="Folders with labels.")
    ],
    as_json: JsonFlag = False,
) -> None:
    """Measure the two baselines on labels, and keep them beside those.

    Example: icp-synth eval baselines evals/creatives-en
    """
    from icp_synth.evaluation.baselines import measure_baselines, write_baselines
    from icp_synth.evaluation.dataset import load_dataset

    written = []
    for folder in folders:
        made = measure_baselines(load_dataset(folder))
        path = write_baselines(folder, made)
        models = [one.model for one in made.baselines]
        written.append({"path": str(path), "baselines": models})
    if as_json:
        print_json({"written": written})
    else:
        for one in written:
            say(f"{', '.join(one['baselines'])} in {one['path']}")


def _order(**given: Any) -> Order:
    from datetime import UTC, datetime

    from icp_synth.evaluation.runner import Order

    return Order(now=datetime.now(UTC).isoformat(), **given)


def _measure(
    folders: Sequence[Path],
    order: Order,
    fail_under: Sequence[str],
    *,
    every: bool,
    as_json: bool,
) -> None:
    from icp_synth.evaluation.gate import misses, parse_limits
    from icp_synth.evaluation.runner import evaluate
    from icp_synth.pipeline.events import Advanced

    # A gate that cannot be read is known before anything is paid for.
    limits = parse_limits(fail_under)
    with progress() as emit:

        def show(step: str, done: int, total: int, cost: float | None) -> None:
            emit(Advanced(stage=step, done=done, total=total, cost=cost))

        results = evaluate(folders, order, show=show)
    rows = {result.dataset: result.metrics for result in results}
    failed = misses(limits, rows) if limits else ()
    if as_json:
        print_json({**_body(results), "failed": list(failed)})
    else:
        for result in results:
            show_result(result, every=every)
    _notes(results)
    for said in failed:
        note(f"below the threshold: {said}")
    code = max(result.exit_code for result in results)
    raise typer.Exit(1 if failed else code)


def _notes(results: Sequence[Result]) -> None:
    for result in results:
        for said in result.errors:
            note(f"{result.dataset}: {said}")
        for one in result.runs:
            for said in (*one["notes"], one["message"]):
                if said:
                    note(f"{result.dataset}: {said}")
            if one["held_out"]:
                texts = counted(len(one["held_out"]), "interview")
                note(
                    f"{result.dataset}: {texts} that the shipped weights learnt from"
                    " were read by weights that did not see them"
                )


def _body(results: Sequence[Result]) -> dict[str, object]:
    waiting = any(result.status == "waiting" for result in results)
    return {
        "status": "waiting" if waiting else "success",
        "metrics": [
            {**row.model_dump(mode="json"), "dataset": result.dataset}
            for result in results
            for row in result.metrics
        ],
        "datasets": [
            result.model_dump(mode="json", exclude={"metrics", "curves"})
            for result in results
        ],
        "errors": [said for result in results for said in result.errors],
    }
