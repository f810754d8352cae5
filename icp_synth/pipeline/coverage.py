"""How much of what participants said was cited, read and not cited, or not read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from icp_synth.domain.insights import Insight
from icp_synth.domain.passages import Window
from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.pipeline.work import Work


def coverage(work: Work) -> Mapping[str, Any]:
    """Return the coverage section of synthesis.json.

    Counts are code points of participant turns: `cited` by a published quote,
    `read_uncited` in a window that was read, `unread` else; they sum up to `all`.
    """
    read = {one.window for one in work.readings.values() if one.outcome == "done"}
    windows: defaultdict[str, list[Window]] = defaultdict(list)
    for window in work.windows:
        windows[window.transcript].append(window)
    insights: defaultdict[str, list[Insight]] = defaultdict(list)
    for insight in work.published():
        insights[insight.transcript].append(insight)
    by_transcript = {
        one.id: covered(one, windows[one.id], read, insights[one.id])
        for one in work.transcripts
    }
    keys = ("cited", "read_uncited", "unread", "all")
    reports = work.ledger.transcripts.reports()
    statuses = sorted({report.status for report in reports})
    return {
        "characters": {
            key: sum(counts[key] for counts in by_transcript.values()) for key in keys
        },
        "by_transcript": by_transcript,
        "windows": {
            "read": len(read),
            "failed": sum(one.outcome == "failed" for one in work.readings.values()),
            "all": len(work.windows),
        },
        "sources": {
            status: sum(report.status == status for report in reports)
            for status in statuses
        },
        "merged_insights": work.merged,
    }


def covered(
    transcript: Transcript,
    windows: Iterable[Window],
    read: frozenset[str] | set[str],
    insights: Iterable[Insight],
) -> dict[str, int]:
    """Count one transcript's participant code points by what became of them."""
    everything = sum(turn.end - turn.start for turn in transcript.participant_turns())
    seen = sum(
        piece.end - piece.start
        for window in windows
        if window.id in read
        for piece in window.slices
        if piece.use == "body"
    )
    cited = _length([quote.span for one in insights for quote in one.quotes])
    return {
        "cited": cited,
        "read_uncited": seen - cited,
        "unread": everything - seen,
        "all": everything,
    }


def _length(spans: Sequence[Span]) -> int:
    """Return how many code points lie in at least one span."""
    total = reach = 0
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        total += max(0, span.end - max(span.start, reach))
        reach = max(reach, span.end)
    return total
