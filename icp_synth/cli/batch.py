"""batch: requests out to a file, answers back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icp_synth.cli import batches
from icp_synth.cli.console import counted, note, note_first, print_json, say
from icp_synth.cli.flags import (
    CHALLENGE,
    DRAFT,
    EXTRACTION,
    MODEL,
    PROMPTS,
    SPEAKERS,
    Flags,
    JsonFlag,
    ProjectFlag,
    takes,
)
from icp_synth.cli.places import CaseFlag, EpochsFlag, EvalFlag, LimitFlag, asking

HERE = Path()
batch = typer.Typer(
    help="Ask a model by files, or by the Batch API of its endpoint.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    batches.register(batch)
    app.add_typer(batch, name="batch")


@batch.command("export")
@takes(MODEL, PROMPTS, SPEAKERS, DRAFT, EXTRACTION, CHALLENGE)
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
    project: ProjectFlag = HERE,
    evals: EvalFlag = None,
    step: Annotated[
        str | None,
        typer.Option("--step", help="extract, glean, themes, draft or challenge."),
    ] = None,
    epochs: EpochsFlag = None,
    limit: LimitFlag = None,
    case: CaseFlag = None,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Write the requests that can be asked now, one OpenAI Batch line each.

    Example: icp-synth batch export --project study --model gpt-4.1 -o requests.jsonl
    """
    from icp_synth.project.files import write_atomic

    asked = asking(
        context, project, evals, flags, epochs=epochs, limit=limit, case=case
    )
    lines = asked.lines(step)
    write_atomic(out, "".join(f"{line}\n" for line in lines))
    if as_json:
        print_json({"path": str(out), "requests": len(lines)})
    else:
        say(f"{counted(len(lines), 'request')} in {out}")


@batch.command("import")
def take(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A batch's output or error file.", show_default=False)
    ],
    project: ProjectFlag = HERE,
    evals: EvalFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Take answers in; each is checked, grounded and costed like a live one.

    Example: icp-synth batch import answers.jsonl --project study
    """
    from icp_synth.errors import NotFound

    if not file.is_file():
        msg = f"There is no file {file}."
        raise NotFound(msg, hint="Give the output file of the batch.")
    asked = asking(context, project, evals, {})
    with file.open(encoding="utf-8", errors="replace") as lines:
        if asked.folders:
            from icp_synth.evaluation.batch import take_in

            report = take_in(asked.folders, lines, asked.order())
        else:
            from icp_synth.pipeline.project import Project

            report = Project(project).take_answers(lines)
    if as_json:
        print_json(report.counts())
    else:
        say(", ".join(f"{n} {name}" for name, n in report.counts().items()))
    note_first(
        [
            f"{file}, line {problem.line}: {problem.code}: {problem.message}"
            for problem in report.failed
        ],
        "line",
    )
    if report.failed and not (report.accepted or report.duplicate):
        note(f"Nothing of {file} is an answer: is it the output file of a batch?")
    if report.unknown:
        note(
            f"{counted(len(report.unknown), 'line')} "
            f"{'answers' if len(report.unknown) == 1 else 'answer'} nothing that was "
            "asked here: made for another model, other prompts or other transcripts?"
        )
    if report.missing:
        note(
            f"{counted(len(report.missing), 'answer')} still missing; "
            "`icp-synth batch export` writes what is not answered."
        )
    raise typer.Exit(3 if report.failed or report.missing else 0)
