"""One name in several files: said, with what makes it one person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from icp_synth.pipeline.commands import command
from icp_synth.pipeline.people import PEOPLE
from icp_synth.stages.read import JoinProposal

_SHOWN: Final = 3


def told_apart(one: JoinProposal) -> str:
    """Say of one name who it is now, and what would join them."""
    who = f"{one.label} may be one person: {', '.join(one.participants)}"
    if one.asks:
        return (
            f"{who}; asks in {_others(one.asks)}: give --interviewer {one.label!r} if"
            f" nothing that {one.label} says is evidence, or one name in {PEOPLE} to"
            " join them"
        )
    if not one.alone:
        return (
            f"{who}; give one name in {PEOPLE} to join them (--participant"
            f" {one.label!r} would make interviewers of the others in these files)"
        )
    return (
        f"{who}; give --participant {one.label!r} or one name in {PEOPLE} to join them"
    )


def tell_joins(
    folder: Path,
    proposals: Sequence[JoinProposal],
    *,
    source: str,
    named: Sequence[str] = (),
) -> str:
    """Say in one line that people may be counted more than once, and the way out.

    Args:
        folder: The project folder.
        proposals: Names in several files.
        source: A source of the project: names that are given with a path are kept.
        named: Participants that are named already; a flag stands in their place.

    Returns:
        Empty where there are no proposals.
    """
    if not proposals:
        return ""
    often = sorted(proposals, key=lambda one: (-len(one.participants), one.label))
    shown = [f"{one.label} ({len(one.participants)})" for one in often[:_SHOWN]]
    if len(often) > _SHOWN:
        shown.append(f"and {len(often) - _SHOWN} more")
    return (
        f"A name in several files is several people: {', '.join(shown)}. If each is one"
        f" person: {_way(folder, often, source, named)}"
        f" (`{command(folder, 'status')}` says who is meant)."
    )


def _way(
    folder: Path, often: Sequence[JoinProposal], source: str, named: Sequence[str]
) -> str:
    """Return the command that joins the first names, or the file that does."""
    run = ["run", source]
    simple = [one.label for one in often if one.alone and not one.asks]
    if simple:
        flags = [
            word
            for name in dict.fromkeys([*named, *simple[:_SHOWN]])
            for word in ("--participant", name)
        ]
        return command(folder, *run, *flags)
    asking = next((one for one in often if one.asks), None)
    rows = f"one name in the column participant of {PEOPLE}"
    if asking is None:
        return rows
    flags = ["--interviewer", asking.label]
    others = _others(asking.asks)
    way = command(folder, *run, *flags)
    return f"{rows}; or, since {asking.label} asks in {others}: {way}"


def _others(count: int) -> str:
    return "1 other file" if count == 1 else f"{count} other files"
