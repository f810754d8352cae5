"""Say whether a folder of labels holds together, and all that is wrong if not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from icp_synth.domain.spans import Span
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound
from icp_synth.evaluation.labelling.given import Extra, Outcome, Problem
from icp_synth.evaluation.labels import LabelFile, load_labels, misfits
from icp_synth.evaluation.texts import Texts, Unread, folder_of_texts, nfc
from icp_synth.stages.read import ReadOptions

REFERENCE = "reference"


def check_labels(
    folder: Path,
    *,
    texts: Path | None = None,
    options: ReadOptions | None = None,
    extra: Extra = (),
) -> Outcome:
    """Check label files as `eval run` does, and that only participants are quoted.

    Args:
        folder: With labels in `reference/`, else directly in it.
        texts: The folder with `texts/`; looked for at and above `folder` when None.
        options: How texts are read, and who speaks in them.
        extra: Own categories beside those of case.toml.

    Returns:
        The files as `written`, how many labels they hold, and every fault.

    Raises:
        NotFound: There are no label files, or no texts.
        UsageError: case.toml does not hold together.
    """
    files = label_files(folder)
    read = Texts(texts or folder_of_texts([folder]), options)
    own = (*extra, *read.categories)
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    labels = 0
    for path in files:
        faults, number = _check(path, read, own, seen)
        problems += (_problem(path, fault) for fault in faults)
        labels += number
    return Outcome(
        written=tuple(path.as_posix() for path in files),
        labels=labels,
        problems=tuple(problems),
    )


def label_files(folder: Path) -> list[Path]:
    """Return the label files of a folder, by name.

    Raises:
        NotFound: There are none.
    """
    place = folder / REFERENCE if (folder / REFERENCE).is_dir() else folder
    found = sorted(path for path in place.glob("*.json") if path.is_file())
    if not found:
        msg = f"{place} holds no label files."
        raise NotFound(msg, hint="`eval label read` writes them (docs/labelling.md).")
    return found


def _check(
    path: Path, texts: Texts, extra: Extra, seen: dict[str, str]
) -> tuple[list[str], int]:
    loaded = load_labels(path, tuple(extra))
    if loaded.file is None:
        return list(loaded.problems), 0
    name = nfc(loaded.file.transcript)
    faults = []
    if name in seen:
        faults.append(f"transcript: the same as in {seen[name]}")
    seen.setdefault(name, path.as_posix())
    try:
        transcript = texts.transcript(name)
    except Unread as reason:
        return [*faults, f"transcript: {reason}"], len(loaded.file.labels)
    misfit = misfits(loaded.file, transcript.text, transcript.text_sha256)
    faults += misfit or _unspoken(loaded.file, transcript)
    return faults, len(loaded.file.labels)


def _unspoken(file: LabelFile, transcript: Transcript) -> Iterator[str]:
    """Yield the quotes that do not lie inside a participant's turn."""
    turns = [turn.span for turn in transcript.participant_turns()]
    for row, label in enumerate(file.labels):
        for at, quote in enumerate(label.quotes):
            span = Span(start=quote.start, end=quote.end)
            if not any(turn.holds(span) for turn in turns):
                said = "it does not lie inside one participant's turn"
                yield f"labels[{row}].quotes[{at}]: {said}"


def _problem(path: Path, fault: str) -> Problem:
    """Return a sentence of the loader as a problem: field, then what is wrong."""
    said = fault.removeprefix(str(path)).removeprefix(": ")
    line = None
    if said.startswith(", line "):
        number, _, said = said.removeprefix(", line ").partition(": ")
        line = int(number)
    field, sep, rest = said.partition(": ")
    if not sep or " " in field:
        field, rest = "", said
    return Problem(file=path.as_posix(), line=line, field=field, message=rest)
