"""eval label: people make labels, and every quote is checked against its text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icp_synth.cli.console import counted, note, print_exactly, print_json, say
from icp_synth.cli.flags import (
    EncodingFlag,
    InterviewerFlag,
    JsonFlag,
    ParticipantFlag,
    SingleFlag,
)
from icp_synth.errors import UsageError

if TYPE_CHECKING:
    from icp_synth.domain.fields import Kind
    from icp_synth.evaluation.labelling import Outcome
    from icp_synth.evaluation.labelling.offsets import Unit
    from icp_synth.evaluation.labelling.read import Origin
    from icp_synth.stages.read import ReadOptions

label = typer.Typer(
    help="Make labels: forms to fill in, exports of other programs, one reference.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

CategoryFlag = Annotated[
    list[str] | None,
    typer.Option("--category", help="An own category, as KIND/NAME; several times."),
]
TextsFlag = Annotated[
    Path | None,
    typer.Option(
        "--texts", help="The folder with texts/ and case.toml; found nearby without it."
    ),
]
ReplaceFlag = Annotated[
    bool,
    typer.Option("--replace", help="Write over label files that say something else."),
]


def register(evals: typer.Typer) -> None:
    """Add the commands to `eval`."""
    evals.add_typer(label, name="label")


@label.callback()
def _group() -> None:
    """Make labels: forms to fill in, exports of other programs, one reference."""


@label.command("new")
def new(
    texts: Annotated[
        list[Path],
        typer.Argument(metavar="TEXT...", help="Files with one interview each."),
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for texts and forms.")
    ],
    annotator: Annotated[
        list[str] | None,
        typer.Option("--annotator", help="Forms of their own for each; several times."),
    ] = None,
    labels: Annotated[
        Path | None,
        typer.Option("--labels", help="Label files that the forms begin with."),
    ] = None,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    encoding: EncodingFlag = None,
    category: CategoryFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Write a form to fill in for each interview, with numbered turns beside it.

    Example: icp-synth eval label new interviews/anna.txt -o labels
    """
    from icp_synth.evaluation.labelling import NewForms, new_forms

    order = NewForms(
        texts=tuple(texts),
        folder=out,
        options=read_options(interviewer, participant, single_speaker, encoding),
        annotators=tuple(annotator or ()),
        labels=labels,
        extra=categories(category),
    )
    _end(new_forms(order), as_json=as_json, verb="written")


@label.command("read")
def read(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE...", help="Forms, exports, or a project."),
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for label files.")
    ],
    origin: Annotated[
        str,
        typer.Option("--from", help="form, label-studio, doccano, or review."),
    ] = "form",
    texts: TextsFlag = None,
    annotator: Annotated[
        str, typer.Option("--annotator", help="Who labelled, where nothing says it.")
    ] = "",
    offsets: Annotated[
        str | None,
        typer.Option("--offsets", help="What an export counts: code-points or utf-16."),
    ] = None,
    replace: ReplaceFlag = False,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    encoding: EncodingFlag = None,
    category: CategoryFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Read labels, check every quote, and write label files.

    Example: icp-synth eval label read labels/forms/anna.csv -o labels/reference
    """
    from icp_synth.evaluation.labelling import ReadLabels, read_labels

    order = ReadLabels(
        sources=tuple(sources),
        folder=out,
        origin=_origin(origin),
        texts=texts,
        annotator=annotator,
        unit=_unit(offsets),
        options=read_options(interviewer, participant, single_speaker, encoding),
        extra=categories(category),
        replace=replace,
    )
    _end(read_labels(order), as_json=as_json, verb="written")


@label.command("merge")
def merge(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="One folder of labels an annotator."),
    ],
    out: Annotated[
        Path, typer.Option("--output", "-o", help="The folder for the merged labels.")
    ],
    replace: ReplaceFlag = False,
    category: CategoryFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Merge annotators: what two gave is agreed, what one gave is optional.

    Example: icp-synth eval label merge labels/ann labels/bob -o labels/reference
    """
    from icp_synth.evaluation.labelling import merge_labels

    outcome = merge_labels(
        tuple(folders), out, extra=categories(category), replace=replace
    )
    _end(outcome, as_json=as_json, verb="written")


@label.command("check")
def check(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with label files.")
    ],
    texts: TextsFlag = None,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    encoding: EncodingFlag = None,
    category: CategoryFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Check label files against their texts, and say all that is wrong.

    Example: icp-synth eval label check evals/creatives-en
    """
    from icp_synth.evaluation.labelling import check_labels

    outcome = check_labels(
        folder,
        texts=texts,
        options=read_options(interviewer, participant, single_speaker, encoding),
        extra=categories(category),
    )
    if as_json:
        files = {"checked": list(outcome.written)}
        print_json({**files, **_rest(outcome)})
    else:
        files_checked = counted(len(outcome.written), "file")
        say(f"{files_checked} checked: {counted(outcome.labels, 'label')}")
        _tell(outcome)
    # A check that was asked for and failed ends with 1, as contracts have it.
    raise typer.Exit(1 if outcome.problems else 0)


@label.command("config")
def config(
    program: Annotated[
        str,
        typer.Option("--for", help="label-studio (XML) or doccano (labels as JSON)."),
    ] = "label-studio",
    tasks: Annotated[
        Path | None,
        typer.Option(
            "--tasks", help="Print the interviews of this folder to import instead."
        ),
    ] = None,
    interviewer: InterviewerFlag = None,
    participant: ParticipantFlag = None,
    single_speaker: SingleFlag = False,
    category: CategoryFlag = None,
) -> None:
    """Print what another labelling program needs to begin with the codebook.

    Example: icp-synth eval label config > label-studio.xml
    """
    from icp_synth.evaluation.labelling import config as made
    from icp_synth.evaluation.texts import Texts

    writers = {
        "label-studio": (made.label_studio_config, made.label_studio_tasks),
        "doccano": (made.doccano_labels, made.doccano_texts),
    }
    if program not in writers:
        msg = f"There is no configuration for {program!r}."
        raise UsageError(msg, hint=f"Choose {' or '.join(writers)}.")
    of_labels, of_texts = writers[program]
    if tasks is None:
        print_exactly(of_labels(categories(category)))
        return
    options = read_options(interviewer, participant, single_speaker, None)
    print_exactly(of_texts(Texts(tasks, options).all()))


def categories(given: list[str] | None) -> tuple[tuple[Kind, str], ...]:
    """Return own categories from `KIND/NAME`.

    Raises:
        UsageError: One is not of that form.
    """
    from icp_synth.domain.fields import KINDS

    found: list[tuple[Kind, str]] = []
    for one in given or ():
        kind, _, name = one.partition("/")
        known = next((known for known in KINDS if known == kind), None)
        if known is None or not name:
            msg = f"--category {one} is no KIND/NAME."
            raise UsageError(msg, hint="KIND is trait, pain or motivation.")
        found.append((known, name))
    return tuple(found)


def _origin(given: str) -> Origin:
    from icp_synth.evaluation.labelling import ORIGINS

    for one in ORIGINS:
        if one == given:
            return one
    msg = f"Labels cannot be read from {given!r}."
    raise UsageError(msg, hint=f"--from takes {', '.join(ORIGINS)}.")


def _unit(given: str | None) -> Unit | None:
    from icp_synth.evaluation.labelling.offsets import UNITS

    for one in UNITS:
        if one == given:
            return one
    if given is None:
        return None
    msg = f"Offsets cannot count {given!r}."
    raise UsageError(msg, hint=f"--offsets takes {', '.join(UNITS)}.")


def read_options(
    interviewers: list[str] | None,
    participants: list[str] | None,
    single_speaker: bool,
    encoding: str | None,
) -> ReadOptions:
    """Return how texts are read, from the flags of a command."""
    from icp_synth.stages.read import ReadOptions

    return ReadOptions(
        interviewers=tuple(interviewers or ()),
        participants=tuple(participants or ()),
        single_speaker=single_speaker,
        encoding=encoding,
    )


def _end(outcome: Outcome, *, as_json: bool, verb: str) -> None:
    """Show what became of it, and end with 3 where anything is wrong."""
    if as_json:
        print_json({"written": list(outcome.written), **_rest(outcome)})
    else:
        for path in outcome.written:
            say(path)
        many = counted(len(outcome.written), "file")
        say(f"{many} {verb}, {counted(outcome.labels, 'label')}")
        _tell(outcome)
    raise typer.Exit(outcome.exit_code)


def _rest(outcome: Outcome) -> dict[str, object]:
    return {
        "labels": outcome.labels,
        "problems": [
            {**one.model_dump(mode="json"), "text": str(one)}
            for one in outcome.problems
        ],
        "notes": list(outcome.notes),
    }


def _tell(outcome: Outcome) -> None:
    for said in outcome.notes:
        note(said)
    for problem in outcome.problems:
        note(str(problem))
    if outcome.problems:
        note(f"{counted(len(outcome.problems), 'fault')}; mend them and run again.")
