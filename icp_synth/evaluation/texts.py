"""The texts of a folder of labelled interviews, and who speaks in them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from icp_synth.domain.fields import Kind
from icp_synth.domain.transcripts import Transcript
from icp_synth.errors import NotFound, UsageError
from icp_synth.evaluation.case_file import CASE_FILE, CaseFile, read_about
from icp_synth.stages.read import ReadOptions, read_source

TEXTS = "texts"
_LEVELS = 3


def folder_of_texts(paths: Iterable[Path]) -> Path:
    """Return the nearest folder with texts, at or above one of these paths.

    Args:
        paths: Files and folders, the first one first.

    Raises:
        NotFound: None of them lies in such a folder.
    """
    for path in paths:
        whole = path.resolve()
        for folder in (whole, *whole.parents[:_LEVELS]):
            if (folder / TEXTS).is_dir() or (folder / CASE_FILE).is_file():
                return folder
    msg = "The texts of these labels were not found."
    hint = "Give the folder of `eval label new` (it has texts/): --texts DIR."
    raise NotFound(msg, hint=hint)


def categories_near(paths: Iterable[Path]) -> tuple[tuple[Kind, str], ...]:
    """Return the own categories of the nearest folder with texts; none without one."""
    try:
        return read_about(folder_of_texts(paths)).own_categories()
    except NotFound:
        return ()


class Unread(Exception):
    """A text that cannot be labelled; the message is the reason, for a person."""


def read_text(path: Path, options: ReadOptions) -> Transcript:
    """Read the one interview that a file holds, roles decided.

    Raises:
        Unread: It cannot be read, holds none or several, or nobody is known to be
            a participant.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise Unread(msg) from error
    found = read_source(data, path.name, options=options)
    if len(found.transcripts) != 1:
        why = found.reports[0].reason if len(found.reports) == 1 else None
        msg = why or f"it holds {len(found.transcripts)} interviews, not one"
        raise Unread(msg)
    (transcript,) = found.transcripts
    if transcript.left_out is not None:
        raise Unread(transcript.left_out)
    return transcript


class Texts:
    """The texts of a folder, each read once.

    Args:
        folder: With texts in `texts/`, or where case.toml says.
        options: How files are read; speakers given here go before case.toml's.

    Raises:
        UsageError: case.toml does not hold together.
    """

    def __init__(self, folder: Path, options: ReadOptions | None = None) -> None:
        self.folder = folder
        self.about = read_about(folder)
        self.categories = self.about.own_categories()
        self._options = with_speakers(options or ReadOptions(), self.about)
        self._read: dict[Path, Transcript] = {}

    def transcript(self, name: str) -> Transcript:
        """Return an interview by its text's name, with or without its ending.

        Raises:
            Unread: There is none or several of that name, or it cannot be read.
        """
        wanted = nfc(name)
        found = [
            path for known, path in self.files if wanted in {known, nfc(path.name)}
        ]
        if len(found) != 1:
            many = "several texts are called" if found else "there is no text"
            msg = f"{many} {name!r} in {self.folder / TEXTS}"
            raise Unread(msg)
        return self._of(found[0])

    def named_by(self, text: str) -> str | None:
        """Return the name of the interview that has this canonical text, or None."""
        for name, path in self.files:
            try:
                if self._of(path).text == text:
                    return name
            except Unread:
                # Another text's fault is told where that text is asked for.
                continue
        return None

    def all(self) -> tuple[tuple[str, Transcript], ...]:
        """Return every interview with its name, by name.

        Raises:
            UsageError: One cannot be read, or there are none.
        """
        try:
            found = tuple((name, self._of(path)) for name, path in self.files)
        except Unread as reason:
            msg = f"A text in {self.folder} cannot be labelled: {reason}."
            hint = "Say who speaks with --interviewer, or take it out."
            raise UsageError(msg, hint=hint) from reason
        if not found:
            msg = f"There are no texts in {self.folder / TEXTS}."
            raise NotFound(msg, hint="`eval label new` puts them there.")
        return found

    @cached_property
    def files(self) -> tuple[tuple[str, Path], ...]:
        """Name without ending and path of every text, by name."""
        listed = {nfc(name): self.folder / at for name, at in self.about.texts.items()}
        texts = self.folder / TEXTS
        inside = sorted(texts.iterdir()) if texts.is_dir() else []
        lying = [
            (nfc(path.stem), path)
            for path in inside
            if path.is_file()
            and not path.name.startswith(".")
            and nfc(path.stem) not in listed
        ]
        return tuple(sorted([*listed.items(), *lying]))

    def _of(self, path: Path) -> Transcript:
        if path not in self._read:
            self._read[path] = self._in_language(read_text(path, self._options))
        return self._read[path]

    def _in_language(self, transcript: Transcript) -> Transcript:
        if self.about.language is None:
            return transcript
        return transcript.model_copy(update={"language": self.about.language})


def with_speakers(options: ReadOptions, about: CaseFile) -> ReadOptions:
    """Return the options with case.toml's speakers where none are given."""
    if options.interviewers or options.participants:
        return options
    names = {"interviewers": about.interviewers, "participants": about.participants}
    return options.model_copy(update=names)


def nfc(name: str) -> str:
    """Return a name in the form in which names are compared."""
    return unicodedata.normalize("NFC", name)
