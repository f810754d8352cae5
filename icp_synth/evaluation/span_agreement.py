"""How far two annotators mark the same stretches of the same texts.

Spans have no units on which "neither marked it" could be counted, so that kappa and
its kin do not apply. Agreement is F1, which is the same from either side: of items
paired by the codebook's rule, and of characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

# A pair needs this share of the shorter quote in common (codebook.md).
ENOUGH = 0.5


class Mark(Value):
    """One thing that an annotator marked.

    Attributes:
        kind: Its kind; marks of different kinds are never paired. Leave it empty
            to compare stretches alone.
        spans: Its quotes, half-open code points; the best pair of quotes counts.
    """

    kind: str = ""
    spans: tuple[Span, ...]


class SpanAgreement(Value):
    """Agreement of two annotators on spans, over all texts.

    Attributes:
        n_texts: Texts that either annotated.
        n_first: Marks of the first annotator.
        n_second: Marks of the second annotator.
        pairs: Marks of one paired with one of the other.
        f1: 2 pairs / (n_first + n_second); None where neither marked anything.
        character_f1: 2 shared characters / characters of both; None likewise.
        character_iou: Shared characters / characters that either marked; likewise.
    """

    n_texts: int
    n_first: int
    n_second: int
    pairs: int
    f1: float | None
    character_f1: float | None
    character_iou: float | None


def span_agreement(
    first: Mapping[str, Sequence[Mark]], second: Mapping[str, Sequence[Mark]]
) -> SpanAgreement:
    """Compare the marks of two annotators text by text.

    Two marks may be paired where their kinds are equal and their quotes overlap by
    at least half of the shorter. The pairing is one to one and has, first, as many
    pairs as possible and, second, the greatest overlap. Characters are counted once
    for each kind that covers them.

    Args:
        first: By text, what the first annotator marked; a text that is missing
            counts as one without marks.
        second: The same for the second annotator.

    Returns:
        Micro figures over all texts.

    Source:
        Hripcsak & Rothschild 2005 (F1 as agreement where negatives are unbounded);
        pairing by the codebook.

    Example:
        >>> one = {"anna": [Mark(spans=(Span(start=0, end=10),))]}
        >>> two = {"anna": [Mark(spans=(Span(start=5, end=15),))]}
        >>> found = span_agreement(one, two)
        >>> found.f1, found.character_f1
        (1.0, 0.5)
    """
    texts = sorted({*first, *second})
    pairs = shared = size_first = size_second = 0
    for text in texts:
        mine, yours = first.get(text, ()), second.get(text, ())
        pairs += _pairs(mine, yours)
        one, two = _characters(mine), _characters(yours)
        shared += len(one & two)
        size_first += len(one)
        size_second += len(two)
    n_first = sum(len(first.get(text, ())) for text in texts)
    n_second = sum(len(second.get(text, ())) for text in texts)
    return SpanAgreement(
        n_texts=len(texts),
        n_first=n_first,
        n_second=n_second,
        pairs=pairs,
        f1=_share(2 * pairs, n_first + n_second),
        character_f1=_share(2 * shared, size_first + size_second),
        character_iou=_share(shared, size_first + size_second - shared),
    )


def _pairs(first: Sequence[Mark], second: Sequence[Mark]) -> int:
    """Return the number of pairs of the best one-to-one pairing."""
    if not first or not second:
        return 0
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    overlap = np.array([[_overlap(one, two) for two in second] for one in first])
    allowed = overlap >= ENOUGH
    # One more pair is worth more than any sum of overlaps.
    worth = np.where(allowed, min(overlap.shape) + 1 + overlap, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    return int(allowed[rows, columns].sum())


def _overlap(one: Mark, two: Mark) -> float:
    if one.kind != two.kind:
        return 0.0
    shares = (a.overlap_of_shorter(b) for a in one.spans for b in two.spans)
    return max(shares, default=0.0)


def _characters(marks: Sequence[Mark]) -> set[tuple[str, int]]:
    return {
        (mark.kind, place)
        for mark in marks
        for span in mark.spans
        for place in range(span.start, span.end)
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
