"""Quotes that nearly stand there: what the source says, and what was changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from icp_synth.domain.insights import Located
from icp_synth.domain.spans import Span
from icp_synth.stages.ground.align import Alignment, Words, align
from icp_synth.stages.ground.critical import Change, Side, judge
from icp_synth.stages.ground.source import Source
from icp_synth.stages.ground.tokens import Token

_AROUND = 8
"""Folded code points beside a stretch that are read to know a word by its context."""

_ONE_WORD = 2
"""The weight of one word or of two CJK characters."""

_CHANGES: dict[Change, str] = {
    "altered_number": "a number or unit differs",
    "altered_negation": "a negation differs",
    "altered_words": "words or punctuation differ",
}


@dataclass(frozen=True)
class Likeness:
    """A quote beside the stretch of the source that it resembles most."""

    folded: str
    tokens: Sequence[Token]
    source: Source
    found: Alignment

    def located(self) -> Located:
        """Return what was altered, with the nearest stretch."""
        stream = self.source.stream
        change = judge(
            _quote_side(self.folded, self.tokens, self.found),
            _source_side(self.source, self.tokens, self.found),
        )
        first = stream.words[self.found.start]
        start, end = stream.span(first, stream.words[self.found.end - 1])
        nearest = Span(start=start, end=end)
        return Located(
            status=change,
            nearest=nearest,
            turn=self.source.stretches[stream.stretches[first]].turn,
            reason=f"Not letter for letter: {_CHANGES[change]}. "
            f"The source says: {nearest.of(self.source.text)}",
        )

    def is_one_word(self) -> bool:
        """Tell whether one word (or two CJK characters) changed inside a sentence.

        The words may well stand elsewhere too, so that parts of the quote could be
        found in several places: "I do think" of "I don't think that …". It is an
        altered sentence nevertheless, and no stitch.
        """
        weights = self.source.stream.weights
        words = self.source.stream.words
        mine = {pair[0] for pair in self.found.pairs}
        its = {pair[1] for pair in self.found.pairs}
        added = sum(
            token.weight for at, token in enumerate(self.tokens) if at not in mine
        )
        lost = sum(
            weights[words[at]]
            for at in range(self.found.start, self.found.end)
            if at not in its
        )
        return added + lost > 0 and max(added, lost) <= _ONE_WORD and self._inside()

    def _inside(self) -> bool:
        """Tell whether no change stands between two sentences."""
        return all(
            _same_sentence(self.source, before[1], after[1])
            for before, after in pairwise(self.found.pairs)
            if after[0] - before[0] > 1 or after[1] - before[1] > 1
        )


def compare(
    folded: str, tokens: Sequence[Token], source: Source, citable: Collection[int]
) -> Likeness | None:
    """Compare a quote with the stretch of the source that it resembles most.

    Args:
        folded: The quote, folded without quote marks.
        tokens: Its tokens and punctuation marks.
        source: The transcript.
        citable: Indices of the stretches that count.

    Returns:
        The likeness, or None when no stretch holds enough of the quote.
    """
    stream = source.stream
    mine = [token for token in tokens if token.weight]
    words = Words(
        texts=stream.word_texts,
        postings=stream.postings,
        reach=[reach for number, reach in stream.reach.items() if number in citable],
    )
    found = align([token.text for token in mine], words)
    return Likeness(folded, mine, source, found) if found else None


def _quote_side(folded: str, mine: Sequence[Token], found: Alignment) -> Side:
    aligned = {pair[0] for pair in found.pairs}
    return Side(
        folded,
        tuple(
            (token.start, token.end)
            for index, token in enumerate(mine)
            if index not in aligned
        ),
    )


def _source_side(source: Source, mine: Sequence[Token], found: Alignment) -> Side:
    stream = source.stream
    aligned = {pair[1] for pair in found.pairs}
    first, last = _counterpart(source, mine, found)
    low = max(0, stream.places[stream.words[first]][0] - _AROUND)
    high = stream.places[stream.words[last - 1]][1] + _AROUND
    places = (
        stream.places[stream.words[place]]
        for place in range(first, last)
        if place not in aligned
    )
    return Side(
        stream.folded.text[low:high],
        tuple((start - low, end - low) for start, end in places),
    )


def _counterpart(
    source: Source, mine: Sequence[Token], found: Alignment
) -> tuple[int, int]:
    """Widen the stretch by as many tokens as the quote has unaligned at an end.

    Where a quote begins with another word than the source, the word that it replaces
    stands just before the stretch; it is sought in the same sentence only.
    """
    before = found.pairs[0][0]
    after = len(mine) - 1 - found.pairs[-1][0]
    first, last = found.start, found.end
    while before and _same_sentence(source, first - 1, found.start):
        first, before = first - 1, before - 1
    while after and _same_sentence(source, last, found.end - 1):
        last, after = last + 1, after - 1
    return first, last


def _same_sentence(source: Source, word: int, other: int) -> bool:
    stream = source.stream
    if not 0 <= word < len(stream.words):
        return False
    mine, its = stream.words[word], stream.words[other]
    if stream.stretches[mine] != stream.stretches[its]:
        return False
    return source.sentence(stream.span(mine, mine)[0]) == source.sentence(
        stream.span(its, its)[0]
    )
