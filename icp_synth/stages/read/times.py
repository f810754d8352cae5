"""Times as transcripts write them, in integer milliseconds."""

from __future__ import annotations

import re

TIME = r"\d{1,4}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
"""`0:05`, `00:01:05`, `1:02:10.250`, `0:0:5.100`; not checked for sense."""

ARROW = re.compile(r"-->")
"""What makes a line a timing line, well-formed or not."""

_WEAK_ARROW = re.compile(rf"^\s*{TIME}\s*(?:[-\u2013\u2014=]{{1,3}}>|\u2192)\s*{TIME}")
_PARTS = re.compile(
    r"(?:(?P<a>\d{1,4}):)?(?P<b>\d{1,4}):(?P<c>\d{1,2})(?:[.,](?P<ms>\d{1,3}))?"
)
_TIMING = re.compile(
    rf"^\s*(?P<start>{TIME})\s*(?:[-\u2013\u2014=]{{1,3}}>|\u2192)\s*(?P<end>{TIME})"
    r"(?:\s+\S.*|\s*)$"
)


def parse_time(text: str) -> int | None:
    """Return the time in milliseconds, or None when it is none.

    Two parts are minutes and seconds, three are hours, minutes and seconds.

    Example:
        >>> parse_time("1:02:10,5")
        3730500
    """
    match = _PARTS.fullmatch(text.strip())
    if not match:
        return None
    hours = int(match["a"]) if match["a"] else 0
    minutes, seconds = int(match["b"]), int(match["c"])
    if seconds > 59 or (match["a"] and minutes > 59):
        return None
    fraction = int((match["ms"] or "0").ljust(3, "0"))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction


def is_timing_line(line: str) -> bool:
    """Tell whether the line holds an arrow as timing lines do, even a broken one."""
    return bool(ARROW.search(line) or _WEAK_ARROW.match(line))


def parse_timing(line: str) -> tuple[int, int] | None:
    """Return start and end of a timing line, or None when it is broken."""
    match = _TIMING.match(line)
    if not match:
        return None
    start, end = parse_time(match["start"]), parse_time(match["end"])
    return None if start is None or end is None else (start, end)
