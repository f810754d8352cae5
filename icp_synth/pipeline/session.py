"""Open a project for one run: settings, ledger, analyst, vectors, desk."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from icp_synth.analysts.choice import (
    analyst_of as analyst_of,
    desk_of,
    price as price,
)
from icp_synth.analysts.desk import Desk
from icp_synth.embedding.named import forget
from icp_synth.embedding.protocol import Embedder
from icp_synth.errors import SettingsError
from icp_synth.pipeline.events import Advanced, Emit
from icp_synth.pipeline.sources import require_sources
from icp_synth.pipeline.work import Work
from icp_synth.project.brief import load_study
from icp_synth.project.ledger import Ledger
from icp_synth.settings import Settings, resolve

_NEW_VALUES = 1_000_000
"""Values made beyond those that went, before cycles are looked for; Python's own
number is a few hundred to a few thousand."""

_lock = threading.Lock()
_open: list[tuple[int, int, int]] = []
"""Thresholds that the runs which are under way have found."""


@contextmanager
def open_work(
    folder: Path, flags: Mapping[str, Any], *, emit: Emit, now: str, ask: bool = True
) -> Iterator[Work]:
    """Open a project to write, for the length of a `with` block.

    Args:
        folder: The project folder.
        flags: As for `icp_synth.settings.resolve`.
        emit: Told of what happens.
        now: ISO 8601; logged with calls.
        ask: Send what is not answered yet; otherwise answer from the store alone.

    Raises:
        NotFound: The project has no sources.
        ProjectLocked: Another process writes this project.
        SettingsError: A setting does not fit.
    """
    study = load_study(folder)
    require_sources(folder, study)
    settings = resolve(flags, os.environ, study)
    with Ledger.open(folder, write=True) as ledger, _lightly_kept():
        yield Work(
            folder=folder,
            ledger=ledger,
            study=study,
            settings=settings,
            analyst=analyst_of(settings, study),
            embedder=embedder_of(settings),
            desk=_desk(settings, ledger, emit, now=now, ask=ask),
            emit=emit,
            flags=flags,
        )


@contextmanager
def _lightly_kept() -> Iterator[None]:
    """Let the collector of cycles look seldom at what a run makes, and forget texts.

    A run makes many values, and nearly all stay: looking through them again and again
    takes a tenth of its time. What was read of texts is kept while it lasts alone.
    """
    with _lock:
        _open.append(gc.get_threshold())
        gc.set_threshold(_NEW_VALUES, *_open[0][1:])
    try:
        yield
    finally:
        with _lock:
            # Runs may overlap: the last to end gives back what the first one found.
            first = _open[0]
            _open.pop()
            if not _open:
                gc.set_threshold(*first)
                forget()


def embedder_of(settings: Settings) -> Embedder:
    """Return what makes vectors: the embedded hashing, or an endpoint's model.

    Raises:
        SettingsError: An endpoint's vectors are wanted and it cannot be reached.
    """
    if settings.embedding in {None, "embedded"}:
        from icp_synth.embedding.embedded import EmbeddedEmbedder

        return EmbeddedEmbedder()
    from icp_synth.embedding.openai import OpenAIEmbedder
    from icp_synth.llm.vectors import connect_vectors

    client = connect_vectors(
        str(settings.embedding), base_url=settings.base_url, timeout=settings.timeout
    )
    if client is None:
        msg = f"There is no key or address for the vectors of {settings.embedding!r}."
        hint = (
            "Set OPENAI_API_KEY, or base_url under [model] of study.toml; or give"
            " --embedding embedded."
        )
        raise SettingsError(msg, hint=hint)
    return OpenAIEmbedder(client)


def _desk(
    settings: Settings, ledger: Ledger, emit: Emit, *, now: str, ask: bool
) -> Desk:
    def show(step: str, done: int, total: int, cost: float | None) -> None:
        emit(Advanced(stage=step, done=done, total=total, cost=cost))

    return desk_of(settings, ledger, now=now, ask=ask, show=show)
