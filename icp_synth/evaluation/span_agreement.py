"""How far two annotators mark the same stretches of the same texts.

Spans have no units on which "neither marked it" could be counted, so that kappa and
its kin do not apply. Agreement is F1, which is the same from either side: of items
paired by the codebook's rule, and of characters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from icp_synth.domain.fields import Kind
from icp_synth.domain.values import Value
from icp_synth.evaluation.matching import Item, match

_ANY_KIND: Kind = "trait"


class SpanAgreement(Value):
    """Agreement of two annotators on spans, over all texts.

    Attributes:
        n_texts: Texts that either annotated.
        n_first: Items of the first annotator.
        n_second: Items of the second annotator.
        pairs: Items of one paired with one of the other.
        f1: 2 pairs / (n_first + n_second); None where neither marked
            anything.
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
    first: Mapping[str, Sequence[Item]],
    second: Mapping[str, Sequence[Item]],
    *,
    kinds: bool = True,
) -> SpanAgreement:
    """Compare what two annotators marked, text by text.

    Items are paired one to one by the codebook's rule: equal kinds, and quotes that
    overlap by at least half of the shorter. Characters are counted once for each
    kind that covers them.

    Args:
        first: By text, what the first annotator marked; a text that is missing
            counts as one without items.
        second: The same for the second annotator.
        kinds: False compares stretches alone, whatever their kinds.

    Returns:
        Micro figures over all texts; swapping the annotators changes none of them.

    Source:
        Hripcsak & Rothschild 2005 (F1 as agreement where negatives cannot be
        counted); pairing as in `match`.

    Example:
        >>> from icp_synth.domain.spans import Span
        >>> def pain(start: int, end: int) -> Item:
        ...     spans = (Span(start=start, end=end),)
        ...     return Item(kind="pain", category="fear", spans=spans)
        >>> found = span_agreement({"anna": [pain(0, 10)]}, {"anna": [pain(5, 15)]})
        >>> found.f1, found.character_f1
        (1.0, 0.5)
    """
    texts = sorted({*first, *second})
    one = {text: _kept(first.get(text, ()), kinds=kinds) for text in texts}
    two = {text: _kept(second.get(text, ()), kinds=kinds) for text in texts}
    n_first, n_second = _total(one), _total(two)
    pairs = sum(len(match(one[text], (), two[text]).pairs) for text in texts)
    mine, yours = _characters(one), _characters(two)
    shared, either = len(mine & yours), len(mine | yours)
    return SpanAgreement(
        n_texts=len(texts),
        n_first=n_first,
        n_second=n_second,
        pairs=pairs,
        f1=_share(2 * pairs, n_first + n_second),
        character_f1=_share(2 * shared, len(mine) + len(yours)),
        character_iou=_share(shared, either),
    )


def _kept(items: Sequence[Item], *, kinds: bool) -> list[Item]:
    if kinds:
        return list(items)
    # One kind for all: then kinds cannot keep two items apart.
    return [item.model_copy(update={"kind": _ANY_KIND}) for item in items]


def _total(items: Mapping[str, Sequence[Item]]) -> int:
    return sum(len(found) for found in items.values())


def _characters(items: Mapping[str, Sequence[Item]]) -> set[tuple[str, str, int]]:
    return {
        (text, item.kind, place)
        for text, found in items.items()
        for item in found
        for span in item.spans
        for place in range(span.start, span.end)
    }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
