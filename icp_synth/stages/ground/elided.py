"""Quotes that mark what they leave out: their parts, in order, in one turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from icp_synth.stages.ground.fold import fold
from icp_synth.stages.ground.source import Place
from icp_synth.stages.ground.tokens import tokenize

Way = tuple[Place, ...]
"""The places of a quote's parts, in order; of a whole quote its one place."""

_OMISSION = re.compile(r"[\[(（［【]?\s*(?:…+|\.{3,})\s*[\])）］】]?")


def marks_omission(quote: str) -> bool:
    """Tell whether `…`, `...` or `……` stands in the quote, bracketed or not."""
    return _OMISSION.search(quote) is not None


def parts_of(quote: str) -> tuple[str, ...]:
    """Return what stands between the marks of omission, without bare punctuation.

    Example:
        >>> parts_of("I spend two hours [...] it still breaks")
        ('I spend two hours', 'it still breaks')
    """
    parts = (part.strip() for part in _OMISSION.split(quote))
    return tuple(
        part
        for part in parts
        if any(token.weight for token in tokenize(fold(part, marks=False).text))
    )


def ways(places: Sequence[Sequence[Place]]) -> Iterator[Way]:
    """Yield, for each stretch that holds all parts in order, their first places.

    Args:
        places: For each part, at least one, where it stands, in order.
    """
    for stretch in dict.fromkeys(place.stretch for place in places[0]):
        way: list[Place] = []
        for candidates in places:
            at = way[-1].end if way else stretch.start
            following = (
                place
                for place in candidates
                if place.stretch == stretch and place.start >= at
            )
            if (place := next(following, None)) is None:
                break
            way.append(place)
        else:
            yield tuple(way)
