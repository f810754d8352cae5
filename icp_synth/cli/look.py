"""status, search, show, doctor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from icp_synth.cli.console import counted, note, print_exactly, print_json, say
from icp_synth.cli.flags import EmbeddingFlag, Guessing, JsonFlag, ProjectFlag

HERE = Path()
_NAMES_SHOWN = 20


class _Group(Guessing):
    before_options = before_words = "transcript"


show_app = typer.Typer(
    cls=_Group,
    help="Show a transcript.",
    rich_markup_mode=None,
    no_args_is_help=True,
)

_READ = {
    "repaired": "with JSON that was mended",
    "invalid_items": "items left out, since they did not fit the schema",
    "gleaned": "insights by a second pass",
    "gleaned_duplicates": "of the second pass were there already",
    "glean_failed": "second passes without an answer",
    "split": "parts of windows that were too long for the model",
}
"""Counts of a reading that people should see, beside those of its quotes."""


_SKIPPED = {
    "no_segment": "in no segment",
    "too_little": "of too few people, or of people who share too little",
    "beyond_scope": "beyond --challenge",
    "nothing_to_ask": "facts, or said by everybody: nobody is left to ask",
    "no_passages": "nobody else speaks of anything near",
}
"""Why items of a stage are skipped."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("status")(status)
    app.command("search")(search)
    app.add_typer(show_app, name="show")
    app.command("doctor")(doctor)


def status(project: ProjectFlag = HERE, as_json: JsonFlag = False) -> None:
    """Say what was read, who speaks as what and why, and how far each stage is.

    Example: icp-synth status --project study
    """
    from icp_synth.pipeline.project import Project

    found = Project(project).status()
    show_status(found, as_json=as_json)
    raise typer.Exit(found.exit_code)


def show_status(found: Any, *, as_json: bool) -> None:
    """Print a project's state for a person or a program."""
    if as_json:
        print_json(found.to_json())
        return
    _show_sources(found)
    _show_passed_over(found)
    for line in (*found.unused, *found.joins, *found.failures):
        say(line)
    if found.unfinished:
        say(found.unfinished)
    _show_stages(found)


def _show_sources(found: Any) -> None:
    told: set[tuple[str, str]] = set()
    for one, *more in _alike(found.transcripts):
        people = ", ".join(one.participants) or "nobody"
        how = f" [{one.roles_by}]" if one.roles_by else ""
        if more:
            names = [each.id for each in (one, *more)]
            rest = len(names) - _NAMES_SHOWN
            also = f" and {rest} more" if rest > 0 else ""
            listed = ", ".join(names[:_NAMES_SHOWN])
            say(f"{one.status:<10}{counted(len(names), 'source')}: {listed}{also}")
        else:
            say(f"{one.status:<10}{one.id}: {people}{how}")
        if one.reason:
            say(f"{'':<10}{one.reason}")
        for notice in one.notices:
            if notice.message == one.reason:
                continue
            # What holds for a whole table is said at its first row.
            about = (one.path.partition("#")[0], notice.message)
            if about in told:
                continue
            told.add(about)
            where = f" (line {notice.line})" if notice.line else ""
            say(f"{'':<10}{notice.message}{where}")


def _alike(sources: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Return the sources, those together that are not taken for one and the same."""
    groups: dict[tuple[object, ...], list[Any]] = {}
    for one in sources:
        said = tuple((notice.message, notice.line) for notice in one.notices)
        key = (one.status, one.reason, said) if one.reason else (one.id,)
        groups.setdefault(key, []).append(one)
    return groups.values()


def _show_stages(found: Any) -> None:
    for name, counts in found.stages.items():
        say(
            f"{name:<10}{counts.done:>7} done{counts.failed:>6} failed"
            f"{counts.skipped:>6} skipped{counts.pending:>6} pending"
            f"{counts.total:>7} in all"
        )
        why = found.skipped.get(name, {})
        for code in (one for one in _SKIPPED if why.get(one)):
            say(f"{'':<10}{why[code]:>7} skipped: {_SKIPPED[code]}")
    if found.coverage:
        cover = found.coverage
        say(
            f"participants' characters: {cover['cited']:,} cited + "
            f"{cover['read_uncited']:,} read and uncited + {cover['unread']:,} unread "
            f"= {cover['all']:,}"
        )
    said = [
        f"{found.reading[name]} {words}"
        for name, words in _READ.items()
        if found.reading.get(name)
    ]
    if said:
        say(f"answers: {', '.join(said)}")
    dollars, priced = found.cost["dollars"], found.cost["priced"]
    cost = f"{dollars:.4f} USD" if dollars is not None else "cost unknown"
    if dollars is None and priced:
        cost += f" (more than {priced:.4f} USD)"
    say(f"{counted(found.cost['calls'], 'call')} so far, {cost}")
    if found.review is not None:
        overdue = found.review.code == "overdue"
        late = " (overdue: run `icp-synth drift`)" if overdue else ""
        say(f"review by {found.review.by}{late}")


def _show_passed_over(found: Any) -> None:
    if not found.ignored:
        return
    say(f"{counted(found.ignored, 'file')} passed over")
    for name in found.ignored_names[:_NAMES_SHOWN]:
        why = found.ignored_reasons.get(name)
        say(f"{'':<10}{name}{f': {why}' if why else ''}")
    if len(found.ignored_names) > _NAMES_SHOWN:
        say(f"{'':<10}and {len(found.ignored_names) - _NAMES_SHOWN} more")


def search(
    words: Annotated[str, typer.Argument(help="What to look for.")],
    project: ProjectFlag = HERE,
    group: Annotated[
        str | None, typer.Option("--group", help="Only people of this group.")
    ] = None,
    participant: Annotated[
        str | None, typer.Option("--participant", help="Only this person.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", help="Most passages.")] = 10,
    embedding: EmbeddingFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Find the passages nearest to some words.

    Example: icp-synth search "export takes too long" --project study
    """
    from icp_synth.pipeline.project import Project

    found = Project(project).search(
        words, group=group, participant=participant, limit=limit, embedding=embedding
    )
    if found.note:
        note(found.note)
    if as_json:
        keep = {"transcript", "participant", "start", "end", "text", "score"}
        print_json(
            {"passages": [one.model_dump(include=keep) for one in found.passages]}
        )
        return
    for one in found.passages:
        say(f"{one.score:.3f}  {one.participant} · {one.transcript}:{one.start}")
        say(f"       {' '.join(one.text.split())}")


@show_app.callback()
def _show() -> None:
    """Show a transcript as it is held."""


@show_app.command("transcript")
def transcript(
    name: Annotated[
        str, typer.Argument(help="Its name, its id, or the name without its ending.")
    ],
    project: ProjectFlag = HERE,
    text: Annotated[
        bool, typer.Option("--text", help="The canonical text, exactly.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Show the turns of a transcript, or its canonical text.

    Example: icp-synth show transcript 01-anna.vtt --text --project study
    """
    from icp_synth.pipeline.project import Project

    found = Project(project).transcript(name)
    if text:
        print_exactly(found.text)
        return
    if as_json:
        turns = [
            {
                "index": turn.index,
                "start": turn.start,
                "end": turn.end,
                "label": turn.label,
                "participant": turn.participant,
                "time": turn.start_ms,
            }
            for turn in found.turns
        ]
        print_json({"turns": turns})
        return
    for turn in found.turns:
        who = turn.participant or turn.label or "?"
        mark = "" if turn.speaks == "participant" else f" ({turn.speaks or 'unknown'})"
        say(f"[{turn.index}] {who}{mark}: {turn.span.of(found.text)}")


def doctor(project: ProjectFlag = HERE, as_json: JsonFlag = False) -> None:
    """Check the installation and the project, and rebuild the index.

    Example: icp-synth doctor --project study
    """
    from icp_synth.pipeline.checkup import examine

    found = examine(project)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        for check in found.checks:
            say(f"{'ok' if check.ok else 'BAD':<5}{check.name}: {check.found}")
            if check.hint:
                say(f"{'':<5}{check.hint}")
    raise typer.Exit(0 if found.sound else 1)
