"""What people decided, and the anchors that bind it to the source."""

from __future__ import annotations

from typing import Literal

from icp_synth.domain.values import Value


class Anchor(Value):
    """A quote by name and surroundings, found again in a corrected transcript.

    `before` and `after` are up to 32 code points; `start` is where it stood.
    """

    transcript: str
    quote: str
    before: str
    after: str
    start: int


class Decision(Value):
    """A person's verdict on a claim; a run never changes it."""

    verdict: Literal["accepted", "edited", "rejected"]
    by: str
    at: str
    stale: bool = False
