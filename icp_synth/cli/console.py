"""What a person sees: progress on a terminal, quiet lines elsewhere, JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from icp_synth.pipeline.events import Emit, Event


def say(line: str = "") -> None:
    """Print a line of the answer on standard output."""
    sys.stdout.write(f"{line}\n")


def note(line: str) -> None:
    """Print a line beside the answer on standard error."""
    sys.stderr.write(f"{line}\n")


def print_json(value: Any) -> None:
    """Print one JSON object on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def progress() -> Iterator[Emit]:
    """Show events: a bar on a terminal, a line a stage elsewhere."""
    if not sys.stderr.isatty():
        yield _lines
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        yield _Bars(shown).take


class _Bars:
    """One bar a stage."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._tasks: dict[str, TaskID] = {}

    def take(self, event: Event) -> None:
        from icp_synth.pipeline import events

        if isinstance(event, events.Said):
            self._shown.console.print(event.message, markup=False, highlight=False)
            return
        task = self._tasks.get(event.stage)
        if task is None:
            task = self._shown.add_task(event.stage, total=None)
            self._tasks[event.stage] = task
        if isinstance(event, events.Advanced):
            self._shown.update(task, completed=event.done, total=event.total)
            if event.note:
                self._shown.console.print(event.note, markup=False, highlight=False)
        elif isinstance(event, events.StageEnded):
            total = event.done + event.failed + event.skipped + event.pending
            self._shown.update(task, completed=event.done, total=total or 1)


def _lines(event: Event) -> None:
    from icp_synth.pipeline import events

    if isinstance(event, events.Said):
        note(event.message)
    elif isinstance(event, events.Advanced) and event.note:
        note(event.note)
    elif isinstance(event, events.StageEnded):
        named = ("done", "failed", "skipped", "pending")
        counts = [f"{getattr(event, name)} {name}" for name in named]
        kept = [one for one in counts if not one.startswith("0 ")]
        note(f"{event.stage}: {', '.join(kept) or 'nothing to do'}")
