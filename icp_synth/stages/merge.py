"""Merge what one participant said twice, so that people count and not mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from icp_synth.domain.insights import Insight, Quote, insight_id
from icp_synth.domain.values import Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_QUOTES = 3
"""A codebook rule: one to three quotes an insight."""

_SAME_PLACE = 0.5
_LIKE_WORDS = 0.6
_SAME_WORDS = 0.92


class Merged(Value):
    """One insight a thing said, and how many were folded into others.

    `quotes_left_out` counts further quotes of a folded insight that say the same
    beyond the three that an insight holds; `rows` are the places, among those given,
    of the first that each insight was made of.
    """

    insights: tuple[Insight, ...]
    merged: int
    quotes_left_out: int = 0
    rows: tuple[int, ...] = ()


def merge(
    insights: Sequence[Insight],
    vectors: NDArray[np.float32],
    text_hashes: Mapping[str, str],
) -> Merged:
    """Merge duplicates of one participant within one transcript.

    Two insights are one when kind, category, field and value agree and they say
    nearly the same words (cosine of at least 0.92), or their quotes lie in the same
    place (overlap of at least half of the shorter) and what was written of it is
    alike (0.6): one sentence that says two things is two insights. What a person
    says again in another interview stays apart: quotes live in one transcript, and
    themes count people anyway.

    Args:
        insights: Grounded, in the order of the source.
        vectors: Unit vectors of the statements, shape (len(insights), d).
        text_hashes: Transcript name → hash of its canonical text, for new ids.

    Returns:
        In the order of the source; a merged insight has up to three quotes.
    """
    parent = list(range(len(insights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    groups: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for i, insight in enumerate(insights):
        groups[_about(insight)].append(i)
    for members in groups.values():
        # In double precision, so that no order of summing decides.
        rows = vectors[members].astype("float64")
        likeness = (rows @ rows.T).round(6)
        for a, b in _alike([insights[i] for i in members], likeness):
            first, second = sorted((root(members[a]), root(members[b])))
            parent[second] = first
    clusters: dict[int, list[Insight]] = defaultdict(list)
    for i, insight in enumerate(insights):
        clusters[root(i)].append(insight)
    folded = [_fold(clusters[i], text_hashes) for i in sorted(clusters)]
    return Merged(
        insights=tuple(insight for insight, _ in folded),
        merged=len(insights) - len(folded),
        quotes_left_out=sum(left_out for _, left_out in folded),
        rows=tuple(sorted(clusters)),
    )


def fold_same(insights: Sequence[Insight], text_hashes: Mapping[str, str]) -> Merged:
    """Fold insights of one person on the same words into the first of them.

    Two of one person on the same words are two while their kinds differ, and one when
    a vote gives them one kind, whatever the categories. Facts stay apart.

    Args:
        insights: In the order of the source, whatever changed their kinds.
        text_hashes: Transcript name → hash of its canonical text.

    Returns:
        In the order of the source; every id once, and of one kind every first quote.
    """
    rows: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for row, insight in enumerate(insights):
        rows[_words_of(insight)].append(row)
    folded = [
        _fold([insights[row] for row in same], text_hashes) for same in rows.values()
    ]
    return Merged(
        insights=tuple(insight for insight, _ in folded),
        merged=len(insights) - len(folded),
        quotes_left_out=sum(left_out for _, left_out in folded),
        rows=tuple(same[0] for same in rows.values()),
    )


def _words_of(insight: Insight) -> tuple[object, ...]:
    """Return what two insights on the same words have in common."""
    if insight.attribute is not None or insight.statement_origin == "written":
        return (insight.id,)
    first = insight.quotes[0]
    return (
        insight.participant,
        insight.transcript,
        insight.kind,
        first.start,
        first.end,
    )


def _about(insight: Insight) -> tuple[str | None, ...]:
    """Return what must agree: "We use Xero and Excel" is two facts of one quote."""
    value = insight.value and " ".join(insight.value.casefold().split())
    return (
        insight.participant,
        insight.transcript,
        insight.kind,
        insight.category,
        insight.attribute,
        value,
    )


def _alike(
    group: Sequence[Insight], likeness: NDArray[np.float64]
) -> Iterator[tuple[int, int]]:
    """Yield pairs that are one: by their words, or by their place and words."""
    for a, b in zip(*(likeness >= _SAME_WORDS).nonzero(), strict=True):
        if a < b:
            yield int(a), int(b)
    for a, b in _same_place(group):
        quoted = {group[a].statement_origin, group[b].statement_origin} == {"verbatim"}
        if quoted or likeness[a, b] >= _LIKE_WORDS:
            yield a, b


def _same_place(group: Sequence[Insight]) -> Iterator[tuple[int, int]]:
    """Yield pairs with quotes that overlap by half of the shorter."""
    places = sorted(
        (quote.start, quote.end, i)
        for i, insight in enumerate(group)
        for quote in insight.quotes
    )
    still_open: list[tuple[int, int, int]] = []
    for start, end, i in places:
        still_open = [place for place in still_open if place[1] > start]
        for before, until, j in still_open:
            shorter = min(end - start, until - before)
            if i != j and min(end, until) - start >= _SAME_PLACE * shorter:
                yield i, j
        still_open.append((start, end, i))


def _fold(
    same: Sequence[Insight], text_hashes: Mapping[str, str]
) -> tuple[Insight, int]:
    """Keep the first one's words and what any of them adds; count quotes left out."""
    first = same[0]
    if len(same) == 1:
        return first, 0
    quotes: list[Quote] = []
    for insight in same:
        for quote in insight.quotes:
            if all(quote.span.overlap(kept.span) == 0 for kept in quotes):
                quotes.append(quote)
    strengths = [one.intensity for one in same if one.intensity is not None]
    # Said in two places is "stressed or repeated"; listed twice of one place is not.
    repeated = [2] if len(quotes) > len(first.quotes) else []
    normals = [one.normal for one in same if one.normal is not None]
    folded = first.model_copy(
        update={
            "quotes": tuple(quotes[:MOST_QUOTES]),
            "explicit": any(one.explicit for one in same),
            "intensity": max([*strengths, *repeated]) if strengths else None,
            "signals": tuple(sorted({name for one in same for name in one.signals})),
            "normal": normals[0] if normals else None,
        }
    )
    new = insight_id(text_hashes[first.transcript], folded)
    return folded.model_copy(update={"id": new}), max(0, len(quotes) - MOST_QUOTES)
