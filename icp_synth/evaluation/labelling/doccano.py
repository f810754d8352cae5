"""Doccano's exports of sequence labelling: JSONL, with or without relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from icp_synth.errors import SourceRefused
from icp_synth.evaluation.labelling.given import Draft, Given, Problem
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

_LISTS = ("label", "labels", "entities", "annotations")
_TEXTS = ("text", "data")
_NAME = "transcript"
_ANNOTATORS = ("annotator", "username", "user")


def read_doccano(
    path: Path, texts: Texts, *, unit: Unit | None = None, annotator: str = ""
) -> tuple[Given, ...]:
    """Read an export.

    Args:
        path: JSONL: `text` with `label: [[start, end, name]]`, or with `entities:
            [{start_offset, end_offset, label}]` and `relations`.
        texts: The folder of the texts; a line names its text by `transcript`, or is
            known by `text`.
        unit: What offsets count. Doccano gives no words to find that out by, so it
            must be said where the text holds characters that count twice.
        annotator: Who labelled, where a line does not say.

    Returns:
        One for each line; with a problem where it is unusable.
    """
    file = path.as_posix()
    try:
        text = decode(path.read_bytes()).text
    except (SourceRefused, OSError) as error:
        return (_refused(file, None, f"it cannot be read: {error}"),)
    # Not splitlines(): a text may hold line ends of Unicode that JSON does not escape.
    lines = [
        (number, line)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    return tuple(
        _Line(file, number, texts, unit).given(line, annotator)
        for number, line in lines
    )


class _Line:
    """One line of an export."""

    def __init__(self, file: str, number: int, texts: Texts, unit: Unit | None) -> None:
        self._file = file
        self._number = number
        self._texts = texts
        self._unit = unit
        self._problems: list[Problem] = []
        self._notes: list[str] = []

    def given(self, line: str, annotator: str) -> Given:
        """Return what the line gives."""
        try:
            body = load_placed(line, first_line=self._number)
        except ValueError as error:
            return _refused(self._file, self._number, f"it is no JSON: {error}")
        if not isinstance(body, Placed):
            return _refused(self._file, self._number, "it is no JSON object")
        who = next((str(body[key]) for key in _ANNOTATORS if body.get(key)), annotator)
        exported = self._exported(body)
        drafts: tuple[Draft, ...] = ()
        if exported is not None:
            regions = list(self._regions(body))
            placed = to_code_points(regions, exported, self._unit, self._tell)
            drafts, unused = drafts_of(placed, list(_relations(body)))
            if unused:
                self._note(f"relations that join no stretches of one label: {unused}")
        for key in ("Comments", "comments", "cats"):
            if body.get(key):
                self._note(f"{key} belong to the text and to no label")
        return Given(
            file=self._file,
            name=exported.name if exported else "",
            transcript=exported.transcript if exported else None,
            annotator=who,
            drafts=drafts,
            problems=tuple(self._problems),
            notes=tuple(self._notes),
        )

    def _exported(self, body: Placed) -> Exported | None:
        key = next((key for key in _TEXTS if isinstance(body.get(key), str)), None)
        if key is None:
            self._tell(self._number, "text", "there is no text here")
            return None
        meta = body.get("meta")
        where: Mapping[str, Any] = (
            {**meta, **body} if isinstance(meta, Placed) else body
        )
        try:
            return recognise(body[key], where.get(_NAME), self._texts)
        except Unread as reason:
            self._tell(self._number, key, str(reason))
            return None

    def _regions(self, body: Placed) -> Iterator[Region]:
        lists = [key for key in _LISTS if isinstance(body.get(key), list)]
        if not lists:
            said = f"there are no labels here ({', '.join(_LISTS)})"
            self._tell(self._number, "label", said)
        for key in lists:
            for at, item in enumerate(body[key]):
                region = self._region(item, f"{key}[{at}]")
                if region is not None:
                    yield region

    def _region(self, item: object, place: str) -> Region | None:
        if isinstance(item, Placed):
            start, end = item.get("start_offset"), item.get("end_offset")
            label, label_place = item.get("label"), f"{place}.label"
            known = str(item.get("id", place))
        elif isinstance(item, list) and len(item) >= 3:
            start, end, label = item[:3]
            label_place, known = f"{place}[2]", place
        else:
            self._tell(self._number, place, "it is no [start, end, label]")
            return None
        if type(start) is not int or type(end) is not int:
            self._tell(self._number, place, "its start and end are no whole numbers")
            return None
        if not isinstance(label, str):
            said = "the label has no name; export with the texts of labels"
            self._tell(self._number, label_place, said)
            return None
        return Region(
            id=known,
            label=label,
            start=start,
            end=end,
            line=self._number,
            place=place,
            label_place=label_place,
        )

    def _tell(self, line: int | None, field: str, said: str) -> None:
        self._problems.append(
            Problem(file=self._file, line=line, field=field, message=said)
        )

    def _note(self, said: str) -> None:
        self._notes.append(f"{self._file}, line {self._number}: not used: {said}")


def _relations(body: Placed) -> Iterator[tuple[str, str]]:
    for one in body.get("relations") or ():
        if isinstance(one, Placed):
            yield str(one.get("from_id")), str(one.get("to_id"))


def _refused(file: str, line: int | None, said: str) -> Given:
    problem = Problem(file=file, line=line, message=said)
    return Given(file=file, problems=(problem,))
