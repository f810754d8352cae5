"""Every format that can be read, in one ordered list.

A package of somebody else's adds one by an entry point in the group
`icp_synth.readers` that names a `Reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePosixPath

from icp_synth.domain.transcripts import Document
from icp_synth.errors import SettingsError, SourceRefused
from icp_synth.stages.read import docx, srt, tables, text, vtt, whisper
from icp_synth.stages.read.options import ReadOptions

GROUP = "icp_synth.readers"

ReadFunction = Callable[[bytes, ReadOptions], Sequence[Document]]


def _never(_: bytes) -> bool:
    return False


@dataclass(frozen=True)
class Reader:
    """A format: what claims its files, and the function that reads them.

    Attributes:
        version: Name and version as documents carry it, e.g. `vtt/1`.
        endings: In lower case, with the dot.
        read: Takes the bytes and the options; raises only `ReadError`.
        sniff: Tells by its first bytes a file without a known ending.
        table: Taken from a folder only when the file itself is named.
    """

    version: str
    endings: tuple[str, ...]
    read: ReadFunction
    sniff: Callable[[bytes], bool] = _never
    table: bool = False


def _starts_with_timing(head: bytes) -> bool:
    return b"-->" in head[:200]


TEXT = Reader(text.READER, (".txt", ".md", ".markdown", ".text"), text.read)
"""Takes what has no ending and is recognised by nobody."""

BUILT_IN: tuple[Reader, ...] = (
    Reader(
        vtt.READER,
        (".vtt",),
        vtt.read,
        lambda head: head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
    ),
    Reader(srt.READER, (".srt",), srt.read, _starts_with_timing),
    Reader(docx.READER, (".docx",), docx.read, lambda head: head.startswith(b"PK\3\4")),
    Reader(whisper.READER, (".json",), whisper.read, whisper.looks_like_json),
    Reader(tables.READER, (".csv", ".tsv"), tables.read_csv, table=True),
    Reader(tables.READER, (".jsonl", ".ndjson"), tables.read_jsonl, table=True),
    TEXT,
)
"""The order decides which of two that recognise the same bytes is taken."""

_ELSEWHERE = {
    ".doc": "Save it as DOCX.",
    ".pdf": "Export the transcript as DOCX or TXT; a scan needs OCR first.",
    ".rtf": "Save it as DOCX or TXT.",
    ".odt": "Save it as DOCX or TXT.",
    ".xlsx": "Save the sheet as CSV (UTF-8).",
    ".mp3": "Transcribe it first, and give the VTT, SRT or JSON.",
    ".mp4": "Transcribe it first, and give the VTT, SRT or JSON.",
    ".wav": "Transcribe it first, and give the VTT, SRT or JSON.",
    ".m4a": "Transcribe it first, and give the VTT, SRT or JSON.",
}


@cache
def readers() -> tuple[Reader, ...]:
    """Return the readers, the package's own first.

    Raises:
        SettingsError: An installed package announces a reader that is none.
    """
    added: list[Reader] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            reader = point.load()
        except (ImportError, AttributeError) as error:
            msg = (
                f"The reader “{point.name}” of {point.value} cannot be loaded: {error}"
            )
            raise SettingsError(
                msg, hint="Update or remove the package it is from."
            ) from error
        if not isinstance(reader, Reader):
            msg = f"{point.value}, announced as a reader, is no Reader"
            raise SettingsError(msg, hint="Update or remove the package it is from.")
        added.append(reader)
    return (*BUILT_IN, *added)


def claims(name: str) -> bool:
    """Tell whether a reader takes files of this name."""
    return _by_ending(name) is not None


def is_table(name: str) -> bool:
    """Tell whether the file is one that must be named to be taken."""
    reader = _by_ending(name)
    return reader is not None and reader.table


def why_passed_over(name: str) -> str:
    """Return why a walk did not take a file of this name, and what to do about it.

    Empty for folders, hidden files, and files that a reader takes: those were passed
    over for their names.

    Example:
        >>> why_passed_over("notes.odt")
        'no reader takes .odt files. Save it as DOCX or TXT.'
    """
    path = PurePosixPath(name)
    if name.endswith("/") or path.name.startswith("."):
        return ""
    if is_table(name):
        return "a table is read only when it is named itself."
    if claims(name):
        return ""
    ending = path.suffix.lower()
    if not ending:
        return "it has no ending; named itself it is read as text."
    advice = _ELSEWHERE.get(ending, "")
    return f"no reader takes {ending} files. {advice}".rstrip()


def reader_for(name: str, data: bytes) -> Reader:
    """Return the reader of a file: by its ending, else by how it starts.

    Args:
        name: The file's name; one without an ending is text when nothing else fits.
        data: The file's bytes.

    Raises:
        SourceRefused: No reader takes it.
    """
    reader = _by_ending(name)
    if reader:
        return reader
    ending = PurePosixPath(name).suffix.lower()
    if ending not in _ELSEWHERE:
        head = data[:512]
        sniffed = next((reader for reader in readers() if reader.sniff(head)), None)
        if sniffed or not ending:
            return sniffed or TEXT
    known = " ".join(sorted({e for reader in readers() for e in reader.endings}))
    msg = f"No reader takes {ending} files"
    raise SourceRefused(
        msg,
        code="no_reader",
        hint=_ELSEWHERE.get(ending, f"Known endings are {known}."),
    )


def _by_ending(name: str) -> Reader | None:
    ending = PurePosixPath(name).suffix.lower()
    return next((reader for reader in readers() if ending in reader.endings), None)
