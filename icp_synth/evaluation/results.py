"""The result of a run over labelled interviews: result.json and items.jsonl."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Self

from icp_synth.domain.values import Value
from icp_synth.evaluation.baselines import Baseline
from icp_synth.evaluation.calibration import MatcherQuality
from icp_synth.evaluation.case_file import Ceiling
from icp_synth.evaluation.curves import Curve
from icp_synth.evaluation.dataset import Dataset
from icp_synth.evaluation.matching import MODE
from icp_synth.evaluation.metrics import SEED, Row, rows
from icp_synth.evaluation.scoring import Scored
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


class CaseCounts(Value):
    """The counts of one interview, which every metric can be made of again.

    Attributes:
        name: Of the interview.
        epoch: Which reading of it, from 1.
        labels, optional, predicted, tp, fa, fn, absorbed: The items.
        counts: All counts, those of the items too.
    """

    name: str
    epoch: int
    labels: int
    optional: int
    predicted: int
    tp: int
    fa: int
    fn: int
    absorbed: int
    counts: Mapping[str, int | float]

    @classmethod
    def of(cls, scored: Scored) -> Self:
        """Return the counts of a reading."""
        names = ("labels", "optional", "predicted", "tp", "fa", "fn", "absorbed")
        return cls(
            name=scored.case,
            epoch=scored.epoch,
            counts=scored.counts,
            **{name: int(scored.counts.get(name, 0)) for name in names},
        )


class RefusedQuote(Value):
    """A quote that was not published; `status` is one of contracts.md."""

    case: str
    epoch: int
    status: str
    quote: str
    statement: str


class ModelRun(Value):
    """What was measured of one model.

    Attributes:
        prompt_hash: Of all that decides a reading beside the text.
        config_hash: Of parameters and windows.
        epochs: How often it read each interview.
        cost: Of all calls to it that were ever made in the project, so that a rerun
            gives the same.
        held_out: Interviews that the shipped weights learnt from, which were read by
            weights that did not see them.
        waiting: Interviews with windows that are not answered, left out of metrics.
        message: How to get what is missing; empty when nothing is.
        problems: Windows that could not be read; they count as missed labels.
        refused: Quotes that were not published, with their status as the reason.
        notes: What a reader of the figures should know.
        cases: Counts by interview and epoch.
    """

    model: str
    analyst: str
    prompt_hash: str
    config_hash: str
    epochs: int = 1
    metrics: tuple[Row, ...]
    curves: tuple[Curve, ...] = ()
    coverage: Coverage
    cost: Mapping[str, float | int | None] = {}
    leaks: tuple[Leak, ...] = ()
    held_out: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    message: str = ""
    problems: tuple[str, ...] = ()
    refused: tuple[RefusedQuote, ...] = ()
    notes: tuple[str, ...] = ()
    cases: tuple[CaseCounts, ...] = ()


class LabelHash(Value):
    """Which labels an interview was scored against."""

    case: str
    label_sha256: str
    text_sha256: str


class Result(Value):
    """One folder, all models.

    `baselines` are figures of readings that any other must beat, `ceiling` how far
    the annotators agree, `matcher` how good the semantic mode's own judgement is.
    `errors` says what is not in the figures, or counts against them; `cost` sums that
    of the runs.
    """

    schema_version: int = 1
    status: Status
    dataset: str
    dataset_sha: str
    origin: str
    licence: str
    ceiling: Ceiling | None = None
    labels: tuple[LabelHash, ...]
    model: str | None
    prompt_hash: str | None
    config_hash: str | None
    code_version: str = __version__
    seeds: tuple[int, ...] = (SEED,)
    metrics: tuple[Row, ...]
    baselines: tuple[Row, ...] = ()
    matcher: MatcherQuality | None = None
    curves: tuple[Mapping[str, Any], ...] = ()
    cost: Mapping[str, float | int | None]
    errors: tuple[str, ...]
    leaks: tuple[Leak, ...]
    coverage: Coverage
    runs: tuple[Mapping[str, Any], ...]
    out: Mapping[str, str] = {}

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        runs: Sequence[ModelRun],
        *,
        baselines: Sequence[Row] = (),
        matcher: MatcherQuality | None = None,
    ) -> Self:
        """Put the runs of all models together.

        Args:
            dataset: What was read.
            runs: One a model; the scalars of the result are of a single one.
            baselines: On the same interviews.
            matcher: Of the semantic mode, on these labels.
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
            ceiling=dataset.about.ceiling,
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
            baselines=tuple(baselines),
            matcher=matcher,
            curves=tuple(curve for run in runs for curve in _shown(run)),
            cost=_total([run.cost for run in runs]),
            errors=tuple(said for run in runs for said in _errors(run)),
            leaks=tuple(leak for run in runs for leak in run.leaks),
            coverage=Coverage(**dict(zip(Coverage.model_fields, totals, strict=True))),
            runs=tuple(
                run.model_dump(mode="json", exclude={"metrics", "curves"})
                for run in runs
            ),
        )

    @property
    def exit_code(self) -> int:
        """0, or 3 where something is missing in the figures."""
        return 3 if self.status == "waiting" or self.errors else 0


def baseline_rows(
    baselines: Sequence[Baseline], cases: Sequence[str]
) -> tuple[Row, ...]:
    """Return the item figures of baselines over some interviews.

    Args:
        baselines: As kept beside the labels.
        cases: Names of the interviews that are measured.
    """
    return tuple(
        row
        for baseline in baselines
        for row in rows([baseline.cases[name] for name in cases], baseline.model)
        if row.name.startswith("item_") and row.mode == MODE
    )


def _shown(run: ModelRun) -> Iterator[Mapping[str, Any]]:
    """Yield the curves of a run as pictures take them: one value a threshold."""
    for curve in run.curves:
        for name in ("item_f1", "item_precision", "item_recall"):
            field = name.removeprefix("item_")
            points = [[one.threshold, getattr(one, field)] for one in curve.points]
            yield {
                "model": run.model,
                "name": name,
                "mode": curve.mode,
                "points": points,
            }


def _total(
    costs: Sequence[Mapping[str, float | int | None]],
) -> dict[str, float | int | None]:
    """Sum costs; what one of them does not know nobody knows."""
    total: dict[str, float | int | None] = {}
    for name in dict.fromkeys(name for cost in costs for name in cost):
        found = [cost.get(name) for cost in costs]
        known = [one for one in found if one is not None]
        total[name] = sum(known) if len(known) == len(found) else None
    return total


def _errors(run: ModelRun) -> list[str]:
    leaks = [
        f"{run.model}: {leak.case} is a text that its weights were learnt from; it is"
        " left out of the metrics"
        for leak in run.leaks
    ]
    waiting = [_waiting(run)] if run.waiting else []
    return leaks + waiting + [f"{run.model}: {said}" for said in run.problems]


def _waiting(run: ModelRun) -> str:
    first, *others = run.waiting
    more = f" and {len(others)} more" if others else ""
    return f"{run.model}: {first}{more}: answers are missing"
