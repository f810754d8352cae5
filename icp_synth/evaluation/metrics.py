"""Metrics as functions of summed counts, each with an interval over interviews.

| metric | mode | definition |
| --- | --- | --- |
| `item_precision`, `.KIND` | codebook | tp / (tp + fa) |
| `item_recall`, `.KIND` | codebook | tp / (tp + fn) |
| `item_f1`, `.KIND` | codebook | 2 tp / (2 tp + fa + fn) |
| `item_f1_macro` | codebook | mean of `item_f1.KIND`, undefined ones left out |
| `category_accuracy`, `.KIND` | matched | same category / pairs |
| `category_accuracy`, `.KIND` | end_to_end | same category / (tp + fn) |
| `item_f1` and so on | granular | codebook; pieces and swallowed labels left out |
| `splits` | codebook | labels met by their pair and a false alarm / labels |
| `merges` | codebook | predictions that meet a missed label too / predictions |
| `item_f1` and so on, `.CATEGORY` | category | a pair needs the category as well |
| `item_f1_macro` | category | mean of `item_f1.CATEGORY` |
| `item_f1` and so on, `.KIND` | tau=0.46 | statements alike, pairs below tau wrong |
| `item_f1_macro` | tau=0.46 | mean of `item_f1.KIND` |
| `item_f1` and so on | tau=0.46 kindless | statements alike, whatever their kinds |
| `false_discoveries` | tau=0.46 | pairs below tau / pairs |
| `span_f1` and so on, `.KIND` | strict, exact, partial, type | SemEval (`spans`) |
| `span_f1_macro` | strict, exact, partial, type | mean of `span_f1.KIND` |
| `span_iou`, `.KIND` | partial | shared / all characters of stretches that pair |
| `FIELD_accuracy` | matched | right / pairs whose label states it (`fields`) |
| `FIELD_accuracy` | end_to_end | right / labels that state it |
| `signals_jaccard` | matched | signals of both / of either, over pairs |
| `attribute_unmapped` | labels | attributes outside the catalogue / attributes |
| `window_coverage` | contract | windows done or failed / windows |
| `windows_CODE` | contract | windows of that outcome / done or failed windows |
| `invalid_item_rate` | contract | items left out of an answer / those and the rest |
| `gleaned_share` | contract | items that only the second pass gave / predictions |
| `verified_rate` | raw | (exact + folded) / raw quotes |
| `quarantine_rate` | raw | neither exact, folded nor elided / raw quotes |
| `quote_status.STATUS` | raw | raw quotes of that status / raw quotes |
| `moved_rate` | raw | accepted from another turn than named / raw quotes |
| `wrong_speaker_rate` | raw | interviewer / exact to elided, interviewer, stitched |
| `verbatim_rate` | kept | quotes that are slices of their text / quotes kept |
| `interview_coverage` | turns, passages | participants' units cited / all of them |
| `label_coverage` | turns, passages | the same of agreed labels |
| `quote_position` | predicted, labels | mean place of quotes, 0 start to 1 end |
| `quote_position.N` | predicted, labels | quotes in the Nth tenth / quotes |
| NAME | own | part / whole of a user's function (`own`) |
| `cost_per_case` and so on | usage | see `usage`; no interval |

FIELD is explicit, intensity, signals, attribute or value. Sums run over interviews
before anything is divided (micro). What would divide by zero is undefined: None, in
JSON null, for people `n/a`; it is neither 0 nor 1.

An interval draws interviews, each with all its epochs; the spread between epochs stands
beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.values import Value
from icp_synth.evaluation.definitions import METRICS, metrics_of
from icp_synth.evaluation.ratios import Counts, Metric, Ratio
from icp_synth.evaluation.resampling import (
    DRAWS,
    FEWEST,
    percentile_estimate,
    resample_weights,
    too_few,
)
from icp_synth.evaluation.scoring import Scored
from icp_synth.evaluation.statistics import spread

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["METHOD", "METRICS", "SEED", "Metric", "Row", "metrics_of", "rows"]

SEED = 1
METHOD = f"cluster bootstrap {DRAWS} over interviews, percentiles, seed {SEED}"


class Row(Value):
    """One metric of one model.

    Attributes:
        value: None where it is undefined.
        n_items: What it is a figure of, summed over epochs.
        n_cases: Interviews.
        method: How the interval was made; empty where there is none.
        reason: Why there is no value or no interval, or what was left out.
        epochs: How often each interview was read.
        epoch_sd: Standard deviation of the value between epochs, over interviews that
            every epoch read; None below two.
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
    epochs: int = 1
    epoch_sd: float | None = None


def rows(cases: Sequence[Scored | Counts], model: str) -> tuple[Row, ...]:
    """Return every metric over interviews, in a fixed order.

    Args:
        cases: What is scored, an interview once an epoch. Plain counts are those of
            one interview each.
        model: Whose reading it is.
    """
    sums = _Sums([_scored(case, at) for at, case in enumerate(cases)])
    return tuple(_row(metric, sums, model) for metric in metrics_of(sums.names))


def _scored(case: Scored | Counts, at: int) -> Scored:
    if isinstance(case, Mapping):
        return Scored(case=f"{at:06}", counts=case)
    return case


class _Sums:
    """Counts summed over interviews: all, each epoch alone, and every draw.

    Attributes:
        names: Of the counts.
        n_cases: Interviews.
        n_epochs: Epochs.
    """

    def __init__(self, cases: Sequence[Scored]) -> None:
        import numpy as np

        self.names = sorted({name for case in cases for name in case.counts})
        interviews = sorted({case.case for case in cases})
        epochs = sorted({case.epoch for case in cases})
        self.n_cases, self.n_epochs = len(interviews), len(epochs)
        row = {name: at for at, name in enumerate(interviews)}
        table = np.zeros((len(epochs), len(interviews), len(self.names)))
        for case in cases:
            counts = [case.counts.get(name, 0) for name in self.names]
            table[epochs.index(case.epoch), row[case.case]] += counts
        # Epochs are compared on the interviews that all of them read.
        read = {(case.epoch, case.case) for case in cases}
        whole = [all((e, name) in read for e in epochs) for name in interviews]
        shared = table[:, np.array(whole, dtype=bool)]
        blocks = [table.sum(axis=(0, 1))[None], shared.sum(axis=1)]
        if self.n_cases >= FEWEST:
            weights = resample_weights(self.n_cases, draws=DRAWS, seed=SEED)
            blocks.append(weights @ table.sum(axis=0))
        everything = np.concatenate(blocks).T
        self._columns = dict(zip(self.names, everything, strict=True))
        self._nothing = np.zeros(everything.shape[1])

    def of(self, weights: Mapping[str, float]) -> Floats:
        """Return a weighted sum of counts: in all, by epoch, by draw."""
        total = self._nothing.copy()
        for name, weight in weights.items():
            if name in self._columns:
                total += weight * self._columns[name]
        return total

    def ratio(self, ratio: Ratio) -> Floats:
        """Return the values of a ratio, NaN where it is undefined."""
        import numpy as np

        part, whole = self.of(ratio.part), self.of(ratio.whole)
        defined = whole != 0
        for needed in ratio.needs:
            defined &= self.of(needed) != 0
        found = np.full(len(whole), np.nan)
        np.divide(part, whole, out=found, where=defined)
        return found

    def values(self, metric: Metric) -> Floats:
        """Return the values of a metric: the mean of its ratios that are defined."""
        import numpy as np

        if len(metric.ratios) == 1:
            return self.ratio(metric.ratios[0])
        known, total = self._nothing.copy(), self._nothing.copy()
        for ratio in metric.ratios:
            found = self.ratio(ratio)
            known += ~np.isnan(found)
            total += np.nan_to_num(found)
        mean = np.full(len(total), np.nan)
        np.divide(total, known, out=mean, where=known > 0)
        return mean


def _row(metric: Metric, sums: _Sums, model: str) -> Row:
    found = sums.values(metric)
    value = _known(found[0])
    by_epoch = [_known(one) for one in found[1 : 1 + sums.n_epochs]]
    low, high, reason = None, None, _why_no_interval(value, sums.n_cases)
    if reason is None:
        drawn = found[1 + sums.n_epochs :]
        estimate = percentile_estimate(value, drawn, method=METHOD)
        low, high, reason = estimate.low, estimate.high, estimate.reason or None
        if reason is None and estimate.undefined_draws:
            reason = f"undefined in {estimate.undefined_draws} of {DRAWS} draws"
    missing = [one for one in metric.ratios if _known(sums.ratio(one)[0]) is None]
    if value is not None and missing:
        parts = f"{len(missing)} of {len(metric.ratios)} parts undefined and left out"
        reason = f"{reason}; {parts}" if reason else parts
    return Row(
        name=metric.name,
        mode=metric.mode,
        model=model,
        value=_rounded(value),
        ci_low=_rounded(low),
        ci_high=_rounded(high),
        n_items=round(float(sums.of(metric.items)[0])),
        n_cases=sums.n_cases,
        method="" if low is None else METHOD,
        reason=reason,
        epochs=sums.n_epochs or 1,
        epoch_sd=_rounded(spread(by_epoch)),
    )


def _why_no_interval(value: float | None, n_cases: int) -> str | None:
    if n_cases == 0:
        return "no interview was scored"
    if value is None:
        return "undefined: nothing to divide by"
    return too_few(n_cases) if n_cases < FEWEST else None


def _known(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124 - NaN alone differs


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)
