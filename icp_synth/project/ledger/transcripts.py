"""Sources as read: reports, transcripts with their text, people, file stamps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from icp_synth.domain.transcripts import Person, SourceReport, Transcript
from icp_synth.project.ledger.connection import Database
from icp_synth.project.ledger.records import FileStamp


class TranscriptTable:
    """What the sources gave. A transcript that is no longer taken stays until dropped.

    Args:
        database: An open ledger.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def put_all(
        self, reports: Sequence[SourceReport], transcripts: Sequence[Transcript]
    ) -> None:
        """Make these the sources: one line of status each, and what was decoded.

        Transcripts that are not among them stay in the ledger and out of every
        answer, until they are taken again or dropped. Windows and passages of a
        transcript that changed go; `chunked` no longer names it.

        Args:
            reports: Of every file or row, in the order of `status`.
            transcripts: Of those that could be decoded, left-out ones too.
        """
        with self._db.transaction():
            self._db.run("DELETE FROM reports")
            self._db.run_many(
                "INSERT INTO reports VALUES (?, ?, ?, ?)",
                (
                    (position, report.id, report.status, report.model_dump_json())
                    for position, report in enumerate(reports)
                ),
            )
            self._db.run("UPDATE transcripts SET taken = 0")
            known = dict(self._db.rows("SELECT id, body FROM transcripts"))
            for transcript in transcripts:
                body = transcript.model_dump_json(exclude={"text"})
                if known.get(transcript.id) == body:
                    self._db.run(
                        "UPDATE transcripts SET taken = 1 WHERE id = ?",
                        [transcript.id],
                    )
                else:
                    self._put(transcript, body)

    def _put(self, transcript: Transcript, body: str) -> None:
        self._db.run(
            "INSERT INTO transcripts (id, taken, text_sha256, body, text)"
            " VALUES (?, 1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET taken = 1,"
            " text_sha256 = excluded.text_sha256, body = excluded.body,"
            " text = excluded.text, chunked = NULL",
            [transcript.id, transcript.text_sha256, body, transcript.text],
        )
        for table in ("windows", "passages", "transcript_participants"):
            self._db.run(f"DELETE FROM {table} WHERE transcript = ?", [transcript.id])
        self._db.run_many(
            "INSERT INTO transcript_participants VALUES (?, ?)",
            ((transcript.id, name) for name in sorted(set(transcript.participants))),
        )

    def reports(self) -> tuple[SourceReport, ...]:
        """Return one line of status for every file or row of the last ingest."""
        rows = self._db.rows("SELECT body FROM reports ORDER BY position")
        return tuple(SourceReport.model_validate_json(body) for (body,) in rows)

    def all(self) -> tuple[Transcript, ...]:
        """Return the transcripts that are taken, left-out ones too, by name."""
        rows = self._db.rows(
            "SELECT body, text FROM transcripts WHERE taken = 1 ORDER BY id"
        )
        return tuple(_transcript(body, text) for body, text in rows)

    def get(self, name: str) -> Transcript | None:
        """Return the transcript that is taken under this name, or None."""
        row = self._db.row(
            "SELECT body, text FROM transcripts WHERE taken = 1 AND id = ?", [name]
        )
        return _transcript(*row) if row else None

    def names(self) -> tuple[str, ...]:
        """Return the names of the transcripts that are taken, sorted."""
        rows = self._db.rows("SELECT id FROM transcripts WHERE taken = 1 ORDER BY id")
        return tuple(name for (name,) in rows)

    def text_hashes(self) -> dict[str, str]:
        """Return name → hash of the canonical text, of those that are taken."""
        return dict(
            self._db.rows(
                "SELECT id, text_sha256 FROM transcripts WHERE taken = 1 ORDER BY id"
            )
        )

    def texts(self, names: Iterable[str] | None = None) -> dict[str, str]:
        """Return name → canonical text, of those that are taken.

        Args:
            names: Only these; all when None. Unknown names are not in the answer.
        """
        query = "SELECT id, text FROM transcripts WHERE taken = 1"
        if names is None:
            return dict(self._db.rows(f"{query} ORDER BY id"))
        wanted = sorted(set(names))
        return dict(self._db.rows_in(f"{query} AND id IN {{keys}}", [], wanted))

    def of_participant(self, participant: str) -> tuple[str, ...]:
        """Return the names of all transcripts that hold words of this person."""
        rows = self._db.rows(
            "SELECT transcript FROM transcript_participants WHERE participant = ?"
            " ORDER BY transcript",
            [participant],
        )
        return tuple(name for (name,) in rows)

    def drop(self, name: str) -> bool:
        """Erase a transcript with all that was made of it alone.

        Its windows, passages, readings and the replies about it go. Vectors are
        keyed by text; `VectorTable.keep_only` clears those.

        Returns:
            Whether there was one.
        """
        with self._db.transaction():
            self._db.run(
                "DELETE FROM replies WHERE serial IN"
                " (SELECT reply FROM reply_about WHERE transcript = ?)",
                [name],
            )
            self._db.run("DELETE FROM reports WHERE id = ?", [name])
            gone = self._db.run("DELETE FROM transcripts WHERE id = ?", [name])
            return gone.rowcount > 0

    def put_people(self, people: Sequence[Person]) -> None:
        """Make these the people of the study, in this order."""
        with self._db.transaction():
            self._db.run("DELETE FROM people")
            self._db.run_many(
                "INSERT INTO people VALUES (?, ?, ?)",
                (
                    (person.id, position, person.model_dump_json())
                    for position, person in enumerate(people)
                ),
            )

    def people(self) -> tuple[Person, ...]:
        """Return the people of the study, in the order they were put."""
        rows = self._db.rows("SELECT body FROM people ORDER BY position")
        return tuple(Person.model_validate_json(body) for (body,) in rows)

    def put_stamps(self, stamps: Iterable[FileStamp]) -> None:
        """Remember how the source files looked; earlier stamps go."""
        with self._db.transaction():
            self._db.run("DELETE FROM stamps")
            self._db.run_many(
                "INSERT INTO stamps VALUES (?, ?, ?, ?)",
                (
                    (stamp.path, stamp.size, stamp.mtime_ns, stamp.sha256)
                    for stamp in stamps
                ),
            )

    def stamps(self) -> Mapping[str, FileStamp]:
        """Return path → how the file looked when it was last read."""
        rows = self._db.rows("SELECT path, size, mtime_ns, sha256 FROM stamps")
        return {
            path: FileStamp(path=path, size=size, mtime_ns=mtime_ns, sha256=sha256)
            for path, size, mtime_ns, sha256 in rows
        }


def _transcript(body: str, text: str) -> Transcript:
    return Transcript.model_validate({**json.loads(body), "text": text})
