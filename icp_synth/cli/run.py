"""init, run, ingest, plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from icp_synth.cli.console import counted, note, print_json, progress, say
from icp_synth.cli.flags import (
    CHALLENGE,
    DRAFT,
    EXTRACTION,
    READER,
    SOURCES,
    SPENDING,
    Flags,
    Group,
    JsonFlag,
    ProjectFlag,
    takes,
)

PathsArgument = Annotated[
    list[str] | None,
    typer.Argument(help="Files, folders, globs, or - for standard input."),
]
HERE = Path()


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("init")(init)
    app.command("run")(run)
    app.command("ingest")(ingest)
    app.command("plan")(plan)


def init(
    project: ProjectFlag = HERE,
    product: Annotated[str | None, typer.Option(help="The product's name.")] = None,
    what: Annotated[str | None, typer.Option(help="What it is, in a line.")] = None,
    question: Annotated[
        list[str] | None, typer.Option("--question", help="A research question.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="What the study is to help with.")
    ] = None,
) -> None:
    """Write study.toml: asks on a terminal, takes the options elsewhere.

    Without an answer or an option it is a template, each line a comment.

    Example: icp-synth init --project study --product Ledgerly
    """
    import sys

    from icp_synth.domain.brief import Brief
    from icp_synth.errors import Interrupted
    from icp_synth.pipeline.commands import command
    from icp_synth.project.brief import FILE
    from icp_synth.project.brief_edit import write_brief, write_template
    from icp_synth.project.files import writing_to

    answers: dict[str, Any] = {
        "product": product,
        "what": what,
        "questions": tuple(question or ()),
        "outcome": outcome,
    }
    if sys.stdin.isatty():
        try:
            answers = _ask(answers)
        except typer.Abort as abort:  # Ctrl-C or Ctrl-D at a question
            msg = "Interrupted; nothing was written."
            raise Interrupted(msg, hint="`icp-synth init` asks again.") from abort
    brief = Brief.model_validate({k: v for k, v in answers.items() if v})
    with writing_to(project):
        project.mkdir(parents=True, exist_ok=True)
    path = project / FILE
    if brief != Brief():
        write_brief(project, brief)
        done = f"Wrote {path}."
    elif write_template(project):
        done = f"Wrote {path}, a template: fill in what you know of the product."
    else:
        done = f"{path} stays as it is: no option was given."
    say(f"{done} Next: {command(project, 'run', 'INTERVIEWS')}")


def _ask(answers: dict[str, Any]) -> dict[str, Any]:
    """Ask what was not given; an empty line leaves a thing out."""

    def one(text: str, name: str) -> None:
        if not answers.get(name):
            answers[name] = typer.prompt(text, default="", show_default=False)

    def several(text: str, name: str) -> None:
        found: list[str] = list(answers.get(name) or ())
        while not answers.get(name):
            line = typer.prompt(
                f"{text} (empty: no more)", default="", show_default=False
            )
            if not line:
                break
            found.append(line)
        answers[name] = tuple(found)

    one("Which product is it about", "product")
    one("What is it, in one line", "what")
    several("What it promises its customers", "value_proposition")
    several("What rivals do not have", "differentiators")
    several("A rival", "rivals")
    several("A research question", "questions")
    one("What should the study help with (more of what, by when)", "outcome")
    return answers


_MADE: Group = {
    "no_stability": (
        Annotated[
            bool,
            typer.Option("--no-stability", help="Do not measure themes' stability."),
        ],
        False,
    ),
    "created": (
        Annotated[
            str | None, typer.Option("--created", help="ISO time for the manifest.")
        ],
        None,
    ),
}


@takes(READER, SOURCES, DRAFT, EXTRACTION, CHALLENGE, SPENDING, _MADE)
def run(
    paths: PathsArgument = None,
    project: ProjectFlag = HERE,
    accounts: Annotated[
        Path | None,
        typer.Option(
            "--accounts",
            help="The accounts table (CSV): kept for account analytics; it does not "
            "yet move the draft's conditions.",
        ),
    ] = None,
    hypotheses: Annotated[
        Path | None,
        typer.Option("--hypotheses", help="Assumed criteria to test (YAML or TOML)."),
    ] = None,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Take interviews to a cited report; resumes what was interrupted.

    Example: icp-synth run interviews/ --project study
    """
    from icp_synth.pipeline.project import Project

    with progress() as emit:
        result = Project(project, emit=emit).run(
            *(paths or ()), accounts=accounts, hypotheses=hypotheses, **flags
        )
    if as_json:
        print_json(result.model_dump(mode="json"))
    else:
        _show(result)
    raise typer.Exit(result.exit_code)


def _show(result: Any) -> None:
    if not result.transcripts and not any(result.out.values()):
        say(result.message)
        return
    found = (
        counted(result.transcripts, "transcript"),
        counted(result.participants, "participant"),
        counted(result.insights, "insight"),
        counted(result.themes, "theme"),
        counted(result.icps, "ICP"),
        counted(result.personas, "persona"),
        f"{counted(result.quarantined, 'quote')} refused",
    )
    say(f"{result.status}: {', '.join(found)}")
    cost = "unknown" if result.cost is None else f"{result.cost:.4f} USD"
    say(f"{counted(result.calls, 'call')}, cost {cost}, {result.seconds:.1f} s")
    for name, path in result.out.items():
        if path:
            say(f"{name:>10}: {path}")
    if result.message:
        note(result.message)


@takes(SOURCES)
def ingest(
    paths: PathsArgument = None,
    project: ProjectFlag = HERE,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Read sources and say what became of each; analyses nothing.

    Example: icp-synth ingest interviews/ --project study --interviewer "Ann Lee"
    """
    from icp_synth.cli.look import show_status
    from icp_synth.pipeline.project import Project

    with progress() as emit:
        status = Project(project, emit=emit).ingest(*(paths or ()), **flags).status()
    show_status(status, as_json=as_json)
    raise typer.Exit(status.exit_code)


@takes(READER, SOURCES, EXTRACTION, CHALLENGE)
def plan(
    paths: PathsArgument = None,
    project: ProjectFlag = HERE,
    *,
    flags: Flags,
    as_json: JsonFlag = False,
) -> None:
    """Print calls, tokens and price by step before anything is sent.

    Example: icp-synth plan interviews/ --project study --model openai:gpt-4.1-mini
    """
    from icp_synth.pipeline.project import Project

    with progress() as emit:
        planned = Project(project, emit=emit).plan(*(paths or ()), **flags)
    if as_json:
        print_json(planned.model_dump(mode="json"))
        return
    say(f"{'step':<10}{'calls':>7}{'input':>12}{'output':>10}{'USD':>10}")
    for name, step in planned.steps.items():
        cost = "unknown" if step.cost is None else f"{step.cost:.4f}"
        say(
            f"{name:<10}{step.calls:>7}{step.input_tokens:>12,}"
            f"{step.output_tokens:>10,}{cost:>10}"
        )
    cost = "unknown" if planned.cost is None else f"{planned.cost:.4f}"
    say(
        f"{'all':<10}{planned.calls:>7}{planned.input_tokens:>12,}"
        f"{planned.output_tokens:>10,}{cost:>10}"
    )
    share = planned.instruction_share
    how = "counted" if planned.exact_tokens else "estimated"
    if share:
        say(f"Instructions are {share:.0%} of what extraction sends; tokens are {how}.")
    else:
        say(f"All interviews are read; tokens are {how}.")
