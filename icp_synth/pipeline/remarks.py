"""What a reading has to say: told by the run that reads, and by each one after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from icp_synth.domain.transcripts import Notice, SourceReport
from icp_synth.domain.values import Value
from icp_synth.pipeline.commands import command
from icp_synth.project.ledger import Ledger
from icp_synth.stages.read import NearCopy

REMARKS_STATE = "remarks"
BAD = frozenset({"left_out", "refused", "failed"})
"""What became of a source that makes a run partial."""

MOST: Final = 20
"""Lines of one kind that the run which reads says; a broken table may have many."""

AGAIN: Final = 3
"""Lines of one kind that a run says when nothing has changed."""


class Remarks(Value):
    """Lines by what they are about.

    Attributes:
        names: Names of people and files that fit nothing.
        sources: Why sources are not taken.
        guesses: What was guessed of a file's encoding or columns.
        copies: Transcripts that say nearly what another says.
        joins: Names that stand in several files.
    """

    names: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()

    def lines(self, folder: Path, *, most: int) -> Iterator[str]:
        """Return what is said of each kind, and which command lists the rest."""
        for said in (self.names, self.sources, self.guesses, self.copies, self.joins):
            yield from said[:most]
            if len(said) > most:
                status = command(folder, "status")
                yield f"and {len(said) - most} more: `{status}` lists them."


def remarks_again(folder: Path) -> Iterator[str]:
    """Return what still holds of the last reading, in short."""
    with Ledger.open(folder, write=False) as ledger:
        kept = ledger.runs.get_state(REMARKS_STATE) or {}
    yield from Remarks.model_validate(kept).lines(folder, most=AGAIN)


def why_not_taken(reports: Sequence[SourceReport]) -> tuple[str, ...]:
    """Return a line for each source that is not taken."""
    return tuple(
        f"{one.id}: {one.status}: {one.reason}" for one in reports if one.status in BAD
    )


def guesses(reports: Sequence[SourceReport]) -> tuple[str, ...]:
    """Return once a file what was guessed about its encoding or columns."""
    told = {
        f"{one.path.partition('#')[0]}: {notice.message}": None
        for one in reports
        for notice in one.notices
        if notice.code.endswith("_guessed")
    }
    return tuple(told)


def tell_copies(copies: Sequence[NearCopy]) -> tuple[str, ...]:
    """Return a line for each transcript that says nearly what another says."""
    return tuple(f"{one.name}: {_copy(one)}" for one in copies)


def with_copies(
    reports: Sequence[SourceReport], copies: Sequence[NearCopy]
) -> list[SourceReport]:
    """Return the reports with what is said of copies, so that `status` says it too."""
    told = {
        one.name: Notice(code="near_copy", message=f"It {_copy(one)}") for one in copies
    }
    return [
        one.model_copy(update={"notices": (*one.notices, told[one.id])})
        if one.id in told
        else one
        for one in reports
    ]


def _copy(one: NearCopy) -> str:
    return (
        f"says nearly the same as {one.of} (they share {one.share:.0%} of their runs of"
        " words). If both are one interview, take one of the files away: its people"
        " are counted twice."
    )
