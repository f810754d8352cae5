"""Read labelled interviews with one or more models, and say how good that was."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from icp_synth.analysts.choice import Show, analyst_of, desk_of, trained_on
from icp_synth.domain.brief import Study
from icp_synth.domain.ids import content_id
from icp_synth.errors import NameClash, UsageError
from icp_synth.evaluation.dataset import Case, Dataset, load_dataset
from icp_synth.evaluation.metrics import rows
from icp_synth.evaluation.results import Coverage, Leak, ModelRun, Result, write
from icp_synth.evaluation.scoring import Scored, score
from icp_synth.llm.connect import why_not
from icp_synth.llm.tokens import counter
from icp_synth.project.ledger import Ledger, Reading
from icp_synth.reading import Reader
from icp_synth.settings import Settings, resolve
from icp_synth.stages.chunk import VERSION as CHUNK_VERSION, chunk
from icp_synth.stages.read import ReadOptions

EMBEDDED = "embedded"
"""How the analyst without a model is called where models are listed."""

PROJECT = ".icp-eval"


@dataclass(frozen=True)
class Order:
    """What is to be measured.

    Attributes:
        project: Where readings are kept; `.icp-eval` in each folder when None. With
            several folders each has its own below it, under its name.
        models: As for `--model`; `embedded`, or none, is the embedded analyst.
        only: Names of interviews; none takes all.
        limit: The first so many interviews by name, of each folder.
        flags: As for `icp_synth.settings.resolve`.
        now: ISO 8601; logged with calls.
    """

    project: Path | None = None
    models: Sequence[str] = ()
    only: Sequence[str] = ()
    limit: int | None = None
    flags: Mapping[str, Any] | None = None
    now: str = ""


def evaluate(
    folders: Sequence[Path], order: Order, *, show: Show
) -> tuple[Result, ...]:
    """Measure readings of labelled interviews, folder by folder.

    Every window that was read is kept, so that the same command goes on after any
    stop, and asks no model twice.

    Args:
        folders: Each with labels and texts (docs/evaluation.md).
        order: What is to be measured.
        show: Told of progress.

    Returns:
        One result a folder; each is also written to `out/` of its project.

    Raises:
        NotFound: A folder or interview is not there.
        NameClash: Two folders would share a project.
        UsageError: Labels do not hold together, or a setting does not fit.
        Stopped: By budget or quota; what is read stays.
    """
    if order.limit is not None and order.limit < 1:
        msg = f"--limit is at least 1, not {order.limit}."
        raise UsageError(msg, hint="It counts interviews of each folder.")
    projects = _projects(folders, order.project)
    settings = _settings(order)
    options = ReadOptions(
        interviewers=settings.interviewers,
        participants=settings.participants,
        single_speaker=settings.single_speaker,
        encoding=settings.encoding,
    )
    # All labels are checked before the first paid call.
    datasets = [load_dataset(one, only=order.only, options=options) for one in folders]
    return tuple(
        _evaluate(dataset, project, order, settings, show)
        for dataset, project in zip(datasets, projects, strict=True)
    )


def _projects(folders: Sequence[Path], project: Path | None) -> list[Path]:
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


def _settings(order: Order) -> Settings:
    return resolve(order.flags or {}, os.environ, Study())


def _evaluate(
    dataset: Dataset, project: Path, order: Order, settings: Settings, show: Show
) -> Result:
    cases = dataset.cases[: order.limit]
    dataset = dataset.model_copy(update={"cases": cases})
    models = list(dict.fromkeys(order.models or (EMBEDDED,)))
    with Ledger.open(project, write=True) as ledger:
        ledger.transcripts.put_all([], [case.transcript for case in cases])
        runs = []
        scored: dict[str, list[Scored]] = {}
        for model in models:
            chosen = settings.model_copy(
                update={"model": None if model == EMBEDDED else model}
            )
            run = _OneModel(dataset, chosen, ledger, show, order.now)
            runs.append(run.measure())
            scored[runs[-1].model] = run.scored
        usage = ledger.runs.usage_totals()
    result = Result.of(dataset, runs, usage)
    return write(result, scored, project)


class _OneModel:
    """One model on one folder."""

    def __init__(
        self,
        dataset: Dataset,
        settings: Settings,
        ledger: Ledger,
        show: Show,
        now: str,
    ) -> None:
        self._dataset = dataset
        self._settings = settings
        self._show = show
        self._analyst = analyst_of(settings, Study())
        self._desk = desk_of(settings, ledger, now=now, ask=True, show=show)
        self._basis = {"parameters": dict(settings.parameters)}
        self._reader = Reader(
            self._analyst,
            desk=self._desk,
            store=ledger.readings,
            basis=self._basis,
        )
        self.scored: list[Scored] = []

    def measure(self) -> ModelRun:
        """Read, match and count; what waits for answers is not scored."""
        seen = trained_on(self._analyst)
        leaks = [
            Leak(case=case.name, text_sha256=case.transcript.text_sha256)
            for case in self._dataset.cases
            if case.transcript.text_sha256 in seen
        ]
        kept = [
            case
            for case in self._dataset.cases
            if case.transcript.text_sha256 not in seen
        ]
        readings = self._read(kept)
        coverage: dict[str, int] = {"done": 0, "failed": 0, "pending": 0}
        waiting = []
        for case in kept:
            found = readings[case.name]
            for reading in found:
                coverage[reading.outcome] += 1
            if any(reading.outcome == "pending" for reading in found):
                waiting.append(case.name)
            else:
                self.scored.append(score(case, found))
        name = self._analyst.model or EMBEDDED
        return ModelRun(
            model=name,
            analyst=self._analyst.name,
            prompt_hash=self._analyst.fingerprints()["extract"],
            config_hash=self._config_hash(),
            metrics=rows([one.counts for one in self.scored], name),
            coverage=Coverage(windows=sum(coverage.values()), **coverage),
            leaks=tuple(leaks),
            waiting=tuple(waiting),
            message=self._next_step(),
            problems=tuple(said for one in self.scored for said in one.problems),
            cases=tuple(
                {"name": one.case, **_outcome(one.counts)} for one in self.scored
            ),
        )

    def _read(self, cases: Sequence[Case]) -> dict[str, list[Reading]]:
        count = counter(self._settings.token_encoding)
        work = [
            (case.transcript, chunk(case.transcript, count).windows) for case in cases
        ]
        total = sum(len(windows) for _, windows in work)
        done = 0

        def tell(_: Reading) -> None:
            nonlocal done
            done += 1
            self._show("extract", done, total, self._desk.budget.totals.cost)

        readings = self._reader.read(work, tell)
        self._desk.check()
        return {
            case.name: [readings[window.id] for window in windows]
            for case, (_, windows) in zip(cases, work, strict=True)
        }

    def _config_hash(self) -> str:
        # The name of a tokenizer decides the windows; limits and addresses do not.
        return content_id(
            "cfg", self._basis, CHUNK_VERSION, self._settings.token_encoding
        )

    def _next_step(self) -> str:
        number = len(self._desk.pending)
        if not number or self._settings.model is None:
            return ""
        many = "1 answer is" if number == 1 else f"{number} answers are"
        return f"{many} missing: {why_not(self._settings.model)} Then run again."


def _outcome(counts: Mapping[str, int]) -> dict[str, int]:
    names = ("labels", "optional", "predicted", "tp", "fa", "fn", "absorbed")
    return {name: counts.get(name, 0) for name in names}
