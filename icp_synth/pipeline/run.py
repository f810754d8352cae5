"""Take a project from files to report, or say at once that nothing changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from icp_synth.pipeline.events import Emit, Said
from icp_synth.pipeline.remarks import remarks_again
from icp_synth.pipeline.result import RunResult, outputs_of
from icp_synth.pipeline.unchanged import inputs_digest, kept_result


def run(
    folder: Path,
    flags: Mapping[str, Any],
    *,
    emit: Emit,
    now: str,
    clock: Callable[[], float] = time.monotonic,
) -> RunResult:
    """Take the sources of study.toml from files to report.

    What was done before is not done again; an interrupted run goes on where it was.

    Args:
        folder: The project folder, with its sources in study.toml.
        flags: As for `icp_synth.settings.resolve`.
        emit: Told of stages and progress.
        now: ISO 8601, for the manifest and the log of calls.
        clock: Seconds, for the duration alone.

    Raises:
        ProjectLocked: Another process writes this project.
        EndpointRefused: The endpoint refuses the key or the model.
        StorageError: The disk is full or not writable.
        Interrupted: By the user.
    """
    began = clock()
    inputs = inputs_digest(folder, flags)
    kept = kept_result(folder, inputs)
    if kept is not None:
        for line in remarks_again(folder):
            emit(Said(message=line))
        same = RunResult.model_validate(kept)
        seconds = round(clock() - began, 3)
        out = outputs_of(folder, written=True)
        more = {"seconds": seconds, "calls": 0, "cost": 0.0, "out": out}
        return same.model_copy(update=more)
    # The stages and all that they need: nothing of it is for a run without changes.
    from icp_synth.pipeline.full import full_run

    result = full_run(folder, flags, inputs=inputs, emit=emit, now=now)
    return result.model_copy(update={"seconds": round(clock() - began, 3)})
