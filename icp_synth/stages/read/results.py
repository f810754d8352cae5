"""What becomes of one file: its transcripts, a report for each, and its people."""

from __future__ import annotations

from typing import NamedTuple

from icp_synth.domain.transcripts import Person, SourceReport, Transcript


class ReadResult(NamedTuple):
    """What became of one file.

    Attributes:
        transcripts: Decoded ones, `left_out` too.
        reports: One for each of them, or one for a file that could not be read.
        people: The participants, as far as they are known.
        name: The file's name, as it was given to `read_source`.
        path: The path for people, where one was given.
    """

    transcripts: tuple[Transcript, ...]
    reports: tuple[SourceReport, ...]
    people: tuple[Person, ...] = ()
    name: str = ""
    path: str = ""
