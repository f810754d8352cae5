"""Two runs over the same interviews, side by side: `eval compare`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from icp_synth.domain.fields import KINDS
from icp_synth.domain.values import Value
from icp_synth.errors import UsageError
from icp_synth.evaluation.comparison import Comparison, compare_family
from icp_synth.evaluation.definitions import METRICS
from icp_synth.evaluation.matching import MODE
from icp_synth.evaluation.ratios import Metric
from icp_synth.evaluation.resampling import DRAWS
from icp_synth.evaluation.runs import PastRun
from icp_synth.evaluation.semantic import TAU_MODE
from icp_synth.evaluation.tallies import Tally


class Side(Value):
    """One of two systems.

    Attributes:
        run: Id of its run.
        model: Whose reading it is.
        prompt_hash: Of all that decides a reading beside the text.
        counts: Interview → its counts, summed over epochs.
    """

    run: str
    model: str
    prompt_hash: str
    counts: Mapping[str, Mapping[str, int | float]]


class RunComparison(Value):
    """What may be said of two runs.

    Attributes:
        first: The first system.
        second: The second system.
        cases: Interviews that both read, by name.
        only_first: Interviews that only the first read; they are left out.
        only_second: Likewise.
        metrics: Second minus first, with Holm over all of them.
    """

    first: Side
    second: Side
    cases: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    metrics: tuple[Comparison, ...]


def side_of(run: PastRun, model: str | None = None) -> Side:
    """Return one model of a run, ready to be compared.

    Args:
        run: A run that is kept.
        model: Which of its models; None where it has one.

    Raises:
        UsageError: The run has several models and none is named.
    """
    if model is None and len(run.models) != 1:
        msg = f"The run {run.id} has several models: {', '.join(run.models)}."
        hint = f"Name one: {run.folder}#{run.models[0]}."
        raise UsageError(msg, hint=hint)
    chosen = model or run.models[0]
    (found,) = (one for one in run.result["runs"] if one["model"] == chosen)
    counts: dict[str, Counter[str]] = {}
    for case in found["cases"]:
        counts.setdefault(case["name"], Counter()).update(case["counts"])
    return Side(
        run=run.id, model=chosen, prompt_hash=found["prompt_hash"], counts=counts
    )


def compare_sides(
    first: Side, second: Side, *, draws: int = DRAWS, seed: int = 0
) -> RunComparison:
    """Compare two systems on the interviews that both read.

    Args:
        first: One system.
        second: The other; differences are second minus first.
        draws: Of the bootstrap, and of the test above twenty interviews.
        seed: Of both.

    Raises:
        UsageError: They share no interview.
    """
    shared = sorted(first.counts.keys() & second.counts.keys())
    if not shared:
        msg = "The two runs have no interview in common."
        raise UsageError(msg, hint="Compare runs over the same labelled folder.")
    family = {
        name: (_tallies(first, shared, metric), _tallies(second, shared, metric))
        for name, metric in _family().items()
    }
    return RunComparison(
        first=first,
        second=second,
        cases=tuple(shared),
        only_first=tuple(sorted(first.counts.keys() - second.counts.keys())),
        only_second=tuple(sorted(second.counts.keys() - first.counts.keys())),
        metrics=compare_family(family, draws=draws, seed=seed),
    )


def same_labels(first: PastRun, second: PastRun, cases: Sequence[str]) -> None:
    """Refuse to compare runs whose labels or texts differ.

    Raises:
        UsageError: An interview was scored against other labels, by name.
    """
    one, two = _hashes(first), _hashes(second)
    moved = [name for name in cases if one.get(name) != two.get(name)]
    if moved:
        msg = f"The labels or the text of {moved[0]} differ between the two runs."
        hint = "Run the older one again: `icp-synth eval retry RUN`."
        raise UsageError(msg, hint=hint)


def _hashes(run: PastRun) -> dict[str, tuple[str, str]]:
    labels: Sequence[Mapping[str, Any]] = run.result["labels"]
    return {one["case"]: (one["label_sha256"], one["text_sha256"]) for one in labels}


def _family() -> dict[str, Metric]:
    named = {(one.name, one.mode): one for one in METRICS}
    return {f"{name} ({mode})": named[name, mode] for name, mode in _COMPARED}


def _tallies(side: Side, cases: Sequence[str], metric: Metric) -> list[Tally]:
    found = [metric.tally(name, side.counts[name]) for name in cases]
    return [one for one in found if one is not None]


_COMPARED: Sequence[tuple[str, str]] = (
    ("item_f1", MODE),
    *((f"item_f1.{kind}", MODE) for kind in KINDS),
    ("item_precision", MODE),
    ("item_recall", MODE),
    ("item_f1", TAU_MODE),
    ("span_f1", "type"),
    ("category_accuracy", "end_to_end"),
    ("interview_coverage", "turns"),
    ("verified_rate", "raw"),
)
"""The family that Holm's correction runs over."""
