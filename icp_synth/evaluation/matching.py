"""Which prediction meets which label, by the codebook's rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from icp_synth.domain.fields import Kind
from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

MODE = "codebook"
_LEAST = 0.5
"""Of the shorter quote, that a pair must share."""


class Item(Value):
    """What is matched: a label or a prediction, with the stretches that it cites."""

    kind: Kind
    category: str
    spans: tuple[Span, ...]

    @property
    def content(self) -> tuple[str, str, tuple[tuple[int, int], ...]]:
        """What makes two predictions exact duplicates."""
        places = tuple(sorted((span.start, span.end) for span in self.spans))
        return (self.kind, self.category, places)


class Pair(NamedTuple):
    """A label and the prediction that meets it, by position.

    `score` is the overlap as a share of the shorter quote, 0.5 to 1.
    """

    label: int
    prediction: int
    score: float


class Matching(NamedTuple):
    """What became of all labels and predictions of one interview.

    Attributes:
        pairs: Agreed labels that were found.
        missed: Agreed labels that were not.
        absorbed: Optional labels with the predictions that they take out of the
            count; `label` is a position among the optional ones.
        false_alarms: The other predictions.
    """

    pairs: tuple[Pair, ...]
    missed: tuple[int, ...]
    absorbed: tuple[Pair, ...]
    false_alarms: tuple[int, ...]


def match(
    agreed: Sequence[Item], optional: Sequence[Item], predicted: Sequence[Item]
) -> Matching:
    """Match predictions to labels.

    A pair needs the same kind and an overlap of at least half of the shorter quote;
    of several quotes the best pair counts. The assignment has as many pairs as can
    be, and among those the greatest sum of overlaps. Agreed labels come first;
    optional ones then take predictions that are left. An exact duplicate of another
    prediction is taken by none of them: it is a false alarm.

    Args:
        agreed: Labels that count.
        optional: Labels that only one annotator gave.
        predicted: What a reader found.

    Example:
        >>> pain = Item(kind="pain", category="fear", spans=(Span(start=0, end=9),))
        >>> match([pain], [], [pain, pain]).false_alarms
        (1,)
    """
    everything = range(len(predicted))
    pairs = _assign(agreed, predicted, everything)
    used = {pair.prediction for pair in pairs}
    seen = {predicted[at].content for at in used}
    left = []
    for at in everything:
        if at not in used and predicted[at].content not in seen:
            seen.add(predicted[at].content)
            left.append(at)
    absorbed = _assign(optional, predicted, left)
    used |= {pair.prediction for pair in absorbed}
    found = {pair.label for pair in pairs}
    return Matching(
        pairs=pairs,
        missed=tuple(at for at in range(len(agreed)) if at not in found),
        absorbed=absorbed,
        false_alarms=tuple(at for at in everything if at not in used),
    )


def overlap(label: Item, prediction: Item) -> float:
    """Return the best overlap of the shorter quote, or 0 where it is no pair."""
    if label.kind != prediction.kind:
        return 0.0
    best = max(
        (
            one.overlap_of_shorter(other)
            for one in label.spans
            for other in prediction.spans
        ),
        default=0.0,
    )
    return best if best >= _LEAST else 0.0


def _assign(
    labels: Sequence[Item], predicted: Sequence[Item], places: Sequence[int]
) -> tuple[Pair, ...]:
    """Return the best assignment of labels to the predictions at `places`."""
    if not labels or not places:
        return ()
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    shares = np.array(
        [[overlap(label, predicted[at]) for at in places] for label in labels]
    )
    # More than all overlaps together can sum to: one more pair always wins.
    each = min(shares.shape) + 1.0
    worth = np.where(shares > 0, shares + each, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return tuple(
        Pair(row, places[column], float(shares[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if shares[row, column] > 0
    )
