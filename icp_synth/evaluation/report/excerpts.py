"""Quotes with what stands around them in their turn."""

from __future__ import annotations

from dataclasses import dataclass

from icp_synth.evaluation.report.values import Item, QuoteAt, ShownText

AROUND = 160
"""Code points that are shown before a quote and after it."""


@dataclass(frozen=True)
class Excerpt:
    """A quote with its lead and tail.

    `cut` says whether something of the turn is left out before and after.
    """

    lead: str
    quote: str
    tail: str
    cut: tuple[bool, bool] = (False, False)


def excerpts_of(item: Item, text: ShownText | None) -> tuple[Excerpt, ...]:
    """Return the quotes of an item in their places, longest of equal starts only.

    Args:
        item: A label or a prediction.
        text: Of its interview; without one the quotes stand alone.
    """
    longest = {quote.start: quote for quote in sorted(item.quotes, key=_by_end)}
    return tuple(_excerpt(longest[start], text) for start in sorted(longest))


def _by_end(quote: QuoteAt) -> int:
    return quote.end


def _excerpt(quote: QuoteAt, text: ShownText | None) -> Excerpt:
    if text is None:
        return Excerpt("", quote.text, "")
    turns = (turn for turn in text.turns if turn.start <= quote.start < turn.end)
    turn = next(turns, None)
    start, end = (turn.start, turn.end) if turn else (quote.start, quote.end)
    before = max(start, quote.start - AROUND)
    after = max(quote.end, min(end, quote.end + AROUND))
    return Excerpt(
        lead=text.text[before : quote.start],
        quote=quote.text,
        tail=text.text[quote.end : after],
        cut=(before > start, after < end),
    )
