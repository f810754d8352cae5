"""Write labels that hold into label files."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

from icp_synth.evaluation.labelling.given import Extra, Given, Outcome, Problem
from icp_synth.evaluation.labelling.settle import Body, settle
from icp_synth.evaluation.texts import nfc
from icp_synth.project.files import write_atomic

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def put(
    given: Sequence[Given], folder: Path, *, extra: Extra = (), replace: bool = False
) -> Outcome:
    """Check labels and write those files in which everything holds.

    Args:
        given: What annotators gave; the same interview once an annotator.
        folder: Where label files go; with several annotators each has a folder
            `annotator-NAME` in it.
        extra: Own categories.
        replace: Write over label files that say something else.

    Raises:
        StorageError: The disk is full or not writable.
    """
    people = {one.annotator for one in given if one.transcript is not None}
    writer = _Writer(folder, extra, replace=replace, apart=len(people) > 1)
    for one in given:
        writer.take(one)
    return writer.outcome()


def label_json(body: Body) -> str:
    """Return a label file as it is written: the same labels, the same bytes."""
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """Writes file after file and keeps count."""

    def __init__(
        self, folder: Path, extra: Extra, *, replace: bool, apart: bool
    ) -> None:
        self._folder = folder
        self._extra = extra
        self._replace = replace
        self._apart = apart
        self._taken: dict[Path, str] = {}
        self._written: list[str] = []
        self._labels = 0
        self._problems: list[Problem] = []
        self._notes: list[str] = []

    def take(self, given: Given) -> None:
        """Write what one annotator gave for one interview."""
        self._notes += given.notes
        settled = settle(given, extra=self._extra)
        self._problems += settled.problems
        if settled.body is None:
            return
        path = self._path(given)
        if path in self._taken:
            said = f"the same interview by the same annotator as in {self._taken[path]}"
            self._tell(given, said)
            return
        self._taken[path] = given.file
        content = label_json(settled.body).encode()
        if path.is_file() and path.read_bytes() != content and not self._replace:
            said = f"{path.as_posix()} says something else; --replace writes over it"
            self._tell(given, said)
            return
        if not settled.body["labels"]:
            self._notes.append(f"{given.file}: no labels of {given.name}")
        if settled.verbatim:
            said = "labels without a statement, which have their quote instead"
            self._notes.append(f"{given.file}: {said}: {settled.verbatim}")
        write_atomic(path, content)
        self._written.append(path.as_posix())
        self._labels += len(settled.body["labels"])

    def outcome(self) -> Outcome:
        """Return what became of all."""
        return Outcome(
            written=tuple(sorted(self._written)),
            labels=self._labels,
            problems=tuple(self._problems),
            notes=tuple(dict.fromkeys(self._notes)),
        )

    def _path(self, given: Given) -> Path:
        folder = self._folder
        if self._apart:
            who = _NO_NAME.sub("-", given.annotator).strip(". ") or "unknown"
            folder /= f"annotator-{who}"
        return folder / f"{_NO_NAME.sub('-', nfc(given.name))}.json"

    def _tell(self, given: Given, said: str) -> None:
        self._problems.append(Problem(file=given.file, message=said))
