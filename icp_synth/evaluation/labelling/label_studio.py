"""Label Studio's exports: JSON and JSON_MIN, of texts that are labelled by stretch.

The labels are `kind/category` or the category alone; what else is said of a stretch
comes from controls with `perRegion="true"` and the names of a label's fields
(`statement`, `intensity` …). `eval label config` prints such a configuration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from icp_synth.errors import SourceRefused
from icp_synth.evaluation.labelling.given import PARTS, Given, Problem
from icp_synth.evaluation.labelling.offsets import Unit
from icp_synth.evaluation.labelling.placed_json import Placed, load_placed
from icp_synth.evaluation.labelling.regions import (
    Exported,
    Region,
    drafts_of,
    recognise,
    to_code_points,
)
from icp_synth.evaluation.texts import Texts, Unread
from icp_synth.stages.read.decode import decode

_LABELS = "labels"
_RELATION = "relation"
_NAME = "transcript"


class _Result(NamedTuple):
    """An item of `result` with the path that leads to its value."""

    place: str
    body: Mapping[str, Any]
    line: int


def read_label_studio(
    path: Path, texts: Texts, *, unit: Unit | None = None, annotator: str = ""
) -> tuple[Given, ...]:
    """Read an export.

    Args:
        path: JSON (a list of tasks with annotations) or JSON_MIN.
        texts: The folder of the texts; a task names its text by `data.transcript`, or
            is known by `data.text`.
        unit: What offsets count; found out by the stored words when None.
        annotator: Who labelled, where the export does not say.

    Returns:
        One for each annotation of each task; with a problem where it is unusable.
    """
    file = path.as_posix()
    try:
        tasks = load_placed(decode(path.read_bytes()).text)
    except (SourceRefused, ValueError, OSError) as error:
        problem = Problem(file=file, message=f"it cannot be read as JSON: {error}")
        return (Given(file=file, problems=(problem,)),)
    if isinstance(tasks, Placed):
        tasks = [tasks]
    if not isinstance(tasks, list):
        problem = Problem(file=file, message="it is no list of tasks")
        return (Given(file=file, problems=(problem,)),)
    return tuple(
        given
        for at, task in enumerate(tasks)
        for given in _Task(file, f"[{at}]", task, texts, unit).given(annotator)
    )


class _Task:
    """One task of an export."""

    def __init__(
        self, file: str, place: str, task: object, texts: Texts, unit: Unit | None
    ) -> None:
        self._file = file
        self._place = place
        self._task = task
        self._texts = texts
        self._unit = unit
        self._problems: list[Problem] = []
        self._notes: list[str] = []

    def given(self, annotator: str) -> Iterator[Given]:
        """Yield what each annotation gives."""
        task = self._task
        if not isinstance(task, Placed):
            self._tell(None, self._place, "it is no task")
            yield self._flush(None, annotator)
            return
        exported = self._exported(task)
        if exported is None:
            yield self._flush(None, annotator)
            return
        annotations = task.get("annotations", task.get("completions"))
        if not isinstance(annotations, list):
            who = _who(task.get("annotator")) or annotator
            results = list(self._short_results(task))
            yield self._annotation(results, exported, who)
            return
        if task.get("predictions"):
            number = len(task["predictions"])
            self._note(f"{number} predictions are a machine's and no labels")
        for at, annotation in enumerate(annotations):
            place = f"{self._place}.annotations[{at}]"
            if not isinstance(annotation, Placed):
                self._tell(task.line, place, "it is no annotation")
                continue
            if annotation.get("was_cancelled"):
                self._note(f"annotations[{at}] was skipped by its annotator")
                continue
            results = list(self._results(annotation, place))
            who = _who(annotation.get("completed_by")) or annotator
            yield self._annotation(results, exported, who)
        if self._problems or self._notes:
            yield self._flush(exported, annotator, empty=True)

    def _exported(self, task: Placed) -> Exported | None:
        data = task.get("data")
        inside = isinstance(data, Placed)
        body = data if isinstance(data, Placed) else task
        before = f"{self._place}.data" if inside else self._place
        text = body.get("text")
        if not isinstance(text, str):
            said = "there is no text here; the task's text belongs under this name"
            self._tell(body.line, f"{before}.text", said)
            return None
        try:
            return recognise(text, body.get(_NAME), self._texts)
        except Unread as reason:
            self._tell(body.line, f"{before}.text", str(reason))
            return None

    def _results(self, annotation: Placed, place: str) -> Iterator[_Result]:
        for row, one in enumerate(annotation.get("result") or ()):
            where = f"{place}.result[{row}]"
            if not isinstance(one, Placed):
                self._tell(annotation.line, where, "it is no result")
            elif str(one.get("type")) != _LABELS and str(one.get("type")).endswith(
                _LABELS
            ):
                said = f"{one['type']} are not read, only labels of a plain text"
                self._tell(one.line, f"{where}.type", said)
            else:
                yield _Result(f"{where}.value", one, one.line)

    def _short_results(self, task: Placed) -> Iterator[_Result]:
        """Yield the results of JSON_MIN in the form of the long one.

        There a part of a stretch is known by the stretch's offsets, and one that is
        a text alone by nothing.
        """
        for key, value in task.items():
            items = value if isinstance(value, list) else [value]
            for row, item in enumerate(items):
                place = f"{self._place}.{key}[{row}]"
                if isinstance(item, Placed) and "start" in item:
                    kind = _LABELS if _LABELS in item else "textarea"
                    body = {
                        "id": f"{item.get('start')}-{item.get('end')}",
                        "type": kind,
                        "from_name": key,
                        "value": item,
                    }
                    yield _Result(place, body, item.line)
                elif key in PARTS and item not in (None, ""):
                    self._note(
                        f"{key}: JSON_MIN does not say to which stretch it belongs; "
                        "export JSON instead"
                    )

    def _annotation(
        self, results: Sequence[_Result], exported: Exported, annotator: str
    ) -> Given:
        parts = self._parts(results)
        regions = [
            region
            for result in results
            if result.body.get("type") == _LABELS
            for region in self._regions(result, parts)
        ]
        placed = to_code_points(regions, exported, self._unit, self._tell)
        relations = [
            (str(one.body.get("from_id")), str(one.body.get("to_id")))
            for one in results
            if one.body.get("type") == _RELATION
        ]
        drafts, unused = drafts_of(placed, relations)
        if unused:
            self._note(f"relations that join no stretches of one label: {unused}")
        given = self._flush(exported, annotator)
        return given.model_copy(update={"drafts": drafts})

    def _parts(
        self, results: Sequence[_Result]
    ) -> dict[str, dict[str, tuple[str, str]]]:
        """Return what is said of each stretch: id → part → (text, its path)."""
        marked = {
            one.body.get("id") for one in results if one.body.get("type") == _LABELS
        }
        parts: dict[str, dict[str, tuple[str, str]]] = {}
        for place, body, line in results:
            if body.get("type") in {_LABELS, _RELATION}:
                continue
            name, said = body.get("from_name"), _said(body.get("value"))
            if name not in PARTS or body.get("id") not in marked:
                whose = "the whole text" if name in PARTS else "no part of a label"
                self._note(f"{name} (line {line}) is about {whose}: {said[:60]!r}")
                continue
            known = parts.setdefault(str(body["id"]), {})
            before = f"{known[name][0]} " if name in known else ""
            known[name] = (before + said, place)
        return parts

    def _regions(
        self, result: _Result, parts: Mapping[str, Mapping[str, tuple[str, str]]]
    ) -> Iterator[Region]:
        place, body, line = result
        value = body.get("value")
        if isinstance(value, Placed):
            line = value.line
        else:
            value = Placed()
        start, end, words = value.get("start"), value.get("end"), value.get("text")
        if type(start) is not int or type(end) is not int:
            said = "it is no offset into a plain text (is the text shown by <Text>?)"
            self._tell(line, f"{place}.start", said)
            return
        labels = value.get(_LABELS)
        if not isinstance(labels, list) or not labels:
            self._tell(line, f"{place}.labels", "the stretch has no label")
            return
        mine = parts.get(str(body.get("id")), {})
        for label in labels:
            yield Region(
                id=str(body.get("id")),
                label=str(label),
                start=start,
                end=end,
                text=words if isinstance(words, str) else None,
                line=line,
                place=place,
                label_place=f"{place}.labels",
                parts={name: said for name, (said, _) in mine.items()},
                places={name: where for name, (_, where) in mine.items()},
            )

    def _tell(self, line: int | None, field: str, said: str) -> None:
        self._problems.append(
            Problem(file=self._file, line=line, field=field, message=said)
        )

    def _note(self, said: str) -> None:
        self._notes.append(f"{self._file}, {self._place}: not used: {said}")

    def _flush(
        self, exported: Exported | None, annotator: str, *, empty: bool = False
    ) -> Given:
        """Return what was told since the last time, beside the text."""
        given = Given(
            file=self._file,
            name=exported.name if exported and not empty else "",
            transcript=exported.transcript if exported and not empty else None,
            annotator=annotator,
            problems=tuple(self._problems),
            notes=tuple(dict.fromkeys(self._notes)),
        )
        self._problems, self._notes = [], []
        return given


def _who(completed_by: object) -> str:
    """Return an annotator's name: an address, or a number."""
    if isinstance(completed_by, Mapping):
        for key in ("email", "username", "id"):
            if completed_by.get(key):
                return str(completed_by[key])
        return ""
    return "" if completed_by is None else str(completed_by)


def _said(value: object) -> str:
    """Return what a control holds, as text."""
    if not isinstance(value, Mapping):
        return ""
    for key in ("text", "choices", "rating", "number"):
        if key in value:
            held = value[key]
            return " ".join(map(str, held)) if isinstance(held, list) else str(held)
    return ""
