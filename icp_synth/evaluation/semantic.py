"""Matching by what statements say, with a threshold whose own quality is measured.

Statements of labels and predictions are compared as vectors (cosine). The assignment
with the greatest sum of similarities is one to one; a pair at or above tau is right
(TP), one below it a false discovery (FD), which is wrong on both sides.

Where tau is from, and how good the matcher itself is, stands in `calibration`. Without
a model the vectors are lexical: a reading that words things freely is undercounted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.evaluation.labels import Label

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from icp_synth.embedding.protocol import Embedder

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

TAU = 0.46
"""What `calibration` chose on the sixteen interviews of evals/creatives-en."""

TAU_MODE = f"tau={TAU:.2f}"
KINDLESS_MODE = f"{TAU_MODE} kindless"


class SemanticCounts(NamedTuple):
    """What became of one interview's statements, by kind.

    Attributes:
        tp: Pairs at or above tau, by the label's kind.
        fd: Pairs below it.
        fa: Predictions without a label.
        fn: Labels without a prediction.
    """

    tp: Counter[str]
    fd: Counter[str]
    fa: Counter[str]
    fn: Counter[str]


@dataclass(frozen=True)
class Likeness:
    """Similarities of one interview's statements; tau is applied afterwards.

    Attributes:
        agreed: Cosines, an array of shape (labels, predictions).
        optional: The same for optional labels.
        label_kinds: Of the agreed labels.
        optional_kinds: Of the optional ones.
        kinds: Of the predictions.
    """

    agreed: Floats
    optional: Floats
    label_kinds: tuple[str, ...]
    optional_kinds: tuple[str, ...]
    kinds: tuple[str, ...]

    @classmethod
    def of(
        cls,
        agreed: Sequence[Label],
        optional: Sequence[Label],
        predicted: Sequence[Insight],
        *,
        embedder: Embedder | None = None,
    ) -> Likeness:
        """Compare every statement of labels with every predicted one.

        Args:
            agreed: Labels that count.
            optional: Labels that take predictions out of the count.
            predicted: What a reader found; a verbatim statement is its quote.
            embedder: The embedded one when None.
        """
        groups = [
            [one.statement for one in agreed],
            [one.statement for one in optional],
            [_statement(one) for one in predicted],
        ]
        label, spare, found = vectors(groups, embedder)
        return cls(
            agreed=label @ found.T,
            optional=spare @ found.T,
            label_kinds=tuple(one.kind for one in agreed),
            optional_kinds=tuple(one.kind for one in optional),
            kinds=tuple(one.kind for one in predicted),
        )

    def count(self, tau: float = TAU, *, kindless: bool = False) -> SemanticCounts:
        """Count pairs at a threshold.

        Predictions that are no TP and are like an optional label, one to one and at
        or above tau, leave the count.

        Args:
            tau: Least cosine of two statements that say the same.
            kindless: Whether statements of different kinds may be paired.
        """
        pairs = self._kindless_pairs if kindless else self._pairs
        right = [(row, at) for row, at in pairs if self.agreed[row, at] >= tau]
        used = {at for _, at in right}
        left = [at for at in range(len(self.kinds)) if at not in used]
        allowed = self.optional >= tau
        if not kindless:
            allowed = allowed & _equal(self.optional_kinds, self.kinds)
        neutral = {at for _, at in _assign(self.optional, allowed, left)}
        below = [(row, at) for row, at in pairs if at not in used and at not in neutral]
        met = {row for row, _ in (*right, *below)}
        taken = used | neutral | {at for _, at in below}
        return SemanticCounts(
            tp=Counter(self.label_kinds[row] for row, _ in right),
            fd=Counter(self.label_kinds[row] for row, _ in below),
            fa=Counter(one for at, one in enumerate(self.kinds) if at not in taken),
            fn=Counter(one for r, one in enumerate(self.label_kinds) if r not in met),
        )

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        allowed = _equal(self.label_kinds, self.kinds)
        return _assign(self.agreed, allowed, range(len(self.kinds)))

    @cached_property
    def _kindless_pairs(self) -> list[tuple[int, int]]:
        import numpy as np

        allowed = np.ones(self.agreed.shape, dtype=bool)
        return _assign(self.agreed, allowed, range(len(self.kinds)))


def _statement(insight: Insight) -> str:
    if insight.statement_origin == "verbatim":
        return insight.quotes[0].text
    return insight.statement


def vectors(groups: Sequence[Sequence[str]], embedder: Embedder | None) -> list[Floats]:
    """Return unit vectors of each group's texts; each text is embedded once.

    Args:
        groups: Texts that belong together.
        embedder: The embedded one when None.

    Returns:
        An array of shape (texts, dimension) a group.
    """
    import numpy as np

    if embedder is None:
        from icp_synth.embedding.embedded import EmbeddedEmbedder

        embedder = EmbeddedEmbedder()
    texts = sorted({text for group in groups for text in group})
    place = {text: at for at, text in enumerate(texts)}
    vectors = np.asarray(embedder.embed(texts), dtype=np.float64)
    return [vectors[[place[text] for text in group]] for group in groups]


def _equal(one: Sequence[str], other: Sequence[str]) -> Flags:
    import numpy as np

    found: Flags = np.array([[a == b for b in other] for a in one], dtype=bool).reshape(
        len(one), len(other)
    )
    return found


def _assign(
    likeness: Floats, allowed: Flags, places: Iterable[int]
) -> list[tuple[int, int]]:
    """Return the assignment with the greatest sum over the columns at `places`."""
    columns = list(places)
    if not len(likeness) or not columns:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    allowed = allowed[:, columns]
    # Above 1, the greatest distance of two cosines within reach, so that an allowed
    # pair is never given up for one that is not.
    worth = np.where(allowed, likeness[:, columns] + 3.0, 0.0)
    rows, found = linear_sum_assignment(worth, maximize=True)
    return [
        (row, columns[at])
        for row, at in zip(rows.tolist(), found.tolist(), strict=True)
        if allowed[row, at]
    ]
