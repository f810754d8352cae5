"""Read one transcript: window, ask, ground, record. For pipeline and evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from icp_synth.analysts.desk import Desk, Settled
from icp_synth.analysts.protocol import Analyst, Asked, Drafts
from icp_synth.domain.brief import Brief
from icp_synth.domain.fields import Kind
from icp_synth.domain.ids import content_id
from icp_synth.domain.insights import Quarantined
from icp_synth.domain.passages import Rendered, Window
from icp_synth.domain.transcripts import Transcript
from icp_synth.project.ledger import Reading
from icp_synth.settings import Settings
from icp_synth.stages.extract import render
from icp_synth.stages.ground import VERSION as GROUND_VERSION, ground
from icp_synth.stages.halve import halve
from icp_synth.stages.pool import GLEAN_FAILED, joined, with_gleanings

_RECORD_EVERY = 32
"""Windows read at once are recorded in transactions of this many."""

_TOO_MUCH = frozenset({"context_length", "truncated"})
"""Failures that a smaller window may not have."""

_MOST_HALVINGS = 2


def basis_of(brief: Brief, settings: Settings) -> dict[str, Any]:
    """Return what decides a reading beside window, roles and prompts.

    Args:
        brief: Of which extraction sees a part.
        settings: With the parameters of requests.
    """
    basis: dict[str, Any] = {
        "product": brief.product,
        "what": brief.what,
        "questions": list(brief.questions),
        "extra": [list(one) for one in brief.extra],
        "parameters": dict(settings.parameters),
    }
    if brief.examples:
        basis["examples"] = [one.model_dump(mode="json") for one in brief.examples]
    return basis


def unread_codebook(brief: Brief) -> str:
    """Say what a reader without a model leaves aside; empty where nothing is."""
    own = [f"{kind}/{category}" for kind, category in brief.own_categories()]
    if not own:
        return ""
    return (
        f"Own categories ({', '.join(own)}) are read by a model alone; the embedded"
        " analyst knows those of the codebook. Name one with --model."
    )


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
        basis: What else decides a reading, as `basis_of` gives it.
        extra: Own categories as (kind, category), as `Brief.own_categories` does.
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
        prints = analyst.fingerprints()
        self._prompt = prints["extract"]
        gleaning = {"glean": prints["glean"]} if "glean" in prints else {}
        self._basis = {**basis, **gleaning}
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
        asked_for = self._ask(waiting, before=before)
        self._store.put_many([one for one in asked_for if _is_whole(one)])
        for reading in asked_for:
            on_window(reading)
        return [*results, *unsaved, *asked_for]

    def _ask(
        self, waiting: Sequence[tuple[_Job, Asked[Drafts]]], *, before: int = 0
    ) -> list[Reading]:
        """Read by requests: each window, in parts if need be, then what was missed."""
        asked = [one for _, one in waiting]
        settled = self._desk.settle(asked, before=before, spare=_TOO_MUCH)
        parts = self._read_parts(waiting, settled)
        readings = [
            parts.get(job.window.id) or self._reading(job, answer)
            for (job, _), answer in zip(waiting, settled, strict=True)
        ]
        return self._gleaned(waiting, settled, readings)

    def _read_parts(
        self,
        waiting: Sequence[tuple[_Job, Asked[Drafts]]],
        settled: Sequence[Settled[Drafts]],
    ) -> dict[str, Reading]:
        """Read in two parts each window that was too much for the model."""
        halves: dict[str, tuple[_Job, ...]] = {}
        for (job, asked), answer in zip(waiting, settled, strict=True):
            if answer.code not in _TOO_MUCH:
                continue
            halves[job.window.id] = job.halves()
            if not halves[job.window.id]:
                self._desk.fail(asked.request, str(answer.reason))
        jobs = [job for two in halves.values() for job in two]
        asked_for = [(job, self._analyst.extract(job.rendered())) for job in jobs]
        found = iter(
            self._ask([(job, one) for job, one in asked_for if isinstance(one, Asked)])
            if jobs
            else []
        )
        return {
            window: joined(window, [next(found) for _ in two])
            for window, two in halves.items()
            if two
        }

    def _gleaned(
        self,
        waiting: Sequence[tuple[_Job, Asked[Drafts]]],
        settled: Sequence[Settled[Drafts]],
        readings: Sequence[Reading],
    ) -> list[Reading]:
        """Ask once more for what was missed, where the analyst does so."""
        second = {
            at: asked.more(answer.reply)
            for at, ((_, asked), answer) in enumerate(
                zip(waiting, settled, strict=True)
            )
            if asked.more is not None and answer.reply is not None
        }
        answers = dict(
            zip(second, self._desk.settle(list(second.values())), strict=True)
        )
        return [
            with_gleanings(reading, self._reading(job, answers[at]))
            if at in answers
            else reading
            for at, ((job, _), reading) in enumerate(
                zip(waiting, readings, strict=True)
            )
        ]

    def _reading(self, job: _Job, answer: Settled[Drafts]) -> Reading:
        if answer.value is not None:
            return self._grounded(job, answer.value)
        return Reading(
            transcript=job.transcript.id,
            window=job.window.id,
            fingerprint=job.fingerprint,
            outcome=answer.outcome,
            reason=answer.reason,
        )

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
        if drafts.invalid:
            counts["invalid_items"] = len(drafts.invalid)
        unread = tuple(
            Quarantined(
                transcript=job.transcript.id,
                statement=one.statement,
                quote=one.quote,
                reason="invalid_item",
            )
            for one in drafts.invalid
        )
        return Reading(
            transcript=job.transcript.id,
            window=job.window.id,
            fingerprint=job.fingerprint,
            outcome="done",
            insights=grounded.insights,
            quarantined=(*grounded.quarantined, *unread),
            counts=counts,
            reason=_said_of(drafts),
        )


def _is_whole(reading: Reading) -> bool:
    """Tell whether asking again could add nothing."""
    return reading.outcome == "done" and GLEAN_FAILED not in reading.counts


def _said_of(drafts: Drafts) -> str | None:
    """Say what was left out of an answer, and why, as far as a line goes."""
    if not drafts.invalid:
        return None
    first, *more = (one.reason for one in drafts.invalid)
    return f"invalid_items: {first}" + (f"; and {len(more)} more" if more else "")


class _Job:
    """One window to read."""

    def __init__(
        self,
        transcript: Transcript,
        window: Window,
        fingerprint: str,
        *,
        halvings: int = 0,
    ) -> None:
        self.transcript = transcript
        self.window = window
        self.fingerprint = fingerprint
        self._halvings = halvings

    def rendered(self) -> Rendered:
        return render(self.window, self.transcript)

    def halves(self) -> tuple[_Job, ...]:
        """Return two smaller jobs; none where that was done often enough."""
        if self._halvings == _MOST_HALVINGS:
            return ()
        two = halve(self.window, self.transcript) or ()
        made, often = self.fingerprint, self._halvings + 1
        return tuple(_Job(self.transcript, one, made, halvings=often) for one in two)
