"""Compare two ICPs of a project, and record which of them was chosen and why."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from icp_synth.domain.choices import Comparison, Implication
from icp_synth.domain.profiles import Icp, Synthesis
from icp_synth.errors import NotFound, UsageError
from icp_synth.project.decisions import Record, Verdict, append
from icp_synth.stages.compare_icps import compare_icps, implications_of

CHOICE = "choice"
"""The `field` of a recorded choice."""


class Chosen(NamedTuple):
    """A choice as it was recorded, and what it means by function."""

    record: Record
    implications: tuple[Implication, ...]


def compare(synthesis: Synthesis, first: str, second: str) -> Comparison:
    """Put two ICPs side by side.

    Args:
        synthesis: The last one.
        first: Id of an ICP.
        second: Id of another.

    Raises:
        NotFound: There is no such ICP.
        UsageError: Both are the same.
    """
    return compare_icps(synthesis, *_pair(synthesis, first, second))


def choose(
    project: Path,
    synthesis: Synthesis,
    pair: tuple[str, str],
    *,
    chosen: str,
    because: str,
    by: str,
    at: str,
) -> Chosen:
    """Record which of two ICPs was chosen, with what it means for each function.

    Args:
        project: The project folder.
        synthesis: The last one.
        pair: Ids of the two ICPs.
        chosen: One of them.
        because: The reason, in the words of who chose.
        by: Who chose; becomes the name of the decisions file.
        at: When, ISO 8601.

    Raises:
        NotFound: There is no such ICP.
        UsageError: Both are the same, or the chosen one is neither, or no reason.
        StorageError: The disk is full or not writable.
    """
    first, second = _pair(synthesis, *pair)
    if chosen not in pair:
        msg = f"{chosen!r} is neither of the two."
        raise UsageError(msg, hint=f"Choose {first.id} or {second.id}.")
    if not because.strip():
        msg = "A choice needs its reason."
        raise UsageError(msg, hint='Add --because "…", in a sentence.')
    winner, other = (first, second) if chosen == first.id else (second, first)
    implications = implications_of(synthesis, winner, other)
    record = append(
        project,
        by,
        Verdict(
            verdict="chosen",
            field=CHOICE,
            anchors=(),
            text=because,
            about=winner.id,
            against=other.id,
            implications=implications,
        ),
        at=at,
    )
    return Chosen(record, implications)


def _pair(synthesis: Synthesis, first: str, second: str) -> tuple[Icp, Icp]:
    if first == second:
        msg = f"{first!r} cannot be compared with itself."
        raise UsageError(msg, hint="Name two ICPs; the report lists them.")
    known = {icp.id: icp for icp in synthesis.icps}
    for name in (first, second):
        if name not in known:
            msg = f"There is no ICP {name!r}."
            raise NotFound(msg, hint=f"There are {', '.join(known) or 'none'}.")
    return known[first], known[second]
