"""eval: how good a reading is, on labelled interviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import note, print_json, progress, say
from icp_synth.cli.flags import (
    BaseUrlFlag,
    EncodingFlag,
    InFlightFlag,
    InterviewerFlag,
    JsonFlag,
    ParticipantFlag,
    PromptsFlag,
    SingleFlag,
    settings,
)

if TYPE_CHECKING:
    from icp_synth.evaluation.metrics import Row
    from icp_synth.evaluation.results import Result

evals = typer.Typer(
    help="Measure a reading on labelled interviews.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(evals, name="eval")


@evals.callback()
def _group() -> None:
    """Measure a reading on labelled interviews."""


@evals.command("run")
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
    base_url: BaseUrlFlag = None,
    prompts: PromptsFlag = None,
    limit: Annotated[
        int | None, typer.Option("--limit", help="The first interviews of each DIR.")
    ] = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", help="Only this interview.")
    ] = None,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    encoding: EncodingFlag = None,
    in_flight: InFlightFlag = None,
    budget: Annotated[
        float | None, typer.Option("--budget", help="Most dollars to spend.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Read labelled interviews, match what is found to the labels, and report.

    Example: icp-synth eval run evals/creatives-en
    """
    from datetime import UTC, datetime

    from icp_synth.evaluation.runner import Order, evaluate
    from icp_synth.pipeline.events import Advanced

    flags = settings(
        base_url=base_url,
        prompts=prompts,
        interviewers=interviewer,
        participants=participant,
        single_speaker=single_speaker,
        encoding=encoding,
        in_flight=in_flight,
        budget=budget,
    )
    order = Order(
        project=project,
        models=tuple(model or ()),
        only=tuple(case or ()),
        limit=limit,
        flags=flags,
        now=datetime.now(UTC).isoformat(),
    )
    with progress() as emit:

        def show(step: str, done: int, total: int, cost: float | None) -> None:
            emit(Advanced(stage=step, done=done, total=total, cost=cost))

        results = evaluate(folders, order, show=show)
    if as_json:
        print_json(_body(results))
    else:
        for result in results:
            _show(result)
    for result in results:
        for said in result.errors:
            note(f"{result.dataset}: {said}")
        for one in result.runs:
            if one["message"]:
                note(f"{result.dataset}: {one['message']}")
    raise typer.Exit(max(result.exit_code for result in results))


def _body(results: tuple[Result, ...]) -> dict[str, object]:
    waiting = any(result.status == "waiting" for result in results)
    return {
        "status": "waiting" if waiting else "success",
        "metrics": [
            {**row.model_dump(mode="json"), "dataset": result.dataset}
            for result in results
            for row in result.metrics
        ],
        "datasets": [
            result.model_dump(mode="json", exclude={"metrics"}) for result in results
        ],
        "errors": [said for result in results for said in result.errors],
    }


def _show(result: Result) -> None:
    say(f"{result.dataset}: {result.status}")
    if result.origin:
        say(f"labels: {result.origin}")
    say(f"{'metric':<30}{'mode':<12}{'model':<20}{'value':>7}  95 % interval")
    for row in result.metrics:
        rare = row.name.startswith(("windows_", "quote_status."))
        if row.n_cases and (row.value or not rare):
            say(_line(row))
    say(f"result: {result.out['result']}")


def _line(row: Row) -> str:
    value = "n/a" if row.value is None else f"{row.value:.3f}"
    interval = ""
    if row.ci_low is not None and row.ci_high is not None:
        interval = f"{row.ci_low:.3f} to {row.ci_high:.3f}"
    said = "; ".join(one for one in (interval, row.reason) if one)
    return f"{row.name:<30}{row.mode:<12}{row.model:<20}{value:>7}  {said}".rstrip()
