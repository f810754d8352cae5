"""Anchors: quotes that are found again after a transcript was corrected.

An anchor is a transcript's name, the quote, 32 code points before and after, and
where it stood. In the same text it is found at once; in a corrected one it is
looked for by its words, by pieces of its words, and by what stood around it. Two
anchors are one when, found again, they overlap by half of the shorter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from icp_synth.domain.insights import Insight
from icp_synth.domain.reviews import Anchor
from icp_synth.domain.spans import Span

SURROUNDINGS = 32
"""Code points kept before and after a quote."""

SAME_PLACE = 0.5
"""Share of the shorter span that two anchors must have in common to be one."""

_HOOK = 12
"""Code points of the surroundings that are looked for letter by letter."""

_NEAREST = 8
"""Occurrences of one piece that are tried, nearest to the old place first."""

_SHORT = 6
_ALIKE = 0.8
_ALIKE_IN_PLACE = 0.5
_HELD = 0.5


def make_anchor(transcript: str, text: str, span: Span) -> Anchor:
    """Return the anchor of a stretch of a transcript.

    Args:
        transcript: Its name.
        text: Its canonical text.
        span: The quote, in code points of `text`.

    Example:
        >>> make_anchor("a.txt", "It is too slow.", Span(start=6, end=9)).quote
        'too'
    """
    return Anchor(
        transcript=transcript,
        quote=span.of(text),
        before=text[max(0, span.start - SURROUNDINGS) : span.start],
        after=text[span.end : span.end + SURROUNDINGS],
        start=span.start,
    )


def anchors_of(
    insights: Iterable[Insight], texts: Mapping[str, str]
) -> tuple[Anchor, ...]:
    """Return the anchors of every quote of these insights, by place, once each.

    Args:
        insights: Whose transcripts are all among `texts`.
        texts: Transcript name → canonical text.
    """
    places = {
        (insight.transcript, quote.start, quote.end)
        for insight in insights
        for quote in insight.quotes
    }
    return tuple(
        make_anchor(name, texts[name], Span(start=start, end=end))
        for name, start, end in sorted(places)
    )


def find_anchor(anchor: Anchor, text: str) -> Span | None:
    """Find an anchor's quote again in the present text of its transcript.

    In this order: at its old place; letter by letter somewhere else, where the
    surroundings fit best and then nearest; with small changes, where enough of the
    words and of the surroundings still stands.

    Args:
        anchor: As it was made from an earlier text.
        text: The canonical text now.

    Returns:
        Where it stands, or None when it is gone.
    """
    quote, start = anchor.quote, anchor.start
    if _unmoved(anchor, text, _span(start, quote)):
        return _span(start, quote)
    same_words = _letter_by_letter(anchor, text)
    if same_words and _unmoved(anchor, text, same_words):
        return same_words
    best: tuple[float, int] | None = None
    found = None
    candidates = [same_words] if same_words else []
    for span in dict.fromkeys([*candidates, *_changed(anchor, text)]):
        alike = _ratio(quote, span.of(text))
        held = _surroundings_held(anchor, text, span)
        rank = (alike + held, -abs(span.start - start))
        if _is_found(quote, alike, held) and (best is None or rank > best):
            best, found = rank, span
    return found


class Place(NamedTuple):
    """Where an anchor stands now."""

    transcript: str
    start: int
    end: int


class Places(NamedTuple):
    """A set of anchors, found again: distinct places by text, and how many are gone."""

    found: tuple[Place, ...]
    gone: int = 0

    def __bool__(self) -> bool:
        return bool(self.found or self.gone)

    @property
    def size(self) -> int:
        """How many anchors the set holds."""
        return len(self.found) + self.gone


class Finder:
    """Finds anchors again in the present texts; each distinct one once.

    Args:
        texts: Transcript name → canonical text now. An anchor in another
            transcript is gone.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._known: dict[Anchor, Place | None] = {}

    def find_all(self, anchors: Iterable[Anchor]) -> Places:
        """Find a set of anchors again; in any order, equal ones count once."""
        found: set[Place] = set()
        gone = 0
        for anchor in dict.fromkeys(anchors):
            place = self._find(anchor)
            if place is None:
                gone += 1
            else:
                found.add(place)
        return Places(tuple(sorted(found)), gone)

    def _find(self, anchor: Anchor) -> Place | None:
        if anchor not in self._known:
            text = self._texts.get(anchor.transcript)
            span = find_anchor(anchor, text) if text is not None else None
            self._known[anchor] = (
                Place(anchor.transcript, span.start, span.end) if span else None
            )
        return self._known[anchor]


def find_all(anchors: Iterable[Anchor], texts: Mapping[str, str]) -> Places:
    """Find one set of anchors again; for several sets share a `Finder`."""
    return Finder(texts).find_all(anchors)


def in_common(one: Places, other: Places) -> int:
    """Return how many anchors of two sets are the same, each taken once."""
    count = i = j = 0
    while i < len(one.found) and j < len(other.found):
        a, b = one.found[i], other.found[j]
        if _same(a, b):
            count, i, j = count + 1, i + 1, j + 1
        elif (a.transcript, a.end, a.start) <= (b.transcript, b.end, b.start):
            i += 1
        else:
            j += 1
    return count


def jaccard(one: Places, other: Places) -> float:
    """Return the share of anchors that two sets have in common, 0 to 1.

    Anchors that are gone count in the union. Two empty sets have 0 in common.
    """
    common = in_common(one, other)
    union = one.size + other.size - common
    return common / union if union else 0.0


def _same(a: Place, b: Place) -> bool:
    if a.transcript != b.transcript:
        return False
    shorter = min(a.end - a.start, b.end - b.start)
    overlap = min(a.end, b.end) - max(a.start, b.start)
    return shorter > 0 and overlap >= SAME_PLACE * shorter


def _is_found(quote: str, alike: float, held: float) -> bool:
    if alike == 1:
        return len(quote) >= _SHORT or held >= _HELD
    return held >= _HELD and alike >= (_ALIKE_IN_PLACE if held > _ALIKE else _ALIKE)


def _unmoved(anchor: Anchor, text: str, span: Span) -> bool:
    """Tell whether quote and surroundings stand at `span`, letter by letter."""
    whole = f"{anchor.before}{anchor.quote}{anchor.after}"
    begin = span.start - len(anchor.before)
    return begin >= 0 and text.startswith(whole, begin)


def _letter_by_letter(anchor: Anchor, text: str) -> Span | None:
    """Return the occurrence of the quote whose surroundings fit best."""
    return max(
        (_span(at, anchor.quote) for at in _occurrences(anchor.quote, text)),
        key=lambda span: (
            _touching(anchor, text, span),
            -abs(span.start - anchor.start),
            -span.start,
        ),
        default=None,
    )


def _changed(anchor: Anchor, text: str) -> Iterator[Span]:
    """Yield stretches that may be the quote with small changes."""
    yield from _between_surroundings(anchor, text)
    quote = anchor.quote
    size = max(4, -(-len(quote) // 4))
    origins = {
        at - offset
        for offset in range(0, len(quote), size)
        for at in _nearest(quote[offset : offset + size], text, anchor.start + offset)
    }
    for origin in sorted(origins):
        span = _align(quote, text, origin)
        if span is not None:
            yield span


def _between_surroundings(anchor: Anchor, text: str) -> Iterator[Span]:
    """Yield what stands between the old surroundings, if it has a like length."""
    length = len(anchor.quote)
    tail, head = anchor.before[-_HOOK:], anchor.after[:_HOOK]
    starts = (
        [at + len(tail) for at in _nearest(tail, text, anchor.start - len(tail))]
        if tail
        else [0]
    )
    for start in starts:
        if head:
            end = text.find(head, start + length // 2, start + 2 * length + len(head))
        else:
            end = len(text)
        if start < end <= start + 2 * length:
            yield Span(start=start, end=end)


def _align(quote: str, text: str, origin: int) -> Span | None:
    """Lay the quote over the text near `origin`; None where nothing fits."""
    room = max(8, len(quote) // 4)
    low, high = max(0, origin - room), max(0, origin + len(quote) + room)
    matcher = SequenceMatcher(None, quote, text[low:high], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    if not blocks:
        return None
    first, last = blocks[0], blocks[-1]
    start = low + first.b - first.a
    end = low + last.b + len(quote) - last.a
    start, end = max(0, start), min(len(text), end)
    return Span(start=start, end=end) if start < end else None


def _occurrences(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece) if piece else -1
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)


def _nearest(piece: str, text: str, place: int) -> Sequence[int]:
    """Return the occurrences of `piece` that lie nearest to `place`."""
    if not piece.strip():
        return ()
    found = sorted(_occurrences(piece, text), key=lambda at: (abs(at - place), at))
    return found[:_NEAREST]


def _touching(anchor: Anchor, text: str, span: Span) -> int:
    """Count the surrounding code points that still touch the quote unchanged."""
    before = text[max(0, span.start - SURROUNDINGS) : span.start]
    after = text[span.end : span.end + SURROUNDINGS]
    return _common_start(anchor.before[::-1], before[::-1]) + _common_start(
        anchor.after, after
    )


def _common_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((i for i, (a, b) in pairs if a != b), shorter)


def _surroundings_held(anchor: Anchor, text: str, span: Span) -> float:
    """Return how much of the surroundings still stands, 0 to 1, over both sides."""
    kept = len(anchor.before) + len(anchor.after)
    if not kept:
        return 1.0
    before = text[max(0, span.start - len(anchor.before)) : span.start]
    after = text[span.end : span.end + len(anchor.after)]
    return (
        _ratio(anchor.before, before) * len(anchor.before)
        + _ratio(anchor.after, after) * len(anchor.after)
    ) / kept


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _span(start: int, quote: str) -> Span:
    return Span(start=start, end=start + len(quote))
