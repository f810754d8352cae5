"""What participants have in common: themes of statements, segments of people."""

from __future__ import annotations

from icp_synth.domain.fields import Kind
from icp_synth.domain.values import Value


class Theme(Value):
    """Like statements of at least two participants, of one kind.

    Attributes:
        id: The name; stays when content changes (`names.json`).
        version: Content hash.
        label: For the embedded analyst its most central quote.
        insights: Ids, most central first.
        participants: Names, sorted; `n` of them out of `of`.
        asked: How many were asked about it, or None where that is unknown.
        interval: Wilson 95 % interval of n / of, if these were a random sample.
    """

    id: str
    version: str
    kind: Kind
    label: str
    parent: str | None = None
    insights: tuple[str, ...]
    participants: tuple[str, ...]
    n: int
    of: int
    asked: int | None = None
    interval: tuple[float, float] | None = None
    stability: float | None = None


class Segment(Value):
    """People whom the synthesis put together; at least three."""

    id: str
    version: str
    label: str
    participants: tuple[str, ...]
    stability: float | None = None
