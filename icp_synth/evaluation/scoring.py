"""One interview: its labels against its readings, as numbers that can be summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from icp_synth.domain.insights import Insight, QuoteStatus
from icp_synth.domain.values import Value
from icp_synth.evaluation.dataset import Case
from icp_synth.evaluation.labels import Label
from icp_synth.evaluation.matching import Item, Matching, match
from icp_synth.project.ledger import Reading

STATUSES: tuple[str, ...] = get_args(QuoteStatus)
UNUSABLE = ("invalid", "refused", "truncated", "filtered", "empty")
"""Outcome codes of answers that came and could not be used."""


class Scored(Value):
    """What one model made of one interview.

    Attributes:
        case: Name of the interview.
        counts: Summed over interviews they give every metric; names are those of
            `icp_synth.evaluation.metrics`.
        lines: One for each label and prediction: what became of it.
        problems: Why windows could not be read.
    """

    case: str
    counts: Mapping[str, int]
    lines: tuple[Mapping[str, Any], ...]
    problems: tuple[str, ...] = ()


def score(case: Case, readings: Sequence[Reading]) -> Scored:
    """Count what a reading got right.

    Args:
        case: With its labels.
        readings: Of all its windows; an insight that two windows give counts once.
    """
    insights = _insights(readings)
    agreed = [label for label in case.labels.labels if label.status == "agreed"]
    optional = [label for label in case.labels.labels if label.status == "optional"]
    matching = match(
        [_item_of_label(label) for label in agreed],
        [_item_of_label(label) for label in optional],
        [_item(insight) for insight in insights],
    )
    counts = _item_counts(agreed, insights, matching)
    counts["labels"] = len(agreed)
    counts["optional"] = len(optional)
    counts["absorbed"] = len(matching.absorbed)
    counts["predicted"] = len(insights)
    counts += _reading_counts(readings)
    counts += _published(case, insights)
    return Scored(
        case=case.name,
        counts=dict(sorted(counts.items())),
        lines=tuple(_lines(case.name, agreed, optional, insights, matching)),
        problems=tuple(
            f"{case.name}: {one.reason}" for one in readings if one.outcome == "failed"
        ),
    )


def _insights(readings: Sequence[Reading]) -> list[Insight]:
    found = {one.id: one for reading in readings for one in reading.insights}
    return sorted(found.values(), key=lambda one: (one.quotes[0].start, one.id))


def _item_of_label(label: Label) -> Item:
    return Item(kind=label.kind, category=label.category, spans=label.spans)


def _item(insight: Insight) -> Item:
    spans = tuple(quote.span for quote in insight.quotes)
    return Item(kind=insight.kind, category=insight.category, spans=spans)


def _item_counts(
    agreed: Sequence[Label], insights: Sequence[Insight], matching: Matching
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for pair in matching.pairs:
        label, insight = agreed[pair.label], insights[pair.prediction]
        same = label.category == insight.category
        _count(counts, label.kind, "tp")
        _count(counts, label.kind, "category", int(same))
    for at in matching.missed:
        _count(counts, agreed[at].kind, "fn")
    for at in matching.false_alarms:
        _count(counts, insights[at].kind, "fa")
    return counts


def _count(counts: Counter[str], kind: str, what: str, number: int = 1) -> None:
    counts[what] += number
    counts[f"{what}.{kind}"] += number


def _reading_counts(readings: Sequence[Reading]) -> Counter[str]:
    """Count windows by what became of them, and quotes before any was refused."""
    counts: Counter[str] = Counter(windows=len(readings))
    for reading in readings:
        counts[f"windows_{reading.outcome}"] += 1
        code = (reading.reason or "").partition(":")[0]
        if reading.outcome == "failed" and code in UNUSABLE:
            counts[f"windows_{code}"] += 1
        counts["windows_repaired"] += min(1, reading.counts.get("repaired", 0))
        for name in ("quotes", "moved", *STATUSES):
            counts[f"raw_{name}"] += reading.counts.get(name, 0)
    return counts


def _published(case: Case, insights: Sequence[Insight]) -> Counter[str]:
    """Count quotes that were kept, and of those the slices of the text."""
    text = case.transcript.text
    quotes = [quote for insight in insights for quote in insight.quotes]
    verbatim = sum(quote.span.of(text) == quote.text for quote in quotes)
    return Counter(kept=len(quotes), kept_verbatim=verbatim)


def _lines(
    case: str,
    agreed: Sequence[Label],
    optional: Sequence[Label],
    insights: Sequence[Insight],
    matching: Matching,
) -> Iterator[dict[str, Any]]:
    """Yield what became of each label and prediction, in a fixed order."""
    for status, labels, pairs in (
        ("found", agreed, matching.pairs),
        ("optional", optional, matching.absorbed),
    ):
        for pair in pairs:
            line = _line(case, status, labels[pair.label], insights[pair.prediction])
            yield {**line, "score": round(pair.score, 6)}
    for at in matching.missed:
        yield _line(case, "missed", agreed[at], None)
    for at in matching.false_alarms:
        yield _line(case, "false_alarm", None, insights[at])


def _line(
    case: str, status: str, label: Label | None, insight: Insight | None
) -> dict[str, Any]:
    return {
        "case": case,
        "status": status,
        "label": None if label is None else _shown(label),
        "prediction": None if insight is None else _shown(insight),
        "score": None,
    }


def _shown(one: Label | Insight) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "category": one.category,
        "statement": one.statement,
        "quotes": [
            {"start": quote.start, "end": quote.end, "text": quote.text}
            for quote in one.quotes
        ],
    }
