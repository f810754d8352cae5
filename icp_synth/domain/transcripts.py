"""What was read: documents as parsed, transcripts once it is known who speaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from icp_synth.domain.spans import Span
from icp_synth.domain.values import Value

Speaks = Literal["participant", "interviewer"]
SourceStatus = Literal["read", "duplicate", "left_out", "refused", "failed"]


class Notice(Value):
    """Something a reader noticed and went on from.

    `code` is stable (`broken_cue`, `label_refused` …); `line` counts from 1.
    """

    code: str
    message: str
    line: int | None = None
    text: str | None = None


class Turn(Value):
    """One speaker's words in one go.

    `start` and `end` are code points into the canonical text, without label and
    time. `speaks` and `participant` are None until roles are decided, and stay so
    for a turn that belongs to nobody known. Times are milliseconds; unknown is None.
    `withheld` are the words of somebody who does not consent: they are not read.
    """

    index: int
    start: int
    end: int
    label: str | None = None
    speaks: Speaks | None = None
    participant: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None
    withheld: bool = False

    @property
    def span(self) -> Span:
        """The stretch of the canonical text."""
        return Span(start=self.start, end=self.end)


class Document(Value):
    """One interview as a reader parsed it: canonical text, turns, no roles yet.

    Attributes:
        text: The canonical text (contracts.md).
        turns: In the order of the file; `speaks` and `participant` are None.
        item: The row's id where one file holds several interviews, else None.
        sha256: Of the file's bytes, or of a table cell's UTF-8.
        reader: Name and version of the reader, e.g. `vtt/1`.
        meta: Front matter or what the file itself states, keys as in
            participants.csv.
        notices: What was skipped, repaired or guessed.
        counts: What was left out by name (`titles`, `skipped_cues` …).
    """

    text: str
    turns: tuple[Turn, ...]
    item: str | None = None
    sha256: str
    reader: str
    meta: Mapping[str, str] = {}
    notices: tuple[Notice, ...] = ()
    counts: Mapping[str, int] = {}


class Transcript(Value):
    """A document with a name, and with what is known of its speakers.

    Attributes:
        id: The name: `transcript` of participants.csv, else the relative path.
        path: POSIX path within its source; `FILE#ID` for a table row.
        text_sha256: Of the canonical text's UTF-8.
        participants: Names of those whose words are evidence, in order of speech.
        interviewers: Labels of the others.
        roles_by: What decided (`--interviewer`, `participants.csv`, `labels` …).
        language: `en`, `zh` or another ISO 639-1 code; `und` when unknown.
        left_out: Why nothing of it is read, or None.
    """

    id: str
    path: str
    sha256: str
    text_sha256: str
    reader: str
    text: str
    turns: tuple[Turn, ...]
    participants: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    roles_by: str = ""
    language: str = "und"
    date: str | None = None
    source_kind: str | None = None
    media: str | None = None
    left_out: str | None = None
    notices: tuple[Notice, ...] = ()
    counts: Mapping[str, int] = {}

    def participant_turns(self) -> tuple[Turn, ...]:
        """Return the turns whose words are evidence."""
        return tuple(turn for turn in self.turns if turn.speaks == "participant")

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn that holds the code point, or None between turns."""
        for turn in self.turns:
            if turn.start <= offset < turn.end:
                return turn
        return None


class SourceReport(Value):
    """One line of `status`: what became of one file or row.

    `duplicate_of` is the transcript that holds the same content.
    """

    id: str
    path: str
    status: SourceStatus
    reason: str | None = None
    participants: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    roles_by: str = ""
    turns: int = 0
    windows: int = 0
    passages: int = 0
    notices: tuple[Notice, ...] = ()
    duplicate_of: str | None = None


class Person(Value):
    """A row of participants.csv, or what is known without one.

    `id` is the participant's name in every output; `quote_ok` False keeps a
    person's words out of all that is published, and out of searches.
    """

    id: str
    label: str
    company: str | None = None
    account: str | None = None
    job: str | None = None
    group: str | None = None
    language: str | None = None
    date: str | None = None
    consent: str | None = None
    quote_ok: bool = True
