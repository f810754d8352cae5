"""Read labelled interviews with one or more models, and say how good that was."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icp_synth.analysts.choice import Show
from icp_synth.analysts.waiting import next_step_eval
from icp_synth.domain.brief import Study
from icp_synth.errors import NameClash, UsageError
from icp_synth.evaluation.baselines import load_baselines
from icp_synth.evaluation.calibration import matcher_quality
from icp_synth.evaluation.dataset import Dataset, load_dataset
from icp_synth.evaluation.filing import file_run
from icp_synth.evaluation.measuring import EMBEDDED as EMBEDDED, Measured, Measuring
from icp_synth.evaluation.own import OwnMetric
from icp_synth.evaluation.results import Result, baseline_rows
from icp_synth.project.ledger import Ledger
from icp_synth.settings import Settings, resolve
from icp_synth.stages.read import ReadOptions

PROJECT = ".icp-eval"

_ASKS = {
    "gleaning": "--gleaning",
    "window": "--window",
    "interviewers": "--interviewer",
    "participants": "--participant",
    "encoding": "--encoding",
}
"""Settings that change what is asked, and their flags."""


@dataclass(frozen=True)
class Order:
    """What is to be measured.

    Attributes:
        project: Where readings are kept; `.icp-eval` in each folder when None. With
            several folders each has its own below it, under its name.
        models: As for `--model`; `embedded`, or none, is the embedded analyst.
        only: Names of interviews; none takes all.
        limit: The first so many interviews by name, of each folder.
        epochs: How often a model reads each interview; the embedded analyst reads
            the same every time and is asked once.
        own: Metrics that the user wrote.
        flags: As for `icp_synth.settings.resolve`.
        now: ISO 8601; logged with calls.
    """

    project: Path | None = None
    models: Sequence[str] = ()
    only: Sequence[str] = ()
    limit: int | None = None
    epochs: int = 1
    own: Sequence[OwnMetric] = ()
    flags: Mapping[str, Any] = field(default_factory=dict)
    now: str = ""

    def said(self, folder: Path) -> dict[str, Any]:
        """Return what `eval retry` needs to make the same run again."""
        return {
            "folder": str(folder.resolve()),
            "models": list(self.models),
            "only": list(self.only),
            "limit": self.limit,
            "epochs": self.epochs,
            "metrics": sorted({one.place.rpartition(":")[0] for one in self.own}),
            "flags": dict(sorted(self.flags.items())),
            "created": self.now,
        }

    def asks(self) -> tuple[str, ...]:
        """Return the words of a command line that decide which requests are made.

        Folder, project, model and prompts are said apart.

        Example:
            >>> Order(limit=2, flags={"window": 2000}).asks()
            ('--limit', '2', '--window', '2000')
        """
        values: list[tuple[str, Sequence[Any]]] = [
            ("--epochs", [self.epochs] if self.epochs > 1 else []),
            ("--limit", [] if self.limit is None else [self.limit]),
            ("--case", self.only),
            *((word, _many(self.flags.get(name))) for name, word in _ASKS.items()),
        ]
        words = [
            part for word, found in values for one in found for part in (word, one)
        ]
        words += ["--single-speaker"] if self.flags.get("single_speaker") else []
        return tuple(str(word) for word in words)


def _many(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list | tuple) else (value,)


def evaluate(
    folders: Sequence[Path], order: Order, *, show: Show, ask: bool = True
) -> tuple[Result, ...]:
    """Measure readings of labelled interviews, folder by folder.

    Every window that was read is kept, so that the same command goes on after any
    stop, and asks no model twice.

    Args:
        folders: Each with labels and texts (docs/evaluation.md).
        order: What is to be measured.
        show: Told of progress.
        ask: Send what is not answered yet, and file the run. Otherwise what is
            missing is only remembered, and no run is filed: nothing was measured.

    Returns:
        One result a folder; with `ask` each is also kept in its project.

    Raises:
        NotFound: A folder or interview is not there.
        NameClash: Two folders would share a project.
        UsageError: Labels do not hold together, or a setting does not fit.
        Stopped: By budget or quota; what is read stays.
    """
    for name, number in (("--limit", order.limit), ("--epochs", order.epochs)):
        if number is not None and number < 1:
            msg = f"{name} is at least 1, not {number}."
            raise UsageError(msg, hint="It counts interviews, or readings of each.")
    places = projects(folders, order.project)
    settings = resolve(order.flags, os.environ, Study())
    options = ReadOptions(
        interviewers=settings.interviewers,
        participants=settings.participants,
        single_speaker=settings.single_speaker,
        encoding=settings.encoding,
    )
    # All labels are checked before the first paid call.
    datasets = [load_dataset(one, only=order.only, options=options) for one in folders]
    return tuple(
        _OneFolder(folder, dataset, project, order).measure(settings, show, ask=ask)
        for folder, dataset, project in zip(folders, datasets, places, strict=True)
    )


def projects(folders: Sequence[Path], project: Path | None) -> list[Path]:
    """Return where the readings of each folder are kept.

    Raises:
        NameClash: Two folders would share a project.
    """
    if project is None:
        found = [folder / PROJECT for folder in folders]
    elif len(folders) == 1:
        found = [project]
    else:
        found = [project / folder.resolve().name for folder in folders]
    if len({path.resolve() for path in found}) < len(found):
        msg = "Two of the folders would keep their readings in one place."
        raise NameClash(msg, hint="Give each folder once, or a --project for each.")
    return found


class _OneFolder:
    """One labelled folder with its project."""

    def __init__(
        self, folder: Path, dataset: Dataset, project: Path, order: Order
    ) -> None:
        self._folder = folder
        self._project = project
        self._order = order
        self._baselines = load_baselines(folder, dataset)
        cases = dataset.cases[: order.limit]
        self._dataset = dataset.model_copy(update={"cases": cases})

    def measure(self, settings: Settings, show: Show, *, ask: bool) -> Result:
        """Measure every model, and keep what was found."""
        dataset, order = self._dataset, self._order
        models = list(dict.fromkeys(order.models or (EMBEDDED,)))
        with Ledger.open(self._project, write=True) as ledger:
            ledger.transcripts.put_all([], [one.transcript for one in dataset.cases])
            measured = [
                self._model(ledger, settings, model, show, ask=ask) for model in models
            ]
        names = [case.name for case in dataset.cases]
        result = Result.of(
            dataset,
            [one.run for one in measured],
            baselines=baseline_rows(self._baselines, names),
            matcher=matcher_quality(dataset),
        )
        if not ask:
            return result
        return file_run(
            result,
            measured,
            dataset=dataset,
            project=self._project,
            order=order.said(self._folder),
            language=settings.language,
        )

    def _model(
        self, ledger: Ledger, settings: Settings, model: str, show: Show, *, ask: bool
    ) -> Measured:
        chosen = settings.model_copy(
            update={"model": None if model == EMBEDDED else model}
        )
        order = self._order
        measuring = Measuring(self._dataset, chosen, ledger, now=order.now, show=show)
        measured = measuring.measure(epochs=order.epochs, own=order.own, ask=ask)
        message = next_step_eval(
            self._folder,
            model,
            measured.pending,
            prompts=settings.prompts,
            project=self._project if order.project is not None else None,
            flags=order.asks(),
        )
        run = measured.run.model_copy(update={"message": message})
        return measured._replace(run=run)
