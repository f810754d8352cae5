"""How much of what participants said was cited, read and not cited, or not read."""

from __future__ import annotations

from collections import Counter, defaultdict
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
        "insights": _by_fate(work),
        "kinds_moved": work.kinds_moved,
        "pending": _pending(work),
    }


def _pending(work: Work) -> dict[str, int]:
    """Count the missing answers of a model, by the step that waits for them."""
    return dict(sorted(Counter(one.step for one in work.desk.pending).items()))


def _by_fate(work: Work) -> dict[str, int]:
    """Count the insights by what became of them; the parts sum up to `all`.

    `in_themes` are shared by two people; of the others `left` do not say what their
    theme was called, `facts` are values of a profile field, and `alone` is what one
    person says of no theme.
    """
    held = {name for theme in work.themes for name in theme.insights}
    left = {one.insight for one in work.theme_names.not_held} - held
    others = [one for one in work.published() if one.id not in held | left]
    facts = sum(one.attribute is not None for one in others)
    published = {one.id for one in work.published()}
    return {
        "in_themes": len(published & held),
        "left": len(published & left),
        "facts": facts,
        "alone": len(others) - facts,
        "all": len(published),
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
