"""Versions of a synthesis, and when the standing one should be looked at again."""

from __future__ import annotations

from datetime import date
from typing import Literal

from icp_synth.domain.values import Value

ReviewCode = Literal["current", "overdue"]


class Version(Value):
    """One synthesis that was written, as `versions` lists it.

    Attributes:
        version: Its content hash.
        created: ISO 8601.
        model: None for the embedded analyst.
    """

    version: str
    created: str
    analyst: str
    model: str | None
    transcripts: int
    participants: int
    insights: int
    themes: int
    segments: int
    icps: int
    personas: int


class ReviewDue(Value):
    """Until when the newest synthesis stands without a new look.

    Attributes:
        by: The last day.
        source: `study` where study.toml names it, else a year after it was made.
        code: `overdue` after that day.
    """

    by: date
    source: Literal["study", "default"]
    code: ReviewCode


def review_due(created: str, by: date | None, today: date) -> ReviewDue | None:
    """Return until when a synthesis stands.

    Args:
        created: Of the synthesis, ISO 8601.
        by: What study.toml says, if anything.
        today: The day to judge by.

    Returns:
        None where `created` is no date and none was named.

    Example:
        >>> review_due("2026-01-31T08:00:00Z", None, date(2027, 2, 1)).code
        'overdue'
    """
    last = by or _a_year_after(created)
    if last is None:
        return None
    return ReviewDue(
        by=last,
        source="study" if by else "default",
        code="overdue" if today > last else "current",
    )


def _a_year_after(created: str) -> date | None:
    try:
        day = date.fromisoformat(created[:10])
    except ValueError:
        return None
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)
