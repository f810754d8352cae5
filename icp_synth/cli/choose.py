"""choose: two ICPs side by side, and the choice between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icp_synth.cli.console import print_json, say
from icp_synth.cli.flags import JsonFlag, ProjectFlag

if TYPE_CHECKING:
    from icp_synth.domain.choices import Comparison, Implication

HERE = Path()
_THEMES_SHOWN = 10
_WIDE = 44


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("choose")(choose)


def choose(
    first: Annotated[str, typer.Argument(help="Id of an ICP.")],
    second: Annotated[str, typer.Argument(help="Id of another.")],
    chosen: Annotated[
        str | None, typer.Option("--chosen", help="Which of the two is chosen.")
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", help="The reason, in a sentence.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", help="Who chose; names the decisions file.")
    ] = None,
    project: ProjectFlag = HERE,
    as_json: JsonFlag = False,
) -> None:
    """Show two ICPs side by side; with --chosen, record the choice and its reason.

    Example: icp-synth choose icp-account-01 icp-account-02 --project study
    """
    from icp_synth.errors import UsageError
    from icp_synth.pipeline import choosing
    from icp_synth.pipeline.project import Project

    synthesis = Project(project).synthesis()
    beside = choosing.compare(synthesis, first, second)
    found: dict[str, Any] = beside.model_dump(mode="json")
    made: choosing.Chosen | None = None
    if chosen is not None:
        if because is None or by is None:
            msg = "A choice is recorded with its reason and who made it."
            hint = 'Add --because "…" and --by NAME.'
            raise UsageError(msg, hint=hint)
        made = choosing.choose(
            project,
            synthesis,
            (first, second),
            chosen=chosen,
            because=because,
            by=by,
            at=_now(),
        )
        found["choice"] = made.record.model_dump(mode="json")
    if as_json:
        print_json(found)
        return
    _show(beside)
    if made is not None:
        say()
        say(f"Recorded: {made.record.about} rather than {made.record.against}.")
        cards = [*(one.claims for one in synthesis.icps)]
        cards += [one.claims for one in synthesis.personas]
        texts = {claim.id: claim.text for claims in cards for claim in claims}
        _show_implications(made.implications, texts)


def _show(beside: Comparison) -> None:
    one, other = beside.first, beside.second
    _row("", one.id, other.id)
    _row("name", one.name, other.name)
    _row("status", one.status, other.status)
    _row("size", f"{one.n} of type {one.type}", f"{other.n} of type {other.type}")
    _row("people", str(one.people), str(other.people))
    for field in dict.fromkeys((*one.criteria, *other.criteria)):
        _row(field, _criteria(one.criteria, field), _criteria(other.criteria, field))
    for name in dict.fromkeys((*one.signals, *other.signals)):
        _row(name, _signal(one.signals, name), _signal(other.signals, name))
    say()
    for theme in beside.themes[:_THEMES_SHOWN]:
        counts = f"{theme.first} of {one.people} / {theme.second} of {other.people}"
        say(f"{counts:<22}{theme.kind}: {theme.label}")
    left = len(beside.themes) - _THEMES_SHOWN
    if left > 0:
        say(f"and {left} more themes (--json)")
    say("What the accounts say is not read yet.")


def _criteria(held: Any, field: str) -> str:
    from icp_synth.domain.conditions import Condition
    from icp_synth.exports.conditions import condition
    from icp_synth.exports.words import words_of

    words = words_of("en")
    return "; ".join(
        condition(Condition(**{key: one[key] for key in Condition.model_fields}), words)
        + ("" if one["status"] == "evidence" else " (assumption)")
        for one in held.get(field, ())
    )


def _signal(held: Any, name: str) -> str:
    if name not in held:
        return ""
    speaks, against, score = held[name]
    return f"{speaks} for, {against} against, score {'–' if score is None else score}"


def _row(name: str, one: str, other: str) -> None:
    cells = (
        cut if len(cut) < _WIDE else f"{cut[: _WIDE - 2]}…" for cut in (one, other)
    )
    say(f"{name:<24}" + "".join(f"{cell:<{_WIDE}}" for cell in cells).rstrip())


def _show_implications(
    implications: Iterable[Implication], texts: Mapping[str, str]
) -> None:
    for one in implications:
        say(f"{one.function}:")
        if one.fields:
            say(f"    by {', '.join(one.fields)}")
        for word, claims in (("follow", one.follow), ("leave", one.leave)):
            for claim in claims:
                say(f"    {word:<7}{texts.get(claim, '')} ({claim})")
        if one.status == "no_evidence":
            say("    the interviews say nothing that bears on it")


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")
