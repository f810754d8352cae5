"""Put together what several requests found in one window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from icp_synth.domain.insights import Insight
from icp_synth.project.ledger import Reading

_WORST = ("pending", "failed", "done")


GLEAN_FAILED = "glean_failed"
"""Counts a second pass without an answer: what was read at first stands alone."""


def with_gleanings(first: Reading, more: Reading) -> Reading:
    """Add what a second pass over one window found.

    Args:
        first: What was read at once; it is done.
        more: What was found when the reader was asked for what it missed.

    Returns:
        Both. An insight of the same kind on the same quotes as one that is there is
        left out and counted as `gleaned_duplicates`; `gleaned` counts the others.
        While the second pass waits, so does the window; where it failed, the first
        reading with `glean_failed` and the reason.
    """
    if more.outcome == "pending":
        return more
    if more.outcome == "failed":
        counts = Counter(first.counts)
        counts[GLEAN_FAILED] += 1
        reason = f"gleaning: {more.reason}"
        update = {"counts": _counted(counts), "reason": reason}
        return first.model_copy(update=update)
    seen = {_place(one) for one in first.insights}
    new: list[Insight] = []
    for insight in more.insights:
        if _place(insight) not in seen:
            seen.add(_place(insight))
            new.append(insight)
    counts = Counter(first.counts) + Counter(more.counts)
    counts["gleaned"] += len(new)
    counts["gleaned_duplicates"] += len(more.insights) - len(new)
    return first.model_copy(
        update={
            "insights": _in_order([*first.insights, *new]),
            "quarantined": (*first.quarantined, *more.quarantined),
            "counts": _counted(counts),
            "reason": first.reason or more.reason,
        }
    )


def joined(window: str, parts: Sequence[Reading]) -> Reading:
    """Return the readings of a window's parts as the reading of the window.

    Args:
        window: Its id.
        parts: At least one; `split` counts them.

    Returns:
        What all found, where all are done; else the worst outcome, with its reason.
    """
    worst = min(parts, key=lambda one: _WORST.index(one.outcome))
    if worst.outcome != "done":
        return worst.model_copy(update={"window": window})
    counts = sum((Counter(one.counts) for one in parts), Counter[str]())
    # A part of several parts has counted these, and is itself none.
    counts["split"] += sum("split" not in one.counts for one in parts)
    return worst.model_copy(
        update={
            "window": window,
            "insights": _in_order(one for part in parts for one in part.insights),
            "quarantined": tuple(one for part in parts for one in part.quarantined),
            "counts": _counted(counts),
            "reason": next((one.reason for one in parts if one.reason), None),
        }
    )


def _place(insight: Insight) -> tuple[str, frozenset[tuple[int, int]]]:
    return insight.kind, frozenset((one.start, one.end) for one in insight.quotes)


def _in_order(insights: Iterable[Insight]) -> tuple[Insight, ...]:
    by_id = {one.id: one for one in insights}
    return tuple(sorted(by_id.values(), key=lambda one: (one.quotes[0].start, one.id)))


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {name: n for name, n in sorted(counts.items()) if n}
