"""Requests out to a file, answers back in: a run without an endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from icp_synth.analysts.submitting import Place
from icp_synth.analysts.waiting import Shelf, asked, take_in as take_in_all
from icp_synth.domain.chat import ChatRequest
from icp_synth.errors import NotFound, SettingsError
from icp_synth.llm.batch import ImportReport, export_line
from icp_synth.pipeline.events import Emit
from icp_synth.pipeline.registry import go_through
from icp_synth.pipeline.session import open_work, price
from icp_synth.pipeline.waiting import remember_requests
from icp_synth.project.brief import load_study
from icp_synth.settings import resolve

READING_STEPS = ("extract", "glean")
"""Those of an evaluation, which reads and does no more."""

STEPS = (*READING_STEPS, "themes", "draft", "challenge")


def pending(
    folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str
) -> list[ChatRequest]:
    """Return the requests that can be asked now; nothing is sent.

    They are kept in the ledger, so that `take_in` knows what was asked with which
    prompts without going through the stages again.

    Raises:
        NotFound: The project has no sources.
        SettingsError: No model is named.
    """
    with open_work(folder, flags, emit=emit, now=now, ask=False) as work:
        if work.settings.model is None:
            msg = "No model is named, so there is nothing to ask."
            raise SettingsError(msg, hint="Give --model NAME, as for `run`.")
        go_through(work)
        return remember_requests(work)


def check_step(step: str | None, *, steps: Sequence[str] = STEPS) -> None:
    """Refuse a step that asks no model.

    Args:
        step: As it was given; None is all.
        steps: Those that there are.

    Raises:
        SettingsError: There is no such step.
    """
    if step is not None and step not in steps:
        msg = f"There is no step {step!r} that asks a model."
        raise SettingsError(msg, hint=f"Choose one of {', '.join(steps)}.")


def to_lines(requests: Iterable[ChatRequest], step: str | None = None) -> list[str]:
    """Return OpenAI Batch lines, of one step or of all.

    Args:
        requests: As `pending` gave them.
        step: One of `STEPS`; None for all.

    Raises:
        SettingsError: There is no such step.
    """
    check_step(step)
    return [export_line(one) for one in requests if step in {None, one.step}]


def place(folder: Path, flags: Mapping[str, Any]) -> Place:
    """Return where the requests of a project are kept, to submit or fetch batches.

    Args:
        folder: The project folder.
        flags: As for `icp_synth.settings.resolve`.

    Raises:
        SettingsError: A setting does not fit.
    """
    settings = resolve(flags, os.environ, load_study(folder))
    return Place(folder=folder, settings=settings, base_url=flags.get("base_url"))


def take_in(
    folder: Path, lines: Iterable[str], *, emit: Emit, now: str
) -> ImportReport:
    """Take answers in; each is checked and costed like a live one.

    Args:
        folder: The project folder.
        lines: Of a batch's output or error file.
        emit: Told of what happens.
        now: ISO 8601, for the log of calls.

    Raises:
        NotFound: Nothing was asked in this project yet, so no answer can fit.

    Returns:
        What became of the lines, as `icp_synth.analysts.waiting.take_in` counts.
    """
    with open_work(folder, {}, emit=emit, now=now, ask=False) as work:
        known = asked(work.ledger)
        if known is None:
            msg = f"No requests were made in {folder}, so no answer can fit."
            hint = "Make them first: icp-synth batch export --model NAME -o FILE."
            raise NotFound(msg, hint=hint)
        shelf = Shelf(
            ledger=work.ledger,
            known=known,
            price=lambda model: price(work.settings, model),
            wanted=known.waited_for,
        )
        return take_in_all([shelf], lines, now=now)
