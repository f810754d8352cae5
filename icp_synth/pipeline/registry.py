"""The one ordered list of stages. A run goes through it from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from icp_synth.pipeline import extraction, ingest, synthesis
from icp_synth.pipeline.events import StageBegan, StageEnded
from icp_synth.pipeline.work import Work
from icp_synth.project.ledger import StageCounts


class Stage(NamedTuple):
    """A step of the pipeline.

    Attributes:
        name: As `status` prints it.
        run: Does the step on the work, and counts its items.
        needs_all: The stages after it wait until nothing of it is pending.
    """

    name: str
    run: Callable[[Work], StageCounts]
    needs_all: bool = False


READING = "read"
SKIPPED_STATE = "skipped"
"""Why items of the last run's stages were skipped."""

STAGES = (
    Stage(READING, ingest.read),
    Stage("chunk", extraction.chunk),
    Stage("index", extraction.index),
    Stage("extract", extraction.extract, needs_all=True),
    Stage("ground", synthesis.ground),
    Stage("themes", synthesis.themes),
    Stage("segments", synthesis.segments),
    Stage("draft", synthesis.draft),
    Stage("challenge", synthesis.challenge),
)

STAGE_NAMES = tuple(stage.name for stage in STAGES)


def do(stage: Stage, work: Work) -> StageCounts:
    """Do one stage, and keep and tell its counts.

    Raises:
        Stopped: The desk had to stop asking, by budget or quota.
        EndpointRefused: The endpoint refuses the key or the model.
        Interrupted: By the user.
    """
    work.emit(StageBegan(stage=stage.name))
    counts = stage.run(work)
    work.stages[stage.name] = counts
    work.ledger.runs.put_stages({stage.name: counts})
    work.ledger.runs.set_state(SKIPPED_STATE, work.skipped)
    work.emit(StageEnded(stage=stage.name, **counts.model_dump()))
    work.desk.check()
    return counts


def go_through(work: Work, *, done: int = 0) -> None:
    """Do the stages until the end, or until one must wait or has left nothing.

    Args:
        work: What they work on.
        done: How many of the first stages it has behind it.
    """
    for position, stage in enumerate(STAGES[done:], start=done):
        counts = do(stage, work)
        nothing = stage.name == READING and not work.transcripts
        if nothing or (stage.needs_all and counts.pending):
            later = STAGES[position + 1 :]
            work.ledger.runs.put_stages({one.name: StageCounts() for one in later})
            return
