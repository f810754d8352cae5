"""What a person sees: progress on a terminal, quiet lines elsewhere, JSON."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any, AnyStr

from icp_synth.errors import StorageError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from icp_synth.pipeline.events import Emit, Event


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale, and what cannot be encoded as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str = "") -> None:
    """Print a line of the answer on standard output."""
    _write(sys.stdout, f"{line}\n")


def note(line: str) -> None:
    """Print a line beside the answer on standard error."""
    _write(sys.stderr, f"{line}\n")


def print_json(value: Any) -> None:
    """Print one JSON object on standard output."""
    _write(sys.stdout, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it belongs.

    Example:
        >>> counted(1, "theme"), counted(0, "theme")
        ('1 theme', '0 themes')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def note_first(lines: Sequence[str], what: str, most: int = 3) -> None:
    """Print the first of many lines beside the answer, and count the others.

    Args:
        lines: Each whole, in order.
        what: What one of them is about, e.g. `line`.
        most: How many are printed.
    """
    for line in lines[:most]:
        note(line)
    if len(lines) > most:
        note(f"and {counted(len(lines) - most, f'more such {what}')}.")


def print_exactly(text: str) -> None:
    """Print a text in UTF-8 with the line ends that it has, and none added."""
    sys.stdout.flush()
    _write(sys.stdout.buffer, text.encode("utf-8"))


def _write(stream: IO[AnyStr], text: AnyStr) -> None:
    """Write at once. Where nobody reads any more (`| head`) the work goes on.

    Raises:
        StorageError: Output goes to a file on a full disk.
    """
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, which must not fail again.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except OSError as error:
        msg = f"Output cannot be written: {error.strerror}."
        hint = "Free some space, or send it elsewhere, and run again."
        raise StorageError(msg, hint=hint) from error


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
        TextColumn("{task.fields[cost]}"),
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
            task = self._shown.add_task(event.stage, total=None, cost="")
            self._tasks[event.stage] = task
        if isinstance(event, events.Advanced):
            self._shown.update(task, completed=event.done, total=event.total)
            if event.cost:
                self._shown.update(task, cost=f"{event.cost:.4f} USD")
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
