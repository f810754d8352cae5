"""The data of the viewer: texts by turn, items by interview, in the page as JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from icp_synth.domain.fields import KINDS
from icp_synth.errors import IcpSynthError
from icp_synth.evaluation.report.values import Item, Line, ShownText
from icp_synth.evaluation.report.words import for_script
from icp_synth.exports.escaping import HIDDEN
from icp_synth.exports.words import Words


def check_quotes(lines: Sequence[Line], texts: Mapping[str, ShownText]) -> None:
    """Make sure that every quote is the slice of its text.

    Args:
        lines: Labels and predictions; those of interviews without a text pass.
        texts: By name of interview.

    Raises:
        IcpSynthError: One is not: labels and texts are not of one version.
    """
    for line in lines:
        text = texts.get(line.case)
        for quote in line.quotes if text is not None else ():
            if text is not None and text.text[quote.start : quote.end] != quote.text:
                msg = f"{line.case}: a quote at {quote.start} is not in the text."
                hint = "Make items.jsonl again with `eval run` on these texts."
                raise IcpSynthError(msg, hint=hint)


def viewer_data(
    lines: Sequence[Line],
    texts: Mapping[str, ShownText],
    models: Sequence[str],
    words: Words,
) -> dict[str, Any]:
    """Return what the script of a page shows.

    Every line is in it once, under its interview, numbered by place within its
    model and epoch; a pair has one number.

    Args:
        lines: All of the run.
        texts: By name of interview.
        models: In the order of the page.
        words: Of the page.
    """
    by_case: dict[str, list[Line]] = {name: [] for name in sorted(texts)}
    for line in lines:
        by_case.setdefault(line.case, []).append(line)
    order = {name: at for at, name in enumerate(models)}
    for line in lines:
        order.setdefault(line.model, len(order))
    sides = [side for line in lines for side in (line.label, line.prediction) if side]
    categories = sorted({side.category for side in sides})
    kinds = sorted({side.kind for side in sides} | set(KINDS), key=_kind_place)
    return {
        "words": for_script(words),
        "hidden": HIDDEN.pattern,
        "models": list(order),
        "kinds": {kind: words.named("kind_one", kind) for kind in kinds},
        "categories": {name: words.named("category", name) for name in categories},
        "cases": [
            {
                "name": name,
                **_text(texts.get(name)),
                "lines": _lines(by_case[name], order, texts.get(name)),
            }
            for name in sorted(by_case)
        ],
    }


def _kind_place(kind: str) -> tuple[int, str]:
    known = [str(one) for one in KINDS]
    return (known.index(kind) if kind in known else len(known), kind)


def _text(text: ShownText | None) -> dict[str, Any]:
    if text is None:
        return {"language": "und", "turns": None}
    turns = [
        [turn.label, turn.speaks, turn.start, text.text[turn.start : turn.end]]
        for turn in text.turns
    ]
    return {"language": text.language, "turns": turns}


def _lines(
    lines: Sequence[Line], order: Mapping[str, int], text: ShownText | None
) -> list[dict[str, Any]]:
    readings: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        readings[order[line.model], line.epoch].append(line)
    made = []
    for (model, epoch), members in sorted(readings.items()):
        numbered = list(enumerate(sorted(members, key=lambda one: one.place), start=1))
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, line in numbered:
            for side in (line.label, line.prediction):
                if side and side.id:
                    numbers[side.id].append(number)
        for number, line in numbered:
            near = {n for one in line.near for n in numbers[one]} - {number}
            made.append(
                {
                    "n": number,
                    "model": model,
                    "epoch": epoch,
                    "status": line.status,
                    "mismatch": line.mismatch,
                    "near": sorted(near),
                    "score": line.score,
                    "label": _item(line.label, text),
                    "prediction": _item(line.prediction, text),
                }
            )
    return made


def _item(item: Item | None, text: ShownText | None) -> dict[str, Any] | None:
    """Return a label or prediction; quotes are places where there is a text."""
    if item is None:
        return None
    shown = item.model_dump(exclude_none=True, exclude={"id", "quotes"})
    shown["quotes"] = [
        [quote.start, quote.end] if text else [quote.start, quote.end, quote.text]
        for quote in item.quotes
    ]
    return shown
