"""Merge the labels of several annotators into one reference."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from icp_synth.domain.spans import Span
from icp_synth.errors import UsageError
from icp_synth.evaluation.labelling.checking import label_files
from icp_synth.evaluation.labelling.given import (
    AGREED,
    OPTIONAL,
    Extra,
    Outcome,
    Problem,
)
from icp_synth.evaluation.labelling.put import label_json
from icp_synth.evaluation.labelling.settle import Body, by_place
from icp_synth.evaluation.labels import load_labels
from icp_synth.evaluation.matching import Item, match
from icp_synth.evaluation.texts import categories_near
from icp_synth.project.files import write_atomic

_FEWEST = 2
_PREFIX = "annotator-"


def merge_labels(
    folders: Sequence[Path], out: Path, *, extra: Extra = (), replace: bool = False
) -> Outcome:
    """Merge label folders interview by interview.

    Labels meet by the codebook's rule: one to one, the same kind, quotes that
    overlap by half of the shorter. What at least two annotators gave is `agreed`,
    with the words of the first of them, the quotes of all, and every annotator's
    category and statement beside; what one gave is `optional`.

    Args:
        folders: One an annotator; the first one's words lead.
        out: Where label files go.
        extra: Own categories beside those of a case.toml nearby.
        replace: Write over label files that say something else.

    Returns:
        An interview that not all annotators labelled, or whose texts differ, is a
        problem and is not written.

    Raises:
        UsageError: Fewer than two folders, or one twice.
        NotFound: A folder holds no label files.
        StorageError: The disk is full or not writable.
    """
    names = _names(folders)
    own = (*extra, *categories_near(folders))
    bodies: dict[str, list[Body]] = {}
    problems: list[Problem] = []
    for folder in folders:
        for path in label_files(folder):
            loaded = load_labels(path, own)
            problems += (
                Problem(
                    file=path.as_posix(),
                    message=fault.removeprefix(str(path)).removeprefix(": "),
                )
                for fault in loaded.problems
            )
            if loaded.file is not None:
                body = json.loads(path.read_text("utf-8-sig"))
                body["folder"] = names[folders.index(folder)]
                bodies.setdefault(loaded.file.transcript, []).append(body)
    written, labels = [], 0
    for name, given in sorted(bodies.items()):
        path = out / f"{name}.json"
        fault = _fault(given, names)
        merged = label_json(_merge(given)).encode() if not fault else b""
        if not fault and not replace and path.is_file() and path.read_bytes() != merged:
            fault = "it says something else; --replace writes over it"
        if fault:
            problems.append(Problem(file=path.as_posix(), message=fault))
            continue
        write_atomic(path, merged)
        written.append(path.as_posix())
        labels += len(json.loads(merged)["labels"])
    return Outcome(written=tuple(written), labels=labels, problems=tuple(problems))


def _names(folders: Sequence[Path]) -> list[str]:
    """Return what annotators are called: their folders, shortened where that helps."""
    if len({path.resolve() for path in folders}) < max(_FEWEST, len(folders)):
        msg = "Merging needs at least two folders, each once."
        raise UsageError(msg, hint="Give one folder an annotator.")
    names = [path.resolve().name.removeprefix(_PREFIX) for path in folders]
    if len(set(names)) < len(names):
        return [path.as_posix() for path in folders]
    return names


def _fault(given: Sequence[Body], names: Sequence[str]) -> str:
    missing = set(names) - {body["folder"] for body in given}
    if missing:
        return f"not labelled, or not readable, by {', '.join(sorted(missing))}"
    if len({body["text_sha256"] for body in given}) > 1:
        return "text_sha256: the annotators labelled different texts"
    return ""


def _merge(given: Sequence[Body]) -> Body:
    """Return one interview's labels from all annotators' files."""
    groups: list[list[tuple[str, Body]]] = []
    for body in given:
        labels = sorted(body["labels"], key=by_place)
        known = [_item([label for _, label in group]) for group in groups]
        found = match(known, [], [_item([label]) for label in labels])
        mine = [(body["folder"], label) for label in labels]
        for pair in found.pairs:
            groups[pair.label].append(mine[pair.prediction])
        groups += [[mine[at]] for at in found.false_alarms]
    first = given[0]
    merged = [_one(group) for group in groups]
    return {
        "transcript": first["transcript"],
        "text_sha256": first["text_sha256"],
        "codebook": first["codebook"],
        "labels": sorted(merged, key=by_place),
    }


def _item(labels: Sequence[Body]) -> Item:
    spans = [
        Span(start=quote["start"], end=quote["end"])
        for label in labels
        for quote in label["quotes"]
    ]
    return Item(
        kind=labels[0]["kind"], category=labels[0]["category"], spans=tuple(spans)
    )


def _one(group: Sequence[tuple[str, Body]]) -> Body:
    names = [name for name, _ in group]
    labels = [label for _, label in group]
    kept = {key: value for key, value in labels[0].items() if key != "annotator"}
    if len(group) == 1:
        return {**kept, "status": OPTIONAL, "annotators": names}
    return {
        **kept,
        "quotes": _united(labels),
        "status": AGREED,
        "categories": sorted({label["category"] for label in labels}),
        "statements": [label["statement"] for label in labels],
        "annotators": names,
    }


def _united(labels: Sequence[Body]) -> list[dict[str, Any]]:
    quotes = {
        (quote["start"], quote["end"]): quote
        for label in labels
        for quote in label["quotes"]
    }
    return [quotes[place] for place in sorted(quotes)]
