"""Read one transcript: window, ask, ground, record. For pipeline and evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from icp_synth.analysts.desk import Desk
from icp_synth.analysts.protocol import Analyst, Asked, Drafts
from icp_synth.domain.fields import Kind
from icp_synth.domain.ids import content_id
from icp_synth.domain.passages import Rendered, Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.project.ledger import Reading
from icp_synth.stages.extract import render
from icp_synth.stages.ground import VERSION as GROUND_VERSION, ground

_RECORD_EVERY = 32
"""Windows read at once are recorded in transactions of this many."""


class ReadingStore(Protocol):
    """Where readings are kept; the ledger's table is one."""

    def put_many(self, readings: Sequence[Reading]) -> None:
        """Keep several readings in one durable step."""
        ...

    def of(self, windows: Sequence[str], fingerprint: str) -> dict[str, Reading]:
        """Return window → reading under this fingerprint, where there is one."""
        ...


class Reader:
    """Reads windows with one analyst and keeps what is found.

    Args:
        analyst: Who reads.
        desk: Where its requests are answered.
        store: Where readings are kept.
        basis: What else decides a reading beside window, roles and prompts: the
            parts of the brief that extraction sees, parameters, own categories.
        extra: Own categories as (kind, category).
    """

    def __init__(
        self,
        analyst: Analyst,
        *,
        desk: Desk,
        store: ReadingStore,
        basis: Mapping[str, Any],
        extra: Sequence[tuple[Kind, str]] = (),
    ) -> None:
        self._analyst = analyst
        self._desk = desk
        self._store = store
        self._basis = dict(basis)
        self._prompt = analyst.fingerprints()["extract"]
        self._extra = tuple(extra)

    def fingerprint(self, transcript: Transcript) -> str:
        """Return what a reading of this transcript is kept under."""
        return content_id(
            "rdg",
            self._analyst.name,
            self._analyst.model,
            self._prompt,
            GROUND_VERSION,
            self._basis,
            [[turn.speaks, turn.participant] for turn in transcript.turns],
            [turn.start_ms for turn in transcript.turns],
        )

    def read(
        self,
        work: Sequence[tuple[Transcript, Sequence[Window]]],
        on_window: Callable[[Reading], None],
    ) -> dict[str, Reading]:
        """Read every window that was not read before.

        Args:
            work: Transcripts with their windows.
            on_window: Told of each reading, kept or new, as it is known.

        Returns:
            Window → reading, in the order of `work`; `pending` where an answer
            is missing (`Desk.check` says why, where asking was stopped), `failed`
            with a reason where none can be used.
        """
        found: dict[str, Reading] = {}
        new: list[_Job] = []
        for transcript, windows in work:
            fingerprint = self.fingerprint(transcript)
            kept = self._store.of([window.id for window in windows], fingerprint)
            for window in windows:
                known = kept.get(window.id)
                if known is not None and known.outcome == "done":
                    found[window.id] = known
                    on_window(known)
                else:
                    new.append(_Job(transcript, window, fingerprint))
        for reading in self._read_new(new, on_window, before=len(found)):
            found[reading.window] = reading
        return {
            window.id: found[window.id] for _, windows in work for window in windows
        }

    def _read_new(
        self,
        jobs: Sequence[_Job],
        on_window: Callable[[Reading], None],
        *,
        before: int,
    ) -> list[Reading]:
        results: list[Reading] = []
        unsaved: list[Reading] = []
        waiting: list[tuple[_Job, Asked[Drafts]]] = []
        for job in jobs:
            asked = self._analyst.extract(job.rendered())
            if isinstance(asked, Asked):
                waiting.append((job, asked))
                continue
            unsaved.append(self._grounded(job, asked))
            on_window(unsaved[-1])
            if len(unsaved) >= _RECORD_EVERY:
                self._store.put_many(unsaved)
                results += unsaved
                unsaved = []
        self._store.put_many(unsaved)
        return [*results, *unsaved, *self._ask(waiting, on_window, before=before)]

    def _ask(
        self,
        waiting: Sequence[tuple[_Job, Asked[Drafts]]],
        on_window: Callable[[Reading], None],
        *,
        before: int,
    ) -> list[Reading]:
        results = []
        settled = self._desk.settle([asked for _, asked in waiting], before=before)
        for (job, _), answer in zip(waiting, settled, strict=True):
            if answer.value is not None:
                reading = self._grounded(job, answer.value)
            else:
                reading = Reading(
                    transcript=job.transcript.id,
                    window=job.window.id,
                    fingerprint=job.fingerprint,
                    outcome=answer.outcome,
                    reason=answer.reason,
                )
            results.append(reading)
            on_window(reading)
        self._store.put_many([one for one in results if one.outcome == "done"])
        return results

    def _grounded(self, job: _Job, drafts: Drafts) -> Reading:
        grounded = ground(
            drafts.drafts,
            job.transcript,
            rendered=job.rendered(),
            extra=self._extra,
        )
        counts = dict(grounded.counts)
        if drafts.repaired:
            counts["repaired"] = 1
        return Reading(
            transcript=job.transcript.id,
            window=job.window.id,
            fingerprint=job.fingerprint,
            outcome="done",
            insights=grounded.insights,
            quarantined=grounded.quarantined,
            counts=counts,
        )


class _Job:
    """One window to read."""

    def __init__(
        self, transcript: Transcript, window: Window, fingerprint: str
    ) -> None:
        self.transcript = transcript
        self.window = window
        self.fingerprint = fingerprint

    def rendered(self) -> Rendered:
        return render(self.window, self.transcript)
