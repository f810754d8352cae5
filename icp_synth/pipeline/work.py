"""What one run carries from stage to stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from icp_synth.analysts.desk import Desk, Settled
from icp_synth.analysts.protocol import Analyst, Asked, Wordings
from icp_synth.domain.brief import Study
from icp_synth.domain.challenges import Stances
from icp_synth.domain.fields import Level
from icp_synth.domain.insights import Insight, Quarantined
from icp_synth.domain.passages import Passage, Window
from icp_synth.domain.profiles import Claim, Fact
from icp_synth.domain.themes import NamesGiven, ParentTheme, Theme
from icp_synth.domain.transcripts import Person, Transcript
from icp_synth.embedding.protocol import Embedder
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.vectors import vectors_of
from icp_synth.project.ledger import Ledger, Reading, StageCounts
from icp_synth.settings import Settings
from icp_synth.stages.carried import Flagged
from icp_synth.stages.draft import Profile
from icp_synth.stages.segments import Segmentation
from icp_synth.stages.themes import ThemeGroup

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")


def _none() -> NDArray[np.float32]:
    import numpy as np

    return np.zeros((0, 1), dtype=np.float32)


@dataclass
class Work:
    """The state of one run. Each stage reads what earlier ones left and adds its own.

    Attributes:
        folder: The project folder.
        transcripts: Those that are read, by name; left-out ones are not among them.
        windows, passages: Of these transcripts, in order.
        readings: Window → what was made of it.
        insights: Duplicates of one person merged, by place in the source.
        merged: How many insights were folded into others.
        kinds_moved: How many got another kind than they were read in.
        statement_vectors: One row an insight, as themes and topics are cut from.
        theme_groups: Themes as they were found, in the order of `themes`.
        themes: Named; their ids are given when the synthesis is put together.
        parents: Groups of themes, named; like `themes` without their ids yet.
        theme_names: Which drafted names of both were not used.
        facts: Participant → field → facts.
        drafted: Those from whom segments are made.
        profiles: ICPs and personas, with the wording of each.
        flagged: Drafted sentences that their evidence does not carry.
        stances: Claim → where people stand to it, once it was challenged.
        minority: What few people say, as drafted.
        judged: Insights made of what was found for or against claims; no theme and
            no segment rests on them.
        challenge_counts: Of claims and verdicts, for the coverage section.
        stages: Name → counts, as far as the run has come.
        skipped: Stage → why items of it were skipped (a code of `cli.look`) → how many.
        flags: What was given on the command line, by the names of the settings.
    """

    folder: Path
    ledger: Ledger
    study: Study
    settings: Settings
    analyst: Analyst
    embedder: Embedder
    desk: Desk
    emit: Emit
    transcripts: tuple[Transcript, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    passages: tuple[Passage, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    insights: tuple[Insight, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()
    merged: int = 0
    kinds_moved: int = 0
    statement_vectors: NDArray[np.float32] = field(default_factory=_none)
    theme_groups: tuple[ThemeGroup, ...] = ()
    themes: tuple[Theme, ...] = ()
    parents: tuple[ParentTheme, ...] = ()
    theme_names: NamesGiven = field(default_factory=NamesGiven)
    facts: Mapping[str, Mapping[str, tuple[Fact, ...]]] = field(default_factory=dict)
    drafted: tuple[str, ...] = ()
    segmentation: Segmentation = field(
        default_factory=lambda: Segmentation(groups=(), unassigned=())
    )
    profiles: tuple[tuple[Profile, Wordings], ...] = ()
    flagged: tuple[Flagged, ...] = ()
    stances: Mapping[str, Stances] = field(default_factory=dict)
    minority: tuple[Claim, ...] = ()
    judged: tuple[Insight, ...] = ()
    challenge_counts: Mapping[str, Any] = field(default_factory=dict)
    stages: dict[str, StageCounts] = field(default_factory=dict)
    skipped: dict[str, dict[str, int]] = field(default_factory=dict)
    flags: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """What ICPs are of: companies, where they are known, or people (`b2c`)."""
        return "person" if self.settings.preset == "b2c" else "account"

    def texts(self) -> dict[str, str]:
        """Return transcript → canonical text."""
        return {one.id: one.text for one in self.transcripts}

    def published(self) -> tuple[Insight, ...]:
        """Return all insights, those found by the challenge too, by place."""
        return tuple(
            sorted(
                (*self.insights, *self.judged),
                key=lambda one: (one.transcript, one.quotes[0].start, one.id),
            )
        )

    def settle(self, answers: Sequence[T | Asked[T]]) -> list[Settled[T]]:
        """Return what is known at once, and what the desk says of the rest."""
        asked = [one for one in answers if isinstance(one, Asked)]
        settled = iter(self.desk.settle(asked))
        return [
            next(settled) if isinstance(one, Asked) else Settled("done", one)
            for one in answers
        ]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of texts, each made once and kept in the ledger.

        Returns:
            Shape (len(texts), dimension), rows of length 1.
        """
        return vectors_of(self.ledger, self.embedder, texts, keep=True)
