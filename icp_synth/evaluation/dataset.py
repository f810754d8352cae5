"""A folder of labelled interviews: labels, texts, and who speaks in them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from icp_synth.domain.codebook import Codebook
from icp_synth.domain.ids import content_id
from icp_synth.domain.transcripts import Transcript
from icp_synth.domain.values import Value
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.labels import LabelFile, Loaded, load_labels, misfits
from icp_synth.stages.read import ReadOptions, read_source

CASE_FILE = "case.toml"
_SHOWN = 10


class Ceiling(Value):
    """How far the annotators themselves agree: no reading can show more.

    Attributes:
        value: Agreement of two annotators by the codebook's rule, 0 to 1.
        origin: Who they were and how it was measured, for people.
        name: The metric that it bounds.
    """

    value: float
    origin: str = ""
    name: str = "item_f1"


class CaseFile(Value):
    """case.toml: who speaks as what, and where labels and texts are from.

    `texts` names files that lie elsewhere, relative to the folder.
    """

    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    language: str | None = None
    origin: str = ""
    licence: str = ""
    ceiling: Ceiling | None = None
    codebook: Codebook = Codebook()
    texts: Mapping[str, str] = {}


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
    about = read_about(folder)
    own = [(one.kind, one.category) for one in about.codebook.extra]
    loaded = [load_labels(path, own) for path in _label_files(labels or folder)]
    problems = [said for one in loaded for said in one.problems]
    problems += _same_names(loaded)
    known = {_nfc(one.file.transcript) for one in loaded if one.file is not None}
    wanted = {_nfc(name) for name in only}
    if not problems and wanted - known:
        msg = f"{folder} has no interview {min(wanted - known)!r}."
        raise NotFound(msg, hint=f"It has {', '.join(sorted(known))}.")
    reader = _TextReader(folder, about, options or ReadOptions())
    cases = []
    for one in loaded:
        if one.file is None or (wanted and _nfc(one.file.transcript) not in wanted):
            continue
        case, faults = reader.case(one, one.file)
        problems += [f"{one.path}: {fault}" for fault in faults]
        cases += [case] if case is not None else []
    if problems:
        raise _refused(folder, problems)
    cases.sort(key=lambda case: case.name)
    return Dataset(name=folder.resolve().name, about=about, cases=tuple(cases))


def _refused(folder: Path, problems: Sequence[str]) -> UsageError:
    shown = "\n  ".join(problems[:_SHOWN])
    rest = len(problems) - _SHOWN
    more = f"\n  and {rest} more" if rest > 0 else ""
    return UsageError(
        f"The labels of {folder} do not hold together:\n  {shown}{more}",
        hint="Mend them: a figure on wrong labels is no figure.",
    )


def read_about(folder: Path) -> CaseFile:
    """Return what case.toml of a folder says; nothing where there is none.

    Raises:
        UsageError: It does not hold together.
    """
    path = folder / CASE_FILE
    if not path.is_file():
        return CaseFile()
    try:
        about = CaseFile.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is not valid TOML: {error}."
        raise UsageError(msg, hint="Mend that line and run again.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        msg = f"{path}: {place}: {first['msg']}."
        hint = f"It may hold {', '.join(CaseFile.model_fields)}."
        raise UsageError(msg, hint=hint) from error
    if problems := about.codebook.problems():
        msg = f"{path}: {'; '.join(problems)}."
        raise UsageError(msg, hint="Labels and readings share this codebook: mend it.")
    return about


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
        name = _nfc(one.file.transcript)
        if name in first:
            problems.append(f"{one.path}: transcript: the same as in {first[name]}")
        first.setdefault(name, one.path)
    return problems


class _TextReader:
    """Finds and reads the texts of a folder."""

    def __init__(self, folder: Path, about: CaseFile, options: ReadOptions) -> None:
        self._folder = folder
        self._about = about
        named = options.interviewers or options.participants
        self._options = options.model_copy(
            update={}
            if named
            else {
                "interviewers": about.interviewers,
                "participants": about.participants,
            }
        )
        texts = folder / "texts"
        self._files = sorted(texts.iterdir()) if texts.is_dir() else []

    def case(
        self, loaded: Loaded, labels: LabelFile
    ) -> tuple[Case | None, tuple[str, ...]]:
        """Return an interview with its labels, or what is wrong."""
        path, fault = self._path(labels.transcript)
        if path is None:
            return None, (fault,)
        try:
            data = path.read_bytes()
        except OSError as error:
            return None, (f"transcript: {path}: {error.strerror}",)
        found = read_source(data, path.name, options=self._options)
        if len(found.transcripts) != 1:
            why = found.reports[0].reason if len(found.reports) == 1 else None
            said = why or f"it holds {len(found.transcripts)} interviews, not one"
            return None, (f"transcript: {path}: {said}",)
        (transcript,) = found.transcripts
        if transcript.left_out is not None:
            return None, (f"transcript: {path}: {transcript.left_out}",)
        faults = misfits(labels, transcript.text, transcript.text_sha256)
        if faults:
            return None, faults
        if self._about.language is not None:
            update = {"language": self._about.language}
            transcript = transcript.model_copy(update=update)
        case = Case(
            name=_nfc(labels.transcript),
            label_sha256=loaded.sha256,
            labels=labels,
            transcript=transcript,
        )
        return case, ()

    def _path(self, name: str) -> tuple[Path | None, str]:
        for known, place in self._about.texts.items():
            if _nfc(known) == _nfc(name):
                return self._folder / place, ""
        found = [
            path
            for path in self._files
            if path.is_file() and _nfc(name) in {_nfc(path.stem), _nfc(path.name)}
        ]
        if len(found) == 1:
            return found[0], ""
        many = f"several texts are called {name!r}" if found else f"no text {name!r}"
        return None, f"transcript: {many} in {self._folder / 'texts'}"


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
