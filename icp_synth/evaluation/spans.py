"""Spans of quotes against spans of labels, in the four modes of SemEval-2013.

What is compared is a *stretch*: a quote, or several quotes of one item that overlap
one another. Those of an agreed label are the same words as two annotators cut them, so
that they are alternatives, and the one that fits best counts.

Stretches are assigned one to one, so that overlapping spans need no special rule. The
assignment has the greatest credit (COR 1, PAR 0.5), among those the most pairs, and
among those the greatest overlap. Agreed labels come first; predictions left over that
overlap a stretch of an optional label leave the count.

Source:
    Segura-Bedmar et al. 2013 (SemEval-2013 task 9.1, S13-2056), after MUC-5
    (Chinchor & Sundheim 1993, M93-1007), on character offsets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

SpanMode = Literal["strict", "exact", "partial", "type"]
SPAN_MODES: tuple[SpanMode, ...] = get_args(SpanMode)
_WITH_KIND = frozenset({"strict", "type"})


class Stretch(NamedTuple):
    """Words that one item cites.

    Attributes:
        kind: The item's.
        spans: One span, or several that overlap: alternatives of the same words.
    """

    kind: str
    spans: tuple[Span, ...]


def stretches(items: Sequence[Item]) -> tuple[Stretch, ...]:
    """Return what items cite, quotes of one item that overlap taken together.

    Example:
        >>> spans = tuple(Span(start=a, end=b) for a, b in [(0, 9), (0, 10), (20, 30)])
        >>> item = Item(kind="pain", category="fear", spans=spans)
        >>> [len(one.spans) for one in stretches([item])]
        [2, 1]
    """
    found: list[Stretch] = []
    for item in items:
        group: list[Span] = []
        for span in sorted(item.spans, key=lambda one: (one.start, one.end)):
            if group and span.start >= max(one.end for one in group):
                found.append(Stretch(item.kind, tuple(group)))
                group = []
            group.append(span)
        if group:
            found.append(Stretch(item.kind, tuple(group)))
    return tuple(found)


def count_spans(
    agreed: Sequence[Item], optional: Sequence[Item], predicted: Sequence[Item]
) -> Counter[str]:
    """Count COR, INC, PAR, MIS and SPU in every mode, and characters of pairs.

    Args:
        agreed: Labels that count.
        optional: Labels that take predictions out of the count.
        predicted: What a reader found.

    Returns:
        `span_MODE_cor` and so on, each also by kind (`.pain`): the label's kind, or
        the prediction's where there is no label. `span_shared` and `span_either` are
        the characters that both, or either, of the pairs with any overlap hold.
    """
    gold, spare, found = stretches(agreed), stretches(optional), stretches(predicted)
    to_gold, to_spare = _Fit.of(gold, found), _Fit.of(spare, found)
    counts: Counter[str] = Counter()
    for mode in SPAN_MODES:
        pairs = to_gold.pairs(mode, [*range(len(found))])
        left = sorted({*range(len(found))} - {column for _, column in pairs})
        # Exact and partial pass over kinds, and so do their optional labels.
        neutral = {column for _, column in to_spare.pairs(mode, left, same_kind=True)}
        for row, column in pairs:
            verdict = to_gold.verdict(mode, row, column)
            _count(counts, f"span_{mode}_{verdict}", gold[row].kind)
        for row in {*range(len(gold))} - {row for row, _ in pairs}:
            _count(counts, f"span_{mode}_mis", gold[row].kind)
        for column in {*left} - neutral:
            _count(counts, f"span_{mode}_spu", found[column].kind)
        if mode == "partial":
            for row, column in pairs:
                kind = gold[row].kind
                shared, either = to_gold.characters(row, column)
                _count(counts, "span_shared", kind, shared)
                _count(counts, "span_either", kind, either)
    return counts


def _count(counts: Counter[str], name: str, kind: str, number: int = 1) -> None:
    counts[name] += number
    counts[f"{name}.{kind}"] += number


class _Fit(NamedTuple):
    """Every stretch of labels against every predicted one; arrays of that shape."""

    shared: Floats
    either: Floats
    same: Flags
    kind: Flags

    @classmethod
    def of(cls, gold: Sequence[Stretch], found: Sequence[Stretch]) -> _Fit:
        import numpy as np

        shape = (len(gold), len(found))
        shared, either = np.zeros(shape), np.ones(shape)
        same, kind = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        for row, one in enumerate(gold):
            for column, other in enumerate(found):
                kind[row, column] = one.kind == other.kind
                if one.spans[0].start < _end(other) and other.spans[0].start < _end(
                    one
                ):
                    best = _best(one, other)
                    shared[row, column], either[row, column] = best
                    same[row, column] = best[0] == best[1]
        return cls(shared, either, same, kind)

    def credit(self, mode: SpanMode) -> Floats:
        """Return 1 for COR, 0.5 for PAR, 0 for INC; nothing without overlap."""
        import numpy as np

        right: Floats
        if mode == "strict":
            right = (self.same & self.kind).astype(np.float64)
        elif mode == "exact":
            right = self.same.astype(np.float64)
        elif mode == "type":
            right = ((self.shared > 0) & self.kind).astype(np.float64)
        else:
            right = np.where(self.same, 1.0, np.where(self.shared > 0, 0.5, 0.0))
        return right

    def pairs(
        self, mode: SpanMode, columns: Sequence[int], *, same_kind: bool = False
    ) -> list[tuple[int, int]]:
        """Return the best assignment over these predictions, pairs that overlap.

        Args:
            mode: Decides the credit.
            columns: Places of predictions.
            same_kind: Whether a mode that looks at kinds pairs only equal ones.
        """
        if not len(self.shared) or not columns:
            return []
        from scipy.optimize import linear_sum_assignment

        iou = (self.shared / self.either)[:, columns]
        allowed = iou > 0
        if same_kind and mode in _WITH_KIND:
            allowed &= self.kind[:, columns]
        # Each step outweighs all that the steps below it can sum to.
        step = min(iou.shape) + 1.0
        worth = allowed * (iou + step + 2 * step**2 * self.credit(mode)[:, columns])
        rows, places = linear_sum_assignment(worth, maximize=True)
        return [
            (row, columns[place])
            for row, place in zip(rows.tolist(), places.tolist(), strict=True)
            if allowed[row, place]
        ]

    def verdict(self, mode: SpanMode, row: int, column: int) -> str:
        """Return `cor`, `par` or `inc` for a pair that overlaps."""
        credit = self.credit(mode)[row, column]
        return "cor" if credit == 1 else "par" if credit else "inc"

    def characters(self, row: int, column: int) -> tuple[int, int]:
        """Return how many characters both, and either, of a pair hold."""
        return int(self.shared[row, column]), int(self.either[row, column])


def _end(stretch: Stretch) -> int:
    return max(span.end for span in stretch.spans)


def _best(one: Stretch, other: Stretch) -> tuple[int, int]:
    """Return shared and all characters of the alternatives that fit best."""
    pairs = [
        (shared, len(a) + len(b) - shared)
        for a in one.spans
        for b in other.spans
        if (shared := a.overlap(b))
    ]
    return max(pairs, key=lambda pair: (pair[0] / pair[1], pair), default=(0, 1))
