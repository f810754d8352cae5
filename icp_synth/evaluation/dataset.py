"""A folder of labelled interviews: labels, texts, and who speaks in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from icp_synth.domain.ids import content_id
from icp_synth.domain.transcripts import Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.case_file import CaseFile
from icp_synth.evaluation.labels import LabelFile, Loaded, load_labels, misfits
from icp_synth.evaluation.texts import Texts, Unread, nfc
from icp_synth.stages.read import ReadOptions

_SHOWN = 10


class Case(Value):
    """One labelled interview, read and with its labels checked against its text."""

    name: str
    label_sha256: str
    labels: LabelFile
    transcript: Transcript


class Dataset(Value):
    """A folder of labelled interviews, in order of name."""

    name: str
    about: CaseFile
    cases: tuple[Case, ...]

    @property
    def sha256(self) -> str:
        """A hash of all label files and texts."""
        parts = [
            [one.name, one.label_sha256, one.transcript.text_sha256]
            for one in self.cases
        ]
        return content_id("dts", *parts)


def load_dataset(
    folder: Path,
    *,
    only: Sequence[str] = (),
    options: ReadOptions | None = None,
    labels: Path | None = None,
) -> Dataset:
    """Read a folder of labelled interviews; one fault anywhere refuses it.

    Args:
        folder: With labels in `reference/`, else directly in it; texts in `texts/`
            or where case.toml says.
        only: Names of interviews; none takes all.
        options: How files are read; speakers given here go before case.toml's.
        labels: A folder of labels of the same texts to read instead, such as one
            annotator's.

    Raises:
        NotFound: There is no such folder or interview, or it holds no labels.
        UsageError: Labels, texts or case.toml do not hold together; the message
            names file and field.
    """
    if not folder.is_dir():
        msg = f"There is no folder {folder}."
        raise NotFound(msg, hint="Give a folder with label files (docs/evaluation.md).")
    texts = Texts(folder, options)
    own = texts.categories
    loaded = [load_labels(path, own) for path in _label_files(labels or folder)]
    problems = [said for one in loaded for said in one.problems]
    problems += _same_names(loaded)
    known = {nfc(one.file.transcript) for one in loaded if one.file is not None}
    wanted = {nfc(name) for name in only}
    if not problems and wanted - known:
        msg = f"{folder} has no interview {min(wanted - known)!r}."
        raise NotFound(msg, hint=f"It has {', '.join(sorted(known))}.")
    cases = []
    for one in loaded:
        if one.file is None or (wanted and nfc(one.file.transcript) not in wanted):
            continue
        case, faults = _case(one, one.file, texts)
        problems += [f"{one.path}: {fault}" for fault in faults]
        cases += [case] if case is not None else []
    if problems:
        raise _refused(folder, problems)
    cases.sort(key=lambda case: case.name)
    return Dataset(name=folder.resolve().name, about=texts.about, cases=tuple(cases))


def _refused(folder: Path, problems: Sequence[str]) -> UsageError:
    shown = "\n  ".join(problems[:_SHOWN])
    rest = len(problems) - _SHOWN
    more = f"\n  and {rest} more" if rest > 0 else ""
    return UsageError(
        f"The labels of {folder} do not hold together:\n  {shown}{more}",
        hint="Mend them: a figure on wrong labels is no figure.",
    )


def _label_files(folder: Path) -> list[Path]:
    reference = folder / "reference"
    place = reference if reference.is_dir() else folder
    found = sorted(path for path in place.glob("*.json") if path.is_file())
    if not found:
        msg = f"{place} holds no label files."
        raise NotFound(msg, hint="One JSON file an interview (docs/evaluation.md).")
    return found


def _same_names(loaded: Sequence[Loaded]) -> list[str]:
    first: dict[str, str] = {}
    problems = []
    for one in loaded:
        if one.file is None:
            continue
        name = nfc(one.file.transcript)
        if name in first:
            problems.append(f"{one.path}: transcript: the same as in {first[name]}")
        first.setdefault(name, one.path)
    return problems


def _case(
    loaded: Loaded, labels: LabelFile, texts: Texts
) -> tuple[Case | None, tuple[str, ...]]:
    """Return an interview with its labels, or what is wrong."""
    try:
        transcript = texts.transcript(labels.transcript)
    except Unread as reason:
        return None, (f"transcript: {reason}",)
    faults = misfits(labels, transcript.text, transcript.text_sha256)
    if faults:
        return None, faults
    case = Case(
        name=nfc(labels.transcript),
        label_sha256=loaded.sha256,
        labels=labels,
        transcript=transcript,
    )
    return case, ()
