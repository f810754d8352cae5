"""Find the stretch of a transcript that a quote resembles, in order and in bounds.

A quote resembles a stretch when at least 70 % of its tokens stand there in the same
order, and the stretch is at most 1.5 times as long as the quote. The search is
bounded: the quote's rarest tokens say where to look, and the longest common
subsequence is computed on the bits of whole numbers (Hyyrö, "Bit-parallel LCS-length
computation revisited", 2004).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_TOKENS = 1_000
"""Longer quotes are not compared."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of a transcript without punctuation, as they are searched.

    Attributes:
        texts: All tokens.
        postings: For each token its places in `texts`, ascending.
        reach: For each stretch that may be cited its half-open range in `texts`.
    """

    texts: Sequence[str]
    postings: Mapping[str, Sequence[int]]
    reach: Collection[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A stretch `[start, end)` of tokens and which of them are the quote's.

    `pairs` are (token of the quote, token of the source), ascending in both.
    """

    start: int
    end: int
    pairs: tuple[tuple[int, int], ...]


class _Stretch(NamedTuple):
    """A stretch that holds enough of the quote; the greater the more like it.

    `likeness` is Dice's: twice the aligned tokens over the tokens of both.
    """

    likeness: float
    negative_start: int
    length: int


def align(quote: Sequence[str], source: Words) -> Alignment | None:
    """Align a quote with the stretch that is most like it.

    Args:
        quote: Folded tokens.
        source: The transcript's.

    Returns:
        The alignment; of equals the first. None when no stretch holds enough.
    """
    need = -(-7 * len(quote) // 10)
    width = 3 * len(quote) // 2
    if not need or len(quote) > MOST_TOKENS:
        return None
    best: _Stretch | None = None
    for region in _regions(quote, source, need, width):
        for found in _stretches(quote, source.texts, region, (need, width)):
            if best is None or found > best:
                best = found
    if best is None:
        return None
    start = -best.negative_start
    end = start + best.length
    pairs = _pairs(quote, source.texts[start:end])
    return Alignment(start, end, tuple((mine, start + its) for mine, its in pairs))


def _regions(
    quote: Sequence[str], source: Words, need: int, width: int
) -> Iterator[tuple[int, int]]:
    """Yield the ranges of tokens that may hold a stretch, in order, not overlapping.

    At most `len(quote) - need` tokens of the quote may be missing, so of any choice
    of tokens all but that many must stand within one stretch. The rarest are chosen.
    """
    misses = len(quote) - need
    by_rarity = sorted(
        range(len(quote)),
        key=lambda index: (len(source.postings.get(quote[index], ())), index),
    )
    hits_needed = max(1, need // 2)
    chosen = by_rarity[: misses + hits_needed]
    hits = sorted(
        place for index in chosen for place in source.postings.get(quote[index], ())
    )
    for first, last in sorted(source.reach):
        inside = _between(hits, first, last)
        open_from = open_to = -1
        for low, high in zip(inside, inside[hits_needed - 1 :], strict=False):
            if high - low >= width:
                continue
            start = max(first, high - width + 1)
            end = min(last, low + width)
            if start <= open_to:
                open_to = max(open_to, end)
                continue
            if open_to >= 0:
                yield open_from, open_to
            open_from, open_to = start, end
        if open_to >= 0:
            yield open_from, open_to


def _between(places: Sequence[int], first: int, last: int) -> Sequence[int]:
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _stretches(
    quote: Sequence[str],
    texts: Sequence[str],
    region: tuple[int, int],
    bounds: tuple[int, int],
) -> Iterator[_Stretch]:
    """Yield of each start the stretch most like the quote that holds enough of it.

    For long quotes only some starts are tried; a stretch that begins a little early
    aligns just as well. `bounds` are the tokens needed and the longest stretch.
    """
    size = len(quote)
    need, width = bounds
    masks: dict[str, int] = {}
    for index, text in enumerate(quote):
        masks[text] = masks.get(text, 0) | 1 << index
    full = (1 << size) - 1
    starts = [at for at in range(*region) if texts[at] in masks]
    for start in starts[:: max(1, size // 50)]:
        row, best = full, None
        for at in range(start, min(start + width, region[1])):
            mask = masks.get(texts[at])
            if mask is None:
                continue
            common = row & mask
            row = (row + common | row - common) & full
            aligned = size - row.bit_count()
            if aligned < need:
                continue
            length = at + 1 - start
            found = _Stretch(2 * aligned / (size + length), -start, length)
            if best is None or found > best:
                best = found
        if best is not None:
            yield best


def _pairs(quote: Sequence[str], stretch: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return a longest common subsequence as pairs of indices."""
    width = len(stretch)
    rows = [[0] * (width + 1)]
    for word in reversed(quote):
        below, row = rows[-1], [0] * (width + 1)
        for its in reversed(range(width)):
            same = below[its + 1] + 1 if word == stretch[its] else 0
            row[its] = max(same, below[its], row[its + 1])
        rows.append(row)
    rows.reverse()
    pairs: list[tuple[int, int]] = []
    mine = its = 0
    while mine < len(quote) and its < width:
        if quote[mine] == stretch[its]:
            pairs.append((mine, its))
            mine, its = mine + 1, its + 1
        elif rows[mine + 1][its] >= rows[mine][its + 1]:
            mine += 1
        else:
            its += 1
    return tuple(pairs)
