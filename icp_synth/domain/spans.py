"""Half-open stretches of a text, in Unicode code points."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from icp_synth.domain.values import Value


class Span(Value):
    """`[start, end)`: start inclusive, end exclusive, both code points.

    Example:
        >>> Span(start=1, end=3).of("abcd")
        'bc'
    """

    start: int
    end: int

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.start <= self.end:
            msg = f"a span needs 0 <= start <= end, not {self.start}, {self.end}"
            raise ValueError(msg)
        return self

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the stretch of `text` that this span names."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Return how many code points both have in common."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def overlap_of_shorter(self, other: Span) -> float:
        """Return the overlap as a share of the shorter span, 0 to 1."""
        shorter = min(len(self), len(other))
        return self.overlap(other) / shorter if shorter else 0.0
