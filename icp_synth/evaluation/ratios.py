"""What a metric is: one weighted sum of counts over another.

A metric is a ratio of two weighted sums, or the mean of several such ratios (macro), so
that value, epochs, bootstrap draws and the terms of one interview all come from one
definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from icp_synth.evaluation.tallies import Tally

Counts = Mapping[str, int | float]
Weights = Mapping[str, float]


@dataclass(frozen=True)
class Ratio:
    """One weighted sum of counts over another.

    Attributes:
        part: Count → weight, above the line.
        whole: Count → weight, below it; a sum of 0 leaves the ratio undefined.
        needs: Sums that must not be 0 either: F1 needs labels and predictions.
    """

    part: Weights
    whole: Weights
    needs: tuple[Weights, ...] = ()


@dataclass(frozen=True)
class Metric:
    """A named figure.

    Attributes:
        name: As contracts.md writes it.
        mode: What was matched or counted in which way.
        ratios: Its value is their mean, undefined ones left out.
        items: What it is a figure of: the sum of these counts.
    """

    name: str
    mode: str
    ratios: tuple[Ratio, ...]
    items: Weights

    def tally(self, interview: str, counts: Counts) -> Tally | None:
        """Return one interview's terms, for comparing two systems.

        Args:
            interview: Its name.
            counts: Its counts, summed over epochs.

        Returns:
            None for a mean of several ratios, which has no terms.
        """
        if len(self.ratios) != 1:
            return None
        (ratio,) = self.ratios
        return Tally(
            interview=interview,
            part=_sum(ratio.part, counts),
            whole=_sum(ratio.whole, counts),
            defined=all(_sum(one, counts) for one in ratio.needs),
        )


@dataclass(frozen=True)
class Matched:
    """Counts of a matching.

    Attributes:
        credit: What is right.
        predicted: All that was predicted, right or wrong.
        labelled: All that was asked for.
    """

    credit: Weights
    predicted: Weights
    labelled: Weights

    def f1(self) -> Ratio:
        """F1 = 2 credit / (predicted + labelled), undefined without either."""
        both = dict(self.predicted)
        for name, weight in self.labelled.items():
            both[name] = both.get(name, 0.0) + weight
        twice = {name: 2 * weight for name, weight in self.credit.items()}
        return Ratio(twice, both, (self.predicted, self.labelled))

    def metrics(self, name: str, mode: str, of: str) -> tuple[Metric, ...]:
        """F1, precision and recall."""
        precision = Ratio(self.credit, self.predicted)
        recall = Ratio(self.credit, self.labelled)
        return tuple(
            Metric(f"{name}_{what}{of}", mode, (ratio,), self.labelled)
            for what, ratio in (
                ("f1", self.f1()),
                ("precision", precision),
                ("recall", recall),
            )
        )


def _sum(weights: Weights, counts: Counts) -> float:
    return sum(weight * counts.get(name, 0) for name, weight in weights.items())
