"""batch submit, status, fetch, cancel: the same requests by a Batch API."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import (
    counted,
    note,
    note_first,
    print_json,
    progress,
    say,
)
from icp_synth.cli.flags import (
    CHALLENGE,
    DRAFT,
    EXTRACTION,
    READER,
    SPEAKERS,
    BaseUrlFlag,
    Flags,
    JsonFlag,
    ProjectFlag,
    settings,
    takes,
)
from icp_synth.cli.places import CaseFlag, EpochsFlag, EvalFlag, LimitFlag, asking

if TYPE_CHECKING:
    from icp_synth.analysts.fetching import Fetched
    from icp_synth.analysts.submitted import Submitted
    from icp_synth.analysts.submitting import Place, Submission
    from icp_synth.pipeline.events import Emit

HERE = Path()
_MOST_FAILURES = 10
"""Looks in a row that may fail before `status --wait` gives up."""


def register(group: typer.Typer) -> None:
    """Add the commands."""
    for name, command in (
        ("submit", submit),
        ("status", status),
        ("fetch", fetch),
        ("cancel", cancel),
    ):
        group.command(name)(command)


@takes(READER, SPEAKERS, DRAFT, EXTRACTION, CHALLENGE)
def submit(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            help="As `batch export` wrote it; without it all that can be asked now.",
            show_default=False,
        ),
    ] = None,
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
    """Send requests to the Batch API of an endpoint; each is sent once.

    Example: icp-synth batch submit --project study --model openai:gpt-4.1-mini
    """
    from icp_synth.analysts import submitting

    asked = asking(
        context, project, evals, flags, epochs=epochs, limit=limit, case=case
    )
    lines = asked.lines(step) if file is None else _lines_of(file)
    made = submitting.submit(asked.places(), lines, now=_now())
    if as_json:
        rows = [
            {"id": one.id, "requests": one.requests, "file": one.input}
            for one in made.batches
        ]
        print_json(
            {
                "batches": rows,
                "answered": made.answered,
                "under_way": made.under_way,
            }
        )
    else:
        _tell(made)


def status(
    context: typer.Context,
    project: ProjectFlag = HERE,
    evals: EvalFlag = None,
    base_url: BaseUrlFlag = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="Look again until all have ended.")
    ] = False,
    every: Annotated[
        float, typer.Option("--every", min=0, help="Seconds between two looks.")
    ] = 60.0,
    as_json: JsonFlag = False,
) -> None:
    """Show how each batch stands.

    Example: icp-synth batch status --project study --wait
    """
    from icp_synth.analysts.fetching import look

    places = asking(context, project, evals, settings(base_url=base_url)).places()
    if wait:
        with progress() as emit:
            found = _wait(places, every, emit)
    else:
        found = look(places)
    if as_json:
        print_json({"batches": [_row(one) for one in found]})
    else:
        _show(found)
    bad = [one for one in found if one.ended and not one.fetched]
    raise typer.Exit(3 if any(one.status != "completed" for one in bad) else 0)


def fetch(
    context: typer.Context,
    project: ProjectFlag = HERE,
    evals: EvalFlag = None,
    base_url: BaseUrlFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Download what batches gave, and take it in like `batch import`.

    Example: icp-synth batch fetch --project study
    """
    from icp_synth.analysts import fetching

    places = asking(context, project, evals, settings(base_url=base_url)).places()
    found = fetching.fetch(places, now=_now())
    counts = found.counts()
    if as_json:
        print_json(counts)
    else:
        say(", ".join(f"{n} {name}" for name, n in counts.items()))
    _tell_rest(found)
    bad = found.left or found.under_way or counts["failed"] or counts["missing"]
    raise typer.Exit(3 if bad else 0)


def cancel(
    context: typer.Context,
    batch: Annotated[
        list[str] | None,
        typer.Argument(help="Which; all that are not fetched without.", metavar="ID"),
    ] = None,
    project: ProjectFlag = HERE,
    evals: EvalFlag = None,
    base_url: BaseUrlFlag = None,
    forget: Annotated[
        bool,
        typer.Option("--forget", help="Drop those that their endpoint does not know."),
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """End batches; what they have answered by then can be fetched.

    Example: icp-synth batch cancel --project study
    """
    from icp_synth.analysts import fetching

    places = asking(context, project, evals, settings(base_url=base_url)).places()
    found = fetching.cancel(places, batch or (), forget=forget)
    if as_json:
        print_json({"batches": [_row(one) for one in found]})
    else:
        _show(found)


def _lines_of(file: Path) -> list[str]:
    from icp_synth.errors import NotFound

    if not file.is_file():
        msg = f"There is no file {file}."
        raise NotFound(msg, hint="Write it with `icp-synth batch export … -o FILE`.")
    return file.read_text(encoding="utf-8", errors="replace").split("\n")


def _tell(made: Submission) -> None:
    for one in made.batches:
        said = f"{one.id}: {counted(one.requests, 'request')} for {one.model}"
        say(f"{said} at {one.base_url}")
    if made.answered:
        note(f"{counted(made.answered, 'request')} answered already, not sent.")
    if made.under_way:
        note(f"{counted(made.under_way, 'request')} in a batch already, not sent.")
    if made.batches or made.under_way:
        say("Next: `icp-synth batch status --wait`, then `icp-synth batch fetch`.")
    else:
        say("Nothing to submit.")


def _wait(places: Sequence[Place], every: float, emit: Emit) -> list[Submitted]:
    import time

    from icp_synth.analysts.fetching import look
    from icp_synth.errors import EndpointUnavailable, RateLimited
    from icp_synth.pipeline.events import Advanced, Said

    seen: dict[int, str] = {}
    failures = 0
    while True:
        try:
            found = look(places)
        except (EndpointUnavailable, RateLimited) as error:
            failures += 1
            if failures >= _MOST_FAILURES:
                raise
            emit(Said(message=str(error)))
            time.sleep(every)
            continue
        failures = 0
        asked = sum(one.requests for one in found)
        done = sum(one.completed + one.failed for one in found)
        for at, one in enumerate(found):
            news = f"{one.id}: {one.status}" if seen.get(at) != one.status else ""
            emit(Advanced(stage="batches", done=done, total=asked, note=news))
            seen[at] = one.status
        # Without an id it was not created: the next submit or fetch clears it up.
        if all(one.ended or one.fetched or not one.id for one in found):
            return found
        time.sleep(every)


def _row(one: Submitted) -> dict[str, Any]:
    return {
        "id": one.id,
        "status": one.status,
        "total": one.total or one.requests,
        "completed": one.completed,
        "failed": one.failed,
        "model": one.model,
        "at": one.at,
        "fetched": one.fetched,
        "problems": list(one.problems),
    }


def _show(found: Sequence[Submitted]) -> None:
    if not found:
        say("No batch was submitted from here.")
    for one in found:
        state = f"{one.status}, fetched" if one.fetched else one.status
        counts = f"{one.completed} done, {one.failed} failed"
        total = f"of {one.total or one.requests}"
        say(f"{one.id or '(no id yet)'}  {state}: {counts} {total}, {_age(one.at)} ago")
        for problem in one.problems:
            note(f"{one.id}: {problem}")


def _tell_rest(found: Fetched) -> None:
    note_first(
        [
            f"batch {taken.batch}, {taken.file}, line {problem.line}: {problem.code}: "
            f"{problem.message}"
            for taken, problem in found.problems()
        ],
        "line",
    )
    for one in found.refused:
        for said in one.problems:
            note(f"batch {one.id} {one.status}: {said}")
    for one in found.under_way:
        note(f"batch {one.id} has not ended: {one.status}.")
    for said in found.left:
        note(said)
    if found.missing:
        note(
            f"{counted(len(found.missing), 'answer')} still missing; "
            "`icp-synth batch submit` sends what is not answered."
        )


def _age(at: str) -> str:
    from datetime import UTC, datetime

    seconds = (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds()
    minutes = max(0, int(seconds // 60))
    hours = minutes // 60
    return f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
