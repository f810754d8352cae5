"""Recognise quotes that are sewn together from parts without a mark of omission."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from icp_synth.stages.ground.source import Stream
from icp_synth.stages.ground.tokens import Token, long_enough

MOST_TOKENS = 400
"""Longer quotes are not examined: the work grows with the square of the length."""

MOST_PLACES = 100
"""Of three tokens in a row that stand in more places, the first so many count."""

Sentence = Callable[[int], int]
"""From a place in the source to a number of the sentence that holds it."""


@dataclass(frozen=True)
class _Quote:
    """A quote's tokens, and for each where it stands and how far the match goes.

    `runs[i]` holds pairs (token of the stream, number of tokens that match from
    there on). `after[i]` is the next token that is no mark, from `i` on.
    """

    weights: tuple[int, ...]
    runs: tuple[tuple[tuple[int, int], ...], ...]
    after: tuple[int, ...]

    def ends(self, start: int, run: int) -> Iterator[int]:
        """Yield the ends of the parts that begin at `start` and hold enough."""
        weight = 0
        for end in range(start + 1, start + run + 1):
            weight += self.weights[end - 1]
            if self.weights[end - 1] and long_enough(weight):
                yield end


def stitched(
    tokens: Sequence[Token], stream: Stream, sentence: Sentence
) -> tuple[tuple[int, int], ...]:
    """Find the parts of a quote that is stitched.

    The parts hold at least three words or six CJK characters each and cover the
    quote but for punctuation between them. Where they can all be found in order,
    each going on in the sentence in which the one before ended, something was left
    out or said twice within a sentence: that is not stitched.

    Args:
        tokens: The folded quote's, marks included.
        stream: The transcript's.
        sentence: Numbers the sentences of the source.

    Returns:
        The parts' places in the source, as few as can be; empty if not stitched.
    """
    if len(tokens) > MOST_TOKENS:
        return ()
    quote = _prepare(tokens, stream)
    parts = _cover(quote)
    if len(parts) < 2 or _within_sentences(quote, stream, sentence):
        return ()
    return tuple(_place(quote, stream, start, length) for start, length in parts)


def _place(quote: _Quote, stream: Stream, start: int, length: int) -> tuple[int, int]:
    """Return where a part stands first."""
    at = next(at for at, run in quote.runs[start] if run >= length)
    return stream.span(at, at + length - 1)


def _prepare(tokens: Sequence[Token], stream: Stream) -> _Quote:
    texts = [token.text for token in tokens]
    weights = tuple(token.weight for token in tokens)
    runs: list[tuple[tuple[int, int], ...]] = []
    before: dict[int, int] = {}
    for index, three in enumerate(zip(texts, texts[1:], texts[2:], strict=False)):
        places = stream.trigrams.get(three, [])[:MOST_PLACES]
        found = {
            at: before[at - 1] - 1
            if before.get(at - 1, 0) > 1
            else _match(texts, index, stream.texts, at)
            for at in places
        }
        runs.append(tuple(found.items()))
        before = found
    runs += [()] * (len(texts) - len(runs))
    after = [len(texts)] * (len(texts) + 1)
    for index in reversed(range(len(texts))):
        after[index] = index if weights[index] else after[index + 1]
    return _Quote(weights, tuple(runs), tuple(after))


def _match(quote: Sequence[str], index: int, source: Sequence[str], at: int) -> int:
    """Return how many tokens are equal from `quote[index]` and `source[at]` on."""
    most = min(len(quote) - index, len(source) - at)
    for length in range(most):
        if quote[index + length] != source[at + length]:
            return length
    return most


def _cover(quote: _Quote) -> tuple[tuple[int, int], ...]:
    """Return (start, length) of the fewest parts that cover the quote, or nothing."""
    first, size = quote.after[0], len(quote.weights)
    came: dict[int, tuple[int, int, int]] = {first: (0, -1, 0)}
    for start in range(first, size):
        if start not in came or not quote.runs[start]:
            continue
        count = came[start][0] + 1
        longest = max(run for _, run in quote.runs[start])
        for end in quote.ends(start, longest):
            following = quote.after[end]
            if following not in came or count < came[following][0]:
                came[following] = (count, start, end - start)
    if size not in came or size == first:
        return ()
    parts: list[tuple[int, int]] = []
    at = size
    while at != first:
        _, start, length = came[at]
        parts.append((start, length))
        at = start
    return tuple(reversed(parts))


def _within_sentences(quote: _Quote, stream: Stream, sentence: Sentence) -> bool:
    """Tell whether parts cover the quote in order with no gap over a sentence's end."""
    first, size = quote.after[0], len(quote.weights)
    reached: dict[int, set[int]] = {first: {-1}}
    for start in range(first, size):
        lasts = reached.get(start, set())
        for at, run in quote.runs[start] if lasts else ():
            held = [last for last in lasts if _same(stream, sentence, last, at)]
            for end in quote.ends(start, run) if held else ():
                new = at + end - start - 1
                if new > min(held):
                    reached.setdefault(quote.after[end], set()).add(new)
    return size in reached


def _same(stream: Stream, sentence: Sentence, last: int, at: int) -> bool:
    """Tell whether token `at` is in the sentence of token `last`, if there is one."""
    if last < 0:
        return True
    if stream.stretches[at] != stream.stretches[last]:
        return False
    return sentence(stream.span(last, last)[0]) == sentence(stream.span(at, at)[0])
