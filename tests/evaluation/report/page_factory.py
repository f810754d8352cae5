"""Small runs, and pages read back."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from icp_synth.evaluation.report.values import ShownText, ShownTurn

TEXT = "Ann: What slows you down?\nBob: 😀 The export fails. I want fewer tools."
FAILS, WANT = "The export fails", "I want fewer tools"
VOID = {"meta", "br", "input", "link", "img"}


class Page(HTMLParser):
    """Collects elements, scripts, styles and the text that people see."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "tr": []}
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in self.inside:
            self.inside[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag, texts in self.inside.items():
            if tag in self.open:
                # Cells of a row are words apart.
                texts[-1] += f" {data} " if tag == "tr" else data
        if not {"script", "style"} & set(self.open):
            self.text.append(data)

    @property
    def seen(self) -> str:
        return " ".join(" ".join(self.text).split())

    @property
    def rows(self) -> list[str]:
        return [" ".join(row.split()) for row in self.inside["tr"]]

    @property
    def data(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.inside["script"][0])
        return loaded

    def all_of(self, tag: str) -> list[dict[str, str]]:
        return [values for name, values in self.elements if name == tag]


def shown(text: str = TEXT, *, language: str = "en") -> ShownText:
    """Take everything after each `NAME: ` as a turn; Ann asks."""
    turns, start = [], 0
    for line in text.split("\n"):
        label, _, said = line.partition(": ")
        begin = start + len(label) + 2
        turns.append(
            ShownTurn(
                label=label,
                speaks="interviewer" if label == "Ann" else "participant",
                start=begin,
                end=begin + len(said),
            )
        )
        start += len(line) + 1
    return ShownText(text=text, turns=tuple(turns), language=language)


def item(quote: str = FAILS, *, text: str = TEXT, **values: Any) -> dict[str, Any]:
    start = text.index(quote)
    base = {
        "id": f"i-{start}",
        "kind": "pain",
        "category": "problem",
        "statement": f"About {quote.lower()}",
        "quotes": [{"start": start, "end": start + len(quote), "text": quote}],
    }
    return {**base, **values}


def line(status: str = "found", **values: Any) -> dict[str, Any]:
    """Make a line of items.jsonl with the sides that its status has."""
    base: dict[str, Any] = {
        "model": "m1",
        "epoch": 1,
        "case": "bob",
        "status": status,
        "mismatch": None,
        "near": [],
        "label": item() if status != "false_alarm" else None,
        "prediction": item(id="p-1") if status != "missed" else None,
        "score": 1.0 if status in {"found", "optional"} else None,
    }
    return {**base, **values}


def row(name: str = "item_f1", **values: Any) -> dict[str, Any]:
    base = {
        "name": name,
        "mode": "codebook",
        "model": "m1",
        "value": 0.5379,
        "ci_low": 0.4886,
        "ci_high": 0.5944,
        "n_items": 381,
        "n_cases": 16,
        "method": "bootstrap",
        "reason": None,
    }
    return {**base, **values}


def case(name: str = "bob", **values: Any) -> dict[str, Any]:
    base = {"labels": 4, "optional": 1, "predicted": 5, "tp": 3, "fa": 1, "fn": 1}
    return {"name": name, **base, "absorbed": 1, **values}


def result(**values: Any) -> dict[str, Any]:
    coverage = {"windows": 2, "done": 2, "failed": 0, "pending": 0}
    run = {
        "model": "m1",
        "analyst": "llm",
        "prompt_hash": "p-hash",
        "config_hash": "c-hash",
        "coverage": coverage,
        "leaks": [],
        "waiting": [],
        "message": "",
        "problems": [],
        "cases": [case()],
    }
    base = {
        "schema_version": 1,
        "status": "success",
        "dataset": "small",
        "dataset_sha": "dts-1",
        "origin": "two people",
        "licence": "CC0",
        "labels": [{"case": "bob", "label_sha256": "ab" * 32, "text_sha256": "cd"}],
        "code_version": "0.1.0",
        "seeds": [1, 2],
        "metrics": [row()],
        "cost": {"usd": None, "tokens_in": 1200, "tokens_out": 30, "tokens_cached": 0},
        "errors": [],
        "coverage": coverage,
        "runs": [run],
    }
    return {**base, **values}
