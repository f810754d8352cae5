"""Measure readings by the codebook's rule, as `eval run` does."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from icp_synth.analysts.embedded import model
from icp_synth.analysts.embedded.analyst import read_window
from icp_synth.domain.fields import KINDS
from icp_synth.domain.spans import Span
from icp_synth.evaluation.matching import Item, match
from icp_synth.evaluation.tallies import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scripts.train.labelled import Case


class Cut(NamedTuple):
    """Chances from which a segment counts, and up to which neighbours join."""

    english: float
    chinese: float
    join: float


@contextmanager
def cutting(cut: Cut) -> Iterator[None]:
    """Let the analyst read with other thresholds for a while."""
    shipped = model.weights
    settings = {
        "thresholds": {"en": cut.english, "zh": cut.chinese},
        "joins": {"en": cut.join, "zh": cut.join},
    }
    model.weights = lambda: settings  # type: ignore[assignment]
    try:
        yield
    finally:
        model.weights = shipped


Tallies = dict[str, Counter[tuple[str, str]]]
"""By interview: counts of (kind, `tp` | `fa` | `fn`) and of (`category`, kind)."""


def predicted(case: Case, held: model.Table) -> list[Item]:
    """Return what the analyst finds with some weights, with places in the text."""
    found = []
    for window in case.windows:
        turns = {turn.number: turn for turn in window.turns}
        for draft in read_window(window, held).drafts:
            spans = []
            for quote in draft.quotes:
                turn = turns[quote.turn]
                start = turn.canonical(turn.text.index(quote.text))
                spans.append(Span(start=start, end=start + len(quote.text)))
            found.append(
                Item(kind=draft.kind, category=draft.category, spans=tuple(spans))
            )
    return found


def count(case: Case, items: Sequence[Item]) -> Counter[tuple[str, str]]:
    """Count right, false and missed items of one interview, and right categories."""
    found = match(case.agreed, case.optional, items)
    counts: Counter[tuple[str, str]] = Counter()
    for pair in found.pairs:
        label, item = case.agreed[pair.label], items[pair.prediction]
        counts[label.kind, "tp"] += 1
        counts["category", label.kind] += label.category == item.category
    counts.update((case.agreed[at].kind, "fn") for at in found.missed)
    counts.update((items[at].kind, "fa") for at in found.false_alarms)
    return counts


def tally(case: Case, held: model.Table) -> Counter[tuple[str, str]]:
    """Read one interview with some weights and count."""
    return count(case, predicted(case, held))


def total(tallies: Iterable[Counter[tuple[str, str]]]) -> Counter[tuple[str, str]]:
    """Return the sum over interviews."""
    return sum(tallies, Counter())


def f1(counts: Counter[tuple[str, str]], kinds: Sequence[str] = KINDS) -> float:
    """Return item F1 over some kinds."""
    right, false, missed = (
        sum(counts[kind, what] for kind in kinds) for what in ("tp", "fa", "fn")
    )
    return 2 * right / max(1, 2 * right + false + missed)


def line(counts: Counter[tuple[str, str]]) -> str:
    """Return F1, precision and recall over all kinds and by kind, and categories."""
    parts = []
    for kind in ("all", *KINDS):
        kinds = KINDS if kind == "all" else (kind,)
        right, false, missed = (
            sum(counts[name, what] for name in kinds) for what in ("tp", "fa", "fn")
        )
        precision, recall = (
            right / max(1, right + false),
            right / max(1, right + missed),
        )
        hits = sum(counts["category", name] for name in kinds) / max(1, right)
        parts.append(
            f"{kind} {f1(counts, kinds):.3f} "
            f"(P {precision:.3f} R {recall:.3f} category {hits:.2f})"
        )
    return " · ".join(parts)


def tallies(counts: Tallies, kinds: Sequence[str] = KINDS) -> list[Counts]:
    """Return the counts of each interview for `icp_synth.evaluation.comparison`."""
    return [
        Counts(
            interview=name,
            tp=sum(own[kind, "tp"] for kind in kinds),
            fa=sum(own[kind, "fa"] for kind in kinds),
            fn=sum(own[kind, "fn"] for kind in kinds),
        )
        for name, own in counts.items()
    ]
