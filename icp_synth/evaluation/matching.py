"""Which prediction meets which label, by the codebook's rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.fields import Kind
from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shares = NDArray[np.float64]

MODE = "codebook"
LEAST = 0.5
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
    return Overlaps.of(agreed, optional, predicted).match()


class Overlaps(NamedTuple):
    """How far labels and predictions overlap, whatever share a pair then needs.

    Attributes:
        agreed: Shares of the shorter quote, an array of shape (labels, predictions);
            0 where kinds differ.
        optional: The same for the optional labels.
        contents: What makes two predictions exact duplicates.
    """

    agreed: Shares
    optional: Shares
    contents: tuple[object, ...]

    @classmethod
    def of(
        cls, agreed: Sequence[Item], optional: Sequence[Item], predicted: Sequence[Item]
    ) -> Overlaps:
        """Measure every label against every prediction."""
        return cls(
            agreed=overlaps(agreed, predicted),
            optional=overlaps(optional, predicted),
            contents=tuple(item.content for item in predicted),
        )

    def match(self, least: float = LEAST) -> Matching:
        """Return what meets what.

        Args:
            least: Share of the shorter quote that a pair needs, above 0 and up to 1.
        """
        everything = range(len(self.contents))
        pairs = _assign(self.agreed, everything, least)
        used = {pair.prediction for pair in pairs}
        seen = {self.contents[at] for at in used}
        left = []
        for at in everything:
            if at not in used and self.contents[at] not in seen:
                seen.add(self.contents[at])
                left.append(at)
        absorbed = _assign(self.optional, left, least)
        used |= {pair.prediction for pair in absorbed}
        found = {pair.label for pair in pairs}
        return Matching(
            pairs=pairs,
            missed=tuple(at for at in range(len(self.agreed)) if at not in found),
            absorbed=absorbed,
            false_alarms=tuple(at for at in everything if at not in used),
        )


def overlap(label: Item, prediction: Item) -> float:
    """Return the best overlap of the shorter quote, or 0 where it is no pair."""
    share = float(overlaps([label], [prediction])[0, 0])
    return share if share >= LEAST else 0.0


def overlaps(
    labels: Sequence[Item], predicted: Sequence[Item], *, kinds: bool = True
) -> Shares:
    """Return the best overlap of every label with every prediction.

    Args:
        labels: The rows.
        predicted: The columns.
        kinds: Whether another kind overlaps nothing.

    Returns:
        An array of shape (labels, predictions): of several quotes the best pair's
        overlap as a share of the shorter one, 0 to 1.
    """
    import numpy as np

    if not labels or not predicted:
        return np.zeros((len(labels), len(predicted)))
    row, rows = _bounds(labels)
    column, columns = _bounds(predicted)
    ends = np.minimum(rows[:, 1, None], columns[None, :, 1])
    shared = np.maximum(0, ends - np.maximum(rows[:, 0, None], columns[None, :, 0]))
    lengths = np.minimum(np.diff(rows), np.diff(columns).T)
    shares = shared / np.maximum(lengths, 1)
    best = np.maximum.reduceat(np.maximum.reduceat(shares, row), column, axis=1)
    if kinds:
        own = np.array([item.kind for item in labels])
        best = best * (own[:, None] == np.array([item.kind for item in predicted]))
    found: Shares = best.astype(np.float64)
    return found


def _bounds(items: Sequence[Item]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each item's quotes begin, and all quotes as (start, end)."""
    import numpy as np

    # An item without a quote gets an empty one, which overlaps nothing.
    places = [[(one.start, one.end) for one in i.spans] or [(0, 0)] for i in items]
    first = np.cumsum([0, *(len(one) for one in places[:-1])])
    return first, np.array([place for one in places for place in one], dtype=np.int64)


def _assign(shares: Shares, places: Sequence[int], least: float) -> tuple[Pair, ...]:
    """Return the best assignment of labels to the predictions at `places`."""
    if not len(shares) or not places:
        return ()
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    shares = shares[:, list(places)]
    shares = np.where(shares >= least, shares, 0.0)
    # More than all overlaps together can sum to: one more pair always wins.
    each = min(shares.shape) + 1.0
    worth = np.where(shares > 0, shares + each, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return tuple(
        Pair(row, places[column], float(shares[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if shares[row, column] > 0
    )
