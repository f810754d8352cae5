"""Begin to label: texts in their place, and for each a form to fill in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import tomlkit

from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import UsageError
from icp_synth.evaluation.case_file import CASE_FILE, CaseFile, read_about
from icp_synth.evaluation.labelling.form import ENDING, form_text, is_filled
from icp_synth.evaluation.labelling.given import Extra, Outcome, Problem
from icp_synth.evaluation.labelling.reading_copy import GUIDE, guide, reading_copy
from icp_synth.evaluation.labelling.settle import Body
from icp_synth.evaluation.labels import load_labels, misfits
from icp_synth.evaluation.texts import (
    TEXTS,
    Unread,
    nfc,
    read_text,
    with_speakers,
)
from icp_synth.project.files import write_atomic
from icp_synth.stages.read import ReadOptions

FORMS = "forms"


@dataclass(frozen=True)
class NewForms:
    """What is to be labelled, and by whom.

    Attributes:
        texts: Files with one interview each.
        folder: Where texts and forms go.
        options: How files are read, and who speaks in them.
        annotators: Each gets forms of their own; none: one form an interview.
        labels: A folder of label files that the forms begin with, to be corrected.
        extra: Own categories beside those of case.toml.
    """

    texts: Sequence[Path]
    folder: Path
    options: ReadOptions = field(default_factory=ReadOptions)
    annotators: Sequence[str] = ()
    labels: Path | None = None
    extra: Extra = ()


def new_forms(order: NewForms) -> Outcome:
    """Write texts, forms, copies to read, the guide and case.toml into a folder.

    A form that holds anything is never written over, nor is a text or case.toml
    that is there.

    Returns:
        What was written; `labels` counts those that forms begin with. A text that
        cannot be labelled is a problem and costs the others nothing.

    Raises:
        UsageError: case.toml does not hold together, or names other speakers.
        StorageError: The disk is full or not writable.
    """
    about = read_about(order.folder)
    _refuse_other_speakers(order, about)
    order = replace(order, extra=(*order.extra, *about.own_categories()))
    maker = _Maker(order, with_speakers(order.options, about))
    maker.take_texts()
    if maker.written:
        maker.write(order.folder / FORMS / GUIDE, guide(order.extra))
    return Outcome(
        written=tuple(sorted(maker.written)),
        labels=maker.labels,
        problems=tuple(maker.problems),
        notes=tuple(maker.notes),
    )


class _Maker:
    """Writes what belongs to each text."""

    def __init__(self, order: NewForms, options: ReadOptions) -> None:
        self._order = order
        self._options = options
        self.written: list[str] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.labels = 0

    def take_texts(self) -> None:
        """Take every text, by name; of two with one name the first."""
        taken: dict[str, Path] = {}
        for path in sorted(self._order.texts):
            name = nfc(path.stem)
            try:
                transcript = read_text(path, self._options)
            except Unread as reason:
                self._tell(path, str(reason))
                continue
            if name in taken and taken[name].resolve() != path.resolve():
                self._tell(path, f"{taken[name]} has the same name without its ending")
            elif self._keep_text(path):
                taken[name] = path
                self._write_case_file()
                self._forms(name, transcript)

    def write(self, path: Path, content: str) -> None:
        """Write a file, unless it holds this already."""
        data = content.encode()
        if not path.is_file() or path.read_bytes() != data:
            write_atomic(path, data)
        self.written.append(path.as_posix())

    def _keep_text(self, path: Path) -> bool:
        """Copy a text to its place; tell whether it stands there now."""
        place = self._order.folder / TEXTS / path.name
        data = path.read_bytes()
        if place.is_file() and place.read_bytes() != data:
            said = (
                f"{place.as_posix()} is another text of that name; it was not touched"
            )
            self._tell(path, said)
            return False
        if not place.is_file():
            write_atomic(place, data)
        self.written.append(place.as_posix())
        return True

    def _write_case_file(self) -> None:
        path = self._order.folder / CASE_FILE
        options = self._order.options
        if path.is_file() or not (options.interviewers or options.participants):
            return
        text = tomlkit.document()
        text["interviewers"] = list(options.interviewers)
        text["participants"] = list(options.participants)
        self.write(path, tomlkit.dumps(text))

    def _forms(self, name: str, transcript: Transcript) -> None:
        labels = self._labels(name, transcript)
        if labels is None:
            return
        forms = self._order.folder / FORMS
        folders = [forms / _folder(one) for one in self._order.annotators] or [forms]
        for folder in folders:
            path = folder / f"{name}{ENDING}"
            if path.is_file() and is_filled(path.read_bytes()):
                self.notes.append(f"{path.as_posix()} holds labels and was not touched")
                continue
            self.write(path, form_text(labels, transcript))
            self.write(folder / f"{name}.txt", reading_copy(transcript))
            self.labels += len(labels)

    def _labels(self, name: str, transcript: Transcript) -> list[Body] | None:
        """Return the labels to begin with, or None after saying why not."""
        if self._order.labels is None:
            return []
        path = self._order.labels / f"{name}.json"
        if not path.is_file():
            self.notes.append(f"{path.as_posix()} is not there: the form is empty")
            return []
        loaded = load_labels(path, tuple(self._order.extra))
        faults = loaded.problems
        if loaded.file is not None:
            said = misfits(loaded.file, transcript.text, transcript.text_sha256)
            faults = tuple(f"{path}: {fault}" for fault in said)
        if faults:
            self.problems += [_of_label_file(path, fault) for fault in faults]
            return None
        labels: list[Body] = json.loads(path.read_text("utf-8-sig"))["labels"]
        return labels

    def _tell(self, path: Path, said: str) -> None:
        self.problems.append(Problem(file=path.as_posix(), message=said))


def _of_label_file(path: Path, fault: str) -> Problem:
    said = fault.removeprefix(f"{path}: ")
    return Problem(file=path.as_posix(), message=said)


def _folder(annotator: str) -> str:
    if annotator in {"", ".", ".."} or set(annotator) & set('/\\:*?"<>|\0'):
        msg = f"{annotator!r} cannot be the name of an annotator."
        raise UsageError(msg, hint="Use letters, digits, spaces and dashes.")
    return annotator


def _refuse_other_speakers(order: NewForms, about: CaseFile) -> None:
    """Refuse speakers that case.toml, which is people's, does not name."""
    if not (order.folder / CASE_FILE).is_file():
        return
    for speakers in ("interviewers", "participants"):
        given = tuple(getattr(order.options, speakers))
        if given and set(given) != set(getattr(about, speakers)):
            msg = f"{order.folder / CASE_FILE} names other {speakers} than the flags."
            raise UsageError(msg, hint="Change it there; the flags are not needed.")
