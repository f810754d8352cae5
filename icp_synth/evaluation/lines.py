"""items.jsonl: what became of each label and each prediction, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from icp_synth.domain.insights import Insight
from icp_synth.evaluation.labels import Label
from icp_synth.evaluation.matching import LEAST, Item, Matching, overlaps


class Lines:
    """The lines of one interview.

    Args:
        case: Its name.
        labels: As (position in the label file, label), agreed ones before optional.
        insights: What was predicted, in order.
        matching: Of the two; positions of labels count within their status.
    """

    def __init__(
        self,
        case: str,
        labels: Sequence[tuple[int, Label]],
        insights: Sequence[Insight],
        matching: Matching,
    ) -> None:
        self._case = case
        self._agreed = [one for one in labels if one[1].status == "agreed"]
        self._optional = [one for one in labels if one[1].status == "optional"]
        self._insights = insights
        self._matching = matching
        everything = sorted(labels, key=lambda one: one[0])
        self._labels = [label for _, label in everything]
        self._shares = overlaps(
            [item_of_label(label) for label in self._labels],
            [item_of(insight) for insight in insights],
            kinds=False,
        )

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield found, optional, missed and false alarms, in that order.

        `mismatch` is `kind` for a missed label and a false alarm on the same words
        (at least half of the shorter quote) with another kind, `category` for a found
        pair with another category, else null. `near` are the ids of the other side
        that overlap at all, the pair itself left out.
        """
        matching = self._matching
        for status, labels, pairs in (
            ("found", self._agreed, matching.pairs),
            ("optional", self._optional, matching.absorbed),
        ):
            for pair in pairs:
                row, label = labels[pair.label]
                line = self._line(status, row, pair.prediction)
                other = label.category != self._insights[pair.prediction].category
                if status == "found" and other:
                    line["mismatch"] = "category"
                yield {**line, "score": round(pair.score, 6)}
        missed = [self._agreed[at][0] for at in matching.missed]
        for row in missed:
            line = self._line("missed", row, None)
            if any(self._other_kind(row, at) for at in matching.false_alarms):
                line["mismatch"] = "kind"
            yield line
        for at in matching.false_alarms:
            line = self._line("false_alarm", None, at)
            if any(self._other_kind(row, at) for row in missed):
                line["mismatch"] = "kind"
            yield line

    def _other_kind(self, row: int, at: int) -> bool:
        same = self._labels[row].kind == self._insights[at].kind
        return not same and bool(self._shares[row, at] >= LEAST)

    def _line(self, status: str, row: int | None, at: int | None) -> dict[str, Any]:
        return {
            "case": self._case,
            "status": status,
            "mismatch": None,
            "near": self._near(row, at),
            "label": None if row is None else _shown(f"L{row}", self._labels[row]),
            "prediction": None if at is None else _shown(f"P{at}", self._insights[at]),
            "score": None,
        }

    def _near(self, row: int | None, at: int | None) -> list[str]:
        labels: list[str] = []
        predictions: list[str] = []
        if at is not None:
            column = self._shares[:, at].tolist()
            labels = [f"L{i}" for i, one in enumerate(column) if one and i != row]
        if row is not None:
            own = self._shares[row].tolist()
            predictions = [f"P{i}" for i, one in enumerate(own) if one and i != at]
        return labels + predictions


def item_of_label(label: Label) -> Item:
    """Return what is matched of a label."""
    return Item(kind=label.kind, category=label.category, spans=label.spans)


def item_of(insight: Insight) -> Item:
    """Return what is matched of a prediction."""
    spans = tuple(quote.span for quote in insight.quotes)
    return Item(kind=insight.kind, category=insight.category, spans=spans)


def _shown(name: str, one: Label | Insight) -> dict[str, Any]:
    return {
        "id": name,
        "kind": one.kind,
        "category": one.category,
        "statement": one.statement,
        "explicit": one.explicit,
        "intensity": one.intensity,
        "signals": None if one.signals is None else list(one.signals),
        "attribute": one.attribute,
        "value": one.value,
        "quotes": [
            {"start": quote.start, "end": quote.end, "text": quote.text}
            for quote in one.quotes
        ],
    }
