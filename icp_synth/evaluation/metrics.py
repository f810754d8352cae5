"""Metrics as functions of summed counts, each with an interval over interviews.

| metric | mode | definition |
| --- | --- | --- |
| `item_precision`, `.KIND` | codebook | tp / (tp + fa) |
| `item_recall`, `.KIND` | codebook | tp / (tp + fn) |
| `item_f1`, `.KIND` | codebook | 2 tp / (2 tp + fa + fn) |
| `item_f1_macro` | codebook | mean of `item_f1.KIND`, undefined ones left out |
| `category_accuracy`, `.KIND` | matched | same category / pairs |
| `category_accuracy`, `.KIND` | end_to_end | same category / (tp + fn) |
| `window_coverage` | contract | windows done or failed / windows |
| `windows_CODE` | contract | windows of that outcome / done or failed windows |
| `verified_rate` | raw | (exact + folded) / raw quotes |
| `quarantine_rate` | raw | neither exact, folded nor elided / raw quotes |
| `quote_status.STATUS` | raw | raw quotes of that status / raw quotes |
| `moved_rate` | raw | accepted from another turn than named / raw quotes |
| `verbatim_rate` | kept | quotes that are slices of their text / quotes kept |

Sums run over interviews before anything is divided (micro). What would divide by
zero is undefined: None, in JSON null, for people `n/a`; it is neither 0 nor 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from icp_synth.domain.fields import KINDS
from icp_synth.domain.values import Value
from icp_synth.evaluation.matching import MODE
from icp_synth.evaluation.scoring import STATUSES, UNUSABLE

DRAWS = 2000
SEED = 1
FEWEST = 5
"""Interviews that an interval needs: four give but 35 different draws, and the tails
of a 95 % interval are the fortieth part on either side."""

MAX_UNDEFINED = 0.05
"""Share of draws without a value from which percentiles mean something else."""

METHOD = f"percentile bootstrap over interviews, {DRAWS} draws, seed {SEED}"

Counts = Mapping[str, int]
Compute = Callable[[Counts], float | None]


@dataclass(frozen=True)
class Metric:
    """A named figure.

    Attributes:
        name: As contracts.md writes it.
        mode: What was matched or counted in which way.
        compute: Its value, None where it is undefined.
        items: What it is a figure of: labels, quotes, windows …
    """

    name: str
    mode: str
    compute: Compute
    items: Callable[[Counts], int]


class Row(Value):
    """One metric of one model.

    `reason` says why there is no value or no interval, or what was left out.
    """

    name: str
    mode: str
    model: str
    value: float | None
    ci_low: float | None
    ci_high: float | None
    n_items: int
    n_cases: int
    method: str = METHOD
    reason: str | None = None


def rows(cases: Sequence[Counts], model: str) -> tuple[Row, ...]:
    """Return every metric over interviews, in a fixed order.

    Args:
        cases: The counts of each interview that is scored.
        model: Whose reading it is.
    """
    total: Counter[str] = Counter()
    for case in cases:
        total.update(case)
    draws = _draws(cases)
    return tuple(_row(metric, total, draws, len(cases), model) for metric in METRICS)


def _row(
    metric: Metric,
    total: Counts,
    draws: Sequence[Counts],
    n_cases: int,
    model: str,
) -> Row:
    value = metric.compute(total)
    low, high, reason = None, None, _why_no_interval(value, n_cases)
    if reason is None:
        low, high, reason = _interval([metric.compute(draw) for draw in draws])
    if metric.name == "item_f1_macro" and value is not None:
        missing = [kind for kind in KINDS if _f1(total, f".{kind}") is None]
        if missing:
            left_out = f"{len(missing)} of {len(KINDS)} kinds undefined and left out"
            reason = f"{reason}; {left_out}" if reason else left_out
    return Row(
        name=metric.name,
        mode=metric.mode,
        model=model,
        value=_rounded(value),
        ci_low=_rounded(low),
        ci_high=_rounded(high),
        n_items=metric.items(total),
        n_cases=n_cases,
        reason=reason,
    )


def _why_no_interval(value: float | None, n_cases: int) -> str | None:
    if n_cases == 0:
        return "no interview was scored"
    if value is None:
        return "undefined: nothing to divide by"
    if n_cases < FEWEST:
        return f"no interval: it needs at least {FEWEST} interviews, not {n_cases}"
    return None


def _draws(cases: Sequence[Counts]) -> list[Counts]:
    """Return the summed counts of interviews drawn with replacement."""
    if len(cases) < FEWEST:
        return []
    import numpy as np

    names = sorted({name for case in cases for name in case})
    table = np.array([[case.get(name, 0) for name in names] for case in cases])
    chance = np.random.default_rng(SEED)
    picked = chance.integers(0, len(cases), size=(DRAWS, len(cases)))
    sums = table[picked].sum(axis=1).tolist()
    return [Counter(dict(zip(names, row, strict=True))) for row in sums]


def _interval(
    values: Sequence[float | None],
) -> tuple[float | None, float | None, str | None]:
    """Return the limits, and what is to be said of them."""
    import numpy as np

    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    said = f"undefined in {missing} of {len(values)} draws" if missing else None
    if missing > MAX_UNDEFINED * len(values):
        return None, None, f"no interval: {said}"
    low, high = np.percentile(known, [2.5, 97.5]).tolist()
    return low, high, said


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _get(counts: Counts, name: str) -> int:
    return counts.get(name, 0)


def _precision(counts: Counts, of: str) -> float | None:
    right = _get(counts, f"tp{of}")
    return _share(right, right + _get(counts, f"fa{of}"))


def _recall(counts: Counts, of: str) -> float | None:
    right = _get(counts, f"tp{of}")
    return _share(right, right + _get(counts, f"fn{of}"))


def _f1(counts: Counts, of: str) -> float | None:
    """Return F1; undefined where precision or recall is."""
    if _precision(counts, of) is None or _recall(counts, of) is None:
        return None
    right, false, missed = (_get(counts, f"{name}{of}") for name in ("tp", "fa", "fn"))
    return 2 * right / (2 * right + false + missed)


def _macro(counts: Counts) -> float | None:
    found = [one for kind in KINDS if (one := _f1(counts, f".{kind}")) is not None]
    return _share(sum(found), len(found))


def _labels(of: str) -> Callable[[Counts], int]:
    return lambda counts: _get(counts, f"tp{of}") + _get(counts, f"fn{of}")


def _items_of(name: str) -> Callable[[Counts], int]:
    return lambda counts: _get(counts, name)


def _ratio(parts: Sequence[str], wholes: Sequence[str]) -> Compute:
    return lambda counts: _share(
        sum(_get(counts, name) for name in parts),
        sum(_get(counts, name) for name in wholes),
    )


def _of_items(of: str) -> list[Metric]:
    """Return the metrics of all items (`""`) or of one kind (`".pain"`)."""
    labels, pairs = _labels(of), _items_of(f"tp{of}")
    whole = [f"tp{of}", f"fn{of}"]
    right = [f"category{of}"]
    return [
        Metric(f"item_f1{of}", MODE, lambda one: _f1(one, of), labels),
        Metric(f"item_precision{of}", MODE, lambda one: _precision(one, of), labels),
        Metric(f"item_recall{of}", MODE, lambda one: _recall(one, of), labels),
        Metric(f"category_accuracy{of}", "matched", _ratio(right, whole[:1]), pairs),
        Metric(f"category_accuracy{of}", "end_to_end", _ratio(right, whole), labels),
    ]


def _of_windows() -> list[Metric]:
    windows = _items_of("windows")
    final = ["windows_done", "windows_failed"]
    names = [f"windows_{one}" for one in ("done", "failed", "repaired", *UNUSABLE)]
    return [
        Metric("window_coverage", "contract", _ratio(final, ["windows"]), windows),
        *(Metric(one, "contract", _ratio([one], final), windows) for one in names),
    ]


def _of_quotes() -> list[Metric]:
    """Return how quotes stood before the check (`raw`) and after it (`kept`)."""
    raw, whole = _items_of("raw_quotes"), ["raw_quotes"]
    passed = {"exact", "folded", "elided"}
    refused = [f"raw_{name}" for name in STATUSES if name not in passed]
    by_status = (
        Metric(f"quote_status.{name}", "raw", _ratio([f"raw_{name}"], whole), raw)
        for name in STATUSES
    )
    verified = _ratio(["raw_exact", "raw_folded"], whole)
    verbatim = _ratio(["kept_verbatim"], ["kept"])
    return [
        Metric("verified_rate", "raw", verified, raw),
        Metric("quarantine_rate", "raw", _ratio(refused, whole), raw),
        *by_status,
        Metric("moved_rate", "raw", _ratio(["raw_moved"], whole), raw),
        Metric("verbatim_rate", "kept", verbatim, _items_of("kept")),
    ]


METRICS: tuple[Metric, ...] = (
    *_of_items(""),
    Metric("item_f1_macro", MODE, _macro, _labels("")),
    *(metric for kind in KINDS for metric in _of_items(f".{kind}")),
    *_of_windows(),
    *_of_quotes(),
)
