"""The result of a run over labelled interviews: result.json and items.jsonl."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from icp_synth.domain.values import Value
from icp_synth.evaluation.dataset import Dataset
from icp_synth.evaluation.metrics import SEED, Row
from icp_synth.evaluation.scoring import Scored
from icp_synth.project.files import write_atomic
from icp_synth.project.ledger.records import UsageTotals
from icp_synth.version import __version__

Status = Literal["success", "waiting"]


class Leak(Value):
    """An interview that the reader learnt from: left out of every metric."""

    case: str
    text_sha256: str


class Coverage(Value):
    """Windows by what became of them."""

    windows: int
    done: int
    failed: int
    pending: int


class ModelRun(Value):
    """What was measured of one model.

    Attributes:
        prompt_hash: Of all that decides a reading beside the text.
        config_hash: Of parameters and windows.
        waiting: Interviews with windows that are not answered, left out of metrics.
        message: How to get what is missing; empty when nothing is.
        problems: Windows that could not be read; they count as missed labels.
        cases: Counts by interview.
    """

    model: str
    analyst: str
    prompt_hash: str
    config_hash: str
    metrics: tuple[Row, ...]
    coverage: Coverage
    leaks: tuple[Leak, ...] = ()
    waiting: tuple[str, ...] = ()
    message: str = ""
    problems: tuple[str, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()


class LabelHash(Value):
    """Which labels an interview was scored against."""

    case: str
    label_sha256: str
    text_sha256: str


class Result(Value):
    """One folder, all models.

    `errors` says what is not in the figures, or counts against them; `cost` sums all
    calls that were ever made in the project, so that a rerun gives the same.
    """

    schema_version: int = 1
    status: Status
    dataset: str
    dataset_sha: str
    origin: str
    licence: str
    labels: tuple[LabelHash, ...]
    model: str | None
    prompt_hash: str | None
    config_hash: str | None
    code_version: str = __version__
    seeds: tuple[int, ...] = (SEED,)
    metrics: tuple[Row, ...]
    cost: Mapping[str, float | int | None]
    errors: tuple[str, ...]
    leaks: tuple[Leak, ...]
    coverage: Coverage
    runs: tuple[Mapping[str, Any], ...]
    out: Mapping[str, str] = {}

    @classmethod
    def of(
        cls, dataset: Dataset, runs: Sequence[ModelRun], usage: UsageTotals
    ) -> Result:
        """Put the runs of all models together.

        Args:
            dataset: What was read.
            runs: One a model; the scalars of the result are of a single one.
            usage: Of all calls of the project.
        """
        single = runs[0] if len(runs) == 1 else None
        totals = (
            sum(getattr(run.coverage, name) for run in runs)
            for name in Coverage.model_fields
        )
        return cls(
            status="waiting" if any(run.waiting for run in runs) else "success",
            dataset=dataset.name,
            dataset_sha=dataset.sha256,
            origin=dataset.about.origin,
            licence=dataset.about.licence,
            labels=tuple(
                LabelHash(
                    case=case.name,
                    label_sha256=case.label_sha256,
                    text_sha256=case.transcript.text_sha256,
                )
                for case in dataset.cases
            ),
            model=single.model if single else None,
            prompt_hash=single.prompt_hash if single else None,
            config_hash=single.config_hash if single else None,
            metrics=tuple(row for run in runs for row in run.metrics),
            cost={
                "usd": usage.cost,
                "tokens_in": usage.input_tokens,
                "tokens_out": usage.output_tokens,
                "tokens_cached": usage.cached_tokens,
            },
            errors=tuple(said for run in runs for said in _errors(run)),
            leaks=tuple(leak for run in runs for leak in run.leaks),
            coverage=Coverage(**dict(zip(Coverage.model_fields, totals, strict=True))),
            runs=tuple(
                run.model_dump(mode="json", exclude={"metrics"}) for run in runs
            ),
        )

    @property
    def exit_code(self) -> int:
        """0, or 3 where something is missing in the figures."""
        return 3 if self.status == "waiting" or self.errors else 0


def write(
    result: Result, scored: Mapping[str, Sequence[Scored]], project: Path
) -> Result:
    """Write result.json and items.jsonl to `out/` of a project.

    Args:
        result: What was measured.
        scored: Model → its interviews.
        project: The project folder.

    Returns:
        The result with the paths, which the file itself does not name.
    """
    items = [
        json.dumps({"model": model, **line}, ensure_ascii=False)
        for model, cases in scored.items()
        for case in cases
        for line in case.lines
    ]
    paths = {
        "result": project / "out" / "result.json",
        "items": project / "out" / "items.jsonl",
    }
    body = result.model_dump(mode="json", exclude={"out"})
    text = json.dumps(body, ensure_ascii=False, indent=1)
    write_atomic(paths["items"], "".join(f"{line}\n" for line in items))
    write_atomic(paths["result"], f"{text}\n")
    named = {name: path.as_posix() for name, path in paths.items()}
    return result.model_copy(update={"out": named})


def _errors(run: ModelRun) -> list[str]:
    leaks = [
        f"{run.model}: {leak.case} is a text that its weights were learnt from; it is"
        " left out of the metrics"
        for leak in run.leaks
    ]
    waiting = [f"{run.model}: {name}: answers are missing" for name in run.waiting]
    return leaks + waiting + [f"{run.model}: {said}" for said in run.problems]
