"""One interview: its labels against its readings, as numbers that can be summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from icp_synth.domain.insights import Insight, QuoteStatus
from icp_synth.domain.passages import Passage
from icp_synth.domain.values import Value
from icp_synth.evaluation.curves import At, SweepMode, sweep
from icp_synth.evaluation.dataset import Case
from icp_synth.evaluation.fields import count_fields
from icp_synth.evaluation.granularity import granularity
from icp_synth.evaluation.labels import Label
from icp_synth.evaluation.lines import Lines, item_of, item_of_label
from icp_synth.evaluation.matching import Matching, Overlaps
from icp_synth.evaluation.own import OwnMetric, View
from icp_synth.evaluation.places import count_places
from icp_synth.evaluation.semantic import Likeness
from icp_synth.evaluation.spans import count_spans
from icp_synth.project.ledger import Reading

if TYPE_CHECKING:
    from icp_synth.embedding.protocol import Embedder

STATUSES: tuple[str, ...] = get_args(QuoteStatus)
UNUSABLE = ("invalid", "refused", "truncated", "filtered", "empty")
"""Outcome codes of answers that came and could not be used."""

OWN = "own:"
"""What counts of own metrics begin with: `own:NAME:part`, `own:NAME:whole`."""


class Scored(Value):
    """What one model made of one interview, once.

    Attributes:
        case: Name of the interview.
        epoch: Which reading of it, from 1.
        counts: Summed over interviews they give every metric; names are those of
            `icp_synth.evaluation.definitions`. What is 0 is left out.
        lines: One for each label and prediction: what became of it.
        problems: Why windows could not be read.
        sweep: Counts at every threshold, for `curves`.
    """

    case: str
    epoch: int = 1
    counts: Mapping[str, int | float]
    lines: tuple[Mapping[str, Any], ...] = ()
    problems: tuple[str, ...] = ()
    sweep: Mapping[SweepMode, tuple[At, ...]] = {}


def score(
    case: Case,
    readings: Sequence[Reading],
    *,
    epoch: int = 1,
    passages: Sequence[Passage] = (),
    own: Sequence[OwnMetric] = (),
    embedder: Embedder | None = None,
) -> Scored:
    """Count what a reading got right.

    Args:
        case: With its labels.
        readings: Of all its windows; an insight that two windows give counts once.
        epoch: Which reading of it, from 1.
        passages: Of the interview, for its coverage by passages.
        own: Metrics that the user wrote.
        embedder: Of statements; the embedded one when None.

    Raises:
        UsageError: An own metric failed.
    """
    insights = _insights(readings)
    labels = list(enumerate(case.labels.labels))
    agreed = [one for _, one in labels if one.status == "agreed"]
    optional = [one for _, one in labels if one.status == "optional"]
    gold, spare = ([item_of_label(one) for one in part] for part in (agreed, optional))
    found = [item_of(one) for one in insights]
    overlaps = Overlaps.of(gold, spare, found)
    matching = overlaps.match()
    likeness = Likeness.of(agreed, optional, insights, embedder=embedder)
    view = _view(case, agreed, optional, insights, matching)
    counts = _item_counts(view)
    counts += _granularity_counts(overlaps, matching)
    counts += _semantic_counts(likeness)
    counts += count_spans(gold, spare, found)
    counts += count_fields(agreed, view.pairs)
    counts += count_places(case.transcript, gold, found, passages=passages)
    counts += _reading_counts(readings)
    counts += _published(view)
    return Scored(
        case=case.name,
        epoch=epoch,
        counts={**dict(sorted(counts.items())), **_own_counts(own, view)},
        lines=tuple(Lines(case.name, labels, insights, matching)),
        problems=tuple(
            f"{case.name}: {one.reason}" for one in readings if one.outcome == "failed"
        ),
        sweep=sweep(overlaps, likeness),
    )


def _insights(readings: Sequence[Reading]) -> list[Insight]:
    found = {one.id: one for reading in readings for one in reading.insights}
    return sorted(found.values(), key=lambda one: (one.quotes[0].start, one.id))


def _view(
    case: Case,
    agreed: Sequence[Label],
    optional: Sequence[Label],
    insights: Sequence[Insight],
    matching: Matching,
) -> View:
    return View(
        case=case.name,
        text=case.transcript.text,
        labels=tuple(agreed),
        optional=tuple(optional),
        predictions=tuple(insights),
        pairs=tuple((agreed[p.label], insights[p.prediction]) for p in matching.pairs),
        missed=tuple(agreed[at] for at in matching.missed),
        absorbed=tuple(
            (optional[p.label], insights[p.prediction]) for p in matching.absorbed
        ),
        false_alarms=tuple(insights[at] for at in matching.false_alarms),
    )


def _item_counts(view: View) -> Counter[str]:
    """Count pairs by kind, and by category, where a pair needs the category too."""
    counts = Counter(
        labels=len(view.labels),
        optional=len(view.optional),
        absorbed=len(view.absorbed),
        predicted=len(view.predictions),
    )
    for label, insight in view.pairs:
        same = label.category == insight.category
        _count(counts, "tp", label.kind)
        _count(counts, "category", label.kind, int(same))
        if same:
            _count(counts, "category_tp", label.category)
        else:
            _count(counts, "category_fn", label.category)
            _count(counts, "category_fa", insight.category)
    for label in view.missed:
        _count(counts, "fn", label.kind)
        _count(counts, "category_fn", label.category)
    for insight in view.false_alarms:
        _count(counts, "fa", insight.kind)
        _count(counts, "category_fa", insight.category)
    return counts


def _granularity_counts(overlaps: Overlaps, matching: Matching) -> Counter[str]:
    found = granularity(overlaps, matching)
    return Counter(
        split=len(found.split),
        pieces=len(found.pieces),
        merged=len(found.merged),
        swallowed=len(found.swallowed),
    )


def _semantic_counts(likeness: Likeness) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, kindless in (("tau", False), ("kindless", True)):
        found = likeness.count(kindless=kindless)
        for part, by_kind in found._asdict().items():
            for kind, number in by_kind.items():
                _count(counts, f"{name}_{part}", kind, number)
    return counts


def _count(counts: Counter[str], name: str, of: str, number: int = 1) -> None:
    counts[name] += number
    counts[f"{name}.{of}"] += number


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
        for name in ("invalid_items", "gleaned"):
            counts[name] += reading.counts.get(name, 0)
        counts["windows_split"] += min(1, reading.counts.get("split", 0))
        counts["windows_half_gleaned"] += min(1, reading.counts.get("glean_failed", 0))
    return counts


def _published(view: View) -> Counter[str]:
    """Count quotes that were kept, and of those the slices of the text."""
    quotes = [quote for insight in view.predictions for quote in insight.quotes]
    verbatim = sum(quote.span.of(view.text) == quote.text for quote in quotes)
    return Counter(kept=len(quotes), kept_verbatim=verbatim)


def _own_counts(own: Sequence[OwnMetric], view: View) -> dict[str, float]:
    counts: dict[str, float] = {}
    for one in own:
        part, whole = one(view)
        counts |= {f"{OWN}{one.name}:part": part, f"{OWN}{one.name}:whole": whole}
    return counts
